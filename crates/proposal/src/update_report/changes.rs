//! Section 4, What has changed since: entries added, changed and taken out, by owner and kind, in words.

use penshaw_basis::{Date, Money, Source};
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};
use penshaw_register::{Change, FieldChange, FieldKind, Holder, Kind, What};
use serde_json::Value as Json;

use super::{OwnerDifference, UpdateInputs};
use crate::cabinet_report::said::day;
use crate::recommendation::{capitalised, listed};

/// The most changes of one kind that are told one by one; the table counts them all.
const TOLD: usize = 12;

pub(super) fn section(inputs: &UpdateInputs<'_>) -> Vec<Block> {
    let changed: Vec<&OwnerDifference> = inputs.differences.iter().filter(|one| !one.difference.is_empty()).collect();
    if changed.is_empty() {
        return vec![Block::words(match inputs.differences {
            [] => "No two baselines were compared, so that nothing can be said of what changed in the register.",
            _ => "Nothing in the register has changed between the baselines that were compared.",
        })];
    }
    let mut blocks: Vec<Block> = changed.iter().map(|one| Block::words(summary(inputs, one))).collect();
    blocks.push(Block::Table(table(inputs, &changed)));
    for one in &changed {
        blocks.extend(told(inputs, one));
    }
    blocks
}

fn summary(inputs: &UpdateInputs<'_>, one: &OwnerDifference) -> String {
    let found = &one.difference;
    format!(
        "Between the baselines of {} and {}, {} added {}, changed {} and took out {}.",
        day(one.from),
        day(one.to),
        inputs.who(&one.owner),
        entries(found.added()),
        entries(found.changed()),
        entries(found.not_in_file())
    )
}

fn entries(number: usize) -> String {
    match number {
        0 => "no entries".into(),
        1 => "1 entry".into(),
        several => format!("{several} entries"),
    }
}

fn table(inputs: &UpdateInputs<'_>, changed: &[&OwnerDifference]) -> Table {
    let columns = vec![
        Column::words("Whose, and of which kind"),
        Column::numbers("Added"),
        Column::numbers("Changed"),
        Column::numbers("Taken out"),
    ];
    let mut table = Table::new("update-changes", "What changed between the baselines, by owner and kind", columns);
    for one in changed {
        for changes in by_kind(one) {
            let count = |is: fn(&What) -> bool| {
                let counted: Vec<&Change> = changes.iter().filter(|change| is(&change.what)).collect();
                let sources = counted.iter().map(|change| source(one, change)).collect();
                Cell::new(Value::Count(counted.len() as i64), sources)
            };
            table.push(Row::body(vec![
                Cell::words(format!(
                    "{}: {}",
                    capitalised(&inputs.who(&one.owner)),
                    changes[0].kind.sheet().to_lowercase()
                )),
                count(|what| *what == What::New),
                count(|what| matches!(what, What::Changed(_))),
                count(|what| *what == What::NotInFile),
            ]));
        }
    }
    table
}

/// The changes of each kind, in the order of the kinds: a difference is in that order already.
fn by_kind(one: &OwnerDifference) -> impl Iterator<Item = &[Change]> {
    one.difference.changes.chunk_by(|one, next| one.kind == next.kind)
}

fn source(one: &OwnerDifference, change: &Change) -> Source {
    Source::entry(&one.owner, &change.reference)
}

/// What the partners hold together is told entry by entry; what changed in an estate stays in its table.
fn told(inputs: &UpdateInputs<'_>, one: &OwnerDifference) -> Vec<Block> {
    let mut blocks = Vec::new();
    for changes in by_kind(one).filter(|changes| changes[0].kind.holder() == Holder::Partnership) {
        let mut items: Vec<Vec<Inline>> = changes.iter().take(TOLD).map(|change| item(inputs, one, change)).collect();
        if changes.len() > TOLD {
            items.push(vec![Inline::text(format!("and {} more.", changes.len() - TOLD))]);
        }
        blocks.push(Block::words(format!("{}:", changes[0].kind.sheet())));
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

fn item(inputs: &UpdateInputs<'_>, one: &OwnerDifference, change: &Change) -> Vec<Inline> {
    let source = source(one, change);
    let said = match &change.what {
        What::New => "added".to_owned(),
        What::NotInFile => "taken out".to_owned(),
        What::Changed(fields) => listed(&fields.iter().map(|field| field_said(change.kind, field)).collect::<Vec<_>>()),
    };
    vec![
        Inline::figure(Value::text(called(inputs, change, &source)), std::slice::from_ref(&source)),
        Inline::text(format!(" – {said}.")),
    ]
}

/// What an entry is called: its reference, and its first words where its title is of the same kind.
fn called(inputs: &UpdateInputs<'_>, change: &Change, source: &Source) -> String {
    let marker = format!("{} {}: ", change.kind.sheet().to_lowercase(), change.reference);
    let titles = inputs.titles.get(source);
    let words = titles.and_then(|titles| titles.split("; ").find_map(|title| title.split_once(&marker)));
    match words {
        Some((_, words)) => format!("{} ({})", words.trim_end_matches('.'), change.reference),
        None => change.reference.clone(),
    }
}

/// The label of a field, and from what to what it changed.
fn field_said(kind: Kind, change: &FieldChange) -> String {
    let field = kind.field(&change.name);
    let label = field.map_or(change.name.replace('_', " "), |field| field.label.to_lowercase());
    let said = |value: &Option<Json>| {
        value.as_ref().map(|value| printed(field.map_or(FieldKind::Text, |field| field.kind), value))
    };
    match (said(&change.before), said(&change.after)) {
        (Some(before), Some(after)) if before == after => format!("{label} is surer or less sure than it was"),
        (Some(before), Some(after)) => format!("{label} changed from {before} to {after}"),
        (None, Some(after)) => format!("{label} is now {after}"),
        (Some(before), None) => format!("{label}, {before} before, is empty"),
        (None, None) => format!("{label} changed"),
    }
}

/// A value as a report prints it.
fn printed(kind: FieldKind, value: &Json) -> String {
    match (kind, value) {
        (FieldKind::Money, Json::Number(pence)) => pounds(pence.as_i64()),
        (FieldKind::Proportion, Json::Number(share)) => Value::Percent(share.as_f64().unwrap_or_default()).to_string(),
        (FieldKind::Date, Json::String(text)) => text.parse::<Date>().map_or(text.clone(), day),
        (FieldKind::AmountsByYear, Json::Object(years)) => {
            let each = years.iter().map(|(year, amount)| format!("{} in {year}", pounds(amount.as_i64())));
            listed(&each.collect::<Vec<_>>())
        }
        (FieldKind::Text, Json::String(words)) => format!("“{words}”"),
        (_, Json::String(words)) => words.clone(),
        (_, Json::Bool(answer)) => if *answer { "yes" } else { "no" }.to_owned(),
        (_, Json::Array(items)) => {
            listed(&items.iter().map(|item| printed(FieldKind::Choice(&[]), item)).collect::<Vec<_>>())
        }
        (_, other) => other.to_string(),
    }
}

fn pounds(pence: Option<i64>) -> String {
    Money::from_pence(pence.unwrap_or_default()).to_string()
}
