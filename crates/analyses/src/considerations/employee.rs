//! Employee implications: posts that an option would bring together, how staff would come under it, redundancy and pensions.

use penshaw_basis::{Basis, Estimate, Source};
use penshaw_register::JointRegister;
use serde::Deserialize;

use super::drawn::{Drawn, Law, sentence};
use super::{Input, Staff, Statement};
use crate::named::{ListedOption, capitalised, counted, name_of, sentence_list};

/// The kinds of money that bear on staff.
pub(super) const FLOWS: [&str; 2] = ["redundancy", "pension strain"];

#[derive(Deserialize)]
struct Route {
    route: String,
    meaning: String,
    law: Law,
}

#[derive(Deserialize)]
struct EarlyPension {
    from_age: u32,
    membership_years: u32,
}

pub(super) fn drawn(input: &Input, basis: &Basis) -> Drawn {
    let mut drawn = Drawn::default();
    let integrating: Vec<&ListedOption> = input.options.iter().filter(|option| option.integrates()).collect();
    drawn.statements.extend(integrating.iter().filter_map(|option| posts(input, option)));
    routes(input, basis, &mut drawn);
    leaving(input, basis, &mut drawn);
    if !integrating.is_empty() {
        drawn.missing.extend(input.staff.iter().filter_map(|staff| not_shared(input, staff)));
    }
    let without_route = integrating.iter().filter(|option| !has_route(input, &option.reference));
    drawn
        .missing
        .extend(without_route.map(|option| format!("How staff would come under {} is not recorded.", option.name)));
    let moves = !integrating.is_empty() || !drawn.statements.is_empty();
    drawn.not_applicable = (!moves && !input.options.is_empty()).then(|| Statement {
        text: "No option brings staff under one service, and no cost of redundancy or pensions is recorded.".into(),
        options: Vec::new(),
        sources: input.options.iter().map(ListedOption::source).collect(),
    });
    drawn
}

/// The posts of all partners that would come under one service. An entry may stand for several
/// posts of one title, so that they are told by full-time equivalent.
fn posts(input: &Input, option: &ListedOption) -> Option<Statement> {
    let sharing: Vec<&Staff> = input.staff.iter().filter(|staff| staff.posts > 0).collect();
    let entries: usize = sharing.iter().map(|staff| staff.posts).sum();
    let fte: f64 = sharing.iter().map(|staff| staff.fte).sum();
    let each: Vec<String> = sharing
        .iter()
        .map(|staff| format!("{:.1} of {}", staff.fte, name_of(&input.partners, &staff.authority)))
        .collect();
    (entries > 0).then(|| Statement {
        text: format!(
            "{} would bring together posts of {fte:.1} full-time equivalent, from {}: {}.",
            option.name,
            counted(entries, "entry of the register", "entries of the register"),
            sentence_list(&each)
        ),
        options: vec![option.reference.clone()],
        sources: sharing.iter().flat_map(|staff| staff.sources.iter().cloned()).collect(),
    })
}

fn not_shared(input: &Input, staff: &Staff) -> Option<String> {
    let name = name_of(&input.partners, &staff.authority);
    match (staff.posts, staff.kept_back) {
        (0, 0) => Some(format!("The posts of {name} are not recorded.")),
        (_, 1..) => Some(format!("{name} keeps back {}.", counted(staff.kept_back, "post", "posts"))),
        _ if staff.without_fte > 0 => Some(format!(
            "{} of {name} without full-time equivalent.",
            counted(staff.without_fte, "post is", "posts are")
        )),
        _ => None,
    }
}

fn has_route(input: &Input, option: &str) -> bool {
    input
        .considerations
        .iter()
        .any(|entry| entry.staff_route.is_some() && crate::named::bears_on(&entry.options, option))
}

/// What each recorded route means for staff, once a route.
fn routes(input: &Input, basis: &Basis, drawn: &mut Drawn) {
    let recorded = || input.considerations.iter().filter(|entry| entry.subject == "employee");
    if recorded().all(|entry| entry.staff_route.is_none()) {
        return;
    }
    let routes = match basis.value::<Vec<Route>>("considerations/staff_routes", input.on) {
        Ok(routes) => routes,
        Err(error) => return drawn.problems.push(error.to_string()),
    };
    for route in &routes.value {
        let entries: Vec<_> = recorded().filter(|entry| entry.staff_route.as_ref() == Some(&route.route)).collect();
        if entries.is_empty() {
            continue;
        }
        let about_all = entries.iter().any(|entry| entry.options.is_empty());
        let mut options: Vec<String> = entries.iter().flat_map(|entry| entry.options.clone()).collect();
        options.sort();
        options.dedup();
        let mut sources: Vec<Source> =
            entries.iter().map(|entry| JointRegister::own_source(&entry.reference)).collect();
        sources.extend(routes.sources.iter().cloned());
        if !route.law.href.is_empty() {
            sources.push(Source::publication(&route.law.title, &route.law.href));
        }
        drawn.statements.push(Statement {
            text: sentence(&format!("{}: {}", staff_route_name(&route.route), route.meaning)),
            options: if about_all { Vec::new() } else { options },
            sources,
        });
    }
}

fn staff_route_name(route: &str) -> String {
    match route {
        "none" => "No transfer of staff".into(),
        route => capitalised(route),
    }
}

/// What the options record for redundancy and pensions, and when a pension is paid early.
fn leaving(input: &Input, basis: &Basis, drawn: &mut Drawn) {
    let mut any = Vec::new();
    for option in &input.options {
        let mut said = Vec::new();
        let mut sources = Vec::new();
        for flow in FLOWS {
            let lines = input.lines.iter().filter(|line| line.option == option.reference && line.flow == flow);
            let lines: Vec<_> = lines.collect();
            let total: Estimate = lines.iter().map(|line| Estimate::from(line.total)).sum();
            if !lines.is_empty() {
                said.push(format!("{} for {flow}", total.to_whole_pounds()));
            }
            sources.extend(lines.iter().map(|line| JointRegister::own_source(&line.reference)));
        }
        if !said.is_empty() {
            any.push(option.reference.clone());
            drawn.statements.push(Statement {
                text: format!("{} provides {}, over all years as recorded.", option.name, sentence_list(&said)),
                options: vec![option.reference.clone()],
                sources,
            });
        }
    }
    if any.is_empty() {
        return;
    }
    match basis.value::<EarlyPension>("pensions", input.on) {
        Ok(pension) => drawn.statements.push(Statement {
            text: format!(
                "A member of the Local Government Pension Scheme who is made redundant at {} or above, with {} years of membership, draws the pension at once and unreduced; the employer pays the strain.",
                pension.value.from_age, pension.value.membership_years
            ),
            options: any,
            sources: pension.sources,
        }),
        Err(error) => drawn.problems.push(error.to_string()),
    }
}
