//! Records in TOML: arrays of tables such as `[[lines]]`, one table an entry.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{FieldKind, Holder, Kind, Origin};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::convert::convert;
use super::gathered::{Draft, Gathered, confidence, place};
use super::other_names::convert_field;
use super::rows;
use super::toml_text::{Lines, refuse_unknown, written};
use super::workbook::kinds_of;

/// Reads every record of the kinds that the holder of the file may have.
pub(super) fn read(lines: &Lines<'_>, root: &DeTable<'_>, holder: Holder, gathered: &mut Gathered) {
    for kind in kinds_of(holder) {
        let Some(value) = root.get(kind.key()) else { continue };
        let Some(items) = value.get_ref().as_array() else {
            let what = format!("\"{}\" is not a list of entries", kind.key());
            gathered.error(lines.at("", value), what, format!("head each entry [[{}]]", kind.key()));
            continue;
        };
        for (number, item) in items.iter().enumerate() {
            entry(lines, kind, number + 1, item, gathered);
        }
    }
}

fn entry(lines: &Lines<'_>, kind: Kind, number: usize, item: &Spanned<DeValue<'_>>, gathered: &mut Gathered) {
    let Some(table) = item.get_ref().as_table() else {
        let what = format!("entry {number} of \"{}\" is not a table", kind.key());
        return gathered.error(lines.at("", item), what, format!("head each entry [[{}]]", kind.key()));
    };
    let reference = table.get("reference").and_then(|value| written(value.get_ref()).as_text());
    let name = match reference.as_deref().filter(|reference| !reference.is_empty()) {
        Some(reference) => format!("[[{}]] {number} ({reference})", kind.key()),
        None => format!("[[{}]] {number}", kind.key()),
    };
    let known: Vec<&str> =
        ["reference", "confidence"].into_iter().chain(kind.fields().iter().map(|field| field.name)).collect();
    refuse_unknown(lines, &name, table, &known, gathered);
    let origin = Origin { place: place(lines.file, Some(lines.cell(&name, item))), cells: cells(lines, &name, table) };
    let mut draft = Draft::new(kind, reference.clone().unwrap_or_default(), origin);
    let refused = fields(lines, &name, table, &mut draft, gathered);
    let origin = draft.record.origin.clone();
    draft.require_all(gathered, |field| (!refused.contains(field)).then(|| origin.of(Some(field))));
    match reference.filter(|reference| !reference.is_empty()) {
        Some(reference) => {
            if let Some(wrong) = rows::refuse_reference(&reference) {
                draft.sound = false;
                gathered.wrong(origin.of(Some("reference")), wrong);
            }
            gathered.take(draft.record, draft.sound);
        }
        None => gathered.error(
            lines.at(&name, item),
            "the entry has no reference",
            "give it one of its own: reference = \"A1\"",
        ),
    }
}

/// The place of each key of an entry.
fn cells(lines: &Lines<'_>, name: &str, table: &DeTable<'_>) -> BTreeMap<String, String> {
    let keys = table.keys().map(|key| {
        let key_name = key.get_ref().to_string();
        let cell = lines.cell(&format!("{name}, {key_name}"), key);
        (key_name, cell)
    });
    keys.collect()
}

/// Reads the fields of an entry; returns those that could not be read.
fn fields(
    lines: &Lines<'_>,
    name: &str,
    table: &DeTable<'_>,
    draft: &mut Draft,
    gathered: &mut Gathered,
) -> BTreeSet<&'static str> {
    let kind = draft.record.kind;
    let mut refused = BTreeSet::new();
    for field in kind.fields() {
        let Some(value) = table.get(field.name) else { continue };
        let written = written(value.get_ref());
        if written.is_blank() {
            continue;
        }
        match convert_field(field, &written) {
            Ok(value) if is_empty(&value) => {}
            Ok(value) => draft.set(field.name, value),
            Err(wrong) => {
                gathered.wrong(lines.at(&format!("{name}, {}", field.name), value), wrong);
                draft.sound = false;
                refused.insert(field.name);
            }
        }
    }
    if let Some(value) = table.get("confidence") {
        match confidence(kind, &as_list(&written(value.get_ref()))) {
            Ok((whole, fields)) => {
                draft.record.confidence = whole.unwrap_or(draft.record.confidence);
                draft.record.field_confidence = fields;
            }
            Err(wrong) => {
                gathered.wrong(lines.at(&format!("{name}, confidence"), value), wrong);
                draft.sound = false;
            }
        }
    }
    refused
}

fn is_empty(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Array(items) => items.is_empty(),
        serde_json::Value::Object(items) => items.is_empty(),
        _ => false,
    }
}

/// `{ annual_cost = "verified" }` as the list `annual_cost=verified` that sheets have.
fn as_list(written: &super::written::Written) -> super::written::Written {
    use super::written::Written;
    match written {
        Written::Table(entries) => {
            let parts = entries.iter().filter_map(|(field, word)| {
                let word = word.as_text()?;
                Some(Written::Text(if field == "all" { word } else { format!("{field}={word}") }))
            });
            Written::List(parts.collect())
        }
        other => other.clone(),
    }
}

/// Reads plain keys of a table as fields are read, into JSON; unknown keys are refused.
///
/// For tables that are not entries: the authorities, the report.
pub(super) fn plain_fields(
    lines: &Lines<'_>,
    name: &str,
    table: &DeTable<'_>,
    known: &[(&str, FieldKind)],
    others: &[&str],
    gathered: &mut Gathered,
) -> serde_json::Map<String, serde_json::Value> {
    let keys: Vec<&str> = known.iter().map(|(key, _)| *key).chain(others.iter().copied()).collect();
    refuse_unknown(lines, name, table, &keys, gathered);
    let mut fields = serde_json::Map::new();
    for (key, kind) in known {
        let Some(value) = table.get(*key) else { continue };
        match convert(*kind, &written(value.get_ref())) {
            Ok(read) => {
                fields.insert((*key).to_owned(), read);
            }
            Err(wrong) => {
                let belongs_to = if name.is_empty() { (*key).to_owned() } else { format!("{name}, {key}") };
                gathered.wrong(lines.at(&belongs_to, value), wrong);
            }
        }
    }
    fields
}
