//! Placement on its own: the neutral instance format of `penshaw place`.

mod check;
mod instance;

use std::collections::BTreeMap;

use penshaw_numerics::assignment::{self, Effort, Infeasible};
use serde::{Deserialize, Serialize};

pub use check::{Broken, check};
pub use instance::{NeutralInstance, NeutralModule, NeutralSite, NeutralWorkload, NotAnInstance};

use super::model::Resource;

/// What came of placing a neutral instance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedInstance {
    /// "optimal" if nothing is cheaper by more than the gap that was asked for, else "feasible".
    pub status: String,
    /// What the placement costs, in the instance's unit.
    pub objective: f64,
    /// No placement costs less.
    pub bound: f64,
    /// How much cheaper the best could be, as a part of the objective.
    pub gap: f64,
    /// The gap that was asked for.
    pub gap_asked: f64,
    /// Nodes of the search tree that were opened.
    pub nodes: u64,
    /// Where each workload runs and is recovered, in the instance's order.
    pub placement: Vec<PlacedWorkload>,
    /// How many modules each site buys.
    pub modules: BTreeMap<String, u32>,
}

/// Where a workload runs, and where it is recovered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedWorkload {
    /// The workload.
    pub workload: String,
    /// Where it runs.
    pub primary: String,
    /// Where it is recovered: a site of another authority.
    pub recovery: String,
}

/// Places the workloads of an instance.
///
/// # Errors
/// [`NotAnInstance`], if anything in it makes no sense, or nothing fits.
///
/// ```
/// use penshaw_analyses::placement::neutral::{NeutralInstance, check, place};
/// use penshaw_numerics::assignment::Effort;
/// let site = |name: &str, authority: u32, cost: u32| format!(
///     r#"{{"name": "{name}", "authority": {authority}, "power_kw": 2, "u": 4, "storage_tb": 10, "run_per_kw": {cost},
///          "module": {{"power_kw": 1, "u": 2, "storage_tb": 5, "cost": 1000, "max": 1}}}}"#);
/// let instance = NeutralInstance::from_json(&format!(
///     r#"{{"sites": [{}, {}], "workloads": [{{"name": "GIS", "owner": 0, "power_kw": 1, "u": 2, "storage_tb": 3, "users": 10}}],
///          "affinity_groups": [], "latency_ms": [[0, 5], [5, 0]], "replication_cost_per_tb": [[0, 100], [90, 0]],
///          "user_latency_cost": 1.1, "replica_factor": 0.8}}"#, site("Here", 0, 1000), site("There", 1, 1400)))?;
/// let placed = place(&instance, &Effort::default())?;
/// // 1,000 to run here, a quarter of 1,400 to stand by there, 3 TB copied at 100.
/// assert_eq!((placed.objective, placed.bound, placed.status.as_str()), (1650.0, 1650.0, "optimal"));
/// assert_eq!(check(&instance, &placed), Ok(1650.0));
/// # Ok::<(), penshaw_analyses::placement::neutral::NotAnInstance>(())
/// ```
pub fn place(instance: &NeutralInstance, effort: &Effort) -> Result<PlacedInstance, NotAnInstance> {
    let order = instance.order()?;
    let (problem, meanings) = instance.model()?.problem();
    let solution = assignment::solve(&problem, effort).map_err(|why| instance.refusal(&why, &meanings))?;
    let pairs = instance.pairs();
    let mut placement: Vec<Option<PlacedWorkload>> = vec![None; instance.workloads.len()];
    for (group, choices) in order.iter().zip(&solution.choices) {
        for (&workload, &choice) in group.iter().zip(choices) {
            let (primary, recovery) = pairs[choice];
            placement[workload] = Some(PlacedWorkload {
                workload: instance.workloads[workload].name.clone(),
                primary: instance.sites[primary].name.clone(),
                recovery: instance.sites[recovery].name.clone(),
            });
        }
    }
    let modules = instance.sites.iter().zip(&solution.modules).map(|(site, bought)| (site.name.clone(), *bought));
    Ok(PlacedInstance {
        status: if solution.proved { "optimal" } else { "feasible" }.into(),
        objective: solution.cost,
        bound: solution.bound,
        gap: solution.gap(),
        gap_asked: effort.gap,
        nodes: solution.nodes,
        placement: placement.into_iter().flatten().collect(),
        modules: modules.collect(),
    })
}

impl NeutralInstance {
    /// Why nothing fits, in the instance's own names.
    fn refusal(&self, why: &Infeasible, meanings: &[Resource]) -> NotAnInstance {
        let named = |resource: &usize| match meanings[*resource] {
            Resource::Storage(site) => format!("storage at {}", self.sites[site].name),
            Resource::Power(site, lost) => {
                format!("power at {} while {} is lost", self.sites[site].name, self.sites[lost].name)
            }
            Resource::Units(site, lost) => {
                format!("rack units at {} while {} is lost", self.sites[site].name, self.sites[lost].name)
            }
            Resource::Apart(..) => "places apart".into(),
        };
        NotAnInstance::NothingFits(match why {
            Infeasible::TooSmall { resource, needed, most, .. } => {
                format!("{} is {most:.3} at most, with all modules, but {needed:.3} is needed", named(resource))
            }
            Infeasible::Together { resources } if resources.len() <= 6 => {
                let names: Vec<String> = resources.iter().map(named).collect();
                format!("together, these cannot hold all workloads: {}", names.join("; "))
            }
            Infeasible::Together { .. } => {
                "the sites together cannot hold all workloads with any one of them lost".into()
            }
            other => other.to_string(),
        })
    }
}

#[cfg(test)]
mod tests;
