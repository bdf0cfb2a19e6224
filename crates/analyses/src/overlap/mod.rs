//! Where the same thing is run twice: products under other names, functions under other products, suppliers, and what sharing saves.
#![doc = include_str!("method.md")]

mod answer;
mod blockers;
mod duplicates;
mod entries;
mod functions;
mod gather;
mod groups;
mod matrix;
mod naming;
mod one_name;
mod opportunities;
mod outcome;
mod parameters;
mod present;
mod products;
mod reviews;
mod savings;
mod suggestions;
mod suppliers;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Application, Contract, JointRegister, Kind, Licence, ProductReview, SupplierName};
use serde::{Deserialize, Serialize};

use crate::named::Named;
use crate::{Analysis, Missing, Owned};

pub use outcome::*;
pub use parameters::Range;
pub use reviews::reviews_that_split;

/// Where do we run the same thing twice?
pub struct Overlap;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the parameters in force and for what has ended.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The applications that are shared.
    #[serde(default)]
    pub applications: Vec<Owned<Application>>,
    /// The contracts that are shared.
    #[serde(default)]
    pub contracts: Vec<Owned<Contract>>,
    /// The licences that are shared.
    #[serde(default)]
    pub licences: Vec<Owned<Licence>>,
    /// What people have said of entries that might mean the same product.
    #[serde(default)]
    pub reviews: Vec<ProductReview>,
    /// What suppliers are called now.
    #[serde(default)]
    pub supplier_names: Vec<SupplierName>,
    /// How many annual costs of applications each owner keeps back.
    #[serde(default)]
    pub kept_back: Vec<KeptBack>,
    /// The area of joint work that overlap serves, by reference.
    #[serde(default)]
    pub area: Option<String>,
}

/// What one owner keeps back of its applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptBack {
    /// The owner's code.
    pub authority: String,
    /// Annual costs of entries that it otherwise shares.
    pub costs: usize,
    /// Whole entries.
    pub entries: usize,
}

impl Analysis for Overlap {
    const NAME: &'static str = "overlap";
    const QUESTION: &'static str = "Where do we run the same thing twice?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::Application, "annual_cost")];
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
