//! Checks of the decision: budget framework, key decision, notice, adoption.

use penshaw_analyses::decisions::RuleBook;
use penshaw_basis::Date;
use penshaw_register::recommendation::Verb;
use penshaw_register::{Finding, ReportDetails};

use super::{error, warning};
use crate::cabinet_report::ReportInputs;

pub(super) fn findings(inputs: &ReportInputs<'_>) -> Vec<Finding> {
    let details = inputs.details();
    let mut findings: Vec<Finding> = framework(details).into_iter().collect();
    // To note is not in itself to decide: such a report needs no key-decision route.
    if decides(inputs) {
        findings.extend(key_decision(details));
        if details.key_decision == Some(true) {
            findings.extend(notice(inputs));
        }
    }
    findings.extend(twice_answered(details));
    findings.extend(adoption(details));
    findings
}

/// Whether a resolution goes beyond noting.
fn decides(inputs: &ReportInputs<'_>) -> bool {
    inputs.recommendation.put().iter().any(|resolution| resolution.verb != Verb::Note)
}

fn framework(details: &ReportDetails) -> Option<Finding> {
    match details.within_budget_framework {
        None => Some(error(
            "within_budget_framework",
            "whether the decision is consistent with the budget and policy framework is not answered: \"Yes/No\" stands undeleted",
            "set it to true or false",
        )),
        Some(false) => Some(warning(
            "within_budget_framework",
            "the decision is not consistent with the budget and policy framework, so that it is the full council's",
            "put it to the council, or change the decision",
        )),
        Some(true) => None,
    }
}

fn key_decision(details: &ReportDetails) -> Option<Finding> {
    let blank = details.key_decision_reason.as_deref().is_none_or(|reason| reason.trim().is_empty());
    match details.key_decision {
        None => Some(error(
            "key_decision",
            "whether it is a key decision is not answered",
            "set it to true or false, and say why in key_decision_reason (SI 2012/2089 reg. 8, and the thresholds of the constitution)",
        )),
        Some(answer) if blank => Some(warning(
            "key_decision_reason",
            format!("it is said to be {} key decision, and not why", if answer { "a" } else { "no" }),
            "name the expenditure or saving, or the wards affected; scrutiny may ask for the reason (SI 2012/2089 reg. 18)",
        )),
        Some(_) => None,
    }
}

fn notice(inputs: &ReportInputs<'_>) -> Vec<Finding> {
    let details = inputs.details();
    let Some(meeting) = details.meeting else {
        return vec![error(
            "meeting",
            "the day of the meeting is not set",
            "enter the day, such as meeting = 2014-06-18",
        )];
    };
    let Some(published) = details.notice_published else {
        return vec![match details.in_notice {
            Some(true) => warning(
                "notice_published",
                "it is said to be in the 28-day notice, and not since when",
                "enter the day on which the notice was first published",
            ),
            _ => error(
                "notice_published",
                "a key decision is not in the 28-day notice",
                "publish the notice 28 clear days before the meeting, or use the general exception (SI 2012/2089 regs 9 and 10)",
            ),
        }];
    };
    match dates(inputs, meeting) {
        Ok((by, cautious)) => late(published, meeting, by, cautious).into_iter().collect(),
        Err(problem) => vec![warning("notice_published", problem, "count the 28 clear days by hand")],
    }
}

/// The last days on which the notice may be published, by the constitution of the authority that receives the report:
/// as its rules count them, and by the reading that nobody could fault.
fn dates(inputs: &ReportInputs<'_>, meeting: Date) -> Result<(Date, Date), String> {
    let authority = inputs.partnership().name_of(&inputs.details().authority);
    let rules = RuleBook::read(inputs.basis).and_then(|book| book.of(authority, meeting));
    let rules = rules.map_err(|error| error.to_string())?;
    let by = rules.last_day(&rules.notices.key_decision_notice, meeting).map_err(|error| error.to_string())?;
    let days = rules.before_meeting(meeting).map_err(|error| error.to_string())?.key_decision_notice_by;
    Ok((by, days.working))
}

fn late(published: Date, meeting: Date, by: Date, cautious: Date) -> Option<Finding> {
    let shown = |day: Date| penshaw_documents::Value::Day(day).to_string();
    if published > by {
        return Some(error(
            "notice_published",
            format!(
                "the notice of {} is too late for a meeting on {}: 28 clear days end with {}",
                shown(published),
                shown(meeting),
                shown(by)
            ),
            "move the meeting, or use the general exception (SI 2012/2089 reg. 10)",
        ));
    }
    (published > cautious).then(|| {
        warning(
            "notice_published",
            format!(
                "the notice of {} keeps 28 clear calendar days but not 28 clear working days, which would end with {}",
                shown(published),
                shown(cautious)
            ),
            "practice counts calendar days for this notice and the regulation does not say so; the monitoring officer confirms it",
        )
    })
}

/// One question answered twice, or in two ways.
fn twice_answered(details: &ReportDetails) -> Option<Finding> {
    let (Some(published), Some(answer)) = (details.notice_published, details.in_notice) else {
        return None;
    };
    let day = penshaw_documents::Value::Day(published);
    Some(if answer {
        warning(
            "in_notice",
            format!("the 28-day notice is answered twice: \"yes\", and published on {day}"),
            "keep the day and take in_notice out",
        )
    } else {
        error(
            "in_notice",
            format!("the 28-day notice is answered in two ways: \"no\", and published on {day}"),
            "keep the one that is true",
        )
    })
}

fn adoption(details: &ReportDetails) -> Vec<Finding> {
    let Some(adoption) = &details.adoption else {
        return vec![warning(
            "adoption",
            "no officer has adopted the recommendation",
            "name the post that adopts it, or sets it aside with a reason and resolutions of its own",
        )];
    };
    let mut findings = Vec::new();
    if !adoption.adopted && adoption.reason.trim().is_empty() {
        findings.push(error(
            "adoption.reason",
            "the recommendation is set aside without a reason, so that it is put as it stands",
            "give the reason",
        ));
    }
    if !adoption.adopted && adoption.resolutions.is_empty() {
        findings.push(error(
            "adoption.resolutions",
            "the recommendation is set aside and nothing is put in its place, so that it is put as it stands",
            "write the resolutions that are put instead",
        ));
    }
    if details.meeting.is_some_and(|meeting| adoption.on > meeting) {
        findings.push(error("adoption.on", "the recommendation is adopted after the meeting", "correct the day"));
    }
    findings
}
