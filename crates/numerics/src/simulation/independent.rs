//! The independent draws of a plan: as few as give the sums that are wanted.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::curve::Curve;
use super::fold::{self, Folded, Weighted};
use super::fourier::Transform;
use super::plan::{Single, SingleShape, Steps};
use super::tables::{Grid, TailTable};
use crate::distribution::Distribution;

/// What is independent in one direction.
#[derive(Default)]
pub struct Independent {
    pub normal_variance: f64,
    pub parts: Vec<Weighted>,
}

/// The draws for what is independent, given by direction.
pub fn singles(independent: Vec<Independent>, grid: &Grid) -> Vec<Single> {
    let by_direction = independent.into_iter().enumerate();
    let wanted: Vec<(usize, Wanted)> =
        by_direction.flat_map(|(direction, independent)| independent.wanted(direction)).collect();
    let transforms: BTreeMap<usize, Transform> =
        lengths(&wanted).into_par_iter().map(|cells| (cells, Transform::new(cells))).collect();
    wanted
        .into_par_iter()
        .map(|(direction, wanted)| Single { direction, shape: wanted.shape(grid, &transforms) })
        .collect()
}

/// One independent draw that is wanted.
enum Wanted {
    Normal { sd: f64 },
    Direct(Weighted),
    Fold { parts: Vec<Weighted>, normal_variance: f64, cells: usize },
}

/// More factors than this are folded in batches, since the grid grows with the root of their number.
const MOST_FOLDED: usize = 100;

impl Independent {
    /// As few draws as give the sum: one (a batch), and one more for each factor that cannot be folded.
    fn wanted(self, direction: usize) -> Vec<(usize, Wanted)> {
        let is_discrete = |part: &Weighted| matches!(part.distribution, Distribution::Discrete { .. });
        let (apart, parts): (Vec<Weighted>, Vec<Weighted>) = self.parts.into_iter().partition(is_discrete);
        let mut wanted: Vec<Wanted> = apart.into_iter().map(Wanted::Direct).collect();
        let mut batches = parts.chunks(MOST_FOLDED);
        fold_batch(batches.next().unwrap_or_default().to_vec(), self.normal_variance, &mut wanted);
        for batch in batches {
            fold_batch(batch.to_vec(), 0.0, &mut wanted);
        }
        wanted.into_iter().map(|wanted| (direction, wanted)).collect()
    }
}

/// One draw for a normal and all factors, but for those whose tails are too heavy for a grid.
fn fold_batch(mut parts: Vec<Weighted>, normal_variance: f64, wanted: &mut Vec<Wanted>) {
    loop {
        match parts.as_slice() {
            [] if normal_variance > 0.0 => wanted.push(Wanted::Normal { sd: normal_variance.sqrt() }),
            [] => {}
            [alone] if normal_variance == 0.0 => wanted.push(Wanted::Direct(alone.clone())),
            _ => match fold::length(&parts, normal_variance) {
                Some(cells) => wanted.push(Wanted::Fold { parts, normal_variance, cells }),
                None => {
                    wanted.push(Wanted::Direct(parts.remove(widest(&parts))));
                    continue;
                }
            },
        }
        return;
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

fn lengths(wanted: &[(usize, Wanted)]) -> BTreeSet<usize> {
    let lengths = wanted.iter().filter_map(|(_, wanted)| match wanted {
        Wanted::Fold { cells, .. } => Some(*cells),
        _ => None,
    });
    lengths.collect()
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
