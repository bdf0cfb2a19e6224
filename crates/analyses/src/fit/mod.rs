//! Will each option meet future needs, whoever delivers: every option against every dated requirement, and who would own what.
#![doc = include_str!("method.md")]

mod ownership;
mod present;
mod score;

use penshaw_basis::{Basis, Confidence, Date, FinancialYear, Source};
use penshaw_documents::Block;
use penshaw_register::{Fit, JointRegister, Requirement};
use serde::{Deserialize, Serialize};

pub use ownership::{Ownership, Public, ownership};
pub use score::{Counts, Verdict, verdict};

use crate::named::{self, ListedOption, Named};
use crate::with_confidence::judged_in;
use crate::{Analysis, Missing, Need, WithConfidence};

/// Will each option meet future needs, whoever delivers?
pub struct FitOfOptions;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The options.
    pub options: Vec<ListedOption>,
    /// What the service will have to be able to do.
    pub requirements: Vec<Requirement>,
    /// Whether an option meets a requirement.
    #[serde(default)]
    pub fits: Vec<WithConfidence<Fit>>,
}

/// Each option against each requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// The options, in the order of their references.
    pub options: Vec<OptionFit>,
    /// The requirements, the essential first, then by year.
    pub requirements: Vec<Asked>,
    /// The kinds of need of which no requirement is recorded.
    pub events_not_asked: Vec<String>,
    /// What somebody should look at.
    pub findings: Vec<String>,
}

/// A requirement, as it is asked of every option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Its reference.
    pub requirement: String,
    /// Who requires it: an authority's code, or `joint`.
    pub authority: String,
    /// What is required.
    pub name: String,
    /// The kind of need.
    pub event: Option<String>,
    /// The financial year by which it is needed.
    pub by: Option<FinancialYear>,
    /// Whether an option that does not meet it cannot be taken.
    pub essential: bool,
    /// The document that shows the need.
    pub evidence: Option<String>,
    /// The entry.
    pub source: Source,
}

/// How one option answers the requirements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionFit {
    /// Its reference.
    pub option: String,
    /// Its name.
    pub name: String,
    /// `apart`, `collaborate` or `integrate`.
    pub course: String,
    /// Who would deliver it, where that is stated.
    pub delivery_model: Option<String>,
    /// Whether it meets what is essential.
    pub verdict: Verdict,
    /// The share of the essential requirements that it is shown to meet; nothing where none is essential.
    pub score: Option<f64>,
    /// Its answers to what is essential, counted.
    pub essential: Counts,
    /// Its answers to what is desirable, counted.
    pub desirable: Counts,
    /// The essential requirements that it does not meet, by reference.
    pub essential_unmet: Vec<String>,
    /// The essential requirements of which it is not known, by reference.
    pub essential_not_known: Vec<String>,
    /// Its answer to each requirement, in their order.
    pub answers: Vec<Answer>,
    /// Who would own assets, contracts and data under it.
    pub ownership: Ownership,
    /// The entry.
    pub source: Source,
}

/// How one option answers one requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The requirement's reference.
    pub requirement: String,
    /// The answer that counts: `not known` where no document with a date shows another.
    pub answer: String,
    /// Why, in the words of the entry.
    pub statement: Option<String>,
    /// The document that shows it.
    pub evidence: Option<String>,
    /// The document's day.
    pub dated: Option<Date>,
    /// How sure the answer is, where one is recorded.
    pub confidence: Option<Confidence>,
    /// Why a recorded answer does not count.
    pub why_not: Option<String>,
    /// The entry, where there is one.
    pub source: Option<Source>,
}

impl Outcome {
    /// What is found of an option.
    pub fn of(&self, option: &str) -> Option<&OptionFit> {
        self.options.iter().find(|fit| fit.option == option)
    }

    /// The name of a requirement.
    pub fn requirement_name<'a>(&'a self, reference: &'a str) -> &'a str {
        let asked = self.requirements.iter().find(|asked| asked.requirement == reference);
        asked.map_or(reference, |asked| &asked.name)
    }
}

impl Analysis for FitOfOptions {
    const NAME: &'static str = "fit";
    const QUESTION: &'static str = "Will each option meet future needs, whoever delivers?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, _on: Date) -> Result<Input, Missing> {
        let options = named::options(joint);
        let requirements: Vec<Requirement> = entries(joint.all());
        let mut needs = Vec::new();
        if options.is_empty() {
            needs.push(need("the options", "add them to the sheet Options"));
        }
        if requirements.is_empty() {
            needs.push(need(
                "what the service will have to be able to do, and by when",
                "add to the sheet Requirements, each with its year and document",
            ));
        }
        if !needs.is_empty() {
            return Err(Missing { needs });
        }
        Ok(Input { partners: named::partners(joint), options, requirements, fits: judged_in(joint, "answer") })
    }

    fn analyse(input: &Input, _basis: &Basis) -> Outcome {
        score::outcome(input)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn entries<E>(held: Vec<penshaw_register::Held<E>>) -> Vec<E> {
    held.into_iter().map(|held| held.entry).collect()
}

fn need(what: &str, hint: &str) -> Need {
    Need { what: what.into(), of: "partnership".into(), hint: hint.into() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use penshaw_register::{Partnership, join};

    use super::*;

    #[test]
    fn the_cases_hold() {
        crate::cases::run_cases::<FitOfOptions>(include_str!("cases.toml"));
    }

    #[test]
    fn without_options_and_requirements_both_are_asked_for() {
        let joint = join(&Partnership::default(), &[], &BTreeMap::new());
        let missing = FitOfOptions::gather(&joint, Date::constant(2014, 6, 18)).unwrap_err();
        assert_eq!(missing.needs.len(), 2);
    }

    #[test]
    fn an_answer_keeps_how_sure_it_is_on_its_way_to_the_page() {
        let input: Input = serde_json::from_value(serde_json::json!({
            "options": [{ "reference": "O1", "name": "As now" }],
            "requirements": [{ "reference": "R1", "authority": "joint", "name": "Hold performance", "weight": "essential" }],
            "fits": [{
                "reference": "F1", "option": "O1", "requirement": "R1", "answer": "meets",
                "evidence": "Case", "dated": "2014-05-30", "confidence": "estimated",
            }],
        }))
        .unwrap();
        let outcome = FitOfOptions::analyse(&input, &Basis::standard());
        let blocks = FitOfOptions::present(&outcome);
        let mut tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let answers = tables.next_back().unwrap();
        assert_eq!(answers.rows[0].cells[3].figure.confidence, Some(Confidence::Estimated));
    }
}
