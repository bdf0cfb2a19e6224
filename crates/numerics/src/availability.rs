//! The share of time in which things that fail are there, alone, in a row and side by side.

/// Hours of a year of 365 days.
pub const HOURS_OF_A_YEAR: f64 = 8_760.0;

/// The availability of things that are all needed: `Π aᵢ`, if they fail independently.
///
/// ```
/// # use penshaw_numerics::availability::series;
/// assert!((series(&[0.9, 0.5]) - 0.45).abs() < 1e-15);
/// assert_eq!(series(&[]), 1.0); // nothing is needed
/// ```
pub fn series(availabilities: &[f64]) -> f64 {
    availabilities.iter().product()
}

/// The availability of things of which one is enough: `1 − Π (1 − aᵢ)`, if they fail independently.
///
/// ```
/// # use penshaw_numerics::availability::parallel;
/// // Two sites of 99.741 % each.
/// assert_eq!(format!("{:.6}", 100.0 * parallel(&[0.99741, 0.99741])), "99.999329");
/// assert_eq!(parallel(&[]), 0.0); // nothing is there
/// ```
pub fn parallel(availabilities: &[f64]) -> f64 {
    1.0 - availabilities.iter().map(|availability| 1.0 - availability).product::<f64>()
}

/// The availability of two things of which one is enough, where a share `β` of failures takes both.
///
/// The beta-factor method: with unavailabilities `uᵢ = 1 − aᵢ`, both are away for
/// `(1 − β)² u₁ u₂ + β min(u₁, u₂)`. The rarer of the two bounds what they can have in common.
/// `β` outside 0 to 1 is taken as the nearer end.
///
/// Source: Fleming (1975), "A reliability model for common mode failures in redundant safety systems", GA-A13284.
///
/// ```
/// # use penshaw_numerics::availability::{parallel, parallel_with_common_cause};
/// assert_eq!(parallel_with_common_cause(0.99, 0.98, 0.0), parallel(&[0.99, 0.98]));
/// // All failures in common: the pair is as good as its better part.
/// assert!((parallel_with_common_cause(0.99, 0.98, 1.0) - 0.99).abs() < 1e-15);
/// ```
pub fn parallel_with_common_cause(first: f64, second: f64, share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    let (away_first, away_second) = (1.0 - first, 1.0 - second);
    let alone = (1.0 - share) * (1.0 - share) * away_first * away_second;
    1.0 - (alone + share * away_first.min(away_second))
}

/// Hours in a year in which something is away: `8,760 (1 − a)`.
///
/// ```
/// # use penshaw_numerics::availability::hours_away;
/// let printed = [0.999, 0.995, 0.99].map(|availability| format!("{:.2}", hours_away(availability)));
/// assert_eq!(printed, ["8.76", "43.80", "87.60"]);
/// ```
pub fn hours_away(availability: f64) -> f64 {
    HOURS_OF_A_YEAR * (1.0 - availability)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_common_cause_never_helps_and_never_makes_a_pair_worse_than_its_better_part(
            first in 0.5..1.0_f64, second in 0.5..1.0_f64, less in 0.0..1.0_f64, more in 0.0..1.0_f64,
        ) {
            let (less, more) = (less.min(more), less.max(more));
            let with = |share| parallel_with_common_cause(first, second, share);
            prop_assert!(with(more) <= with(0.0) + 1e-15);
            prop_assert!(with(more) >= first.max(second) - 1e-15);
            // The penalty grows with the share wherever failures are rarer than half the time.
            prop_assert!(with(more) <= with(less) + 1e-15);
        }

        #[test]
        fn what_is_all_needed_is_there_no_more_than_its_worst_part(parts in prop::collection::vec(0.0..1.0_f64, 1..6)) {
            let worst = parts.iter().copied().fold(1.0, f64::min);
            let best = parts.iter().copied().fold(0.0, f64::max);
            prop_assert!(series(&parts) <= worst + 1e-15);
            prop_assert!(parallel(&parts) >= best - 1e-15);
        }
    }
}
