//! What comes after a decision: its statement, call-in, and the day on which it takes effect (regs 12 and 13).

use penshaw_basis::{CannotCount, Date};
use penshaw_documents::Value;
use penshaw_register::CallIn;

use super::before::step;
use super::notices::missing_in_statement;
use super::outcome::{AccessLaw, DecisionStanding, State};
use super::rules::Whose;
use super::standing::Case;
use crate::Finding;
use crate::owned::Owned;

/// Works out where a decision stands that was made.
pub(super) fn fill(case: &Case<'_>, standing: &mut DecisionStanding) {
    match standing.outcome.as_deref() {
        None => {}
        Some("withdrawn") => standing.state = State::Withdrawn,
        Some("deferred") => standing.state = State::Deferred,
        Some("rejected") => {
            standing.state = State::Rejected;
            statement(case, standing);
        }
        Some(_) => {
            statement(case, standing);
            if let Err(problem) = made(case, standing) {
                let what = format!("Its effect cannot be told: {problem}.");
                let hint = "add the year to the parameter";
                standing.findings.push(Finding::error(what, hint, vec![case.decision.source()]));
            }
        }
    }
}

/// What the statement of a decision must say (reg. 12); under Part VA there is none.
fn statement(case: &Case<'_>, standing: &mut DecisionStanding) {
    let decision = &case.decision.entry;
    let lacks = missing_in_statement(decision);
    if !lacks.is_empty() && standing.law == AccessLaw::ExecutiveArrangements {
        standing.findings.push(Finding::error(
            format!("The statement of the decision does not say {}.", lacks.join("; ")),
            "record it as soon as reasonably practicable after the meeting (SI 2012/2089 regs 12 and 13)",
            vec![case.decision.source()],
        ));
    }
    if decision.statement_published.zip(decision.decided_on).is_some_and(|(published, decided)| published < decided) {
        standing.findings.push(Finding::error(
            "The statement was published before the decision was made.",
            "correct one of the two days",
            vec![case.decision.source()],
        ));
    }
}

fn made(case: &Case<'_>, standing: &mut DecisionStanding) -> Result<(), CannotCount> {
    standing.state = State::Decided;
    if let Some(by) = &case.decision.entry.call_in_waived {
        standing.effective = case.decision.entry.decided_on;
        standing.state = State::InForce;
        let what = format!("It is urgent and cannot be called in: {by}.");
        standing.findings.push(Finding::warning(
            what,
            "keep the consent with the record",
            vec![case.decision.source()],
        ));
        return Ok(());
    }
    if standing.law == AccessLaw::PartVa && !case.rules.call_in_is_its_own {
        standing.effective = case.decision.entry.decided_on;
        if standing.effective.is_some_and(|day| case.on >= day) {
            standing.state = State::InForce;
        }
        standing.findings.push(Finding::warning(
            "It is taken to be in force from the day on which it was made: no call-in of this authority is recorded.",
            "record the constitution in parameters/constitutions if it calls in decisions of joint committees",
            vec![case.decision.source()],
        ));
        return Ok(());
    }
    let Some(published) = case.decision.entry.statement_published else {
        let what = match standing.law {
            AccessLaw::ExecutiveArrangements => "The statement of the decision is not published",
            AccessLaw::PartVa => "No day is recorded on which the decision was published",
        };
        standing.findings.push(Finding::warning(
            format!("{what}, so that the days of call-in have not begun."),
            "publish it as soon as reasonably practicable",
            vec![case.decision.source()],
        ));
        return Ok(());
    };
    let after = case.rules.after_decision(published, None)?;
    standing.call_in_ends = Some(after.call_in_ends);
    standing.effective = Some(after.effective);
    standing.state = if case.on < after.effective { State::OpenToCallIn } else { State::InForce };
    if standing.call_in_is_illustrative {
        standing.findings.push(Finding::warning(
            format!(
                "The {} working days of call-in are the common reading, not this authority's own.",
                case.rules.call_in.working_days
            ),
            "record the constitution in parameters/constitutions",
            vec![case.decision.source()],
        ));
    }
    for call_in in &case.call_ins {
        called_in(case, standing, call_in, published)?;
    }
    Ok(())
}

/// What a call-in makes of a decision.
fn called_in(
    case: &Case<'_>,
    standing: &mut DecisionStanding,
    call_in: &Owned<CallIn>,
    published: Date,
) -> Result<(), CannotCount> {
    let entry = &call_in.entry;
    let Some(requested) = entry.requested_on else { return Ok(()) };
    if let Some(why) = not_valid(case, standing, entry, published) {
        standing.findings.push(Finding::warning(
            why,
            "record the outcome as refused, or correct the entry",
            vec![call_in.source()],
        ));
        return Ok(());
    }
    match entry.outcome.as_deref() {
        None => {
            (standing.state, standing.effective) = (State::CalledIn, None);
            hearing(case, standing, call_in, requested)?;
        }
        Some("no action") => in_force_from(case, standing, entry.heard_on),
        Some("referred back" | "referred to council") => referred(case, standing, call_in),
        // Refused or lapsed: as though it had not been called in.
        Some(_) => {}
    }
    Ok(())
}

fn not_valid(case: &Case<'_>, standing: &DecisionStanding, entry: &CallIn, published: Date) -> Option<String> {
    let requested = entry.requested_on?;
    if entry.outcome.as_deref() == Some("refused") {
        return None;
    }
    if requested < published {
        return Some("It was called in before its statement was published.".into());
    }
    let late = standing.call_in_ends.filter(|ends| requested > *ends);
    if let Some(ends) = late {
        return Some(format!("It was called in after {}, the last day.", Value::Day(ends)));
    }
    let few = case.rules.call_in.members.zip(entry.members).filter(|(needed, asked)| asked < needed);
    few.map(|(needed, asked)| format!("{asked} members called it in, where the constitution asks for {needed}."))
}

/// When scrutiny must hear it.
fn hearing(
    case: &Case<'_>,
    standing: &mut DecisionStanding,
    call_in: &Owned<CallIn>,
    requested: Date,
) -> Result<(), CannotCount> {
    let Some(days) = case.rules.call_in.heard_within_working_days else { return Ok(()) };
    let by = case.rules.calendar.call_in_ends(requested, days)?;
    let rule = format!("{}, call-in", standing.rules.as_ref().map_or_else(String::new, Whose::words));
    standing.steps.push(step(case, "Scrutiny hears the call-in", (by, None), call_in.entry.heard_on, &rule));
    if case.on > by && call_in.entry.heard_on.is_none() {
        standing.findings.push(Finding::error(
            format!("Scrutiny was to hear the call-in by {}, and no hearing is recorded.", Value::Day(by)),
            "record what became of it: under the constitution it may have lapsed",
            vec![call_in.source()],
        ));
    }
    Ok(())
}

fn in_force_from(case: &Case<'_>, standing: &mut DecisionStanding, day: Option<Date>) {
    standing.effective = day;
    standing.state = if day.is_some_and(|day| case.on >= day) { State::InForce } else { State::OpenToCallIn };
}

/// Referred back to the decision maker, or to the full council.
fn referred(case: &Case<'_>, standing: &mut DecisionStanding, call_in: &Owned<CallIn>) {
    let entry = &call_in.entry;
    let to_council = entry.outcome.as_deref() == Some("referred to council");
    if to_council && case.decision.entry.within_budget_framework == Some(true) {
        standing.findings.push(Finding::warning(
            "It was referred to full council, and it is consistent with the budget and policy framework.",
            "the council may comment and refer it back, and cannot decide in the executive's place",
            vec![call_in.source()],
        ));
    }
    match entry.reconsidered.as_deref() {
        Some("rescinded") => (standing.state, standing.effective) = (State::Rescinded, None),
        Some(_) => {
            in_force_from(case, standing, entry.reconsidered_on);
            if entry.reconsidered.as_deref() == Some("amended") {
                standing.outcome = Some("amended".into());
            }
            if entry.reconsidered_reasons.is_none() {
                standing.findings.push(Finding::error(
                    "It was considered again, and no reasons are recorded.",
                    "record why it was confirmed or amended",
                    vec![call_in.source()],
                ));
            }
        }
        None => (standing.state, standing.effective) = (State::ToBeConsideredAgain, None),
    }
}
