//! Refuses a model that makes no sense, before anything is drawn.

use super::{Model, Settings, SimulationError};
use crate::copula;

/// The first thing wrong with the model, if any.
pub fn check(model: &Model, settings: &Settings) -> Result<(), SimulationError> {
    if settings.trials == 0 {
        return Err(SimulationError::NoTrials);
    }
    for (factor, distribution) in model.factors.iter().enumerate() {
        distribution.check().map_err(|source| SimulationError::Factor { factor, source })?;
    }
    check_groups(model)?;
    check_targets(model)?;
    check_contests(model)
}

fn check_groups(model: &Model) -> Result<(), SimulationError> {
    let mut grouped = vec![false; model.factors.len()];
    for (at, group) in model.groups.iter().enumerate() {
        let (factors, rows) = (group.factors.len(), group.correlation.len());
        if factors != rows {
            return Err(SimulationError::GroupSize { group: at, factors, rows });
        }
        for &factor in &group.factors {
            known(model, factor, || format!("group {at}"))?;
            if std::mem::replace(&mut grouped[factor], true) {
                return Err(SimulationError::GroupedTwice { factor });
            }
        }
        copula::cholesky(&group.correlation).map_err(|source| SimulationError::Correlation { group: at, source })?;
    }
    Ok(())
}

/// Beyond this a target's squares would overflow.
const LARGEST: f64 = 1e140;

fn check_targets(model: &Model) -> Result<(), SimulationError> {
    for (at, target) in model.targets.iter().enumerate() {
        let mut size = target.constant.abs();
        for &(factor, weight) in &target.weights {
            known(model, factor, || format!("target {at}"))?;
            let distribution = &model.factors[factor];
            size += weight.abs() * (distribution.mean().abs() + distribution.standard_deviation());
        }
        if size.is_nan() || size > LARGEST {
            return Err(SimulationError::NotFinite { target: at });
        }
    }
    Ok(())
}

fn check_contests(model: &Model) -> Result<(), SimulationError> {
    let count = model.targets.len();
    for (at, contest) in model.contests.iter().enumerate() {
        if let Some(&target) = contest.targets.iter().find(|&&target| target >= count) {
            return Err(SimulationError::UnknownTarget { contest: at, target, count });
        }
    }
    Ok(())
}

fn known(model: &Model, factor: usize, what: impl Fn() -> String) -> Result<(), SimulationError> {
    let count = model.factors.len();
    if factor < count { Ok(()) } else { Err(SimulationError::UnknownFactor { what: what(), factor, count }) }
}
