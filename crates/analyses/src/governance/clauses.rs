//! The clauses of an agreement, one function a head of terms. A gap is shown, never filled.

use penshaw_basis::Source;
use penshaw_documents::{Block, Inline, Value};
use penshaw_register::Scheme;

use super::{Input, Outcome, PowerOf, SchemeAnswer, told};
use crate::named::{capitalised, counted};

/// What stands where nothing is recorded.
const TO_BE_AGREED: &str = "To be agreed";

/// A term and what is recorded of it, as a point of a list.
fn term_of(term: &str, recorded: Option<String>, sources: &[Source]) -> Vec<Inline> {
    vec![Inline::text(format!("{term}: ")), recorded_or_open(recorded, sources)]
}

fn recorded_or_open(recorded: Option<String>, sources: &[Source]) -> Inline {
    match recorded.filter(|words| !words.trim().is_empty()) {
        Some(words) => Inline::figure(Value::text(words), sources),
        None => Inline::strong(TO_BE_AGREED),
    }
}

fn list(items: Vec<Vec<Inline>>) -> Vec<Block> {
    vec![Block::List { ordered: false, items }]
}

fn to_be_agreed(what: &str) -> Vec<Block> {
    vec![Block::paragraph(vec![Inline::text(format!("{what}: ")), Inline::strong(TO_BE_AGREED)])]
}

fn members(answer: &SchemeAnswer) -> &[PowerOf] {
    answer.power.as_ref().map_or(&[], |power| &power.authorities)
}

/// Who makes the agreement, in which form, and who holds what for all.
pub(super) fn parties(input: &Input, scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let own = [answer.source.clone()];
    let mut items: Vec<Vec<Inline>> =
        members(answer).iter().map(|one| vec![Inline::figure(Value::text(&one.name), &one.sources)]).collect();
    if items.is_empty() {
        items.push(term_of("Parties", None, &[]));
    }
    let lead = scheme.lead.as_deref().map(|code| input.name_of(code).to_owned());
    let holds = match answer.vehicle.as_str() {
        "company" => "Lead, where the company holds nothing itself",
        _ => "Who holds contracts, staff and assets",
    };
    items.push(term_of("Form", Some(capitalised(&answer.vehicle)), &own));
    items.push(term_of(holds, lead, &own));
    list(items)
}

/// What it is for.
pub(super) fn purpose(scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    match scheme.description.as_deref().filter(|words| !words.trim().is_empty()) {
        Some(words) => {
            vec![Block::paragraph(vec![Inline::figure(Value::text(words), std::slice::from_ref(&answer.source))])]
        }
        None => to_be_agreed("Purpose and functions"),
    }
}

/// Seats, quorum, votes, chair and casting vote.
pub(super) fn who_decides(scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let own = [answer.source.clone()];
    let seats = members(answer).iter().map(|one| {
        let votes = counted(one.votes as usize, "vote", "votes");
        let seats = counted(one.seats as usize, "seat", "seats");
        term_of(&one.name, Some(format!("{seats}, {votes}")), &one.sources)
    });
    let mut items: Vec<Vec<Inline>> = seats.collect();
    if items.is_empty() {
        items.push(term_of("Seats", None, &[]));
    }
    items.push(term_of("Quorum", quorum(scheme), &own));
    items.push(term_of("Votes", Some(majority(scheme, answer)), &own));
    items.push(term_of("Chair", scheme.chair.clone(), &own));
    items.push(term_of("Second vote of the chair", casting_vote(scheme, answer), &own));
    list(items)
}

fn quorum(scheme: &Scheme) -> Option<String> {
    let members = counted(scheme.quorum? as usize, "member", "members");
    let each = if scheme.quorum_each == Some(true) { ", one of each authority among them" } else { "" };
    Some(format!("{members}{each}"))
}

fn majority(scheme: &Scheme, answer: &SchemeAnswer) -> String {
    match (scheme.majority.filter(|majority| *majority > 0.5), answer.by_law) {
        (Some(majority), _) => format!("{} of all votes", Value::Percent(majority)),
        (None, true) => "by law: more than half of the members present and voting, one vote each".into(),
        (None, false) => "more than half of the votes cast".into(),
    }
}

fn casting_vote(scheme: &Scheme, answer: &SchemeAnswer) -> Option<String> {
    match (scheme.casting_vote, answer.by_law) {
        (_, true) => Some("by law, when votes are equal".into()),
        (Some(true), false) => Some("when votes are equal".into()),
        (Some(false), false) => Some("none".into()),
        (None, false) => None,
    }
}

/// The reserved matters.
pub(super) fn kept_back(answer: &SchemeAnswer) -> Vec<Block> {
    if answer.reserved.is_empty() {
        return to_be_agreed("Reserved matters");
    }
    let item = |kept: &super::Reserved| {
        let words = format!("{}: the {} of each authority", told::matter(&kept.matter, kept.above), kept.kept_by);
        vec![Inline::figure(Value::text(words), std::slice::from_ref(&kept.source))]
    };
    list(answer.reserved.iter().map(item).collect())
}

/// What each pays, from which year the shares start, how they are set right, and how savings are shared.
pub(super) fn cost(scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let own = [answer.source.clone()];
    let share = |one: &PowerOf| one.contribution.map(|part| Value::Percent(part).to_string());
    let shares = members(answer).iter().map(|one| term_of(&one.name, share(one), &one.sources));
    let mut items: Vec<Vec<Inline>> = shares.collect();
    let baseline = "The year whose budgets and volumes the shares start from";
    let true_up = "How shares are set right each year against what each used, and within which limits";
    items.push(term_of(baseline, scheme.baseline_year.clone(), &own));
    items.push(term_of(true_up, scheme.true_up.clone(), &own));
    items.push(term_of("How savings are shared", scheme.savings_split.clone(), &own));
    list(items)
}

/// How long it lasts and when it is looked at again.
pub(super) fn term(scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let own = [answer.source.clone()];
    let years = |count: Option<u64>| count.map(|count| counted(count as usize, "year", "years"));
    list(vec![
        term_of("From", scheme.starts.map(|day| Value::Day(day).to_string()), &own),
        term_of("Term", years(scheme.term_years), &own),
        term_of("Review every", years(scheme.review_years), &own),
    ])
}

/// Notice, exit terms and the checklist for leaving; how a dispute is settled has its own head.
pub(super) fn leaving(scheme: &Scheme, answer: &SchemeAnswer, outcome: &Outcome) -> Vec<Block> {
    let own = [answer.source.clone()];
    let recorded = |field: &str| match field {
        "notice_months" => scheme.notice_months.map(|months| counted(months as usize, "month", "months")),
        "exit_terms" => scheme.exit_terms.clone(),
        "earliest_exit" => scheme.earliest_exit.map(|day| Value::Day(day).to_string()),
        _ => None,
    };
    let mut items =
        vec![term_of("Notice", recorded("notice_months"), &own), term_of("Exit terms", recorded("exit_terms"), &own)];
    let said = |field: &Option<String>| matches!(field.as_deref(), Some("notice_months" | "exit_terms" | "disputes"));
    let others = outcome.leaving.iter().filter(|(_, field)| !said(field));
    items.extend(others.map(|(asks, field)| {
        let asked = Inline::figure(Value::text(asks), &outcome.leaving_sources);
        vec![asked, Inline::text(": "), recorded_or_open(field.as_deref().and_then(recorded), &own)]
    }));
    list(items)
}

/// How a dispute is settled.
pub(super) fn disputes(scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    list(vec![term_of("How a dispute is settled", scheme.disputes.clone(), std::slice::from_ref(&answer.source))])
}

/// One line a party.
pub(super) fn signatures(input: &Input, scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let mut names: Vec<&str> = members(answer).iter().map(|one| one.name.as_str()).collect();
    let lead = scheme.lead.as_deref().map(|code| input.name_of(code));
    names.extend(lead.filter(|lead| !members(answer).iter().any(|one| one.name == *lead)));
    if names.is_empty() {
        return to_be_agreed("Who signs");
    }
    let line = |name: &&str| vec![Inline::text(format!("For {name}: post, signature, date"))];
    list(names.iter().map(line).collect())
}
