//! Cost keys: how joint lines fall to the partners.

use super::input::{OptionInput, Partner};

/// The share of joint lines that falls to each partner under the option's key; they add up to 1.
///
/// A key for which nobody has a figure falls back to equal shares: `gather` refuses that earlier.
pub(super) fn shares(option: &OptionInput, partners: &[Partner]) -> Vec<f64> {
    let figures = figures(option, partners);
    let total: f64 = figures.iter().sum();
    if total > 0.0 {
        figures.iter().map(|figure| figure / total).collect()
    } else {
        vec![1.0 / partners.len() as f64; partners.len()]
    }
}

/// Each partner's figure under the option's key; nought where it has none.
pub(super) fn figures(option: &OptionInput, partners: &[Partner]) -> Vec<f64> {
    partners.iter().map(|partner| figure(option, partner).unwrap_or(0.0)).collect()
}

/// The partners without the figure that the option's key needs, with the figure's name.
pub(super) fn lacking(option: &OptionInput, partners: &[Partner]) -> Vec<(String, String)> {
    let mut whose = option.lines.iter().map(|line| &line.authority);
    let mut risks = option.risks.iter().map(|risk| &risk.authority);
    let mut bids = option.bids.iter().map(|bid| &bid.authority);
    let joint = |authority: &String| authority == "joint";
    if !whose.any(joint) && !risks.any(joint) && !bids.any(joint) {
        return Vec::new();
    }
    partners
        .iter()
        .filter(|partner| figure(option, partner).is_none())
        .map(|partner| (partner.code.clone(), key(option).to_owned()))
        .collect()
}

/// The key's name.
pub(super) fn key(option: &OptionInput) -> &str {
    option.cost_key.as_deref().unwrap_or("equal")
}

fn figure(option: &OptionInput, partner: &Partner) -> Option<f64> {
    match key(option) {
        "budget" => partner.budget,
        "users" => partner.users,
        "devices" => partner.devices,
        "population" => partner.population,
        "usage" => partner.usage,
        "stated" => Some(option.stated_shares.get(&partner.code).copied().unwrap_or(0.0)),
        _ => Some(1.0),
    }
}
