//! Service performance: one table a partner, against its own target, in the partners' own order.

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use super::super::outcome::{MonthPerformance, Outcome, PartnerPerformance, PriorityPerformance};
use super::super::performance::month_words;
use super::cell;

/// The most months that a table lists.
const LISTED_MONTHS: usize = 12;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    if outcome.performance.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(3, "Service performance"),
        Block::words(
            "Each partner stands beside its own target. Partners keep the order of the partnership, and none is ranked: targets, clocks and priorities differ from desk to desk.",
        ),
    ];
    for partner in &outcome.performance {
        blocks.push(Block::heading(4, &partner.name));
        blocks.push(Block::Table(priorities_table(partner)));
        blocks.push(Block::Table(tickets_table(partner)));
        blocks.extend(service_table(partner).map(Block::Table));
    }
    blocks
}

fn priorities_table(partner: &PartnerPerformance) -> Table {
    let columns = vec![
        Column::words("Priority"),
        Column::numbers("Logged"),
        Column::numbers("Closed"),
        Column::numbers("Within target"),
        Column::numbers("Months measured"),
        Column::numbers("Months in which its own target was met"),
    ];
    let id = format!("delivery-performance-{}", partner.authority);
    let mut table = Table::new(id, format!("{}, all months together, by priority", partner.name), columns);
    for one in &partner.priorities {
        table.push(priority_row(one));
    }
    if !partner.missing.is_empty() {
        let months: Vec<String> = partner.missing.iter().map(|month| month_words(*month)).collect();
        table.note = format!("Not there: {}.", months.join(", "));
    }
    table
}

fn priority_row(one: &PriorityPerformance) -> Row {
    let of = |value: Value| Cell::new(value, one.sources.clone());
    Row::body(vec![
        Cell::words(&one.priority),
        of(count(Some(one.logged))),
        of(count(Some(one.closed))),
        of(percent(one.share)),
        of(Value::Count(one.measured as i64)),
        of(Value::Count(one.met as i64)),
    ])
}

/// The latest months, the earliest first.
fn listed(partner: &PartnerPerformance) -> impl Iterator<Item = &MonthPerformance> {
    let months: BTreeSet<Date> = partner.months.iter().map(|month| month.month).collect();
    let from = months.iter().rev().nth(LISTED_MONTHS - 1).or(months.first()).copied();
    partner.months.iter().filter(move |month| Some(month.month) >= from)
}

fn tickets_table(partner: &PartnerPerformance) -> Table {
    let columns = vec![
        Column::words("Month"),
        Column::words("Priority"),
        Column::numbers("Logged"),
        Column::numbers("Closed"),
        Column::numbers("Within target"),
        Column::numbers("Target"),
        Column::words("Met"),
        Column::numbers("Backlog"),
        Column::numbers("At first contact"),
        Column::numbers("Reopened"),
    ];
    let id = format!("delivery-tickets-{}", partner.authority);
    let mut table = Table::new(id, format!("{}: tickets by month and priority", partner.name), columns);
    for month in listed(partner) {
        let of = |value: Value| cell(value, &month.source);
        table.push(Row::body(vec![
            Cell::words(heading(month)),
            Cell::words(&month.priority),
            of(count(month.logged)),
            of(count(month.closed)),
            of(percent(month.share)),
            of(percent(month.target)),
            of(month.met.map_or(Value::Nothing, |met| Value::text(if met { "yes" } else { "no" }))),
            of(count(month.backlog)),
            of(percent(month.first_contact)),
            of(count(month.reopened)),
        ]));
    }
    if listed(partner).count() < partner.months.len() {
        table.note = format!("The latest {LISTED_MONTHS} months that are recorded.");
    }
    table
}

/// What is measured of the service besides tickets, where anything is.
fn service_table(partner: &PartnerPerformance) -> Option<Table> {
    let columns = vec![
        Column::words("Month"),
        Column::words("Priority"),
        Column::numbers("Satisfied"),
        Column::numbers("Available"),
        Column::numbers("Major incidents"),
        Column::numbers("Changes that did what they should"),
    ];
    let id = format!("delivery-service-{}", partner.authority);
    let mut table = Table::new(id, format!("{}: the service by month", partner.name), columns);
    for month in listed(partner) {
        let values = [
            percent(month.satisfaction),
            percent(month.availability),
            count(month.major_incidents),
            percent(month.changes_successful),
        ];
        if values.iter().all(|value| *value == Value::Nothing) {
            continue;
        }
        let cells = values.map(|value| cell(value, &month.source));
        let heads = [Cell::words(heading(month)), Cell::words(&month.priority)];
        table.push(Row::body(heads.into_iter().chain(cells).collect()));
    }
    (!table.rows.is_empty()).then_some(table)
}

fn heading(month: &MonthPerformance) -> String {
    let service = month.service.as_ref().map(|service| format!(", {service}")).unwrap_or_default();
    format!("{}{service}", month_words(month.month))
}

fn count(count: Option<u64>) -> Value {
    count.map_or(Value::Nothing, |count| Value::Count(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn percent(share: Option<f64>) -> Value {
    share.map_or(Value::Nothing, Value::Percent)
}
