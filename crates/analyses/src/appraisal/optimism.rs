//! Optimism bias: how far estimates of a kind have been passed, less what has been dealt with.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::input::MitigationInput;
use super::outcome::OptimismOutcome;

/// The parameter: each category's bounds, as fractions of the estimate.
pub(super) type Bounds = BTreeMap<String, Category>;

/// One category of project.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Category {
    pub(super) label: String,
    pub(super) capital_expenditure: Option<Bound>,
    pub(super) operating_expenditure: Option<Bound>,
}

/// The upper and the lower bound of a category.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Bound {
    pub(super) upper: f64,
    pub(super) lower: f64,
}

/// What remains of an optimism bias: `U × (1 − Σ cᵢ·mᵢ)`, never below the lower bound.
///
/// `mitigations` holds each risk area's contribution to the bias and how much of it
/// has been dealt with, both as fractions.
///
/// Source: Mott MacDonald (2002), "Review of large public procurement in the UK",
/// section 4; HM Treasury, supplementary Green Book guidance: optimism bias.
///
/// ```
/// use penshaw_analyses::appraisal::remaining_bias;
/// // The study's worked example: works duration of a non-standard building, upper bound 39 %.
/// let managed = [(0.05, 1.0), (0.02, 1.0), (0.22, 0.4), (0.05, 1.0), (0.03, 1.0)];
/// let bias = remaining_bias(0.39, 0.02, &managed);
/// assert_eq!(format!("{:.1} %", bias * 100.0), "29.7 %");
/// assert_eq!(format!("{:.1} months", 28.0 * (1.0 + bias)), "36.3 months");
/// ```
pub fn remaining_bias(upper: f64, lower: f64, mitigations: &[(f64, f64)]) -> f64 {
    (upper * (1.0 - mitigated(mitigations))).max(lower)
}

/// How much of a bias has been dealt with: `Σ cᵢ·mᵢ`.
fn mitigated(mitigations: &[(f64, f64)]) -> f64 {
    mitigations.iter().map(|(contribution, mitigated)| contribution * mitigated).sum()
}

/// The bias of one category and kind of spending under an option's mitigations, or under the
/// share that the line states; none where the study gives the category no figure of that kind.
pub(super) fn bias(
    bounds: &Bounds,
    category: &str,
    capital: bool,
    mitigations: &[MitigationInput],
    stated: Option<f64>,
) -> Option<OptimismOutcome> {
    let found = bounds.get(category)?;
    let bound = if capital { found.capital_expenditure } else { found.operating_expenditure }?;
    let recorded = mitigations.iter().filter(|mitigation| mitigation.category == category);
    let recorded = recorded.map(|mitigation| (mitigation.contribution, mitigation.mitigated));
    let own: Vec<(f64, f64)> = stated.map_or_else(|| recorded.collect(), |share| vec![(1.0, share)]);
    Some(OptimismOutcome {
        category: found.label.clone(),
        kind: if capital { "capital".into() } else { "operating".into() },
        upper: bound.upper,
        lower: bound.lower,
        mitigated: mitigated(&own),
        applied: remaining_bias(bound.upper, bound.lower, &own),
    })
}
