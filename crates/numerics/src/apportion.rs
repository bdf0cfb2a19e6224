//! Dividing a whole number of units by weights, so that the parts add up to it.

/// `total` divided in proportion to `weights` by the largest remainder, so that the parts add up to `total` exactly.
///
/// Each part is first its exact share rounded towards zero; the units left over go, one each, to the largest
/// remainders, the earlier entry first where they are equal. A negative total is divided as its positive and
/// the signs turned. `None` where the weights are empty, sum to zero or less, or hold a negative.
///
/// Source: Hamilton's method; Balinski and Young (2001), *Fair Representation*, 2nd edn, ch. 3.
///
/// ```
/// # use penshaw_numerics::apportion::largest_remainder;
/// assert_eq!(largest_remainder(100, &[1, 1, 1]), Some(vec![34, 33, 33]));
/// assert_eq!(largest_remainder(-10, &[3, 1]), Some(vec![-8, -2]));
/// assert_eq!(largest_remainder(10, &[0, 0]), None);
/// ```
pub fn largest_remainder(total: i64, weights: &[i64]) -> Option<Vec<i64>> {
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum <= 0 || weights.iter().any(|&weight| weight < 0) {
        return None;
    }
    let magnitude = i128::from(total).abs();
    let mut parts: Vec<i128> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    for (at, &weight) in weights.iter().enumerate() {
        let product = magnitude.checked_mul(i128::from(weight))?;
        parts.push(product / sum);
        remainders.push((product % sum, at));
    }
    let left = magnitude - parts.iter().sum::<i128>();
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for &(_, at) in remainders.iter().take(left as usize) {
        parts[at] += 1;
    }
    let sign = i128::from(total.signum());
    parts.into_iter().map(|part| i64::try_from(sign * part).ok()).collect()
}

/// Whole parts nearest to `amounts` that add up to `total`, by the largest remainder.
///
/// Each amount is rounded down, and the units by which `total` exceeds the sum go, one each, to the largest
/// fractions (the earlier entry first where they are equal). `None` where that is not possible: an amount is not
/// an ordinary number, or `total` differs from the amounts' sum by a unit or more per entry.
///
/// Source: as [`largest_remainder`].
///
/// ```
/// # use penshaw_numerics::apportion::rounded_to_total;
/// assert_eq!(rounded_to_total(&[33.4, 33.3, 33.3], 100), Some(vec![34, 33, 33]));
/// assert_eq!(rounded_to_total(&[-0.5, 0.5], 0), Some(vec![0, 0]));
/// assert_eq!(rounded_to_total(&[1.0, 2.0], 9), None);
/// ```
pub fn rounded_to_total(amounts: &[f64], total: i64) -> Option<Vec<i64>> {
    // Beyond 2^53 a float no longer tells whole numbers apart.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    if amounts.iter().any(|amount| amount.is_nan() || amount.abs() > LARGEST) {
        return None;
    }
    let mut parts: Vec<i64> = amounts.iter().map(|amount| amount.floor() as i64).collect();
    let sum: i128 = parts.iter().map(|&part| i128::from(part)).sum();
    let left = usize::try_from(i128::from(total) - sum).ok()?;
    if left > amounts.len() {
        return None;
    }
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    let fraction = |at: usize| amounts[at] - amounts[at].floor();
    order.sort_by(|&one, &other| fraction(other).total_cmp(&fraction(one)).then(one.cmp(&other)));
    for &at in order.iter().take(left) {
        parts[at] += 1;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_add_up_and_each_is_within_one_unit_of_its_share(
            total in any::<i64>(), weights in prop::collection::vec(0..1_000_000_i64, 1..12),
        ) {
            let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
            prop_assume!(sum > 0);
            let parts = largest_remainder(total, &weights).expect("weights are proper");
            prop_assert_eq!(parts.iter().map(|&part| i128::from(part)).sum::<i128>(), i128::from(total));
            for (&part, &weight) in parts.iter().zip(&weights) {
                let off = i128::from(part) * sum - i128::from(total) * i128::from(weight);
                prop_assert!(off.abs() < sum);
            }
        }

        #[test]
        fn rounded_parts_add_up(amounts in prop::collection::vec(-1e9..1e9_f64, 1..12)) {
            let total = amounts.iter().sum::<f64>().round() as i64;
            let parts = rounded_to_total(&amounts, total).expect("the total is the amounts' own");
            prop_assert_eq!(parts.iter().sum::<i64>(), total);
            for (part, amount) in parts.iter().zip(&amounts) {
                prop_assert!((*part as f64 - amount).abs() <= 1.0);
            }
        }
    }
}
