//! What an analysis is: gather what is shared, answer purely, present the answer.

use std::fmt;

use penshaw_basis::{Basis, Date};
use penshaw_documents::{Block, Workbook};
use penshaw_register::{JointRegister, Kind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::left_out;

/// A question about what the partners share, and the way to its answer.
pub trait Analysis {
    /// Its name on the command line and in addresses, such as `cost-shares`.
    const NAME: &'static str;
    /// The question, as a person would ask it.
    const QUESTION: &'static str;
    /// Its method in words: the folder's `method.md`.
    const METHOD: &'static str;
    /// Rises whenever the shape of the input or of the outcome changes.
    const VERSION: u32;
    /// The fields of estates that its totals add up: each answer says how many figures no total holds.
    const ADDS_UP: &'static [(Kind, &'static str)] = &[];
    /// What it needs, gathered.
    type Input: Serialize + DeserializeOwned;
    /// What it answers.
    type Outcome: Serialize + DeserializeOwned;

    /// Takes from the joint register what the question needs.
    ///
    /// # Errors
    /// [`Missing`], if the partners have not recorded or shared enough to answer.
    fn gather(joint: &JointRegister, on: Date) -> Result<Self::Input, Missing>;

    /// Answers. Reads no clock and draws no number that the input's seed does not fix.
    fn analyse(input: &Self::Input, basis: &Basis) -> Self::Outcome;

    /// The answer as blocks, headings starting at level 3.
    fn present(outcome: &Self::Outcome) -> Vec<Block>;

    /// The answer as a workbook that recomputes it, where it has one.
    fn workbook(_outcome: &Self::Outcome) -> Option<Workbook> {
        None
    }
}

/// What has not been recorded or shared, without which a question cannot be answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{}", .needs.iter().map(Need::to_string).collect::<Vec<_>>().join("; "))]
pub struct Missing {
    /// Each thing that is needed.
    pub needs: Vec<Need>,
}

/// One thing that is needed, and where to put it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// What is needed.
    pub what: String,
    /// Who can give it: an authority's code, or `partnership`.
    pub of: String,
    /// Where to record or share it.
    pub hint: String,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (from {}): {}", self.what, self.of, self.hint)
    }
}

impl Missing {
    /// One thing that is needed.
    pub fn one(what: impl Into<String>, of: impl Into<String>, hint: impl Into<String>) -> Self {
        Missing { needs: vec![Need { what: what.into(), of: of.into(), hint: hint.into() }] }
    }
}

/// What came of running a listed analysis: everything that a run keeps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ran {
    /// The analysis's name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The input, as JSON.
    pub input: serde_json::Value,
    /// The outcome, as JSON.
    pub outcome: serde_json::Value,
    /// The answer as blocks.
    pub blocks: Vec<Block>,
}

/// An analysis without its types, so that all of them can stand in one list.
#[derive(Clone, Copy)]
pub struct Listed {
    /// Its name on the command line and in addresses.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its method in words.
    pub method: &'static str,
    /// Its version.
    pub version: u32,
    /// The fields of estates that its totals add up.
    pub adds_up: &'static [(Kind, &'static str)],
    missing: fn(&JointRegister, Date) -> Option<Missing>,
    run: fn(&JointRegister, Date, &Basis, Option<Sampling>) -> Result<Ran, Missing>,
}

impl Listed {
    /// What the question lacks, without answering it.
    pub fn missing(&self, joint: &JointRegister, on: Date) -> Option<Missing> {
        (self.missing)(joint, on)
    }

    /// Gathers, answers and presents.
    ///
    /// # Errors
    /// [`Missing`], if the question cannot be answered from what is shared.
    pub fn run(&self, joint: &JointRegister, on: Date, basis: &Basis) -> Result<Ran, Missing> {
        (self.run)(joint, on, basis, None)
    }

    /// The same, with its ranges sampled as asked where it has any.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_sampled(
        &self,
        joint: &JointRegister,
        on: Date,
        basis: &Basis,
        sampling: Sampling,
    ) -> Result<Ran, Missing> {
        (self.run)(joint, on, basis, Some(sampling))
    }
}

impl fmt::Debug for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listed").field("name", &self.name).finish_non_exhaustive()
    }
}

/// An analysis for the list.
pub const fn listed<A: Analysis>() -> Listed {
    Listed {
        name: A::NAME,
        question: A::QUESTION,
        method: A::METHOD,
        version: A::VERSION,
        adds_up: A::ADDS_UP,
        missing: |joint, on| A::gather(joint, on).err(),
        run: run::<A>,
    }
}

/// How the ranges of an analysis are sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// Trials.
    pub trials: u64,
    /// The seed.
    pub seed: u64,
}

fn run<A: Analysis>(
    joint: &JointRegister,
    on: Date,
    basis: &Basis,
    sampling: Option<Sampling>,
) -> Result<Ran, Missing> {
    let gathered = A::gather(joint, on)?;
    let mut as_json = serde_json::to_value(&gathered).expect("an input is plain data");
    let input = match sampling {
        Some(Sampling { trials, seed }) if as_json.get("seed").is_some() => {
            (as_json["trials"], as_json["seed"]) = (trials.into(), seed.into());
            serde_json::from_value(as_json.clone()).expect("an input reads back as itself")
        }
        _ => gathered,
    };
    let outcome = A::analyse(&input, basis);
    Ok(Ran {
        name: A::NAME.to_owned(),
        version: A::VERSION,
        input: as_json,
        outcome: serde_json::to_value(&outcome).expect("an outcome is plain data"),
        blocks: left_out::note(joint, A::ADDS_UP).into_iter().chain(A::present(&outcome)).collect(),
    })
}
