//! The texts of `partnership.toml` and `estate.toml`, drawn from the tables by which they are read.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{FieldKind, Partnership, SharingChoice, Which};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::read::{ADOPTION, AUTHORITY, REPORT};
use crate::write::entries::pounds_text;

/// `partnership.toml`, without the partners' entries, which have files of their own.
pub(super) fn partnership(partnership: &Partnership, on: Option<Date>) -> String {
    let mut text = format!("name = {}\n", quoted(&partnership.name));
    if let Some(marking) = &partnership.marking {
        text.push_str(&format!("marking = {}\n", quoted(marking)));
    }
    if let Some(on) = on {
        text.push_str(&format!("on = {on}\n"));
    }
    for authority in &partnership.authorities {
        text.push_str(&format!("\n[[authorities]]\n{}", plain_lines(AUTHORITY, &fields(authority))));
    }
    let report = &partnership.report;
    if *report != Default::default() {
        text.push_str(&format!("\n[report]\n{}", plain_lines(REPORT, &fields(report))));
        text.push_str(&words(&report.words));
    }
    if let Some(adoption) = &report.adoption {
        text.push_str(&format!("\n[report.adoption]\n{}", plain_lines(ADOPTION, &fields(adoption))));
        if !adoption.resolutions.is_empty() {
            text.push_str(&format!("resolutions = {}\n", list(&adoption.resolutions)));
        }
    }
    text
}

/// `estate.toml`: the day, and what is shared.
pub(super) fn estate(on: Option<Date>, choices: &[SharingChoice]) -> String {
    let mut text = on.map(|on| format!("on = {on}\n")).unwrap_or_default();
    for choice in choices {
        text.push_str("\n[[share]]\n");
        if let Some(kind) = choice.kind {
            text.push_str(&format!("kind = {}\n", quoted(kind.key())));
        }
        if choice.records != Which::All {
            text.push_str(&format!("records = {}\n", which(&choice.records)));
        }
        text.push_str(&format!("fields = {}\nshared = {}\n", which(&choice.fields), choice.shared));
        if let Some(instead) = choice.instead {
            text.push_str(&format!("instead = {}\n", quoted(instead.word())));
        }
    }
    text
}

fn which(which: &Which) -> String {
    match which {
        Which::All => quoted("all"),
        Which::Only(words) => list(words),
    }
}

/// Paragraphs in officers' words, by section.
fn words(words: &BTreeMap<String, Vec<String>>) -> String {
    if words.is_empty() {
        return String::new();
    }
    let sections = words.iter().map(|(section, paragraphs)| format!("{} = {}\n", quoted(section), list(paragraphs)));
    format!("\n[report.words]\n{}", sections.collect::<String>())
}

/// A structure's fields as JSON holds them.
fn fields<T: Serialize>(of: &T) -> Map<String, Value> {
    match serde_json::to_value(of) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("the parts of a partnership are plain structures"),
    }
}

/// A line for each key that holds something, in the order in which people read them.
fn plain_lines(keys: &[(&str, FieldKind)], fields: &Map<String, Value>) -> String {
    let lines = keys.iter().filter_map(|(key, kind)| Some(format!("{key} = {}\n", plain(*kind, fields.get(*key)?))));
    lines.collect()
}

fn plain(kind: FieldKind, value: &Value) -> String {
    match (kind, value) {
        (FieldKind::Money, Value::Number(pence)) => pence.as_i64().map_or_else(|| value.to_string(), pounds_text),
        (FieldKind::Date, Value::String(day)) => day.clone(),
        (_, Value::String(text)) => quoted(text),
        // Rust's form of a fraction is one of TOML's too, whatever its size.
        (_, Value::Number(number)) if number.is_f64() => format!("{:?}", number.as_f64().unwrap_or_default()),
        (_, other) => other.to_string(),
    }
}

fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    format!("[{}]", words.join(", "))
}

/// A text between quotation marks, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
