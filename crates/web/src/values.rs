//! Values of entries as pages show them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use penshaw_basis::{Date, Money};
use penshaw_documents::Value as Shown;
use penshaw_register::{Field, FieldKind, Record};
use serde_json::Value;

/// A field's value in words.
pub(crate) fn shown(field: &Field, value: &Value) -> String {
    match (field.kind, value) {
        (FieldKind::Money, Value::Number(pence)) => money(pence.as_i64().unwrap_or(0)),
        (FieldKind::Date, Value::String(day)) => day.parse::<Date>().map_or_else(|_| day.clone(), date),
        (FieldKind::Number { unit, .. }, Value::Number(number)) => {
            // As it is written: 6 months, not 6.0.
            format!("{} {unit}", number.as_f64().unwrap_or(0.0)).trim_end().to_owned()
        }
        (FieldKind::Count, Value::Number(number)) => grouped(number.as_i64().unwrap_or(0)),
        (FieldKind::Proportion, Value::Number(share)) => {
            format!("{}%", (share.as_f64().unwrap_or(0.0) * 1_000_000.0).round() / 10_000.0)
        }
        (FieldKind::YesNo, Value::Bool(answer)) => if *answer { "Yes" } else { "No" }.to_owned(),
        (FieldKind::AmountsByYear, Value::Object(years)) => {
            let amounts = years.iter().map(|(year, pence)| format!("{year}: {}", money(pence.as_i64().unwrap_or(0))));
            amounts.collect::<Vec<_>>().join("; ")
        }
        (_, value) => plain(value),
    }
}

/// A value in words, whatever its field.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join("; ")
        }
        Value::Bool(answer) => if *answer { "Yes" } else { "No" }.to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

/// Whether a field's values are set to the right, as numbers are.
pub(crate) fn is_numeric(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Money | FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion)
}

/// Pence as pounds, as a sheet shows them.
pub(crate) fn money(pence: i64) -> String {
    Money::from_pence(pence).to_string()
}

pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    if number < 0 { format!("-{words}") } else { words }
}

/// A day in words: 18 June 2014.
pub(crate) fn date(day: Date) -> String {
    Shown::Day(day).to_string()
}

/// A moment in words, by the clocks of the United Kingdom, machine-readable beside it.
pub(crate) fn moment(at: Timestamp) -> Markup {
    let here = at.to_zoned(clocks());
    let words = format!("{}, {:02}:{:02}", date(here.date()), here.hour(), here.minute());
    html! { time datetime=(at.to_string()) { (words) } }
}

/// The clocks of the United Kingdom; of Greenwich where the machine does not know them.
fn clocks() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

/// The words that name an entry: its first text, or its reference.
pub(crate) fn title(record: &Record) -> &str {
    let texts = record.kind.fields().iter().filter(|field| field.kind == FieldKind::Text);
    let first =
        texts.filter_map(|field| record.fields.get(field.name)?.as_str()).find(|words| !words.trim().is_empty());
    first.unwrap_or(&record.reference)
}

/// The words with a capital letter first.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

/// Names and values as they stand in an address.
pub(crate) fn query(pairs: &[(String, String)]) -> String {
    serde_html_form::to_string(pairs).unwrap_or_default()
}

/// A part of an address's path, in which nothing ends it.
pub(crate) fn path(part: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    part.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
