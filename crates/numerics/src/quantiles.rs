//! Quantiles of a list of values, by the definition that spreadsheets and numpy use.

/// The quantile of `sorted` values at probability `p`, by definition 7: straight-line between order statistics.
///
/// With `h = (n − 1) p`, it is `x[⌊h⌋] + (h − ⌊h⌋) (x[⌊h⌋ + 1] − x[⌊h⌋])`, counted from 0. NaN where there are no values.
///
/// Source: Hyndman and Fan (1996), "Sample quantiles in statistical packages", The American Statistician 50(4), 361–365.
///
/// ```
/// # use penshaw_numerics::quantiles::quantile_of_sorted;
/// assert_eq!(quantile_of_sorted(&[1.0, 2.0, 4.0, 8.0], 0.5), 3.0);
/// assert_eq!(quantile_of_sorted(&[10.0, 20.0], 0.1), 11.0);
/// ```
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let (at, part) = position(sorted.len() as u64, p);
    let below = sorted[at as usize];
    let above = sorted[(at as usize + 1).min(sorted.len() - 1)];
    between(below, above, part)
}

/// The quantiles at several probabilities of values in any order, which it rearranges: quicker than sorting them all.
///
/// ```
/// # use penshaw_numerics::quantiles::quantiles;
/// assert_eq!(quantiles(&mut [8.0, 1.0, 4.0, 2.0], [0.0, 0.5, 1.0]), [1.0, 3.0, 8.0]);
/// ```
pub fn quantiles<const N: usize>(values: &mut [f64], probabilities: [f64; N]) -> [f64; N] {
    if values.is_empty() {
        return [f64::NAN; N];
    }
    let last = values.len() - 1;
    let mut ranks: Vec<usize> = Vec::with_capacity(2 * N);
    for p in probabilities {
        let (at, _) = position(values.len() as u64, p);
        ranks.extend([at as usize, (at as usize + 1).min(last)]);
    }
    ranks.sort_unstable();
    ranks.dedup();
    settle(values, 0, &ranks);
    // Only the ranks asked for are in their places, and no other is looked at.
    probabilities.map(|p| quantile_of_sorted(values, p))
}

/// Puts the values of the given ranks, counted from `first`, in their places; between them the order is any.
fn settle(values: &mut [f64], first: usize, ranks: &[usize]) {
    if ranks.is_empty() {
        return;
    }
    let (below, rest) = ranks.split_at(ranks.len() / 2);
    let (left, _, right) = values.select_nth_unstable_by(rest[0] - first, f64::total_cmp);
    settle(left, first, below);
    settle(right, rest[0] + 1, &rest[1..]);
}

/// Where the quantile at `p` lies among `count` order statistics: the lower one, from 0, and the part of the way to the next.
pub(crate) fn position(count: u64, p: f64) -> (u64, f64) {
    let h = (count - 1) as f64 * p.clamp(0.0, 1.0);
    (h.floor() as u64, h - h.floor())
}

fn between(below: f64, above: f64, part: f64) -> f64 {
    if part == 0.0 { below } else { below + part * (above - below) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn selecting_agrees_with_sorting(values in prop::collection::vec(-1e6..1e6_f64, 1..200), p in 0.0..=1.0_f64) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let selected = quantiles(&mut values.clone(), [0.9, p, 0.1]);
            prop_assert_eq!(selected, [0.9, p, 0.1].map(|p| quantile_of_sorted(&sorted, p)));
        }

        #[test]
        fn a_greater_probability_never_gives_a_lesser_quantile(
            mut values in prop::collection::vec(-1e6..1e6_f64, 1..100), p in 0.0..=1.0_f64, q in 0.0..=1.0_f64,
        ) {
            values.sort_by(f64::total_cmp);
            let (low, high) = (p.min(q), p.max(q));
            prop_assert!(quantile_of_sorted(&values, low) <= quantile_of_sorted(&values, high) + 1e-9);
        }
    }
}
