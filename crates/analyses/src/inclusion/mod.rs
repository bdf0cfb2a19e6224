//! Where is digital exclusion, and what helps: need by small area, what programmes reach, and what came of them.
#![doc = include_str!("method.md")]

mod chain;
mod cost;
mod findings;
mod gainshare;
mod need;
mod outcome;
mod present;
mod programmes;
mod reach;
mod skills;
mod vintages;
mod weights;

use penshaw_basis::{Basis, Date, Source};
use penshaw_documents::Block;
use penshaw_register::{Area, Bid, InclusionOutcome, InclusionProgramme, JointRegister, Kind, SkillsSurvey, SmallArea};
use serde::{Deserialize, Serialize};

pub use need::{deri_total, on_ten, weighted_mean};
pub use outcome::*;
pub use weights::{Indicator, NeedWeights, Scale, Weights};

use crate::named::{self, Named};
use crate::owned::entries;
use crate::{Analysis, Missing, Need};

/// Where is digital exclusion, and what helps?
pub struct Inclusion;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the parameters in force.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The areas of joint work, to which programmes belong.
    #[serde(default)]
    pub areas: Vec<Named>,
    /// The small areas, each with the authority that it lies in.
    #[serde(default)]
    pub small_areas: Vec<OwnedArea>,
    /// The programmes.
    #[serde(default)]
    pub programmes: Vec<InclusionProgramme>,
    /// What programmes did, by authority of residence and year.
    #[serde(default)]
    pub outcomes: Vec<InclusionOutcome>,
    /// What people could do before and after.
    #[serde(default)]
    pub surveys: Vec<SkillsSurvey>,
    /// Shares of profit that contracts may give back.
    #[serde(default)]
    pub gainshares: Vec<Bid>,
}

/// A small area and the authority that it lies in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnedArea {
    /// The authority's code.
    pub owner: String,
    /// The entry.
    #[serde(flatten)]
    pub area: SmallArea,
}

impl OwnedArea {
    /// The entry as a source.
    pub fn source(&self) -> Source {
        Source::entry(&self.owner, &self.area.reference)
    }
}

impl Analysis for Inclusion {
    const NAME: &'static str = "inclusion";
    const QUESTION: &'static str = "Where is digital exclusion, and what helps?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] =
        &[(Kind::SmallArea, "population"), (Kind::SmallArea, "aged_65_and_over")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let small_areas = joint.all::<SmallArea>().into_iter();
        let input = Input {
            on,
            partners: named::partners(joint),
            areas: entries::<Area>(joint).into_iter().map(|area| Named::new(area.reference, area.name)).collect(),
            small_areas: small_areas.map(|held| OwnedArea { owner: held.owner, area: held.entry }).collect(),
            programmes: entries(joint),
            outcomes: entries(joint),
            surveys: entries(joint),
            gainshares: entries::<Bid>(joint).into_iter().filter(gainshare::is_one).collect(),
        };
        if input.small_areas.is_empty() && input.programmes.is_empty() {
            return Err(Missing { needs: needed(&input.partners) });
        }
        Ok(input)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        outcome::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn needed(partners: &[Named]) -> Vec<Need> {
    let areas = partners.iter().map(|partner| Need {
        what: format!("the small areas of {}, with what shows their need", partner.name),
        of: partner.code.clone(),
        hint: "add to the sheet Small areas, and share it".into(),
    });
    let programmes = Need {
        what: "the programmes that help people to use what is digital".into(),
        of: "partnership".into(),
        hint: "add to the sheet Inclusion programmes".into(),
    };
    areas.chain([programmes]).collect()
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
