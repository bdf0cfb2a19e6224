//! The parameters in force on the day, and why one could not be read where it could not.

use penshaw_basis::{Basis, Date, Source};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::outcome::Finding;

/// A range: the least, the likeliest, the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The likeliest.
    pub likely: f64,
    /// The most.
    pub high: f64,
}

/// All parameters of the question.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub(super) product: SameProduct,
    pub(super) words: Words,
    pub(super) function: SameFunction,
    pub(super) savings: Savings,
    pub(super) suggestions: Suggestions,
    pub(super) functions: Vec<ListedFunction>,
    pub(super) sources: Vec<Source>,
    /// What the savings rest on.
    pub(super) savings_sources: Vec<Source>,
}

/// The parameter `overlap/same_product`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SameProduct {
    pub(super) links_of_equal_weight: f64,
    pub(super) most_if_common_words_only: f64,
    pub(super) most_learnt: f64,
    pub(super) supplier_agrees_if_same: f64,
    pub(super) table_weighs: f64,
    pub(super) register_weighs: f64,
    pub(super) review_from: f64,
    pub(super) review_to: f64,
    pub(super) names: ByNames,
}

/// How probable the same product is, by how names agree.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ByNames {
    pub(super) same: BySuppliers,
    pub(super) same_of_common_words: BySuppliers,
    pub(super) one_within_the_other: BySuppliers,
    pub(super) some_words: BySuppliers,
    pub(super) common_words_only: BySuppliers,
    pub(super) no_word: BySuppliers,
}

/// How probable the same product is, by how suppliers agree.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct BySuppliers {
    pub(super) agree: f64,
    pub(super) unknown: f64,
    pub(super) differ: f64,
}

/// The parameter `overlap/words`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Words {
    pub(super) legal_forms: Vec<String>,
    pub(super) set_aside: Vec<String>,
    pub(super) does: Vec<String>,
}

/// The parameter `overlap/same_function`: logarithms of odds, and from when they count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct SameFunction {
    pub(super) begin: f64,
    pub(super) run_side_by_side: f64,
    pub(super) does_the_same: f64,
    pub(super) does_other_things: f64,
    pub(super) shares_from: f64,
    pub(super) users_differ: f64,
    pub(super) users_differ_from: f64,
}

/// The parameter `overlap/savings`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Savings {
    pub(super) years: u16,
    pub(super) same_product: Sharing,
    pub(super) same_function: Sharing,
}

/// What one contract for all saves and what moving to it costs.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Sharing {
    /// Of an entry's annual cost.
    pub(super) saves: Range,
    /// Pounds for each user, once.
    pub(super) moving_each_user: Range,
    /// Of an entry's annual cost, once, where its users are not recorded.
    pub(super) moving_share: Range,
}

/// The parameter `overlap/suggestions`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Suggestions {
    pub(super) least: f64,
    pub(super) shrinking: f64,
    pub(super) label: f64,
    pub(super) parent: f64,
    pub(super) learn_from: usize,
    pub(super) believed: f64,
    pub(super) unsaid: f64,
}

/// A function of local government, of the parameter `functions/local_government`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ListedFunction {
    pub(super) id: u32,
    pub(super) label: String,
    pub(super) parent: Option<u32>,
}

impl Parameters {
    /// The parameters in force on a day; what cannot be read counts for nothing and is told.
    pub(super) fn in_force(basis: &Basis, on: Date, findings: &mut Vec<Finding>) -> Self {
        let mut reading = Reading { basis, on, sources: Vec::new(), findings };
        let (product, words, function) = (
            reading.read("overlap/same_product"),
            reading.read("overlap/words"),
            reading.read("overlap/same_function"),
        );
        let (suggestions, functions) =
            (reading.read("overlap/suggestions"), reading.read("functions/local_government"));
        let before = reading.sources.len();
        let savings = reading.read("overlap/savings");
        let sources = reading.sources;
        let savings_sources = sources[before..].to_vec();
        Parameters { product, words, function, savings, suggestions, functions, sources, savings_sources }
    }
}

struct Reading<'a> {
    basis: &'a Basis,
    on: Date,
    sources: Vec<Source>,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn read<T: Default + DeserializeOwned>(&mut self, name: &str) -> T {
        match self.basis.value::<T>(name, self.on) {
            Ok(cited) => {
                self.sources.extend(cited.sources);
                cited.value
            }
            Err(error) => {
                let what = format!("A parameter could not be read: {error}.");
                let hint = "mend the partnership's own parameter; until then it counts for nothing";
                self.findings.push(Finding::error(what, hint, Vec::new()));
                T::default()
            }
        }
    }
}
