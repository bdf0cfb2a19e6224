//! The views of essential digital skills, before and after, each in a table of its own.

use penshaw_documents::{Block, Cell, Column, Row, RowKind, Table, Value};

use super::share;
use crate::inclusion::outcome::{Asked, Outcome, ProgrammeOutcome, ResidentsSkills, View};
use crate::named::name_of;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let asked: Vec<&ProgrammeOutcome> =
        outcome.programmes.iter().filter(|programme| !programme.skills.is_empty()).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(3, "What people can do without help, before and after"),
        Block::words(
            "The foundation level, the skills view and the task view measure different things: a share of one is never \
             set against a share of another.",
        ),
    ];
    blocks.extend(View::ALL.map(|view| Block::Table(of_view(outcome, &asked, view))));
    blocks.push(Block::Table(none(outcome, &asked)));
    blocks
}

fn caption(view: View) -> &'static str {
    match view {
        View::Foundation => "Foundation level: all foundation tasks without help",
        View::Skills => "Skills view: at least one task for work in each of the five areas",
        View::Tasks => "Task view: every task for work",
    }
}

fn key(view: View) -> &'static str {
    match view {
        View::Foundation => "foundation",
        View::Skills => "skills",
        View::Tasks => "tasks",
    }
}

fn of_view(outcome: &Outcome, programmes: &[&ProgrammeOutcome], view: View) -> Table {
    let headings = [
        "Asked before",
        "Able before",
        "Asked after",
        "Able after",
        "Asked both times",
        "Gained of those",
        "Lost of those",
    ];
    let mut columns = vec![Column::words("Programme and authority of residence")];
    columns.extend(headings.map(Column::numbers));
    let mut table = Table::new(format!("inclusion-view-{}", key(view)), caption(view), columns);
    rows(&mut table, outcome, programmes, |residents| {
        let found = residents.views.iter().find(|found| found.view == view);
        let found = found.map_or_else(Vec::new, |found| {
            let [asked_before, able_before] = asked(found.before);
            let [asked_after, able_after] = asked(found.after);
            let twice = [found.asked_twice, found.gained, found.lost].map(|number| Value::Count(number as i64));
            [asked_before, able_before, asked_after, able_after].into_iter().chain(twice).collect()
        });
        if found.is_empty() { vec![Value::Nothing; headings.len()] } else { found }
    });
    if view == View::Tasks {
        table.note = cited(outcome);
    }
    table
}

/// What the tasks are taken from.
fn cited(outcome: &Outcome) -> String {
    let sources: Vec<String> = outcome.skills_sources.iter().map(ToString::to_string).collect();
    format!("The tasks are those of {}.", sources.join("; "))
}

fn none(outcome: &Outcome, programmes: &[&ProgrammeOutcome]) -> Table {
    let mut columns = vec![Column::words("Programme and authority of residence")];
    columns.extend(["Asked before", "None before", "Asked after", "None after"].map(Column::numbers));
    let mut table = Table::new("inclusion-none", "People who can do none of the tasks for work", columns);
    rows(&mut table, outcome, programmes, |residents| {
        [asked(residents.none_before), asked(residents.none_after)].into_iter().flatten().collect()
    });
    table
}

/// How many were asked, and the share of whom it holds; nothing where nobody was asked.
fn asked(asked: Asked) -> [Value; 2] {
    [Value::Count(asked.asked as i64), share(asked.share())]
}

fn rows(
    table: &mut Table,
    outcome: &Outcome,
    programmes: &[&ProgrammeOutcome],
    values: impl Fn(&ResidentsSkills) -> Vec<Value>,
) {
    for programme in programmes {
        let mut group = vec![Cell::words(&programme.name)];
        group.resize_with(table.columns.len(), Cell::empty);
        table.push(Row { kind: RowKind::Group, cells: group });
        for residents in &programme.skills {
            let mut cells = vec![Cell::words(name_of(&outcome.partners, &residents.authority))];
            // Many answers are told by their number; a list of all of them would help nobody.
            let few = residents.sources.len() <= MOST_CITED;
            let sources = if few { residents.sources.clone() } else { vec![programme.source.clone()] };
            cells.extend(values(residents).into_iter().map(|value| Cell::new(value, sources.clone())));
            table.push(Row::body(cells));
        }
    }
}

/// The most answers that a cell cites one by one.
const MOST_CITED: usize = 10;
