//! Amounts by year in tables: at most ten columns, thousands where pounds would be too wide.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Column, Row, RowKind, Table, Value};

use super::View;

/// At most so many columns of years in one table.
const COLUMNS: usize = 10;
/// From so much on, a table over many years is in thousands.
const WIDE: f64 = 1_000_000.0;

/// Rows of amounts by year.
#[derive(Default)]
pub(super) struct ByYear {
    rows: Vec<Line>,
}

struct Line {
    label: String,
    kind: RowKind,
    amounts: Vec<Option<f64>>,
    /// Whether it is a balance, of which the last year of a span counts, rather than a flow.
    balance: bool,
    sources: Vec<Source>,
}

impl ByYear {
    /// The heading of a group of rows.
    pub(super) fn group(&mut self, label: impl Into<String>) {
        let row = Line {
            label: label.into(),
            kind: RowKind::Group,
            amounts: Vec::new(),
            balance: false,
            sources: Vec::new(),
        };
        self.rows.push(row);
    }

    /// Amounts of each year.
    pub(super) fn flow(&mut self, label: impl Into<String>, amounts: &[f64], sources: &[Source]) {
        self.push(label.into(), RowKind::Body, amounts.iter().copied().map(Some).collect(), false, sources);
    }

    /// Amounts of each year, where they are known.
    pub(super) fn known(&mut self, label: impl Into<String>, amounts: &[Option<f64>], sources: &[Source]) {
        self.push(label.into(), RowKind::Body, amounts.to_vec(), false, sources);
    }

    /// A sum of rows above.
    pub(super) fn total(&mut self, label: impl Into<String>, amounts: &[f64], sources: &[Source]) {
        self.push(label.into(), RowKind::Total, amounts.iter().copied().map(Some).collect(), false, sources);
    }

    /// What stands at the end of each year.
    pub(super) fn balance(&mut self, label: impl Into<String>, amounts: &[f64], sources: &[Source]) {
        self.push(label.into(), RowKind::Body, amounts.iter().copied().map(Some).collect(), true, sources);
    }

    fn push(&mut self, label: String, kind: RowKind, amounts: Vec<Option<f64>>, balance: bool, sources: &[Source]) {
        self.rows.push(Line { label, kind, amounts, balance, sources: sources.to_vec() });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, or one a span of years where there are more than fit.
    pub(super) fn tables(&self, view: &View, id: &str, caption: &str) -> Vec<Table> {
        let years = view.outcome.years.len();
        let each = years.div_ceil(COLUMNS).max(1);
        // Up to twenty years stand singly in two tables; beyond, spans of years stand in one.
        if each == 2 {
            let half = years.div_ceil(2);
            let parts = [(0..half), (half..years)].into_iter().enumerate();
            let part = |(place, span): (usize, std::ops::Range<usize>)| {
                let spans: Vec<_> = span.map(|year| year..year + 1).collect();
                self.table(view, &format!("{id}-{}", place + 1), &format!("{caption} ({} of 2)", place + 1), &spans)
            };
            return parts.map(part).collect();
        }
        vec![self.one_table(view, id, caption)]
    }

    /// One table, of spans of years where there are more years than fit.
    pub(super) fn one_table(&self, view: &View, id: &str, caption: &str) -> Table {
        let years = view.outcome.years.len();
        let each = years.div_ceil(COLUMNS).max(1);
        let spans: Vec<_> = (0..years).step_by(each).map(|from| from..(from + each).min(years)).collect();
        self.table(view, id, caption, &spans)
    }

    fn table(&self, view: &View, id: &str, caption: &str, spans: &[std::ops::Range<usize>]) -> Table {
        let thousands = spans.len() > 5 && self.largest() >= WIDE;
        let unit = if thousands { "£ thousands" } else { "£" };
        let years = &view.outcome.years;
        let heading = |span: &std::ops::Range<usize>| match span.len() {
            1 => years[span.start].to_string(),
            _ => format!("{} to {}", years[span.start], years[span.end - 1]),
        };
        let columns = std::iter::once(Column::words("")).chain(spans.iter().map(|span| Column::numbers(heading(span))));
        let mut table = Table::new(id, format!("{caption}, {unit}"), columns.collect());
        for line in &self.rows {
            let amounts = spans.iter().map(|span| match line.kind {
                RowKind::Group => Cell::empty(),
                _ => Cell::new(shown(line.within(span), thousands), line.sources.clone()),
            });
            let cells = std::iter::once(Cell::words(&line.label)).chain(amounts).collect();
            table.push(Row { kind: line.kind, cells });
        }
        table
    }

    fn largest(&self) -> f64 {
        let amounts = self.rows.iter().flat_map(|row| &row.amounts).flatten();
        amounts.fold(0.0, |largest, amount| amount.abs().max(largest))
    }
}

impl Line {
    fn within(&self, span: &std::ops::Range<usize>) -> Option<f64> {
        let amounts = &self.amounts[span.clone()];
        if self.balance {
            return amounts.last().copied().flatten();
        }
        let known: Vec<f64> = amounts.iter().copied().flatten().collect();
        (!known.is_empty()).then(|| known.iter().sum())
    }
}

fn shown(amount: Option<f64>, thousands: bool) -> Value {
    match amount {
        None => Value::Nothing,
        Some(amount) if thousands => {
            let whole = Estimate::from_pounds(amount / 1000.0).to_whole_pounds();
            Value::text(if whole == "−£0" { "0".to_owned() } else { whole.replace('£', "") })
        }
        // A rest of the last bits is nought, not minus nought.
        Some(amount) => Value::Pounds(Estimate::from_pounds(if amount.abs() < 0.5 { 0.0 } else { amount })),
    }
}
