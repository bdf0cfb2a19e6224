//! The answer as blocks: the sentence, the picture, the days, the plan, consents, who may join, what was paid, what is wanting.

mod plans;
mod tables;

use jiff::Span as Months;
use penshaw_documents::{Block, Chart, ChartKind, DayMarker, Inline, Span, Value};

use super::outcome::{Finding, Outcome, State, Term};
use crate::named::{counted, name_of};

/// The most contracts that the picture shows.
const MOST_SPANS: usize = 40;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(sentence(outcome)), Block::words(counts(outcome))];
    blocks.extend(timeline(outcome));
    blocks.push(Block::Table(tables::notices(outcome)));
    blocks.push(Block::heading(3, "How contracts can end together"));
    blocks.extend(plans::blocks(outcome));
    if !outcome.consents.is_empty() || !outcome.vesting.is_empty() {
        blocks.push(Block::heading(3, "Consent under section 24"));
        blocks.extend(plans::consents(outcome));
    }
    blocks.push(Block::heading(3, "Who may join whose contract"));
    blocks.extend(tables::joining(outcome));
    if outcome.counts.payments > 0 {
        blocks.push(Block::heading(3, "Contracts beside what was paid"));
        blocks.extend(tables::spend(outcome));
    }
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting, and what was assumed"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks.push(Block::note(
        "Not legal advice",
        "Limits of law are parameters with their references. Whether a contract may be lengthened, bridged or joined is \
         for the monitoring officer, on the contract itself.",
    ));
    blocks
}

/// The notice days of the next twelve months.
fn ahead(outcome: &Outcome) -> Vec<&Term> {
    let until = outcome.on.saturating_add(Months::new().months(12));
    let within = |term: &&Term| term.notice_by.is_some_and(|day| (outcome.on..=until).contains(&day));
    let mut ahead: Vec<&Term> = outcome.terms.iter().filter(within).collect();
    ahead.sort_by_key(|term| term.notice_by);
    ahead
}

/// The answer in a sentence or two.
fn sentence(outcome: &Outcome) -> Vec<Inline> {
    let ahead = ahead(outcome);
    let mut said = match ahead.first() {
        None => vec![Inline::strong("No notice day lies in the next 12 months.")],
        Some(first) => {
            let days = counted(ahead.len(), "notice day lies", "notice days lie");
            let which = if ahead.len() == 1 { "it is" } else { "the first is" };
            vec![
                Inline::strong(format!("{days} in the next 12 months; {which} on ")),
                Inline::figure(Value::Day(first.notice_by.unwrap_or(outcome.on)), std::slice::from_ref(&first.source)),
                Inline::strong(format!(", on “{}” of {}.", first.title, name_of(&outcome.partners, &first.authority))),
            ]
        }
    };
    let missed = outcome.terms.iter().filter(|term| term.state == State::NoticeMissed).count();
    if missed > 0 {
        let words = counted(missed, "contract that runs has", "contracts that run have");
        said.push(Inline::text(format!(" {words} passed the last day for notice.")));
    }
    let unknown = outcome.terms.iter().filter(|term| term.state == State::EndUnknown).count();
    if unknown > 0 {
        let words = counted(unknown, "contract has", "contracts have");
        said.push(Inline::text(format!(" {words} no last day recorded, and so none for notice.")));
    }
    said.extend(plans::sentence(outcome));
    said
}

fn counts(outcome: &Outcome) -> String {
    let counts = &outcome.counts;
    let contracts = counted(counts.contracts, "contract was read", "contracts were read");
    let mut said = format!(
        "{contracts}: {} with the last day ahead, {} of them with a price and an end within the years that are counted, \
         and so in the plan.",
        counts.ahead, counts.planned
    );
    if counts.payments > 0 {
        let payments = counted(counts.payments, "payment was read", "payments were read");
        said.push_str(&format!(" {payments}, {} of them with a day.", counts.payments_used));
    }
    said
}

/// The contracts that end first, as spans; nothing where none has its end ahead.
fn timeline(outcome: &Outcome) -> Option<Block> {
    let mut ahead: Vec<(&Term, penshaw_basis::Date)> = outcome
        .terms
        .iter()
        .filter(|term| !matches!(term.state, State::Ended | State::EndUnknown))
        .filter_map(|term| Some((term, term.ends?)))
        .collect();
    ahead.sort_by_key(|(term, ends)| (term.notice_by.filter(|day| *day >= outcome.on).unwrap_or(*ends), *ends));
    let shown = &ahead[..ahead.len().min(MOST_SPANS)];
    let first = shown.first()?;
    // A contract began long ago: what matters of it lies ahead.
    let from = outcome.on.saturating_sub(Months::new().months(6));
    let span = |(term, ends): &(&Term, penshaw_basis::Date)| Span {
        label: format!("{} ({})", term.title, term.authority),
        starts: term.starts.unwrap_or(from).max(from).min(*ends),
        ends: *ends,
        group: term.state.words().to_owned(),
    };
    let vesting = outcome
        .vesting
        .iter()
        .map(|vesting| DayMarker { label: format!("Vesting day, {}", vesting.authority), day: vesting.day });
    let today = DayMarker { label: "Day of the answer".into(), day: outcome.on };
    let alternative = format!(
        "{} with the end ahead; the first to act on is “{}”, which ends on {}.",
        counted(ahead.len(), "contract", "contracts"),
        first.0.title,
        Value::Day(first.1)
    );
    let horizontal = match ahead.len() - shown.len() {
        0 => "Day".to_owned(),
        more => format!("Day; {more} more contracts are in the table alone"),
    };
    Some(Block::Chart(Chart {
        id: "contracts-timeline".into(),
        caption: "When contracts end, those to act on first at the top".into(),
        alternative,
        horizontal,
        vertical: String::new(),
        kind: ChartKind::Timeline {
            spans: shown.iter().map(span).collect(),
            days: std::iter::once(today).chain(vesting).collect(),
        },
        table: tables::ends(outcome),
    }))
}
