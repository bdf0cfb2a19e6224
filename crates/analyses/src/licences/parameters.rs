//! The parameters behind the answer.

use penshaw_basis::{Basis, Date, ParameterError, Source};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// All of them, as they were in force.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters {
    pub(super) ranges: Ranges,
    pub(super) models: Vec<ModelAsks>,
    pub(super) words: Words,
    pub(super) support: SupportData,
    pub(super) sources: Vec<Source>,
    pub(super) support_sources: Vec<Source>,
    pub(super) problems: Vec<String>,
}

/// The parameter `licences/ranges`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ranges {
    /// The share of the average price that one licence fewer saves.
    pub(super) saved_by_reduction: Shares,
    /// Over how many years amounts are offered.
    pub(super) years: u16,
    /// After how many months a count is old.
    pub(super) old_after_months: i64,
    /// Within how many months an end of support is warned of, the fewer first.
    pub(super) warn_months: [i64; 2],
}

impl Default for Ranges {
    /// What is taken where the parameter cannot be read, which a finding tells.
    fn default() -> Self {
        Ranges { saved_by_reduction: Shares::default(), years: 1, old_after_months: 12, warn_months: [12, 24] }
    }
}

/// A range of shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shares {
    pub(super) low: f64,
    pub(super) likely: f64,
    pub(super) high: f64,
}

/// What a delivery model asks of a licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// That a partner's staff may use it.
    Affiliates,
    /// That a company of the authorities keeps its price and terms.
    Companies,
}

/// An entry of the parameter `licences/delivery_models`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelAsks {
    pub(super) model: String,
    pub(super) asks: Asks,
    pub(super) why: String,
}

/// The parameter `licences/words`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) editions: Vec<String>,
    pub(super) company_endings: Vec<String>,
    pub(super) special_channels: Vec<String>,
    pub(super) wide_territories: Vec<String>,
}

/// The parameter `licences/support_ends`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SupportData {
    pub(super) products: Vec<SupportedProduct>,
}

/// A product whose releases are known.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SupportedProduct {
    #[serde(rename = "product")]
    pub(super) _product: String,
    pub(super) title: String,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) also_called: std::collections::BTreeMap<String, String>,
    pub(super) releases: Vec<String>,
}

impl Parameters {
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut parameters = Parameters::default();
        let mut sources = Vec::new();
        let Parameters { ranges, models, words, support, support_sources, problems, .. } = &mut parameters;
        take(basis.value("licences/ranges", on), ranges, &mut sources, problems);
        take(basis.value("licences/delivery_models", on), models, &mut sources, problems);
        take(basis.value("licences/words", on), words, &mut sources, problems);
        take(basis.value("licences/support_ends", on), support, support_sources, problems);
        parameters.sources = sources;
        parameters
    }
}

fn take<T: DeserializeOwned>(
    found: Result<penshaw_basis::Cited<T>, ParameterError>,
    into: &mut T,
    sources: &mut Vec<Source>,
    problems: &mut Vec<String>,
) {
    match found {
        Ok(cited) => {
            *into = cited.value;
            sources.extend(cited.sources);
        }
        Err(problem) => problems.push(problem.to_string()),
    }
}
