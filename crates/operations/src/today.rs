//! The one place that reads the clock.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use penshaw_basis::Date;

/// Today, by the clock in UTC.
///
/// Nothing that is worked out depends on it: a run takes its day from the newest baseline.
/// It is the day that a person means who asks for parameters or a template without a day.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
