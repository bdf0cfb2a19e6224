//! Is it happening: what was agreed, promised and measured, what became of it, and what is due.
#![doc = include_str!("method.md")]

mod agreed;
mod alerts;
mod benefits;
mod days;
mod gather;
mod given;
mod input;
mod outcome;
mod performance;
mod present;
mod recovery;
mod risks;
#[cfg(test)]
mod tests;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Bid, JointRegister, Kind};

pub use input::{DatedContract, Input, TestedWorkload};
pub use outcome::*;

use crate::{Analysis, Missing};
use given::Given;

/// Is it happening?
pub struct Delivery;

/// What needs attention on a day, whether or not there is anything to follow up: contracts end where nothing was agreed too.
pub fn alerts(joint: &JointRegister, basis: &Basis, on: Date) -> Vec<Alert> {
    Delivery::analyse(&gather::all(joint, on), basis).alerts
}

/// Alerts of every sort in one order: the gravest first, then by day.
pub fn in_order(mut alerts: Vec<Alert>) -> Vec<Alert> {
    alerts::sort(&mut alerts);
    alerts
}

impl Analysis for Delivery {
    const NAME: &'static str = "delivery";
    const QUESTION: &'static str = "Is it happening?";
    const METHOD: &'static str = include_str!("method.md");
    const VERSION: u32 = 1;
    const ADDS_UP: &'static [(Kind, &'static str)] =
        &[(Kind::Performance, "logged"), (Kind::Performance, "closed"), (Kind::Performance, "within_target")];
    type Input = Input;
    type Outcome = Outcome;

    fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
        gather::input(joint, on)
    }

    fn analyse(input: &Input, basis: &Basis) -> Outcome {
        let given = Given::in_force(basis, input.on);
        let recoveries = recovery::recoveries(input, &given);
        let hosting = recovery::hosting(input, &recoveries);
        let commitments = agreed::commitments(input);
        let mut outcome = Outcome {
            on: input.on,
            partners: input.partners.clone(),
            alerts: Vec::new(),
            areas: agreed::areas(input, &commitments, &hosting),
            commitments,
            hosting,
            recoveries,
            benefits: benefits::benefits(input, &given),
            risks: risks::risks(input, &given),
            bids: input.bids.iter().map(bid).collect(),
            performance: performance::performance(input, &given),
            findings: Vec::new(),
        };
        outcome.alerts = alerts::alerts(input, &given, &outcome);
        outcome.findings = findings(input, &given, &outcome);
        outcome
    }

    fn present(outcome: &Outcome) -> Vec<Block> {
        present::blocks(outcome)
    }
}

fn bid(bid: &Bid) -> BidStanding {
    BidStanding {
        name: bid.name.clone(),
        authority: bid.authority.clone(),
        amount: bid.amounts.values().copied().sum(),
        status: bid.status.clone(),
        decided: bid.decided,
        source: JointRegister::own_source(&bid.reference),
    }
}

/// Everything that is wanting, the gravest first.
fn findings(input: &Input, given: &Given, outcome: &Outcome) -> Vec<Finding> {
    let problems = given.problems.iter().map(|problem| {
        let what = format!("A parameter could not be read, and what rests on it is left out: {problem}");
        Finding::error(what, "correct the parameter", Vec::new())
    });
    let mut findings: Vec<Finding> = problems.collect();
    findings.extend(agreed::findings(&outcome.areas, &outcome.commitments));
    findings.extend(recovery::findings(input, &outcome.hosting));
    findings.extend(benefits::findings(input));
    findings.extend(risks::findings(input, &outcome.risks));
    findings.extend(performance::findings(input, &outcome.performance));
    findings.sort_by_key(|finding| finding.severity);
    findings
}
