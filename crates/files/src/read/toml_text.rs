//! TOML texts with the line of each value, and values as they were written.

use penshaw_basis::Date;
use penshaw_register::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::gathered::{Gathered, place};
use super::nearest::{shortened, suggest};
use super::written::Written;

/// A TOML file: its name, and where its lines begin.
pub(super) struct Lines<'a> {
    pub(super) file: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(file: &'a str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines { file, starts: std::iter::once(0).chain(breaks.map(|(place, _)| place + 1)).collect() }
    }

    /// The line of a byte, counted from one.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte)
    }

    /// The place of a value: its line, after what it belongs to.
    pub(super) fn at<T>(&self, belongs_to: &str, value: &Spanned<T>) -> Place {
        place(self.file, Some(self.cell(belongs_to, value)))
    }

    pub(super) fn cell<T>(&self, belongs_to: &str, value: &Spanned<T>) -> String {
        let line = self.line(value.span().start);
        if belongs_to.is_empty() { format!("line {line}") } else { format!("{belongs_to}, line {line}") }
    }
}

/// What is wrong with a text as TOML: each mistake with its line.
pub(super) fn mistakes(lines: &Lines<'_>, errors: &[toml::de::Error], gathered: &mut Gathered) {
    for error in errors {
        let line = error.span().map(|span| format!("line {}", lines.line(span.start)));
        let what = format!("it is not TOML: {}", shortened(error.message()));
        gathered.error(place(lines.file, line), what, TOML_HINT);
    }
}

/// How TOML is written.
pub(super) const TOML_HINT: &str =
    "write text between quotation marks, numbers bare, and days as 2014-06-18, which must exist";

/// A value as it was written.
pub(super) fn written(value: &DeValue<'_>) -> Written {
    match value {
        DeValue::String(text) => Written::text(text.as_ref()),
        DeValue::Integer(number) if number.radix() == 10 => Written::Text(number.as_str().to_owned()),
        DeValue::Integer(number) => Written::Text(number.to_string()),
        DeValue::Float(number) => Written::Text(number.as_str().to_owned()),
        DeValue::Boolean(answer) => Written::YesNo(*answer),
        DeValue::Datetime(when) => match when.date {
            Some(date) => {
                let day = Date::new(date.year as i16, date.month as i8, date.day as i8);
                day.map_or_else(|_| Written::Text(when.to_string()), Written::Day)
            }
            None => Written::Time(when.to_string()),
        },
        DeValue::Array(items) => Written::List(items.iter().map(|item| written(item.get_ref())).collect()),
        DeValue::Table(table) => {
            let entries = table.iter().map(|(key, value)| (key.get_ref().to_string(), written(value.get_ref())));
            Written::Table(entries.collect())
        }
    }
}

/// A finding for each key that is not known, with the nearest that is.
pub(super) fn refuse_unknown(
    lines: &Lines<'_>,
    belongs_to: &str,
    table: &DeTable<'_>,
    known: &[&str],
    gathered: &mut Gathered,
) {
    for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
        let name = shortened(key.get_ref());
        gathered.error(lines.at(belongs_to, key), format!("\"{name}\" is not known here"), suggest(&name, known));
    }
}
