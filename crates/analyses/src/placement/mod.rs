//! What should run where: each workload at a primary site and recovered at another authority's, at least cost, with proof.
#![doc = include_str!("method.md")]

mod agreements;
mod answer;
mod candidates;
mod costs;
mod estate;
mod gather;
mod groups;
mod loads;
pub mod model;
pub mod neutral;
mod opportunities;
mod outcome;
mod present;
mod shortage;
mod today;
mod wanting;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{HostingAgreement, JointRegister, Kind, Link, Site, Workload};
use serde::{Deserialize, Serialize};

pub use costs::{CopyParameters, CostParameters, Costs, MoveParameters, Parameters};
pub use outcome::{
    AgreementNeed, Check, Finding, Load, ModulesBought, Outcome, PlacedSite, Placement as WorkloadPlacement, Shortage,
    SiteLoad, Status, WhenLost,
};

use crate::Owned;
use crate::named::Named;
use crate::{Analysis, Missing};

/// How many steps the search may take, unless the input says otherwise.
const NODES: u64 = 2_000;

/// How many steps the search may take for a number of workloads: fewer for many, whose steps are longer.
pub fn steps(workloads: usize) -> u64 {
    const STEPS_TIMES_WORKLOADS: u64 = 200_000;
    (STEPS_TIMES_WORKLOADS / (workloads as u64).max(1)).clamp(200, 20_000)
}

/// What should run where?
pub struct Placement;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the parameters and agreements in force.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The sites.
    #[serde(default)]
    pub sites: Vec<Owned<Site>>,
    /// The workloads.
    #[serde(default)]
    pub workloads: Vec<Owned<Workload>>,
    /// The links.
    #[serde(default)]
    pub links: Vec<Owned<Link>>,
    /// The hosting agreements.
    #[serde(default)]
    pub agreements: Vec<HostingAgreement>,
    /// The area of joint work that placement serves, by reference.
    #[serde(default)]
    pub area: Option<String>,
    /// How many steps the search may take: a limit by work, so that every machine gives the same answer.
    #[serde(default = "nodes")]
    pub nodes: u64,
}

const fn nodes() -> u64 {
    NODES
}

impl Analysis for Placement {
    const NAME: &'static str = "placement";
    const QUESTION: &'static str = "What should run where?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[
        (Kind::Site, "running_cost_per_kw"),
        (Kind::Site, "module_cost"),
        (Kind::Workload, "power_kw"),
        (Kind::Workload, "storage_tb"),
        (Kind::Workload, "users"),
        (Kind::Workload, "moving_cost"),
    ];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::input(joint, on)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        answer::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

#[cfg(test)]
mod tests;
