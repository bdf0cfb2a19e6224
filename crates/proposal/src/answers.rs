//! The typed outcomes of the analyses, or what each is missing: all that a proposal is made from.

use penshaw_analyses::alignment::{self, AlignmentOfPartners};
use penshaw_analyses::appraisal::{self, Appraisal};
use penshaw_analyses::completeness::{self, Completeness};
use penshaw_analyses::considerations::{self, Considerations};
use penshaw_analyses::cost_shares::{self, CostShares};
use penshaw_analyses::fit::{self, FitOfOptions};
use penshaw_analyses::impacts::{self, Impacts};
use penshaw_analyses::{ALL, Analysis, Listed, Missing, Sampling};
use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Area, JointRegister};

/// An outcome, or what is missing for it.
pub type Answered<T> = Result<T, Missing>;

/// The outcomes of the analyses that a proposal rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// Do we know enough to decide?
    pub completeness: Answered<completeness::Outcome>,
    /// Is it worth it, for whom, and how sure?
    pub appraisal: Answered<appraisal::Outcome>,
    /// What should each pay, and would any be better off apart?
    pub cost_shares: Answered<cost_shares::Outcome>,
    /// Are we going the same way at the same pace?
    pub alignment: Answered<alignment::Outcome>,
    /// Will each option meet future needs, whoever delivers?
    pub fit: Answered<fit::Outcome>,
    /// Whom does it affect?
    pub impacts: Answered<impacts::Outcome>,
    /// What else should members know?
    pub considerations: Answered<considerations::Outcome>,
    /// The other questions, which areas of joint work are judged by or which are followed up once it is agreed.
    pub of_areas: Vec<AreaAnswer>,
}

/// The answer to a question that areas of joint work are judged by, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaAnswer {
    /// The question's name.
    pub name: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its method in words.
    pub method: &'static str,
    /// The answer as blocks.
    pub answered: Answered<Vec<Block>>,
}

/// Gathers and answers one question.
///
/// # Errors
/// [`Missing`], if the question cannot be answered from what is shared.
pub fn answer<A: Analysis>(joint: &JointRegister, on: Date, basis: &Basis) -> Answered<A::Outcome> {
    A::gather(joint, on).map(|input| A::analyse(&input, basis))
}

fn appraisal(joint: &JointRegister, on: Date, basis: &Basis, sampling: Sampling) -> Answered<appraisal::Outcome> {
    let mut input = Appraisal::gather(joint, on)?;
    (input.trials, input.seed) = (sampling.trials, sampling.seed);
    Ok(Appraisal::analyse(&input, basis))
}

/// The questions whose outcomes the rules themselves read.
const TYPED: [&str; 7] = [
    Completeness::NAME,
    Appraisal::NAME,
    CostShares::NAME,
    AlignmentOfPartners::NAME,
    FitOfOptions::NAME,
    Impacts::NAME,
    Considerations::NAME,
];

/// Every other question that can be answered, or that an area names as its judge.
fn of_areas(joint: &JointRegister, on: Date, basis: &Basis, sampling: Sampling) -> Vec<AreaAnswer> {
    let areas = joint.all::<Area>();
    let judges = |listed: &&Listed| areas.iter().any(|area| area.judged_by.as_deref() == Some(listed.name));
    let others = ALL.iter().filter(|listed| !TYPED.contains(&listed.name));
    others
        .filter(|listed| judges(listed) || listed.missing(joint, on).is_none())
        .map(|listed| AreaAnswer {
            name: listed.name,
            question: listed.question,
            method: listed.method,
            answered: listed.run_sampled(joint, on, basis, sampling).map(|ran| ran.blocks),
        })
        .collect()
}

impl Answers {
    /// Every question asked of a joint register; the ranges are sampled as asked.
    pub fn of(joint: &JointRegister, on: Date, basis: &Basis, sampling: Sampling) -> Self {
        Answers {
            completeness: answer::<Completeness>(joint, on, basis),
            appraisal: appraisal(joint, on, basis, sampling),
            cost_shares: answer::<CostShares>(joint, on, basis),
            alignment: answer::<AlignmentOfPartners>(joint, on, basis),
            fit: answer::<FitOfOptions>(joint, on, basis),
            impacts: answer::<Impacts>(joint, on, basis),
            considerations: answer::<Considerations>(joint, on, basis),
            of_areas: of_areas(joint, on, basis, sampling),
        }
    }

    /// The answer to a question that areas are judged by.
    pub fn of_area(&self, name: &str) -> Option<&AreaAnswer> {
        self.of_areas.iter().find(|answer| answer.name == name)
    }

    /// The analyses that gave an answer, by name.
    pub fn answered(&self) -> Vec<&'static str> {
        let named = self.each().into_iter();
        named.filter_map(|(name, _, missing)| missing.is_none().then_some(name)).collect()
    }

    /// Each analysis with its name, its question, and what it is missing where it could not answer.
    pub fn each(&self) -> Vec<(&'static str, &'static str, Option<&Missing>)> {
        fn row<A: Analysis>(answered: &Answered<A::Outcome>) -> (&'static str, &'static str, Option<&Missing>) {
            (A::NAME, A::QUESTION, answered.as_ref().err())
        }
        let of_areas = self.of_areas.iter();
        let of_areas = of_areas.map(|answer| (answer.name, answer.question, answer.answered.as_ref().err()));
        let typed = [
            row::<Completeness>(&self.completeness),
            row::<Appraisal>(&self.appraisal),
            row::<CostShares>(&self.cost_shares),
            row::<AlignmentOfPartners>(&self.alignment),
            row::<FitOfOptions>(&self.fit),
            row::<Impacts>(&self.impacts),
            row::<Considerations>(&self.considerations),
        ];
        typed.into_iter().chain(of_areas).collect()
    }
}
