//! The statutory clock: the last days for notices before a meeting, and when a published decision takes effect.
//!
//! This is arithmetic over what the regulations and a constitution say, not legal advice.

use penshaw_basis::{CannotCount, Date, DayCount, Time};
use serde::{Deserialize, Serialize};

use super::rules::{Notice, Rules};

/// The last day for a notice, by both readings where the law is unsettled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDay {
    /// Counting every day.
    pub calendar: Date,
    /// Counting working days alone: the reading that nobody could fault.
    pub working: Date,
}

/// What must be out by when, for a meeting that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeforeMeeting {
    /// The day of the meeting.
    pub meeting: Date,
    /// The notice of a key decision (SI 2012/2089 reg. 9).
    pub key_decision_notice_by: LastDay,
    /// Agenda and reports (regs 6 and 7).
    pub papers_by: Date,
    /// Both notices of a private meeting (reg. 5).
    pub private_meeting_notices_by: [Date; 2],
    /// The notice of the general exception (reg. 10), where 28 days are impracticable.
    pub general_exception_notice_by: Date,
}

/// When a decision may be made after a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterNotice {
    /// The day that the notice counts for.
    pub notice: Date,
    /// As a notice of a key decision, by both readings.
    pub key_decision_from: LastDay,
    /// As a notice of the general exception.
    pub general_exception_from: Date,
}

/// What becomes of a decision after its publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AfterDecision {
    /// The day that its publication counts for.
    pub published: Date,
    /// The last day on which it may be called in.
    pub call_in_ends: Date,
    /// The day on which it takes effect if it is not.
    pub effective: Date,
}

impl Rules {
    /// The last days for everything that must be out before a meeting.
    ///
    /// ```
    /// use penshaw_analyses::decisions::RuleBook;
    /// use penshaw_basis::{Basis, Date};
    /// // Sunderland's Cabinet of 18 June 2014.
    /// let meeting = Date::constant(2014, 6, 18);
    /// let clock = RuleBook::read(&Basis::standard())?.common(meeting)?.before_meeting(meeting)?;
    /// assert_eq!(clock.key_decision_notice_by.calendar, Date::constant(2014, 5, 20));
    /// assert_eq!(clock.key_decision_notice_by.working, Date::constant(2014, 5, 7));
    /// assert_eq!(clock.papers_by, Date::constant(2014, 6, 10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CannotCount`], where bank holidays are not known.
    pub fn before_meeting(&self, meeting: Date) -> Result<BeforeMeeting, CannotCount> {
        let notices = &self.notices;
        Ok(BeforeMeeting {
            meeting,
            key_decision_notice_by: LastDay {
                calendar: self.latest(&notices.key_decision_notice, DayCount::Calendar, meeting)?,
                working: self.latest(&notices.key_decision_notice, DayCount::Working, meeting)?,
            },
            papers_by: self.last_day(&notices.papers, meeting)?,
            private_meeting_notices_by: [
                self.last_day(&notices.private_meeting_first_notice, meeting)?,
                self.last_day(&notices.private_meeting_second_notice, meeting)?,
            ],
            general_exception_notice_by: self.last_day(&notices.general_exception, meeting)?,
        })
    }

    /// When a decision may be made after a notice that was published on a day, and at a time of it.
    ///
    /// # Errors
    /// [`CannotCount`], where bank holidays are not known.
    pub fn after_notice(&self, published: Date, at: Option<Time>) -> Result<AfterNotice, CannotCount> {
        let notice = self.counted_from(published, at)?;
        let key = &self.notices.key_decision_notice;
        let from = |count| self.calendar.earliest_meeting(notice, key.days(), count);
        Ok(AfterNotice {
            notice,
            key_decision_from: LastDay { calendar: from(DayCount::Calendar)?, working: from(DayCount::Working)? },
            general_exception_from: self.first_day(&self.notices.general_exception, notice)?,
        })
    }

    /// When a decision that was published on a day may no longer be called in, and takes effect.
    ///
    /// ```
    /// use penshaw_analyses::decisions::RuleBook;
    /// use penshaw_basis::{Basis, Date};
    /// // Darlington published on Friday 12 July 2019 what took effect on Saturday 20 July.
    /// let published = Date::constant(2019, 7, 12);
    /// let rules = RuleBook::read(&Basis::standard())?.meant("Darlington", published)?;
    /// assert_eq!(rules.after_decision(published, None)?.effective, Date::constant(2019, 7, 20));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`CannotCount`], where bank holidays are not known.
    pub fn after_decision(&self, published: Date, at: Option<Time>) -> Result<AfterDecision, CannotCount> {
        let published = self.counted_from(published, at)?;
        let days = self.call_in.working_days;
        Ok(AfterDecision {
            published,
            call_in_ends: self.calendar.call_in_ends(published, days)?,
            effective: self.calendar.takes_effect(published, days, self.call_in.effective)?,
        })
    }

    /// The last day for a notice before a meeting, as the rules count it.
    ///
    /// # Errors
    /// [`CannotCount`], where bank holidays are not known.
    pub fn last_day(&self, notice: &Notice, meeting: Date) -> Result<Date, CannotCount> {
        self.latest(notice, notice.clear.count, meeting)
    }

    /// The first day on which may be decided after a notice, as the rules count it.
    pub(super) fn first_day(&self, notice: &Notice, published: Date) -> Result<Date, CannotCount> {
        self.calendar.earliest_meeting(published, notice.days(), notice.clear.count)
    }

    fn latest(&self, notice: &Notice, count: DayCount, meeting: Date) -> Result<Date, CannotCount> {
        self.calendar.latest_publication(meeting, notice.days(), count)
    }
}
