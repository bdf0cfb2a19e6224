//! Values of JSON read leniently: a text that is a number, a day with its time and zone, an amount of money.

use penshaw_basis::Date;
use serde_json::Value;

/// The member of that name that is an object.
pub(super) fn object<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).filter(|member| member.is_object()).unwrap_or(&Value::Null)
}

/// The members of a list of that name that are objects.
pub(super) fn objects<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    let list = value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|item| item.is_object())
}

/// A text that says something; a number counts as its digits.
pub(super) fn text(value: &Value, name: &str) -> Option<String> {
    let text = match value.get(name)? {
        Value::String(text) => penshaw_register::plain_text(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && !penshaw_register::is_spreadsheet_error(&text)).then_some(text)
}

/// Whether a member says yes or no.
pub(super) fn yes(value: &Value, name: &str) -> Option<bool> {
    value.get(name)?.as_bool()
}

/// The day that a time names where it was written, in the United Kingdom.
///
/// A midnight that was turned into universal time is the day after: 30 June, 23:00Z is 1 July in summer time.
pub(super) fn day(text: &str) -> Option<Date> {
    let day: Date = text.get(..10)?.parse().ok().filter(|day: &Date| (1900..3000).contains(&day.year()))?;
    let time = text[10..].trim_start_matches(['T', 't', ' ']);
    let universal = time.ends_with(['Z', 'z']) || time.ends_with("+00:00");
    let eleven = time.starts_with("23:00") && time[5..].bytes().all(|byte| b":.0Zz+".contains(&byte));
    Some(if universal && eleven && is_summer(day) { day.tomorrow().unwrap_or(day) } else { day })
}

/// Whether a day ends in British summer time: from the last Sunday of March to the day before the last of October.
fn is_summer(day: Date) -> bool {
    let last_sunday = |month: i8| {
        let last = Date::new(day.year(), month, 1).expect("every month has a first day").last_of_month();
        let back = last.weekday().to_sunday_zero_offset();
        Date::new(day.year(), month, last.day() - back).expect("a last Sunday is within its month")
    };
    day >= last_sunday(3) && day < last_sunday(10)
}

/// Seconds since 1970 of a time with its zone, so that times of different zones can be ordered.
pub(super) fn instant(text: &str) -> Option<i64> {
    let day: Date = text.get(..10)?.parse().ok()?;
    let number = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse::<i64>().ok());
    let time = match (number(11), number(14), number(17)) {
        (Some(hours), Some(minutes), seconds) => hours * 3600 + minutes * 60 + seconds.unwrap_or(0),
        _ => 0,
    };
    let zone = text.get(19..).and_then(|rest| rest.find(['+', '-']).map(|at| 19 + at));
    let away = zone.and_then(|at| {
        let sign = if text.as_bytes()[at] == b'-' { -1 } else { 1 };
        Some(sign * (number(at + 1)? * 3600 + number(at + 4).unwrap_or(0) * 60))
    });
    let days = i64::from((day - Date::constant(1970, 1, 1)).get_days());
    Some(days * 86_400 + time - away.unwrap_or(0))
}

/// Days of a term with its first and last: 1 to 31 May are 31.
pub(super) fn days_of(starts: Date, ends: Date) -> i64 {
    i64::from((ends - starts).get_days()) + 1
}

/// The months from one day to a later one: whole where the calendar says so, else to a tenth.
pub(super) fn months_between(from: Date, to: Date) -> f64 {
    let whole = i64::from(to.year() - from.year()) * 12 + i64::from(to.month() - from.month());
    if (0..12_000).contains(&whole) && crate::months::after(from, whole) == Some(to) {
        return whole as f64;
    }
    // A month is 365.25 days in twelve.
    let days = i64::from((to - from).get_days());
    (days as f64 * 120.0 / 365.25).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_day_it_was_written_for() {
        for (text, expected) in [
            ("2028-06-01T23:59:59+01:00", "2028-06-01"),
            ("2028-06-01", "2028-06-01"),
            ("2025-06-30T23:00:00Z", "2025-07-01"),
            ("2025-06-30T23:00:00.000+00:00", "2025-07-01"),
            ("2025-12-31T23:00:00Z", "2025-12-31"),
            ("2025-06-30T23:59:59Z", "2025-06-30"),
            ("2025-03-29T23:00:00Z", "2025-03-29"),
            ("2025-03-30T23:00:00Z", "2025-03-31"),
            ("2025-10-25T23:00:00Z", "2025-10-26"),
            ("2025-10-26T23:00:00Z", "2025-10-26"),
        ] {
            assert_eq!(day(text).unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "soon", "2025-13-01", "0001-01-01T00:00:00Z", "２０２５-01-01", "2025-1-1"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_different_zones_are_ordered() {
        let at = |text: &str| instant(text).unwrap();
        assert_eq!(at("1970-01-02T00:00:00Z"), 86_400);
        assert_eq!(at("2025-03-11T12:00:00+01:00"), at("2025-03-11T11:00:00Z"));
        assert!(at("2025-03-11T10:37:43Z") < at("2025-03-11T12:50:28.5Z"));
        assert!(at("2025-03-11") < at("2025-03-11T00:00:01Z"));
    }

    #[test]
    fn months_are_whole_where_the_calendar_says_so() {
        let between = |from: &str, to: &str| months_between(from.parse().unwrap(), to.parse().unwrap());
        assert_eq!(between("2025-01-31", "2025-02-28"), 1.0);
        assert_eq!(between("2026-03-31", "2028-03-31"), 24.0);
        assert_eq!(between("2026-03-31", "2026-04-15"), 0.5);
        assert_eq!(between("2026-03-31", "2026-03-31"), 0.0);
    }
}
