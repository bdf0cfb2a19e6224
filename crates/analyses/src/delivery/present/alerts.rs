//! The alerts, the gravest first.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use super::super::outcome::{Alert, Outcome};
use super::day;
use crate::named::{capitalised, name_of};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    if outcome.alerts.is_empty() {
        return Vec::new();
    }
    vec![Block::heading(3, "What needs attention"), Block::Table(table(outcome))]
}

fn table(outcome: &Outcome) -> Table {
    let columns = ["What", "How it stands", "Day", "Who", "Area", "What to do"].map(Column::words).to_vec();
    let caption = format!("Alerts on {}, the gravest first", Value::Day(outcome.on));
    let mut table = Table::new("delivery-alerts", caption, columns);
    for alert in &outcome.alerts {
        table.push(row(alert, outcome));
    }
    table.note = "Grave: what was relied on did not work. Overdue: its day has passed. Soon: its day is near.".into();
    table
}

fn row(alert: &Alert, outcome: &Outcome) -> Row {
    let who = name_of(&outcome.partners, &alert.authority);
    let who = alert.owner.as_ref().map_or(who.to_owned(), |post| format!("{post}, {who}"));
    let area = alert.area.as_ref().map(|reference| {
        let area = outcome.areas.iter().find(|area| area.reference == *reference);
        Value::text(area.map_or(reference, |area| &area.name))
    });
    let due = if alert.due.is_none() { Value::text("at once") } else { day(alert.due) };
    Row::body(vec![
        Cell::new(Value::text(&alert.what), alert.sources.clone()),
        Cell::words(capitalised(alert.severity.word())),
        Cell::plain(due),
        Cell::words(who),
        Cell::plain(area.unwrap_or(Value::Nothing)),
        Cell::words(capitalised(&alert.hint)),
    ])
}
