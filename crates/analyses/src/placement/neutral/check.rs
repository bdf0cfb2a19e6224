//! Whether a placement of an instance is one: every constraint and the cost from the instance alone, with no part of the search.

use super::{NeutralInstance, PlacedInstance};

/// What is wrong with a placement, in words.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(pub String);

/// Checks a placement against the instance, and gives what it costs.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(instance: &NeutralInstance, placed: &PlacedInstance) -> Result<f64, Vec<Broken>> {
    let Some(at) = sites(instance, placed) else {
        return Err(vec![Broken("the placement has other workloads or sites than the instance".into())]);
    };
    let mut broken = Vec::new();
    let bought = |site: usize| f64::from(*placed.modules.get(&instance.sites[site].name).unwrap_or(&0));
    let mut cost = 0.0;
    for (workload, &(primary, recovery)) in instance.workloads.iter().zip(&at) {
        if instance.sites[primary].authority == instance.sites[recovery].authority {
            broken.push(Broken(format!("{} is recovered at its own authority's site", workload.name)));
        }
        cost += instance.cost(workload, primary, recovery);
    }
    for (site, given) in instance.sites.iter().enumerate() {
        if bought(site) > f64::from(given.module.max) {
            broken.push(Broken(format!("{} buys {} modules of {}", given.name, bought(site), given.module.max)));
        }
        cost += given.module.cost * bought(site);
        let mut hold = |what: String, used: f64, capacity: f64, module: f64| {
            let most = capacity + module * bought(site);
            if used > most + 1e-9 * (1.0 + most) {
                broken.push(Broken(format!("{what} at {}: {used} of {most}", given.name)));
            }
        };
        let stored = instance.workloads.iter().zip(&at).map(|(workload, at)| {
            let running = if at.0 == site { workload.storage_tb } else { 0.0 };
            let copied = if at.1 == site { instance.replica_factor * workload.storage_tb } else { 0.0 };
            running + copied
        });
        hold("storage".into(), stored.sum(), given.storage_tb, given.module.storage_tb);
        for (lost, gone) in instance.sites.iter().enumerate().filter(|(lost, _)| *lost != site) {
            let there = || instance.workloads.iter().zip(&at).filter(|(_, at)| at.0 == site || **at == (lost, site));
            let power = there().map(|(workload, _)| workload.power_kw).sum();
            let units = there().map(|(workload, _)| workload.u).sum();
            hold(format!("power with {} lost", gone.name), power, given.power_kw, given.module.power_kw);
            hold(format!("rack units with {} lost", gone.name), units, given.u, given.module.u);
        }
    }
    for group in &instance.affinity_groups {
        if group.iter().any(|&member| at[member].0 != at[group[0]].0) {
            broken.push(Broken(format!("group {group:?} runs at several sites")));
        }
    }
    if (cost - placed.objective).abs() > 1e-6 * (1.0 + cost.abs()) {
        broken.push(Broken(format!("it says that it costs {}, but it costs {cost}", placed.objective)));
    }
    if placed.bound > cost + 1e-6 * (1.0 + cost.abs()) {
        broken.push(Broken(format!("its bound, {}, is above its cost, {cost}", placed.bound)));
    }
    if broken.is_empty() { Ok(cost) } else { Err(broken) }
}

/// Primary and recovery of each workload, if all are there and known.
fn sites(instance: &NeutralInstance, placed: &PlacedInstance) -> Option<Vec<(usize, usize)>> {
    if placed.placement.len() != instance.workloads.len() {
        return None;
    }
    let site = |name: &String| instance.sites.iter().position(|site| site.name == *name);
    let at = instance.workloads.iter().zip(&placed.placement).map(|(workload, placed)| {
        let same = workload.name == placed.workload;
        if same { Some((site(&placed.primary)?, site(&placed.recovery)?)) } else { None }
    });
    at.collect()
}
