//! References that lead nowhere, and authorities that are not partners.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{every, found};
use crate::{Baseline, CoalitionCost, CourseOption, FieldKind, Finding, Kind, Partnership, Problem, Record};

pub(super) fn check(partnership: &Partnership, baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let codes: BTreeSet<&str> = partnership.authorities.iter().map(|authority| authority.code.as_str()).collect();
    for baseline in baselines {
        let known: BTreeSet<(Kind, &str)> =
            baseline.records().iter().map(|record| (record.kind, record.reference.as_str())).collect();
        for record in baseline.records() {
            for field in record.kind.fields() {
                let Some(value) = record.fields.get(field.name) else {
                    continue;
                };
                let problems = words(value).into_iter().filter_map(|word| match field.kind {
                    FieldKind::Reference(kind) | FieldKind::References(kind) => {
                        unknown_entry(field.name, kind, word, &known)
                    }
                    FieldKind::Authority | FieldKind::AuthorityOrJoint => {
                        unknown_authority(field.name, field.kind, word, &codes)
                    }
                    _ => None,
                });
                findings.extend(problems.map(|problem| found(record, problem)));
            }
        }
    }
    findings.extend(unknown_members(baselines, &codes));
    findings
}

fn words(value: &Value) -> Vec<&str> {
    match value {
        Value::String(word) => vec![word],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn unknown_entry(field: &'static str, kind: Kind, reference: &str, known: &BTreeSet<(Kind, &str)>) -> Option<Problem> {
    let missing = !known.contains(&(kind, reference));
    missing.then(|| {
        Problem::error(
            field,
            format!("there is no {reference} among the {}", kind.sheet().to_lowercase()),
            format!("correct the reference, or add {reference} to the {}", kind.sheet().to_lowercase()),
        )
    })
}

fn unknown_authority(field: &'static str, kind: FieldKind, code: &str, codes: &BTreeSet<&str>) -> Option<Problem> {
    let joint = kind == FieldKind::AuthorityOrJoint && code == "joint";
    (!joint && !codes.contains(code)).then(|| no_such_authority(field, code, codes))
}

fn no_such_authority(field: &'static str, code: &str, codes: &BTreeSet<&str>) -> Problem {
    let list: Vec<&str> = codes.iter().copied().collect();
    Problem::error(
        field,
        format!("{code} is no authority of this partnership"),
        format!("write one of {}, or add it to partnership.toml", list.join(", ")),
    )
}

/// Authorities that stand within the words of a list: coalitions and stated shares.
fn unknown_members(baselines: &[Baseline], codes: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut refuse = |record: &Record, field: &'static str, members: &mut dyn Iterator<Item = &str>| {
        let strangers = members.filter(|code| !codes.contains(code));
        findings.extend(strangers.map(|code| found(record, no_such_authority(field, code, codes))));
    };
    for (record, cost) in every::<CoalitionCost>(baselines) {
        refuse(record, "coalition", &mut cost.coalition.iter().map(String::as_str));
    }
    for (record, option) in every::<CourseOption>(baselines) {
        let shares = option.shares().unwrap_or_default();
        refuse(record, "stated_shares", &mut shares.iter().map(|(code, _)| code.as_str()));
    }
    findings
}
