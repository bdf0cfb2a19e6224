//! Which rules today's placement breaks.

use penshaw_basis::Source;

use super::candidates::Candidate;
use super::estate::Estate;
use super::outcome::{Finding, SiteLoad};
use crate::named::counted;

/// What today's placement breaks: recovery, capacity, affinity and separation.
pub(super) fn breaks(
    estate: &Estate,
    candidates: &[Candidate<'_>],
    groups: &[Vec<usize>],
    apart: &[[usize; 2]],
    loads: &[SiteLoad],
) -> Vec<Finding> {
    let mut findings = recoveries(estate, candidates);
    findings.extend(overloads(estate, loads));
    findings.extend(together(candidates, groups));
    findings.extend(apart.iter().filter_map(|pair| too_near(candidates, pair)));
    findings
}

fn recoveries(estate: &Estate, candidates: &[Candidate<'_>]) -> Vec<Finding> {
    let placed: Vec<&Candidate<'_>> = candidates.iter().filter(|candidate| candidate.primary.is_some()).collect();
    let none: Vec<&Candidate<'_>> = placed.iter().filter(|one| one.recovery.is_none()).copied().collect();
    let same_hands = |one: &&&Candidate<'_>| match (one.primary, one.recovery) {
        (Some(primary), Some(recovery)) => !estate.of_two_hands(primary, recovery),
        _ => false,
    };
    let same: Vec<&Candidate<'_>> = placed.iter().filter(same_hands).copied().collect();
    let barred = |one: &&&Candidate<'_>| {
        one.fixed.is_none() && one.recovery.is_some() && !same_hands(one) && one.lawful_today().is_none()
    };
    let barred: Vec<&Candidate<'_>> = placed.iter().filter(barred).copied().collect();
    let said = [
        (none, "would today be recovered nowhere", "name a recovery site, and test that the copy there starts"),
        (
            same,
            "would today be recovered at a site of the same authority",
            "name a site of another authority or a public cloud",
        ),
        (
            barred,
            "stand or are recovered today where their own entries rule it out",
            "look at the public cloud field, the latency and the recovery point needed",
        ),
    ];
    said.into_iter().filter_map(|(workloads, what, hint)| told(&workloads, what, hint)).collect()
}

fn told(workloads: &[&Candidate<'_>], what: &str, hint: &str) -> Option<Finding> {
    let sources: Vec<Source> = workloads.iter().map(|one| one.source.clone()).collect();
    let number = counted(workloads.len(), "workload", "workloads");
    (!workloads.is_empty()).then(|| Finding::warning("today", format!("{number} {what}"), hint, sources))
}

fn overloads(estate: &Estate, loads: &[SiteLoad]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (load, site) in loads.iter().zip(&estate.sites) {
        for measure in load.measures.iter().filter(|measure| measure.over()) {
            let (worst, when) = measure.worst();
            let lost = |code: &str| {
                estate.sites.iter().find(|site| site.code == code).map_or("another site", |site| &site.name).to_owned()
            };
            let when = when.map(|code| format!(" while {} is lost", lost(code))).unwrap_or_default();
            let what = format!(
                "{} would today need {worst:.1} {} of {}{when}, and has {:.1}",
                site.name,
                measure.unit,
                measure.what,
                measure.capacity.unwrap_or_default()
            );
            let hint = "the proposal keeps within what each site has";
            findings.push(Finding::warning("today", what, hint, vec![site.source.clone()]));
        }
    }
    findings
}

fn together(candidates: &[Candidate<'_>], groups: &[Vec<usize>]) -> Vec<Finding> {
    let scattered = |group: &&Vec<usize>| {
        let first = group.first().and_then(|first| candidates[*first].primary);
        group.iter().any(|member| candidates[*member].primary != first)
    };
    let said = |group: &Vec<usize>| {
        let word = candidates[group[0]].workload.placed_with.clone().unwrap_or_default();
        let sources = group.iter().map(|member| candidates[*member].source.clone()).collect();
        let what = format!("the workloads placed with \"{word}\" do not run at one site today");
        Finding::warning("today", what, "the proposal brings them to one site", sources)
    };
    groups.iter().filter(scattered).map(said).collect()
}

fn too_near(candidates: &[Candidate<'_>], pair: &[usize; 2]) -> Option<Finding> {
    let [one, other] = pair.map(|place| &candidates[place]);
    (one.primary.is_some() && one.primary == other.primary).then(|| {
        let what = format!("{} and {} must not run at one site, and do today", one.workload.name, other.workload.name);
        let sources = vec![one.source.clone(), other.source.clone()];
        Finding::warning("today", what, "the proposal sets them apart", sources)
    })
}
