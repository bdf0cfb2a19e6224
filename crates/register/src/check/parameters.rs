//! Words that must name a value of a parameter: optimism bias, reference classes, functions.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Basis, Date};
use serde::Deserialize;

use super::{every, found};
use crate::{Application, Baseline, Finding, Line, Mitigation, Problem};

#[derive(Deserialize)]
struct Function {
    id: u32,
}

/// What is wrong with words that name parameters, on the day whose parameters are in force.
pub fn check_parameters(basis: &Basis, on: Date, baselines: &[Baseline]) -> Vec<Finding> {
    let mut findings = categories(basis, on, baselines);
    findings.extend(classes(basis, on, baselines));
    findings.extend(functions(basis, on, baselines));
    findings.sort();
    findings
}

fn categories(basis: &Basis, on: Date, baselines: &[Baseline]) -> Vec<Finding> {
    type Categories = BTreeMap<String, serde_json::Value>;
    let Ok(known) = basis.value::<Categories>("green_book/optimism_bias", on) else { return Vec::new() };
    let list: Vec<&str> = known.value.keys().map(String::as_str).collect();
    let problem = |field: &'static str, category: &str| {
        let what = format!("\"{category}\" is no category of optimism bias");
        (!known.value.contains_key(category))
            .then(|| Problem::error(field, what, format!("write one of {}", list.join(", "))))
    };
    let lines = every::<Line>(baselines).into_iter();
    let mut findings: Vec<Finding> = lines
        .filter_map(|(record, line)| {
            problem("optimism_bias", line.optimism_bias.as_deref()?).map(|wrong| found(record, wrong))
        })
        .collect();
    let mitigations = every::<Mitigation>(baselines).into_iter();
    findings.extend(mitigations.filter_map(|(record, mitigation)| {
        problem("category", &mitigation.category).map(|wrong| found(record, wrong))
    }));
    findings
}

fn classes(basis: &Basis, on: Date, baselines: &[Baseline]) -> Vec<Finding> {
    let lines = every::<Line>(baselines).into_iter();
    let wrong = |class: &str| {
        let known = basis.value::<serde_json::Value>(class, on).is_ok_and(|found| found.value.get("prior").is_some());
        let what = format!("\"{class}\" is no reference class");
        (!known).then(|| {
            Problem::error(
                "reference_class",
                what,
                "write the name of a parameter, such as reference_class/shared_ict_benefits",
            )
        })
    };
    lines
        .filter_map(|(record, line)| wrong(line.reference_class.as_deref()?).map(|problem| found(record, problem)))
        .collect()
}

fn functions(basis: &Basis, on: Date, baselines: &[Baseline]) -> Vec<Finding> {
    let Ok(known) = basis.value::<Vec<Function>>("functions/local_government", on) else { return Vec::new() };
    let ids: BTreeSet<String> = known.value.into_iter().map(|function| function.id.to_string()).collect();
    let wrong = |id: &str| {
        let what = format!("there is no local government function {id}");
        (!ids.contains(id)).then(|| {
            Problem::warning(
                "function",
                what,
                "`penshaw parameters functions/local_government` lists them; or leave it empty",
            )
        })
    };
    let applications = every::<Application>(baselines).into_iter();
    applications
        .filter_map(|(record, own)| wrong(own.function.as_deref()?).map(|problem| found(record, problem)))
        .collect()
}
