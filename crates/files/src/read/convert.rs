//! What was written, read as what its field holds: money as pence, days and years as text.

use penshaw_basis::{FinancialYear, Money};
use penshaw_register::{FieldKind, plain_text};
use serde_json::{Map, Value, json};

use super::days;
use super::limits::{MOST_COUNTED, MOST_MONEY_PENCE};
use super::nearest::{nearest, shortened};
use super::written::{Written, Wrong, plain};

/// Reads what was written as a field of that kind holds it in a record.
pub(super) fn convert(kind: FieldKind, written: &Written) -> Result<Value, Wrong> {
    refuse_what_holds_nothing(written)?;
    match kind {
        FieldKind::Text | FieldKind::Reference(_) | FieldKind::Authority => text(written).map(Value::from),
        FieldKind::AuthorityOrJoint => text(written).map(|code| match code.eq_ignore_ascii_case("joint") {
            true => Value::from("joint"),
            false => Value::from(code),
        }),
        FieldKind::Money => money(written).map(|amount| json!(amount.pence())),
        FieldKind::Number { unit, least, most } => number(written, unit, (least, most)).map(|number| json!(number)),
        FieldKind::Count => count(written).map(|count| json!(count)),
        FieldKind::Proportion => proportion(written).map(|share| json!(share)),
        FieldKind::Date => date(written).map(|day| json!(day)),
        FieldKind::Year => year(written).map(|year| json!(year)),
        FieldKind::AmountsByYear => amounts(written),
        FieldKind::Choice(choices) => choice(written, choices).map(Value::from),
        FieldKind::YesNo => yes_or_no(written).map(Value::from),
        FieldKind::List | FieldKind::References(_) => list(written).map(|items| json!(items)),
        FieldKind::Function => function(written).map(Value::from),
    }
}

/// Cells that hold an error, or a formula that was never worked out.
fn refuse_what_holds_nothing(written: &Written) -> Result<(), Wrong> {
    match written {
        Written::Fault(error) => Err(Wrong::new(
            format!("the cell holds the error {error}"),
            "correct the formula, or write the value itself",
        )),
        Written::Unworked => Err(Wrong::new(
            "the formula has no value in the file",
            "open the file in Excel or LibreOffice, let it calculate, and save it",
        )),
        _ => Ok(()),
    }
}

fn text(written: &Written) -> Result<String, Wrong> {
    written.as_text().ok_or_else(|| one_value(written))
}

fn one_value(written: &Written) -> Wrong {
    match written {
        Written::List(_) => Wrong::new("it holds a list, but one value is wanted", "write one value, without brackets"),
        _ => Wrong::new("it holds a table, but one value is wanted", "write one value, without braces"),
    }
}

/// Pounds, exact to the penny.
pub(super) fn money(written: &Written) -> Result<Money, Wrong> {
    let amount = match written {
        Written::Number(pounds) => to_the_penny(*pounds)?,
        Written::Text(text) => text.parse::<Money>().map_err(|_| not_money(text))?,
        other => return Err(not_money(&text(other)?)),
    };
    if amount.pence().unsigned_abs() > MOST_MONEY_PENCE.unsigned_abs() {
        return Err(Wrong::new(
            format!("{amount} is more than any authority spends"),
            "check the unit: amounts are in pounds",
        ));
    }
    Ok(amount)
}

fn to_the_penny(pounds: f64) -> Result<Money, Wrong> {
    let pence = pounds * 100.0;
    if !pence.is_finite() || pence.abs() > 10.0 * MOST_MONEY_PENCE as f64 {
        return Err(Wrong::new(
            format!("{} is more than any authority spends", plain(pounds)),
            "check the unit: amounts are in pounds",
        ));
    }
    let whole = pence.round();
    // Spreadsheets keep fifteen digits: what differs after them is the binary form, not the amount.
    if (pence - whole).abs() > pence.abs() * 1e-14 {
        return Err(more_than_pence(&plain(pounds)));
    }
    Ok(Money::from_pence(whole as i64))
}

fn more_than_pence(text: &str) -> Wrong {
    Wrong::new(
        format!("{text} is not an amount to the penny"),
        "write at most two decimals; in a formula, wrap it as =ROUND(…, 2)",
    )
}

fn not_money(text: &str) -> Wrong {
    let bare = text.trim().trim_start_matches(['£', '-', '−', '(']).replace(',', "");
    if bare.trim_end_matches(')').parse::<f64>().is_ok_and(f64::is_finite) && bare.contains('.') {
        return more_than_pence(text.trim());
    }
    Wrong::new(format!("\"{}\" is not an amount of money", shortened(text)), "write pounds, such as 1250 or £1,250.50")
}

fn number(written: &Written, unit: &str, (least, most): (f64, f64)) -> Result<f64, Wrong> {
    let number = match written {
        Written::Number(number) if number.is_finite() => *number,
        Written::Text(text) => {
            decimal(text.trim().strip_suffix(unit).unwrap_or(text)).ok_or_else(|| not_a_number(text))?
        }
        other => return Err(not_a_number(&text(other)?)),
    };
    let with_unit = |bound: f64| format!("{} {unit}", plain(bound)).trim_end().to_owned();
    if number < least && least == 0.0 {
        let hint = if unit.is_empty() { "enter 0 or more".into() } else { format!("enter 0 or more, in {unit}") };
        return Err(Wrong::new(format!("{} is negative", plain(number)), hint));
    }
    if number < least || number > most {
        return Err(Wrong::new(
            format!("{} is not between {} and {}", plain(number), plain(least), with_unit(most)),
            "correct the number",
        ));
    }
    Ok(number + 0.0)
}

fn not_a_number(text: &str) -> Wrong {
    Wrong::new(format!("\"{}\" is not a number", shortened(text)), "write digits, such as 12 or 0.5")
}

/// A decimal number with or without commas at the thousands; never "inf" or "NaN".
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim().replace('−', "-");
    let (whole, _) = text.split_once('.').unwrap_or((&text, ""));
    let groups: Vec<&str> = whole.trim_start_matches('-').split(',').collect();
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let starts = text.trim_start_matches(['-', '+']).starts_with(|first: char| first.is_ascii_digit() || first == '.');
    if !grouped || !starts {
        return None;
    }
    let number: f64 = text.replace(',', "").parse().ok()?;
    number.is_finite().then_some(number)
}

fn count(written: &Written) -> Result<u64, Wrong> {
    let refuse = |text: &str| {
        Wrong::new(format!("\"{}\" is not a whole number", shortened(text)), "write a whole number from 0, such as 120")
    };
    let number = match written {
        Written::Number(number) => *number,
        Written::Text(text) => decimal(text).ok_or_else(|| refuse(text))?,
        other => return Err(refuse(&text(other)?)),
    };
    if number < 0.0 {
        return Err(Wrong::new(format!("{} is negative", plain(number)), "enter 0 or more"));
    }
    if number.fract() != 0.0 || !number.is_finite() {
        return Err(refuse(&plain(number)));
    }
    if number > MOST_COUNTED as f64 {
        return Err(Wrong::new(format!("{} is too many", plain(number)), "correct the number"));
    }
    Ok(number as u64)
}

fn proportion(written: &Written) -> Result<f64, Wrong> {
    let refuse = |text: &str| Wrong::new(format!("\"{}\" is not a proportion", shortened(text)), "write 0.3 or 30%");
    let share = match written {
        Written::Number(number) => *number,
        Written::Text(text) => match text.trim().strip_suffix('%') {
            // Moving the point in the text keeps 12.4% the same number as 0.124.
            Some(percent) => decimal(percent)
                .and_then(|_| format!("{}e-2", percent.trim().replace(',', "")).parse().ok())
                .ok_or_else(|| refuse(text))?,
            None => decimal(text).ok_or_else(|| refuse(text))?,
        },
        other => return Err(refuse(&text(other)?)),
    };
    if !(0.0..=1.0).contains(&share) {
        return Err(Wrong::new(format!("{} is not between 0 and 1", plain(share)), "write 0.3 or 30%"));
    }
    Ok(share + 0.0)
}

/// A day.
pub(super) fn date(written: &Written) -> Result<penshaw_basis::Date, Wrong> {
    match written {
        Written::Day(day) => days::day(&day.to_string()),
        Written::Number(number) => Err(Wrong::new(
            format!("{} is a number, not a date", plain(*number)),
            "format the cell as a date, or write 2014-06-18",
        )),
        Written::Time(time) => Err(Wrong::new(
            format!("\"{}\" is a time, not a date", shortened(time)),
            "write the day, such as 2014-06-18",
        )),
        other => days::day(&text(other)?),
    }
}

/// A financial year.
pub(super) fn year(written: &Written) -> Result<FinancialYear, Wrong> {
    let text = text(written)?;
    text.parse().ok().or_else(|| year_taken_for_a_month(&text)).ok_or_else(|| {
        Wrong::new(
            format!("\"{}\" is not a financial year", shortened(&text)),
            "write it as 2014/15: the second year follows the first",
        )
    })
}

/// The year of somebody who typed 2011/12 and whose spreadsheet made December 2011 of it.
fn year_taken_for_a_month(text: &str) -> Option<FinancialYear> {
    let day: penshaw_basis::Date = text.trim().parse().ok()?;
    let year = FinancialYear::starting(day.year().clamp(1900, 2999));
    let month = i16::from(day.month());
    (day.day() == 1 && (2000..2012).contains(&day.year()) && (day.year() + 1) % 100 == month).then_some(year)
}

/// Pounds for each year, of a table such as `{ "2014/15" = 100000 }`.
fn amounts(written: &Written) -> Result<Value, Wrong> {
    let Written::Table(entries) = written else {
        return Err(Wrong::new(
            "the amounts do not say of which years they are",
            "write pounds under each year, as { \"2014/15\" = 100000 }",
        ));
    };
    let mut amounts = Map::new();
    for (key, written) in entries {
        let year = year(&Written::Text(key.clone()))?;
        refuse_what_holds_nothing(written)?;
        let amount = money(written).map_err(|wrong| Wrong { what: format!("{year}: {}", wrong.what), ..wrong })?;
        if amounts.insert(year.to_string(), json!(amount.pence())).is_some() {
            return Err(Wrong::new(format!("{year} is there twice"), "keep one of the two amounts"));
        }
    }
    Ok(Value::Object(amounts))
}

fn choice(written: &Written, choices: &[&str]) -> Result<String, Wrong> {
    let text = text(written)?;
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if let Some(choice) = choices.iter().find(|choice| choice.to_lowercase() == plain) {
        return Ok((*choice).to_owned());
    }
    let what = format!("\"{}\" is not one of: {}", shortened(&text), choices.join(", "));
    Err(match nearest(&plain, choices.iter().copied()) {
        Some(near) => Wrong::new(what, format!("did you mean \"{near}\"?")),
        None => Wrong::new(what, "choose one of them"),
    })
}

fn yes_or_no(written: &Written) -> Result<bool, Wrong> {
    match written {
        Written::YesNo(answer) => return Ok(*answer),
        // LibreOffice keeps TRUE and FALSE as 1 and 0.
        Written::Number(1.0) => return Ok(true),
        Written::Number(0.0) => return Ok(false),
        _ => {}
    }
    let text = text(written)?;
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" => Ok(true),
        "no" | "n" | "false" => Ok(false),
        _ => Err(Wrong::new(format!("\"{}\" is neither yes nor no", shortened(&text)), "write yes or no")),
    }
}

/// Several words: a list, one text with semicolons, or words that hold semicolons as
/// `["one; and the same", "another"]`.
pub(super) fn list(written: &Written) -> Result<Vec<String>, Wrong> {
    let words = match written {
        Written::Text(text) => quoted_words(text)
            .unwrap_or_else(|| plain_text(text).split(';').map(|word| word.trim().to_owned()).collect()),
        Written::List(items) => items
            .iter()
            .map(|item| refuse_what_holds_nothing(item).and_then(|()| text(item)))
            .collect::<Result<Vec<_>, _>>()?,
        other => text(other)?.split(';').map(|word| word.trim().to_owned()).collect(),
    };
    Ok(words.into_iter().filter(|word| !word.is_empty()).collect())
}

/// Words as JSON lists them, for those that hold what separates others.
fn quoted_words(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = serde_json::from_str(text).ok()?;
    Some(words.iter().map(|word| plain_text(word)).collect())
}

/// The number of a function, alone or before its name as the template's list shows it.
fn function(written: &Written) -> Result<String, Wrong> {
    let text = text(written)?;
    let digits = text.split_whitespace().next().unwrap_or_default();
    if !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Ok(digits.to_owned());
    }
    Err(Wrong::new(
        format!("\"{}\" is not the number of a function", shortened(&text)),
        "write its number in the LGA/ESD list of local government functions, such as 3 for Benefits",
    ))
}
