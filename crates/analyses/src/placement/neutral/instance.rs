//! The neutral instance: sites, workloads and what placing them costs, as other solvers' generators write it.

use serde::{Deserialize, Serialize};

use crate::placement::model::{Capacity, Member, Model, ModuleOffer, Needs, Way};

/// Sites that could hold workloads, and the workloads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralInstance {
    /// The sites.
    pub sites: Vec<NeutralSite>,
    /// The workloads.
    pub workloads: Vec<NeutralWorkload>,
    /// Workloads that share a primary site, by their places among the workloads, counted from 0.
    pub affinity_groups: Vec<Vec<usize>>,
    /// Milliseconds from site to site.
    pub latency_ms: Vec<Vec<f64>>,
    /// What a copy costs a TB, from primary to recovery.
    pub replication_cost_per_tb: Vec<Vec<f64>>,
    /// What a millisecond between a user's own site and the primary costs.
    pub user_latency_cost: f64,
    /// The share of the storage that a copy takes.
    pub replica_factor: f64,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralSite {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub authority: u64,
    /// Power in kW.
    pub power_kw: f64,
    /// Rack units.
    pub u: f64,
    /// Storage in TB.
    pub storage_tb: f64,
    /// What a kW costs to run.
    pub run_per_kw: f64,
    /// The module that it could add.
    pub module: NeutralModule,
}

/// A module of capacity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralModule {
    /// Power in kW.
    pub power_kw: f64,
    /// Rack units.
    pub u: f64,
    /// Storage in TB.
    pub storage_tb: f64,
    /// What it costs.
    pub cost: f64,
    /// How many there may be.
    pub max: u32,
}

/// A workload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeutralWorkload {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: u64,
    /// Power in kW.
    pub power_kw: f64,
    /// Rack units.
    pub u: f64,
    /// Storage in TB.
    pub storage_tb: f64,
    /// Its users.
    pub users: f64,
}

/// Why an instance cannot be placed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotAnInstance {
    /// The text is not such an instance.
    #[error("{field}: {reason}")]
    Unreadable {
        /// Where.
        field: String,
        /// Why.
        reason: String,
    },
    /// A field that makes no sense.
    #[error("{field} {reason}")]
    Field {
        /// Which.
        field: String,
        /// Why.
        reason: String,
    },
    /// There is no placement.
    #[error("nothing fits: {0}")]
    NothingFits(String),
}

fn wrong<T>(field: impl Into<String>, reason: impl Into<String>) -> Result<T, NotAnInstance> {
    Err(NotAnInstance::Field { field: field.into(), reason: reason.into() })
}

impl NeutralInstance {
    /// Reads an instance from JSON.
    ///
    /// # Errors
    /// [`NotAnInstance`], naming the field that is wrong.
    pub fn from_json(text: &str) -> Result<Self, NotAnInstance> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let instance: Self = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let field = match error.path().to_string() {
                path if path == "." => "the instance".into(),
                path => path,
            };
            NotAnInstance::Unreadable { field, reason: error.into_inner().to_string() }
        })?;
        reader
            .end()
            .map_err(|error| NotAnInstance::Unreadable { field: "the file".into(), reason: error.to_string() })?;
        instance.check()?;
        Ok(instance)
    }

    fn check(&self) -> Result<(), NotAnInstance> {
        self.check_amounts()?;
        for (field, table) in
            [("latency_ms", &self.latency_ms), ("replication_cost_per_tb", &self.replication_cost_per_tb)]
        {
            let sites = self.sites.len();
            if table.len() != sites || table.iter().any(|row| row.len() != sites) {
                return wrong(field, format!("must have a row and a column for each of the {sites} sites"));
            }
        }
        for (place, workload) in self.workloads.iter().enumerate() {
            if !self.sites.iter().any(|site| site.authority == workload.owner) {
                let reason = format!("is {}, but no site is of that authority", workload.owner);
                return wrong(format!("workloads[{place}].owner"), reason);
            }
        }
        unlike("sites", self.sites.iter().map(|site| &site.name))?;
        unlike("workloads", self.workloads.iter().map(|workload| &workload.name))?;
        if self.pairs().is_empty() {
            return wrong("sites", "must belong to two authorities or more: a workload is recovered at another's site");
        }
        self.order().map(|_| ())
    }

    fn check_amounts(&self) -> Result<(), NotAnInstance> {
        let amount = |field: String, amount: f64| match amount >= 0.0 {
            true => Ok(()),
            false => wrong(field, format!("is {amount}, and must not be below 0")),
        };
        for (place, site) in self.sites.iter().enumerate() {
            let module = &site.module;
            for (field, value) in [
                ("power_kw", site.power_kw),
                ("u", site.u),
                ("storage_tb", site.storage_tb),
                ("run_per_kw", site.run_per_kw),
                ("module.power_kw", module.power_kw),
                ("module.u", module.u),
                ("module.storage_tb", module.storage_tb),
                ("module.cost", module.cost),
            ] {
                amount(format!("sites[{place}].{field}"), value)?;
            }
        }
        for (place, workload) in self.workloads.iter().enumerate() {
            for (field, value) in [
                ("power_kw", workload.power_kw),
                ("u", workload.u),
                ("storage_tb", workload.storage_tb),
                ("users", workload.users),
            ] {
                amount(format!("workloads[{place}].{field}"), value)?;
            }
        }
        amount("user_latency_cost".into(), self.user_latency_cost)?;
        amount("replica_factor".into(), self.replica_factor)
    }

    /// Groups first, then the workloads that are in none, each as a group of its own.
    pub(super) fn order(&self) -> Result<Vec<Vec<usize>>, NotAnInstance> {
        let mut grouped = vec![false; self.workloads.len()];
        for (group, members) in self.affinity_groups.iter().enumerate() {
            for &member in members {
                match grouped.get_mut(member) {
                    None => {
                        let reason = format!("names workload {member}, but there are {}", self.workloads.len());
                        return wrong(format!("affinity_groups[{group}]"), reason);
                    }
                    Some(true) => {
                        let reason = format!("names workload {member}, which is in a group already");
                        return wrong(format!("affinity_groups[{group}]"), reason);
                    }
                    Some(grouped) => *grouped = true,
                }
            }
        }
        let alone = (0..self.workloads.len()).filter(|&workload| !grouped[workload]).map(|workload| vec![workload]);
        Ok(self.affinity_groups.iter().cloned().chain(alone).collect())
    }

    /// Where a workload may run and be recovered: at sites of two authorities.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let sites = 0..self.sites.len();
        let pairs = sites.clone().flat_map(|primary| sites.clone().map(move |recovery| (primary, recovery)));
        pairs.filter(|&(primary, recovery)| self.sites[primary].authority != self.sites[recovery].authority).collect()
    }

    /// What a workload costs at a pair of sites, to the penny.
    ///
    /// Running it, a quarter of that to stand by, its users' waiting, and its copies.
    pub(super) fn cost(&self, workload: &NeutralWorkload, primary: usize, recovery: usize) -> f64 {
        let home = self.sites.iter().position(|site| site.authority == workload.owner).unwrap_or(primary);
        let cost = self.sites[primary].run_per_kw * workload.power_kw
            + 0.25 * self.sites[recovery].run_per_kw * workload.power_kw
            + self.user_latency_cost * workload.users * self.latency_ms[home][primary]
            + self.replication_cost_per_tb[primary][recovery] * workload.storage_tb;
        // Decimal rounding of the exact number, as the format's own generator does.
        format!("{cost:.2}").parse().unwrap_or(cost)
    }

    /// The instance as sites, needs and ways of placing.
    ///
    /// # Errors
    /// If its groups make no sense.
    pub(super) fn model(&self) -> Result<Model, NotAnInstance> {
        let pairs = self.pairs();
        let member = |workload: &usize| {
            let workload = &self.workloads[*workload];
            let ways = pairs.iter().map(|&(primary, recovery)| Way {
                primary,
                recovery: Some(recovery),
                cost: self.cost(workload, primary, recovery),
            });
            let needs = Needs { power_kw: workload.power_kw, rack_units: workload.u, storage_tb: workload.storage_tb };
            Member { needs, ways: ways.collect() }
        };
        let capacity = |site: &NeutralSite| Capacity {
            power_kw: Some(site.power_kw),
            rack_units: Some(site.u),
            storage_tb: Some(site.storage_tb),
        };
        let offer = |(site, given): (usize, &NeutralSite)| {
            let module = &given.module;
            let adds = Needs { power_kw: module.power_kw, rack_units: module.u, storage_tb: module.storage_tb };
            ModuleOffer { site, adds, cost: module.cost, most: module.max }
        };
        Ok(Model {
            sites: self.sites.iter().map(capacity).collect(),
            offers: self.sites.iter().enumerate().map(offer).collect(),
            groups: self.order()?.iter().map(|group| group.iter().map(member).collect()).collect(),
            apart: Vec::new(),
            replica_factor: self.replica_factor,
        })
    }
}

fn unlike<'a>(field: &str, names: impl Iterator<Item = &'a String>) -> Result<(), NotAnInstance> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return wrong(field, format!("has \"{name}\" twice"));
        }
    }
    Ok(())
}
