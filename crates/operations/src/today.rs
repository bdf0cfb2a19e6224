//! The one place that reads the clock.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use penshaw_basis::Date;

/// A clock: the machine's own, or one that a test sets.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Clock(Arc::new(Timestamp::now))
    }

    /// A clock that says what it is told.
    pub fn told(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Arc::new(tell))
    }

    /// Now, to the microsecond: what databases keep.
    pub fn now(&self) -> Timestamp {
        let now = (self.0)();
        Timestamp::from_microsecond(now.as_microsecond()).expect("a moment of our era")
    }

    /// Today, in UTC.
    pub fn today(&self) -> Date {
        self.now().to_zoned(TimeZone::UTC).date()
    }
}

/// Today, by the clock in UTC.
///
/// Nothing that is worked out depends on it: a run takes its day from the newest baseline.
/// It is the day that a person means who asks for parameters or a template without a day.
pub fn today() -> Date {
    Clock::system().today()
}
