//! The dated axis of a timeline: whole quarters where it is short, whole years where it is long.

use penshaw_basis::Date;

use crate::{DayMarker, Span};

/// Up to so many days, quarters are ticked.
const SHORT: i32 = 1_200;
/// How many years a span may go on after everything else has begun.
const YEARS: i16 = 25;
/// How many years of a span are shown at least that goes on for longer.
const BEYOND: i16 = 3;
/// The narrowest that the names of two years may stand apart.
const PITCH: f64 = 34.0;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A dated axis.
pub struct Axis {
    from: Date,
    to: Date,
    quarters: bool,
    /// Where it begins in the picture.
    pub left: f64,
    /// Where it ends in the picture.
    pub right: f64,
}

/// A day ticked along the axis.
pub struct Tick {
    /// Where it stands.
    pub x: f64,
    /// Whether a year begins there.
    pub major: bool,
    /// The words under it.
    pub upper: String,
    /// The words under those.
    pub lower: String,
}

impl Axis {
    /// An axis over all spans and days; spans without an end in sight are cut.
    pub fn over(spans: &[Span], days: &[DayMarker]) -> Self {
        let begun = || spans.iter().map(|span| span.starts).chain(days.iter().map(|day| day.day));
        let ends = || spans.iter().map(|span| span.ends).chain(begun());
        let today = Date::constant(2000, 1, 1);
        let latest = begun().max().unwrap_or(today);
        let horizon = first_of(latest.year().saturating_add(YEARS), latest.month());
        let seen = ends().filter(|day| *day <= horizon).max().unwrap_or(today);
        let beyond = first_of(latest.year().saturating_add(BEYOND), latest.month());
        let to = if ends().any(|day| day > horizon) { seen.max(beyond) } else { seen };
        let earliest = first_of(to.year().saturating_sub(2 * YEARS), to.month());
        let from = ends().min().unwrap_or(today).max(earliest);
        let quarters = days_between(from, to) <= SHORT;
        let (from, to) = if quarters { (quarter(from), next_quarter(to)) } else { (year(from), next_year(to)) };
        Axis { from, to, quarters, left: 0.0, right: 1.0 }
    }

    /// The same, from one place of the picture to another.
    pub fn between(self, left: f64, right: f64) -> Self {
        Axis { left, right, ..self }
    }

    /// Where a day begins, within the axis.
    pub fn start_of(&self, day: Date) -> f64 {
        self.at(f64::from(days_between(self.from, day)))
    }

    /// Where a day ends, within the axis.
    pub fn end_of(&self, day: Date) -> f64 {
        self.at(f64::from(days_between(self.from, day)) + 1.0)
    }

    /// Whether a day lies before the axis begins.
    pub fn starts_after(&self, day: Date) -> bool {
        day < self.from
    }

    /// Whether a day lies after the axis ends.
    pub fn ends_before(&self, day: Date) -> bool {
        day > self.to
    }

    fn at(&self, days: f64) -> f64 {
        let total = f64::from(days_between(self.from, self.to).max(1));
        self.left + (self.right - self.left) * (days / total).clamp(0.0, 1.0)
    }

    /// The days ticked, from the left.
    pub fn ticks(&self) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut day = self.from;
        let years = f64::from(days_between(self.from, self.to)) / 365.25;
        let every = (PITCH * years / (self.right - self.left)).ceil().max(1.0) as i16;
        while day <= self.to {
            let first = ticks.is_empty();
            let shown = self.quarters || (day.year() - self.from.year()) % every == 0;
            ticks.push(self.tick(day, first, shown));
            let next = if self.quarters { next_quarter(day) } else { next_year(day) };
            if next <= day {
                break;
            }
            day = next;
        }
        ticks
    }

    fn tick(&self, day: Date, first: bool, shown: bool) -> Tick {
        let january = day.month() == 1;
        let year = day.year().to_string();
        let (upper, lower) = match (self.quarters, shown) {
            (true, _) => {
                let lower = if first || january { year } else { String::new() };
                (MONTHS[usize::from(day.month().unsigned_abs()) - 1].to_owned(), lower)
            }
            (false, true) => (year, String::new()),
            (false, false) => (String::new(), String::new()),
        };
        Tick { x: self.start_of(day), major: january && self.quarters, upper, lower }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The first of a month; the last day of the calendar where it does not reach so far.
fn first_of(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
}

fn quarter(day: Date) -> Date {
    first_of(day.year(), (day.month() - 1) / 3 * 3 + 1)
}

/// The first day of the quarter after a day's.
fn next_quarter(day: Date) -> Date {
    let month = (day.month() - 1) / 3 * 3 + 4;
    if month > 12 { next_year(day) } else { first_of(day.year(), month) }
}

fn year(day: Date) -> Date {
    first_of(day.year(), 1)
}

fn next_year(day: Date) -> Date {
    first_of(day.year().saturating_add(1), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(starts: Date, ends: Date) -> Axis {
        let span = Span { label: "Contract".into(), starts, ends, group: String::new() };
        Axis::over(&[span], &[]).between(0.0, 300.0)
    }

    #[test]
    fn a_short_axis_is_ticked_by_quarters_and_a_long_one_by_years() {
        let short = axis(Date::constant(2026, 2, 10), Date::constant(2027, 1, 5));
        let words: Vec<(String, String)> = short.ticks().into_iter().map(|tick| (tick.upper, tick.lower)).collect();
        let expected = [("Jan", "2026"), ("Apr", ""), ("Jul", ""), ("Oct", ""), ("Jan", "2027"), ("Apr", "")];
        assert_eq!(words, expected.map(|(upper, lower)| (upper.to_owned(), lower.to_owned())));
        let long = axis(Date::constant(2026, 2, 10), Date::constant(2031, 1, 5));
        let words: Vec<String> = long.ticks().into_iter().map(|tick| tick.upper).collect();
        assert_eq!(words, ["2026", "2027", "2028", "2029", "2030", "2031", "2032"]);
    }

    #[test]
    fn a_span_without_an_end_in_sight_is_cut() {
        let axis = axis(Date::constant(2026, 2, 10), Date::MAX);
        assert!(axis.ends_before(Date::MAX) && axis.ticks().len() < 30);
        assert_eq!(axis.end_of(Date::MAX), 300.0);
    }

    #[test]
    fn the_edges_of_the_calendar_do_not_break_it() {
        assert!(axis(Date::MIN, Date::MAX).ticks().len() < 80);
        assert!(!axis(Date::MAX, Date::MAX).ticks().is_empty());
    }
}
