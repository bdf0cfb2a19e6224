//! Whether a record holds what its kind declares: nothing missing, nothing strange, every value of its field's kind.
//!
//! The readers of files refuse the same with the cell; this is for records from elsewhere.

use penshaw_basis::{Date, FinancialYear, Money};
use serde_json::Value;

use super::text;
use crate::field::{MOST_COUNTED, MOST_MONEY_PENCE};
use crate::record::is_nothing;
use crate::{Field, FieldKind, Problem, Record, Severity};

/// What is wrong with the fields of a record, each by itself.
pub(crate) fn check(record: &Record) -> Vec<Problem> {
    let mut problems: Vec<Problem> = reference(&record.reference).into_iter().collect();
    for field in record.kind.fields() {
        let written = record.fields.get(field.name).filter(|value| !is_nothing(value));
        problems.extend(match written {
            Some(value) => unfit(field, value),
            None => field.required.then(|| missing(field)),
        });
    }
    let strangers = record.fields.keys().filter(|name| record.kind.field(name).is_none());
    problems.extend(strangers.map(|name| Problem {
        severity: Severity::Error,
        field: None,
        what: format!("{} have no field \"{name}\"", record.kind.sheet().to_lowercase()),
        hint: "correct its name, or take it out".into(),
    }));
    problems
}

fn reference(reference: &str) -> Option<Problem> {
    if reference.trim().is_empty() {
        let hint = "give it one of its own, such as A1";
        return Some(Problem::error("reference", "the entry has no reference", hint));
    }
    let hint = "use letters, digits and hyphens: lists of references are separated by semicolons";
    if reference.contains([';', '\n', '\r']) {
        let what = format!("the reference {reference:?} holds a semicolon or a line break");
        return Some(Problem::error("reference", what, hint));
    }
    if let Some(what) = text::misfit(reference) {
        return Some(Problem::error("reference", format!("the reference {reference:?}: {what}"), hint));
    }
    is_of_the_sheet(reference).then(|| {
        let what = format!("the reference {reference} is a word of the template: its row is no entry");
        Problem::error("reference", what, "give the entry another reference, such as A1")
    })
}

/// Whether a reference marks a row of a sheet that is no entry: an example, or a total.
pub fn is_of_the_sheet(reference: &str) -> bool {
    reference.starts_with(EXAMPLE) || reference.eq_ignore_ascii_case(TOTAL)
}

/// Rows of a sheet whose reference begins with this show how it is filled in.
pub const EXAMPLE: &str = "EXAMPLE";
/// The reference of a row that states what the amounts of a sheet add up to.
pub const TOTAL: &str = "TOTAL";

fn missing(field: &Field) -> Problem {
    let hint = format!("enter it: {} For example: {}", field.help, field.example);
    Problem::error(field.name, format!("{} is empty", field.label), hint)
}

fn unfit(field: &Field, value: &Value) -> Option<Problem> {
    let what = misfit(field.kind, value)?;
    Some(Problem::error(field.name, format!("{}: {what}", field.label), field.help))
}

/// Why a value is not one of its field's kind, if it is not.
fn misfit(kind: FieldKind, value: &Value) -> Option<String> {
    let unless = |fits: bool, is_not: &str| (!fits).then(|| format!("{value} is not {is_not}"));
    match kind {
        FieldKind::Text | FieldKind::Reference(_) | FieldKind::Authority | FieldKind::AuthorityOrJoint => {
            value.as_str().map_or_else(|| unless(false, "text"), text::misfit)
        }
        FieldKind::Function => unless(value.as_str().is_some_and(is_digits), "the number of a function"),
        FieldKind::Money => match value.as_i64().map(Money::from_pence) {
            Some(amount) => (!is_pence(value)).then(|| format!("{amount} is more than any authority spends")),
            None => unless(false, "an amount in whole pence"),
        },
        FieldKind::Number { unit, least, most } => number(value, unit, least, most),
        FieldKind::Count => match value.as_i64() {
            Some(count) if count < 0 => Some(format!("{count} is negative")),
            Some(count) if count as u64 > MOST_COUNTED => Some(format!("{count} is too many")),
            _ => unless(value.as_u64().is_some(), "a whole number"),
        },
        FieldKind::Proportion => {
            let share = value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share));
            unless(share, "a proportion from 0 to 1")
        }
        FieldKind::Date => unless(value.as_str().is_some_and(is_day), "a day such as 2014-06-18"),
        FieldKind::Year => unless(value.as_str().is_some_and(is_year), "a financial year such as 2014/15"),
        FieldKind::AmountsByYear => unless(are_amounts(value), "an amount in whole pence for each financial year"),
        FieldKind::Choice(words) => {
            let known = value.as_str().is_some_and(|word| words.contains(&word));
            unless(known, &format!("one of {}", words.join(", ")))
        }
        FieldKind::YesNo => unless(value.is_boolean(), "yes or no"),
        FieldKind::List | FieldKind::References(_) => {
            let words = value.as_array().filter(|_| are_words(value));
            let misfit = |items: &Vec<Value>| items.iter().filter_map(Value::as_str).find_map(text::misfit);
            words.map_or_else(|| unless(false, "a list of words"), misfit)
        }
    }
}

fn number(value: &Value, unit: &str, least: f64, most: f64) -> Option<String> {
    let Some(number) = value.as_f64().filter(|number| number.is_finite()) else {
        return Some(format!("{value} is not a number"));
    };
    let outside = |than: &str, bound: f64| format!("{number} is {than} than {bound} {unit}").trim_end().to_owned();
    if number < least && least == 0.0 {
        Some(format!("{number} is negative"))
    } else if number < least {
        Some(outside("less", least))
    } else {
        (number > most).then(|| outside("more", most))
    }
}

fn is_digits(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_pence(value: &Value) -> bool {
    value.as_i64().is_some_and(|pence| pence.unsigned_abs() <= MOST_MONEY_PENCE.unsigned_abs())
}

/// One day has one text, so that it has one digest.
fn is_day(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|day| day.to_string() == text && (1900..3000).contains(&day.year()))
}

fn is_year(text: &str) -> bool {
    text.parse::<FinancialYear>().is_ok_and(|year| year.to_string() == text)
}

fn are_amounts(value: &Value) -> bool {
    let years = value.as_object();
    years.is_some_and(|years| years.iter().all(|(year, amount)| is_year(year) && is_pence(amount)))
}

fn are_words(value: &Value) -> bool {
    let items = value.as_array();
    items.is_some_and(|items| items.iter().all(|item| item.as_str().is_some_and(|word| !word.trim().is_empty())))
}
