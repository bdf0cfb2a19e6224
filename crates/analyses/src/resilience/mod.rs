//! If a site, link or supplier fails, what stops: every single and double failure tried, for whom and for how long.
#![doc = include_str!("method.md")]

mod answer;
mod capacity;
mod dependencies;
mod effects;
mod estate;
mod failures;
mod findings;
mod gather;
mod generated;
mod input;
mod model;
mod outcome;
mod parameters;
mod present;
mod racks;
mod recovery;
mod standing;
mod trials;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind};

pub use generated::{Size, generated};
pub use input::{Input, Owned, with_owner};
pub use outcome::{
    Agreement, BackBasis, Carried, Class, Effect, FailureKind, FailurePart, Finding, LinkStanding, Load, Outcome,
    PairOfSites, RackPlace, RackUse, Recovery, SiteStanding, Stopped, StoppedFor, TestStanding, Times, Tried, Why,
};

use crate::{Analysis, Missing};

/// If a site, link or supplier fails, what stops?
pub struct Resilience;

impl Analysis for Resilience {
    const NAME: &'static str = "resilience";
    const QUESTION: &'static str = "If a site, link or supplier fails, what stops?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[
        (Kind::Workload, "power_kw"),
        (Kind::Workload, "rack_units"),
        (Kind::Workload, "storage_tb"),
        (Kind::Workload, "users"),
        (Kind::Hardware, "power_kw"),
        (Kind::Hardware, "rack_units"),
    ];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::gather(joint, on)
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
