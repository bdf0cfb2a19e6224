//! Risks with their last reviews, and applications for money.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value, inlines};

use super::super::outcome::{Moved, Outcome, RiskStanding};
use super::{cell, day, words};
use crate::named::{capitalised, counted, name_of};

/// The risks, if there are any.
pub(super) fn risks(outcome: &Outcome) -> Vec<Block> {
    if outcome.risks.is_empty() {
        return Vec::new();
    }
    let count = |is: fn(&RiskStanding) -> bool| outcome.risks.iter().filter(|risk| is(risk)).count();
    let said = format!(
        "Of {}, {} up at the last review and {} down; {} not reviewed in time, and {} closed.",
        counted(outcome.risks.len(), "risk", "risks"),
        count(|risk| risk.moved == Moved::Up),
        count(|risk| risk.moved == Moved::Down),
        counted(count(|risk| risk.late), "was", "were"),
        counted(count(|risk| risk.closed), "is", "are"),
    );
    vec![Block::heading(3, "Risks under review"), Block::paragraph(inlines(said)), Block::Table(risks_table(outcome))]
}

fn risks_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Risk"),
        Column::words("Borne by"),
        Column::words("Last reviewed"),
        Column::words("Review due"),
        Column::words("Moved"),
        Column::numbers("Probability"),
        Column::numbers("Probability × impact"),
        Column::words("Decided"),
    ];
    let mut table = Table::new("delivery-risks", "Risks, their last review and which way they moved", columns);
    for risk in &outcome.risks {
        let of = |value: Value| Cell::new(value, risk.sources.clone());
        let due = match (risk.closed, risk.due) {
            (true, _) => Value::text("closed"),
            (false, Some(due)) if risk.late => Value::text(format!("{}, late", Value::Day(due))),
            (false, None) => Value::text("never reviewed"),
            (false, due) => day(due),
        };
        table.push(Row::body(vec![
            of(Value::text(&risk.description)),
            Cell::words(name_of(&outcome.partners, &risk.authority)),
            of(day(risk.last_reviewed)),
            of(due),
            of(Value::text(capitalised(risk.moved.word()))),
            of(risk.probability.map_or(Value::Nothing, Value::Percent)),
            of(risk.expected.map_or(Value::Nothing, Value::Pounds)),
            of(words(risk.decision.as_ref())),
        ]));
    }
    table
}

/// Applications for money, if there are any.
pub(super) fn bids(outcome: &Outcome) -> Vec<Block> {
    if outcome.bids.is_empty() {
        return Vec::new();
    }
    let columns = vec![
        Column::words("Application"),
        Column::words("For"),
        Column::numbers("Amount"),
        Column::words("What became of it"),
        Column::words("Decided"),
    ];
    let mut table = Table::new("delivery-bids", "Applications for money", columns);
    for bid in &outcome.bids {
        table.push(Row::body(vec![
            cell(Value::text(&bid.name), &bid.source),
            Cell::words(name_of(&outcome.partners, &bid.authority)),
            cell(Value::Money(bid.amount), &bid.source),
            Cell::words(capitalised(&bid.status)),
            Cell::plain(day(bid.decided)),
        ]));
    }
    vec![Block::heading(3, "Applications for money"), Block::Table(table)]
}
