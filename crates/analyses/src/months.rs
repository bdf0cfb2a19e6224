//! Months of which there may be a part, as contracts count notice.

use jiff::Span;
use penshaw_basis::Date;

/// Days in a month, where a part of one is meant.
const DAYS: f64 = 30.0;

/// So many months as whole months and, for a part of one, days rounded up: rather too early than too late.
///
/// `months` is not negative and small enough for a calendar; its caller says what is to become of others.
pub(crate) fn months_span(months: f64) -> Span {
    Span::new().months(months.trunc() as i64).days((months.fract() * DAYS).ceil() as i64)
}

/// Months beyond which no agreement runs: two hundred years.
const LONGEST: f64 = 2400.0;

/// The day by which notice must be given: whole months before, and thirty days for each month of a fraction,
/// rounded so that it is rather too early than too late.
pub(crate) fn notice_by(ends: Date, months: f64) -> Date {
    ends.saturating_sub(months_span(within_reason(months)))
}

/// The last day of what is lengthened by so many months; the last of the month where it began on one.
///
/// A part of a month is left out: rather too early than too late.
pub(crate) fn lengthened(ends: Date, months: f64) -> Date {
    let later = ends.saturating_add(Span::new().months(within_reason(months).trunc() as i64));
    if ends == ends.last_of_month() { later.last_of_month() } else { later }
}

fn within_reason(months: f64) -> f64 {
    if months.is_finite() { months.clamp(0.0, LONGEST) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_month_is_counted_in_days_rounded_up() {
        let end = Date::constant(2015, 3, 31);
        let before = |months: f64| end.saturating_sub(months_span(months));
        assert_eq!(before(1.0), Date::constant(2015, 2, 28));
        assert_eq!(before(0.51), Date::constant(2015, 3, 15));
    }

    #[test]
    fn what_ends_with_a_month_ends_with_one_when_it_is_lengthened() {
        assert_eq!(lengthened(Date::constant(2025, 6, 30), 6.0), Date::constant(2025, 12, 31));
        assert_eq!(lengthened(Date::constant(2024, 2, 29), 12.0), Date::constant(2025, 2, 28));
        assert_eq!(lengthened(Date::constant(2025, 6, 15), 6.9), Date::constant(2025, 12, 15));
        assert_eq!(lengthened(Date::constant(2025, 6, 15), f64::NAN), Date::constant(2025, 6, 15));
    }
}
