//! What the question takes from the joint register.

use penshaw_basis::Date;
use penshaw_register::{JointRegister, Link, Site, Workload};

use super::{Input, steps};
use crate::owned::{entries, owned};
use crate::{Missing, Need, named};

/// The analyses by which an area of joint work may be judged that placement serves, the nearest first.
const JUDGED_BY: [&str; 2] = ["placement", "resilience"];

pub(super) fn input(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let workloads = owned::<Workload>(joint);
    let input = Input {
        on,
        partners: named::partners(joint),
        sites: owned::<Site>(joint),
        nodes: steps(workloads.len()),
        workloads,
        links: owned::<Link>(joint),
        agreements: entries(joint),
        area: area(joint),
    };
    let needs = missing(&input);
    if needs.is_empty() { Ok(input) } else { Err(Missing { needs }) }
}

/// The area of joint work that placement serves.
fn area(joint: &JointRegister) -> Option<String> {
    JUDGED_BY.iter().find_map(|by| named::area_judged_by(joint, by))
}

fn missing(input: &Input) -> Vec<Need> {
    let need = |what: &str, hint: &str| Need {
        what: what.to_owned(),
        of: match input.partners.as_slice() {
            [one] => one.code.clone(),
            _ => "each partner".to_owned(),
        },
        hint: hint.to_owned(),
    };
    let wanted = [
        (input.workloads.is_empty(), need("what runs, and what it needs", "add to the sheet Workloads, and share it")),
        (
            input.sites.len() < 2,
            need("at least two sites, with what they hold", "add to the sheet Sites, and share it"),
        ),
    ];
    wanted.into_iter().filter(|(missing, _)| *missing).map(|(_, need)| need).collect()
}
