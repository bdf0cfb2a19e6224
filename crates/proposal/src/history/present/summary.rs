//! The sentence that a history begins with.

use std::collections::BTreeSet;

use penshaw_analyses::counted;
use penshaw_basis::Date;

use super::heading;
use crate::cabinet_report::said::day;
use crate::history::{Chain, Committed, History, LaterPaper, Place, Step};
use crate::recommendation::{capitalised, listed};

/// Chains that are told one by one; of more, their number is enough.
const TOLD_APART: usize = 3;

/// How the decisions hang together, what was promised, and what has not come.
pub(super) fn summary(history: &History) -> String {
    let mut sentences = match history.chains.len() {
        0 => vec!["No decision is recorded or shared.".to_owned()],
        few if few <= TOLD_APART => history.chains.iter().map(of_chain).collect(),
        _ => vec![counted_chains(history)],
    };
    sentences.extend(commitments(&history.commitments().collect::<Vec<_>>(), !history.chains.is_empty()));
    let open = history.commitments().filter(|one| one.later_paper == Some(LaterPaper::ToCome)).count();
    match open {
        0 => {}
        1 => sentences.push("One of them promises a later paper, which has not come.".into()),
        many => sentences.push(format!("Of them, {many} promise later papers, which have not come.")),
    }
    match history.elsewhere.len() {
        0 => {}
        1 => sentences.push("One commitment is of no decision that is recorded.".into()),
        many => sentences.push(format!("{many} commitments are of no decision that is recorded.")),
    }
    sentences.join(" ")
}

fn counted_chains(history: &History) -> String {
    let decisions = counted(history.steps().map(|step| step.parts.len()).sum(), "decision", "decisions");
    let alone = history.chains.iter().filter(|chain| chain.steps.len() == 1).count();
    let chains = counted(history.chains.len() - alone, "chain", "chains");
    let stand = if alone == 1 { "stands" } else { "stand" };
    match (history.chains.len() - alone, alone) {
        (0, _) => format!("Of {decisions}, none follows another."),
        (_, 0) => format!("{} hang together in {chains}.", capitalised(&decisions)),
        _ => format!("Of {decisions}, {alone} {stand} alone; the others hang together in {chains}."),
    }
}

fn of_chain(chain: &Chain) -> String {
    if let [one] = chain.steps.as_slice() {
        return capitalised(&format!("the {} stands alone.", heading(one)));
    }
    let (begun, followed): (Vec<&Step>, Vec<&Step>) = chain.steps.iter().partition(|step| step.place == Place::Mandate);
    let followed: Vec<String> = followed.into_iter().map(|step| format!("by the {}", heading(step))).collect();
    match begun.as_slice() {
        // In a circle nothing comes first.
        [] => format!("{} decisions follow one another in a circle.", chain.steps.len()),
        [one] => capitalised(&format!("the {} is followed {}.", heading(one), listed(&followed))),
        several => format!("{} are followed {}.", mandates(several), listed(&followed)),
    }
}

/// Several mandates: by their days where all are decided.
fn mandates(steps: &[&Step]) -> String {
    let decided = |step: &&Step| step.parts.iter().map(|part| part.day.filter(|_| part.is_decided())).collect();
    let days: Option<Vec<Vec<Date>>> = steps.iter().map(decided).collect();
    match days {
        Some(days) => {
            let days: BTreeSet<Date> = days.into_iter().flatten().collect();
            format!("The mandates of {}", listed(&days.into_iter().map(day).collect::<Vec<_>>()))
        }
        None => {
            let told: Vec<String> = steps.iter().map(|step| format!("the {}", heading(step))).collect();
            capitalised(&told.join("; "))
        }
    }
}

/// What became of what the reports said.
fn commitments(all: &[&Committed], is_decided: bool) -> Option<String> {
    if all.is_empty() {
        return is_decided.then(|| "No commitment of their reports is recorded.".to_owned());
    }
    let of = |standing: &str| all.iter().filter(|one| one.standing == standing).count();
    let overdue = all.iter().filter(|one| one.overdue).count();
    let counts =
        [(of("kept"), "kept"), (of("open"), "open"), (of("not kept"), "not kept"), (of("withdrawn"), "withdrawn")];
    let told: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, standing)| match (*standing, overdue) {
            ("open", late) if late > 0 => format!("{count} open, {late} of them overdue"),
            _ => format!("{count} {standing}"),
        })
        .collect();
    let many = counted(all.len(), "commitment", "commitments");
    Some(match told.as_slice() {
        [one] => {
            let stand = one.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start();
            let which = if all.len() == 1 { "which is" } else { "all" };
            format!("Their reports made {many}, {which} {stand}.")
        }
        several => format!("Their reports made {many}: {}.", several.join("; ")),
    })
}
