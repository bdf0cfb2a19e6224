//! Days reckoned from other days: notice before an end, a review after the last one, the months between.

use jiff::Span;
use penshaw_basis::Date;

pub(super) use crate::months::notice_by;

/// The day so many months later; the last of the month where the month is shorter.
pub(super) fn months_after(day: Date, months: u16) -> Date {
    day.saturating_add(Span::new().months(i64::from(months)))
}

/// The day so many days later.
pub(super) fn days_after(day: Date, days: u16) -> Date {
    day.saturating_add(Span::new().days(i64::from(days)))
}

/// The first days of the months from one month to another, both among them.
pub(super) fn months_between(first: Date, last: Date) -> Vec<Date> {
    let starts = std::iter::successors(Some(first.first_of_month()), |month| {
        let next = months_after(*month, 1);
        (next > *month).then_some(next)
    });
    starts.take_while(|month| *month <= last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notice_falls_early_rather_than_late() {
        let ends = Date::constant(2016, 3, 31);
        assert_eq!(notice_by(ends, 6.0), Date::constant(2015, 9, 30));
        assert_eq!(notice_by(ends, 1.5), Date::constant(2016, 2, 14));
        assert_eq!(notice_by(ends, 0.0), ends);
        assert!(notice_by(ends, f64::INFINITY) == ends && notice_by(ends, 1e12) < ends);
    }

    #[test]
    fn months_are_walked_over_the_turn_of_a_year() {
        let months = months_between(Date::constant(2014, 11, 20), Date::constant(2015, 1, 5));
        assert_eq!(months.iter().map(|month| month.month()).collect::<Vec<_>>(), [11, 12, 1]);
        assert!(months_between(Date::constant(2015, 2, 1), Date::constant(2015, 1, 5)).is_empty());
    }
}
