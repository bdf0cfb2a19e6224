//! Decisions of several authorities on one proposal: concluded only where all agreed to the same, past call-in in each.

use std::collections::BTreeMap;

use penshaw_basis::{Date, Digester};

use super::outcome::{DecisionStanding, Part, ProposalStanding, State};
use crate::named::Named;

/// The digest of a resolution: the same words, whatever the spaces and line breaks between them.
///
/// ```
/// use penshaw_analyses::decisions::resolution_digest;
/// assert_eq!(resolution_digest("That it be\nclosed  down"), resolution_digest("That it be closed down"));
/// assert_ne!(resolution_digest("That it be closed down"), resolution_digest("That it be kept"));
/// ```
pub fn resolution_digest(resolution: &str) -> String {
    let mut digester = Digester::new("penshaw resolution");
    resolution.split_whitespace().for_each(|word| {
        digester.part(word);
    });
    digester.finish().as_str().to_owned()
}

/// What the authorities decide together, in the order of their names.
pub(super) fn proposals(decisions: &[DecisionStanding], partners: &[Named]) -> Vec<ProposalStanding> {
    let mut named: BTreeMap<String, Vec<&DecisionStanding>> = BTreeMap::new();
    for decision in decisions {
        if let Some(proposal) = &decision.proposal {
            named.entry(proposal.trim().to_lowercase()).or_default().push(decision);
        }
    }
    named.into_values().map(|decisions| proposal(&decisions, partners)).collect()
}

fn proposal(decisions: &[&DecisionStanding], partners: &[Named]) -> ProposalStanding {
    let parts: Vec<Part> = partners
        .iter()
        .map(|partner| {
            let own = decisions.iter().filter(|decision| decision.authority.code == partner.code);
            part(partner, own.max_by_key(|decision| (latest(decision), &decision.reference)).copied())
        })
        .collect();
    let differences = differences(&parts);
    let effective: Option<Vec<Date>> = parts.iter().map(|part| part.effective).collect();
    let concluded = differences.is_empty() && !parts.is_empty();
    ProposalStanding {
        proposal: decisions[0].proposal.clone().unwrap_or_default(),
        effective: effective.and_then(|days| days.into_iter().max()).filter(|_| concluded),
        concluded,
        parts,
        differences,
    }
}

/// The day by which the later of two decisions of one authority is told.
fn latest(decision: &DecisionStanding) -> Option<Date> {
    decision.decided_on.or(decision.meeting).or(Some(Date::MAX))
}

fn part(partner: &Named, decision: Option<&DecisionStanding>) -> Part {
    Part {
        authority: partner.clone(),
        decision: decision.map(|decision| decision.reference.clone()),
        key: decision.and_then(|decision| decision.key),
        state: decision.map(|decision| decision.state),
        resolution: decision.and_then(|decision| decision.resolution.clone()),
        digest: decision.and_then(|decision| decision.resolution_digest.clone()),
        effective: decision.and_then(|decision| decision.effective),
        sources: decision.map(|decision| decision.source.clone()).into_iter().collect(),
    }
}

/// Why a proposal is not concluded: all of it.
fn differences(parts: &[Part]) -> Vec<String> {
    let mut why: Vec<String> = parts.iter().filter_map(not_in_force).collect();
    let mut resolved: Vec<(&str, Vec<&str>)> = Vec::new();
    for part in parts {
        let Some(digest) = part.digest.as_deref() else { continue };
        match resolved.iter_mut().find(|(known, _)| *known == digest) {
            Some((_, names)) => names.push(&part.authority.name),
            None => resolved.push((digest, vec![&part.authority.name])),
        }
    }
    if resolved.len() > 1 {
        let groups: Vec<String> = resolved.iter().map(|(_, names)| names.join(" and ")).collect();
        why.push(format!("{} resolved different things", groups.join(", ")));
    }
    why
}

fn not_in_force(part: &Part) -> Option<String> {
    let name = &part.authority.name;
    match part.state {
        None => Some(format!("{name} has no record of it")),
        Some(State::InForce) if part.digest.is_none() => Some(format!("{name} has not recorded what it resolved")),
        Some(State::InForce) => None,
        Some(State::MayBeDecided) => Some(format!("in {name} it may be decided")),
        Some(state) => Some(format!("in {name} it is {state}")),
    }
}
