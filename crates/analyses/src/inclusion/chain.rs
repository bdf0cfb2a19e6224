//! The steps from being reached to using services online, added up without taking what is not known for nought.

use std::collections::BTreeSet;

use penshaw_basis::Source;
use penshaw_register::{InclusionOutcome, JointRegister};

use super::findings::{Findings, error};
use super::outcome::{Chain, Step, StepCount};
use crate::named::{Named, capitalised, name_of};

/// What an entry records of a step.
pub(super) fn people(outcome: &InclusionOutcome, step: Step) -> Option<u64> {
    match step {
        Step::Reached => outcome.reached,
        Step::Started => outcome.started,
        Step::Completed => outcome.completed,
        Step::Gained => outcome.gained,
        Step::Sustained3Months => outcome.sustained_3_months,
        Step::Sustained6Months => outcome.sustained_6_months,
        Step::Connected => outcome.connected,
        Step::ShiftedChannel => outcome.shifted_channel,
    }
}

/// The steps of several entries together: a step is known only where each of them says.
pub(super) fn chain(outcomes: &[&InclusionOutcome]) -> Chain {
    let totals = Step::ALL.map(|step| {
        let counts: Option<Vec<u64>> = outcomes.iter().map(|outcome| people(outcome, step)).collect();
        counts
            .filter(|counts| !counts.is_empty())
            .map(|counts| counts.iter().fold(0, |sum, n| u64::saturating_add(sum, *n)))
    });
    let steps = Step::ALL.iter().enumerate().map(|(at, step)| StepCount {
        step: *step,
        people: totals[at],
        of_previous: at.checked_sub(1).and_then(|before| share(totals[at], totals[before])),
        of_reached: share(totals[at], totals[0]),
    });
    let years: BTreeSet<_> = outcomes.iter().map(|outcome| outcome.year).collect();
    Chain {
        steps: steps.collect(),
        years: years.into_iter().collect(),
        sources: outcomes.iter().map(|outcome| source(outcome)).collect(),
    }
}

pub(super) fn source(outcome: &InclusionOutcome) -> Source {
    JointRegister::own_source(&outcome.reference)
}

fn share(part: Option<u64>, whole: Option<u64>) -> Option<f64> {
    let whole = whole.filter(|whole| *whole > 0)?;
    part.map(|part| part as f64 / whole as f64)
}

/// Finds each step of an entry that holds more people than the last step before it that is known.
pub(super) fn out_of_order(outcome: &InclusionOutcome, programme: &str, partners: &[Named], findings: &mut Findings) {
    let known = Step::ALL.into_iter().filter_map(|step| Some((step, people(outcome, step)?)));
    let known: Vec<(Step, u64)> = known.collect();
    for pair in known.windows(2) {
        let [(before, fewer), (after, more)] = [pair[0], pair[1]];
        if more > fewer {
            let what = format!(
                "{programme}, {}, residents of {}: {more} {after}, and only {fewer} {before}.",
                outcome.year,
                name_of(partners, &outcome.authority)
            );
            let hint = format!(
                "correct one of the two: {} counts people who were {before} before",
                capitalised(&after.to_string())
            );
            findings.add(error(what, &hint, &[source(outcome)]));
        }
    }
}
