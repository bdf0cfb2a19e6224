//! Do we know enough to decide: what is known of each estate against the due-diligence list, and what each other question lacks.
#![doc = include_str!("method.md")]

mod count;
mod coverage;
mod kept_back;
mod present;
mod questions;

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Date, Source};
use penshaw_documents::Block;
use penshaw_register::{JointRegister, Kind, Subtotal};
use serde::{Deserialize, Serialize};

use crate::named::{self, Named};
use crate::{Analysis, Missing, Need};

/// Do we know enough to decide?
pub struct Completeness;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked, for the due-diligence list in force.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// What each partner shares and keeps back, counted by kind of entry.
    #[serde(default)]
    pub counts: Vec<KindCount>,
    /// What partners give in place of figures that they keep back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<GivenInstead>,
    /// What every other question lacks.
    #[serde(default)]
    pub questions: Vec<QuestionNeeds>,
}

/// What a partner gives in place of figures of one field. It is shown, and never added to anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenInstead {
    /// The partner's code.
    pub authority: String,
    /// The kind of entry.
    pub kind: Kind,
    /// The field's name.
    pub field: String,
    /// Entries for which a band is shown.
    #[serde(default)]
    pub bands: usize,
    /// The subtotal, or one for each year.
    #[serde(default)]
    pub subtotals: Vec<Subtotal>,
}

/// The entries of one kind of one partner, counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindCount {
    /// The partner's code.
    pub authority: String,
    /// The kind of entry.
    pub kind: Kind,
    /// Entries that are shared.
    pub entries: usize,
    /// Entries that are kept back whole.
    #[serde(default)]
    pub kept_back: usize,
    /// The fields in which something is written, by name.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldCount>,
}

/// How often a field is filled, by how sure it is, and how often it is kept back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldCount {
    /// Checked against a document.
    pub verified: usize,
    /// Stated by its owner.
    pub reported: usize,
    /// Judged.
    pub estimated: usize,
    /// Recorded and kept back by its owner.
    pub kept_back: usize,
}

/// What another question lacks before it can be answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionNeeds {
    /// The analysis's name.
    pub name: String,
    /// The question.
    pub question: String,
    /// Whether it can be answered.
    pub answerable: bool,
    /// What it lacks, where it cannot.
    #[serde(default)]
    pub needs: Vec<Need>,
}

/// What is known of each estate, and what each other question lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What is known of each partner's estate.
    pub authorities: Vec<AuthorityCoverage>,
    /// The due-diligence list, each item with what is known of each partner.
    pub items: Vec<Item>,
    /// Figures and whole entries that partners keep back, and what they give instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_back: Vec<KeptBack>,
    /// What every other question lacks.
    pub questions: Vec<QuestionNeeds>,
    /// What the list rests on.
    pub sources: Vec<Source>,
    /// Why the list could not be read, where it could not.
    pub problems: Vec<String>,
}

/// Figures of one field that a partner keeps back and no total holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptBack {
    /// The partner's name.
    pub name: String,
    /// The kind of entry.
    pub kind: Kind,
    /// The field's name, or "record" for entries that are kept back whole.
    pub field: String,
    /// How many figures are kept back while the rest of their entry is shared, or how many whole entries.
    pub number: usize,
    /// For how many of them a band is shown.
    #[serde(default)]
    pub bands: usize,
    /// The subtotal, or one for each year, which may cover entries that are kept back whole.
    #[serde(default)]
    pub subtotals: Vec<Subtotal>,
}

/// What is known of one partner's estate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorityCoverage {
    /// Its code.
    pub authority: String,
    /// Its name.
    pub name: String,
    /// The mean of its coverage over the items of the list, from 0 to 1: what the partners can see.
    pub coverage: f64,
    /// The same with what is kept back counted as known: what the partner itself has recorded.
    pub recorded: f64,
    /// Its answers to the fields that the list asks for, each field of each entry once.
    pub answers: Answers,
    /// Items of the list of which nothing is recorded.
    pub items_without_entries: usize,
}

/// Fields of entries that the list asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// How many are asked for.
    pub asked: usize,
    /// How many are filled and shared.
    pub filled: usize,
    /// Of those, checked against a document.
    pub verified: usize,
    /// Of those, stated by their owner.
    pub reported: usize,
    /// Of those, judged.
    pub estimated: usize,
    /// Kept back by choice, which is not missing.
    pub withheld: usize,
    /// Neither filled nor kept back.
    pub missing: usize,
}

/// One item of the due-diligence list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its identifier in the parameter.
    pub id: String,
    /// The part of the list it belongs to.
    pub heading: String,
    /// What it asks.
    pub asks: String,
    /// Whether it is in the published list, or was added for a decision on sharing.
    pub published: bool,
    /// What is known of each partner, in their order.
    pub by_authority: Vec<ItemCoverage>,
}

/// What one item knows of one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemCoverage {
    /// The partner's code.
    pub authority: String,
    /// Entries that are recorded, those kept back among them.
    pub entries: usize,
    /// The share of the asked fields that is filled and shared.
    pub coverage: f64,
    /// The share that is filled, shared or not.
    pub recorded: f64,
    /// The asked fields, counted.
    pub answers: Answers,
    /// Kinds of entry that the item asks for and of which none is recorded.
    pub kinds_without_entries: Vec<Kind>,
}

impl Outcome {
    /// The coverage of the partner of which least is known; nothing where the list could not be read.
    pub fn least_coverage(&self) -> Option<f64> {
        let known = self.problems.is_empty().then_some(&self.authorities)?;
        known.iter().map(|authority| authority.coverage).reduce(f64::min)
    }

    /// What is known of a partner's estate.
    pub fn of(&self, authority: &str) -> Option<&AuthorityCoverage> {
        self.authorities.iter().find(|known| known.authority == authority)
    }
}

impl Analysis for Completeness {
    const NAME: &'static str = "completeness";
    const QUESTION: &'static str = "Do we know enough to decide?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 2;
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        let partners = named::partners(joint);
        if partners.is_empty() {
            let hint = "name the authorities in partnership.toml";
            return Err(Missing::one("the partners", "partnership", hint));
        }
        let counts = count::counts(joint, &partners);
        Ok(Input { on, counts, instead: kept_back::instead(joint), questions: questions::needs(joint, on), partners })
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        coverage::outcome(input, basis)
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

#[cfg(test)]
mod tests;
