//! What stands in each column of a table of entries, as the readers read it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Confidence, Date, FinancialYear};
use penshaw_register::{Field, FieldKind, Kind, Record};
use serde_json::Value;

use crate::read::{CONFIDENCE, REFERENCE};
use crate::year_headings;

/// A column of a table of entries.
pub(crate) enum Column {
    Reference,
    Field(&'static Field),
    Year(&'static Field, FinancialYear),
    Confidence,
}

/// What a cell holds.
pub(crate) enum Cell {
    Blank,
    Text(String),
    /// A number, and its exact digits for forms that hold text.
    Number {
        number: f64,
        text: String,
    },
    Day(Date),
}

/// The columns of a kind, with one for each year in which any of the records has an amount.
pub(crate) fn columns(kind: Kind, records: &[&Record]) -> Vec<Column> {
    let mut columns = vec![Column::Reference];
    for field in kind.fields() {
        match field.kind {
            FieldKind::AmountsByYear => {
                columns.extend(years(field, records).into_iter().map(|year| Column::Year(field, year)));
            }
            _ => columns.push(Column::Field(field)),
        }
    }
    columns.push(Column::Confidence);
    columns
}

fn years(field: &Field, records: &[&Record]) -> BTreeSet<FinancialYear> {
    let amounts = records.iter().filter_map(|record| record.fields.get(field.name)?.as_object());
    amounts.flat_map(|amounts| amounts.keys().filter_map(|year| year.parse().ok())).collect()
}

impl Column {
    pub(crate) fn heading(&self, kind: Kind) -> String {
        match self {
            Column::Reference => REFERENCE.to_owned(),
            Column::Field(field) => field.label.to_owned(),
            Column::Year(field, year) => year_headings::heading(kind, field, *year),
            Column::Confidence => CONFIDENCE.to_owned(),
        }
    }

    /// What the column's figures are, where it has any.
    pub(crate) fn kind(&self) -> FieldKind {
        match self {
            Column::Reference | Column::Confidence => FieldKind::Text,
            Column::Field(field) => field.kind,
            Column::Year(..) => FieldKind::Money,
        }
    }

    pub(crate) fn cell(&self, record: &Record) -> Cell {
        match self {
            Column::Reference => Cell::Text(record.reference.clone()),
            Column::Field(field) => record.fields.get(field.name).map_or(Cell::Blank, |value| cell(field.kind, value)),
            Column::Year(field, year) => {
                let amount = record.fields.get(field.name).and_then(|amounts| amounts.get(year.to_string()));
                amount.map_or(Cell::Blank, |amount| cell(FieldKind::Money, amount))
            }
            Column::Confidence => Cell::Text(sureness(record.confidence, &record.field_confidence)),
        }
    }
}

/// `reported`, or `reported; annual_cost=verified`.
fn sureness(whole: Confidence, fields: &BTreeMap<String, Confidence>) -> String {
    let fields = fields.iter().map(|(field, confidence)| format!("{field}={confidence}"));
    std::iter::once(whole.to_string()).chain(fields).collect::<Vec<_>>().join("; ")
}

/// A value as its field's kind is written; what is not of that kind is written as it stands.
pub(super) fn cell(kind: FieldKind, value: &Value) -> Cell {
    let number = |text: String| Cell::Number { number: value.as_f64().unwrap_or_default(), text };
    match (kind, value) {
        (_, Value::Null) => Cell::Blank,
        (FieldKind::Money, Value::Number(_)) => value.as_i64().map_or(Cell::Text(value.to_string()), pounds),
        (FieldKind::Date, Value::String(text)) => text.parse().map_or(Cell::Text(text.clone()), Cell::Day),
        (_, Value::String(text)) => Cell::Text(text.clone()),
        (_, Value::Bool(answer)) => Cell::Text(if *answer { "yes" } else { "no" }.to_owned()),
        (_, Value::Number(digits)) if digits.is_f64() => number(format!("{}", digits.as_f64().unwrap_or_default())),
        (_, Value::Number(digits)) => number(digits.to_string()),
        (_, Value::Array(items)) => list(items),
        (_, Value::Object(_)) => Cell::Text(value.to_string()),
    }
}

fn pounds(pence: i64) -> Cell {
    Cell::Number { number: pence as f64 / 100.0, text: pounds_text(pence) }
}

/// Pence as pounds, in digits, with two decimals where there are pence.
pub(crate) fn pounds_text(pence: i64) -> String {
    let (sign, size) = (if pence < 0 { "-" } else { "" }, pence.unsigned_abs());
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        odd => format!("{sign}{}.{odd:02}", size / 100),
    }
}

/// Words separated by semicolons, or between quotation marks where a word holds one.
fn list(items: &[Value]) -> Cell {
    let words: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
    let plain = words.filter(|words| !words.iter().any(|word| word.contains(';')));
    Cell::Text(match plain.map(|words| words.join("; ")) {
        Some(text) if !text.starts_with('[') => text,
        _ => Value::Array(items.to_vec()).to_string(),
    })
}
