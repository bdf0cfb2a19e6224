//! What is wanting of workloads, told once for all that lack the same.

use std::collections::BTreeMap;

use penshaw_basis::Estimate;

use super::candidates::{Candidate, Fixed};
use super::outcome::Finding;
use crate::named::sentence_list;

/// The most workloads that a finding names; of more it gives the number.
const MOST_NAMED: usize = 8;

/// Workloads that stay where they are, or are placed nowhere, by the reason.
pub(super) fn fixed(candidates: &[Candidate<'_>]) -> Vec<Finding> {
    let mut by_reason: BTreeMap<(&Fixed, bool), Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates {
        let reason = candidate.fixed.as_ref().map(|fixed| (fixed, candidate.primary.is_some()));
        reason.into_iter().for_each(|reason| by_reason.entry(reason).or_default().push(candidate));
    }
    let told = |((fixed, placed), workloads): ((&Fixed, bool), Vec<&Candidate<'_>>)| {
        let stays = if placed {
            "stays where it is, its load counted as far as known"
        } else {
            "is placed nowhere, its load not counted"
        };
        let what = format!("{stays}, because {}: {}", fixed.why, names(&workloads));
        let sources = workloads.iter().map(|candidate| candidate.source.clone()).collect();
        Finding::error("workloads", what, &fixed.hint, sources)
    };
    by_reason.into_iter().map(told).collect()
}

/// Every set of hosting options holds a public cloud, or a recorded reason why not (R76a).
pub(super) fn clouds(candidates: &[Candidate<'_>]) -> Vec<Finding> {
    let without_reason = |candidate: &&Candidate<'_>| {
        let reason = candidate.workload.public_cloud_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        candidate.workload.public_cloud.as_deref() == Some("not possible") && !reason
    };
    let unsaid = |candidate: &&Candidate<'_>| candidate.workload.public_cloud.is_none();
    let told = |workloads: Vec<&Candidate<'_>>, what: &str, hint: &str| {
        let sources = workloads.iter().map(|candidate| candidate.source.clone()).collect();
        let what = format!("{what}: {}", names(&workloads));
        (!workloads.is_empty()).then(|| Finding::warning("public cloud", what, hint, sources))
    };
    let findings = [
        told(
            candidates.iter().filter(without_reason).collect(),
            "said not to be possible in a public cloud, without a reason",
            "record the reason with the document that shows it, or say that it is possible",
        ),
        told(
            candidates.iter().filter(unsaid).collect(),
            "not said whether it could run in a public cloud, so that none was weighed for it",
            "record whether it is possible, and if not, why",
        ),
    ];
    findings.into_iter().flatten().collect()
}

/// Workloads that could move and whose moving cost is assumed.
pub(super) fn moving_costs(candidates: &[Candidate<'_>], assumed: f64) -> Option<Finding> {
    let without = |candidate: &&Candidate<'_>| candidate.workload.moving_cost.is_none() && candidate.fixed.is_none();
    let without: Vec<&Candidate<'_>> = candidates.iter().filter(without).collect();
    (!without.is_empty()).then(|| {
        let assumed = Estimate::from_pounds(assumed).to_whole_pounds();
        let what = format!("no moving cost is recorded, and {assumed} is assumed: {}", names(&without));
        let sources = without.iter().map(|candidate| candidate.source.clone()).collect();
        Finding::warning("workloads", what, "record what moving it would cost", sources)
    })
}

fn names(workloads: &[&Candidate<'_>]) -> String {
    if workloads.len() > MOST_NAMED {
        return format!("{} workloads", workloads.len());
    }
    let named = |candidate: &&Candidate<'_>| format!("{} ({})", candidate.workload.name, candidate.owner);
    sentence_list(&workloads.iter().map(named).collect::<Vec<_>>())
}
