//! The members of a correlated group before and while their tables are built.

use std::collections::BTreeMap;

use super::curve::{Curve, Place};
use super::fold::Weighted;
use super::plan::{Member, MemberShape, Steps};
use super::tables::{Grid, LARGEST_KNOWN, NormalTable, TailTable};
use crate::distribution::Distribution;
use crate::normal;

/// A member before its table is built.
pub struct MemberDraft {
    pub weighted: Weighted,
    pub direction: usize,
    pub lower: Vec<f64>,
    pub own: f64,
    pub linear: BTreeMap<usize, f64>,
    /// The slope in `z` that the table takes over.
    pub tilt: f64,
}

/// Moves what is linear in a member's `e` into its table, as far as it goes the member's own way.
///
/// With `z = Σ lower e + own e`, `c e = (c / own) z − Σ (c / own) lower e`: a term in `z`, which the table takes, and
/// terms in the earlier members' `e`, which are moved in turn.
pub fn absorb_linear(members: &mut [MemberDraft]) {
    for at in (0..members.len()).rev() {
        let (earlier, rest) = members.split_at_mut(at);
        let member = &mut rest[0];
        let is_discrete = matches!(member.weighted.distribution, Distribution::Discrete { .. });
        if is_discrete || member.own < LEAST_OWN {
            continue;
        }
        let Some(coefficient) = member.linear.remove(&member.direction) else {
            continue;
        };
        member.tilt = coefficient / member.own;
        for (other, lower) in earlier.iter_mut().zip(&member.lower) {
            *other.linear.entry(member.direction).or_default() -= member.tilt * lower;
        }
    }
}

/// Below this share of its own, moving a member's linear part would cost digits.
const LEAST_OWN: f64 = 0.05;

impl MemberDraft {
    /// Builds the member's table.
    pub fn finish(self, first: bool, grid: &Grid) -> Member {
        let Weighted { weight, distribution } = &self.weighted;
        let shape = match distribution {
            Distribution::Discrete { outcomes } => {
                MemberShape::Steps(Steps::new(outcomes, *weight, |reached| normal::quantile(reached) / self.own))
            }
            _ => {
                let curve = Curve::new(distribution);
                let value = |place: &Place| weight * curve.at(place) + self.tilt * place.z;
                if first {
                    MemberShape::First(Box::new(TailTable::new(grid, value)))
                } else {
                    MemberShape::Table(NormalTable::new(grid, self.own, value))
                }
            }
        };
        Member {
            direction: self.direction,
            largest: LARGEST_KNOWN / self.own,
            may_be_larger: self.lower.iter().map(|weight| weight.abs()).sum::<f64>() * LARGEST_DRAW > LARGEST_KNOWN,
            earlier: self.lower.iter().map(|weight| weight / self.own).collect(),
            shape,
            linear: self.linear.into_iter().filter(|(_, coefficient)| *coefficient != 0.0).collect(),
        }
    }
}

/// No draw's normal is larger.
const LARGEST_DRAW: f64 = 6.24;
