//! What the parameters give on a day: thresholds, by how much contracts may be lengthened, section 24, costs of planning.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Date, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The parameters in force, and what could not be read of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) threshold: Threshold,
    pub(super) lengthening: BTreeMap<String, Limits>,
    pub(super) section_24: Section24,
    pub(super) planning: Planning,
    pub(super) functions: BTreeMap<String, String>,
    /// Days ahead at which notice is near.
    pub(super) notice_ahead: u16,
    pub(super) sources: Vec<Source>,
    pub(super) problems: Vec<String>,
}

/// `contracts/thresholds`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Threshold {
    pub(super) amount: f64,
    with_vat: bool,
    vat: f64,
    pub(super) law: String,
}

impl Threshold {
    /// Whether a value in pence without VAT is below it.
    pub(super) fn is_above(&self, pence: f64) -> bool {
        let vat = if self.with_vat { 1.0 + self.vat } else { 1.0 };
        pence * vat / 100.0 < self.amount
    }

    /// The threshold in words.
    pub(super) fn words(&self) -> String {
        let amount = penshaw_basis::Estimate::from_pounds(self.amount).to_whole_pounds();
        format!("{amount} {} VAT", if self.with_vat { "with" } else { "without" })
    }
}

/// What a regime of `contracts/lengthening` allows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub(super) own_terms: String,
    pub(super) term_share: f64,
    pub(super) term_law: String,
    pub(super) value_share: f64,
    pub(super) value_law: String,
    pub(super) additional_share: f64,
    pub(super) additional_law: String,
    pub(super) stays_below: bool,
}

/// `contracts/section_24`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section24 {
    #[serde(rename = "land")]
    _land: f64,
    #[serde(rename = "land_law")]
    _land_law: String,
    pub(super) capital: f64,
    pub(super) capital_law: String,
    pub(super) other: f64,
    pub(super) other_law: String,
    pub(super) counted_from: Option<Date>,
}

/// `contracts/planning`; amounts are in pounds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Planning {
    pub(super) procurement_months: u16,
    pub(super) small_procurement_months: u16,
    pub(super) procurement_cost: f64,
    pub(super) small_procurement_cost: f64,
    pub(super) bridge_cost: f64,
    pub(super) bridging_price: f64,
    pub(super) longest_bridge_months: u16,
    pub(super) doing_without: f64,
    pub(super) discount: Range,
    pub(super) enough_for_discount: usize,
    pub(super) years: u16,
    pub(super) contracts_per_procurement: u32,
    pub(super) least_procurements: u32,
    pub(super) clear_of_vesting_months: u16,
    pub(super) consent_days: u16,
    pub(super) paid_over: f64,
}

/// A share as a range.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) likely: f64,
    pub(super) high: f64,
}

#[derive(Default, Deserialize)]
struct Ahead {
    contract_notice: u16,
}

#[derive(Deserialize)]
struct Function {
    id: u32,
    label: String,
}

impl Given {
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut given = Given::default();
        given.threshold = given.read(basis, "contracts/thresholds", on);
        given.lengthening = given.read(basis, "contracts/lengthening", on);
        given.section_24 = given.read(basis, "contracts/section_24", on);
        given.planning = given.read(basis, "contracts/planning", on);
        let functions: Vec<Function> = given.read(basis, "functions/local_government", on);
        given.functions = functions.into_iter().map(|function| (function.id.to_string(), function.label)).collect();
        let ahead: Ahead = given.read(basis, "delivery/alerts", on);
        given.notice_ahead = ahead.contract_notice;
        given
    }

    fn read<T: Default + DeserializeOwned>(&mut self, basis: &Basis, name: &str, on: Date) -> T {
        match basis.value::<T>(name, on) {
            Ok(cited) => {
                self.sources.extend(cited.sources);
                cited.value
            }
            Err(error) => {
                self.problems.push(error.to_string());
                T::default()
            }
        }
    }

    /// The source of a parameter, where it could be read.
    pub(super) fn source(&self, wanted: &str) -> Vec<Source> {
        let of = |source: &&Source| matches!(source, Source::Parameter { name, .. } if name == wanted);
        self.sources.iter().filter(of).cloned().collect()
    }
}
