//! Gainshare: a share of profit that a contract may give back, told with, without and as expected, in no cost.

use penshaw_basis::{Estimate, Money};
use penshaw_register::{Bid, JointRegister};

use super::findings::{Findings, warning};
use super::outcome::{Gainshare, Inflow};

/// Whether an inflow is a share of profit.
pub(super) fn is_one(bid: &Bid) -> bool {
    bid.nature.as_deref() == Some("gainshare")
}

/// Each inflow, and what all of them come to.
pub(super) fn gainshare(bids: &[Bid], findings: &mut Findings) -> Gainshare {
    let inflows: Vec<Inflow> = bids.iter().filter(|bid| is_one(bid)).map(inflow).collect();
    for inflow in inflows.iter().filter(|inflow| inflow.expected.is_none()) {
        let what = format!("{} may come and has no probability, so nothing is expected of it.", inflow.name);
        findings.add(warning(what, "enter how likely it is, from 0 to 1", std::slice::from_ref(&inflow.source)));
    }
    Gainshare {
        with: inflows.iter().map(|inflow| inflow.with).sum(),
        without: inflows.iter().map(|inflow| inflow.without).sum(),
        expected: inflows.iter().filter_map(|inflow| inflow.expected).sum(),
        inflows,
    }
}

/// Won, it is there either way; lost, it is not; pending, it may come.
fn inflow(bid: &Bid) -> Inflow {
    let amount: Money = bid.amounts.values().copied().sum();
    let (with, without, expected) = match bid.status.as_str() {
        "won" => (amount, amount, Some(amount.into())),
        "lost" => (Money::ZERO, Money::ZERO, Some(Estimate::ZERO)),
        _ => {
            let likely = bid.probability.filter(|likely| (0.0..=1.0).contains(likely));
            (amount, Money::ZERO, likely.map(|likely| Estimate::from(amount) * likely))
        }
    };
    Inflow {
        reference: bid.reference.clone(),
        name: bid.name.clone(),
        authority: bid.authority.clone(),
        status: bid.status.clone(),
        probability: bid.probability,
        with,
        without,
        expected,
        source: JointRegister::own_source(&bid.reference),
    }
}
