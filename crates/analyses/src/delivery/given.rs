//! The parameters in force on the day: how soon alerts come, how long a test counts, what shared services really saved.

use penshaw_basis::{Basis, Cited, Date, ParameterError, Source};
use serde::Deserialize;
use serde::de::DeserializeOwned;

const ALERTS: &str = "delivery/alerts";
const RECOVERY: &str = "resilience/recovery_classes";
const REFERENCE_CLASS: &str = "reference_class/shared_ict_benefits";

/// The parameters, and what could not be read of them.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) alerts: Option<Cited<Ahead>>,
    pub(super) recovery: Option<Cited<Recovery>>,
    pub(super) reference_class: Option<Cited<Class>>,
    pub(super) problems: Vec<String>,
}

/// How many days before a date an alert is raised.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ahead {
    pub(super) action: u16,
    pub(super) commitment: u16,
    pub(super) hosting_notice: u16,
    pub(super) hosting_end: u16,
    pub(super) contract_notice: u16,
    pub(super) contract_end: u16,
    pub(super) recovery_test: u16,
    pub(super) risk_review: u16,
    pub(super) bid: u16,
    /// Days after a month's end by which its performance is due.
    pub(super) performance_days: u16,
    /// Months between two reviews of a risk.
    pub(super) risk_review_months: u16,
}

/// How long a test of recovery counts.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Recovery {
    pub(super) tested_within_months: u16,
}

/// What shared services saved of what they planned.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Class {
    pub(super) prior: Prior,
    #[serde(default)]
    pub(super) observations: Vec<Observation>,
}

/// The range drawn from the observations, as fractions of what was planned.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Prior {
    pub(super) low: f64,
    pub(super) mode: f64,
    pub(super) high: f64,
}

/// One shared service.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Observation {
    pub(super) name: String,
    pub(super) ratio: f64,
    #[serde(default)]
    pub(super) observed: Option<Date>,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) href: String,
}

impl Given {
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut given = Given::default();
        given.alerts = given.read(basis.value(ALERTS, on));
        given.recovery = given.read(basis.value(RECOVERY, on));
        given.reference_class = given.read(basis.value(REFERENCE_CLASS, on));
        given
    }

    fn read<T: DeserializeOwned>(&mut self, value: Result<Cited<T>, ParameterError>) -> Option<Cited<T>> {
        value.map_err(|error| self.problems.push(error.to_string())).ok()
    }

    /// What an alert of a date rests on besides its entry.
    pub(super) fn recovery_sources(&self) -> Vec<Source> {
        self.recovery.as_ref().map(|cited| cited.sources.clone()).unwrap_or_default()
    }
}
