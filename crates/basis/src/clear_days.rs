//! Clear days and working days: when a notice must be out, and when a decision may be made.
//!
//! Clear days leave out the day of publication and the day of the meeting. Where working
//! days are counted, Saturdays (unless a council counts them), Sundays, bank holidays and
//! the council's closures are left out too (R v Swansea City Council ex parte Elitestone,
//! 1993). This is arithmetic, not legal advice: a monitoring officer confirms it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{Basis, Cited, ParameterError};

/// Which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Working days only.
    Working,
}

/// A number of clear days, and which days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClearDays {
    /// How many.
    pub days: u32,
    /// Which.
    pub count: DayCount,
}

/// When a decision that was not called in takes effect, as its authority's constitution says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakesEffect {
    /// On the calendar day after the last day of call-in, be it a Saturday.
    #[default]
    DayAfter,
    /// On the last day of call-in itself.
    LastDay,
}

/// The days on which an authority works.
///
/// ```
/// use jiff::civil::date;
/// use penshaw_basis::{Basis, DayCount, WorkingCalendar};
/// let calendar = WorkingCalendar::england_and_wales(&Basis::standard(), date(2014, 6, 18))?.value;
/// let meeting = date(2014, 6, 18);
/// assert_eq!(calendar.latest_publication(meeting, 28, DayCount::Calendar), Ok(date(2014, 5, 20)));
/// assert_eq!(calendar.latest_publication(meeting, 5, DayCount::Working), Ok(date(2014, 6, 10)));
/// # Ok::<(), penshaw_basis::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// Bank holidays by day, with their names.
    pub bank_holidays: BTreeMap<Date, String>,
    /// The first and the last day for which all bank holidays are known.
    pub known: (Date, Date),
    /// Days on which the authority's offices are closed by its own rule, such as between Christmas and New Year.
    pub closures: BTreeSet<Date>,
    /// Whether the authority counts Saturdays as working days.
    pub saturday_counts: bool,
}

/// Why days cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotCount {
    /// Working days cannot be told where bank holidays are not known.
    #[error(
        "working days cannot be counted over {day}: bank holidays are known from {first} to {last}; \
         add the year to parameters/bank_holidays/england_and_wales.toml"
    )]
    UnknownBankHolidays {
        /// The day in question.
        day: Date,
        /// The first day for which bank holidays are known.
        first: Date,
        /// The last.
        last: Date,
    },
    /// The count leaves the calendar.
    #[error("the count from {day} leaves the years that dates can name")]
    NoSuchDay {
        /// The day from which it was counted.
        day: Date,
    },
}

#[derive(Deserialize)]
struct BankHolidays {
    known_from: Date,
    known_to: Date,
    holidays: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    day: Date,
    name: String,
}

impl WorkingCalendar {
    /// The calendar of England and Wales: no closures of its own, Saturdays not counted.
    pub fn england_and_wales(basis: &Basis, on: Date) -> Result<Cited<WorkingCalendar>, ParameterError> {
        let published: Cited<BankHolidays> = basis.value("bank_holidays/england_and_wales", on)?;
        let BankHolidays { known_from, known_to, holidays } = published.value;
        let value = WorkingCalendar {
            bank_holidays: holidays.into_iter().map(|holiday| (holiday.day, holiday.name)).collect(),
            known: (known_from, known_to),
            closures: BTreeSet::new(),
            saturday_counts: false,
        };
        Ok(Cited { value, sources: published.sources })
    }

    /// The same calendar with an authority's own closures.
    #[must_use]
    pub fn with_closures(mut self, closures: impl IntoIterator<Item = Date>) -> Self {
        self.closures.extend(closures);
        self
    }

    /// Whether the authority works on a day.
    pub fn is_working_day(&self, day: Date) -> Result<bool, CannotCount> {
        let (first, last) = self.known;
        if day < first || day > last {
            return Err(CannotCount::UnknownBankHolidays { day, first, last });
        }
        let weekend = match day.weekday() {
            Weekday::Sunday => true,
            Weekday::Saturday => !self.saturday_counts,
            _ => false,
        };
        Ok(!weekend && !self.bank_holidays.contains_key(&day) && !self.closures.contains(&day))
    }

    /// The last day on which a notice may be published for a meeting, with so many clear days between.
    ///
    /// Counts back from the day before the meeting and takes the day before the last one
    /// counted; with working days, the nearest working day at or before that.
    ///
    /// Sources: SI 2012/2089 regs 5, 6, 9; R v Swansea City Council ex parte Elitestone (1993).
    pub fn latest_publication(&self, meeting: Date, clear_days: u32, count: DayCount) -> Result<Date, CannotCount> {
        let mut day = before(self.step(meeting, clear_days, count, before)?)?;
        while !self.counts(day, count)? {
            day = before(day)?;
        }
        Ok(day)
    }

    /// The first day on which a decision may be made after a notice, with so many clear days between.
    ///
    /// It may be a day on which the council does not sit: the caller takes the next sitting.
    ///
    /// Sources: SI 2012/2089 regs 5, 6, 9, 10.
    pub fn earliest_meeting(&self, published: Date, clear_days: u32, count: DayCount) -> Result<Date, CannotCount> {
        after(self.step(published, clear_days, count, after)?)
    }

    /// The last day on which a published decision may be called in: the working day of that number after it.
    ///
    /// Under most constitutions the decision takes effect on the next calendar day, under
    /// some on this day itself.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use penshaw_basis::{Basis, WorkingCalendar};
    /// let calendar = WorkingCalendar::england_and_wales(&Basis::standard(), date(2015, 7, 21))?.value;
    /// // Huntingdonshire, shared ICT: published Tuesday 21 July 2015, in force on the 29th.
    /// assert_eq!(calendar.call_in_ends(date(2015, 7, 21), 5), Ok(date(2015, 7, 28)));
    /// # Ok::<(), penshaw_basis::ParameterError>(())
    /// ```
    pub fn call_in_ends(&self, published: Date, working_days: u32) -> Result<Date, CannotCount> {
        self.step(published, working_days, DayCount::Working, after)
    }

    /// The day on which a published decision takes effect if nobody calls it in.
    pub fn takes_effect(&self, published: Date, working_days: u32, rule: TakesEffect) -> Result<Date, CannotCount> {
        let last = self.call_in_ends(published, working_days)?;
        match rule {
            TakesEffect::DayAfter => after(last),
            TakesEffect::LastDay => Ok(last),
        }
    }

    /// Walks until so many days have been counted, and tells the last of them.
    fn step(&self, from: Date, days: u32, count: DayCount, walk: Walk) -> Result<Date, CannotCount> {
        let mut day = from;
        let mut counted = 0;
        while counted < days {
            day = walk(day)?;
            counted += u32::from(self.counts(day, count)?);
        }
        Ok(day)
    }

    fn counts(&self, day: Date, count: DayCount) -> Result<bool, CannotCount> {
        match count {
            DayCount::Calendar => Ok(true),
            DayCount::Working => self.is_working_day(day),
        }
    }
}

type Walk = fn(Date) -> Result<Date, CannotCount>;

fn before(day: Date) -> Result<Date, CannotCount> {
    day.yesterday().map_err(|_| CannotCount::NoSuchDay { day })
}

fn after(day: Date) -> Result<Date, CannotCount> {
    day.tomorrow().map_err(|_| CannotCount::NoSuchDay { day })
}
