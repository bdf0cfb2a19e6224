//! What one uncertain quantity may be: a fixed value or a range with its shape.

use serde::{Deserialize, Serialize};

use crate::beta::Beta;
use crate::normal;

/// How one uncertain quantity is spread.
///
/// In JSON and TOML each is tagged by `type`: `{"type": "pert", "min": 1, "mode": 2, "max": 4}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Distribution {
    /// One value, without doubt.
    Fixed {
        /// The value.
        value: f64,
    },
    /// Rises in a straight line from `min` to `mode` and falls in one to `max`.
    Triangular {
        /// The least value.
        min: f64,
        /// The most likely value.
        mode: f64,
        /// The greatest value.
        max: f64,
    },
    /// A beta distribution with the mean `(min + 4 mode + max) / 6`.
    Pert {
        /// The least value.
        min: f64,
        /// The most likely value.
        mode: f64,
        /// The greatest value.
        max: f64,
    },
    /// The bell curve.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        sd: f64,
    },
    /// A quantity whose logarithm is normal, by its own (arithmetic) mean and standard deviation.
    Lognormal {
        /// The arithmetic mean.
        mean: f64,
        /// The arithmetic standard deviation.
        sd: f64,
    },
    /// Every value between `min` and `max` equally likely.
    Uniform {
        /// The least value.
        min: f64,
        /// The greatest value.
        max: f64,
    },
    /// A list of possible values, each with its probability.
    Discrete {
        /// Pairs of a value and its probability.
        outcomes: Vec<(f64, f64)>,
    },
}

/// Why a distribution makes no sense, in words for whoever entered it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DistributionError {
    /// A number is NaN or infinite.
    #[error("{what} must be an ordinary number, not {value}")]
    NotFinite {
        /// Which number.
        what: &'static str,
        /// What was given.
        value: f64,
    },
    /// The least value is not below the greatest.
    #[error("the minimum, {min}, must be less than the maximum, {max}; for a value without doubt use type \"fixed\"")]
    NoWidth {
        /// The least value given.
        min: f64,
        /// The greatest value given.
        max: f64,
    },
    /// The most likely value lies outside the range.
    #[error("the most likely value, {mode}, must lie between the minimum, {min}, and the maximum, {max}")]
    ModeOutside {
        /// The least value given.
        min: f64,
        /// The most likely value given.
        mode: f64,
        /// The greatest value given.
        max: f64,
    },
    /// The standard deviation is nought or less.
    #[error("the standard deviation, {sd}, must be more than 0; for a value without doubt use type \"fixed\"")]
    NoSpread {
        /// The standard deviation given.
        sd: f64,
    },
    /// A lognormal mean is nought or less.
    #[error("the mean of a lognormal range, {mean}, must be more than 0")]
    MeanNotPositive {
        /// The mean given.
        mean: f64,
    },
    /// A discrete distribution without outcomes.
    #[error("at least one outcome is needed")]
    NoOutcomes,
    /// A probability below 0 or above 1.
    #[error("the probability of outcome {outcome}, {probability}, must lie between 0 and 1")]
    NotAProbability {
        /// The outcome's place in the list, from 1.
        outcome: usize,
        /// The probability given.
        probability: f64,
    },
    /// The probabilities do not sum to one.
    #[error("the probabilities of the outcomes must add up to 1; they add up to {sum}")]
    ProbabilitiesDoNotSum {
        /// Their sum.
        sum: f64,
    },
}

/// How far from 1 the probabilities of a discrete distribution may sum.
const PROBABILITY_TOLERANCE: f64 = 1e-9;

impl Distribution {
    /// Whether the distribution makes sense; everything else here expects that it does.
    ///
    /// ```
    /// # use penshaw_numerics::Distribution;
    /// assert!(Distribution::Pert { min: 1.0, mode: 2.0, max: 4.0 }.check().is_ok());
    /// let error = Distribution::Uniform { min: 3.0, max: 2.0 }.check().unwrap_err();
    /// assert!(error.to_string().starts_with("the minimum, 3, must be less than the maximum, 2"));
    /// ```
    pub fn check(&self) -> Result<(), DistributionError> {
        match *self {
            Distribution::Fixed { value } => finite("the value", value),
            Distribution::Triangular { min, mode, max } | Distribution::Pert { min, mode, max } => {
                finite("the most likely value", mode)?;
                check_width(min, max)?;
                if mode < min || mode > max {
                    return Err(DistributionError::ModeOutside { min, mode, max });
                }
                Ok(())
            }
            Distribution::Normal { mean, sd } => check_spread(mean, sd),
            Distribution::Lognormal { mean, sd } => {
                check_spread(mean, sd)?;
                if mean <= 0.0 {
                    return Err(DistributionError::MeanNotPositive { mean });
                }
                Ok(())
            }
            Distribution::Uniform { min, max } => check_width(min, max),
            Distribution::Discrete { ref outcomes } => check_outcomes(outcomes),
        }
    }

    /// The mean.
    ///
    /// Triangular `(min + mode + max) / 3`; PERT `(min + 4 mode + max) / 6`; uniform `(min + max) / 2`;
    /// discrete `Σ value × probability / Σ probability`; the others by their own parameter.
    ///
    /// Sources: Johnson, Kotz and Balakrishnan (1995), *Continuous Univariate Distributions* 2, ch. 25–26;
    /// Malcolm, Roseboom, Clark and Fazar (1959), "Application of a technique for research and development program
    /// evaluation", Operations Research 7(5), 646–669 (PERT).
    ///
    /// ```
    /// # use penshaw_numerics::Distribution;
    /// assert_eq!(Distribution::Triangular { min: 0.0, mode: 1.0, max: 5.0 }.mean(), 2.0);
    /// assert_eq!(Distribution::Pert { min: 0.0, mode: 1.0, max: 8.0 }.mean(), 2.0);
    /// assert_eq!(Distribution::Discrete { outcomes: vec![(0.0, 0.75), (100.0, 0.25)] }.mean(), 25.0);
    /// ```
    pub fn mean(&self) -> f64 {
        match *self {
            Distribution::Fixed { value } => value,
            Distribution::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Distribution::Pert { min, mode, max } => (min + 4.0 * mode + max) / 6.0,
            Distribution::Normal { mean, .. } | Distribution::Lognormal { mean, .. } => mean,
            Distribution::Uniform { min, max } => 0.5 * (min + max),
            Distribution::Discrete { ref outcomes } => {
                let weighted: f64 = outcomes.iter().map(|(value, probability)| value * probability).sum();
                weighted / total_probability(outcomes)
            }
        }
    }

    /// The standard deviation.
    ///
    /// Triangular `√((a² + b² + c² − ab − ac − bc) / 18)` with a, b, c its three values;
    /// PERT `(max − min) √(αβ / ((α + β)² (α + β + 1)))` with `α = 1 + 4 (mode − min) / (max − min)` and
    /// `β = 6 − α`; uniform `(max − min) / √12`; discrete the root of the probability-weighted squares about
    /// the mean; the others by their own parameter.
    ///
    /// Source: Johnson, Kotz and Balakrishnan (1995), *Continuous Univariate Distributions* 2, ch. 25–26.
    ///
    /// ```
    /// # use penshaw_numerics::Distribution;
    /// assert_eq!(Distribution::Discrete { outcomes: vec![(0.0, 0.5), (10.0, 0.5)] }.standard_deviation(), 5.0);
    /// // A beta with both shapes 3, stretched over 0 to 6: variance 36 × 9 / (36 × 7).
    /// let pert = Distribution::Pert { min: 0.0, mode: 3.0, max: 6.0 };
    /// assert!((pert.standard_deviation() - (9.0_f64 / 7.0).sqrt()).abs() < 1e-15);
    /// ```
    pub fn standard_deviation(&self) -> f64 {
        match *self {
            Distribution::Fixed { .. } => 0.0,
            Distribution::Triangular { min, mode, max } => {
                let (left, right) = (mode - min, max - mode);
                ((left * left + left * right + right * right) / 18.0).sqrt()
            }
            Distribution::Pert { min, mode, max } => {
                let Beta { a, b, .. } = pert_shape(min, mode, max);
                (max - min) * (a * b / ((a + b) * (a + b) * (a + b + 1.0))).sqrt()
            }
            Distribution::Normal { sd, .. } | Distribution::Lognormal { sd, .. } => sd,
            Distribution::Uniform { min, max } => (max - min) / 12.0_f64.sqrt(),
            Distribution::Discrete { ref outcomes } => {
                let mean = self.mean();
                let squares: f64 =
                    outcomes.iter().map(|(value, probability)| (value - mean) * (value - mean) * probability).sum();
                (squares / total_probability(outcomes)).sqrt()
            }
        }
    }

    /// The value that is not exceeded with probability `u`, for `u` from 0 to 1.
    ///
    /// Triangular `min + √(u (max − min)(mode − min))` left of the mode and its mirror to the right; PERT by the
    /// inverse of the regularised incomplete beta function; normal by Wichura's AS 241;
    /// lognormal `exp(μ + σ z)` with `σ² = ln(1 + (sd / mean)²)` and `μ = ln(mean) − σ² / 2`;
    /// discrete the least value whose cumulative probability reaches `u`.
    ///
    /// Sources: Wichura (1988), Applied Statistics 37(3), 477–484; NIST Digital Library of Mathematical Functions,
    /// 8.17; Johnson, Kotz and Balakrishnan (1994), *Continuous Univariate Distributions* 1, ch. 14 (lognormal).
    ///
    /// ```
    /// # use penshaw_numerics::Distribution;
    /// assert_eq!(Distribution::Uniform { min: 2.0, max: 6.0 }.quantile(0.25), 3.0);
    /// assert_eq!(Distribution::Triangular { min: 0.0, mode: 5.0, max: 10.0 }.quantile(0.5), 5.0);
    /// // A lognormal's median is mean / √(1 + (sd / mean)²).
    /// let lognormal = Distribution::Lognormal { mean: 10.0, sd: 10.0 };
    /// assert!((lognormal.quantile(0.5) - 10.0 / 2.0_f64.sqrt()).abs() < 1e-14);
    /// // Beta(3, 3) at one tenth, stretched over 0 to 1.
    /// let pert = Distribution::Pert { min: 0.0, mode: 0.5, max: 1.0 };
    /// assert!((pert.quantile(0.1) - 0.246_636_453_288_466_6).abs() < 1e-12);
    /// ```
    pub fn quantile(&self, u: f64) -> f64 {
        match *self {
            Distribution::Fixed { value } => value,
            Distribution::Triangular { min, mode, max } => triangular_quantile(min, mode, max, u),
            Distribution::Pert { min, mode, max } => min + (max - min) * pert_shape(min, mode, max).quantile(u),
            Distribution::Normal { mean, sd } => mean + sd * normal::quantile(u),
            Distribution::Lognormal { mean, sd } => {
                let (location, scale) = lognormal_parameters(mean, sd);
                libm::exp(location + scale * normal::quantile(u))
            }
            Distribution::Uniform { min, max } => min + (max - min) * u,
            Distribution::Discrete { ref outcomes } => discrete_quantile(outcomes, u),
        }
    }

    /// The probability of a value of `x` or less.
    ///
    /// The inverse of [`Distribution::quantile`], by the same sources.
    ///
    /// ```
    /// # use penshaw_numerics::Distribution;
    /// assert_eq!(Distribution::Uniform { min: 2.0, max: 6.0 }.cumulative(3.0), 0.25);
    /// assert_eq!(Distribution::Discrete { outcomes: vec![(1.0, 0.25), (2.0, 0.75)] }.cumulative(1.5), 0.25);
    /// ```
    pub fn cumulative(&self, x: f64) -> f64 {
        match *self {
            Distribution::Fixed { value } => f64::from(u8::from(x >= value)),
            Distribution::Triangular { min, mode, max } => triangular_cumulative(min, mode, max, x),
            Distribution::Pert { min, mode, max } => pert_shape(min, mode, max).cumulative((x - min) / (max - min)),
            Distribution::Normal { mean, sd } => normal::cumulative((x - mean) / sd),
            Distribution::Lognormal { mean, sd } => {
                let (location, scale) = lognormal_parameters(mean, sd);
                if x <= 0.0 { 0.0 } else { normal::cumulative((libm::log(x) - location) / scale) }
            }
            Distribution::Uniform { min, max } => ((x - min) / (max - min)).clamp(0.0, 1.0),
            Distribution::Discrete { ref outcomes } => {
                let reached: f64 =
                    outcomes.iter().filter(|(value, _)| *value <= x).map(|(_, probability)| probability).sum();
                reached / total_probability(outcomes)
            }
        }
    }
}

/// PERT's beta distribution: `a = 1 + 4 (mode − min) / (max − min)`, `b = 1 + 4 (max − mode) / (max − min)`.
pub(crate) fn pert_shape(min: f64, mode: f64, max: f64) -> Beta {
    let width = max - min;
    Beta::new(1.0 + 4.0 * (mode - min) / width, 1.0 + 4.0 * (max - mode) / width)
}

/// Mean and standard deviation of the logarithm.
pub(crate) fn lognormal_parameters(mean: f64, sd: f64) -> (f64, f64) {
    let variance = libm::log1p((sd / mean) * (sd / mean));
    (libm::log(mean) - 0.5 * variance, variance.sqrt())
}

/// Values in rising order, each with the cumulative probability up to and with it; the last is exactly 1.
pub(crate) fn steps(outcomes: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut sorted: Vec<(f64, f64)> = outcomes.iter().copied().filter(|(_, probability)| *probability > 0.0).collect();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let total = total_probability(&sorted);
    let mut reached = 0.0;
    for step in &mut sorted {
        reached += step.1;
        step.1 = reached / total;
    }
    if let Some(last) = sorted.last_mut() {
        last.1 = 1.0;
    }
    sorted
}

fn triangular_quantile(min: f64, mode: f64, max: f64, u: f64) -> f64 {
    let width = max - min;
    if u * width <= mode - min {
        min + (u * width * (mode - min)).sqrt()
    } else {
        max - ((1.0 - u) * width * (max - mode)).sqrt()
    }
}

fn triangular_cumulative(min: f64, mode: f64, max: f64, x: f64) -> f64 {
    if x <= min {
        0.0
    } else if x >= max {
        1.0
    } else if x <= mode {
        (x - min) * (x - min) / ((max - min) * (mode - min))
    } else {
        1.0 - (max - x) * (max - x) / ((max - min) * (max - mode))
    }
}

fn discrete_quantile(outcomes: &[(f64, f64)], u: f64) -> f64 {
    let steps = steps(outcomes);
    let at = steps.partition_point(|(_, reached)| *reached < u).min(steps.len() - 1);
    steps[at].0
}

fn total_probability(outcomes: &[(f64, f64)]) -> f64 {
    outcomes.iter().map(|(_, probability)| probability).sum()
}

fn finite(what: &'static str, value: f64) -> Result<(), DistributionError> {
    if value.is_finite() { Ok(()) } else { Err(DistributionError::NotFinite { what, value }) }
}

fn check_width(min: f64, max: f64) -> Result<(), DistributionError> {
    finite("the minimum", min)?;
    finite("the maximum", max)?;
    finite("the width of the range", max - min)?;
    if min >= max {
        return Err(DistributionError::NoWidth { min, max });
    }
    Ok(())
}

fn check_spread(mean: f64, sd: f64) -> Result<(), DistributionError> {
    finite("the mean", mean)?;
    finite("the standard deviation", sd)?;
    if sd <= 0.0 {
        return Err(DistributionError::NoSpread { sd });
    }
    Ok(())
}

fn check_outcomes(outcomes: &[(f64, f64)]) -> Result<(), DistributionError> {
    if outcomes.is_empty() {
        return Err(DistributionError::NoOutcomes);
    }
    for (at, &(value, probability)) in outcomes.iter().enumerate() {
        finite("an outcome's value", value)?;
        finite("an outcome's probability", probability)?;
        if !(0.0..=1.0).contains(&probability) {
            return Err(DistributionError::NotAProbability { outcome: at + 1, probability });
        }
    }
    let sum = total_probability(outcomes);
    if (sum - 1.0).abs() > PROBABILITY_TOLERANCE {
        return Err(DistributionError::ProbabilitiesDoNotSum { sum });
    }
    Ok(())
}
