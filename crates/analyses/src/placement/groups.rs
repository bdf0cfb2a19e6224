//! Which workloads are placed together, and which must stand apart.

use std::collections::BTreeMap;

use super::candidates::Candidate;
use super::outcome::Finding;

/// The workloads that share a primary site, each group by its members' places; a workload with no such word is alone.
///
/// A word binds the workloads of one owner.
pub(super) fn together(candidates: &[Candidate<'_>], findings: &mut Vec<Finding>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut by_word: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| !candidate.ways.is_empty()) {
        let word = candidate.workload.placed_with.as_deref().map(str::trim).filter(|word| !word.is_empty());
        let group = word.map(|word| *by_word.entry((candidate.owner, word)).or_insert(groups.len()));
        match group {
            Some(group) if group < groups.len() => groups[group].push(place),
            _ => groups.push(vec![place]),
        }
    }
    groups.into_iter().flat_map(|group| kept_or_split(candidates, group, findings)).collect()
}

/// The group, or each member alone where no one site may hold them all.
fn kept_or_split(candidates: &[Candidate<'_>], group: Vec<usize>, findings: &mut Vec<Finding>) -> Vec<Vec<usize>> {
    let holds = |member: &usize, site: usize| candidates[*member].ways.iter().any(|way| way.primary == site);
    let mut sites = candidates[group[0]].ways.iter().map(|way| way.primary);
    if sites.any(|site| group.iter().all(|member| holds(member, site))) {
        return vec![group];
    }
    findings.push(Finding::error(
        "workloads",
        format!(
            "no one site may hold all that is placed with \"{}\": each is placed alone",
            candidates[group[0]].workload.placed_with.as_deref().unwrap_or_default()
        ),
        "look at what keeps each of them where it is",
        group.iter().map(|member| candidates[*member].source.clone()).collect(),
    ));
    group.into_iter().map(|member| vec![member]).collect()
}

/// Pairs that must not run at one site, by their places, each pair once.
pub(super) fn apart(
    candidates: &[Candidate<'_>],
    groups: &[Vec<usize>],
    findings: &mut Vec<Finding>,
) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for (place, candidate) in candidates.iter().enumerate() {
        for reference in &candidate.workload.apart_from {
            let named =
                |other: &Candidate<'_>| other.owner == candidate.owner && other.workload.reference == *reference;
            let other = candidates.iter().position(named);
            match other.map(|other| (other, hindrance(candidates, groups, place, other))) {
                Some((other, None)) => pairs.push([place.min(other), place.max(other)]),
                Some((_, Some(why))) => findings.push(left_out(candidate, reference, why)),
                None => findings.push(left_out(candidate, reference, "it is not on the joint register")),
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Why two workloads cannot be set apart.
fn hindrance(candidates: &[Candidate<'_>], groups: &[Vec<usize>], one: usize, other: usize) -> Option<&'static str> {
    let only = |place: usize| {
        let ways = &candidates[place].ways;
        let first = ways.first()?.primary;
        ways.iter().all(|way| way.primary == first).then_some(first)
    };
    if one == other || groups.iter().any(|group| group.contains(&one) && group.contains(&other)) {
        return Some("they are also placed together");
    }
    if candidates[one].ways.is_empty() || candidates[other].ways.is_empty() {
        return Some("one of them is placed nowhere");
    }
    (only(one).is_some() && only(one) == only(other)).then_some("neither of them can leave the site where both are")
}

fn left_out(candidate: &Candidate<'_>, reference: &str, why: &str) -> Finding {
    let what = format!("{} is not set apart from {reference}: {why}", candidate.workload.name);
    Finding::error("workloads", what, "correct the fields Apart from and Placed with", vec![candidate.source.clone()])
}
