//! The rows of a table as they were sent, and what of them is to be saved.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_operations::{EntryTable, Invalid, TableRow, TypedEntry};
use penshaw_register::{FieldKind, Kind, Record};

use crate::form::Form;

/// The most rows that a table is read of.
const MOST_ROWS: usize = 500;

/// A row of the table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) typed: TypedEntry,
    /// The number of the version that its editor saw; nothing for a new row.
    pub(super) seen: Option<i64>,
    /// Whether it is to be removed.
    pub(super) removed: bool,
    /// Whether what somebody else made of it is to stand.
    pub(super) left: bool,
}

impl Row {
    /// An entry that is there.
    pub(super) fn of(record: &Record, number: i64) -> Self {
        Row { typed: TypedEntry::of(record), seen: Some(number), ..Row::default() }
    }

    /// A new row with one field filled in.
    pub(super) fn empty(with: Option<(&str, &str)>) -> Self {
        let fields = with.map(|(field, value)| (field.to_owned(), value.to_owned())).into_iter().collect();
        let confidence = Confidence::Reported.word().to_owned();
        Row { typed: TypedEntry { fields, confidence, ..TypedEntry::default() }, ..Row::default() }
    }

    /// What a row is called, by its place from 0.
    pub(super) fn name(&self, place: usize) -> String {
        match self.typed.reference.as_str() {
            "" => format!("Row {}", place + 1),
            reference => format!("Row {} ({reference})", place + 1),
        }
    }
}

/// The name of a field of a row, by the row's place from 0.
pub(super) fn named(place: usize, field: &str) -> String {
    format!("row-{}.{field}", place + 1)
}

/// The rows that were sent. Where somebody else's version is to stand, it is taken from the table.
pub(super) fn read(kind: Kind, sent: &Form, table: &EntryTable) -> Vec<Row> {
    let mut parts: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
    for (name, value) in &sent.0 {
        let Some((row, field)) = name.strip_prefix("row-").and_then(|rest| rest.split_once('.')) else { continue };
        let Some(place) = row.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row)) else { continue };
        parts.entry(place).or_default().push((field, value.trim()));
    }
    parts.into_values().filter_map(|parts| row(kind, &parts, table)).collect()
}

fn row(kind: Kind, parts: &[(&str, &str)], table: &EntryTable) -> Option<Row> {
    let get = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let mut row = Row { seen: get("seen").and_then(|seen| seen.parse().ok()), ..Row::default() };
    row.typed.reference = get("reference").unwrap_or_default().to_owned();
    row.typed.confidence = get("confidence").unwrap_or_default().to_owned();
    row.removed = get("remove").is_some();
    for (name, value) in parts {
        if let Some(field) = name.strip_prefix("sure.").filter(|field| kind.field(field).is_some()) {
            row.typed.field_confidence.insert(field.to_owned(), (*value).to_owned());
        } else if kind.field(name.split('.').next().unwrap_or(name)).is_some() {
            row.typed.fields.insert((*name).to_owned(), (*value).to_owned());
        }
    }
    match get("settle") {
        Some("mine") => row.seen = get("now").and_then(|now| now.parse().ok()),
        Some("theirs") => {
            let standing = table.entries.iter().find(|(record, _)| record.reference == row.typed.reference);
            let (record, number) = standing?;
            row = Row { left: true, ..Row::of(record, *number) };
        }
        _ => {}
    }
    Some(row)
}

/// What is to be saved, the place of each among the rows, and what must be corrected first.
pub(super) fn to_save(kind: Kind, rows: &[Row], filled_in: Option<&str>) -> (Vec<TableRow>, Vec<usize>, Vec<Invalid>) {
    let (mut to_save, mut places, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let filled_in: Vec<&str> = filled_in.into_iter().collect();
    for (place, row) in rows.iter().enumerate() {
        let is_empty = row.seen.is_none() && (row.removed || row.typed.is_blank_but_for(&filled_in));
        if is_empty || row.left {
            continue;
        }
        let record = if row.removed {
            Record::new(kind, &*row.typed.reference)
        } else {
            let (record, invalid) = row.typed.read(kind);
            wrong.extend(invalid.into_iter().map(|one| placed_at(place, row, &one.field, &one.what)));
            record
        };
        places.push(place);
        to_save.push(TableRow { record, expected: row.seen, removed: row.removed });
    }
    (to_save, places, wrong)
}

fn placed_at(place: usize, row: &Row, field: &str, what: &str) -> Invalid {
    Invalid::new(named(place, field), format!("{}: {what}", row.name(place)))
}

/// What an operation found wrong, its places among what was saved made places among the rows.
pub(super) fn placed(invalid: Vec<Invalid>, rows: &[Row], places: &[usize]) -> Vec<Invalid> {
    let place_of = |wrong: &Invalid| {
        let (number, field) = wrong.field.split_once('.')?;
        let place = *places.get(number.parse::<usize>().ok()?)?;
        Some(placed_at(place, rows.get(place)?, field, &wrong.what))
    };
    invalid.into_iter().map(|wrong| place_of(&wrong).unwrap_or(wrong)).collect()
}

/// Lets what is wrong with all amounts of a row lead to the first of them.
pub(super) fn lead_to_cells(kind: Kind, years: &[String], wrong: &mut [Invalid]) {
    let by_year = kind.fields().iter().filter(|field| field.kind == FieldKind::AmountsByYear);
    for field in by_year {
        let ending = format!(".{}", field.name);
        for one in wrong.iter_mut().filter(|one| one.field.ends_with(&ending)) {
            one.field = format!("{}.{}", one.field, years.first().map_or("", String::as_str));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Form {
        Form(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn nothing() -> EntryTable {
        let around = penshaw_operations::Surroundings {
            owner: "partnership".into(),
            kind: Kind::Risk,
            authorities: Vec::new(),
            choices: BTreeMap::new(),
            years: Vec::new(),
            next_reference: String::new(),
        };
        EntryTable { around, entries: Vec::new() }
    }

    #[test]
    fn empty_rows_are_left_out_and_errors_name_their_row() {
        let form = sent(&[
            ("row-1.confidence", "reported"),
            ("row-1.option", "O1"),
            ("row-2.reference", "R2"),
            ("row-2.confidence", "reported"),
            ("row-2.option", "O1"),
            ("row-2.probability", "likely"),
        ]);
        let rows = read(Kind::Risk, &form, &nothing());
        let (to_save, places, wrong) = to_save(Kind::Risk, &rows, Some("option"));
        assert_eq!((to_save.len(), places), (1, vec![1]));
        assert!(wrong.iter().all(|wrong| wrong.field.starts_with("row-2.") && wrong.what.starts_with("Row 2 (R2): ")));
        assert!(wrong.iter().any(|wrong| wrong.field == "row-2.probability"));
    }

    #[test]
    fn a_row_to_remove_need_not_be_sound() {
        let form = sent(&[("row-1.reference", "R1"), ("row-1.seen", "4"), ("row-1.remove", "yes")]);
        let (to_save, _, wrong) = to_save(Kind::Risk, &read(Kind::Risk, &form, &nothing()), None);
        assert!(wrong.is_empty() && to_save[0].removed && to_save[0].expected == Some(4));
    }
}
