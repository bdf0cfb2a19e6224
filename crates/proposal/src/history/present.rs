//! The history as a paper: how the decisions hang together in a sentence, each step, what is still to come, what is wanting.

mod summary;
mod tables;

use penshaw_analyses::Finding;
use penshaw_basis::Date;
use penshaw_documents::{Block, Document, Inline, Marking, Value};
use penshaw_register::{JointRegister, Severity};

use super::{Chain, Committed, Evidence, History, LaterPaper, Part, Place, Step};
use crate::cabinet_report::said::{day, stopped};
use crate::recommendation::{capitalised, listed};

/// What the paper is called.
const TITLE: &str = "How the decisions hang together";

/// How a history is read, before its chains.
const HOW_TO_READ: &str = "The evidence of a decision is each owner’s newest baseline of its day or before, and of one that \
    is not made yet the newest of all. The digest beside a baseline is of what its owner shares of it: the same digest, \
    the same figures.";

/// The history as a document.
pub fn present(history: &History, joint: &JointRegister) -> Document {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(summary::summary(history))])];
    if !history.chains.is_empty() {
        blocks.push(Block::words(HOW_TO_READ));
    }
    for (place, chain) in history.chains.iter().enumerate() {
        blocks.extend(of_chain(chain, place + 1, history.on));
    }
    if !history.elsewhere.is_empty() {
        blocks.push(Block::heading(2, "Commitments of no decision that is recorded"));
        blocks.push(Block::Table(tables::elsewhere(history)));
    }
    if !history.findings.is_empty() {
        blocks.push(Block::heading(2, "What is wanting"));
        blocks.push(Block::List { ordered: false, items: history.findings.iter().map(told).collect() });
    }
    if blocks.len() > 1 {
        blocks.extend([Block::heading(2, "Sources"), Block::SourceList]);
    }
    let partnership = joint.partnership();
    Document {
        title: TITLE.to_owned(),
        author: partnership.name.clone(),
        occasion: day(history.on),
        marking: partnership.marking.clone().map(|words| Marking { words }),
        titles: joint.titles(),
        blocks,
    }
}

fn of_chain(chain: &Chain, number: usize, on: Date) -> Vec<Block> {
    let mut blocks = vec![Block::numbered_heading(2, number.to_string(), name_of(chain))];
    for (place, step) in chain.steps.iter().enumerate() {
        let own = format!("{number}.{}", place + 1);
        blocks.push(Block::numbered_heading(3, &own, capitalised(&heading(step))));
        blocks.extend(follows(step, number));
        blocks.extend(tables::side_by_side(step, &own));
        blocks.extend(evidence(step, on));
        blocks.extend(tables::commitments(step, number, &own));
    }
    let to_come = chain.steps.iter().flat_map(|step| &step.commitments);
    let to_come: Vec<&Committed> = to_come.filter(|one| one.later_paper == Some(LaterPaper::ToCome)).collect();
    if !to_come.is_empty() {
        blocks.push(Block::heading(3, "Still to come"));
        blocks.push(Block::words("Promised to those who decide; no decision that follows is recorded yet:"));
        blocks.push(Block::List { ordered: false, items: to_come.into_iter().map(promise).collect() });
    }
    blocks
}

/// What the authorities decide together at its end, or the report that it began with.
fn name_of(chain: &Chain) -> String {
    let proposal = chain.steps.iter().rev().find_map(|step| step.proposal.clone());
    let first = || chain.steps.first().and_then(|step| step.parts.first()).map(|part| part.title.clone());
    proposal.or_else(first).unwrap_or_default()
}

/// A step by what it is and its days, to stand within a sentence.
fn heading(step: &Step) -> String {
    let word = match step.place {
        Place::Alone => "decision",
        Place::Mandate => "mandate",
        Place::Update => "update",
    };
    let of = |decided: bool| -> Vec<String> {
        let parts = step.parts.iter().filter(|part| part.is_decided() == decided);
        let mut days: Vec<Date> = parts.filter_map(|part| part.day).collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(day).collect()
    };
    let (made, ahead) = (of(true), of(false));
    let all_are_made = step.parts.iter().all(Part::is_decided);
    match (made.as_slice(), ahead.as_slice()) {
        ([], []) if all_are_made => format!("{word}, of no recorded day"),
        ([], []) => format!("{word}, to be decided on a day that is not set"),
        ([], ahead) => format!("{word}, to be decided on {}", listed(ahead)),
        (made, []) if all_are_made => format!("{word} of {}", listed(made)),
        (made, []) => format!("{word} of {}, elsewhere still to be decided", listed(made)),
        (made, ahead) => format!("{word} of {}, elsewhere to be decided on {}", listed(made), listed(ahead)),
    }
}

/// Which steps it follows.
fn follows(step: &Step, chain: usize) -> Option<Block> {
    let numbers: Vec<String> = step.follows.iter().map(|place| format!("{chain}.{}", place + 1)).collect();
    (!numbers.is_empty()).then(|| Block::words(format!("It follows {}.", listed(&numbers))))
}

/// The baselines that each part could rest on; parts that could rest on the same are told together.
fn evidence(step: &Step, on: Date) -> Vec<Block> {
    let mut groups: Vec<(Vec<&Part>, &[Evidence])> = Vec::new();
    for part in &step.parts {
        let alike = |(parts, evidence): &&mut (Vec<&Part>, &[Evidence])| {
            *evidence == part.evidence && parts[0].is_decided() == part.is_decided()
        };
        match groups.iter_mut().find(alike) {
            Some((parts, _)) => parts.push(part),
            None => groups.push((vec![part], &part.evidence)),
        }
    }
    let is_one = groups.len() == 1;
    groups.into_iter().flat_map(|(parts, evidence)| group(&parts, evidence, is_one, on)).collect()
}

fn group(parts: &[&Part], evidence: &[Evidence], is_one: bool, on: Date) -> Vec<Block> {
    let mut days: Vec<Date> = parts.iter().filter(|part| part.is_decided()).filter_map(|part| part.day).collect();
    days.sort_unstable();
    days.dedup();
    let when = match days.as_slice() {
        [] => format!("as it stands on {}", day(on)),
        days => format!("as it stood on {}", listed(&days.iter().map(|one| day(*one)).collect::<Vec<_>>())),
    };
    let whose: Vec<&str> = parts.iter().map(|part| part.authority.name.as_str()).collect();
    let whose = if is_one { String::new() } else { format!(" of the decision of {}", listed(&whose)) };
    if evidence.iter().all(|one| one.baseline.is_none()) {
        let said = format!("Evidence{whose} {when}: no owner has a baseline that is as old.");
        return vec![Block::words(said)];
    }
    let item = |one: &Evidence| {
        let said = match &one.baseline {
            Some(baseline) => format!("baseline of {}{}", day(baseline.on), digest(baseline.digest.as_deref())),
            None => "no baseline is as old".to_owned(),
        };
        vec![Inline::text(format!("{}: {said}", one.owner.name))]
    };
    let list = Block::List { ordered: false, items: evidence.iter().map(item).collect() };
    vec![Block::words(format!("Evidence{whose} {when}:")), list]
}

/// Digits enough for a person to compare.
fn digest(digest: Option<&str>) -> String {
    const DIGITS: usize = 12;
    digest.map_or_else(String::new, |digest| format!(", digest {}", digest.get(..DIGITS).unwrap_or(digest)))
}

/// A promise of a later paper, with who is to bring it and by when.
fn promise(committed: &Committed) -> Vec<Inline> {
    let by = committed.due.map_or_else(|| "no day is set".to_owned(), |due| format!("by {}", day(due)));
    vec![
        Inline::figure(Value::text(stopped(&committed.statement)), std::slice::from_ref(&committed.source)),
        Inline::text(format!(" {}; {by}.", capitalised(&tables::who(committed)))),
    ]
}

/// What is wanting and what to do, as a point of a list.
fn told(finding: &Finding) -> Vec<Inline> {
    let mend = (finding.severity == Severity::Error).then(|| Inline::strong("Must be mended: "));
    let said = [
        Inline::figure(Value::text(&finding.what), &finding.sources),
        Inline::text(format!(" {}", stopped(&capitalised(&finding.hint)))),
    ];
    mend.into_iter().chain(said).collect()
}
