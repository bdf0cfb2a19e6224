//! Do we hold what we use, together: entitlements against installations, for each authority and pooled, and who may use whose.
#![doc = include_str!("method.md")]

mod answers;
mod delivery;
mod exposure;
mod findings;
mod gather;
mod need;
mod opportunities;
mod outcome;
mod parameters;
mod pools;
mod positions;
mod present;
mod products;
mod reuse;
mod support;
mod territory;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Application, Contract, Installation, JointRegister, Kind, Licence, SupplierName};
use serde::{Deserialize, Serialize};

use crate::named::{ListedOption, Named};
use crate::owned::Owned;
use crate::{Analysis, Missing};

pub use need::Span;
pub use outcome::*;
pub use parameters::Asks;

/// Do we hold what we use, together?
pub struct Licences;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Partner>,
    /// The options, for the ways of delivering that they name.
    #[serde(default)]
    pub options: Vec<ListedOption>,
    /// The area of joint work that is judged by licences, where there is one.
    #[serde(default)]
    pub area: Option<String>,
    /// What the authorities are entitled to use.
    #[serde(default)]
    pub licences: Vec<Owned<Licence>>,
    /// What they are measured to use.
    #[serde(default)]
    pub installations: Vec<Owned<Installation>>,
    /// Their contracts.
    #[serde(default)]
    pub contracts: Vec<Owned<Contract>>,
    /// Their applications, for the day on which support ends.
    #[serde(default)]
    pub applications: Vec<Owned<Application>>,
    /// What people have said of suppliers' names.
    #[serde(default)]
    pub supplier_names: Vec<SupplierName>,
}

/// An authority, as far as licences ask of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The people who live in its area.
    #[serde(default)]
    pub population: Option<u64>,
}

impl Input {
    /// The partners by code and name.
    fn named(&self) -> Vec<Named> {
        self.partners.iter().map(|partner| Named::new(&partner.code, &partner.name)).collect()
    }
}

impl Analysis for Licences {
    const NAME: &'static str = "licences";
    const QUESTION: &'static str = "Do we hold what we use, together?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] =
        &[(Kind::Licence, "entitled"), (Kind::Licence, "annual_cost"), (Kind::Installation, "used")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::gather(joint, on)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        answers::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

#[cfg(test)]
mod tests;
