//! Hosting agreements and the latest test of what they are there for: that a workload comes back.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{HostingAgreement, JointRegister, RecoveryTest};

use super::days::{months_after, notice_by};
use super::given::Given;
use super::input::{Input, TestedWorkload};
use super::outcome::{Finding, HostingStanding, RecoveryStanding};
use crate::Owned;

/// The latest test of each workload, by owner and reference; of two on one day the worse one stands.
pub(super) fn recoveries(input: &Input, given: &Given) -> Vec<RecoveryStanding> {
    let mut latest: BTreeMap<(&str, &str), &Owned<RecoveryTest>> = BTreeMap::new();
    for test in &input.tests {
        let Some(day) = test.entry.tested_on.filter(|day| *day <= input.on) else { continue };
        let kept = latest.entry((&test.owner, &test.entry.workload)).or_insert(test);
        if (Some(day), badness(test)) > (kept.entry.tested_on, badness(kept)) {
            *kept = test;
        }
    }
    let tested = latest.iter().filter_map(|((owner, workload), test)| {
        let named = input.workloads.iter().find(|one| one.owner == *owner && one.reference == *workload);
        Some(of_test(test, test.entry.tested_on?, named, given))
    });
    let of_workloads = input.workloads.iter().filter(|one| !latest.contains_key(&(&*one.owner, &*one.reference)));
    let of_workloads = of_workloads.filter_map(|one| of_workload(one, input.on, given));
    let mut all: Vec<RecoveryStanding> = tested.chain(of_workloads).collect();
    all.sort_by(|one, other| (&one.owner, &one.workload).cmp(&(&other.owner, &other.workload)));
    all
}

fn badness(test: &Owned<RecoveryTest>) -> u8 {
    match test.entry.result.as_deref() {
        Some("failed") => 3,
        Some("partial") => 2,
        None => 1,
        _ => 0,
    }
}

fn counts_until(tested_on: Date, given: &Given) -> Option<Date> {
    let recovery = given.recovery.as_ref()?;
    Some(months_after(tested_on, recovery.value.tested_within_months))
}

fn of_test(
    test: &Owned<RecoveryTest>,
    tested_on: Date,
    named: Option<&TestedWorkload>,
    given: &Given,
) -> RecoveryStanding {
    let own = test.source();
    RecoveryStanding {
        owner: test.owner.clone(),
        workload: test.entry.workload.clone(),
        name: named.map_or(&test.entry.workload, |workload| &workload.name).clone(),
        tested_on,
        result: test.entry.result.clone(),
        counts_until: counts_until(tested_on, given),
        evidence: test.entry.evidence.clone(),
        sources: std::iter::once(own).chain(named.map(TestedWorkload::source)).collect(),
    }
}

/// What a workload's own entry says of its last test, where no test is recorded apart.
fn of_workload(workload: &TestedWorkload, on: Date, given: &Given) -> Option<RecoveryStanding> {
    let tested_on = workload.recovery_tested_on.filter(|day| *day <= on)?;
    Some(RecoveryStanding {
        owner: workload.owner.clone(),
        workload: workload.reference.clone(),
        name: workload.name.clone(),
        tested_on,
        result: None,
        counts_until: counts_until(tested_on, given),
        evidence: None,
        sources: vec![workload.source()],
    })
}

/// Every hosting agreement, in the order of the entries.
pub(super) fn hosting(input: &Input, recoveries: &[RecoveryStanding]) -> Vec<HostingStanding> {
    let agreements = input.hosting.iter();
    agreements
        .map(|agreement| HostingStanding {
            reference: agreement.reference.clone(),
            name: agreement.name.clone(),
            guest: agreement.guest.clone(),
            host: agreement.host.clone(),
            standing: agreement.standing.clone(),
            area: agreement.area.clone(),
            ends: agreement.ends,
            notice_by: agreement.ends.zip(agreement.notice_months).map(|(ends, months)| notice_by(ends, months)),
            tested: tested(input, agreement, recoveries),
            source: JointRegister::own_source(&agreement.reference),
        })
        .collect()
}

/// The guest's workloads that would come back at the agreement's site and whose recovery was tested.
fn tested(input: &Input, agreement: &HostingAgreement, recoveries: &[RecoveryStanding]) -> Vec<String> {
    let served = recoveries.iter().filter(|recovery| recovery.owner == agreement.guest).filter(|recovery| {
        let mut workloads = input.workloads.iter();
        let named = workloads.find(|one| one.owner == recovery.owner && one.reference == recovery.workload);
        named.is_some_and(|workload| is_served(workload, agreement))
    });
    served.map(|recovery| format!("{}/{}", recovery.owner, recovery.workload)).collect()
}

fn is_served(workload: &TestedWorkload, agreement: &HostingAgreement) -> bool {
    workload.recovered_at().is_some_and(|(owner, site)| {
        let of_agreement = agreement.site.as_deref().map(|site| site.rsplit_once('/').map_or(site, |(_, site)| site));
        owner == agreement.host && of_agreement.is_none_or(|agreed| agreed == site)
    })
}

/// Agreements in force that no test bears out, and tests that did not start the copy.
pub(super) fn findings(input: &Input, hosting: &[HostingStanding]) -> Vec<Finding> {
    let untested = hosting.iter().filter(|agreement| agreement.standing == "in force" && agreement.tested.is_empty());
    let untested = untested.map(|agreement| {
        let what = format!("No test of recovery that is shared bears out the hosting agreement “{}”.", agreement.name);
        let hint = "test the recovery of what is hosted and record the test, or share the test and the recovery site";
        Finding::warning(what, hint, vec![agreement.source.clone()])
    });
    let hollow = input
        .tests
        .iter()
        .filter(|test| test.entry.result.as_deref() == Some("passed") && test.entry.copy_started == Some(false));
    let hollow = hollow.map(|test| {
        let what = format!(
            "The test {} of {} is recorded as passed, though the copy was not started.",
            test.entry.reference, test.owner
        );
        let hint = "test again with the copy started and used: a copy that was never started is not a recovery";
        Finding::warning(what, hint, vec![test.source()])
    });
    untested.chain(hollow).collect()
}
