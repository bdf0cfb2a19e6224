//! Private meetings and parts of meetings: two notices, the reasons, what was said against it and the answer (reg. 5).

use penshaw_basis::CannotCount;
use penshaw_documents::Value;

use super::before::step;
use super::notices::{self, missing_in_notice};
use super::outcome::DecisionStanding;
use super::rules::Notice as Rule;
use super::standing::{Case, stop};
use crate::Finding;
use crate::named::uncapitalised;

const SORTS: [(&str, &str); 2] = [
    ("private meeting, first", "First notice of the private meeting, with its reasons"),
    ("private meeting, second", "Second notice of the private meeting, with representations and the answer"),
];

/// Adds the notices of a private meeting where a part of the matter is exempt.
pub(super) fn fill(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    if case.decision.entry.exempt_paragraphs.is_empty() {
        return Ok(());
    }
    let rules = &case.rules.notices;
    let urgent = urgent(case);
    for ((sort, what), rule) in
        SORTS.iter().zip([&rules.private_meeting_first_notice, &rules.private_meeting_second_notice])
    {
        wanting(case, standing, sort);
        one(case, standing, (sort, what), rule, urgent)?;
    }
    Ok(())
}

/// Whether the chair of scrutiny, or those who come after, agreed that the meeting is urgent.
fn urgent(case: &Case<'_>) -> bool {
    let private = case.notices.iter().filter(|notice| notice.entry.of.starts_with("private meeting"));
    let agreed = private.filter(|notice| notice.entry.agreed_by.is_some());
    agreed.into_iter().any(|notice| notice.entry.agreed_on.zip(case.day).is_some_and(|(agreed, day)| agreed <= day))
}

fn one(
    case: &Case<'_>,
    standing: &mut DecisionStanding,
    (sort, what): (&str, &str),
    rule: &Rule,
    urgent: bool,
) -> Result<(), CannotCount> {
    let Some(day) = case.day else { return Ok(()) };
    let first = case.of(sort).first().and_then(|notice| notices::published(&notice.entry));
    let done = match first {
        Some((published, at)) => Some(case.rules.counted_from(published, at)?),
        None => None,
    };
    let by = case.rules.last_day(rule, day)?;
    let late = done.map_or(by < case.on || case.is_decided(), |done| done > by);
    if late && !urgent {
        let what = match done {
            Some(done) => format!("{} counts only from {}", uncapitalised(what), Value::Day(done)),
            None => format!("no record of: {}", uncapitalised(what)),
        };
        let ways = [
            "move the meeting",
            "hold it in public",
            "the agreement of the chair of scrutiny, or of those who come after, that it is urgent, and a notice of why",
        ];
        standing.stops.push(stop(what, &rule.rule, &ways));
    }
    if done.is_some() || !urgent {
        standing.steps.push(step(case, what, (by, None), done, &rule.rule));
    }
    Ok(())
}

/// What a notice of a private meeting does not say and must.
fn wanting(case: &Case<'_>, standing: &mut DecisionStanding, sort: &str) {
    for notice in case.of(sort) {
        let lacks = missing_in_notice(&case.decision.entry, &notice.entry);
        if !lacks.is_empty() {
            standing.findings.push(Finding::error(
                format!("A notice of the private meeting does not state {}.", lacks.join("; ")),
                "publish it anew with all that regulation 5 asks",
                vec![notice.source()],
            ));
        }
    }
}
