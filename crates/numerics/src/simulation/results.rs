//! What a simulation answers.

use serde::{Deserialize, Serialize};

/// The answer to a simulation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// The number of trials.
    pub trials: u64,
    /// Each target, in the model's order.
    pub targets: Vec<TargetResult>,
    /// For each contest the probability that each of its targets is the largest; equals share a trial.
    pub contests: Vec<Vec<f64>>,
    /// How the quantiles were found.
    pub quantile_method: QuantileMethod,
    /// The model's factors that vary: what a trial would draw if each were drawn by itself.
    pub draws_per_trial: usize,
    /// What a trial did draw, after independent factors were folded into their sums.
    pub draws_made_per_trial: usize,
}

/// How quantiles were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantileMethod {
    /// From all values, by definition 7 of Hyndman and Fan (1996).
    Exact,
    /// The same definition from counts in narrow bins, so that memory stays flat; `quantile_error` bounds the difference.
    Histogram,
}

/// One target's distribution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetResult {
    /// The mean of the trials.
    pub mean: f64,
    /// The mean by formula, `constant + Σ weight × mean of factor`, without chance.
    pub exact_mean: f64,
    /// The standard deviation of the trials (divisor `trials − 1`).
    pub standard_deviation: f64,
    /// The Monte Carlo error of the mean: `standard_deviation / √trials`.
    pub standard_error: f64,
    /// The least value drawn.
    pub minimum: f64,
    /// The greatest value drawn.
    pub maximum: f64,
    /// The value that one trial in ten stays below.
    pub p10: f64,
    /// The median.
    pub p50: f64,
    /// The value that nine trials in ten stay below.
    pub p90: f64,
    /// At most what the quantile method added to an error of P10, P50 and P90; 0 where all values were kept.
    pub quantile_error: f64,
    /// The share of trials with a value above 0.
    pub probability_positive: f64,
    /// How the values spread.
    pub histogram: Histogram,
}

/// Counts in even bins, for a chart: the middle 99.8 per cent of the values, the rest at either side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// The lower end of the first bin.
    pub low: f64,
    /// The width of each bin.
    pub width: f64,
    /// The values in each bin, a bin's lower end belonging to it.
    pub counts: Vec<u64>,
    /// The values below the first bin.
    pub below: u64,
    /// The values above the last bin.
    pub above: u64,
}
