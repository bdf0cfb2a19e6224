//! A figure: a value, what it rests on, and how sure it is.

use std::fmt;

use penshaw_basis::{Confidence, Date, Estimate, FinancialYear, Money, Source};
use serde::{Deserialize, Serialize};

/// A value as a reader meets it; its kind says how it is printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Value {
    /// Recorded money, printed to the penny.
    Money(Money),
    /// Modelled money, printed in whole pounds.
    Pounds(Estimate),
    /// Modelled money, printed to the penny.
    Pence(Estimate),
    /// A proportion, where 0.035 is printed as 3.5 %.
    Percent(f64),
    /// A plain number, printed with the decimals given.
    Number {
        /// The number.
        number: f64,
        /// Decimals to print.
        decimals: u8,
    },
    /// A whole number.
    Count(i64),
    /// A day.
    Day(Date),
    /// A financial year.
    Year(FinancialYear),
    /// Words.
    Text(String),
    /// Nothing to show, printed as an en dash; never a zero in disguise.
    Nothing,
}

impl Value {
    /// Words as a value.
    pub fn text(words: impl Into<String>) -> Self {
        Value::Text(words.into())
    }

    /// The number behind the value, as a spreadsheet would hold it: pounds for
    /// money, the proportion for a percentage; none for words, days and years.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Money(amount) => Some(amount.pounds()),
            Value::Pounds(estimate) | Value::Pence(estimate) => Some(estimate.pounds()),
            Value::Percent(number) | Value::Number { number, .. } => Some(*number),
            Value::Count(count) => Some(*count as f64),
            Value::Day(_) | Value::Year(_) | Value::Text(_) | Value::Nothing => None,
        }
    }

    /// Whether readers expect it on the right of its column.
    pub fn is_numeric(&self) -> bool {
        self.number().is_some()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Money(amount) => amount.fmt(f),
            Value::Pounds(estimate) => f.write_str(&estimate.to_whole_pounds()),
            Value::Pence(estimate) => estimate.fmt(f),
            Value::Percent(proportion) => f.write_str(&percent(*proportion)),
            Value::Number { number, decimals } => {
                f.write_str(&signed(thousands(&format!("{number:.*}", usize::from(*decimals)))))
            }
            Value::Count(count) => f.write_str(&signed(thousands(&count.to_string()))),
            Value::Day(day) => write!(f, "{} {} {}", day.day(), MONTHS[day.month() as usize - 1], day.year()),
            Value::Year(year) => year.fmt(f),
            Value::Text(words) => f.write_str(words),
            Value::Nothing => f.write_str("–"),
        }
    }
}

/// The months, as they are printed and read.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A proportion with one decimal of a per cent, or none where it is whole: `3.5%`.
fn percent(proportion: f64) -> String {
    let text = format!("{:.1}", proportion * 100.0);
    signed(format!("{}%", text.strip_suffix(".0").unwrap_or(&text)))
}

/// A number's text with a comma at each thousand.
fn thousands(text: &str) -> String {
    let (sign, size) = text.split_at(usize::from(text.starts_with('-')));
    let (whole, fraction) = size.split_at(size.find('.').unwrap_or(size.len()));
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// A number's text with a real minus sign.
fn signed(text: String) -> String {
    match text.strip_prefix('-') {
        Some(size) if size.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) => {
            format!("−{size}")
        }
        Some(size) => size.to_owned(),
        None => text,
    }
}

/// A value that stands in a sentence or a cell and opens to its sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is printed.
    pub value: Value,
    /// What it rests on; printers number these and list them once.
    pub sources: Vec<Source>,
    /// How sure it is, where that is recorded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<Confidence>,
}

impl Figure {
    /// A value with its sources.
    pub fn new(value: Value, sources: Vec<Source>) -> Self {
        Figure { value, sources, confidence: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_a_council_prints_them() {
        for (value, printed) in [
            (Value::Pounds(Estimate::from_pounds(-1_234_567.5)), "−£1,234,568"),
            (Value::Percent(0.035), "3.5%"),
            (Value::Percent(0.28), "28%"),
            (Value::Percent(-0.0001), "0%"),
            (Value::Number { number: 3.3333, decimals: 1 }, "3.3"),
            (Value::Day(jiff::civil::date(2014, 6, 18)), "18 June 2014"),
            (Value::Count(-12_345), "−12,345"),
            (Value::Number { number: 1_027.5, decimals: 1 }, "1,027.5"),
            (Value::Nothing, "–"),
        ] {
            assert_eq!(value.to_string(), printed);
        }
    }
}
