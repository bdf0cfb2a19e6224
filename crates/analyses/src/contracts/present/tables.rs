//! The tables of days, of who may join, and of what was paid.

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};

use super::super::outcome::{Outcome, PaidAfterEnd, PaidOver, State, Term, WithoutContract};
use crate::named::{counted, name_of};

/// The most rows that a table prints; the rest are in the outcome.
pub(super) const MOST_ROWS: usize = 60;
const ELSEWHERE: &str = "The others are in the results.";

pub(super) fn words(words: impl Into<String>, sources: &[Source]) -> Cell {
    Cell::new(Value::text(words), sources.to_vec())
}

/// A day of what its row names, where the source is told.
pub(super) fn day(day: Option<penshaw_basis::Date>) -> Cell {
    Cell::plain(day.map_or(Value::Nothing, Value::Day))
}

pub(super) fn table(id: &str, caption: &str, columns: Vec<Column>, rows: impl Iterator<Item = Row>) -> Table {
    let mut table = Table::new(id, caption, columns);
    rows.for_each(|row| table.push(row));
    table.first(MOST_ROWS, ELSEWHERE)
}

/// The days of each contract that has not ended.
pub(super) fn notices(outcome: &Outcome) -> Table {
    let columns =
        ["Contract", "Authority", "Supplier", "Notice by", "Ends", "Extends to", "Stands", "If nothing is done"];
    let rows = outcome.terms.iter().filter(|term| term.state != State::Ended).map(|term| {
        let sources = std::slice::from_ref(&term.source);
        Row::body(vec![
            words(&term.title, sources),
            Cell::words(name_of(&outcome.partners, &term.authority)),
            Cell::words(&term.supplier),
            day(term.notice_by),
            day(term.ends),
            day(term.extends_to),
            Cell::words(term.state.words()),
            Cell::words(passes(term)),
        ])
    });
    let caption = "Last days for notice, those to act on first";
    table("contracts-notices", caption, columns.map(Column::words).to_vec(), rows)
}

/// What passes when its day does.
fn passes(term: &Term) -> String {
    match (term.state, term.extends_to) {
        (State::EndUnknown, _) => "not known".into(),
        (State::NoticeMissed, _) => "ask the supplier whether it renews itself".into(),
        (_, Some(_)) => "ends, unless it is extended".into(),
        (_, None) => "ends".into(),
    }
}

/// The numbers behind the picture.
pub(super) fn ends(outcome: &Outcome) -> Table {
    let mut columns = vec![Column::words("Contract"), Column::words("Authority"), Column::words("Starts")];
    columns.extend([Column::words("Ends"), Column::numbers("A year")]);
    let with_end = outcome.terms.iter().filter(|term| !matches!(term.state, State::Ended | State::EndUnknown));
    let rows = with_end.map(|term| {
        let sources = std::slice::from_ref(&term.source);
        let yearly = term.yearly.map_or(Value::Nothing, Value::Pounds);
        Row::body(vec![
            words(&term.title, sources),
            Cell::words(name_of(&outcome.partners, &term.authority)),
            day(term.starts),
            day(term.ends),
            Cell::new(yearly, sources.to_vec()),
        ])
    });
    table("contracts-ends", "Contracts with their end ahead, and what they cost a year without VAT", columns, rows)
}

/// Who may join whose contract.
pub(super) fn joining(outcome: &Outcome) -> Vec<Block> {
    let joining = &outcome.joining;
    let left_out = match joining.left_out {
        0 => String::new(),
        left => format!(
            " {} left out: the authority has nothing of that supplier or function, and no clause lets others in.",
            counted(left, "pair is", "pairs are")
        ),
    };
    if joining.pairs.is_empty() {
        return vec![Block::words(format!(
            "No authority has anything of the same as a contract of another.{left_out}"
        ))];
    }
    let columns = ["Contract", "Of", "Could be used by", "Ends", "Whether it may", "By what, and what it needs"];
    let rows = joining.pairs.iter().map(|pair| {
        Row::body(vec![
            words(&pair.title, &pair.sources[..1.min(pair.sources.len())]),
            Cell::words(name_of(&outcome.partners, &pair.holder)),
            words(name_of(&outcome.partners, &pair.authority), &pair.sources[1.min(pair.sources.len())..]),
            day(Some(pair.ends)),
            Cell::words(pair.verdict.words()),
            Cell::words(&pair.needs),
        ])
    });
    let caption = "Contracts of one authority that another could use";
    let mut shown = table("contracts-joining", caption, columns.map(Column::words).to_vec(), rows);
    shown.note = format!("{}{left_out}", shown.note).trim().to_owned();
    vec![Block::Table(shown)]
}

/// What was paid, beside the contracts.
pub(super) fn spend(outcome: &Outcome) -> Vec<Block> {
    let spend = &outcome.spend;
    let sources: Vec<Source> = spend.suppliers.iter().flat_map(|one| one.sources.first().cloned()).collect();
    let mut blocks = vec![Block::paragraph(vec![
        Inline::text("Of "),
        Inline::figure(Value::Money(spend.paid), &[]),
        Inline::text(format!(
            " paid, {} without a contract that is recorded: ",
            counted(spend.suppliers.len(), "supplier was paid", "suppliers were paid")
        )),
        Inline::figure(Value::Money(spend.without_contract), &sources),
        Inline::text("."),
    ])];
    if !spend.suppliers.is_empty() {
        blocks.push(Block::Table(without_contract(outcome, &spend.suppliers)));
    }
    if !spend.over.is_empty() {
        blocks.push(Block::Table(over(outcome, &spend.over)));
    }
    if !spend.after_end.is_empty() {
        blocks.push(Block::Table(after_end(outcome, &spend.after_end)));
    }
    if !spend.unpaid.is_empty() {
        let unpaid = counted(spend.unpaid.len(), "contract that ran", "contracts that ran");
        blocks.push(Block::paragraph(vec![
            Inline::figure(Value::text(unpaid), &spend.unpaid),
            Inline::text(" while payments are known had none: look whether another supplier is paid in its place."),
        ]));
    }
    blocks
}

fn without_contract(outcome: &Outcome, suppliers: &[WithoutContract]) -> Table {
    let columns = vec![
        Column::words("Supplier"),
        Column::words("Authority"),
        Column::numbers("Payments"),
        Column::numbers("Amount"),
        Column::words("Last"),
        Column::words("A partner's contract"),
    ];
    let rows = suppliers.iter().map(|one| {
        Row::body(vec![
            words(&one.supplier, &one.sources),
            Cell::words(name_of(&outcome.partners, &one.authority)),
            Cell::new(Value::Count(one.payments as i64), one.sources.clone()),
            Cell::new(Value::Money(one.amount), one.sources.clone()),
            day(one.last),
            one.partner_with_contract.as_ref().map_or(Cell::plain(Value::Nothing), Cell::words),
        ])
    });
    table("contracts-without", "Suppliers that are paid without a contract, the most first", columns, rows)
}

fn over(outcome: &Outcome, over: &[PaidOver]) -> Table {
    let columns = vec![
        Column::words("Supplier"),
        Column::words("Authority"),
        Column::words("Between"),
        Column::numbers("Paid"),
        Column::numbers("By its contracts"),
    ];
    let rows = over.iter().map(|one| {
        Row::body(vec![
            words(&one.supplier, &one.sources),
            Cell::words(name_of(&outcome.partners, &one.authority)),
            Cell::words(format!("{} and {}", Value::Day(one.between.0), Value::Day(one.between.1))),
            Cell::new(Value::Money(one.amount), one.sources.clone()),
            Cell::new(Value::Pounds(one.expected), one.sources.clone()),
        ])
    });
    table("contracts-over", "Suppliers that were paid more than their contracts come to", columns, rows)
}

fn after_end(outcome: &Outcome, late: &[PaidAfterEnd]) -> Table {
    let columns = vec![
        Column::words("Contract"),
        Column::words("Authority"),
        Column::words("Supplier"),
        Column::words("Ended"),
        Column::numbers("Payments after it"),
        Column::numbers("Amount"),
    ];
    let rows = late.iter().map(|one| {
        Row::body(vec![
            words(&one.title, &one.sources),
            Cell::words(name_of(&outcome.partners, &one.authority)),
            Cell::words(&one.supplier),
            day(Some(one.ends)),
            Cell::new(Value::Count(one.payments as i64), one.sources.clone()),
            Cell::new(Value::Money(one.amount), one.sources.clone()),
        ])
    });
    table("contracts-after-end", "Contracts after whose end payments went on", columns, rows)
}
