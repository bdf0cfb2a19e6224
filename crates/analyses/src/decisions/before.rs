//! What comes before a decision: notice, papers, and the exceptions; and what stops it.

use penshaw_basis::{CannotCount, Date};
use penshaw_documents::Value;
use penshaw_register::{AGREED_BY, Meeting, Notice};

use super::notices::{self, missing_in_notice};
use super::outcome::{AccessLaw, DecisionStanding, Step, StepStanding, Stop};
use super::standing::{Case, stop};
use super::{key, part_va, private};
use crate::Finding;
use crate::owned::Owned;

/// The three lawful ways to make a key decision (SI 2012/2089 regs 9, 10 and 11).
const WAYS: [&str; 3] = [
    "move the decision to a day that keeps 28 clear days",
    "the general exception: inform the chair of scrutiny in writing, publish a notice, wait five clear days",
    "special urgency: the written agreement of the chair of scrutiny, or of those who come after them",
];

/// Works out steps, stops and the earliest days of a decision.
pub(super) fn fill(case: &Case<'_>, standing: &mut DecisionStanding) {
    let (law, in_force) = match standing.law {
        AccessLaw::ExecutiveArrangements => ("regulations", case.rules.notices_in_force),
        AccessLaw::PartVa => ("law", case.rules.part_va_in_force),
    };
    if case.day.is_some_and(|day| day < in_force) {
        let what = format!("It is older than the {law} of {}.", Value::Day(in_force));
        let hint = "its notices are to be judged by the law of its day, which is not worked out here";
        standing.findings.push(Finding::warning(what, hint, vec![case.decision.source()]));
        return;
    }
    let counted = match standing.law {
        AccessLaw::ExecutiveArrangements => steps(case, standing),
        AccessLaw::PartVa => part_va::fill(case, standing),
    };
    if let Err(problem) = counted {
        let what = format!("The days cannot be counted: {problem}.");
        standing.findings.push(Finding::error(what, "add the year to the parameter", vec![case.decision.source()]));
    }
    // What is no executive decision is no key decision (reg. 8).
    if standing.law == AccessLaw::ExecutiveArrangements {
        standing.stops.extend(key::stop(&case.decision.entry, case.rules));
    }
    standing.stops.extend(framework(case));
    if case.is_decided() {
        made_unlawfully(case, standing);
    }
}

fn steps(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    if case.decision.entry.key == Some(true) {
        match standing.route.as_str() {
            "general exception" => general_exception(case, standing)?,
            "special urgency" => special_urgency(case, standing),
            _ => notice_of_28_days(case, standing)?,
        }
    }
    private::fill(case, standing)?;
    papers(case, standing)
}

/// A decision outside the budget and policy framework is the full council's.
fn framework(case: &Case<'_>) -> Option<Stop> {
    let decision = &case.decision.entry;
    let outside = decision.within_budget_framework == Some(false);
    (outside && decision.taken_by.as_deref() != Some("full council")).then(|| {
        stop(
            "it is contrary to the budget and policy framework, so that it is the full council's",
            "Local Government Act 2000, section 9F; functions regulations",
            &["put it to the full council", "change the decision so that it is consistent with the framework"],
        )
    })
}

/// Regulation 9: 28 clear days from the first notice that states all eight.
fn notice_of_28_days(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    let given = case.of("key decision");
    standing.findings.extend(given.iter().filter_map(|notice| incomplete(case, notice)));
    let start = notices::start(&case.decision.entry, &given);
    if let Some((what, start)) = start.as_ref().and_then(|start| Some((start.restarted.as_ref()?, start))) {
        let text = format!("A later notice changed {what}, so that the 28 days run from {}.", day(start.notice));
        standing.findings.push(Finding::warning(text, "nothing, if the day is kept", vec![start.notice.source()]));
    }
    let published = start.as_ref().and_then(|start| notices::published(&start.notice.entry));
    let done = match published {
        Some((day, at)) => {
            let from = case.rules.after_notice(day, at)?;
            let by_rules = case.rules.first_day(&case.rules.notices.key_decision_notice, from.notice)?;
            standing.earliest = Some(by_rules);
            standing.earliest_cautious = Some(from.key_decision_from.working.max(by_rules));
            Some(from.notice)
        }
        None => None,
    };
    let rule = &case.rules.notices.key_decision_notice.rule;
    let mut late = false;
    if let Some(day) = case.day {
        let last = case.rules.before_meeting(day)?.key_decision_notice_by;
        let by = case.rules.last_day(&case.rules.notices.key_decision_notice, day)?;
        late = by < case.on;
        standing.steps.push(step(case, "Notice of the key decision", (by, Some(last.working.min(by))), done, rule));
    }
    match (standing.earliest, case.day) {
        (None, _) if !given.is_empty() => standing.stops.push(stop("no notice states all that it must", rule, &WAYS)),
        (None, _) if late => standing.stops.push(stop("no notice of the key decision was published", rule, &WAYS)),
        (Some(earliest), Some(day)) if day < earliest => {
            let what = format!("its notice lets it be made from {} and not before", Value::Day(earliest));
            standing.stops.push(stop(what, rule, &WAYS));
        }
        (Some(_), Some(day)) => {
            outside_the_period(standing, start.as_ref().map(|start| start.notice), day);
            unsettled(case, standing, day);
        }
        _ => {}
    }
    Ok(())
}

fn day(notice: &Owned<Notice>) -> String {
    notice.entry.published.map_or_else(String::new, |day| Value::Day(day).to_string())
}

fn incomplete(case: &Case<'_>, notice: &Owned<Notice>) -> Option<Finding> {
    let missing = missing_in_notice(&case.decision.entry, &notice.entry);
    (!missing.is_empty()).then(|| {
        Finding::error(
            format!("The notice of {} does not state {}.", day(notice), missing.join("; ")),
            "publish it anew with all eight; the 28 days run from then (SI 2012/2089 reg. 9)",
            vec![notice.source()],
        )
    })
}

/// The decision is to be made on a day that the notice does not name.
fn outside_the_period(standing: &mut DecisionStanding, notice: Option<&Owned<Notice>>, day: Date) {
    let Some(notice) = notice else { return };
    let last = notice.entry.to.or(notice.entry.from);
    if last.is_some_and(|last| day > last) || notice.entry.from.is_some_and(|from| day < from) {
        standing.findings.push(Finding::warning(
            format!("The notice does not name {} as a day of the decision.", Value::Day(day)),
            "publish the notice with the new day; its 28 days are kept, since they are the least",
            vec![notice.source()],
        ));
    }
}

/// Kept by one reading of the 28 days and not by the other.
fn unsettled(case: &Case<'_>, standing: &mut DecisionStanding, day: Date) {
    if let Some(cautious) = standing.earliest_cautious.filter(|cautious| day < *cautious) {
        standing.findings.push(Finding::warning(
            format!("28 clear days are kept; counted in working days they would be from {}.", Value::Day(cautious)),
            "practice counts calendar days and the regulation does not say so; the monitoring officer confirms it",
            vec![case.decision.source()],
        ));
    }
}

/// Regulation 10: the chair of scrutiny is informed, a notice is published, five clear days pass.
fn general_exception(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    let rule = &case.rules.notices.general_exception.rule;
    let given = case.of("general exception");
    let first = given.first().and_then(|notice| Some((*notice, notices::published(&notice.entry)?)));
    let mut done = None;
    if let Some((notice, (published, at))) = first {
        let from = case.rules.after_notice(published, at)?;
        standing.earliest = Some(from.general_exception_from);
        done = Some(from.notice);
        if notice.entry.informed.is_none() || notice.entry.informed_on.is_none_or(|on| on > published) {
            let what =
                "it is not recorded whom the proper officer informed in writing, on or before the day of the notice";
            standing.stops.push(stop(
                what,
                rule,
                &["inform the chair of scrutiny, or each of its members, and record it", WAYS[0]],
            ));
        }
        if !case.notices.iter().any(|one| one.entry.reasons.is_some() && one.entry.of != "key decision") {
            standing.findings.push(Finding::error(
                "No notice says why 28 days' notice was impracticable.",
                "publish the reasons as soon as reasonably practicable (SI 2012/2089 reg. 10(3))",
                vec![notice.source()],
            ));
        }
    }
    if let Some(day) = case.day {
        let by = case.rules.last_day(&case.rules.notices.general_exception, day)?;
        standing.steps.push(step(case, "Notice of the general exception", (by, None), done, rule));
        match standing.earliest {
            Some(earliest) if day < earliest => {
                let what =
                    format!("the general exception lets it be made from {} and not before", Value::Day(earliest));
                standing.stops.push(stop(what, rule, &[WAYS[0], WAYS[2]]));
            }
            None if by < case.on => {
                standing.stops.push(stop("no notice of the general exception was published", rule, &WAYS));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Regulation 11: agreement by the first of three who can give it.
fn special_urgency(case: &Case<'_>, standing: &mut DecisionStanding) {
    const RULE: &str = "SI 2012/2089 reg. 11";
    let given = case.of("reasons for urgency");
    let Some(notice) = given.into_iter().find(|notice| notice.entry.agreed_by.is_some()) else {
        standing.stops.push(stop("nobody has agreed that it is urgent and cannot be deferred", RULE, &WAYS));
        return;
    };
    let entry = &notice.entry;
    if entry.agreed_on.is_none_or(|agreed| case.day.is_some_and(|day| agreed > day)) {
        standing.stops.push(stop("the agreement is not dated on or before the day of the decision", RULE, &WAYS));
    }
    let passed_over = entry.agreed_by.as_deref() != Some(AGREED_BY[0]) && entry.agreed_text.is_none();
    if passed_over {
        let what = "somebody else than the chair of scrutiny agreed, and it is not said why the chair could not";
        standing.stops.push(stop(what, RULE, &["record why those who come before could not be asked", WAYS[0]]));
    }
    if entry.reasons.is_none() {
        standing.findings.push(Finding::error(
            "No notice says why the decision is urgent.",
            "publish the reasons as soon as reasonably practicable (SI 2012/2089 reg. 11(3))",
            vec![notice.source()],
        ));
    }
    standing.findings.push(Finding::warning(
        "It is made by special urgency.",
        "the leader reports it to full council, at least once a year (SI 2012/2089 reg. 19)",
        vec![notice.source()],
    ));
}

/// Regulations 6 and 7: notice of the meeting, agenda and reports five clear days before it.
fn papers(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    let Some((meeting, day)) = sits(case) else { return Ok(()) };
    let papers = &case.rules.notices.papers;
    let by = case.rules.last_day(papers, day)?;
    let shorter = meeting.entry.short_notice == Some(true);
    let parts = [
        ("Notice of the meeting's time and place", meeting.entry.notice_published),
        ("Agenda and reports open to inspection", meeting.entry.agenda_published),
    ];
    for (what, done) in parts {
        paper(case, standing, &Paper { what, by, done, rule: &papers.rule }, shorter, &[SHORTER]);
    }
    Ok(())
}

/// The meeting that decides, with its day; nothing where there is none or it is cancelled.
pub(super) fn sits<'a>(case: &Case<'a>) -> Option<(&'a Owned<Meeting>, Date)> {
    let (meeting, day) = case.meeting.zip(case.day)?;
    let cancelled = case.decision.entry.decided_on.is_none() && meeting.entry.standing == "cancelled";
    (!cancelled).then_some((meeting, day))
}

/// How a stop for papers opens where the meeting was convened late.
pub(super) const SHORTER: &str =
    "record that it was convened at shorter notice, and that the papers were open from then";

/// Something that must be open to the public before a meeting.
pub(super) struct Paper<'a> {
    /// What it is.
    pub(super) what: &'a str,
    /// The last day for it.
    pub(super) by: Date,
    /// The day on which it was.
    pub(super) done: Option<Date>,
    /// The rule.
    pub(super) rule: &'a str,
}

/// Adds a paper as a step, and a stop where it is late and nothing excuses that.
pub(super) fn paper(
    case: &Case<'_>,
    standing: &mut DecisionStanding,
    paper: &Paper<'_>,
    excused: bool,
    other_ways: &[&str],
) {
    let step = step(case, paper.what, (paper.by, None), paper.done, paper.rule);
    if step.is_late() && !excused {
        let what = match paper.done {
            Some(done) => format!("{} only on {}", paper.what.to_lowercase(), Value::Day(done)),
            None => format!("no record of: {}", paper.what.to_lowercase()),
        };
        standing.stops.push(stop(what, paper.rule, &[&["move the meeting"], other_ways].concat()));
    }
    standing.steps.push(step);
}

/// A step: by one day, or by two where the law is unsettled.
pub(super) fn step(
    case: &Case<'_>,
    what: &str,
    (by, cautious): (Date, Option<Date>),
    done: Option<Date>,
    rule: &str,
) -> Step {
    let cautious = cautious.filter(|cautious| *cautious != by);
    let standing = match done {
        Some(done) if done > by => StepStanding::Late,
        Some(done) if cautious.is_some_and(|cautious| done > cautious) => StepStanding::KeptByOneReading,
        Some(_) => StepStanding::Kept,
        None if case.on > by || case.is_decided() => StepStanding::Missed,
        None => StepStanding::Due,
    };
    Step { what: what.to_owned(), by, cautious, done, standing, rule: rule.to_owned() }
}

/// What stood in the way of a decision that was made nevertheless.
fn made_unlawfully(case: &Case<'_>, standing: &mut DecisionStanding) {
    for stop in std::mem::take(&mut standing.stops) {
        standing.findings.push(Finding::error(
            format!("It was decided, although {} ({}).", stop.what, stop.rule),
            "ask the monitoring officer; what lacks in the record is to be recorded, what was not done is to be done again",
            vec![case.decision.source()],
        ));
    }
}
