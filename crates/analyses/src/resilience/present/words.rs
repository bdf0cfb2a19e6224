//! Words and cells that several parts of the answer use.

use penshaw_basis::Source;
use penshaw_documents::{Cell, Value};

use crate::named::{counted, name_of, sentence_list};
use crate::resilience::input::source_of;
use crate::resilience::{Effect, FailureKind, FailurePart, Load, Outcome, Times};

/// How many entries a cell about many of them rests on.
const MOST_SOURCES: usize = 20;

/// What fails, in words: `site Moorside (SCC/S1) and link Core ring (DCC/N1)`.
pub(super) fn failure(effect: &Effect) -> String {
    sentence_list(&effect.failure.iter().map(part).collect::<Vec<_>>())
}

/// One thing that fails, in words.
pub(super) fn part(part: &FailurePart) -> String {
    match part.kind {
        FailureKind::PowerFeed => format!("power {}", part.name),
        kind => format!("{kind} {}", part.name),
    }
}

/// For whom it stops: `Sunderland (3) and Durham (2)`.
pub(super) fn for_whom(outcome: &Outcome, effect: &Effect) -> String {
    let stops = effect.authorities.iter();
    let said: Vec<String> =
        stops.map(|stops| format!("{} ({})", name_of(&outcome.partners, &stops.authority), stops.workloads)).collect();
    sentence_list(&said)
}

/// What an effect rests on: what fails, and what stops.
pub(super) fn sources(effect: &Effect) -> Vec<Source> {
    let failure = effect.failure.iter().flat_map(|part| part.sources.iter().cloned());
    let mut sources: Vec<Source> = Vec::new();
    for source in failure.chain(effect.listed.iter().map(|stopped| source_of(&stopped.workload))) {
        if sources.len() < MOST_SOURCES && !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// A number with as many decimals as it needs, two at most.
pub(super) fn number(value: f64) -> Value {
    let hundredths = (value * 100.0).round();
    let decimals = match hundredths {
        whole if whole % 100.0 == 0.0 => 0,
        tenth if tenth % 10.0 == 0.0 => 1,
        _ => 2,
    };
    Value::Number { number: value, decimals }
}

/// A number that may not be known.
pub(super) fn known(value: Option<f64>, sources: &[Source]) -> Cell {
    match value {
        Some(value) => Cell::new(number(value), sources.to_vec()),
        None => Value::Nothing.into(),
    }
}

/// Two times in hours: `24 / 4`.
pub(super) fn times(times: &Times) -> String {
    let hours = |hours: Option<f64>| hours.map_or("–".to_owned(), |hours| number(hours).to_string());
    format!("{} / {}", hours(times.recovery_time_hours), hours(times.recovery_point_hours))
}

/// What is needed against what is left: `3.2 of 5`, and by how much it falls short.
pub(super) fn load(load: &Load) -> String {
    let needed = number(load.needed);
    match (load.left, load.short()) {
        (None, _) => format!("{needed} (room not known)"),
        (Some(left), None) => format!("{needed} of {}", number(left)),
        (Some(left), Some(short)) => format!("{needed} of {}: {} short", number(left), number(short)),
    }
}

/// An availability with the decimals that tell tiers apart: `99.999329%`.
pub(super) fn availability(share: f64) -> String {
    let text = format!("{:.6}", 100.0 * share);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// That a list holds only the first of many; nothing where it holds all.
pub(super) fn left_out(all: usize, shown: usize, one: &str, several: &str) -> Option<String> {
    let more = all.saturating_sub(shown);
    (more > 0).then(|| format!("{} more not shown; the results hold them.", counted(more, one, several)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_numbers_print_with_the_decimals_they_need() {
        assert_eq!(availability(0.999993292), "99.999329%");
        assert_eq!(availability(0.99741), "99.741%");
        assert_eq!(number(24.0).to_string(), "24");
        assert_eq!(number(0.25).to_string(), "0.25");
        assert_eq!(number(3.2).to_string(), "3.2");
        assert_eq!(load(&Load { needed: 3.0, left: Some(2.5) }), "3 of 2.5: 0.5 short");
        assert_eq!(load(&Load { needed: 3.0, left: None }), "3 (room not known)");
    }
}
