//! Counts of a target's values in narrow bins: quantiles in flat memory, with a bound on what that adds.

use crate::quantiles;

/// Narrow bins over the body of a target's values, wider ones over its two tails.
///
/// The first and the last bin also hold whatever lies beyond them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    /// Lower tail, body, upper tail: each begins where the one before ends.
    zones: [Zone; 3],
    /// All bins: a power of two.
    count: usize,
}

/// Even bins over one part of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Zone {
    from: f64,
    to: f64,
    width: f64,
    per_unit: f64,
    first: usize,
}

impl Zone {
    fn new(from: f64, to: f64, first: usize, count: usize) -> Zone {
        let width = (to - from) / count as f64;
        Zone { from, to, width, per_unit: 1.0 / width, first }
    }

    /// How many bins of this zone lie below `value`.
    #[inline(always)]
    fn passed(&self, value: f64) -> f64 {
        let value = if value < self.to { value } else { self.to };
        let value = if value > self.from { value } else { self.from };
        (value - self.from) * self.per_unit
    }
}

/// Values whose bins are found before any is counted, so that the machine may find them side by side.
const AT_ONCE: usize = 128;
/// The body reaches from this quantile of the pilot to its mirror: wide enough to hold P10 and P90 whatever the pilot's chance.
const BODY_TAIL: f64 = 0.08;
/// How far the tails' bins reach beyond the pilot's extremes, as a share of the distance between them.
const MARGIN: f64 = 0.1;

impl Bins {
    /// Bins for a target of which a pilot run saw these values, which it rearranges. `count` is a power of two from 8.
    pub fn around(pilot: &mut [f64], count: usize) -> Bins {
        let [minimum, low, high, maximum] = quantiles::quantiles(pilot, [0.0, BODY_TAIL, 1.0 - BODY_TAIL, 1.0]);
        let size = minimum.abs().max(maximum.abs()).max(1e-280);
        // A target that hardly varies still gets bins wider than rounding.
        let least = size * 1e-9;
        let slack = 0.01 * (high - low) + least;
        let margin = MARGIN * (maximum - minimum) + least;
        let (low, high) = (low - slack, high + slack);
        let (start, end) = (minimum.min(low) - margin, maximum.max(high) + margin);
        let tail = count / 8;
        let zones = [
            Zone::new(start, low, 0, tail),
            Zone::new(low, high, tail, count - 2 * tail),
            Zone::new(high, end, count - tail, tail),
        ];
        Bins { zones, count }
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
        let [lower, body, upper] = self.zones;
        let mut bins = [0_u64; AT_ONCE];
        for values in values.chunks(AT_ONCE) {
            for (bin, &value) in bins.iter_mut().zip(values) {
                let at = lower.passed(value) + body.passed(value) + upper.passed(value) - 0.5;
                let at = if at < last { at } else { last };
                *bin = (at + ROUND).to_bits();
            }
            for &bin in &bins[..values.len()] {
                counts[bin as usize & mask] += 1;
            }
        }
    }

    /// The ends of a bin, the outer ones ending at the extremes seen.
    fn ends(&self, bin: usize, minimum: f64, maximum: f64) -> (f64, f64) {
        let zone = self.zones.iter().rev().find(|zone| zone.first <= bin).unwrap_or(&self.zones[0]);
        let edge = |at: usize| zone.from + zone.width * (at - zone.first) as f64;
        let from = if bin == 0 { minimum.min(edge(bin)) } else { edge(bin) };
        let to = if bin + 1 == self.count { maximum.max(edge(bin + 1)) } else { edge(bin + 1) };
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

    /// How many values lie below `edge`, as if each bin's values lay evenly in it.
    pub fn below(&self, edge: f64) -> u64 {
        let mut before = 0;
        for (bin, &count) in self.counts.iter().enumerate() {
            let (from, to) = self.bins.ends(bin, self.minimum, self.maximum);
            if edge < to {
                let part = ((edge - from) / (to - from)).clamp(0.0, 1.0);
                return before + (part * count as f64).round() as u64;
            }
            before += count;
        }
        before
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
            let mut pilot = values[..seen.min(values.len())].to_vec();
            let least = |of: &[f64]| of.iter().copied().fold(f64::INFINITY, f64::min);
            let most = |of: &[f64]| of.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let bins = Bins::around(&mut pilot, 64);
            let mut counts = vec![0_u32; bins.count()];
            bins.tally(&values, &mut counts);
            let counts: Vec<u64> = counts.into_iter().map(u64::from).collect();
            let sketch = Sketch { bins, counts: &counts, minimum: least(&values), maximum: most(&values) };
            let (found, bound) = sketch.quantile(p);
            let exact = quantiles::quantiles(&mut values.clone(), [p])[0];
            prop_assert!((found - exact).abs() <= bound * (1.0 + 1e-9) + 1e-9, "{} {} {}", found, exact, bound);
        }
    }
}
