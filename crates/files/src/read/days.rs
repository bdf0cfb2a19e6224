//! Days as officers write them: 2014-06-18, 18/06/2014, 18 June 2014.

use penshaw_basis::Date;
use penshaw_documents::MONTHS;

use super::nearest::shortened;
use super::written::Wrong;

/// Reads a day. The day comes before the month unless the year comes first.
pub(super) fn day(text: &str) -> Result<Date, Wrong> {
    let Some((year, month, day)) = parts(text) else {
        return Err(not_a_day(text));
    };
    if (0..100).contains(&year) {
        return Err(Wrong::new(
            format!("\"{}\" has a year of two digits", shortened(text)),
            "write the year in full, such as 2014-06-18",
        ));
    }
    if !(1900..3000).contains(&year) {
        return Err(Wrong::new(
            format!("the year {year} is outside 1900 to 2999"),
            "correct the year; leave the field empty where there is no date",
        ));
    }
    let Some(name) = month.checked_sub(1).and_then(|place| MONTHS.get(place as usize)) else {
        return Err(Wrong::new(
            format!("there is no month {month}"),
            "write the day before the month, as 18/06/2014, or use 2014-06-18",
        ));
    };
    let date = i8::try_from(day).ok().and_then(|day| Date::new(year, month as i8, day).ok());
    date.ok_or_else(|| Wrong::new(format!("there is no {day} {name} {year}"), "correct the day"))
}

fn not_a_day(text: &str) -> Wrong {
    Wrong::new(format!("\"{}\" is not a date", shortened(text)), "write it as 2014-06-18, 18/06/2014 or 18 June 2014")
}

/// The first day of a month written without its day: 2014-05, 05/2014, May 2014.
pub(super) fn month_of_year(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(['-', '/', '.', ' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let [first, second] = words[..] else { return None };
    let is_year = |word: &str| word.len() == 4 && number(word).is_some();
    let (year, named) = if is_year(first) { (first, second) } else { (second, first) };
    let year = number(year).filter(|year| is_year(&year.to_string()) && (1900..3000).contains(year))?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month(named)?).ok()?, 1).ok()
}

/// Year, month and day, whichever way round they are written.
fn parts(text: &str) -> Option<(i16, u32, u32)> {
    let text = text.trim();
    let text = match text.split_once(['T', ' ']) {
        // A time of day after an ISO date, as spreadsheets write it.
        Some((day, time)) if day.contains(['-', '/']) && time.starts_with(|c: char| c.is_ascii_digit()) => day,
        _ => text,
    };
    let words: Vec<&str> = text.split(['-', '/', '.', ' ', ',', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let [first, second, third] = words[..] else { return None };
    if first.len() == 4 && number(first).is_some() {
        return Some((number(first)? as i16, month(second)?, number(third)?));
    }
    let day = first.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let ordinal = ["", "st", "nd", "rd", "th"].contains(&&first[day.len()..]);
    let year = i16::try_from(number(third)?).ok()?;
    ordinal.then_some((year, month(second)?, number(day)?))
}

fn number(digits: &str) -> Option<u32> {
    let plain = digits.len() <= 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// A month by its number or by at least three letters of its name.
fn month(word: &str) -> Option<u32> {
    if let Some(number) = number(word) {
        return Some(number);
    }
    let word = word.to_lowercase();
    let named = |name: &str| word.len() >= 3 && name.to_lowercase().starts_with(&word);
    let place = MONTHS.iter().position(|name| named(name))?;
    Some(place as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_however_officers_write_it() {
        for text in [
            "2014-06-18",
            "18/06/2014",
            "18/6/2014",
            "18.06.2014",
            "18 June 2014",
            "18th June 2014",
            "18 Jun 2014",
            "18-jun-2014",
            " 2014-06-18T00:00:00 ",
            "2014-06-18 00:00:00",
        ] {
            assert_eq!(day(text).map(|day| day.to_string()), Ok("2014-06-18".to_owned()), "{text}");
        }
    }

    #[test]
    fn a_month_is_read_as_its_first_day_and_two_digits_are_no_year() {
        for text in ["2014-05", "05/2014", "5/2014", "May 2014", "may-2014", "2014 May", " May, 2014 "] {
            assert_eq!(month_of_year(text).map(|day| day.to_string()).as_deref(), Some("2014-05-01"), "{text}");
        }
        for text in ["May-14", "14 May", "2014", "2014-13", "2014-05-01", "0000-01", "Total", ""] {
            assert_eq!(month_of_year(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_that_does_not_exist_is_named() {
        for (text, what) in [
            ("31/02/2014", "there is no 31 February 2014"),
            ("2014-02-29", "there is no 29 February 2014"),
            ("06/18/2014", "there is no month 18"),
            ("18/06/14", "\"18/06/14\" has a year of two digits"),
            ("31/12/9999", "the year 9999 is outside 1900 to 2999"),
            ("soon", "\"soon\" is not a date"),
            ("18 Jx 2014", "\"18 Jx 2014\" is not a date"),
            ("", "\"\" is not a date"),
            ("1/2/3/4", "\"1/2/3/4\" is not a date"),
            ("００/０１/2014", "\"００/０１/2014\" is not a date"),
        ] {
            assert_eq!(day(text).unwrap_err().what, what, "{text}");
        }
    }
}
