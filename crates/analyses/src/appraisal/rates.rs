//! The parameters that every figure of an appraisal rests on, read once.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Date, Deflator, DiscountSchedule, FinancialYear, ParameterError, Source, Timing};
use serde::Deserialize;

use super::optimism::Bounds;
use super::outcome::{Observation, ReferenceClass};

/// The parameters in force on a day.
pub(super) struct Rates {
    pub(super) schedule: DiscountSchedule,
    pub(super) timing: Timing,
    pub(super) deflator: Deflator,
    pub(super) treatment: BTreeMap<String, Treatment>,
    pub(super) optimism: Bounds,
    pub(super) horizon: usize,
    pub(super) lower: Option<(DiscountSchedule, usize)>,
    pub(super) sources: Vec<Source>,
}

/// How a kind of money counts.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Treatment {
    pub(super) flow: String,
    pub(super) direction: String,
    pub(super) economic_case: bool,
    pub(super) financial_case: bool,
    pub(super) financing: bool,
}

impl Treatment {
    /// +1 for money that comes in, −1 for money that goes out.
    pub(super) fn sign(&self) -> f64 {
        if self.direction == "in" { 1.0 } else { -1.0 }
    }
}

impl Rates {
    /// Reads the parameters.
    ///
    /// # Errors
    /// If one is not in force on the day, or an overlay gave it another shape.
    pub(super) fn read(basis: &Basis, on: Date) -> Result<Self, ParameterError> {
        let schedule = basis.value::<DiscountSchedule>("green_book/standard_discount_rate", on)?;
        let timing = basis.value::<Timing>("green_book/discount_timing", on)?;
        let deflator = Deflator::gdp(basis, on)?;
        let treatment = basis.value::<BTreeMap<String, Treatment>>("green_book/treatment", on)?;
        let optimism = basis.value::<Bounds>("green_book/optimism_bias", on)?;
        let horizon = basis.value::<usize>("green_book/appraisal_horizon", on)?;
        // Lower rates are asked for only from the 2026 edition on: before, there are none.
        let lower = basis.value::<DiscountSchedule>("green_book/lower_rate_sensitivity", on).ok();
        let beyond = basis.value::<usize>("green_book/lower_rate_sensitivity_horizon", on).ok();
        let cited = [
            &schedule.sources,
            &timing.sources,
            &deflator.sources,
            &treatment.sources,
            &optimism.sources,
            &horizon.sources,
        ];
        let mut sources: Vec<Source> = cited.into_iter().flatten().cloned().collect();
        sources.dedup();
        Ok(Rates {
            sources,
            schedule: schedule.value,
            timing: timing.value,
            deflator: deflator.value,
            treatment: treatment.value.into_values().map(|treatment| (treatment.flow.clone(), treatment)).collect(),
            optimism: optimism.value,
            horizon: horizon.value,
            lower: lower.zip(beyond).map(|(lower, beyond)| (lower.value, beyond.value)),
        })
    }

    /// The discount factors of years 0 to `count` − 1.
    pub(super) fn factors(&self, count: usize) -> Vec<f64> {
        self.schedule.factors(count, self.timing).into_iter().map(|factor| factor.value()).collect()
    }

    /// The price index of each year over that of the first; level where the index does not reach.
    pub(super) fn prices(&self, years: &[FinancialYear]) -> Vec<f64> {
        let index = |year: &FinancialYear| self.deflator.index(*year).ok();
        let Some(first) = years.first().and_then(index) else { return vec![1.0; years.len()] };
        years.iter().map(|year| index(year).map_or(1.0, |index| index / first)).collect()
    }
}

#[derive(Deserialize)]
struct Class {
    prior: Prior,
    observations: Vec<Observed>,
}

#[derive(Deserialize)]
struct Prior {
    low: f64,
    mode: f64,
    high: f64,
}

#[derive(Deserialize)]
struct Observed {
    name: String,
    ratio: f64,
    title: String,
    href: String,
}

/// The reference class of a parameter, such as `reference_class/shared_ict_benefits`.
///
/// # Errors
/// If there is no such parameter on the day.
pub(super) fn reference_class(basis: &Basis, name: &str, on: Date) -> Result<ReferenceClass, ParameterError> {
    let class = basis.value::<Class>(name, on)?.value;
    let observation = |observed: Observed| Observation {
        name: observed.name,
        ratio: observed.ratio,
        source: Source::publication(observed.title, observed.href),
    };
    Ok(ReferenceClass {
        low: class.prior.low,
        mode: class.prior.mode,
        high: class.prior.high,
        observations: class.observations.into_iter().map(observation).collect(),
    })
}
