//! One decision: what comes before it, whether it may be made, and what became of it.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::{Date, Source};
use penshaw_register::{CallIn, Decision, Meeting, Notice};

use super::outcome::{AccessLaw, DecisionStanding, State, Stop};
use super::rules::{RuleBook, Rules};
use super::{Input, after, before, together};
use crate::Finding;
use crate::named::Named;
use crate::owned::Owned;

/// The records by owner and reference.
pub(super) struct Records<'a> {
    input: &'a Input,
    names: BTreeMap<&'a str, &'a str>,
    meetings: BTreeMap<(&'a str, &'a str), &'a Owned<Meeting>>,
    notices: BTreeMap<(&'a str, &'a str), Vec<&'a Owned<Notice>>>,
    call_ins: BTreeMap<(&'a str, &'a str), Vec<&'a Owned<CallIn>>>,
}

impl<'a> Records<'a> {
    pub(super) fn of(input: &'a Input) -> Records<'a> {
        let mut records = Records {
            input,
            names: input.partners.iter().map(|one| (one.code.as_str(), one.name.as_str())).collect(),
            meetings: input
                .meetings
                .iter()
                .map(|one| ((one.owner.as_str(), one.entry.reference.as_str()), one))
                .collect(),
            notices: BTreeMap::new(),
            call_ins: BTreeMap::new(),
        };
        for notice in &input.notices {
            records.notices.entry((&notice.owner, &notice.entry.decision)).or_default().push(notice);
        }
        for call_in in &input.call_ins {
            records.call_ins.entry((&call_in.owner, &call_in.entry.decision)).or_default().push(call_in);
        }
        records.notices.values_mut().for_each(|notices| {
            notices
                .sort_by_key(|one| (one.entry.published, one.entry.published_at.clone(), one.entry.reference.clone()));
        });
        records.call_ins.values_mut().for_each(|call_ins| call_ins.sort_by_key(|one| one.entry.requested_on));
        records
    }

    /// The authority of a code.
    fn authority(&self, code: &str) -> Named {
        Named::new(code, self.names.get(code).copied().unwrap_or(code))
    }

    /// Notices and call-ins of decisions that are not there: nothing is silently dropped.
    pub(super) fn strays(&self) -> Vec<Finding> {
        let there: BTreeSet<(&str, &str)> =
            self.input.decisions.iter().map(|one| (one.owner.as_str(), one.entry.reference.as_str())).collect();
        let stray = |what: &str, owner: &str, decision: &str, source: Source| {
            Finding::error(
                format!("A {what} of {owner} is about decision {decision}, which is not there or not shared."),
                "correct the reference, or share the decision",
                vec![source],
            )
        };
        let lost = |key: &&(&str, &str)| !there.contains(*key);
        let notices = self.notices.iter().filter(|(key, _)| lost(key)).flat_map(|((owner, decision), all)| {
            all.iter().map(move |notice| stray("notice", owner, decision, notice.source()))
        });
        let call_ins = self.call_ins.iter().filter(|(key, _)| lost(key)).flat_map(|((owner, decision), all)| {
            all.iter().map(move |call_in| stray("call-in", owner, decision, call_in.source()))
        });
        notices.chain(call_ins).collect()
    }
}

/// One decision with everything that is recorded of it.
pub(super) struct Case<'a> {
    pub(super) on: Date,
    pub(super) decision: &'a Owned<Decision>,
    pub(super) meeting: Option<&'a Owned<Meeting>>,
    pub(super) notices: Vec<&'a Owned<Notice>>,
    pub(super) call_ins: Vec<&'a Owned<CallIn>>,
    pub(super) rules: &'a Rules,
    /// The day on which it is or was decided, as far as it is known.
    pub(super) day: Option<Date>,
}

impl<'a> Case<'a> {
    /// The notices of one sort, the earliest first.
    pub(super) fn of(&self, sort: &str) -> Vec<&'a Owned<Notice>> {
        self.notices.iter().copied().filter(|notice| notice.entry.of == sort).collect()
    }

    /// Whether it was decided, one way or another.
    pub(super) fn is_decided(&self) -> bool {
        self.decision.entry.outcome.as_deref().is_some_and(|outcome| outcome != "withdrawn")
    }
}

/// The day of a meeting: the one to which it was moved; none where it was cancelled.
fn day_of(meeting: &Meeting) -> Option<Date> {
    match meeting.standing.as_str() {
        "cancelled" => None,
        "moved" => meeting.moved_to,
        _ => meeting.date,
    }
}

/// Where a decision stands.
pub(super) fn of(decision: &Owned<Decision>, records: &Records<'_>, book: &RuleBook) -> DecisionStanding {
    let entry = &decision.entry;
    let key = (decision.owner.as_str(), entry.reference.as_str());
    let named = |reference: &String| records.meetings.get(&(decision.owner.as_str(), reference.as_str())).copied();
    let meeting = entry.meeting.as_ref().and_then(named);
    let sits = meeting.and_then(|meeting| day_of(&meeting.entry));
    let authority = records.authority(&decision.owner);
    let mut standing = begun(decision, authority, sits);
    let on = records.input.on;
    let rules = match book.of(&standing.authority.name, entry.decided_on.or(sits).unwrap_or(on)) {
        Ok(rules) => rules,
        Err(problem) => {
            let what = format!("The days cannot be told: {problem}.");
            standing.findings.push(Finding::error(what, "mend the parameter", vec![decision.source()]));
            return standing;
        }
    };
    standing.rules = Some(rules.whose.clone());
    standing.call_in_is_illustrative = !rules.call_in_is_its_own;
    let case = Case {
        on,
        decision,
        meeting,
        notices: records.notices.get(&key).cloned().unwrap_or_default(),
        call_ins: records.call_ins.get(&key).cloned().unwrap_or_default(),
        rules: &rules,
        day: entry.decided_on.or(sits),
    };
    standing.findings.extend(about_the_meeting(&case));
    before::fill(&case, &mut standing);
    after::fill(&case, &mut standing);
    if standing.decided_on.is_none() && entry.outcome.is_none() {
        standing.state = undecided(&case, &standing);
    }
    standing
}

fn begun(decision: &Owned<Decision>, authority: Named, meeting: Option<Date>) -> DecisionStanding {
    let entry = &decision.entry;
    DecisionStanding {
        authority,
        reference: entry.reference.clone(),
        title: entry.title.clone(),
        proposal: entry.proposal.clone().filter(|proposal| !proposal.trim().is_empty()),
        follows: entry.follows.clone(),
        decision_maker: entry.decision_maker.clone(),
        key: entry.key,
        route: entry.route.clone().unwrap_or_else(|| "28 days' notice".into()),
        law: AccessLaw::of(entry.taken_by.as_deref()),
        rules: None,
        call_in_is_illustrative: true,
        meeting,
        steps: Vec::new(),
        earliest: None,
        earliest_cautious: None,
        stops: Vec::new(),
        state: State::InPreparation,
        decided_on: entry.decided_on,
        outcome: entry.outcome.clone(),
        resolution: entry.resolution.clone(),
        resolution_digest: entry.resolution.as_deref().map(together::resolution_digest),
        published: entry.statement_published,
        call_in_ends: None,
        effective: None,
        findings: Vec::new(),
        source: decision.source(),
    }
}

/// Where a decision stands that has not been made.
fn undecided(case: &Case<'_>, standing: &DecisionStanding) -> State {
    use super::outcome::StepStanding::{Due, Missed};
    if !standing.stops.is_empty() {
        return State::Stopped;
    }
    let Some(day) = case.day else { return State::InPreparation };
    if standing.steps.iter().any(|step| matches!(step.standing, Due | Missed)) {
        return State::InPreparation;
    }
    if case.on < day { State::ReadyForItsDay } else { State::MayBeDecided }
}

/// What is to be said of the meeting itself.
fn about_the_meeting(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let source = case.decision.source();
    match (case.meeting, &case.decision.entry.meeting) {
        (None, Some(reference)) => findings.push(Finding::error(
            format!("The meeting {reference} is not there or not shared."),
            "correct the reference, or share the meeting",
            vec![source.clone()],
        )),
        (Some(meeting), _) if meeting.entry.standing == "cancelled" && !case.is_decided() => {
            let kept = match AccessLaw::of(case.decision.entry.taken_by.as_deref()) {
                AccessLaw::ExecutiveArrangements => "; its notice is kept, since 28 days are the least",
                AccessLaw::PartVa => "",
            };
            findings.push(Finding::error(
                format!("The meeting {} is cancelled, and no other is named.", meeting.entry.reference),
                format!("name the meeting at which it is to be decided{kept}"),
                vec![source.clone(), meeting.source()],
            ));
        }
        _ => {}
    }
    if let Some(day) = case.day.filter(|_| case.meeting.is_some())
        && case.rules.calendar.is_working_day(day) == Ok(false)
    {
        let holiday = case.rules.calendar.bank_holidays.get(&day).map(String::as_str);
        let why = holiday.unwrap_or("a weekend or a day on which the offices are closed");
        let meeting = case.meeting.map(Owned::source);
        findings.push(Finding::warning(
            format!("The meeting of {} falls on {why}.", penshaw_documents::Value::Day(day)),
            "check the day",
            meeting.into_iter().collect(),
        ));
    }
    if let (Some(meeting), Some(decided)) =
        (case.meeting.and_then(|one| day_of(&one.entry)), case.decision.entry.decided_on)
        && meeting != decided
    {
        findings.push(Finding::warning(
            "It was decided on another day than that of its meeting.".to_owned(),
            "correct the day, or name the meeting at which it was decided",
            vec![source],
        ));
    }
    findings
}

/// A stop.
pub(super) fn stop(what: impl Into<String>, rule: &str, opened_by: &[&str]) -> Stop {
    Stop { what: what.into(), rule: rule.to_owned(), opened_by: opened_by.iter().map(|&way| way.to_owned()).collect() }
}
