//! Days whole months after another.

use penshaw_basis::Date;

/// The day some months after another; the last of the month where that has no such day.
///
/// An end of a month is followed by ends of months: a month after 28 February is 31 March.
pub(crate) fn after(day: Date, months: i64) -> Option<Date> {
    let counted = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    let first = Date::new(i16::try_from(counted.div_euclid(12)).ok()?, counted.rem_euclid(12) as i8 + 1, 1).ok()?;
    let last = first.last_of_month();
    let at_end = day == day.last_of_month();
    if at_end { Some(last) } else { Date::new(last.year(), last.month(), day.day().min(last.day())).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_months_end() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(after(day("2025-01-31"), 1), Some(day("2025-02-28")));
        assert_eq!(after(day("2025-02-28"), 1), Some(day("2025-03-31")));
        assert_eq!(after(day("2025-01-30"), 1), Some(day("2025-02-28")));
        assert_eq!(after(day("2025-06-01"), 24), Some(day("2027-06-01")));
        assert_eq!(after(day("9999-01-01"), 12), None);
    }
}
