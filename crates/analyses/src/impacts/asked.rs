//! What the law and good practice ask of each subject, from the parameters in force on the day.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Cited, Date, ParameterError, Source};
use serde::Deserialize;

/// The questions of the four subjects, and what could not be read of them.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) equality: Equality,
    pub(super) privacy: Privacy,
    sustainability: Vec<Question>,
    crime_and_disorder: Vec<Question>,
    sources: BTreeMap<&'static str, Vec<Source>>,
    pub(super) problems: Vec<(&'static str, String)>,
}

/// The public sector equality duty.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Equality {
    /// The aims by letter.
    pub(super) aims: BTreeMap<String, String>,
    /// The characteristics, and which aims cover each.
    pub(super) characteristics: Vec<Covered>,
}

/// A characteristic and the letters of the aims that cover it.
#[derive(Debug, Deserialize)]
pub(super) struct Covered {
    pub(super) characteristic: String,
    pub(super) aims: Vec<String>,
}

/// When a data protection impact assessment is needed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Privacy {
    triggers: Vec<Question>,
    prompts: Vec<Prompt>,
}

/// One question of a list.
#[derive(Debug, Deserialize)]
struct Question {
    id: String,
    asks: String,
}

/// What in shared ICT calls for asking, and the trigger that it points to.
#[derive(Debug, Deserialize)]
struct Prompt {
    id: String,
    asks: String,
    trigger: String,
}

impl Asked {
    /// The questions in force on a day.
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut asked = Asked::default();
        asked.equality = asked.read("equality", basis.value("impacts/equality", on));
        asked.privacy = asked.read("privacy", basis.value("impacts/privacy", on));
        asked.sustainability = asked.read("sustainability", basis.value("impacts/sustainability", on));
        asked.crime_and_disorder = asked.read("crime and disorder", basis.value("impacts/crime_and_disorder", on));
        asked
    }

    fn read<T: Default>(&mut self, subject: &'static str, value: Result<Cited<T>, ParameterError>) -> T {
        match value {
            Ok(cited) => {
                self.sources.insert(subject, cited.sources);
                cited.value
            }
            Err(error) => {
                self.problems.push((subject, error.to_string()));
                T::default()
            }
        }
    }

    /// What is asked of a subject.
    pub(super) fn of(&self, subject: &str) -> Vec<String> {
        let questions = |list: &[Question]| list.iter().map(|question| question.asks.clone()).collect();
        match subject {
            "equality" => {
                let aims = self.equality.aims.iter();
                aims.map(|(letter, aim)| format!("({letter}) {aim}")).collect()
            }
            "privacy" => self.privacy.prompts.iter().map(|prompt| prompt.asks.clone()).collect(),
            "sustainability" => questions(&self.sustainability),
            _ => questions(&self.crime_and_disorder),
        }
    }

    /// What the questions of a subject rest on.
    pub(super) fn sources(&self, subject: &str) -> Vec<Source> {
        self.sources.get(subject).cloned().unwrap_or_default()
    }

    /// What a prompt of shared ICT asks, and the trigger behind it; nothing where the list has no such prompt.
    pub(super) fn prompt(&self, id: &str) -> Option<(&str, &str)> {
        let prompt = self.privacy.prompts.iter().find(|prompt| prompt.id == id)?;
        let triggers = &self.privacy.triggers;
        let trigger = triggers.iter().find(|trigger| trigger.id == prompt.trigger)?;
        Some((&prompt.asks, &trigger.asks))
    }
}
