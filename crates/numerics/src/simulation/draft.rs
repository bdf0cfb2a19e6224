//! Turns a model into a plan: finds what feeds the same targets alike, and splits off what is linear in a group.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fold::Weighted;
use super::independent::{self, Independent};
use super::members::{MemberDraft, absorb_linear};
use super::plan::{Plan, Sum};
use super::tables::{Grid, TailTable};
use super::{Group, Model};
use crate::copula;
use crate::distribution::Distribution;

/// The plan of a checked model.
pub fn plan(model: &Model) -> Plan {
    let grid = Grid::new();
    let mut draft = Draft::new(model);
    let mut grouped = vec![false; model.factors.len()];
    for group in &model.groups {
        for &factor in &group.factors {
            grouped[factor] = true;
        }
        for joined in draft.joined_parts(group) {
            draft.join(&joined, group);
        }
    }
    for (factor, grouped) in grouped.iter().enumerate() {
        if !grouped {
            draft.add_independent(factor);
        }
    }
    draft.finish(&grid)
}

/// Targets with coefficients, by target.
type Effect = Vec<(usize, f64)>;

/// How far two proportions may differ, relatively, and count as the same.
const PROPORTION_TOLERANCE: f64 = 1e-12;

struct Draft<'a> {
    model: &'a Model,
    effects: Vec<Effect>,
    directions: Vec<Effect>,
    /// Directions by the targets that they feed.
    by_targets: BTreeMap<Vec<usize>, Vec<usize>>,
    independent: Vec<Independent>,
    groups: Vec<Vec<MemberDraft>>,
    constants: Vec<f64>,
}

impl<'a> Draft<'a> {
    fn new(model: &'a Model) -> Draft<'a> {
        Draft {
            model,
            effects: effects(model),
            directions: Vec::new(),
            by_targets: BTreeMap::new(),
            independent: Vec::new(),
            groups: Vec::new(),
            constants: model.targets.iter().map(|target| target.constant).collect(),
        }
    }

    /// The direction of an effect, and the effect's size along it.
    fn direction(&mut self, effect: &Effect) -> (usize, f64) {
        let largest = effect.iter().max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()));
        let scale = largest.map_or(1.0, |(_, weight)| *weight);
        let targets: Vec<usize> = effect.iter().map(|(target, _)| *target).collect();
        let alike = |known: &Effect| {
            known.iter().zip(effect).all(|((_, one), (_, other))| {
                let other = other / scale;
                (one - other).abs() <= PROPORTION_TOLERANCE * one.abs()
            })
        };
        let same = self.by_targets.entry(targets).or_default();
        if let Some(&known) = same.iter().find(|&&known| alike(&self.directions[known])) {
            return (known, scale);
        }
        same.push(self.directions.len());
        self.directions.push(effect.iter().map(|(target, weight)| (*target, weight / scale)).collect());
        self.independent.push(Independent::default());
        (self.directions.len() - 1, scale)
    }

    fn add_constant(&mut self, factor: usize, value: f64) {
        for &(target, weight) in &self.effects[factor] {
            self.constants[target] += weight * value;
        }
    }

    fn add_independent(&mut self, factor: usize) {
        let effect = self.effects[factor].clone();
        match self.model.factors[factor] {
            Distribution::Fixed { value } => self.add_constant(factor, value),
            _ if effect.is_empty() => {}
            Distribution::Normal { mean, sd } => {
                self.add_constant(factor, mean);
                self.add_normal(effect.iter().map(|(target, weight)| (*target, weight * sd)).collect());
            }
            ref distribution => {
                let (direction, weight) = self.direction(&effect);
                let distribution = distribution.clone();
                self.independent[direction].parts.push(Weighted { weight, distribution });
            }
        }
    }

    /// An independent standard normal with the given effect.
    fn add_normal(&mut self, effect: Effect) {
        let felt: Effect = effect.into_iter().filter(|(_, weight)| *weight != 0.0).collect();
        if !felt.is_empty() {
            let (direction, sd) = self.direction(&felt);
            self.independent[direction].normal_variance += sd * sd;
        }
    }

    /// The members of a group that vary and are felt, parted where no correlation joins them, as places in the group.
    fn joined_parts(&self, group: &Group) -> Vec<Vec<usize>> {
        let varies = |&at: &usize| {
            let factor = group.factors[at];
            !matches!(self.model.factors[factor], Distribution::Fixed { .. }) && !self.effects[factor].is_empty()
        };
        let mut left: Vec<usize> = (0..group.factors.len()).collect();
        let fixed: Vec<usize> = left.iter().copied().filter(|at| !varies(at)).collect();
        left.retain(varies);
        let mut parts: Vec<Vec<usize>> = fixed.into_iter().map(|at| vec![at]).collect();
        while let Some(first) = left.first().copied() {
            let mut part = vec![first];
            left.remove(0);
            let mut next = 0;
            while next < part.len() {
                let row = &group.correlation[part[next]];
                let (joined, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|&&at| row[at] != 0.0);
                part.extend(joined);
                left = rest;
                next += 1;
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }

    /// Takes in members that are joined by correlation: normals last, so that they are linear in what is drawn.
    fn join(&mut self, joined: &[usize], group: &Group) {
        if let [alone] = joined {
            self.add_independent(group.factors[*alone]);
            return;
        }
        let is_normal = |at: &usize| matches!(self.model.factors[group.factors[*at]], Distribution::Normal { .. });
        let (normals, others): (Vec<usize>, Vec<usize>) = joined.iter().partition(|at| is_normal(at));
        let order: Vec<usize> = others.iter().chain(&normals).copied().collect();
        let matrix: Vec<Vec<f64>> =
            order.iter().map(|&i| order.iter().map(|&j| group.correlation[i][j]).collect()).collect();
        let lower = copula::cholesky(&matrix).expect("a part of a checked correlation matrix is positive definite");
        let mut members: Vec<MemberDraft> = Vec::with_capacity(others.len());
        for (row, &at) in lower.iter().zip(&others) {
            members.push(self.member(group.factors[at], row));
        }
        let mut residuals: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); normals.len()];
        for (row, &at) in lower[others.len()..].iter().zip(&normals) {
            self.add_normal_member(group.factors[at], row, &mut members, &mut residuals);
        }
        for residual in residuals {
            self.add_normal(residual.into_iter().collect());
        }
        if !members.is_empty() {
            absorb_linear(&mut members);
            self.groups.push(members);
        }
    }

    fn member(&mut self, factor: usize, row: &[f64]) -> MemberDraft {
        let effect = self.effects[factor].clone();
        let (direction, weight) = self.direction(&effect);
        let distribution = self.model.factors[factor].clone();
        let (own, lower) = row.split_last().expect("a row of a triangular factor has its diagonal");
        MemberDraft {
            weighted: Weighted { weight, distribution },
            direction,
            lower: lower.to_vec(),
            own: *own,
            linear: BTreeMap::new(),
            tilt: 0.0,
        }
    }

    /// A normal factor is `mean + sd Σ row e`: linear in the members' `e`, and a rest that is independent of them.
    fn add_normal_member(
        &mut self,
        factor: usize,
        row: &[f64],
        members: &mut [MemberDraft],
        residuals: &mut [BTreeMap<usize, f64>],
    ) {
        let Distribution::Normal { mean, sd } = self.model.factors[factor] else {
            unreachable!("only normal factors are linear");
        };
        self.add_constant(factor, mean);
        let effect = self.effects[factor].clone();
        let (direction, weight) = self.direction(&effect);
        let (shared, rest) = row.split_at(members.len());
        for (member, share) in members.iter_mut().zip(shared) {
            *member.linear.entry(direction).or_default() += weight * sd * share;
        }
        for (residual, share) in residuals.iter_mut().zip(rest) {
            for &(target, target_weight) in &effect {
                *residual.entry(target).or_default() += target_weight * sd * share;
            }
        }
    }

    fn finish(self, grid: &Grid) -> Plan {
        let singles = independent::singles(self.independent, grid);
        let groups = self
            .groups
            .into_par_iter()
            .map(|members| members.into_iter().enumerate().map(|(at, member)| member.finish(at == 0, grid)).collect())
            .collect();
        let terms = terms(&self.directions, self.model.targets.len());
        let targets = self.constants.iter().zip(terms).zip(&self.model.targets).map(|((&constant, terms), target)| {
            let varying: f64 =
                target.weights.iter().map(|&(factor, weight)| weight * self.model.factors[factor].mean()).sum();
            Sum { constant, terms, mean: target.constant + varying }
        });
        Plan {
            directions: self.directions.len(),
            singles,
            groups,
            targets: targets.collect(),
            normal: TailTable::new(grid, |place| place.z),
        }
    }
}

/// The targets that each factor feeds, with the weights.
fn effects(model: &Model) -> Vec<Effect> {
    let mut effects: Vec<Effect> = vec![Vec::new(); model.factors.len()];
    for (target, described) in model.targets.iter().enumerate() {
        for &(factor, weight) in &described.weights {
            match effects[factor].last_mut() {
                Some((last, sum)) if *last == target => *sum += weight,
                _ => effects[factor].push((target, weight)),
            }
        }
    }
    for effect in &mut effects {
        effect.retain(|(_, weight)| *weight != 0.0);
    }
    effects
}

/// Each target's directions, with their coefficients.
fn terms(directions: &[Effect], targets: usize) -> Vec<Vec<(usize, f64)>> {
    let mut terms = vec![Vec::new(); targets];
    for (direction, effect) in directions.iter().enumerate() {
        for &(target, coefficient) in effect {
            terms[target].push((direction, coefficient));
        }
    }
    terms
}
