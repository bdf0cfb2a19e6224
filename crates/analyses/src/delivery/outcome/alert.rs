//! What needs somebody's attention by a day.

use penshaw_basis::{Date, Source};
use serde::{Deserialize, Serialize};

/// Something that needs attention by a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// The same in every run, made from its entry and kind; never from the day it is asked.
    pub id: String,
    /// What it is about.
    pub kind: AlertKind,
    /// How much it matters.
    pub severity: AlertSeverity,
    /// What is the case.
    pub what: String,
    /// Who must act: an authority's code, or `joint`.
    pub authority: String,
    /// The post that answers for it, where it is recorded.
    pub owner: Option<String>,
    /// The day by which it is or was due; nothing where it is due at once.
    pub due: Option<Date>,
    /// The area of joint work, by its reference.
    pub area: Option<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
    /// What to do.
    pub hint: String,
}

impl Alert {
    /// The day to put it under in a calendar: its own, or the day of the answer where it is due at once.
    pub fn day(&self, on: Date) -> Date {
        self.due.unwrap_or(on)
    }
}

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A test of recovery failed.
    RecoveryFailed,
    /// A test of recovery succeeded in part.
    RecoveryPartial,
    /// A recovery must be tested again.
    RecoveryDue,
    /// An action is to be done.
    Action,
    /// Something that a report said is to happen.
    Commitment,
    /// Notice to end a hosting agreement.
    HostingNotice,
    /// A hosting agreement ends.
    HostingEnd,
    /// Notice to end a contract.
    ContractNotice,
    /// A contract ends.
    ContractEnd,
    /// A risk is to be reviewed.
    RiskReview,
    /// Months of service performance are not there.
    PerformanceMissing,
    /// An application for money is to be decided.
    Bid,
    /// A decision cannot lawfully be made as things stand.
    DecisionStopped,
    /// A notice or papers of a decision must be out.
    DecisionStep,
    /// A decision may be called in.
    CallIn,
}

/// How much an alert matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertSeverity {
    /// What was relied on did not work.
    Grave,
    /// Its day has passed.
    Overdue,
    /// Its day is near.
    Soon,
}

impl AlertSeverity {
    /// Every severity, the gravest first.
    pub const ALL: [AlertSeverity; 3] = [AlertSeverity::Grave, AlertSeverity::Overdue, AlertSeverity::Soon];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            AlertSeverity::Grave => "grave",
            AlertSeverity::Overdue => "overdue",
            AlertSeverity::Soon => "soon",
        }
    }
}
