//! The thresholds of the rules, read from the parameter that holds each with its reason.

use penshaw_analyses::alignment::Verdict;
use penshaw_basis::{Basis, Date, ParameterError, Reference, Source};
use serde::Deserialize;

/// The parameter's name.
pub const PARAMETER: &str = "recommendation/thresholds";

/// One threshold, with the reason for its value.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold<T> {
    /// Its value.
    pub value: T,
    /// What it is counted in.
    #[serde(rename = "in")]
    pub unit: String,
    /// Why it has that value.
    pub reason: String,
    /// What the reason rests on.
    pub rests_on: Reference,
}

/// Every threshold of the rules.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// The verdict on alignment that joining services needs, or a better one.
    pub alignment_needed: Threshold<Verdict>,
    /// The verdict that closes the question without figures.
    pub alignment_closes: Threshold<Verdict>,
    /// Essential requirements that may be unmet.
    pub essential_needs_unmet: Threshold<usize>,
    /// The least net present social value.
    pub net_present_value: Threshold<f64>,
    /// The least probability that it is above nought.
    pub probability_of_gain: Threshold<f64>,
    /// Each partner's least net present cash.
    pub partner_net_present_cash: Threshold<f64>,
    /// The least probability that a partner gains.
    pub partner_probability_of_gain: Threshold<f64>,
    /// The most years until each partner's outlay is made good.
    pub payback: Threshold<f64>,
    /// The least net present social value where benefits come as they came elsewhere.
    pub outside_view: Threshold<f64>,
    /// The least share of the due-diligence list that each authority has answered.
    pub coverage: Threshold<f64>,
    /// The standings of joint work that count.
    pub area_standings: Threshold<Vec<String>>,
    /// Where all of them stand.
    #[serde(skip)]
    pub sources: Vec<Source>,
}

impl Thresholds {
    /// The thresholds in force on a day.
    ///
    /// # Errors
    /// If a partnership's own file lacks one of them or writes it otherwise.
    pub fn read(basis: &Basis, on: Date) -> Result<Thresholds, ParameterError> {
        let found = basis.value::<Thresholds>(PARAMETER, on)?;
        Ok(Thresholds { sources: found.sources, ..found.value })
    }

    /// Each threshold as a reader meets it: its name, its value, its unit, its reason and what that rests on.
    pub fn rows(&self) -> Vec<[String; 5]> {
        let pounds = |value: f64| penshaw_basis::Estimate::from_pounds(value).to_whole_pounds();
        let percent = |value: f64| penshaw_documents::Value::Percent(value).to_string();
        let number = |value: f64| penshaw_documents::Value::Number { number: value, decimals: 0 }.to_string();
        vec![
            row("Alignment that is needed", &self.alignment_needed, |value| value.to_string()),
            row("Alignment that closes the question", &self.alignment_closes, |value| value.to_string()),
            row("Essential requirements unmet", &self.essential_needs_unmet, |value| value.to_string()),
            row("Net present social value", &self.net_present_value, |value| pounds(*value)),
            row("Probability of gain together", &self.probability_of_gain, |value| percent(*value)),
            row("Each partner's net present cash", &self.partner_net_present_cash, |value| pounds(*value)),
            row("Probability that each partner gains", &self.partner_probability_of_gain, |value| percent(*value)),
            row("Payback", &self.payback, |value| number(*value)),
            row("Outside view", &self.outside_view, |value| pounds(*value)),
            row("Coverage", &self.coverage, |value| percent(*value)),
            row("Standing of an area", &self.area_standings, |value| value.join(", ")),
        ]
    }
}

fn row<T>(name: &str, threshold: &Threshold<T>, print: impl Fn(&T) -> String) -> [String; 5] {
    [
        name.to_owned(),
        print(&threshold.value),
        threshold.unit.clone(),
        threshold.reason.clone(),
        threshold.rests_on.title.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_was_in_force_before_the_report_of_2014_and_has_a_reason() {
        let thresholds = Thresholds::read(&Basis::standard(), Date::constant(2014, 6, 18)).unwrap();
        assert_eq!(thresholds.rows().len(), 11);
        for [name, _, unit, reason, rests_on] in thresholds.rows() {
            assert!(!unit.is_empty() && reason.len() > 40 && !rests_on.is_empty(), "{name}");
        }
    }
}
