//! What somebody wrote in a cell or after a key, before it is read as a field.

use penshaw_basis::Date;
use penshaw_register::{is_spreadsheet_error, plain_text};

/// What was written, as the file's own format holds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// Words, or digits of a format that keeps them as text.
    Text(String),
    /// A number of a workbook or of JSON.
    Number(f64),
    /// True or false.
    YesNo(bool),
    /// A day.
    Day(Date),
    /// Several values, as TOML and JSON write them.
    List(Vec<Written>),
    /// Values by key, as TOML writes the amounts of years.
    Table(Vec<(String, Written)>),
    /// The error that a spreadsheet's formula came to, such as `#REF!`.
    Fault(String),
    /// A formula whose value the file does not hold.
    Unworked,
    /// A time or a span of time, where only days are kept.
    Time(String),
}

/// Why something written cannot be read, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) hint: String,
}

impl Wrong {
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Wrong { what: what.into(), hint: hint.into() }
    }
}

impl Written {
    /// A text, seen as a spreadsheet's error where it is one.
    pub(super) fn text(text: impl Into<String>) -> Written {
        let text = text.into();
        if is_spreadsheet_error(&text) { Written::Fault(text.trim().to_owned()) } else { Written::Text(text) }
    }

    /// Whether nothing was written.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Written::Text(text) if text.trim().is_empty())
    }

    /// What was written, as one line of text; `None` for what is not one value.
    pub(super) fn as_text(&self) -> Option<String> {
        match self {
            Written::Text(text) => Some(plain_text(text)),
            Written::Number(number) => Some(plain(*number)),
            Written::YesNo(answer) => Some(if *answer { "yes" } else { "no" }.to_owned()),
            Written::Day(day) => Some(day.to_string()),
            Written::Time(text) | Written::Fault(text) => Some(text.clone()),
            Written::List(_) | Written::Table(_) | Written::Unworked => None,
        }
    }
}

/// A number as somebody would write it: `12`, not `12.0`.
pub(super) fn plain(number: f64) -> String {
    // Adding nought turns a negative nought into nought.
    format!("{}", number + 0.0)
}
