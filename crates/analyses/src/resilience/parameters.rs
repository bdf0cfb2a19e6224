//! The classes of recovery, the tiers and the common causes, as the parameters in force on the day give them.

use penshaw_basis::{Basis, Cited, Date, ParameterError, Source};
use serde::Deserialize;

use super::outcome::Class;

/// What the parameters give, and what could not be read of them.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub(super) recovery: Option<RecoveryClasses>,
    pub(super) tiers: Vec<Tier>,
    pub(super) common_cause: Option<CommonCause>,
    pub(super) sources: Vec<Source>,
    pub(super) tier_sources: Vec<Source>,
    pub(super) common_cause_sources: Vec<Source>,
    pub(super) problems: Vec<String>,
}

/// The scale of recovery.
#[derive(Debug, Deserialize)]
pub(super) struct RecoveryClasses {
    /// A test older than this does not count.
    pub(super) tested_within_months: u32,
    classes: Vec<RecoveryClass>,
}

#[derive(Debug, Deserialize)]
struct RecoveryClass {
    class: u32,
    recovery_time_hours: f64,
    recovery_point_hours: f64,
    automated_only: bool,
}

/// A tier with the availability it is designed for.
#[derive(Debug, Deserialize)]
pub(super) struct Tier {
    tier: String,
    availability: f64,
}

/// The share of failures that takes two sites, by what they have in common.
#[derive(Debug, Deserialize)]
pub(super) struct CommonCause {
    pub(super) supplier: f64,
    pub(super) shared_service: f64,
    pub(super) power: f64,
    pub(super) same_power_within_km: f64,
}

impl Parameters {
    /// The values in force on a day.
    pub(super) fn in_force(basis: &Basis, on: Date) -> Self {
        let mut read = Parameters::default();
        let recovery = read.take(basis.value("resilience/recovery_classes", on));
        let tiers = read.take(basis.value("resilience/tiers", on));
        let common_cause = read.take(basis.value("resilience/common_cause", on));
        read.recovery = recovery.map(|cited: Cited<RecoveryClasses>| cited.value);
        if let Some(Cited { value, sources }) = tiers {
            (read.tiers, read.tier_sources) = (value, sources);
        }
        if let Some(Cited { value, sources }) = common_cause {
            (read.common_cause, read.common_cause_sources) = (Some(value), sources);
        }
        read
    }

    fn take<T>(&mut self, value: Result<Cited<T>, ParameterError>) -> Option<Cited<T>> {
        match value {
            Ok(cited) => {
                self.sources.extend(cited.sources.iter().cloned());
                Some(cited)
            }
            Err(error) => {
                self.problems.push(error.to_string());
                None
            }
        }
    }

    /// The worse of the classes of the two times: the first class that both keep, class 0 only without a manual step.
    pub(super) fn class(&self, time: Option<f64>, point: Option<f64>, automatic: bool) -> Class {
        let (Some(time), Some(point), Some(scale)) = (time, point, &self.recovery) else {
            return Class::NotKnown;
        };
        let keeps = |class: &&RecoveryClass| {
            time <= class.recovery_time_hours
                && point <= class.recovery_point_hours
                && (automatic || !class.automated_only)
        };
        let kept = scale.classes.iter().filter(keeps).map(|class| class.class).min();
        kept.map_or(Class::BeyondAll, Class::Of)
    }

    /// The availability that a tier is designed for.
    pub(super) fn availability(&self, tier: Option<&str>) -> Option<f64> {
        let tier = tier?;
        self.tiers.iter().find(|known| known.tier == tier).map(|known| known.availability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_belongs_to_the_worse_of_its_two_classes_and_a_manual_step_excludes_class_0() {
        let parameters = Parameters::in_force(&Basis::standard(), Date::constant(2026, 4, 1));
        assert!(parameters.problems.is_empty(), "{:?}", parameters.problems);
        let class = |time, point, automatic| parameters.class(Some(time), Some(point), automatic);
        assert_eq!(class(0.5, 0.2, true), Class::Of(0));
        assert_eq!(class(0.5, 0.2, false), Class::Of(1));
        assert_eq!(class(0.5, 20.0, true), Class::Of(3));
        assert_eq!(class(48.0, 0.1, true), Class::Of(3));
        assert_eq!(class(400.0, 0.1, true), Class::BeyondAll);
        assert_eq!(parameters.class(None, Some(1.0), true), Class::NotKnown);
    }
}
