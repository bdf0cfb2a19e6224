//! Who holds what, and where it stands: entries with the wrong holder, baselines frozen twice, sites that are not there.

use std::collections::BTreeSet;

use super::found;
use crate::{Baseline, Finding, Holder, Kind, PARTNERSHIP, Partnership, Problem, Record, Severity};

pub(super) fn check(partnership: &Partnership, baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = wrong_holders(baselines);
    findings.extend(owners(baselines));
    findings.extend(sites(partnership, baselines));
    findings
}

/// The partners' entries belong to the partnership, and each authority's to itself.
fn wrong_holders(baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for baseline in baselines {
        let held = if baseline.owner() == PARTNERSHIP { Holder::Partnership } else { Holder::Authority };
        for record in baseline.records().iter().filter(|record| record.kind.holder() != held) {
            let holder = match record.kind.holder() {
                Holder::Partnership => "by the partnership, not by one authority",
                Holder::Authority => "by each authority, not by the partnership",
            };
            let what = format!("{} are held {holder}", record.kind.sheet().to_lowercase());
            let hint = "move the entry to the files of its holder";
            findings.push(found(record, Problem { field: None, ..Problem::error("reference", what, hint) }));
        }
    }
    findings
}

/// Two baselines of one owner would be added together.
fn owners(baselines: &[Baseline]) -> Vec<Finding> {
    let mut known = BTreeSet::new();
    let twice = baselines.iter().filter(|baseline| !known.insert(baseline.owner()));
    twice
        .map(|baseline| Finding {
            severity: Severity::Error,
            place: crate::Place { file: baseline.owner().to_owned(), sheet: None, cell: None },
            what: format!("{} has two baselines", baseline.owner()),
            hint: "give one of them".into(),
        })
        .collect()
}

/// The fields that name a site: an own one by its reference, another's as AUTHORITY/REFERENCE.
const SITES: &[(Kind, &[&str])] = &[
    (Kind::Rack, &["site"]),
    (Kind::Hardware, &["site"]),
    (Kind::Workload, &["site", "recovery_site"]),
    (Kind::Link, &["from_site", "to_site"]),
];

fn sites(partnership: &Partnership, baselines: &[Baseline]) -> Vec<Finding> {
    let known: BTreeSet<(&str, &str)> = baselines
        .iter()
        .flat_map(|baseline| baseline.records().iter().map(move |record| (baseline.owner(), record)))
        .filter(|(_, record)| record.kind == Kind::Site)
        .map(|(owner, record)| (owner, record.reference.as_str()))
        .collect();
    let mut findings = Vec::new();
    for baseline in baselines {
        for (record, field, site) in baseline.records().iter().flat_map(sites_of) {
            let problem = unknown_site(partnership, baseline.owner(), field, site, &known);
            findings.extend(problem.map(|problem| found(record, problem)));
        }
    }
    findings
}

fn sites_of(record: &Record) -> impl Iterator<Item = (&Record, &'static str, &str)> {
    let fields = SITES.iter().find(|(kind, _)| *kind == record.kind).map(|(_, fields)| *fields).unwrap_or_default();
    fields.iter().filter_map(move |field| Some((record, *field, record.fields.get(*field)?.as_str()?)))
}

fn unknown_site(
    partnership: &Partnership,
    owner: &str,
    field: &'static str,
    site: &str,
    known: &BTreeSet<(&str, &str)>,
) -> Option<Problem> {
    if known.contains(&(owner, site)) {
        return None;
    }
    let Some((authority, reference)) = site.split_once('/') else {
        let what = format!("there is no {site} among the sites");
        return Some(Problem::error(field, what, format!("correct the reference, or add {site} to the sites")));
    };
    if partnership.authority(authority).is_none() {
        let what = format!("{authority} is no authority of this partnership");
        return Some(Problem::error(field, what, "write another authority's site as AUTHORITY/REFERENCE"));
    }
    (!known.contains(&(authority, reference))).then(|| {
        // Only its owner can mend the other side, so that it stops nothing.
        let what = format!("{authority} has no site {reference}");
        Problem::warning(field, what, format!("ask {authority} for the reference of the site"))
    })
}
