//! Who decides, lawfully and fairly: each recorded scheme held against the law, and who has the power in it.
#![doc = include_str!("method.md")]

mod agreement;
mod board;
mod clauses;
mod deadlock;
mod divisions;
mod finding;
mod law;
mod lawful;
mod outcome;
mod power;
mod present;
mod reserved;
mod seats;
mod tables;
mod terms;
mod told;
mod two_partners;
mod wanting;

#[cfg(test)]
mod tests;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Division, JointRegister, ReservedMatter, Scheme, SchemeMember};
use serde::{Deserialize, Serialize};

pub use agreement::agreement;
pub use finding::Finding;
pub use outcome::{
    Chances, Deadlock, DividedAs, Outcome, Power, PowerOf, Reserved, SchemeAnswer, Standing, Suggested, TwoPartners,
    TwoPartnersBy, UnderChair, Way,
};

use crate::{Analysis, Missing, owned};

/// Who decides, lawfully and fairly?
#[derive(Clone, Copy, Debug)]
pub struct Governance;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the law in force.
    pub on: Date,
    /// The partners, in the order in which reports name them.
    #[serde(default)]
    pub authorities: Vec<Partner>,
    /// The schemes.
    #[serde(default)]
    pub schemes: Vec<Scheme>,
    /// What each authority has in them.
    #[serde(default)]
    pub members: Vec<SchemeMember>,
    /// The matters that the authorities keep for themselves.
    #[serde(default)]
    pub reserved: Vec<ReservedMatter>,
    /// Decisions to try the schemes on.
    #[serde(default)]
    pub divisions: Vec<Division>,
}

/// A partner and its size.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Partner {
    /// Its code.
    pub code: String,
    /// Its name; the code where it is left out.
    pub name: String,
    /// The people who live in its area.
    pub population: Option<u64>,
    /// The people who use its ICT service.
    pub users: Option<u64>,
    /// Where these figures come from, in its own words.
    pub source: Option<String>,
}

impl Partner {
    /// The name; the code where it has none.
    pub fn known_as(&self) -> &str {
        if self.name.is_empty() { &self.code } else { &self.name }
    }
}

impl Input {
    /// The name of an authority; the code itself where it is no partner.
    pub(crate) fn name_of<'a>(&'a self, code: &'a str) -> &'a str {
        self.partner(code).map_or(code, Partner::known_as)
    }

    pub(crate) fn partner(&self, code: &str) -> Option<&Partner> {
        self.authorities.iter().find(|partner| partner.code == code)
    }
}

impl Analysis for Governance {
    const NAME: &'static str = "governance";
    const QUESTION: &'static str = "Who decides, lawfully and fairly?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 2;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let schemes: Vec<Scheme> = owned::entries(joint);
        if schemes.is_empty() {
            return Err(Missing::one(
                "a way of governing the shared service: a joint committee, a lead authority, a company or a contract",
                "partnership",
                "add to the sheet Schemes, one entry a scheme, and to the sheet Scheme members each authority's seats",
            ));
        }
        Ok(Input {
            on,
            authorities: joint.authorities().iter().map(partner).collect(),
            schemes,
            members: owned::entries(joint),
            reserved: owned::entries(joint),
            divisions: owned::entries(joint),
        })
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        outcome::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn partner(authority: &penshaw_register::Authority) -> Partner {
    Partner {
        code: authority.code.clone(),
        name: authority.name.clone(),
        population: authority.population,
        users: authority.users,
        source: authority.source.clone(),
    }
}
