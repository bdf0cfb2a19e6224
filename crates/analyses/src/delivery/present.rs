//! What became of what was agreed, as blocks: the answer, alerts, areas, benefits, risks, performance, commitments.

mod alerts;
mod areas;
mod benefits;
mod performance;
mod watched;

use penshaw_basis::{Date, Source};
use penshaw_documents::{Block, Cell, Inline, Value};

use super::outcome::{ActionIs, AlertSeverity, Finding, Outcome};
use crate::named::{capitalised, counted};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(answer(outcome))];
    blocks.extend(alerts::blocks(outcome));
    blocks.extend(areas::blocks(outcome));
    blocks.extend(benefits::blocks(outcome));
    blocks.extend(watched::risks(outcome));
    blocks.extend(watched::bids(outcome));
    blocks.extend(performance::blocks(outcome));
    blocks.extend(areas::commitments(outcome));
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

/// The answer: alerts, actions, commitments and benefits, each that there is anything of.
fn answer(outcome: &Outcome) -> Vec<Inline> {
    let said = [alerts_said(outcome), actions_said(outcome), commitments_said(outcome), benefits::said(outcome)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    vec![Inline::strong(said.join(" "))]
}

fn alerts_said(outcome: &Outcome) -> Option<String> {
    let of = |severity| outcome.alerts.iter().filter(|alert| alert.severity == severity).count();
    let [grave, overdue, soon] = AlertSeverity::ALL.map(of);
    if outcome.alerts.is_empty() {
        return Some("Nothing is overdue, and nothing is due soon.".into());
    }
    let failed = match grave {
        0 => String::new(),
        grave => {
            format!("{} failed or succeeded only in part. ", counted(grave, "test of recovery", "tests of recovery"))
        }
    };
    Some(capitalised(&format!("{failed}{} overdue, and {soon} due soon.", counted(overdue, "thing is", "things are"))))
}

fn actions_said(outcome: &Outcome) -> Option<String> {
    let all: Vec<ActionIs> = outcome.areas.iter().flat_map(|area| &area.actions).map(|one| one.standing).collect();
    let count = |standing| all.iter().filter(|one| **one == standing).count();
    (!all.is_empty()).then(|| {
        format!(
            "Of {}, {} done and {} overdue.",
            counted(all.len(), "action", "actions"),
            are(count(ActionIs::Done)),
            are(count(ActionIs::Overdue))
        )
    })
}

fn commitments_said(outcome: &Outcome) -> Option<String> {
    let counts = super::agreed::counted(outcome.commitments.iter());
    (!outcome.commitments.is_empty()).then(|| {
        format!(
            "Of {} that reports made, {} kept, {} open and {} not kept or overdue.",
            counted(outcome.commitments.len(), "commitment", "commitments"),
            are(counts.kept),
            are(counts.open),
            are(counts.not_kept + counts.overdue)
        )
    })
}

fn are(number: usize) -> String {
    counted(number, "is", "are")
}

/// A cell of one entry.
fn cell(value: Value, source: &Source) -> Cell {
    Cell::new(value, vec![source.clone()])
}

/// A day, or nothing.
fn day(day: Option<Date>) -> Value {
    day.map_or(Value::Nothing, Value::Day)
}

/// Words, or nothing.
fn words(words: Option<&String>) -> Value {
    words.map_or(Value::Nothing, Value::text)
}
