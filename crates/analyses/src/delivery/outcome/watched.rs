//! Risks and applications for money that are watched.

use penshaw_basis::{Date, Estimate, Money, Source};
use serde::{Deserialize, Serialize};

/// How a risk stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskStanding {
    /// What may happen.
    pub description: String,
    /// Who bears it: an authority's code, or `joint`.
    pub authority: String,
    /// The post that watches it.
    pub owner: Option<String>,
    /// How often it was reviewed, its first assessment not counted.
    pub reviews: usize,
    /// The day of the last review.
    pub last_reviewed: Option<Date>,
    /// What was decided last.
    pub decision: Option<String>,
    /// How likely it is now, from 0 to 1.
    pub probability: Option<f64>,
    /// What it would cost now.
    pub impact: Option<Money>,
    /// Probability times impact now.
    pub expected: Option<Estimate>,
    /// Which way it moved at its last review.
    pub moved: Moved,
    /// The day by which it is to be reviewed again; nothing for a closed risk or one that was never reviewed.
    pub due: Option<Date>,
    /// Whether it is open and was not reviewed in time.
    pub late: bool,
    /// Whether it was closed.
    pub closed: bool,
    /// The risk and its reviews.
    pub sources: Vec<Source>,
}

/// Which way a risk moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// It is greater than it was.
    Up,
    /// It is less than it was.
    Down,
    /// It is as it was.
    Unchanged,
    /// It was not reviewed, or a review gave no probability.
    NotKnown,
}

impl Moved {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Moved::Up => "up",
            Moved::Down => "down",
            Moved::Unchanged => "unchanged",
            Moved::NotKnown => "not known",
        }
    }
}

/// How an application for money stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BidStanding {
    /// What is applied for.
    pub name: String,
    /// Who would receive it: an authority's code, or `joint`.
    pub authority: String,
    /// What was applied for, over all years.
    pub amount: Money,
    /// `pending`, `won` or `lost`.
    pub status: String,
    /// The day on which it was or is to be decided.
    pub decided: Option<Date>,
    /// Its entry.
    pub source: Source,
}
