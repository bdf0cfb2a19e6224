//! Who can do what, and what if they leave: skills by post, single holders, the risk of a year, and cover under each option.
#![doc = include_str!("method.md")]

mod answers;
mod cover;
mod findings;
mod gather;
mod held;
mod levels;
mod measures;
mod outcome;
mod present;
mod risk;

use penshaw_basis::{Basis, Date, Money, Source};
use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind};
use serde::{Deserialize, Serialize};

use crate::named::{ListedOption, Named};
use crate::{Analysis, Missing};

pub use levels::Scheme;
pub use outcome::*;

/// How many trials are drawn unless it is said otherwise.
pub const TRIALS: u64 = 100_000;

/// Who can do what, and what if they leave?
pub struct Skills;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the parameters in force.
    pub on: Date,
    /// How many trials the number of uncovered skills is sampled in.
    #[serde(default = "trials")]
    pub trials: u64,
    /// The seed of the trials.
    #[serde(default)]
    pub seed: u64,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The options.
    #[serde(default)]
    pub options: Vec<ListedOption>,
    /// The posts that are shared.
    #[serde(default)]
    pub posts: Vec<PostInput>,
    /// The skills that are needed.
    #[serde(default)]
    pub needs: Vec<NeedInput>,
}

fn trials() -> u64 {
    TRIALS
}

/// A post and its skills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PostInput {
    /// The authority's code.
    pub authority: String,
    /// Its reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Its full-time equivalent; one person where it is left out.
    pub fte: Option<f64>,
    /// Whether somebody holds it; taken as yes where it is left out.
    pub filled: Option<bool>,
    /// Its skills, each with its level: `Network management: expert`.
    pub skills: Vec<String>,
    /// How likely it is that a holder leaves within a year, retirement left out.
    pub leaving: Option<f64>,
    /// How likely it is that a holder retires within a year.
    pub retiring: Option<f64>,
    /// Whether a holder could stand in at a partner; taken as no where it is left out.
    pub covers_partners: Option<bool>,
}

impl PostInput {
    /// The entry.
    pub fn source(&self) -> Source {
        Source::entry(&self.authority, &self.reference)
    }
}

/// A skill that an authority needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NeedInput {
    /// The authority's code.
    pub authority: String,
    /// Its reference.
    pub reference: String,
    /// The skill.
    pub skill: String,
    /// The least level that is enough; any where it is left out.
    pub level: Option<String>,
    /// How many people must hold it; one where it is left out.
    pub people: Option<u64>,
    /// What training one more person to that level costs, in pence.
    pub training_cost: Option<Money>,
    /// How long that takes, in months.
    pub training_months: Option<f64>,
    /// What keeping one holder costs in a year over pay, in pence.
    pub retention_cost: Option<Money>,
}

impl NeedInput {
    /// The entry.
    pub fn source(&self) -> Source {
        Source::entry(&self.authority, &self.reference)
    }
}

impl Analysis for Skills {
    const NAME: &'static str = "skills";
    const QUESTION: &'static str = "Who can do what, and what if they leave?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::Post, "fte")];
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
