//! The areas of joint work, what hosting rests on, and what reports said would happen.

use penshaw_documents::{Block, Cell, Column, Row, RowKind, Table, Value, inlines};

use super::super::outcome::{AreaStanding, CommitmentStanding, HostingStanding, Outcome, RecoveryStanding};
use super::{cell, day, words};
use crate::named::{capitalised, counted, name_of, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !outcome.areas.is_empty() {
        blocks.push(Block::heading(3, "Areas of joint work"));
        blocks.push(Block::Table(areas_table(outcome)));
        if outcome.areas.iter().any(|area| !area.actions.is_empty()) {
            blocks.push(Block::Table(actions_table(outcome)));
        }
    }
    if !outcome.hosting.is_empty() {
        blocks.push(Block::heading(3, "Hosting agreements and what tests show"));
        blocks.push(Block::Table(hosting_table(outcome)));
    }
    let apart: Vec<&RecoveryStanding> = outcome.recoveries.iter().filter(|one| !is_hosted(one, outcome)).collect();
    if !apart.is_empty() {
        let what = "These recoveries were tested and rest on no hosting agreement that is shared:";
        blocks.push(Block::words(what));
        let items =
            apart.iter().map(|one| inlines(format!("{}: {}", name_of(&outcome.partners, &one.owner), tested(one))));
        blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    blocks
}

fn areas_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Area"),
        Column::words("Who answers"),
        Column::numbers("Actions done"),
        Column::numbers("Open"),
        Column::numbers("Overdue"),
        Column::words("Commitments"),
        Column::words("Next"),
    ];
    let mut table = Table::new("delivery-areas", "How far each area of joint work has come", columns);
    for area in &outcome.areas {
        table.push(area_row(area));
    }
    table
}

fn area_row(area: &AreaStanding) -> Row {
    let sources: Vec<_> = area.actions.iter().map(|action| action.source.clone()).collect();
    let count = |number: usize| Cell::new(Value::Count(number as i64), sources.clone());
    let next = area
        .next
        .as_ref()
        .map(|next| cell(Value::text(format!("{}: {}", Value::Day(next.day), next.what)), &next.source));
    let owners =
        if area.owners.is_empty() { Value::text("nobody is named") } else { Value::text(area.owners.join("; ")) };
    Row::body(vec![
        cell(Value::text(&area.name), &area.source),
        Cell::new(owners, sources.clone()),
        count(area.done),
        count(area.open),
        count(area.overdue),
        Cell::plain(commitments_said(area)),
        next.unwrap_or(Cell::plain(Value::Nothing)),
    ])
}

fn commitments_said(area: &AreaStanding) -> Value {
    let counts = area.commitments;
    let each = [
        (counts.kept, "kept"),
        (counts.open, "open"),
        (counts.overdue, "overdue"),
        (counts.not_kept, "not kept"),
        (counts.withdrawn, "withdrawn"),
    ];
    let said: Vec<String> =
        each.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
    if said.is_empty() { Value::Nothing } else { Value::text(sentence_list(&said)) }
}

fn actions_table(outcome: &Outcome) -> Table {
    let columns = ["Action", "Who", "Due", "Done", "How it stands", "Remark"].map(Column::words).to_vec();
    let mut table = Table::new("delivery-actions", "The actions of each area", columns);
    for area in outcome.areas.iter().filter(|area| !area.actions.is_empty()) {
        let blanks = std::iter::repeat_with(Cell::empty).take(5);
        let cells = std::iter::once(Cell::words(&area.name)).chain(blanks).collect();
        table.push(Row { kind: RowKind::Group, cells });
        for action in &area.actions {
            let who = name_of(&outcome.partners, &action.authority);
            let who = action.owner.as_ref().map_or(who.to_owned(), |post| format!("{post}, {who}"));
            table.push(Row::body(vec![
                cell(Value::text(&action.statement), &action.source),
                Cell::words(who),
                Cell::plain(day(action.due)),
                Cell::plain(day(action.done)),
                Cell::words(capitalised(action.standing.word())),
                Cell::plain(words(action.note.as_ref())),
            ]));
        }
    }
    table
}

fn is_hosted(recovery: &RecoveryStanding, outcome: &Outcome) -> bool {
    outcome.hosting.iter().any(|agreement| names(agreement, recovery))
}

fn names(agreement: &HostingStanding, recovery: &RecoveryStanding) -> bool {
    agreement.tested.contains(&format!("{}/{}", recovery.owner, recovery.workload))
}

fn hosting_table(outcome: &Outcome) -> Table {
    let columns = ["Agreement", "Guest", "Host", "Standing", "Notice by", "Ends", "Tests of recovery"]
        .map(Column::words)
        .to_vec();
    let mut table =
        Table::new("delivery-hosting", "Hosting agreements, with the latest test of what each is for", columns);
    for agreement in &outcome.hosting {
        let recoveries: Vec<&RecoveryStanding> =
            outcome.recoveries.iter().filter(|recovery| names(agreement, recovery)).collect();
        let sources = recoveries.iter().flat_map(|recovery| recovery.sources.clone()).collect();
        let said: Vec<String> = recoveries.iter().map(|recovery| tested(recovery)).collect();
        let said = if said.is_empty() { "none that is shared".to_owned() } else { said.join("; ") };
        table.push(Row::body(vec![
            cell(Value::text(&agreement.name), &agreement.source),
            Cell::words(name_of(&outcome.partners, &agreement.guest)),
            Cell::words(name_of(&outcome.partners, &agreement.host)),
            Cell::words(capitalised(&agreement.standing)),
            Cell::plain(day(agreement.notice_by)),
            Cell::plain(day(agreement.ends)),
            Cell::new(Value::text(said), sources),
        ]));
    }
    table
}

fn tested(recovery: &RecoveryStanding) -> String {
    let result = recovery.result.as_deref().unwrap_or("tested, result not shared");
    let evidence = recovery.evidence.as_ref().map(|document| format!(" ({document})")).unwrap_or_default();
    format!("{} {result} on {}{evidence}", recovery.name, Value::Day(recovery.tested_on))
}

/// What reports said would happen, and what became of it.
pub(super) fn commitments(outcome: &Outcome) -> Vec<Block> {
    if outcome.commitments.is_empty() {
        return Vec::new();
    }
    let columns = ["What was said", "Where", "Who", "Due", "What became of it"].map(Column::words).to_vec();
    let caption = format!("{} made by reports", counted(outcome.commitments.len(), "commitment", "commitments"));
    let mut table = Table::new("delivery-commitments", caption, columns);
    for commitment in &outcome.commitments {
        let who = name_of(&outcome.partners, &commitment.authority);
        let who = commitment.owner.as_ref().map_or(who.to_owned(), |post| format!("{post}, {who}"));
        table.push(Row::body(vec![
            cell(Value::text(&commitment.statement), &commitment.source),
            Cell::plain(words(commitment.said_in.as_ref())),
            Cell::words(who),
            Cell::plain(day(commitment.due)),
            Cell::words(became(commitment)),
        ]));
    }
    vec![Block::heading(3, "What reports said would happen"), Block::Table(table)]
}

fn became(commitment: &CommitmentStanding) -> String {
    let word = if commitment.overdue { "overdue" } else { &commitment.standing };
    match commitment.settled {
        Some(settled) => format!("{} ({})", capitalised(word), Value::Day(settled)),
        None => capitalised(word),
    }
}
