//! Which decisions belong together: steps that several authorities take, and chains of steps that follow one another.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_analyses::Finding;
use penshaw_basis::{Date, Source};

use super::same_proposal::{Rounds, rounds};
use super::{Recorded, error, warning};
use crate::cabinet_report::said::day;
use crate::recommendation::listed;

/// A step of a chain.
pub(super) struct Linked {
    /// Its decisions, by their places among all that are recorded.
    pub(super) records: Vec<usize>,
    /// The steps of the chain that it follows, by their places in it.
    pub(super) follows: Vec<usize>,
}

/// The chains, each in the order of time, and every link that does not hold.
pub(super) fn chains(recorded: &[Recorded<'_>]) -> (Vec<Vec<Linked>>, Vec<Finding>) {
    let (follows, mut findings) = followed(recorded);
    findings.extend(circles(recorded, &follows));
    let depths: Vec<usize> = (0..recorded.len()).map(|place| depth(place, &follows)).collect();
    let Rounds { steps, after } = rounds(recorded, &depths);
    findings.extend(unlinked(recorded, &steps, &after));
    let mut step_of = vec![0; recorded.len()];
    for (step, records) in steps.iter().enumerate() {
        records.iter().for_each(|place| step_of[*place] = step);
    }
    let recorded_links = follows.iter().enumerate().filter_map(|(place, of)| Some((step_of[place], step_of[(*of)?])));
    let same_proposal = after.iter().enumerate().filter_map(|(step, before)| Some((step, (*before)?)));
    let links: BTreeSet<(usize, usize)> = recorded_links.chain(same_proposal).filter(|(one, of)| one != of).collect();
    let first_day = |step: usize| steps[step].iter().filter_map(|place| recorded[*place].day()).min();
    let order = |step: usize| {
        let deepest = steps[step].iter().map(|place| depths[*place]).max();
        (first_day(step).unwrap_or(Date::MAX), deepest, steps[step].first().copied())
    };
    let mut chains: Vec<Vec<usize>> = joined(steps.len(), &links);
    chains.iter_mut().for_each(|chain| chain.sort_by_key(|step| order(*step)));
    chains.sort_by_key(|chain| chain.first().map(|step| order(*step)));
    let chain = |chain: Vec<usize>| -> Vec<Linked> {
        let place_of = |wanted: usize| chain.iter().position(|step| *step == wanted);
        let linked = |step: &usize| Linked {
            records: steps[*step].clone(),
            follows: {
                let own = links.range((*step, 0)..(*step + 1, 0));
                let mut places: Vec<usize> = own.filter_map(|(_, of)| place_of(*of)).collect();
                places.sort_unstable();
                places
            },
        };
        chain.iter().map(linked).collect()
    };
    (chains.into_iter().map(chain).collect(), findings)
}

/// For each decision the one that it follows, and every link that leads nowhere or back in time.
fn followed(recorded: &[Recorded<'_>]) -> (Vec<Option<usize>>, Vec<Finding>) {
    let places: BTreeMap<(&str, &str), usize> = recorded
        .iter()
        .enumerate()
        .map(|(place, one)| ((one.decision.owner.as_str(), one.decision.reference.as_str()), place))
        .collect();
    let mut findings = Vec::new();
    let link = |one: &Recorded<'_>| {
        let decision = &one.decision;
        let earlier = decision.follows.as_deref().map(str::trim).filter(|words| !words.is_empty())?;
        if earlier == decision.reference {
            let what = format!("“{}” is said to follow itself.", decision.title);
            findings.push(error(what, "name the earlier decision, or leave it out", vec![decision.source()]));
            return None;
        }
        let Some(place) = places.get(&(decision.owner.as_str(), earlier)) else {
            let what = format!("“{}” follows decision {earlier}, which is not there or not shared.", decision.title);
            findings.push(error(what, "correct the reference, or share the decision", vec![decision.source()]));
            return None;
        };
        findings.extend(later(one, &recorded[*place]));
        Some(*place)
    };
    (recorded.iter().map(link).collect(), findings)
}

/// A decision that follows one of a later day.
fn later(one: &Recorded<'_>, earlier: &Recorded<'_>) -> Option<Finding> {
    let (own, of) = one.day().zip(earlier.day()).filter(|(own, of)| own < of)?;
    let (title, other) = (&one.decision.title, &earlier.decision.title);
    let what = format!("“{title}” of {} follows “{other}” of {}, a later day.", day(own), day(of));
    let sources = vec![one.decision.source(), earlier.decision.source()];
    Some(error(what, "correct one of the two days, or which of them follows the other", sources))
}

/// Every circle of decisions that follow one another, told once.
fn circles(recorded: &[Recorded<'_>], follows: &[Option<usize>]) -> Vec<Finding> {
    let circle = |first: usize| {
        let mut around = vec![first];
        let mut next = follows[first];
        while let Some(place) = next.filter(|place| !around.contains(place)) {
            around.push(place);
            next = follows[place];
        }
        let closes = next == Some(first) && around.len() > 1;
        (closes && around.iter().min() == Some(&first)).then_some(around)
    };
    let told = |around: Vec<usize>| {
        let titles: Vec<String> = around.iter().map(|one| format!("“{}”", recorded[*one].decision.title)).collect();
        let sources: Vec<Source> = around.iter().map(|one| recorded[*one].decision.source()).collect();
        let what = format!("{} follow one another in a circle.", listed(&titles));
        error(what, "take out what the earliest of them is said to follow", sources)
    };
    (0..recorded.len()).filter_map(circle).map(told).collect()
}

/// How many decisions come before one; in a circle, each counts once.
fn depth(place: usize, follows: &[Option<usize>]) -> usize {
    let mut seen = BTreeSet::from([place]);
    let mut next = follows[place];
    while let Some(before) = next.filter(|before| seen.insert(*before)) {
        next = follows[before];
    }
    seen.len() - 1
}

/// Later decisions on a proposal of which none says what it follows.
fn unlinked(recorded: &[Recorded<'_>], steps: &[Vec<usize>], after: &[Option<usize>]) -> Vec<Finding> {
    let silent = |step: &usize| {
        let says = |place: &usize| recorded[*place].decision.follows.is_some();
        after[*step].is_some() && !steps[*step].iter().any(says)
    };
    let told = |step: usize| {
        let sources: Vec<Source> = steps[step].iter().map(|place| recorded[*place].decision.source()).collect();
        let title = steps[step].first().map_or("", |place| &recorded[*place].decision.title);
        let what =
            format!("“{title}” is about a proposal that was decided on before, and does not say what it follows.");
        warning(what, "name the earlier decision that it follows", sources)
    };
    (0..steps.len()).filter(silent).map(told).collect()
}

/// The steps that links lead between, each group once.
fn joined(steps: usize, links: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut heads: Vec<usize> = (0..steps).collect();
    for (one, other) in links {
        let (one, other) = (head(&mut heads, *one), head(&mut heads, *other));
        heads[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    (0..steps).for_each(|step| groups.entry(head(&mut heads, step)).or_default().push(step));
    groups.into_values().collect()
}

/// The first step of a step's group.
fn head(heads: &mut [usize], step: usize) -> usize {
    let mut step = step;
    while heads[step] != step {
        heads[step] = heads[heads[step]];
        step = heads[step];
    }
    step
}
