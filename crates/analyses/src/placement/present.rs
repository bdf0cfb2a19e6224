//! The answer as blocks: what it costs and what proves it, the moves, the loads, what is wanting.

mod map;
mod tables;

use penshaw_documents::{Block, Inline, Value, inlines};
use penshaw_register::Severity;

use super::opportunities;
use super::outcome::{Finding, Outcome, Status};
use crate::named::{capitalised, counted};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(answer(outcome))];
    if outcome.proposed.is_some() && outcome.weighed() > 0 {
        blocks.extend(proof(outcome));
        blocks.push(Block::Table(tables::costs(outcome)));
        blocks.push(Block::heading(3, "What moves, and what it saves"));
        blocks.extend(moves(outcome));
        blocks.extend(map::flows(outcome));
    }
    if !outcome.short.is_empty() {
        blocks.push(Block::heading(3, "What is short"));
        blocks.push(Block::Table(tables::short(outcome)));
    }
    blocks.push(Block::heading(3, "Loads with any one site lost"));
    let whose = if outcome.proposed.is_some() { "As proposed." } else { "As placed today." };
    blocks.push(Block::words(format!("{whose} {}", tables::LOADS)));
    blocks.push(Block::Table(tables::loads(outcome)));
    if !outcome.modules.is_empty() {
        blocks.push(Block::heading(3, "Capacity to buy"));
        blocks.push(Block::Table(tables::modules(outcome)));
    }
    if !outcome.agreements.is_empty() {
        blocks.push(Block::heading(3, "What hosting agreements must let"));
        blocks.push(Block::Table(tables::agreements(outcome)));
    }
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting, and what was assumed"));
        blocks.push(Block::List { ordered: false, items: outcome.findings.iter().map(finding).collect() });
    }
    blocks.extend(offered(outcome));
    blocks
}

/// The answer in a sentence or two.
fn answer(outcome: &Outcome) -> Vec<Inline> {
    let weighed = outcome.weighed();
    if weighed == 0 {
        let workloads = counted(outcome.workloads.len(), "workload", "workloads");
        let words = format!("What should run where cannot be said yet: of {workloads} none could be weighed.");
        return vec![Inline::strong(words)];
    }
    let Some(proposed) = outcome.proposed else {
        let words = match outcome.status {
            Status::NotFound => "No placement was found that keeps the rules, and none was proved impossible.",
            _ => "No placement keeps the rules with what the sites hold: what is short is below.",
        };
        return vec![Inline::strong(words)];
    };
    let moving = outcome.workloads.iter().filter(|placement| placement.moves()).count();
    let workloads = counted(weighed, "workload", "workloads");
    let moves = match moving {
        0 => "all of them where they are".to_owned(),
        moving => format!("{moving} of them moved or recovered elsewhere than today"),
    };
    let verb = if outcome.status == Status::Optimal { "At least cost" } else { "At the least cost found" };
    vec![
        Inline::strong(format!("{verb}, {workloads}, {moves}, cost ")),
        Inline::figure(Value::Pounds(proposed.yearly()), &tables::all_sources(outcome)),
        Inline::strong(format!(" a year{}.{}", compared(outcome), left(outcome))),
    ]
}

/// What could not be weighed, and is yet in the figures as far as it is known.
fn left(outcome: &Outcome) -> String {
    match outcome.workloads.len() - outcome.weighed() {
        0 => String::new(),
        1 => " One more could not be weighed and is counted where it is, as far as known.".to_owned(),
        left => format!(" {left} more could not be weighed and are counted where they are, as far as known."),
    }
}

/// The saving, as words that end the sentence.
fn compared(outcome: &Outcome) -> String {
    let Some(saving) = outcome.saving else { return String::new() };
    let pounds = saving.pounds();
    let amount = penshaw_basis::Estimate::from_pounds(pounds.abs()).to_whole_pounds();
    let lacking = outcome.lacking_recovery.pounds();
    let than = match lacking.round() {
        0.0 if outcome.today_stands => "today's sites".to_owned(),
        0.0 => "today's sites, which do not keep every rule".to_owned(),
        _ => format!(
            "today's sites with the recovery that they lack, which alone adds {}",
            outcome.lacking_recovery.to_whole_pounds()
        ),
    };
    match pounds {
        pounds if pounds.round() == 0.0 => format!(", the same as {than}"),
        pounds if pounds > 0.0 => format!(", {amount} less than {than}"),
        _ => format!(", {amount} more than {than}"),
    }
}

/// What proves the answer, and what the independent check found.
fn proof(outcome: &Outcome) -> Vec<Block> {
    let (Some(proposed), Some(bound)) = (outcome.proposed, outcome.bound) else { return Vec::new() };
    let weighed = proposed.weighed();
    let how = match outcome.status {
        Status::Optimal => "The search proved it: no placement within the rules comes to less than ".to_owned(),
        _ => format!(
            "The search ended after {} before it was proved: another placement could be weighed at as little as ",
            counted(usize::try_from(outcome.nodes).unwrap_or(usize::MAX), "step", "steps")
        ),
    };
    let mut text = vec![
        Inline::text("With what moving costs and the least that a move must save, it is weighed at "),
        Inline::figure(Value::Pence(weighed), &outcome.parameters.sources),
        Inline::text(" a year. "),
        Inline::text(how),
        Inline::figure(Value::Pence(bound), &outcome.parameters.sources),
        Inline::text(". "),
    ];
    text.extend(checked(outcome));
    vec![Block::paragraph(text)]
}

fn checked(outcome: &Outcome) -> Vec<Inline> {
    let Some(check) = &outcome.check else { return Vec::new() };
    match (check.problems.as_slice(), check.cost) {
        ([], Some(cost)) => vec![
            Inline::text("An independent check added up every load and cost anew and found "),
            Inline::figure(Value::Pence(cost), &outcome.parameters.sources),
            Inline::text(" and no site over what it holds."),
        ],
        (problems, _) => {
            vec![Inline::strong(format!("The independent check does not agree: {}.", problems.join("; ")))]
        }
    }
}

fn moves(outcome: &Outcome) -> Vec<Block> {
    if outcome.workloads.iter().any(|placement| placement.moves()) {
        return vec![Block::Table(tables::moves(outcome))];
    }
    let words = if outcome.today_stands {
        "Nothing moves: today's placement keeps every rule, and no move saves what it costs."
    } else {
        "Nothing moves: no move is possible, or none saves what it costs."
    };
    vec![Block::words(words)]
}

fn finding(finding: &Finding) -> Vec<Inline> {
    let mut runs = Vec::new();
    if finding.severity == Severity::Error {
        runs.push(Inline::strong("Must be mended: "));
    }
    runs.push(Inline::figure(Value::text(capitalised(&finding.what)), &finding.sources));
    runs.push(Inline::text(format!(". {}.", capitalised(&finding.hint))));
    runs
}

fn offered(outcome: &Outcome) -> Vec<Block> {
    if outcome.opportunities.is_empty() {
        return Vec::new();
    }
    let total = Value::Money(opportunities::yearly(&outcome.opportunities));
    vec![
        Block::heading(3, "Opportunities"),
        Block::paragraph(inlines(format!(
            "In money, without people's time: together {total} a year once the moves are paid for, against what is \
             paid today. Recovery that is lacking today is a cost here, not a saving."
        ))),
        Block::Table(tables::opportunities(outcome)),
    ]
}
