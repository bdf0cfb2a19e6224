//! The keys that councils use: equal shares, budgets, users, devices, population, usage, stated shares, hybrid.

use std::collections::BTreeMap;

use super::{CostTable, Member, Method};

/// The measures by which the hybrid key shares recurring costs, the best first.
const MEASURES_OF_USE: [Method; 4] = [Method::Usage, Method::Users, Method::Devices, Method::Population];

/// The figure of each member by which a key shares, or why it cannot.
pub(super) fn figures(key: Method, members: &[Member], stated: &BTreeMap<String, f64>) -> Result<Vec<f64>, String> {
    if key == Method::Stated && stated.is_empty() {
        return Err("No shares are stated.".into());
    }
    let lacking: Vec<&str> = members
        .iter()
        .filter(|member| figure(key, member, stated).is_none())
        .map(|member| member.code.as_str())
        .collect();
    if lacking.len() == members.len() {
        return Err(format!("No partner's {} is recorded.", measure(key)));
    }
    if !lacking.is_empty() {
        return Err(format!("No {} for {}.", measure(key), lacking.join(", ")));
    }
    let figures: Vec<f64> = members.iter().filter_map(|member| figure(key, member, stated)).collect();
    let sound = figures.iter().all(|figure| figure.is_finite() && *figure >= 0.0);
    match figures.iter().sum::<f64>() {
        total if sound && total > 0.0 => Ok(figures),
        _ => Err(format!("The {} figures are not above nought.", measure(key))),
    }
}

/// What a key measures, in words.
pub(super) fn measure(key: Method) -> &'static str {
    match key {
        Method::Budget => "yearly ICT budget",
        Method::Stated => "stated share",
        Method::Users => "number of users",
        Method::Devices => "number of devices",
        other => other.name(),
    }
}

fn figure(key: Method, member: &Member, stated: &BTreeMap<String, f64>) -> Option<f64> {
    match key {
        Method::Equal => Some(1.0),
        Method::Budget => member.budget,
        Method::Users => member.users,
        Method::Devices => member.devices,
        Method::Population => member.population,
        Method::Usage => member.usage,
        // Shares that add up to 1 leave nothing to a partner that is not named.
        Method::Stated => Some(stated.get(&member.code).copied().unwrap_or(0.0)),
        _ => None,
    }
}

/// What each pays under a key: its own cost, and of the rest a part by its figure.
///
/// `share_i = own_i + figure_i / Σ figure × (c(N) − Σ own)`. Where costs were given as a table,
/// nothing is own and the key shares the whole.
pub(super) fn by_figures(table: &CostTable, figures: &[f64]) -> Vec<f64> {
    let own: f64 = table.own.iter().sum();
    divided(table.grand() - own, figures).iter().zip(&table.own).map(|(part, own)| own + part).collect()
}

/// What each pays where one-off joint costs are shared equally and recurring ones by use.
pub(super) fn hybrid(table: &CostTable, members: &[Member]) -> Result<Vec<f64>, String> {
    let one_off = table.one_off.ok_or("A table of costs does not tell one-off joint costs from recurring ones.")?;
    let none = BTreeMap::new();
    let of_use = MEASURES_OF_USE.iter().find_map(|key| figures(*key, members, &none).ok());
    let of_use = of_use.ok_or("No measure of use is known for every partner.")?;
    let own: f64 = table.own.iter().sum();
    let once = divided(one_off, &vec![1.0; table.count()]);
    let each_year = divided(table.grand() - own - one_off, &of_use);
    let joint = once.iter().zip(&each_year).map(|(once, each_year)| once + each_year);
    Ok(joint.zip(&table.own).map(|(joint, own)| joint + own).collect())
}

fn divided(amount: f64, figures: &[f64]) -> Vec<f64> {
    let all: f64 = figures.iter().sum();
    figures.iter().map(|figure| amount * figure / all).collect()
}
