//! By when must we act: notice days, a plan by which contracts end together, who may join, and what is paid without a contract.
#![doc = include_str!("method.md")]

mod answer;
mod consents;
mod findings;
mod gather;
mod given;
mod groups;
mod joining;
mod means;
mod opportunities;
mod outcome;
mod plan;
mod present;
mod spend;
mod terms;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Consent, Contract, Direction, JointRegister, Kind, Payment, SupplierName};
use serde::{Deserialize, Serialize};

use crate::named::Named;
use crate::{Analysis, Missing, Owned};

pub use outcome::*;

/// By when must we act?
pub struct Contracts;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The contracts that are shared.
    #[serde(default)]
    pub contracts: Vec<Owned<Contract>>,
    /// Applications that are bought under a contract, with the function that they serve.
    #[serde(default)]
    pub applications: Vec<Bought>,
    /// What was paid to suppliers.
    #[serde(default)]
    pub payments: Vec<Owned<Payment>>,
    /// Which supplier goes by which name now.
    #[serde(default)]
    pub supplier_names: Vec<SupplierName>,
    /// Directions under which contracts need consent.
    #[serde(default)]
    pub directions: Vec<Direction>,
    /// The consents.
    #[serde(default)]
    pub consents: Vec<Consent>,
    /// How many procurements the partners run at a time; taken from the number of contracts where it is left out.
    #[serde(default)]
    pub procurements: Option<u32>,
}

/// An application under a contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bought {
    /// The authority's code.
    pub authority: String,
    /// The contract's reference.
    pub contract: String,
    /// The number of the function that it serves.
    pub function: Option<String>,
}

impl Analysis for Contracts {
    const NAME: &'static str = "contracts";
    const QUESTION: &'static str = "By when must we act?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] =
        &[(Kind::Contract, "annual_value"), (Kind::Contract, "value"), (Kind::Payment, "amount")];
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

/// The same problem as its plan is solved from, for another solver to solve beside ours; nothing where nothing can be planned.
pub fn scheduling_problem(input: &Input, basis: &Basis) -> Option<penshaw_numerics::scheduling::Problem> {
    answer::problem(input, basis)
}

#[cfg(test)]
mod tests;
