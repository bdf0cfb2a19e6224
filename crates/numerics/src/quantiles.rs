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

/// The same quantile of values in any order, which it may rearrange: quicker than sorting them all.
///
/// ```
/// # use penshaw_numerics::quantiles::quantile;
/// assert_eq!(quantile(&mut [8.0, 1.0, 4.0, 2.0], 0.5), 3.0);
/// ```
pub fn quantile(values: &mut [f64], p: f64) -> f64 {
    if values.is_empty() {
        return f64::NAN;
    }
    let (at, part) = position(values.len() as u64, p);
    let (_, &mut below, rest) = values.select_nth_unstable_by(at as usize, f64::total_cmp);
    let above = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
    between(below, above, part)
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
            prop_assert_eq!(quantile(&mut values.clone(), p), quantile_of_sorted(&sorted, p));
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
