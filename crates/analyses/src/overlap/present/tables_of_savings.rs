//! The tables of what sharing saves and what stands in its way.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Column, Row, Table, Value};

use super::super::outcome::{BlockerKind, Move, Outcome, Saving, SavingKind};
use super::{OTHERS, cited};
use crate::named::name_of;

/// Rows that a table prints at most.
const ROWS: usize = 40;

fn pounds(amount: f64, sources: &[Source]) -> Cell {
    Cell::new(Value::Pounds(Estimate::from_pounds(amount)), sources.to_vec())
}

pub(super) fn savings(outcome: &Outcome) -> Option<Table> {
    if outcome.savings.is_empty() {
        return None;
    }
    let years = format!("Over {} years, likely", outcome.years);
    let columns = vec![
        Column::words("What would be done"),
        Column::numbers("Paid today a year"),
        Column::numbers("Saves a year, least"),
        Column::numbers("Likeliest"),
        Column::numbers("Most"),
        Column::numbers("Moving costs once, likely"),
        Column::numbers(years),
        Column::words("Earliest"),
        Column::words("Without a figure, or not offered"),
    ];
    let mut table = Table::new("overlap-savings", "What one contract in place of several would save", columns);
    for saving in &outcome.savings {
        table.push(saving_row(saving));
    }
    let offered: Vec<&Saving> = outcome.savings.iter().filter(|saving| saving.not_offered.is_none()).collect();
    if offered.len() > 1 {
        let sources = cited(offered.iter().flat_map(|saving| &saving.sources));
        let sum = |of: fn(&Saving) -> f64| pounds(offered.iter().map(|saving| of(saving)).sum(), &sources);
        table.push(Row::total(vec![
            Cell::words("All that is offered"),
            Cell::plain(Value::Nothing),
            sum(|saving| saving.yearly.low),
            sum(|saving| saving.yearly.likely),
            sum(|saving| saving.yearly.high),
            sum(|saving| saving.once.likely),
            sum(|saving| saving.net.pounds()),
            Cell::empty(),
            Cell::empty(),
        ]));
    }
    "A saving stands with the authority that moves; how partners share it is the question of cost shares. It is counted in \
     whole financial years, each entry once. The shares and the costs of moving are parameters (overlap/savings)."
        .clone_into(&mut table.note);
    Some(table.first(ROWS, OTHERS))
}

fn saving_row(saving: &Saving) -> Row {
    let sources = cited(saving.sources.iter());
    let figure = |amount: f64| match saving.moves.is_empty() {
        true => Value::Nothing.into(),
        false => pounds(amount, &sources),
    };
    let mut remarks: Vec<String> = saving.not_offered.iter().map(|why| format!("Not offered: {why}.")).collect();
    if !saving.without_cost.is_empty() && !saving.moves.is_empty() {
        remarks.push(format!("{} without a cost, counted nowhere.", saving.without_cost.len()));
    }
    Row::body(vec![
        Cell::new(Value::text(&saving.description), sources.clone()),
        Cell::new(Value::Money(saving.cost_today), sources.clone()),
        figure(saving.yearly.low),
        figure(saving.yearly.likely),
        figure(saving.yearly.high),
        figure(saving.once.likely),
        figure(saving.net.pounds()),
        Cell::plain(saving.earliest.map_or(Value::Nothing, Value::Day)),
        if remarks.is_empty() { Value::Nothing.into() } else { Cell::words(remarks.join(" ")) },
    ])
}

pub(super) fn moves(outcome: &Outcome) -> Option<Table> {
    let columns = vec![
        Column::words("Entry that moves"),
        Column::words("To"),
        Column::numbers("Costs a year today"),
        Column::numbers("Saves a year, likely"),
        Column::numbers("Moving costs once, likely"),
        Column::words("From"),
        Column::words("Why then"),
    ];
    let mut table = Table::new("overlap-moves", "What would move, from when, and what that rests on", columns);
    let offered = || outcome.savings.iter().filter(|saving| saving.not_offered.is_none());
    let all: usize = offered().map(|saving| saving.moves.len()).sum();
    for (saving, one) in offered().flat_map(|saving| saving.moves.iter().map(move |one| (saving, one))).take(ROWS) {
        table.push(move_row(outcome, saving, one));
    }
    if all > ROWS {
        table.note = format!("The first {ROWS} of {all}. {OTHERS}");
    }
    (!table.rows.is_empty()).then_some(table)
}

fn move_row(outcome: &Outcome, saving: &Saving, one: &Move) -> Row {
    let own = || vec![one.entry.clone()];
    let parameters = saving.sources.iter().filter(|source| matches!(source, Source::Parameter { .. }));
    let modelled: Vec<Source> = own().into_iter().chain(parameters.cloned()).collect();
    Row::body(vec![
        Cell::new(Value::text(format!("{} ({})", one.entry, name_of(&outcome.partners, &one.authority))), own()),
        Cell::new(Value::text(saving.target.to_string()), vec![saving.target.clone()]),
        Cell::new(Value::Money(one.annual_cost), own()),
        pounds(one.yearly.likely, &modelled),
        pounds(one.once.likely, &modelled),
        Cell::plain(Value::Day(one.from)),
        Cell::words(&one.because),
    ])
}

pub(super) fn blockers(outcome: &Outcome) -> Option<Table> {
    let columns = vec![Column::words("About"), Column::words("What stands in the way"), Column::words("Of")];
    let caption = "What stands in the way, of the savings that are offered first";
    let mut table = Table::new("overlap-blockers", caption, columns);
    let (offered, others): (Vec<&Saving>, Vec<&Saving>) =
        outcome.savings.iter().partition(|saving| saving.not_offered.is_none());
    for saving in offered.into_iter().chain(others) {
        for blocker in &saving.blockers {
            table.push(Row::body(vec![
                Cell::words(about(blocker.kind)),
                Cell::new(Value::text(&blocker.what), vec![blocker.entry.clone()]),
                Cell::words(kind(saving)),
            ]));
        }
    }
    (!table.rows.is_empty()).then(|| table.first(ROWS, OTHERS))
}

fn about(kind: BlockerKind) -> &'static str {
    match kind {
        BlockerKind::Contract => "End and notice",
        BlockerKind::Joining => "Joining",
        BlockerKind::Assignment => "Passing on",
        BlockerKind::Affiliates => "Partner's staff",
        BlockerKind::Portability => "Moving",
        BlockerKind::Data => "Data",
        BlockerKind::Support => "Support",
    }
}

fn kind(saving: &Saving) -> String {
    let what = match saving.kind {
        SavingKind::SameProduct => "same product",
        SavingKind::SameFunction => "same function",
    };
    format!("{} ({what})", saving.description)
}
