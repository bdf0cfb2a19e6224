//! What is taken from the joint register, and what is missing where there is nothing to follow up.

use penshaw_basis::Date;
use penshaw_register::{
    Action, Benefit, Bid, Commitment, Contract, Held, HostingAgreement, JointRegister, Performance, RecoveryTest, Risk,
    RiskReview, Workload,
};

use super::input::{DatedContract, Input, TestedWorkload};
use crate::owned::{entries, owned};
use crate::{Missing, Need, named};

pub(super) fn input(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let input = all(joint, on);
    if is_followed_up(&input) { Ok(input) } else { Err(missing()) }
}

/// Everything that has a day, whether or not anything is followed up.
pub(super) fn all(joint: &JointRegister, on: Date) -> Input {
    Input {
        on,
        partners: named::partners(joint),
        areas: named::areas(joint),
        actions: entries::<Action>(joint),
        commitments: entries::<Commitment>(joint),
        benefits: entries::<Benefit>(joint),
        risks: entries::<Risk>(joint),
        reviews: entries::<RiskReview>(joint),
        bids: entries::<Bid>(joint),
        hosting: entries::<HostingAgreement>(joint),
        workloads: joint.all::<Workload>().into_iter().map(workload).collect(),
        tests: owned::<RecoveryTest>(joint),
        contracts: joint.all::<Contract>().into_iter().filter_map(contract).collect(),
        performance: owned::<Performance>(joint),
    }
}

fn workload(held: Held<Workload>) -> TestedWorkload {
    let Held { owner, entry, .. } = held;
    TestedWorkload {
        owner,
        reference: entry.reference,
        name: entry.name,
        recovery_site: entry.recovery_site,
        recovery_tested_on: entry.recovery_tested_on,
    }
}

fn contract(held: Held<Contract>) -> Option<DatedContract> {
    let Held { owner, entry, .. } = held;
    Some(DatedContract {
        owner,
        reference: entry.reference,
        title: entry.title,
        ends: entry.ends?,
        notice_months: entry.notice_months,
    })
}

/// Whether there is anything that was agreed, promised, tested or measured. Areas, risks, bids and
/// contracts stand in a register before anything is agreed, and say nothing of delivery by themselves.
fn is_followed_up(input: &Input) -> bool {
    let counts = [
        input.actions.len(),
        input.commitments.len(),
        input.benefits.len(),
        input.reviews.len(),
        input.hosting.len(),
        input.tests.len(),
        input.performance.len(),
    ];
    counts.iter().any(|count| *count > 0)
}

fn missing() -> Missing {
    let need = |what: &str, of: &str, hint: &str| Need { what: what.into(), of: of.into(), hint: hint.into() };
    Missing {
        needs: vec![
            need(
                "what is to be done, by whom and by when",
                "partnership",
                "add to the sheet Actions, one entry an action, or to Commitments what a report said would happen",
            ),
            need(
                "what was promised to each partner, and what came of it",
                "partnership",
                "add to the sheet Benefits, each with the frozen baseline against which it is measured",
            ),
            need(
                "how the ICT service performed, month by month",
                "each authority",
                "import the service desk's monthly file as performance.csv, and share it",
            ),
        ],
    }
}
