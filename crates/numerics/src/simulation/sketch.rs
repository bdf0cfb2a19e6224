//! Counts of a target's values in narrow bins: quantiles in flat memory, with a bound on what that adds.

use crate::quantiles;

/// Even bins from `low`, with one bin for all below and one for all above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    pub low: f64,
    pub width: f64,
    per_unit: f64,
    /// All bins, the outer two among them: a power of two.
    count: usize,
}

/// How far the bins reach beyond the pilot's extremes, as a share of the distance between them, on each side.
const MARGIN: f64 = 0.25;

impl Bins {
    /// Bins around what a pilot run saw. `count` is a power of two.
    pub fn around(minimum: f64, maximum: f64, count: usize) -> Bins {
        let size = minimum.abs().max(maximum.abs()).max(1e-280);
        // A target that hardly varies still gets bins wider than rounding.
        let span = (maximum - minimum).max(size * 1e-9);
        let low = minimum - MARGIN * span;
        let width = (1.0 + 2.0 * MARGIN) * span / (count - 2) as f64;
        Bins { low, width, per_unit: 1.0 / width, count }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    /// Counts the values; `counts` has one place a bin.
    pub fn tally(&self, values: &[f64], counts: &mut [u32]) {
        // As in the tables: the rounded sum stands in the low bits. Half less rounds down.
        const ROUND: f64 = 6_755_399_441_055_744.0;
        let last = (self.count - 1) as f64;
        let mask = counts.len() - 1;
        for &value in values {
            let at = (value - self.low) * self.per_unit + 0.5;
            let at = if at < last { at } else { last };
            let at = if at > 0.0 { at } else { 0.0 };
            counts[(at + ROUND).to_bits() as usize & mask] += 1;
        }
    }

    /// The ends of a bin, the outer ones ending at the extremes seen.
    fn ends(&self, bin: usize, minimum: f64, maximum: f64) -> (f64, f64) {
        let edge = |at: usize| self.low + self.width * at as f64;
        let from = if bin == 0 { minimum.min(self.low) } else { edge(bin - 1) };
        let to = if bin + 1 == self.count { maximum.max(edge(bin - 1)) } else { edge(bin) };
        (from, to)
    }
}

/// A target's counts in its bins, with the extremes seen.
pub struct Sketch<'a> {
    pub bins: Bins,
    pub counts: &'a [u64],
    pub minimum: f64,
    pub maximum: f64,
}

impl Sketch<'_> {
    /// The type-7 quantile at `p`, as if each bin's values lay evenly in it, and the greatest error of that.
    ///
    /// Each of the two order statistics lies in its own bin, so the error is at most that bin's width.
    pub fn quantile(&self, p: f64) -> (f64, f64) {
        let total: u64 = self.counts.iter().sum();
        let (at, part) = quantiles::position(total, p);
        let (below, error_below) = self.order_statistic(at);
        let (above, error_above) = self.order_statistic((at + 1).min(total - 1));
        let value = below + part * (above - below);
        (value.clamp(self.minimum, self.maximum), error_below.max(error_above))
    }

    /// Even chart bins over `low` to `high`, each made of whole bins of the sketch: their start and width.
    pub fn chart_bins(&self, low: f64, high: f64, count: usize) -> (f64, f64) {
        let first = ((low - self.bins.low) / self.bins.width).floor();
        let last = ((high - self.bins.low) / self.bins.width).ceil().max(first + 1.0);
        let whole = ((last - first) / count as f64).ceil();
        let spare = (whole * count as f64 - (last - first)) / 2.0;
        (self.bins.low + self.bins.width * (first - spare.floor()), self.bins.width * whole)
    }

    /// How many values lie in bins that begin below `edge`, which is itself the edge of a bin.
    pub fn below(&self, edge: f64) -> u64 {
        let bins = ((edge - self.bins.low) / self.bins.width).round();
        if bins < 0.0 {
            return 0;
        }
        self.counts.iter().take(bins as usize + 1).sum()
    }

    fn order_statistic(&self, rank: u64) -> (f64, f64) {
        let mut before = 0;
        for (bin, &count) in self.counts.iter().enumerate() {
            if rank < before + count {
                let (from, to) = self.bins.ends(bin, self.minimum, self.maximum);
                let part = ((rank - before) as f64 + 0.5) / count as f64;
                return (from + part * (to - from), to - from);
            }
            before += count;
        }
        (self.maximum, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sketched_quantile_is_within_its_stated_bound(
            values in prop::collection::vec(-100.0..100.0_f64, 2..300), p in 0.0..=1.0_f64, seen in 1..50_usize,
        ) {
            // The pilot sees only the first few, so that some values fall outside its bins.
            let pilot = &values[..seen.min(values.len())];
            let least = |of: &[f64]| of.iter().copied().fold(f64::INFINITY, f64::min);
            let most = |of: &[f64]| of.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let bins = Bins::around(least(pilot), most(pilot), 64);
            let mut counts = vec![0_u32; bins.count()];
            bins.tally(&values, &mut counts);
            let counts: Vec<u64> = counts.into_iter().map(u64::from).collect();
            let sketch = Sketch { bins, counts: &counts, minimum: least(&values), maximum: most(&values) };
            let (found, bound) = sketch.quantile(p);
            let exact = quantiles::quantile(&mut values.clone(), p);
            prop_assert!((found - exact).abs() <= bound * (1.0 + 1e-9) + 1e-9, "{} {} {}", found, exact, bound);
        }
    }
}
