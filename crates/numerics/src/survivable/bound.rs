//! A lower bound on what the cuts met with cost: Lagrangian multipliers in whole numbers, so that no rounding flatters it.

use super::cuts::Cut;

/// What is decided of a possible edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decided {
    Open,
    In,
    Out,
}

/// The best bound found, and what led to it.
pub(super) struct Bound {
    /// No choice that keeps to what is decided costs less, in whole units.
    pub(super) least: u64,
    /// The multiplier of each cut, in parts of a unit.
    pub(super) multipliers: Vec<i64>,
    /// What each edge costs less the multipliers of its cuts, in parts of a unit.
    pub(super) reduced: Vec<i64>,
    /// The value whose rounding up is `least`, in parts of a unit.
    pub(super) value: i64,
    /// How often each edge was chosen in the later steps, from 0 to 1.
    pub(super) often: Vec<f64>,
}

/// Parts of a unit in which multipliers are counted: fine enough that rounding them loses next to nothing.
pub(super) fn fineness(costs: &[u64]) -> i64 {
    let total: u64 = costs.iter().sum::<u64>().max(1);
    // Sums of a few thousand multipliers, none above the dearest edge, stay within 63 bits.
    1 << (50_u32.saturating_sub(64 - total.leading_zeros())).min(12)
}

/// The cuts that are not yet met by what is decided.
pub(super) struct Relaxation<'a> {
    pub(super) costs: &'a [u64],
    pub(super) fine: i64,
    pub(super) decided: &'a [Decided],
    pub(super) cuts: &'a [Cut],
}

impl Relaxation<'_> {
    /// How many more edges a cut needs.
    fn wants(&self, cut: &Cut) -> i64 {
        let inside = cut.edges.iter().filter(|&&edge| self.decided[edge] == Decided::In).count();
        cut.needed.saturating_sub(inside) as i64
    }

    /// Raises the bound step by step along the subgradient, until it reaches `enough` or the steps are over.
    ///
    /// For any multipliers `u ≥ 0`: `Σ u·wanted + Σ min(0, cost − Σ u)` over the open edges, and what is
    /// decided, is a bound.
    pub(super) fn raised(&self, start: Vec<i64>, enough: u64, steps: usize) -> Bound {
        let wants: Vec<i64> = self.cuts.iter().map(|cut| self.wants(cut)).collect();
        let decided: i64 = (0..self.costs.len())
            .filter(|&edge| self.decided[edge] == Decided::In)
            .map(|edge| self.costs[edge] as i64 * self.fine)
            .sum();
        let dearest = self.costs.iter().max().map_or(0, |&cost| cost as i64 * self.fine);
        let target = enough as i64 * self.fine;
        let mut multipliers = start;
        multipliers.resize(self.cuts.len(), 0);
        let mut best = self.at(&multipliers, &wants, decided);
        let (mut step, mut stale, mut counted) = (1.0, 0, 0.0);
        let mut often = vec![0.0; self.costs.len()];
        let mut here = self.at(&multipliers, &wants, decided);
        for round in 0..steps {
            if best.least >= enough || step < 0.002 {
                break;
            }
            let slopes = self.slopes(&here.reduced, &wants);
            let size: f64 = slopes.iter().map(|&slope| (slope * slope) as f64).sum();
            if size == 0.0 {
                break;
            }
            let stride = step * (target - here.value) as f64 / size;
            for (multiplier, slope) in multipliers.iter_mut().zip(&slopes) {
                *multiplier = (*multiplier + (stride * *slope as f64) as i64).clamp(0, dearest);
            }
            here = self.at(&multipliers, &wants, decided);
            if here.value > best.value {
                best = self.at(&multipliers, &wants, decided);
                stale = 0;
            } else {
                stale += 1;
                if stale == 8 {
                    (step, stale) = (step / 2.0, 0);
                }
            }
            if round * 2 >= steps || step < 0.1 {
                counted += 1.0;
                for (edge, often) in often.iter_mut().enumerate() {
                    *often += f64::from(u8::from(self.takes(edge, &here.reduced)));
                }
            }
        }
        best.often = often.into_iter().map(|often| if counted > 0.0 { often / counted } else { 0.0 }).collect();
        best
    }

    fn takes(&self, edge: usize, reduced: &[i64]) -> bool {
        self.decided[edge] == Decided::Open && reduced[edge] < 0
    }

    /// The bound that some multipliers give.
    fn at(&self, multipliers: &[i64], wants: &[i64], decided: i64) -> Bound {
        let mut reduced: Vec<i64> = self.costs.iter().map(|&cost| cost as i64 * self.fine).collect();
        let mut value = decided;
        for ((cut, &multiplier), &wanted) in self.cuts.iter().zip(multipliers).zip(wants) {
            if wanted > 0 && multiplier > 0 {
                value += multiplier * wanted;
                cut.edges.iter().for_each(|&edge| reduced[edge] -= multiplier);
            }
        }
        value += (0..reduced.len()).filter(|&edge| self.takes(edge, &reduced)).map(|edge| reduced[edge]).sum::<i64>();
        let least = value.max(0).div_euclid(self.fine) + i64::from(value.max(0) % self.fine != 0);
        Bound { least: least as u64, multipliers: multipliers.to_vec(), reduced, value, often: Vec::new() }
    }

    fn slopes(&self, reduced: &[i64], wants: &[i64]) -> Vec<i64> {
        let slope = |(cut, &wanted): (&Cut, &i64)| match wanted {
            0 => 0,
            wanted => wanted - cut.edges.iter().filter(|&&edge| self.takes(edge, reduced)).count() as i64,
        };
        self.cuts.iter().zip(wants).map(slope).collect()
    }
}
