//! Levels of skills and chances of leaving, from the parameters in force on the day.

use std::fmt;

use penshaw_basis::{Basis, Cited, Date, ParameterError, Source};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Whose levels a skill is recorded in. Levels of one scheme are never compared with those of the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// The government capability framework: awareness to expert.
    #[default]
    Framework,
    /// The authorities' own numbers.
    OwnNumbers,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scheme::Framework => "government capability framework",
            Scheme::OwnNumbers => "own numbers",
        })
    }
}

/// A level: its scheme and its place in it, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level {
    pub(super) scheme: Scheme,
    pub(super) rank: u32,
}

/// What the parameters give, and why they could not be read where they could not.
#[derive(Debug, Default)]
pub(super) struct Given {
    levels: Levels,
    /// What a post is taken to have where it does not say.
    pub(super) turnover: Turnover,
    /// What the turnover rests on.
    pub(super) turnover_sources: Vec<Source>,
    /// What the levels rest on.
    pub(super) level_sources: Vec<Source>,
    pub(super) problems: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Levels {
    framework: Vec<String>,
    own_scheme: Numbers,
}

#[derive(Debug, Deserialize)]
struct Numbers {
    least: u32,
    most: u32,
}

/// Without a parameter no number is a level.
impl Default for Numbers {
    fn default() -> Self {
        Numbers { least: 1, most: 0 }
    }
}

/// Chances within a year.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Turnover {
    pub(super) leaving: f64,
    pub(super) retiring: f64,
}

impl Given {
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut given = Given::default();
        (given.levels, given.level_sources) = given.read(basis.value("skills/levels", on));
        (given.turnover, given.turnover_sources) = given.read(basis.value("skills/turnover", on));
        given
    }

    fn read<T: Default + DeserializeOwned>(&mut self, value: Result<Cited<T>, ParameterError>) -> (T, Vec<Source>) {
        match value {
            Ok(cited) => (cited.value, cited.sources),
            Err(error) => {
                self.problems.push(error.to_string());
                Default::default()
            }
        }
    }

    /// The level of that word or number.
    pub(super) fn level(&self, words: &str) -> Option<Level> {
        let words = words.trim();
        let place = self.levels.framework.iter().position(|level| level.eq_ignore_ascii_case(words));
        if let Some(place) = place {
            return Some(Level { scheme: Scheme::Framework, rank: place as u32 + 1 });
        }
        let number: u32 = words.parse().ok()?;
        let Numbers { least, most } = self.levels.own_scheme;
        (least..=most).contains(&number).then_some(Level { scheme: Scheme::OwnNumbers, rank: number })
    }

    /// The word or number of a level.
    pub(super) fn word(&self, level: Level) -> String {
        let word = self.levels.framework.get((level.rank as usize).saturating_sub(1));
        match (level.scheme, word) {
            (Scheme::Framework, Some(word)) => word.clone(),
            _ => level.rank.to_string(),
        }
    }

    /// The lowest level of a scheme.
    pub(super) fn lowest(&self, scheme: Scheme) -> Level {
        let rank = match scheme {
            Scheme::Framework => 1,
            Scheme::OwnNumbers => self.levels.own_scheme.least,
        };
        Level { scheme, rank }
    }

    /// Every level, for a hint.
    pub(super) fn spelled_out(&self) -> String {
        let Numbers { least, most } = self.levels.own_scheme;
        format!("{}, or {least} to {most} of your own scheme", self.levels.framework.join(", "))
    }
}
