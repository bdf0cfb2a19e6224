//! Which links and sites does the region need: what each failure cuts, the cheapest additions that survive it, and when.
#![doc = include_str!("method.md")]

mod additions;
mod answer;
mod failures;
mod gather;
mod input;
mod outcome;
mod present;
mod region;
mod road_map;
mod strategy;
#[cfg(test)]
mod tests;

use penshaw_basis::{Basis, Date, Source};
use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind};

pub use input::{Contract, Hosting, Input, Link, Site};
pub use outcome::{
    Additions, ApparentDiversity, Event, EventKind, Failing, Failure, Finding, LinkAnswer, Outcome, SiteAnswer, Term,
    TermKind,
};
pub use strategy::strategy;

use crate::{Analysis, Missing};

/// Which links and sites does the region need?
#[derive(Clone, Copy, Debug)]
pub struct NetworkOfRegion;

impl Analysis for NetworkOfRegion {
    const NAME: &'static str = "network";
    const QUESTION: &'static str = "Which links and sites does the region need?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] = &[(Kind::Link, "annual_cost")];
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

/// The entry behind a code such as `SCC/S1`.
fn source(code: &str) -> Source {
    let (owner, reference) = code.split_once('/').unwrap_or((penshaw_register::PARTNERSHIP, code));
    Source::entry(owner, reference)
}

/// The authority in a code such as `SCC/S1`.
fn owner(code: &str) -> &str {
    code.split_once('/').map_or(penshaw_register::PARTNERSHIP, |(owner, _)| owner)
}

/// Words as they are compared: without regard to capitals and spaces.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
