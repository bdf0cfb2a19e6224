//! Months of which there may be a part, as contracts count notice.

use jiff::Span;

/// Days in a month, where a part of one is meant.
const DAYS: f64 = 30.0;

/// So many months as whole months and, for a part of one, days rounded up: rather too early than too late.
///
/// `months` is not negative and small enough for a calendar; its caller says what is to become of others.
pub(crate) fn months_span(months: f64) -> Span {
    Span::new().months(months.trunc() as i64).days((months.fract() * DAYS).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use penshaw_basis::Date;

    use super::*;

    #[test]
    fn a_part_of_a_month_is_counted_in_days_rounded_up() {
        let end = Date::constant(2015, 3, 31);
        let before = |months: f64| end.saturating_sub(months_span(months));
        assert_eq!(before(1.0), Date::constant(2015, 2, 28));
        assert_eq!(before(0.51), Date::constant(2015, 3, 15));
    }
}
