//! Alerts of decisions: what stops one, what must be out soon or was missed, and when call-in ends.

use penshaw_basis::{Basis, Date};
use penshaw_documents::Value;
use penshaw_register::JointRegister;

use super::outcome::{DecisionStanding, State, Step, StepStanding};
use super::{Decisions, Input};
use crate::Analysis;
use crate::delivery::{Alert, AlertKind, AlertSeverity};

/// What needs attention of decisions on a day.
pub fn alerts(joint: &JointRegister, basis: &Basis, on: Date) -> Vec<Alert> {
    let input = Input::of(joint, on);
    if input.decisions.is_empty() {
        return Vec::new();
    }
    // Where the parameter cannot be read, all that is still to be done: an alert too early harms nobody.
    let ahead = basis.value::<i32>("decisions/alerts", on).map_or(i32::MAX, |days| days.value);
    let outcome = Decisions::analyse(&input, basis);
    outcome.decisions.iter().flat_map(|decision| of(decision, on, ahead)).collect()
}

fn of(decision: &DecisionStanding, on: Date, ahead: i32) -> Vec<Alert> {
    let undecided = decision.decided_on.is_none() && decision.outcome.is_none();
    let stopped = undecided.then_some(&decision.stops).into_iter().flatten().map(|stop| Alert {
        what: format!("{} cannot lawfully be decided as things stand: {}.", decision.title, stop.what),
        hint: stop.opened_by.join("; or "),
        due: decision.meeting,
        severity: AlertSeverity::Grave,
        ..alert(decision, &format!("decision-stopped/{}", slug(&stop.what)), AlertKind::DecisionStopped)
    });
    let steps = decision.steps.iter().filter(|step| undecided || step.done.is_none() && step.by >= on);
    let steps = steps.filter_map(|step| due(decision, step, on, ahead));
    let call_in = decision.call_in_ends.filter(|ends| decision.state == State::OpenToCallIn && *ends >= on);
    let call_in = call_in.map(|ends| Alert {
        what: format!("{} may be called in until {}.", decision.title, Value::Day(ends)),
        hint: "do not carry it out before it takes effect".into(),
        due: Some(ends),
        ..alert(decision, "call-in-ends", AlertKind::CallIn)
    });
    stopped.chain(steps).chain(call_in).collect()
}

/// A step that is to be done soon, or was not done in time.
fn due(decision: &DecisionStanding, step: &Step, on: Date, ahead: i32) -> Option<Alert> {
    let severity = match step.standing {
        StepStanding::Missed => AlertSeverity::Overdue,
        StepStanding::Due if days_until(on, step.by) <= ahead => AlertSeverity::Soon,
        _ => return None,
    };
    Some(Alert {
        what: format!("{}: {} by {}.", decision.title, step.what, Value::Day(step.by)),
        hint: format!("do it and record the day ({})", step.rule),
        due: Some(step.by),
        severity,
        ..alert(decision, &format!("decision-step/{}", slug(&step.what)), AlertKind::DecisionStep)
    })
}

/// Words as a part of an alert's id: several of one decision must be told apart.
fn slug(words: &str) -> String {
    words.to_lowercase().chars().map(|one| if one.is_alphanumeric() { one } else { '-' }).collect()
}

fn days_until(on: Date, day: Date) -> i32 {
    on.until(day).map_or(i32::MAX, |span| span.get_days())
}

fn alert(decision: &DecisionStanding, name: &str, kind: AlertKind) -> Alert {
    Alert {
        id: format!("{name}/{}", decision.source),
        kind,
        severity: AlertSeverity::Soon,
        what: String::new(),
        authority: decision.authority.code.clone(),
        owner: None,
        due: None,
        area: None,
        sources: vec![decision.source.clone()],
        hint: String::new(),
    }
}
