//! Turns a model into what each trial must draw: folds what may be folded, splits off what is linear, builds the tables.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Model;
use super::curve::{Curve, Place};
use super::fold::{self, Folded, Weighted};
use super::fourier::Transform;
use super::tables::{Grid, LARGEST_KNOWN, NormalTable, TailTable};
use crate::copula;
use crate::distribution::{Distribution, steps};
use crate::normal;

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
    pub fn new(model: &Model) -> Plan {
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

    /// Uniform draws in each trial.
    pub fn draws(&self) -> usize {
        self.singles.len() + self.groups.iter().map(Vec::len).sum::<usize>()
    }
}

/// Targets with coefficients, by target.
type Effect = Vec<(usize, f64)>;

/// How far two proportions may differ, relatively, and count as the same.
const PROPORTION_TOLERANCE: f64 = 1e-12;

/// What is independent in one direction.
#[derive(Default)]
struct Independent {
    normal_variance: f64,
    parts: Vec<Weighted>,
}

/// A member before its table is built.
struct MemberDraft {
    weighted: Weighted,
    direction: usize,
    lower: Vec<f64>,
    own: f64,
    linear: BTreeMap<usize, f64>,
    /// The slope in `z` that the table takes over.
    tilt: f64,
}

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
    fn joined_parts(&self, group: &super::Group) -> Vec<Vec<usize>> {
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
    fn join(&mut self, joined: &[usize], group: &super::Group) {
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
        let wanted: Vec<(usize, Wanted)> = self
            .independent
            .into_iter()
            .enumerate()
            .flat_map(|(direction, independent)| independent.wanted(direction))
            .collect();
        let transforms: BTreeMap<usize, Transform> =
            lengths(&wanted).map(|cells| (cells, Transform::new(cells))).collect();
        let singles = wanted
            .into_par_iter()
            .map(|(direction, wanted)| Single { direction, shape: wanted.shape(grid, &transforms) })
            .collect();
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

/// Moves what is linear in a member's `e` into its table, as far as it goes the member's own way.
///
/// With `z = Σ lower e + own e`, `c e = (c / own) z − Σ (c / own) lower e`: a term in `z`, which the table takes, and
/// terms in the earlier members' `e`, which are moved in turn.
fn absorb_linear(members: &mut [MemberDraft]) {
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

/// One independent draw that is wanted.
enum Wanted {
    Normal { sd: f64 },
    Direct(Weighted),
    Fold { parts: Vec<Weighted>, normal_variance: f64, cells: usize },
}

impl Independent {
    /// As few draws as give the sum: one, and one more for each factor that cannot be folded.
    fn wanted(self, direction: usize) -> Vec<(usize, Wanted)> {
        let is_discrete = |part: &Weighted| matches!(part.distribution, Distribution::Discrete { .. });
        let (mut apart, mut parts): (Vec<Weighted>, Vec<Weighted>) = self.parts.into_iter().partition(is_discrete);
        let normal_variance = self.normal_variance;
        let mut wanted = Vec::new();
        loop {
            if parts.is_empty() {
                if normal_variance > 0.0 {
                    wanted.push(Wanted::Normal { sd: normal_variance.sqrt() });
                }
                break;
            }
            if parts.len() == 1 && normal_variance == 0.0 {
                apart.append(&mut parts);
                break;
            }
            if let Some(cells) = fold::length(&parts, normal_variance) {
                wanted.push(Wanted::Fold { parts, normal_variance, cells });
                break;
            }
            apart.push(parts.remove(widest(&parts)));
        }
        wanted.extend(apart.into_iter().map(Wanted::Direct));
        wanted.into_iter().map(|wanted| (direction, wanted)).collect()
    }
}

/// The factor whose ends lie furthest apart.
fn widest(parts: &[Weighted]) -> usize {
    let width = |at: usize| {
        let (low, high) = parts[at].ends();
        high - low
    };
    (0..parts.len()).max_by(|&one, &other| width(one).total_cmp(&width(other))).unwrap_or(0)
}

fn lengths(wanted: &[(usize, Wanted)]) -> impl Iterator<Item = usize> {
    wanted.iter().filter_map(|(_, wanted)| match wanted {
        Wanted::Fold { cells, .. } => Some(*cells),
        _ => None,
    })
}

impl Wanted {
    fn shape(self, grid: &Grid, transforms: &BTreeMap<usize, Transform>) -> SingleShape {
        match self {
            Wanted::Normal { sd } => table(TailTable::new(grid, |place| sd * place.z)),
            Wanted::Direct(Weighted { weight, distribution: Distribution::Discrete { outcomes } }) => {
                SingleShape::Steps(Steps::new(&outcomes, weight, |reached| reached))
            }
            Wanted::Direct(Weighted { weight, distribution }) => {
                let curve = Curve::new(&distribution);
                table(TailTable::new(grid, |place| weight * curve.at(place)))
            }
            Wanted::Fold { parts, normal_variance, cells } => {
                table(Folded::new(&parts, normal_variance, &transforms[&cells], cells).table(grid))
            }
        }
    }
}

fn table(table: TailTable) -> SingleShape {
    SingleShape::Table(Box::new(table))
}

impl Steps {
    /// The outcomes with their values weighted; `threshold` turns a cumulative probability into the draw's own scale.
    fn new(outcomes: &[(f64, f64)], weight: f64, threshold: impl Fn(f64) -> f64) -> Steps {
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

impl MemberDraft {
    fn finish(self, first: bool, grid: &Grid) -> Member {
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
