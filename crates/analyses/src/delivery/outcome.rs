//! What following up answers: what is done, what came of it, what is due, and what is wanting.

mod alert;
mod benefits;
mod performance;
mod watched;

use penshaw_basis::{Date, Source};
use serde::{Deserialize, Serialize};

pub use alert::{Alert, AlertKind, AlertSeverity};
pub use benefits::{
    Benefits, ClassObservation, ClassPlace, ClassStanding, NatureBenefits, PartnerBenefits, ToDate, YearBenefits,
};
pub use performance::{MonthPerformance, PartnerPerformance, PriorityPerformance};
pub use watched::{BidStanding, Moved, RiskStanding};

pub use crate::Finding;
use crate::named::Named;

/// What became of what was agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// What needs somebody's attention, the gravest first, then by day.
    pub alerts: Vec<Alert>,
    /// The areas of joint work, in the order of their references.
    pub areas: Vec<AreaStanding>,
    /// What reports said would happen.
    pub commitments: Vec<CommitmentStanding>,
    /// Hosting agreements, with the tests of what they host.
    pub hosting: Vec<HostingStanding>,
    /// The latest test of each workload's recovery.
    pub recoveries: Vec<RecoveryStanding>,
    /// Benefits promised and realised.
    pub benefits: Benefits,
    /// The risks that are watched.
    pub risks: Vec<RiskStanding>,
    /// Applications for money.
    pub bids: Vec<BidStanding>,
    /// Service performance, in the order of the partners: nobody is ranked.
    pub performance: Vec<PartnerPerformance>,
    /// What is wanting in the record, the gravest first.
    pub findings: Vec<Finding>,
}

/// How far an area of joint work has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaStanding {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// The posts that answer for its actions, with their authority.
    pub owners: Vec<String>,
    /// Its actions, in the order of their entries.
    pub actions: Vec<ActionStanding>,
    /// Actions done.
    pub done: usize,
    /// Actions whose day has not come, or that have none.
    pub open: usize,
    /// Actions whose day has passed and that are not done.
    pub overdue: usize,
    /// What comes next, from actions and commitments that are open.
    pub next: Option<NextDate>,
    /// Its commitments, counted.
    pub commitments: CommitmentCounts,
    /// The hosting agreements that serve it, by reference.
    pub hosting: Vec<String>,
    /// The area's entry.
    pub source: Source,
}

/// The next thing that is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextDate {
    /// The day.
    pub day: Date,
    /// What is due.
    pub what: String,
    /// Its entry.
    pub source: Source,
}

/// How an action stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActionStanding {
    /// What is to be done.
    pub statement: String,
    /// Who does it: an authority's code, or `joint`.
    pub authority: String,
    /// The post that answers for it.
    pub owner: Option<String>,
    /// The day by which it is to be done.
    pub due: Option<Date>,
    /// The day on which it was done.
    pub done: Option<Date>,
    /// How it stands.
    pub standing: ActionIs,
    /// A remark.
    pub note: Option<String>,
    /// Its entry.
    pub source: Source,
}

/// Whether an action is done, open or overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionIs {
    /// It was done.
    Done,
    /// Its day has not come, or it has none.
    Open,
    /// Its day has passed.
    Overdue,
}

impl ActionIs {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            ActionIs::Done => "done",
            ActionIs::Open => "open",
            ActionIs::Overdue => "overdue",
        }
    }
}

/// Commitments by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentCounts {
    /// Still to be kept, their day not passed.
    pub open: usize,
    /// Still to be kept, their day passed.
    pub overdue: usize,
    /// Kept.
    pub kept: usize,
    /// Not kept.
    pub not_kept: usize,
    /// Withdrawn.
    pub withdrawn: usize,
}

/// How a commitment stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommitmentStanding {
    /// What was said would happen.
    pub statement: String,
    /// The report that said it, with its paragraph.
    pub said_in: Option<String>,
    /// Who is to see to it: an authority's code, or `joint`.
    pub authority: String,
    /// The post that answers for it.
    pub owner: Option<String>,
    /// The area of joint work, by its reference.
    pub area: Option<String>,
    /// The day by which it is to happen.
    pub due: Option<Date>,
    /// `open`, `kept`, `not kept` or `withdrawn`.
    pub standing: String,
    /// The day on which it was settled.
    pub settled: Option<Date>,
    /// Whether it is open and its day has passed.
    pub overdue: bool,
    /// Its entry.
    pub source: Source,
}

/// How a hosting agreement stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostingStanding {
    /// Its reference.
    pub reference: String,
    /// What it is called.
    pub name: String,
    /// Whose equipment is hosted.
    pub guest: String,
    /// Who hosts it.
    pub host: String,
    /// `proposed`, `agreed`, `in force` or `ended`.
    pub standing: String,
    /// The area of joint work, by its reference.
    pub area: Option<String>,
    /// Its last day.
    pub ends: Option<Date>,
    /// The last day for notice.
    pub notice_by: Option<Date>,
    /// The guest's workloads recovered at the host's site whose recovery was tested, as `OWNER/REFERENCE`.
    pub tested: Vec<String>,
    /// The agreement's entry.
    pub source: Source,
}

/// The latest test of a workload's recovery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryStanding {
    /// The authority's code.
    pub owner: String,
    /// The workload's reference.
    pub workload: String,
    /// Its name, or its reference where its owner does not share it.
    pub name: String,
    /// The day of the test.
    pub tested_on: Date,
    /// `passed`, `failed` or `partial`; nothing where its owner does not say.
    pub result: Option<String>,
    /// The day until which the test counts; nothing where the parameter could not be read.
    pub counts_until: Option<Date>,
    /// The document that records it.
    pub evidence: Option<String>,
    /// The test and the workload.
    pub sources: Vec<Source>,
}
