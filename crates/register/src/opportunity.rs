//! An opportunity: a saving or cost that an analysis found and that an option may adopt as lines.

use penshaw_basis::{Date, FinancialYear, Money, Source};
use serde::{Deserialize, Serialize};

/// A saving or cost that an analysis offers, as a range, for each authority and year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opportunity {
    /// Names it within the run that found it.
    pub id: String,
    /// The analysis that found it.
    pub analysis: String,
    /// The area of joint work it belongs to, where it is one.
    pub area: Option<String>,
    /// What would be done.
    pub description: String,
    /// What each authority saves (positive) or pays (negative) in each year.
    pub amounts: Vec<OpportunityAmount>,
    /// The first day on which it can begin.
    pub earliest: Option<Date>,
    /// What stands in its way.
    pub blockers: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// What one authority saves or pays in one year, as a range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OpportunityAmount {
    /// The authority's code.
    pub authority: String,
    /// The financial year.
    pub year: FinancialYear,
    /// The least.
    pub low: Money,
    /// The likeliest.
    pub likely: Money,
    /// The most.
    pub high: Money,
}
