//! Service performance by partner, month and priority.

use penshaw_basis::{Date, Source};
use serde::{Deserialize, Serialize};

/// How one partner's ICT service performed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerPerformance {
    /// The partner's code.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// The months, by month, priority and service.
    pub months: Vec<MonthPerformance>,
    /// All months together, by priority.
    pub priorities: Vec<PriorityPerformance>,
    /// The first days of the months that should be there and are not.
    pub missing: Vec<Date>,
}

/// One month of one priority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthPerformance {
    /// The first day of the month.
    pub month: Date,
    /// `P1` to `P5`, or `all`.
    pub priority: String,
    /// The service, where it is one.
    pub service: Option<String>,
    /// Tickets logged.
    pub logged: Option<u64>,
    /// Tickets closed.
    pub closed: Option<u64>,
    /// Of those closed, the share closed within the target.
    pub share: Option<f64>,
    /// The share that the partner aims at.
    pub target: Option<f64>,
    /// Whether the partner met its own target.
    pub met: Option<bool>,
    /// Tickets open at the end of the month.
    pub backlog: Option<u64>,
    /// Of those closed, the share closed at first contact.
    pub first_contact: Option<f64>,
    /// Tickets opened again.
    pub reopened: Option<u64>,
    /// The share of people asked who were satisfied.
    pub satisfaction: Option<f64>,
    /// The share of the agreed time in which the service was there.
    pub availability: Option<f64>,
    /// Major incidents.
    pub major_incidents: Option<u64>,
    /// Of the changes made, the share that did what they should.
    pub changes_successful: Option<f64>,
    /// The entry.
    pub source: Source,
}

/// One priority over all months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriorityPerformance {
    /// `P1` to `P5`, or `all`.
    pub priority: String,
    /// Tickets logged, of the months that say.
    pub logged: u64,
    /// Tickets closed, of the months that say how many of them within the target.
    pub closed: u64,
    /// Of those, tickets closed within the target.
    pub within_target: u64,
    /// Closed within the target, of those closed.
    pub share: Option<f64>,
    /// Months in which the share and its target are known.
    pub measured: usize,
    /// Of those, months in which the target was met.
    pub met: usize,
    /// The entries.
    pub sources: Vec<Source>,
}
