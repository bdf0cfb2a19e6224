//! What is gathered to follow up what was agreed.

use penshaw_basis::{Date, Source};
use penshaw_register::{
    Action, Benefit, Bid, Commitment, HostingAgreement, Performance, RecoveryTest, Risk, RiskReview,
};
use serde::{Deserialize, Serialize};

use crate::Owned;
use crate::named::Named;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked: what falls before it is due.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The areas of joint work.
    #[serde(default)]
    pub areas: Vec<Named>,
    /// What is to be done in each area.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What reports said would happen.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// What was promised to each partner, and what came of it.
    #[serde(default)]
    pub benefits: Vec<Benefit>,
    /// The risks that are watched.
    #[serde(default)]
    pub risks: Vec<Risk>,
    /// Their reviews.
    #[serde(default)]
    pub reviews: Vec<RiskReview>,
    /// Applications for money.
    #[serde(default)]
    pub bids: Vec<Bid>,
    /// Whose equipment stands at whose site.
    #[serde(default)]
    pub hosting: Vec<HostingAgreement>,
    /// What runs, so that a test can be named and laid to a hosting agreement.
    #[serde(default)]
    pub workloads: Vec<TestedWorkload>,
    /// Tests of recovery.
    #[serde(default)]
    pub tests: Vec<Owned<RecoveryTest>>,
    /// Contracts whose end is shared.
    #[serde(default)]
    pub contracts: Vec<DatedContract>,
    /// How each partner's ICT service performed.
    #[serde(default)]
    pub performance: Vec<Owned<Performance>>,
}

/// What following up a recovery needs of a workload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestedWorkload {
    /// The authority's code.
    pub owner: String,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Where it would be recovered: an own site by its reference, another's as AUTHORITY/REFERENCE.
    #[serde(default)]
    pub recovery_site: Option<String>,
    /// The day on which its owner last tested its recovery, where no test is recorded apart.
    #[serde(default)]
    pub recovery_tested_on: Option<Date>,
}

/// A contract whose end is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedContract {
    /// The authority's code.
    pub owner: String,
    /// Its reference.
    pub reference: String,
    /// What is bought.
    pub title: String,
    /// Its last day.
    pub ends: Date,
    /// Notice needed to end it, in months.
    #[serde(default)]
    pub notice_months: Option<f64>,
}

impl TestedWorkload {
    /// The entry.
    pub fn source(&self) -> Source {
        Source::entry(&self.owner, &self.reference)
    }

    /// The site of recovery as its owner and its reference.
    pub(super) fn recovered_at(&self) -> Option<(&str, &str)> {
        let site = self.recovery_site.as_deref()?;
        Some(site.split_once('/').unwrap_or((&self.owner, site)))
    }
}
