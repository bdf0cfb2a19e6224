//! What an appraisal needs, as numbers: options with their lines, risks and bids.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, Date, FinancialYear, Source};
use penshaw_numerics::Distribution;
use serde::{Deserialize, Serialize};

/// Trials that an appraisal makes unless it is told otherwise.
pub const TRIALS: u64 = 100_000;

/// What an appraisal needs. Money is in pounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day whose parameters are in force.
    pub on: Date,
    /// How many trials the ranges are sampled in.
    #[serde(default = "trials")]
    pub trials: u64,
    /// The seed of the trials.
    #[serde(default)]
    pub seed: u64,
    /// The partners, in the order in which reports name them.
    pub partners: Vec<Partner>,
    /// The options, business as usual among them where it was recorded.
    pub options: Vec<OptionInput>,
    /// How drivers move together.
    #[serde(default)]
    pub correlations: Vec<CorrelationInput>,
    /// The base budgets for ICT that the partners share.
    #[serde(default)]
    pub budgets: Vec<BudgetInput>,
}

fn trials() -> u64 {
    TRIALS
}

/// A partner and the figures that cost keys share by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The people of its area.
    pub population: Option<f64>,
    /// The people who use its ICT service.
    pub users: Option<f64>,
    /// The devices that its ICT service supports.
    pub devices: Option<f64>,
    /// What it uses by the agreed meter.
    pub usage: Option<f64>,
    /// Its yearly budget for ICT, in pounds.
    pub budget: Option<f64>,
}

/// An option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionInput {
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its place in the short list.
    #[serde(default)]
    pub role: String,
    /// apart, collaborate or integrate.
    #[serde(default)]
    pub course: String,
    /// Year 0.
    pub starts: FinancialYear,
    /// How many years are appraised; the parameter's where it is left out.
    #[serde(default)]
    pub years: Option<usize>,
    /// How joint lines fall to the partners; equally where it is left out.
    #[serde(default)]
    pub cost_key: Option<String>,
    /// The shares of the key "stated".
    #[serde(default)]
    pub stated_shares: BTreeMap<String, f64>,
    /// The lines.
    #[serde(default)]
    pub lines: Vec<LineInput>,
    /// The risks that have a cost.
    #[serde(default)]
    pub risks: Vec<RiskInput>,
    /// The bids that would help to pay for it.
    #[serde(default)]
    pub bids: Vec<BidInput>,
    /// What has been done about optimism bias.
    #[serde(default)]
    pub mitigations: Vec<MitigationInput>,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}

fn partnership() -> Source {
    Source::assumption("as stated in the case")
}

/// A line of an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineInput {
    /// Its reference.
    pub reference: String,
    /// Whose money it is: an authority's code, or `joint`.
    pub authority: String,
    /// What it is.
    #[serde(default)]
    pub description: String,
    /// What kind of money it is, by the names of the treatment parameter.
    pub flow: String,
    /// Whether it happens once.
    #[serde(default)]
    pub one_off: bool,
    /// Whether it is capital.
    #[serde(default)]
    pub capital: bool,
    /// The fund.
    #[serde(default = "general_fund")]
    pub fund: String,
    /// The cost centre whose budget it changes.
    #[serde(default)]
    pub cost_centre: Option<String>,
    /// For a recharge: who receives it.
    #[serde(default)]
    pub counterparty: Option<String>,
    /// Whether the amounts are cash of each year rather than prices of year 0.
    #[serde(default)]
    pub nominal: bool,
    /// Pounds by year.
    pub amounts: BTreeMap<FinancialYear, f64>,
    /// The range, as a distribution of a multiple of the amounts.
    #[serde(default)]
    pub range: Option<Distribution>,
    /// The category of optimism bias.
    #[serde(default)]
    pub optimism_bias: Option<String>,
    /// How much of that bias is dealt with, where the line says so itself;
    /// worked out from the option's mitigations where it is left out.
    #[serde(default)]
    pub mitigated_share: Option<f64>,
    /// The parameter of real outcomes.
    #[serde(default)]
    pub reference_class: Option<String>,
    /// The driver that it shares with other lines.
    #[serde(default)]
    pub driver: Option<String>,
    /// How sure it is.
    #[serde(default = "reported")]
    pub confidence: Confidence,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}

fn general_fund() -> String {
    "General Fund".into()
}

fn reported() -> Confidence {
    Confidence::Reported
}

/// How two drivers move together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrelationInput {
    /// A driver, or the reference of a line.
    pub first: String,
    /// The other.
    pub second: String,
    /// Spearman's rank correlation.
    pub rank_correlation: f64,
}

/// A base budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetInput {
    /// Whose.
    pub authority: String,
    /// The cost centre.
    pub cost_centre: String,
    /// The fund.
    #[serde(default = "general_fund")]
    pub fund: String,
    /// Pounds by year.
    pub amounts: BTreeMap<FinancialYear, f64>,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}

/// A risk with a cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RiskInput {
    /// Its reference.
    pub reference: String,
    /// Who bears it.
    pub authority: String,
    /// What may happen.
    #[serde(default)]
    pub description: String,
    /// How likely it is.
    pub probability: f64,
    /// What it would cost, in pounds of year 0.
    pub impact: f64,
    /// When it would fall.
    pub year: FinancialYear,
    /// The line whose cost it would raise, where it is one.
    #[serde(default)]
    pub line: Option<String>,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}

/// A bid for money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BidInput {
    /// Its reference.
    pub reference: String,
    /// What is applied for.
    #[serde(default)]
    pub name: String,
    /// Who would receive it.
    pub authority: String,
    /// Pounds by year, as cash.
    pub amounts: BTreeMap<FinancialYear, f64>,
    /// How likely it is: 1 if won, 0 if lost.
    pub probability: f64,
    /// pending, won or lost.
    pub status: String,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}

/// What has been done about a part of an optimism bias.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MitigationInput {
    /// The category.
    pub category: String,
    /// What contributes to the bias.
    #[serde(default)]
    pub risk_area: String,
    /// How much of the bias comes from it.
    pub contribution: f64,
    /// How much of that has been dealt with, with evidence.
    pub mitigated: f64,
    /// Where it is recorded.
    #[serde(default = "partnership")]
    pub source: Source,
}
