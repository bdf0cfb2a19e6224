//! What each trial draws, and how the targets follow from it.

use super::tables::{NormalTable, TailTable};
use crate::distribution::steps;

/// What each trial draws and how the targets follow from it.
///
/// A *direction* is a set of targets in fixed proportions; draws are summed by direction first, and each target is
/// then a constant and a weighted sum of few directions.
pub struct Plan {
    pub directions: usize,
    pub singles: Vec<Single>,
    pub groups: Vec<Vec<Member>>,
    pub targets: Vec<Sum>,
    /// The standard normal quantile of a draw.
    pub normal: TailTable,
}

/// An independent draw.
pub struct Single {
    pub direction: usize,
    pub shape: SingleShape,
}

/// How an independent draw becomes a value.
pub enum SingleShape {
    Table(Box<TailTable>),
    Steps(Steps),
}

/// One correlated draw: its normal `e`, the value it adds at `Σ earlier e + e`, and what is linear in `e`.
pub struct Member {
    pub direction: usize,
    /// The earlier members' weights in the row of the triangular factor, as shares of its own.
    pub earlier: Vec<f64>,
    /// How large the sum over the earlier members may be.
    pub largest: f64,
    /// Whether that can happen at all.
    pub may_be_larger: bool,
    pub shape: MemberShape,
    /// `(direction, coefficient)`: what the group's normal factors add through this `e`, where the tables do not hold it.
    pub linear: Vec<(usize, f64)>,
}

/// How a correlated draw becomes a value.
pub enum MemberShape {
    /// A group's first member, by its uniform draw, with what is linear in its own direction.
    First(Box<TailTable>),
    Table(NormalTable),
    Steps(Steps),
}

/// Values taken from a threshold on: `values[k]` where `k` thresholds are not above the draw.
pub struct Steps {
    pub thresholds: Vec<f64>,
    pub values: Vec<f64>,
}

/// `constant + Σ coefficient × direction`.
pub struct Sum {
    pub constant: f64,
    pub terms: Vec<(usize, f64)>,
    /// The exact mean, by the factors' own means.
    pub mean: f64,
}

impl Plan {
    /// Uniform draws in each trial.
    pub fn draws(&self) -> usize {
        self.singles.len() + self.groups.iter().map(Vec::len).sum::<usize>()
    }
}

impl Steps {
    /// The outcomes with their values weighted; `threshold` turns a cumulative probability into the draw's own scale.
    pub fn new(outcomes: &[(f64, f64)], weight: f64, threshold: impl Fn(f64) -> f64) -> Steps {
        let steps = steps(outcomes);
        let inner = &steps[..steps.len() - 1];
        Steps {
            thresholds: inner.iter().map(|(_, reached)| threshold(*reached)).collect(),
            values: steps.iter().map(|(value, _)| weight * value).collect(),
        }
    }

    /// The value at a draw.
    #[inline(always)]
    pub fn at(&self, draw: f64) -> f64 {
        let passed = self.thresholds.iter().filter(|&&threshold| threshold <= draw).count();
        self.values[passed]
    }
}
