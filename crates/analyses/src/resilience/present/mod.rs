//! The answer as blocks: what stops, how it comes back, what recovery sites carry, and what is wrong or wanting.

mod capacity;
mod failures;
mod pictures;
mod recovery;
mod words;

use penshaw_documents::{Block, Inline, Value};
use penshaw_register::Severity;

use super::{Effect, Finding, Outcome};
use crate::named::{capitalised, counted, sentence_list};

/// The most findings that are listed.
const MOST_FINDINGS: usize = 40;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(sentence(outcome))])];
    blocks.extend(tried(outcome));
    blocks.push(Block::Chart(pictures::map(outcome)));
    blocks.extend(failures::blocks(outcome));
    blocks.extend(recovery::blocks(outcome));
    blocks.extend(capacity::blocks(outcome));
    blocks.extend(pictures::racks(outcome));
    blocks.extend(findings(outcome));
    blocks
}

fn sentence(outcome: &Outcome) -> String {
    let all = outcome.tried.workloads;
    let Some(worst) = outcome.singles.first() else {
        return format!(
            "None of the {} tried stops one of the {}.",
            counted(outcome.tried.singles, "single failure", "single failures"),
            counted(all, "workload", "workloads"),
        );
    };
    let pair = match outcome.doubles.first() {
        Some(pair) if pair.stopped > worst.stopped => {
            format!(" Of the pairs of failures, the worst stops {}.", pair.stopped)
        }
        _ => String::new(),
    };
    format!(
        "The loss of {} stops most: {} of {}, for {}. {}{pair}",
        words::failure(worst),
        worst.stopped,
        counted(all, "workload", "workloads"),
        words::for_whom(outcome, worst),
        coming_back(worst),
    )
}

/// How what a failure stops comes back, in a sentence.
fn coming_back(effect: &Effect) -> String {
    let mut said = Vec::new();
    if effect.back_tested > 0 {
        said.push(format!("{} back within a time that a test has shown", is_or_are(effect.back_tested)));
    }
    if effect.back_promised > 0 {
        said.push(format!("{} promised back, and no test has shown it", is_or_are(effect.back_promised)));
    }
    if effect.not_known > 0 {
        said.push(format!("of {} it is not known when", effect.not_known));
    }
    format!("{}.", capitalised(&sentence_list(&said)))
}

fn is_or_are(number: usize) -> String {
    format!("{number} {}", if number == 1 { "is" } else { "are" })
}

fn tried(outcome: &Outcome) -> Vec<Block> {
    let tried = &outcome.tried;
    let kinds: Vec<String> =
        tried.kinds.iter().map(|(kind, count)| counted(*count, &kind.to_string(), &format!("{kind}s"))).collect();
    let pairs = Value::Count(tried.pairs as i64);
    vec![Block::words(format!(
        "Tried: the loss of each of {} ({} of {} stop something), and {pairs} pairs of them ({} stop something; {} do more \
         together than each does alone).",
        sentence_list(&kinds),
        Value::Count(tried.singles_that_stop as i64),
        Value::Count(tried.singles as i64),
        Value::Count(tried.pairs_that_stop as i64),
        Value::Count(tried.pairs_worse_together as i64),
    ))]
}

fn findings(outcome: &Outcome) -> Vec<Block> {
    if outcome.findings.is_empty() {
        return Vec::new();
    }
    let items = outcome.findings.iter().take(MOST_FINDINGS).map(finding).collect();
    let mut blocks = vec![Block::heading(3, "What is wrong or wanting"), Block::List { ordered: false, items }];
    if let Some(more) = words::left_out(outcome.findings.len(), MOST_FINDINGS, "finding", "findings") {
        blocks.push(Block::words(more));
    }
    blocks
}

fn finding(finding: &Finding) -> Vec<Inline> {
    let figure = Inline::figure(Value::text(&finding.what), &finding.sources);
    let hint = Inline::text(format!(" {}.", capitalised(&finding.hint)));
    match finding.severity {
        Severity::Error => vec![Inline::strong("Must be mended: "), figure, hint],
        Severity::Warning => vec![figure, hint],
    }
}
