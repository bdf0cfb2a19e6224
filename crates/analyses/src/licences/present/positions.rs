//! The tables of positions, of what shortages would cost, and of reuse.

use penshaw_basis::Source;
use penshaw_documents::{Cell, Column, Row, Table, Value};

use super::super::need::Span;
use super::super::outcome::{Exposure, Outcome, Pool, Position, SpareSpan};
use crate::named::name_of;

/// The most rows that are printed; the rest are in the outcome.
pub(super) const MOST_ROWS: usize = 120;
/// Where further rows are.
pub(super) const OTHERS: &str = "The outcome as JSON holds them all.";

pub(super) fn words(words: impl Into<String>, sources: &[Source]) -> Cell {
    Cell::new(Value::text(words), sources.to_vec())
}

pub(super) fn count(number: u64, sources: &[Source]) -> Cell {
    Cell::new(Value::Count(i64::try_from(number).unwrap_or(i64::MAX)), sources.to_vec())
}

fn span(need: Option<Span>, sources: &[Source]) -> Cell {
    match need {
        None => words("not known", sources),
        Some(need) if need.is_exact() => count(need.least, sources),
        Some(need) => {
            words(format!("{} to {}", Value::Count(need.least as i64), Value::Count(need.most as i64)), sources)
        }
    }
}

fn spare(spare: Option<SpareSpan>, sources: &[Source]) -> Cell {
    match spare {
        None => words("not known", sources),
        Some(spare) if spare.least == spare.most => Cell::new(Value::Count(spare.least), sources.to_vec()),
        Some(spare) => words(format!("{} to {}", Value::Count(spare.least), Value::Count(spare.most)), sources),
    }
}

/// Each product with the position of each authority and the joint one.
pub(super) fn positions(outcome: &Outcome) -> Option<Table> {
    let mut columns = vec![Column::words("Product and metric"), Column::words("Authority")];
    columns.extend(["Entitled", "Without maintenance", "Needed", "Over, or short (−)"].map(Column::numbers));
    columns.push(Column::words("Counted"));
    let caption =
        "What each authority is entitled to and needs, by each contract's own metric, those that stay short first";
    let mut table = Table::new("licences-positions", caption, columns);
    table.note = "Licences without maintenance may be used, and newer versions may not. The row together adds up as if every \
                  licence could be used by everyone; what terms allow is under \u{201c}Who could use whose licences\u{201d}."
        .into();
    for pool in &outcome.pools {
        for (place, position) in pool.positions.iter().enumerate() {
            table.push(Row::body(position_cells(outcome, pool, position, place == 0)));
        }
        if pool.positions.len() > 1 {
            table.push(Row::total(joint_cells(pool)));
        }
    }
    (!outcome.pools.is_empty()).then(|| table.first(MOST_ROWS, OTHERS))
}

fn named(pool: &Pool) -> String {
    format!("{}, {}", pool.product, pool.metric)
}

fn position_cells(outcome: &Outcome, pool: &Pool, position: &Position, first: bool) -> Vec<Cell> {
    let sources = &position.sources;
    let definition = pool.definition.as_ref().filter(|_| first);
    let definition = definition.map(|words| format!(" (\u{201c}{words}\u{201d})")).unwrap_or_default();
    vec![
        Cell::words(format!("{}{definition}", named(pool))),
        Cell::words(name_of(&outcome.partners, &position.authority)),
        position.entitled.map_or_else(|| words("not known", sources), |entitled| count(entitled, sources)),
        count(position.without_maintenance, sources),
        span(position.need, sources),
        spare(position.spare, sources),
        Cell::words(&position.counted),
    ]
}

fn joint_cells(pool: &Pool) -> Vec<Cell> {
    let known = pool.positions.iter().filter(|position| position.spare.is_some());
    let sources: Vec<Source> = known.flat_map(|position| position.sources.iter().cloned()).collect();
    let without: u64 = pool.positions.iter().map(|position| position.without_maintenance).sum();
    let unknown = pool.positions.iter().filter(|position| position.spare.is_none()).count();
    vec![
        Cell::words(named(pool)),
        Cell::words("Together"),
        count(pool.joint.entitled, &sources),
        count(without, &sources),
        span(Some(pool.joint.need), &sources),
        spare(Some(pool.joint.spare), &sources),
        words(if unknown > 0 { format!("without {unknown} whose position is not known") } else { String::new() }, &[]),
    ]
}

fn range(exposure: Option<&Exposure>) -> [Cell; 3] {
    match exposure {
        None => std::array::from_fn(|_| Cell::from(Value::Nothing)),
        Some(exposure) => [exposure.low, exposure.likely, exposure.high]
            .map(|amount| Cell::new(Value::Pounds(amount), exposure.sources.clone())),
    }
}

/// What shortages would cost in a year, before reuse and after.
pub(super) fn exposure(outcome: &Outcome) -> Option<Table> {
    let mut columns = vec![Column::words("Product"), Column::words("Authority"), Column::numbers("Short, at most")];
    columns.extend(["Least", "Likeliest", "Most"].map(Column::numbers));
    columns.push(Column::words("From"));
    let caption = "What the shortages would cost in a year at the prices recorded";
    let mut table = Table::new("licences-exposure", caption, columns);
    let mut rows = 0;
    for pool in outcome.pools.iter().filter(|pool| pool.positions.iter().any(|position| position.short() > 0)) {
        for position in pool.positions.iter().filter(|position| position.short() > 0) {
            let mut cells = vec![
                words(&pool.product, &[]),
                Cell::words(name_of(&outcome.partners, &position.authority)),
                count(position.short(), &position.sources),
            ];
            cells.extend(range(position.exposure.as_ref()));
            cells.push(words(position.exposure.as_ref().map_or("no price is recorded", |one| &one.basis), &[]));
            table.push(Row::body(cells));
            rows += 1;
        }
        let mut cells =
            vec![words(&pool.product, &[]), Cell::words("Together, after reuse"), count(pool.joint.still_short, &[])];
        cells.extend(range(pool.joint.exposure_after.as_ref()));
        cells.push(Cell::words(""));
        table.push(Row::total(cells));
    }
    (rows > 0).then(|| table.first(MOST_ROWS, OTHERS))
}

/// Who would use whose licences.
pub(super) fn reuse(outcome: &Outcome) -> Option<Table> {
    let mut columns = ["Product", "From", "Licence", "To"].map(Column::words).to_vec();
    columns.push(Column::numbers("Licences"));
    columns.extend(["Least", "Likeliest", "Most"].map(Column::numbers));
    let caption = "Licences that partners have over and others may use, with what those need not buy in a year";
    let mut table = Table::new("licences-reuse", caption, columns);
    table.note =
        "As many as terms allow. Of all such ways this one spares the dearest purchases and leaves the dearest \
                  licences to be given up at renewal."
            .into();
    let mut rows = 0;
    for pool in &outcome.pools {
        for reuse in &pool.reuse {
            let mut cells = vec![
                Cell::words(&pool.product),
                Cell::words(name_of(&outcome.partners, &reuse.from)),
                words(&reuse.licence, &reuse.sources[..1]),
                Cell::words(name_of(&outcome.partners, &reuse.to)),
                count(reuse.number, &reuse.sources),
            ];
            cells.extend(range(reuse.avoided.as_ref()));
            table.push(Row::body(cells));
            rows += 1;
        }
    }
    (rows > 0).then(|| table.first(MOST_ROWS, OTHERS))
}
