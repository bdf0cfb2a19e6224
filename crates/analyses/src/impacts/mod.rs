//! Whom does it affect: equality, privacy, sustainability, crime and disorder, each with an assessment or a reason.
#![doc = include_str!("method.md")]

mod answers;
mod asked;
mod findings;
mod present;

use std::fmt;

use penshaw_basis::{Basis, Date, Source};
use penshaw_documents::Block;
use penshaw_register::{Impact, JointRegister, Severity};
use serde::{Deserialize, Serialize};

use crate::named::{self, ListedOption};
use crate::{Analysis, Missing};

/// The subjects of the sheet, in its order.
pub const SUBJECTS: [&str; 4] = ["equality", "privacy", "sustainability", "crime and disorder"];

/// Whom does it affect?
pub struct Impacts;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the duties in force.
    pub on: Date,
    /// The day of the meeting that decides.
    #[serde(default)]
    pub meeting: Option<Date>,
    /// The options.
    #[serde(default)]
    pub options: Vec<ListedOption>,
    /// What is recorded of whom they affect.
    #[serde(default)]
    pub impacts: Vec<Impact>,
}

/// Whom the options affect, and what is wanting in the record of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day of the meeting that decides.
    pub meeting: Option<Date>,
    /// The four subjects, in the order of the sheet.
    pub subjects: Vec<Subject>,
    /// The nine characteristics, each with what was found of it.
    pub characteristics: Vec<Characteristic>,
    /// What is wanting, the gravest first.
    pub findings: Vec<Finding>,
}

/// What the sheet prints for a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Letter {
    /// Analysed.
    #[serde(rename = "Y")]
    Yes,
    /// Not analysed.
    #[serde(rename = "N")]
    No,
    /// Not applicable.
    #[serde(rename = "N/A")]
    NotApplicable,
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Letter::Yes => "Y",
            Letter::No => "N",
            Letter::NotApplicable => "N/A",
        })
    }
}

/// One subject of the sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The subject.
    pub subject: String,
    /// What the sheet prints; nothing where no answer is recorded.
    pub letter: Option<Letter>,
    /// The answer for each option.
    pub options: Vec<OptionLetter>,
    /// What is recorded, in the order of the entries.
    pub entries: Vec<Recorded>,
    /// What the law or good practice asks of the subject.
    pub asks: Vec<String>,
    /// What the questions rest on.
    pub sources: Vec<Source>,
}

/// The answer for one option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionLetter {
    /// The option's reference.
    pub option: String,
    /// Its name.
    pub name: String,
    /// The answer; nothing where none is recorded.
    pub letter: Option<Letter>,
    /// The worst effect recorded: `negative`, `none` or `positive`.
    pub effect: Option<String>,
}

/// What one entry records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The options it is about, by reference; empty for all.
    pub options: Vec<String>,
    /// The answer.
    pub letter: Letter,
    /// The protected characteristic, where it is about one.
    pub characteristic: Option<String>,
    /// The effect.
    pub effect: Option<String>,
    /// What was found, or why it does not apply.
    pub statement: Option<String>,
    /// What is done about a negative effect.
    pub mitigation: Option<String>,
    /// The document that holds the assessment.
    pub assessment: Option<String>,
    /// The day it was signed off.
    pub assessed_on: Option<Date>,
    /// The entry.
    pub source: Source,
}

/// One protected characteristic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Characteristic {
    /// The characteristic.
    pub characteristic: String,
    /// The aims of the duty that cover it, in words.
    pub aims: Vec<String>,
    /// Whether an analysis looked at it, on its own or with all of them.
    pub analysed: bool,
    /// The worst effect recorded.
    pub effect: Option<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// Something wanting in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters: an error stands in the way of a lawful decision.
    pub severity: Severity,
    /// The subject.
    pub subject: String,
    /// What is wanting.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl Outcome {
    /// What the sheet prints for a subject; nothing where no answer is recorded.
    pub fn letter(&self, subject: &str) -> Option<Letter> {
        let found = self.subjects.iter().find(|found| found.subject == subject);
        found?.letter
    }
}

impl Analysis for Impacts {
    const NAME: &'static str = "impacts";
    const QUESTION: &'static str = "Whom does it affect?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let held = joint.all::<Impact>();
        if held.is_empty() {
            return Err(Missing::one(
                "whom the options affect: equality, privacy, sustainability, crime and disorder",
                "partnership",
                "add to the sheet Impacts, one entry a subject, each with its assessment or its reason",
            ));
        }
        Ok(Input {
            on,
            meeting: joint.partnership().report.meeting,
            options: named::options(joint),
            impacts: held.into_iter().map(|held| held.entry).collect(),
        })
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        answers::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use penshaw_register::{Partnership, join};

    use super::*;

    #[test]
    fn the_cases_hold() {
        crate::cases::run_cases::<Impacts>(include_str!("cases.toml"));
    }

    #[test]
    fn without_an_entry_the_partnership_is_asked_for_one_a_subject() {
        let joint = join(&Partnership::default(), &[], &BTreeMap::new());
        let missing = Impacts::gather(&joint, Date::constant(2014, 6, 18)).unwrap_err();
        assert_eq!(missing.needs[0].of, "partnership");
    }

    #[test]
    fn the_parameter_names_the_characteristics_that_entries_may_name() {
        let asked = asked::Asked::in_force(&Basis::standard(), Date::constant(2026, 4, 1));
        let named: Vec<&str> = asked.equality.characteristics.iter().map(|one| one.characteristic.as_str()).collect();
        let field = penshaw_register::Kind::Impact.field("characteristic").unwrap();
        let penshaw_register::FieldKind::Choice(may) = field.kind else {
            panic!("a characteristic is chosen from a list")
        };
        assert_eq!(named, may);
        assert!(asked.problems.is_empty());
    }

    #[test]
    fn with_many_options_the_table_counts_their_answers() {
        let option = |number: usize| ListedOption {
            reference: format!("O{number}"),
            name: format!("Option {number}"),
            role: String::new(),
            course: "apart".into(),
            delivery_model: None,
            assets: None,
            contracts: None,
            data: None,
        };
        let impact: Impact = serde_json::from_value(serde_json::json!({
            "reference": "I1", "options": ["O1", "O2"], "subject": "privacy", "answer": "not applicable", "statement": "None",
        }))
        .unwrap();
        let on = Date::constant(2026, 4, 1);
        let input = Input { on, meeting: None, options: (1..=6).map(option).collect(), impacts: vec![impact] };
        let blocks = Impacts::present(&Impacts::analyse(&input, &Basis::standard()));
        let Block::Table(table) = &blocks[1] else { panic!("the letters come after the sentence") };
        let privacy: Vec<String> = table.rows[1].cells.iter().map(|cell| cell.figure.value.to_string()).collect();
        assert_eq!(privacy, ["Privacy", "N/A", "0", "0", "2", "4"]);
    }
}
