//! The tables of a history: the authorities side by side, and what their reports said would happen.

use penshaw_analyses::decisions::State;
use penshaw_basis::{Date, Source};
use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use crate::cabinet_report::said::day;
use crate::history::{CalledIn, Committed, History, LaterPaper, Part, Step};
use crate::recommendation::capitalised;

/// So many authorities fit side by side.
const SIDE_BY_SIDE: usize = 3;

/// What each authority decided, one column each.
pub(super) fn side_by_side(step: &Step, number: &str) -> Vec<Block> {
    let tables = step.parts.chunks(SIDE_BY_SIDE).enumerate();
    let table = |(place, parts): (usize, &[Part])| {
        let id = format!("history-{}-{}", number.replace('.', "-"), place + 1);
        let names = parts.iter().map(|part| part.authority.name.as_str());
        let columns = std::iter::once("What").chain(names).map(Column::words).collect();
        let caption = if step.parts.len() == 1 { "The decision" } else { "The decisions side by side" };
        let mut table = Table::new(id, caption, columns);
        for (name, cell) in ROWS {
            let cells: Vec<Cell> = parts.iter().map(cell).collect();
            if cells.iter().any(|cell| cell.figure.value != Value::text("")) {
                table.push(Row::body(std::iter::once(Cell::words(*name)).chain(cells).collect()));
            }
        }
        Block::Table(table)
    };
    tables.map(table).collect()
}

/// A row of the side-by-side table: its name, and what it says of a decision.
type SideRow = (&'static str, fn(&Part) -> Cell);

const ROWS: &[SideRow] = &[
    ("Report", |part| Cell::new(Value::text(&part.title), vec![part.source.clone()])),
    ("Matter", |part| Cell::words(&part.matter)),
    ("Decided by", |part| words(part.body.as_deref())),
    ("Day", |part| part.day.map_or_else(|| Cell::words("not set"), |day| Cell::plain(Value::Day(day)))),
    ("Outcome", |part| Cell::words(part.outcome.as_deref().unwrap_or("to be decided"))),
    ("What was resolved", |part| words(part.resolution.as_deref())),
    ("Reasons", |part| words(part.reasons.as_deref())),
    ("Called in", called_in),
    ("In effect from", effect),
];

fn words(words: Option<&str>) -> Cell {
    Cell::words(words.unwrap_or_default())
}

fn called_in(part: &Part) -> Cell {
    let said: Vec<String> = part.call_ins.iter().map(of_call_in).collect();
    let sources: Vec<Source> = part.call_ins.iter().map(|one| one.source.clone()).collect();
    Cell::new(Value::text(capitalised(&said.join("; "))), sources)
}

fn of_call_in(call_in: &CalledIn) -> String {
    let on = |day_of: Option<Date>| day_of.map_or_else(String::new, |one| format!(" on {}", day(one)));
    let outcome = match call_in.outcome.as_deref() {
        None => ", not heard yet".to_owned(),
        Some(outcome) => format!(", {outcome}{}", on(call_in.heard)),
    };
    let again = call_in.reconsidered.as_deref();
    let again = again.map(|again| format!(", {again}{}", on(call_in.reconsidered_on)));
    format!(
        "on {}{outcome}{}",
        call_in.requested.map_or_else(|| "a day not recorded".into(), day),
        again.unwrap_or_default()
    )
}

/// The day, or what stands between the decision and its effect.
fn effect(part: &Part) -> Cell {
    use State::{CalledIn, Decided, OpenToCallIn, Rescinded, ToBeConsideredAgain};
    match (part.effective, part.state) {
        (Some(day), _) => Cell::plain(Value::Day(day)),
        (None, Some(state @ (Decided | OpenToCallIn | CalledIn | ToBeConsideredAgain | Rescinded))) => {
            Cell::words(format!("not known: {state}"))
        }
        _ => Cell::empty(),
    }
}

/// What its report said would happen.
pub(super) fn commitments(step: &Step, chain: usize, number: &str) -> Option<Block> {
    if step.commitments.is_empty() {
        return Some(Block::words("No commitment of its report is recorded."));
    }
    let columns = ["Commitment", "Paragraph", "Who sees to it", "By", "How it stands"];
    let id = format!("history-{}-commitments", number.replace('.', "-"));
    let mut table = Table::new(id, "What was said would happen", columns.map(Column::words).to_vec());
    for one in &step.commitments {
        table.push(Row::body(vec![
            statement(one),
            words(one.paragraph.as_deref()),
            Cell::words(who(one)),
            due(one),
            Cell::words(stands(one, chain)),
        ]));
    }
    Some(Block::Table(table))
}

/// Commitments of no decision that is recorded, each with why.
pub(super) fn elsewhere(history: &History) -> Table {
    let columns = ["Commitment", "Report", "Who sees to it", "By", "How it stands", "Why it stands here"];
    let caption = "Commitments whose report is that of no decision here";
    let mut table = Table::new("history-elsewhere", caption, columns.map(Column::words).to_vec());
    for one in &history.elsewhere {
        let committed = &one.commitment;
        let paragraph = committed.paragraph.as_deref().map(|number| format!("paragraph {number}"));
        let report: Vec<&str> = committed.document.as_deref().into_iter().chain(paragraph.as_deref()).collect();
        table.push(Row::body(vec![
            statement(committed),
            Cell::words(report.join(", ")),
            Cell::words(who(committed)),
            due(committed),
            Cell::words(stands(committed, 0)),
            Cell::words(&one.why),
        ]));
    }
    table
}

fn statement(committed: &Committed) -> Cell {
    Cell::new(Value::text(&committed.statement), vec![committed.source.clone()])
}

fn due(committed: &Committed) -> Cell {
    committed.due.map_or_else(|| Cell::words("no day is set"), |due| Cell::plain(Value::Day(due)))
}

/// The post with its authority; that none is named where it is not.
pub(super) fn who(committed: &Committed) -> String {
    let owner = committed.owner.as_deref().filter(|owner| !owner.trim().is_empty());
    format!("{}, {}", committed.authority.name, owner.unwrap_or("no post is named"))
}

/// What became of it, and of the paper that it promises.
fn stands(committed: &Committed, chain: usize) -> String {
    let on = committed.settled.map_or_else(String::new, |settled| format!(" on {}", day(settled)));
    let stands = match committed.standing.as_str() {
        _ if committed.overdue => "overdue".to_owned(),
        "open" => "open".to_owned(),
        settled => format!("{settled}{on}"),
    };
    match committed.later_paper {
        Some(LaterPaper::ToCome) => format!("{stands}: the paper is still to come"),
        Some(LaterPaper::FollowedBy(step)) => format!("{stands}: {chain}.{} follows", step + 1),
        Some(LaterPaper::Settled) | None => stands,
    }
}
