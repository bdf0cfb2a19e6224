//! Alerts: everything that has a day before or soon after the day of the answer, and every recovery that failed.
//!
//! An alert's id is made from its kind and its entry, so that it is the same in every run; it is gone as soon
//! as its cause is.

use penshaw_basis::{Date, Source};
use penshaw_documents::Value;

use super::days::{days_after, notice_by};
use super::given::{Ahead, Given};
use super::input::{DatedContract, Input};
use super::outcome::{
    ActionIs, Alert, AlertKind, AlertSeverity, AreaStanding, BidStanding, CommitmentStanding, HostingStanding, Outcome,
    PartnerPerformance, RecoveryStanding, RiskStanding,
};
use super::performance::{due_of, months_listed};

/// Every alert, the gravest first, then by day.
pub(super) fn alerts(input: &Input, given: &Given, outcome: &Outcome) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = outcome.recoveries.iter().filter_map(|one| failed(one, &outcome.hosting)).collect();
    if let Some(ahead) = &given.alerts {
        let watch = Watch { input, on: input.on, ahead: ahead.value, sources: &ahead.sources };
        alerts.extend(watch.alerts(given, outcome));
    }
    sort(&mut alerts);
    alerts
}

pub(super) fn sort(alerts: &mut [Alert]) {
    alerts.sort_by(|one, other| order(one).cmp(&order(other)));
}

/// A recovery that failed stands before all others; then what is due at once, then by day.
fn order(alert: &Alert) -> (AlertSeverity, bool, Option<Date>, &str) {
    (alert.severity, alert.kind != AlertKind::RecoveryFailed, alert.due, &alert.id)
}

fn id(kind: &str, source: &Source) -> String {
    format!("{kind}/{source}")
}

/// A test of recovery that failed, or succeeded in part: due at once.
fn failed(recovery: &RecoveryStanding, hosting: &[HostingStanding]) -> Option<Alert> {
    let (kind, name, what) = match recovery.result.as_deref()? {
        "failed" => (AlertKind::RecoveryFailed, "recovery-failed", "failed"),
        "partial" => (AlertKind::RecoveryPartial, "recovery-partial", "succeeded only in part"),
        _ => return None,
    };
    Some(Alert {
        id: id(name, &workload(recovery)),
        kind,
        severity: AlertSeverity::Grave,
        what: format!("The test of recovering {} on {} {what}.", recovery.name, Value::Day(recovery.tested_on)),
        authority: recovery.owner.clone(),
        owner: None,
        due: None,
        area: area_of(recovery, hosting),
        sources: recovery.sources.clone(),
        hint: "mend what stopped it and test again; until a test passes, count on no recovery".into(),
    })
}

fn workload(recovery: &RecoveryStanding) -> Source {
    Source::entry(&recovery.owner, &recovery.workload)
}

/// The area of a hosting agreement that the recovery rests on.
fn area_of(recovery: &RecoveryStanding, hosting: &[HostingStanding]) -> Option<String> {
    let name = workload(recovery).to_string();
    hosting.iter().filter(|agreement| agreement.tested.contains(&name)).find_map(|agreement| agreement.area.clone())
}

/// Looks at days: how soon each sort of alert is raised.
struct Watch<'a> {
    input: &'a Input,
    on: Date,
    ahead: Ahead,
    sources: &'a [Source],
}

/// What an alert says besides its severity.
struct Draft<'a> {
    kind: AlertKind,
    name: &'a str,
    source: &'a Source,
    what: String,
    hint: &'a str,
    authority: &'a str,
}

impl Watch<'_> {
    fn alerts(&self, given: &Given, outcome: &Outcome) -> Vec<Alert> {
        let areas = outcome.areas.iter().flat_map(|area| self.actions(area));
        let commitments = outcome.commitments.iter().filter_map(|one| self.commitment(one));
        let hosting = outcome.hosting.iter().flat_map(|one| self.hosting(one));
        let contracts = self.input.contracts.iter().flat_map(|one| self.contract(one));
        let recoveries = outcome.recoveries.iter().filter_map(|one| self.recovery(one, given, &outcome.hosting));
        let risks = outcome.risks.iter().filter_map(|one| self.risk(one));
        let performance = outcome.performance.iter().filter_map(|one| self.performance(one));
        let bids = outcome.bids.iter().filter_map(|one| self.bid(one));
        let all = areas.chain(commitments).chain(hosting).chain(contracts).chain(recoveries);
        all.chain(risks).chain(performance).chain(bids).collect()
    }

    /// The severity of a day: passed, near, or not yet worth a word.
    fn severity(&self, day: Date, ahead: u16) -> Option<AlertSeverity> {
        match day {
            day if day < self.on => Some(AlertSeverity::Overdue),
            day if day <= days_after(self.on, ahead) => Some(AlertSeverity::Soon),
            _ => None,
        }
    }

    fn alert(&self, due: Date, ahead: u16, draft: Draft<'_>) -> Option<Alert> {
        Some(Alert {
            id: id(draft.name, draft.source),
            kind: draft.kind,
            severity: self.severity(due, ahead)?,
            what: draft.what,
            authority: draft.authority.to_owned(),
            owner: None,
            due: Some(due),
            area: None,
            sources: vec![draft.source.clone()],
            hint: draft.hint.to_owned(),
        })
    }

    fn actions(&self, area: &AreaStanding) -> Vec<Alert> {
        let open = area.actions.iter().filter(|action| action.standing != ActionIs::Done);
        let alerts = open.filter_map(|action| {
            let draft = Draft {
                kind: AlertKind::Action,
                name: "action",
                source: &action.source,
                what: format!("To be done: {}.", action.statement.trim_end_matches('.')),
                hint: "do it and enter the day, or agree another day with the partners",
                authority: &action.authority,
            };
            let alert = self.alert(action.due?, self.ahead.action, draft)?;
            Some(Alert { owner: action.owner.clone(), area: Some(area.reference.clone()), ..alert })
        });
        alerts.collect()
    }

    fn commitment(&self, commitment: &CommitmentStanding) -> Option<Alert> {
        let due = commitment.due.filter(|_| commitment.standing == "open")?;
        let said = commitment.said_in.as_ref().map(|said| format!(" ({said})")).unwrap_or_default();
        let draft = Draft {
            kind: AlertKind::Commitment,
            name: "commitment",
            source: &commitment.source,
            what: format!("A report said: {}.{said}", commitment.statement.trim_end_matches('.')),
            hint: "keep it and enter the day, or tell members why it is not kept",
            authority: &commitment.authority,
        };
        let alert = self.alert(due, self.ahead.commitment, draft)?;
        Some(Alert { owner: commitment.owner.clone(), area: commitment.area.clone(), ..alert })
    }

    fn hosting(&self, agreement: &HostingStanding) -> Vec<Alert> {
        let Some(ends) = agreement.ends.filter(|_| ["agreed", "in force"].contains(&agreement.standing.as_str()))
        else {
            return Vec::new();
        };
        let dated = Dated {
            called: format!("The hosting agreement “{}”", agreement.name),
            source: &agreement.source,
            authority: &agreement.guest,
            ends,
            notice_by: agreement.notice_by,
        };
        let kinds = (AlertKind::HostingNotice, "hosting-notice", self.ahead.hosting_notice);
        let ends = (AlertKind::HostingEnd, "hosting-end", self.ahead.hosting_end);
        let alerts = self.dated(&dated, kinds, ends).into_iter();
        alerts.map(|alert| Alert { area: agreement.area.clone(), ..alert }).collect()
    }

    fn contract(&self, contract: &DatedContract) -> Vec<Alert> {
        let dated = Dated {
            called: format!("The contract “{}”", contract.title),
            source: &Source::entry(&contract.owner, &contract.reference),
            authority: &contract.owner,
            ends: contract.ends,
            notice_by: contract.notice_months.map(|months| notice_by(contract.ends, months)),
        };
        let kinds = (AlertKind::ContractNotice, "contract-notice", self.ahead.contract_notice);
        self.dated(&dated, kinds, (AlertKind::ContractEnd, "contract-end", self.ahead.contract_end))
    }

    /// The last day for notice, and the end. Once the end is near, notice that was missed is said with it.
    fn dated(&self, dated: &Dated<'_>, notice: (AlertKind, &str, u16), ends: (AlertKind, &str, u16)) -> Vec<Alert> {
        let missed = dated.notice_by.filter(|day| *day < self.on && dated.ends >= self.on);
        let end = self.alert(dated.ends, ends.2, dated.end_draft(ends, missed, self.on));
        let day = dated.notice_by.filter(|day| *day >= self.on || (end.is_none() && missed.is_some()));
        let notice = day.and_then(|day| self.alert(day, notice.2, dated.notice_draft(notice, self.on, day)));
        notice.into_iter().chain(end).collect()
    }

    fn recovery(&self, recovery: &RecoveryStanding, given: &Given, hosting: &[HostingStanding]) -> Option<Alert> {
        // One that failed must be tested again whatever the day.
        if ["failed", "partial"].contains(&recovery.result.as_deref().unwrap_or_default()) {
            return None;
        }
        let until = recovery.counts_until?;
        let said = if until < self.on { "no longer counts: it counted" } else { "counts" };
        let draft = Draft {
            kind: AlertKind::RecoveryDue,
            name: "recovery-due",
            source: &workload(recovery),
            what: format!(
                "The test of recovering {} on {} {said} until {}.",
                recovery.name,
                Value::Day(recovery.tested_on),
                Value::Day(until)
            ),
            hint: "test the recovery again and record the test",
            authority: &recovery.owner,
        };
        let alert = self.alert(until, self.ahead.recovery_test, draft)?;
        let sources = recovery.sources.iter().cloned().chain(given.recovery_sources()).collect();
        Some(Alert { area: area_of(recovery, hosting), sources, ..alert })
    }

    fn risk(&self, risk: &RiskStanding) -> Option<Alert> {
        let source = risk.sources.first()?;
        let draft = Draft {
            kind: AlertKind::RiskReview,
            name: "risk-review",
            source,
            what: format!("To be reviewed: the risk “{}”.", risk.description.trim_end_matches('.')),
            hint: "review it, and enter the day, how likely it is now and what was decided",
            authority: &risk.authority,
        };
        let alert = self.alert(risk.due?, self.ahead.risk_review, draft)?;
        let sources = risk.sources.iter().chain(self.sources).cloned().collect();
        Some(Alert { owner: risk.owner.clone(), sources, ..alert })
    }

    /// One alert a partner, which is gone when all its months are there.
    fn performance(&self, partner: &PartnerPerformance) -> Option<Alert> {
        let due = due_of(*partner.missing.first()?, self.ahead.performance_days);
        let months = months_listed(&partner.missing);
        let draft = Draft {
            kind: AlertKind::PerformanceMissing,
            name: "performance-missing",
            source: &Source::assumption("no entry"),
            what: format!("Service performance of {} is missing for {months}.", partner.name),
            hint: "import the service desk's monthly file, and share it",
            authority: &partner.authority,
        };
        let alert = self.alert(due, 0, draft)?;
        let id = format!("performance-missing/{}", partner.authority);
        Some(Alert { id, sources: self.sources.to_vec(), ..alert })
    }

    fn bid(&self, bid: &BidStanding) -> Option<Alert> {
        let decided = bid.decided.filter(|_| bid.status == "pending")?;
        let draft = Draft {
            kind: AlertKind::Bid,
            name: "bid",
            source: &bid.source,
            what: format!(
                "The application “{}” is pending, and its day of decision is {}.",
                bid.name,
                Value::Day(decided)
            ),
            hint: "ask what became of it, and enter it",
            authority: &bid.authority,
        };
        self.alert(decided, self.ahead.bid, draft)
    }
}

/// Something that runs to a last day and may be ended by notice.
struct Dated<'a> {
    called: String,
    source: &'a Source,
    authority: &'a str,
    ends: Date,
    notice_by: Option<Date>,
}

impl Dated<'_> {
    fn end_draft<'a>(
        &'a self,
        (kind, name, _): (AlertKind, &'a str, u16),
        missed: Option<Date>,
        on: Date,
    ) -> Draft<'a> {
        let (said, hint) = match self.ends < on {
            true => ("ended", "record what took its place, or the day to which it was extended"),
            false => ("ends", "decide what takes its place, in time to buy or to move"),
        };
        let missed = missed.map(|day| format!(" The last day for notice was {}.", Value::Day(day))).unwrap_or_default();
        let what = format!("{} {said} on {}.{missed}", self.called, Value::Day(self.ends));
        Draft { kind, name, source: self.source, what, hint, authority: self.authority }
    }

    fn notice_draft<'a>(&'a self, (kind, name, _): (AlertKind, &'a str, u16), on: Date, day: Date) -> Draft<'a> {
        let (said, hint) = match day < on {
            true => ("was", "ask the other side whether it may still be ended earlier, and plan for its end"),
            false => ("is", "decide whether to give notice, before the day passes"),
        };
        let (day, ends) = (Value::Day(day), Value::Day(self.ends));
        let what = format!("{} runs to {ends}; the last day for notice {said} {day}.", self.called);
        Draft { kind, name, source: self.source, what, hint, authority: self.authority }
    }
}
