//! The need of a small area: indicators on one scale, weighed, ranked and put in bands.

use penshaw_register::SmallArea;

use super::weights::{Indicator, NeedWeights, Weights};

/// A value on the scale from 0 to 10, as the Digital Exclusion Risk Index scales its indicators:
/// `10 × (value − least) / (most − least)`, held within 0 and 10.
///
/// Source: Greater Manchester Combined Authority, Digital Exclusion Risk Index, methodology v1.0.
///
/// ```
/// use penshaw_analyses::inclusion::on_ten;
/// assert_eq!(on_ten(0.2, 0.0, 0.5), 4.0);
/// assert_eq!(on_ten(0.6, 0.0, 0.5), 10.0); // beyond the end of the scale
/// ```
pub fn on_ten(value: f64, least: f64, most: f64) -> f64 {
    (10.0 * (value - least) / (most - least)).clamp(0.0, 10.0)
}

/// The weighted mean of values, `Σ weight × value / Σ weight`: it lies within their range, and only the
/// proportions of the weights matter. Nothing where the weights sum to nought.
///
/// ```
/// use penshaw_analyses::inclusion::weighted_mean;
/// assert_eq!(weighted_mean(&[(4.0, 1.0), (7.0, 2.0)]), Some(6.0));
/// assert_eq!(weighted_mean(&[(4.0, 10.0), (7.0, 20.0)]), Some(6.0));
/// assert_eq!(weighted_mean(&[]), None);
/// ```
pub fn weighted_mean(values: &[(f64, f64)]) -> Option<f64> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    let sum: f64 = values.iter().map(|(value, weight)| value * weight).sum();
    (total > 0.0).then(|| sum / total)
}

/// The score of an area in the Digital Exclusion Risk Index: the mean of its three components, where all are known.
pub fn deri_total(area: &SmallArea) -> Option<f64> {
    let components = [area.deri_broadband?, area.deri_demography?, area.deri_deprivation?];
    Some(components.iter().sum::<f64>() / components.len() as f64)
}

/// The indicators that count: weighed, and carried by more than the given share of the areas.
pub(super) fn counting(areas: &[&SmallArea], weights: &Weights, scales: &NeedWeights) -> Vec<Indicator> {
    let enough = scales.counts_above_share * areas.len() as f64;
    let carried = |indicator: &Indicator| carried_by(areas, *indicator, scales) as f64 > enough;
    Indicator::ALL.into_iter().filter(|indicator| weights.of(*indicator) > 0.0).filter(carried).collect()
}

/// How many areas carry an indicator.
pub(super) fn carried_by(areas: &[&SmallArea], indicator: Indicator, scales: &NeedWeights) -> usize {
    areas.iter().filter(|area| indicator.of(area, scales).is_some()).count()
}

/// The need of each area; nothing for one that lacks an indicator that counts.
pub(super) fn needs(
    areas: &[&SmallArea],
    weights: &Weights,
    counting: &[Indicator],
    scales: &NeedWeights,
) -> Vec<Option<f64>> {
    let value = |area: &SmallArea, indicator: Indicator| Some((indicator.of(area, scales)?, weights.of(indicator)));
    let need = |area: &&SmallArea| {
        let values: Option<Vec<_>> = counting.iter().map(|indicator| value(area, *indicator)).collect();
        weighted_mean(&values?)
    };
    areas.iter().map(need).collect()
}

/// The place of each need, 1 for the highest; equal needs share a place, and the next place is left out.
pub(super) fn ranks(needs: &[Option<f64>]) -> Vec<Option<usize>> {
    let mut known: Vec<f64> = needs.iter().flatten().copied().collect();
    known.sort_by(|one, other| other.total_cmp(one));
    let place = |need: f64| known.partition_point(|other| *other > need) + 1;
    needs.iter().map(|need| need.map(place)).collect()
}

/// The band of a place among so many: bands of as many areas each, 1 for the highest need.
pub(super) fn band(rank: usize, of: usize, bands: usize) -> usize {
    (rank - 1) * bands / of + 1
}

/// Whether each place is among the highest: the given share of the areas, rounded up, and those equal to the last.
pub(super) fn highest(ranks: &[Option<usize>], share: f64) -> Vec<bool> {
    let scored = ranks.iter().flatten().count();
    // A hair less, so that a tenth of 30 is 3 however the product is rounded.
    let wanted = (share * scored as f64 - 1e-9).ceil() as usize;
    ranks.iter().map(|rank| rank.is_some_and(|rank| rank <= wanted)).collect()
}
