//! Benefits promised and realised, and where the partnership stands among others.

use penshaw_basis::{Date, FinancialYear, Money, Source};
use serde::{Deserialize, Serialize};

/// Benefits promised and realised, cash-releasing and others kept apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Benefits {
    /// The financial years in which anything was promised, realised or spent.
    pub years: Vec<FinancialYear>,
    /// Cash-releasing first; never added to each other.
    pub natures: Vec<NatureBenefits>,
    /// Benefits that are said to have been realised and have no baseline: no total of what was realised holds them.
    pub not_shown: usize,
    /// What they are said to have brought, left out of every total.
    pub not_shown_amount: Money,
    /// Their entries.
    pub not_shown_sources: Vec<Source>,
    /// Where the partnership stands among shared services that reported; nothing where the class could not be read.
    pub reference_class: Option<ClassStanding>,
}

/// The benefits of one nature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NatureBenefits {
    /// `cash-releasing` or `non-cash-releasing`.
    pub nature: String,
    /// Each partner that benefits of this nature were promised to, in the order of the partners.
    pub partners: Vec<PartnerBenefits>,
    /// All partners together, by year.
    pub years: Vec<YearBenefits>,
    /// All partners together, over the years that have ended.
    pub to_date: ToDate,
}

/// The benefits of one nature of one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerBenefits {
    /// The partner's code.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// By financial year.
    pub years: Vec<YearBenefits>,
    /// Over the years that have ended.
    pub to_date: ToDate,
}

/// What was promised and came in one financial year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearBenefits {
    /// The financial year.
    pub year: FinancialYear,
    /// What was promised.
    pub promised: Money,
    /// What was realised against a baseline.
    pub realised: Money,
    /// What it cost to bring about.
    pub transition_costs: Money,
    /// Realised less transition costs.
    pub net: Money,
    /// Promised up to and with this year.
    pub cumulative_promised: Money,
    /// Realised up to and with this year.
    pub cumulative_realised: Money,
    /// Realised less transition costs up to and with this year.
    pub cumulative_net: Money,
    /// The benefits.
    pub sources: Vec<Source>,
}

/// Sums over the financial years that have ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ToDate {
    /// What was promised.
    pub promised: Money,
    /// What was realised against a baseline.
    pub realised: Money,
    /// What it cost to bring about.
    pub transition_costs: Money,
    /// Realised less transition costs.
    pub net: Money,
    /// Realised as a share of promised; nothing where nothing was promised.
    pub share: Option<f64>,
    /// The benefits.
    pub sources: Vec<Source>,
}

/// Where the partnership stands among shared services that reported what they saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassStanding {
    /// The least of the class, as a fraction of what was planned.
    pub low: f64,
    /// The likeliest.
    pub mode: f64,
    /// The most.
    pub high: f64,
    /// The partnership's own cash-releasing share; nothing before a year with a promise has ended.
    pub share: Option<f64>,
    /// Where it stands.
    pub place: Option<ClassPlace>,
    /// What the class is drawn from.
    pub observations: Vec<ClassObservation>,
    /// The parameter.
    pub sources: Vec<Source>,
}

/// A place in the reference class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassPlace {
    /// Below the least.
    BelowLow,
    /// From the least up to the likeliest.
    BelowMode,
    /// From the likeliest up to the most.
    AboveMode,
    /// Above the most.
    AboveHigh,
}

/// One shared service of the class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassObservation {
    /// Which.
    pub name: String,
    /// What it realised, as a fraction of what it planned.
    pub ratio: f64,
    /// When it was observed.
    pub observed: Option<Date>,
    /// Where it was published.
    pub source: Source,
}
