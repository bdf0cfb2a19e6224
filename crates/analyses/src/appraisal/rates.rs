//! The parameters that every figure of an appraisal rests on, read once.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Cited, Date, Deflator, DiscountSchedule, FinancialYear, ParameterError, Source, Timing};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::optimism::Bounds;
use super::outcome::{Observation, ReferenceClass};

/// What real shared ICT services delivered against their plans.
pub(super) const REFERENCE_CLASS: &str = "reference_class/shared_ict_benefits";

/// The parameters in force on a day.
pub(super) struct Rates {
    pub(super) schedule: DiscountSchedule,
    pub(super) timing: Timing,
    pub(super) deflator: Deflator,
    pub(super) treatment: BTreeMap<String, Treatment>,
    pub(super) optimism: Bounds,
    pub(super) horizon: usize,
    pub(super) lower: Option<(DiscountSchedule, usize)>,
    pub(super) lower_sources: Vec<Source>,
    pub(super) class: ReferenceClass,
    pub(super) sources: Vec<Source>,
    /// Where another value than that of the day had to be taken, in words.
    pub(super) cautions: Vec<String>,
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
    /// Reads the parameters. What is not yet in force on the day is taken from its first day on; what a
    /// partnership wrote in another shape is taken from the standard parameters; either is a caution.
    pub(super) fn read(basis: &Basis, on: Date) -> Self {
        let mut reading = Reading { basis, on, sources: Vec::new(), cautions: Vec::new() };
        let schedule = reading.value::<DiscountSchedule>("green_book/standard_discount_rate");
        let timing = reading.value::<Timing>("green_book/discount_timing");
        let deflator = reading.cited(Deflator::gdp);
        let treatment = reading.value::<BTreeMap<String, Treatment>>("green_book/treatment");
        let optimism = reading.value::<Bounds>("green_book/optimism_bias");
        let horizon = reading.value::<usize>("green_book/appraisal_horizon").clamp(1, 100);
        let cited = reading.sources.len();
        let class = reading.cited(|basis, on| reference_class(basis, REFERENCE_CLASS, on));
        // It stands beside the case: no figure of the case rests on it.
        reading.sources.truncate(cited);
        // Lower rates are asked for only from the 2026 edition on: before, there are none.
        let lower = basis.value::<DiscountSchedule>("green_book/lower_rate_sensitivity", on).ok();
        let beyond = basis.value::<usize>("green_book/lower_rate_sensitivity_horizon", on).ok();
        Rates {
            schedule,
            timing,
            deflator,
            treatment: treatment.into_values().map(|treatment| (treatment.flow.clone(), treatment)).collect(),
            optimism,
            horizon,
            lower_sources: lower.iter().flat_map(|lower| lower.sources.clone()).collect(),
            lower: lower.zip(beyond).map(|(lower, beyond)| (lower.value, beyond.value)),
            class,
            sources: reading.sources,
            cautions: reading.cautions,
        }
    }

    /// The discount factors of years 0 to `count` − 1.
    pub(super) fn factors(&self, count: usize) -> Vec<f64> {
        self.schedule.factors(count, self.timing).into_iter().map(|factor| factor.value()).collect()
    }

    /// The price index of each year over that of the first; none where the index does not reach back so far.
    pub(super) fn prices(&self, years: &[FinancialYear]) -> Option<Vec<f64>> {
        let first = self.deflator.index(*years.first()?).ok()?;
        years.iter().map(|year| Some(self.deflator.index(*year).ok()? / first)).collect()
    }
}

/// Parameters as they are read, with what they rest on.
struct Reading<'a> {
    basis: &'a Basis,
    on: Date,
    sources: Vec<Source>,
    cautions: Vec<String>,
}

impl Reading<'_> {
    fn value<T: DeserializeOwned>(&mut self, name: &str) -> T {
        self.cited(|basis, on| basis.value::<T>(name, on))
    }

    fn cited<T>(&mut self, read: impl Fn(&Basis, Date) -> Result<Cited<T>, ParameterError>) -> T {
        let cited = match read(self.basis, self.on) {
            Ok(cited) => cited,
            Err(error) => self.instead(&error, &read),
        };
        for source in cited.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        cited.value
    }

    fn instead<T>(
        &mut self,
        error: &ParameterError,
        read: impl Fn(&Basis, Date) -> Result<Cited<T>, ParameterError>,
    ) -> Cited<T> {
        if let ParameterError::NotInForce { name, earliest, .. } = error
            && let Ok(first) = read(self.basis, *earliest)
        {
            self.cautions.push(format!(
                "The parameter {name} was not in force on {}: its first value, of {earliest}, is used.",
                self.on
            ));
            return first;
        }
        self.cautions.push(format!("{error}: the standard parameter is used instead."));
        let standard = Basis::standard();
        match read(&standard, self.on) {
            Ok(cited) => cited,
            Err(ParameterError::NotInForce { earliest, .. }) => {
                read(&standard, earliest).expect("a standard parameter is read on its first day")
            }
            Err(error) => panic!("the standard parameters are read by a test: {error}"),
        }
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
pub(super) fn reference_class(basis: &Basis, name: &str, on: Date) -> Result<Cited<ReferenceClass>, ParameterError> {
    let Cited { value: class, sources } = basis.value::<Class>(name, on)?;
    let observation = |observed: Observed| Observation {
        name: observed.name,
        ratio: observed.ratio,
        source: Source::publication(observed.title, observed.href),
    };
    let value = ReferenceClass {
        low: class.prior.low,
        mode: class.prior.mode,
        high: class.prior.high,
        sources: sources.clone(),
        observations: class.observations.into_iter().map(observation).collect(),
    };
    Ok(Cited { value, sources })
}
