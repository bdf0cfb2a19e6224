//! The clock as blocks: what stops, what to do by when, each decision, what is decided together, what is wanting.

use penshaw_documents::{Block, Cell, Chart, ChartKind, Column, DayMarker, Inline, Row, Span, Table, Value};
use penshaw_register::Severity;

use super::outcome::{AccessLaw, DecisionStanding, Outcome, ProposalStanding, State};
use super::rules::Whose;
use crate::Finding;
use crate::named::{capitalised, counted, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(sentence(outcome))])];
    blocks.push(Block::note(
        "Not legal advice",
        "These days are counted from what is recorded. The monitoring officer of each authority confirms them.",
    ));
    blocks.extend(stops(outcome));
    if outcome.decisions.iter().any(|one| !one.steps.is_empty()) {
        blocks.push(Block::heading(3, "What to do by when"));
        // The picture carries the table of steps beneath it.
        blocks.push(timeline(outcome).unwrap_or_else(|| Block::Table(steps(outcome))));
    }
    blocks.push(Block::heading(3, "Where each decision stands"));
    blocks.push(Block::words(whose_rules(outcome)));
    blocks.push(Block::Table(decisions(outcome)));
    for proposal in &outcome.proposals {
        blocks.extend(together(proposal));
    }
    blocks.extend(findings(outcome));
    blocks
}

fn sentence(outcome: &Outcome) -> String {
    let of = |states: &[State]| outcome.decisions.iter().filter(|one| states.contains(&one.state)).count();
    let parts = [
        (of(&[State::Stopped]), "cannot lawfully be made as things stand", "cannot lawfully be made as things stand"),
        (of(&[State::InPreparation]), "is in preparation", "are in preparation"),
        (of(&[State::ReadyForItsDay, State::MayBeDecided]), "may be made on its day", "may be made on their days"),
        (
            of(&[State::Decided, State::OpenToCallIn]),
            "was made and is not in force yet",
            "were made and are not in force yet",
        ),
        (of(&[State::CalledIn, State::ToBeConsideredAgain]), "was called in", "were called in"),
        (of(&[State::InForce]), "is in force", "are in force"),
        (
            of(&[State::Deferred, State::Rejected, State::Rescinded, State::Withdrawn]),
            "was not taken or was given up",
            "were not taken or were given up",
        ),
    ];
    let told = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }));
    let told = told.collect::<Vec<_>>().join("; ");
    format!("Of {}: {told}.", counted(outcome.decisions.len(), "decision", "decisions"))
}

/// What stops a decision, with each lawful way on.
fn stops(outcome: &Outcome) -> Vec<Block> {
    let items: Vec<Vec<Inline>> = outcome
        .decisions
        .iter()
        .flat_map(|decision| decision.stops.iter().map(move |stop| (decision, stop)))
        .map(|(decision, stop)| {
            let name = format!("{}, {}", decision.authority.name, decision.title);
            vec![
                Inline::figure(Value::text(name), std::slice::from_ref(&decision.source)),
                Inline::text(format!(": {} ({}). Lawful ways: {}.", stop.what, stop.rule, stop.opened_by.join("; "))),
            ]
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::heading(3, "What stops a decision"), Block::List { ordered: false, items }]
}

/// The most spans that a picture holds.
const MOST_SPANS: usize = 24;

/// From the first day that must be kept to the meeting, and from publication to effect.
fn timeline(outcome: &Outcome) -> Option<Block> {
    let spans: Vec<Span> = outcome.decisions.iter().flat_map(spans).take(MOST_SPANS).collect();
    let first = spans.first()?;
    let alternative = format!(
        "{} to look at; the first is {}, from {} to {}.",
        counted(spans.len(), "span", "spans"),
        first.label,
        Value::Day(first.starts),
        Value::Day(first.ends)
    );
    Some(Block::Chart(Chart {
        id: "decisions-timeline".into(),
        caption: "From notice to effect, each decision".into(),
        alternative,
        horizontal: "Day".into(),
        vertical: String::new(),
        kind: ChartKind::Timeline { days: today(outcome, &spans), spans },
        table: steps(outcome),
    }))
}

/// The day of the answer, unless it is so late that the spans would shrink to nothing beside it.
fn today(outcome: &Outcome, spans: &[Span]) -> Vec<DayMarker> {
    const NEAR: i32 = 180;
    let last = spans.iter().map(|span| span.ends).max();
    let far = last.is_some_and(|last| last.until(outcome.on).is_ok_and(|span| span.get_days() > NEAR));
    let marker = DayMarker { label: "Day of the answer".into(), day: outcome.on };
    if far { Vec::new() } else { vec![marker] }
}

fn spans(decision: &DecisionStanding) -> Vec<Span> {
    let label = format!("{} ({})", decision.title, decision.authority.code);
    let first = decision.steps.iter().flat_map(|step| [step.cautious, Some(step.by), step.done]).flatten().min();
    let before = first.zip(decision.decided_on.or(decision.meeting)).map(|(starts, ends)| Span {
        label: label.clone(),
        starts: starts.min(ends),
        ends,
        group: "Notices and papers".into(),
    });
    let after = decision.published.zip(decision.effective.or(decision.call_in_ends)).map(|(starts, ends)| Span {
        label,
        starts: starts.min(ends),
        ends,
        group: "Call-in".into(),
    });
    before.into_iter().chain(after).collect()
}

fn steps(outcome: &Outcome) -> Table {
    let columns = ["Authority", "Decision", "What", "By", "In working days", "Done", "How it stands", "Rule"];
    let caption = "What is to be done by when; for 28 days, by both readings of which days are counted";
    let mut table = Table::new("decision-steps", caption, columns.map(Column::words).to_vec());
    for decision in &outcome.decisions {
        for step in &decision.steps {
            let day =
                |day: Option<penshaw_basis::Date>| day.map_or_else(Cell::empty, |day| Cell::plain(Value::Day(day)));
            table.push(Row::body(vec![
                Cell::words(&decision.authority.name),
                Cell::new(Value::text(&decision.reference), vec![decision.source.clone()]),
                Cell::words(&step.what),
                Cell::plain(Value::Day(step.by)),
                day(step.cautious),
                day(step.done),
                Cell::words(step.standing.to_string()),
                Cell::words(&step.rule),
            ]));
        }
    }
    table
}

fn decisions(outcome: &Outcome) -> Table {
    let columns = ["Authority", "Decision", "Key", "Meets or met", "State", "Call-in and effect"];
    let mut table = Table::new("decisions", "Decisions", columns.map(Column::words).to_vec());
    for decision in &outcome.decisions {
        let maker = decision.decision_maker.as_ref().map_or_else(String::new, |maker| format!(" ({maker})"));
        let title = format!("{} {}{maker}", decision.reference, decision.title);
        let meets = decision.decided_on.or(decision.meeting);
        let may = if decision.decided_on.is_some() { "could be made from" } else { "may be made from" };
        let ends = decision.call_in_ends;
        table.push(Row::body(vec![
            Cell::words(&decision.authority.name),
            Cell::new(Value::text(title), vec![decision.source.clone()]),
            Cell::words(key(decision)),
            meets.map_or_else(Cell::empty, |day| Cell::plain(Value::Day(day))),
            Cell::words(joined(&decision.state.to_string(), &[(may, decision.earliest)])),
            Cell::words(capitalised(&joined("", &[("call-in ends", ends), ("takes effect", decision.effective)]))),
        ]));
    }
    table
}

/// Words and those days that there are, each with what it is.
fn joined(words: &str, days: &[(&str, Option<penshaw_basis::Date>)]) -> String {
    let days = days.iter().filter_map(|(what, day)| Some(format!("{what} {}", Value::Day((*day)?))));
    let words = (!words.is_empty()).then(|| words.to_owned());
    words.into_iter().chain(days).collect::<Vec<_>>().join("; ")
}

/// Whether it is a key decision, and on which route it is made.
fn key(decision: &DecisionStanding) -> String {
    match (decision.law, decision.key) {
        (AccessLaw::PartVa, Some(true)) => "yes; Part VA asks for no notice".into(),
        (AccessLaw::PartVa, _) => "not asked by Part VA".into(),
        (AccessLaw::ExecutiveArrangements, Some(true)) => format!("yes, by {}", decision.route),
        (AccessLaw::ExecutiveArrangements, answer) => yes_no(answer).to_owned(),
    }
}

/// By whose rules the days are counted, each authority once.
fn whose_rules(outcome: &Outcome) -> String {
    let of = |is_its_own: bool| -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let own = |one: &&DecisionStanding| matches!(one.rules, Some(Whose::Constitution(_))) == is_its_own;
        for one in outcome.decisions.iter().filter(own) {
            if !names.contains(&one.authority.name.as_str()) {
                names.push(&one.authority.name);
            }
        }
        names
    };
    let told = [(of(true), "By its own constitution, as far as it is recorded"), (of(false), "By the common readings")];
    let told = told.iter().filter(|(names, _)| !names.is_empty());
    told.map(|(names, how)| format!("{how}: {}.", sentence_list(names))).collect::<Vec<_>>().join(" ")
}

fn yes_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not answered",
    }
}

/// A proposal with the resolutions side by side.
fn together(proposal: &ProposalStanding) -> Vec<Block> {
    let said = match (proposal.concluded, proposal.effective) {
        (true, Some(day)) => format!("Concluded: all resolved the same, and it takes effect on {}.", Value::Day(day)),
        _ => format!("Not concluded: {}.", proposal.differences.join("; ")),
    };
    let columns = ["Authority", "Key", "State", "What was resolved", "Digest", "Takes effect"];
    let caption = format!("{}: the resolutions side by side", proposal.proposal);
    let mut table = Table::new("decisions-together", caption, columns.map(Column::words).to_vec());
    for part in &proposal.parts {
        table.push(Row::body(vec![
            Cell::new(Value::text(&part.authority.name), part.sources.clone()),
            Cell::words(if part.decision.is_some() { yes_no(part.key) } else { "" }),
            Cell::words(part.state.map_or_else(|| "no record".to_owned(), |state| state.to_string())),
            Cell::words(part.resolution.as_deref().unwrap_or("")),
            Cell::words(part.digest.as_deref().map_or("", |digest| &digest[..12])),
            part.effective.map_or_else(Cell::empty, |day| Cell::plain(Value::Day(day))),
        ]));
    }
    vec![
        Block::heading(3, format!("Decided together: {}", proposal.proposal)),
        Block::paragraph(vec![Inline::strong(said)]),
        Block::Table(table),
    ]
}

fn findings(outcome: &Outcome) -> Vec<Block> {
    let of_decisions = outcome.decisions.iter().flat_map(|decision| &decision.findings);
    let mut all: Vec<&Finding> = outcome.findings.iter().chain(of_decisions).collect();
    if all.is_empty() {
        return Vec::new();
    }
    all.sort_by_key(|finding| finding.severity == Severity::Warning);
    let items = all.into_iter().map(Finding::told).collect();
    vec![Block::heading(3, "What is wanting"), Block::List { ordered: false, items }]
}
