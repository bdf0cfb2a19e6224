//! What an appraisal answers. Money is in pounds; years are places from year 0.

use penshaw_basis::{Confidence, FinancialYear, Source, Timing};
use penshaw_numerics::Distribution;
use serde::{Deserialize, Serialize};

/// The answer for every option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Year 0, in whose prices the economic case is.
    pub base_year: FinancialYear,
    /// The years that were appraised, the longest of any option.
    pub years: Vec<FinancialYear>,
    /// The discount rate of each year: how year t follows from year t − 1.
    pub rates: Vec<f64>,
    /// The discount rate of the year after the last, which the middle of the last year needs half of.
    pub rate_beyond: f64,
    /// When in a year its payments fall.
    pub timing: Timing,
    /// The discount factor of each year.
    pub factors: Vec<f64>,
    /// The price index of each year over that of year 0.
    pub prices: Vec<f64>,
    /// The codes and names of the partners.
    pub partners: Vec<Named>,
    /// The options in the order of the input.
    pub options: Vec<OptionOutcome>,
    /// Trials, seed and how exact the quantiles are.
    pub simulation: SimulationNote,
    /// What real shared services delivered against their plans.
    pub reference_class: ReferenceClass,
    /// The parameters that every figure rests on.
    pub parameters: Vec<Source>,
    /// The parameters of the lower discount rates, where there are any.
    pub lower_rates: Vec<Source>,
    /// What could not be applied as recorded, in words.
    pub cautions: Vec<String>,
}

/// A code and the name it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
}

/// How the ranges were sampled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulationNote {
    /// Trials made.
    pub trials: u64,
    /// The seed.
    pub seed: u64,
    /// Ranges sampled.
    pub ranges: usize,
    /// Whether the quantiles were taken from all trials rather than from narrow bins.
    pub exact: bool,
    /// The most by which a quantile may differ from that of all trials kept, in pounds.
    pub quantile_error: f64,
    /// The greatest standard error of any option's mean NPSV, in pounds.
    pub standard_error: f64,
}

/// One option's answer. Economic figures are relative to business as usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionOutcome {
    /// The option's reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Its place in the short list.
    pub role: String,
    /// apart, collaborate or integrate.
    pub course: String,
    /// How many years are appraised.
    pub years: usize,
    /// The economic case: real, discounted, all partners together.
    pub economic: Economic,
    /// The financial case of each partner: nominal cash.
    pub partners: Vec<PartnerOutcome>,
    /// The financial case of all partners together.
    pub joint: CashOutcome,
    /// From NPSV to the partners' net present cash.
    pub bridge: Vec<Step>,
    /// The share of joint lines that falls to each partner.
    pub shares: Vec<f64>,
    /// The key that says so.
    pub cost_key: String,
    /// Each partner's figure under that key: its share is its part of their sum.
    pub key_figures: Vec<f64>,
    /// Every line, risk and bid with what was made of it.
    pub lines: Vec<LineOutcome>,
    /// Nominal cash by authority, fund and kind.
    pub cash: Vec<CashRow>,
    /// Base budgets that it changes.
    pub budgets: Vec<BudgetRow>,
    /// What each doubt alone does to NPSV, the widest first.
    pub sensitivities: Vec<Sensitivity>,
    /// What would have to change for NPSV to be nought.
    pub switching: Vec<Switching>,
    /// Bids: with, without, expected.
    pub bids: Vec<BidOutcome>,
    /// Optimism bias that was applied.
    pub optimism: Vec<OptimismOutcome>,
    /// What the reference class would make of benefits that carry no allowance of their own.
    pub as_delivered_elsewhere: Option<AsDelivered>,
    /// Where the option and its lines are recorded.
    pub sources: Vec<Source>,
}

/// The economic case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Economic {
    /// Present value of costs, risks and optimism bias included; positive.
    pub present_costs: f64,
    /// Present value of benefits.
    pub present_benefits: f64,
    /// NPSV with every range at its mean.
    pub npsv: f64,
    /// Net present social cost: what is compared where benefits are equal.
    pub npsc: f64,
    /// Benefit–cost ratio, where there are costs; never the headline.
    pub bcr: Option<f64>,
    /// Net real flow of each year, undiscounted.
    pub net_by_year: Vec<f64>,
    /// The same, discounted.
    pub present_by_year: Vec<f64>,
    /// NPSV over the trials.
    pub spread: Spread,
    /// The probability that the option's NPSV is the best of all.
    pub probability_best: f64,
    /// NPSV at the lower discount rates, where the horizon asks for it.
    pub at_lower_rates: Option<f64>,
}

/// What the trials gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Their mean.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// One in ten is below.
    pub p10: f64,
    /// One in two is below.
    pub p50: f64,
    /// Nine in ten are below.
    pub p90: f64,
    /// The share of trials above nought.
    pub probability_positive: f64,
    /// The lower edge of the histogram's first bar.
    pub from: f64,
    /// The width of its bars.
    pub width: f64,
    /// Trials in each bar.
    pub counts: Vec<u64>,
}

/// One partner's financial case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerOutcome {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its cash.
    pub cash: CashOutcome,
    /// Net present cash over the trials.
    pub spread: Spread,
}

/// The cash of one partner or of all together, relative to business as usual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashOutcome {
    /// Net present cash: cash in prices of year 0, discounted.
    pub net_present_cash: f64,
    /// Nominal cash of each year; negative is paid out.
    pub by_year: Vec<f64>,
    /// Nominal cash so far.
    pub cumulative: Vec<f64>,
    /// Years until what was spent is made good.
    pub payback: Option<f64>,
    /// The financial year in which that happens.
    pub payback_year: Option<FinancialYear>,
    /// The same with cash discounted.
    pub discounted_payback: Option<f64>,
    /// The most that has to be found.
    pub peak_funding: f64,
    /// The year in which that is.
    pub peak_year: Option<FinancialYear>,
    /// Reserves and receipts that meet it, by year.
    pub financing: Vec<f64>,
}

/// A step of a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The kind of money of which it is; empty for the first and the last step.
    pub flow: String,
    /// What it is.
    pub label: String,
    /// How much it adds; the first and the last step are totals.
    pub amount: f64,
}

/// A line, risk or bid with what was made of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineOutcome {
    /// Its reference.
    pub reference: String,
    /// Whose it is.
    pub authority: String,
    /// What it is.
    pub description: String,
    /// What kind of money it is; `risk` and `bid` besides the flows of lines.
    pub flow: String,
    /// Whether it is cash of each year rather than prices of year 0.
    pub nominal: bool,
    /// Pounds by year as recorded, positive.
    pub amounts: Vec<f64>,
    /// Their sum.
    pub recorded: f64,
    /// The range, where it has one.
    pub range: Option<Distribution>,
    /// The driver that it shares with others.
    pub driver: String,
    /// The mean multiple of the amounts, by range, reference class or probability.
    pub multiple: f64,
    /// What optimism bias adds, as a fraction.
    pub uplift: f64,
    /// The place of its optimism bias among those of its option, where it carries one.
    pub bias: Option<usize>,
    /// +1 for money that comes in, −1 for money that goes out.
    pub direction: f64,
    /// +1 where it counts as a benefit in the economic case, −1 as a cost, 0 not at all.
    pub economic: f64,
    /// What part of it is each partner's cash, with its sign; 0 where it is not cash.
    pub cash: Vec<f64>,
    /// The same for financing.
    pub financing: Vec<f64>,
    /// Whether its cash falls to the partners by the cost key.
    pub by_key: bool,
    /// For a recharge within the partnership: the place of the partner that receives it.
    pub receiver: Option<usize>,
    /// The fund.
    pub fund: String,
    /// "revenue, one-off", "revenue, recurring" or "capital".
    pub kind: String,
    /// The cost centre whose budget it changes.
    pub cost_centre: Option<String>,
    /// Present value in prices of year 0, positive, multiple and uplift included.
    pub present: f64,
    /// How sure it is.
    pub confidence: Confidence,
    /// Where it is recorded.
    pub source: Source,
}

/// Nominal cash of one authority, fund and kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashRow {
    /// The authority's code.
    pub authority: String,
    /// The fund.
    pub fund: String,
    /// "revenue, one-off", "revenue, recurring" or "capital".
    pub kind: String,
    /// Pounds by year; negative is paid out.
    pub amounts: Vec<f64>,
}

/// A base budget and what the option changes in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BudgetRow {
    /// The authority's code.
    pub authority: String,
    /// The cost centre.
    pub cost_centre: String,
    /// The fund.
    pub fund: String,
    /// The budget by year, where it is recorded for the year.
    pub budget: Vec<Option<f64>>,
    /// What the option changes, by year; negative releases budget.
    pub change: Vec<f64>,
    /// Where it is recorded.
    pub source: Source,
}

/// What one doubt alone does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// The doubt.
    pub label: String,
    /// Its low end, in words.
    pub low_at: String,
    /// Its high end, in words.
    pub high_at: String,
    /// NPSV at its low end.
    pub low: f64,
    /// NPSV at its high end.
    pub high: f64,
    /// Where it is recorded.
    pub sources: Vec<Source>,
}

/// What would have to change for NPSV to be nought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Switching {
    /// What changes.
    pub label: String,
    /// Its value now: a present value in pounds, or a rate.
    pub now: f64,
    /// The value at which NPSV is nought, where there is one within range.
    pub at: Option<f64>,
    /// The change from now, as a fraction.
    pub change: Option<f64>,
    /// Whether the value is a rate rather than money.
    pub is_rate: bool,
}

/// A bid's effect on all partners' cash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BidOutcome {
    /// What was applied for.
    pub name: String,
    /// pending, won or lost.
    pub status: String,
    /// How likely it is.
    pub probability: f64,
    /// What was asked for.
    pub amount: f64,
    /// Net present cash of all partners with it, without it, expected.
    pub net_present_cash: [f64; 3],
    /// Peak funding of all partners with it, without it, expected.
    pub peak_funding: [f64; 3],
    /// Where it is recorded.
    pub source: Source,
}

/// An optimism bias that was applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptimismOutcome {
    /// The category.
    pub category: String,
    /// "capital" or "operating" expenditure.
    pub kind: String,
    /// The upper bound.
    pub upper: f64,
    /// The lower bound.
    pub lower: f64,
    /// How much of it is mitigated with evidence.
    pub mitigated: f64,
    /// What was added to the costs, as a fraction.
    pub applied: f64,
}

/// The reference class of real outcomes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReferenceClass {
    /// The least, likeliest and greatest share of planned benefits that was delivered.
    pub low: f64,
    /// The likeliest.
    pub mode: f64,
    /// The greatest.
    pub high: f64,
    /// The parameter that says so.
    pub sources: Vec<Source>,
    /// What really happened, case by case.
    pub observations: Vec<Observation>,
}

/// One published outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Who and when.
    pub name: String,
    /// Delivered over planned.
    pub ratio: f64,
    /// Where it is published.
    pub source: Source,
}

/// NPSV if benefits without an allowance of their own were delivered as elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AsDelivered {
    /// NPSV at the least share delivered.
    pub low: f64,
    /// NPSV at the likeliest.
    pub mode: f64,
    /// NPSV at the greatest.
    pub high: f64,
    /// The present benefits it was applied to.
    pub benefits: f64,
}
