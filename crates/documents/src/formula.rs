//! A formula as a small tree over cells, which Rust evaluates and a spreadsheet prints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Table, Workbook};

/// A cell's place: a table by its id, a row and a column counted from nought
/// over the table's rows and columns (headings not counted).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    /// The table's id.
    pub table: String,
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

impl At {
    /// A cell's place.
    pub fn new(table: impl Into<String>, row: usize, column: usize) -> Self {
        At { table: table.into(), row, column }
    }
}

/// A rectangle of cells of one table, both corners included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The top left cell.
    pub from: At,
    /// The bottom right cell's row.
    pub to_row: usize,
    /// The bottom right cell's column.
    pub to_column: usize,
}

impl Range {
    /// Part of a row.
    pub fn of_row(table: &str, row: usize, columns: std::ops::RangeInclusive<usize>) -> Self {
        Range { from: At::new(table, row, *columns.start()), to_row: row, to_column: *columns.end() }
    }

    /// Part of a column.
    pub fn of_column(table: &str, column: usize, rows: std::ops::RangeInclusive<usize>) -> Self {
        Range { from: At::new(table, *rows.start(), column), to_row: *rows.end(), to_column: column }
    }
}

/// How a cell is worked out. Blank cells and words count as nought, as in a spreadsheet's sums.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formula {
    /// A number.
    Number(f64),
    /// Another cell's value.
    Cell(At),
    /// The sum of a rectangle.
    Sum(Range),
    /// `SUMPRODUCT` of two rectangles of one shape.
    SumProduct(Range, Range),
    /// `NPV(rate, flows)`: the first flow is discounted by one year already, so a
    /// first year that is not must be added outside it.
    PresentValue {
        /// The rate per year.
        rate: Box<Formula>,
        /// The flows from the second year on.
        flows: Range,
    },
    /// The sum of parts.
    Add(Vec<Formula>),
    /// The first less the second.
    Subtract(Box<Formula>, Box<Formula>),
    /// The product of parts.
    Multiply(Vec<Formula>),
    /// The first over the second; the third where the second is nought.
    Divide(Box<Formula>, Box<Formula>, Box<Formula>),
    /// The smallest of a rectangle.
    Minimum(Range),
    /// The first over all of a rectangle that equals the text, added up from another of the same shape: `SUMIF`.
    SumWhere {
        /// Where to look.
        criteria: Range,
        /// What to find.
        equals: String,
        /// What to add.
        amounts: Range,
    },
}

/// What came of evaluating a workbook's formulas.
#[derive(Debug, Default)]
pub struct Evaluation {
    values: BTreeMap<At, f64>,
}

impl Evaluation {
    /// The value of a cell: what its formula gives, or the number it holds.
    pub fn value(&self, at: &At) -> f64 {
        self.values.get(at).copied().unwrap_or(0.0)
    }
}

/// Evaluates every formula of a workbook, as a spreadsheet would.
///
/// `changed` replaces the numbers of input cells first, as a reader would.
///
/// # Panics
/// If a formula refers to a table that is not there, or to itself.
pub fn evaluate(workbook: &Workbook, changed: &BTreeMap<At, f64>) -> Evaluation {
    let tables: BTreeMap<&str, &Table> =
        workbook.sheets.iter().flat_map(|sheet| &sheet.tables).map(|table| (table.id.as_str(), table)).collect();
    let mut sheet = Sheet { tables, changed, done: BTreeMap::new(), open: Vec::new() };
    for table in workbook.sheets.iter().flat_map(|sheet| &sheet.tables) {
        for (row, cells) in table.rows.iter().enumerate() {
            for column in 0..cells.cells.len() {
                sheet.cell(&At::new(&table.id, row, column));
            }
        }
    }
    Evaluation { values: sheet.done }
}

struct Sheet<'a> {
    tables: BTreeMap<&'a str, &'a Table>,
    changed: &'a BTreeMap<At, f64>,
    done: BTreeMap<At, f64>,
    open: Vec<At>,
}

impl<'a> Sheet<'a> {
    fn table(&self, id: &str) -> &'a Table {
        self.tables.get(id).unwrap_or_else(|| panic!("a formula refers to table {id}, which is not in the workbook"))
    }

    fn cell(&mut self, at: &At) -> f64 {
        if let Some(value) = self.done.get(at) {
            return *value;
        }
        let cell = self.table(&at.table).rows.get(at.row).and_then(|row| row.cells.get(at.column));
        let cell = cell.unwrap_or_else(|| panic!("a formula refers to {at:?}, which is outside its table"));
        assert!(!self.open.contains(at), "the formula at {at:?} refers to itself");
        let value = match (&cell.formula, self.changed.get(at)) {
            (_, Some(changed)) => *changed,
            (None, None) => cell.figure.value.number().unwrap_or(0.0),
            (Some(formula), None) => {
                self.open.push(at.clone());
                let value = self.formula(formula);
                self.open.pop();
                value
            }
        };
        self.done.insert(at.clone(), value);
        value
    }

    fn range(&mut self, range: &Range) -> Vec<f64> {
        let mut values = Vec::new();
        for row in range.from.row..=range.to_row {
            for column in range.from.column..=range.to_column {
                values.push(self.cell(&At::new(&range.from.table, row, column)));
            }
        }
        values
    }

    fn words(&self, range: &Range) -> Vec<String> {
        let table = self.table(&range.from.table);
        let rows = table.rows[range.from.row..=range.to_row].iter();
        rows.flat_map(|row| &row.cells[range.from.column..=range.to_column])
            .map(|cell| cell.figure.value.to_string())
            .collect()
    }

    fn formula(&mut self, formula: &Formula) -> f64 {
        match formula {
            Formula::Number(number) => *number,
            Formula::Cell(at) => self.cell(at),
            Formula::Sum(range) => self.range(range).iter().sum(),
            Formula::SumProduct(left, right) => {
                let left = self.range(left);
                let right = self.range(right);
                assert_eq!(left.len(), right.len(), "SUMPRODUCT needs two rectangles of one shape");
                left.iter().zip(&right).map(|(one, other)| one * other).sum()
            }
            Formula::PresentValue { rate, flows } => {
                let rate = self.formula(rate);
                let flows = self.range(flows);
                flows.iter().rev().fold(0.0, |later, flow| (later + flow) / (1.0 + rate))
            }
            Formula::Add(parts) => parts.iter().map(|part| self.formula(part)).sum(),
            Formula::Subtract(one, other) => self.formula(one) - self.formula(other),
            Formula::Multiply(parts) => parts.iter().map(|part| self.formula(part)).product(),
            Formula::Divide(one, other, otherwise) => match self.formula(other) {
                0.0 => self.formula(otherwise),
                divisor => self.formula(one) / divisor,
            },
            Formula::Minimum(range) => self.range(range).into_iter().fold(f64::INFINITY, f64::min),
            Formula::SumWhere { criteria, equals, amounts } => {
                let found = self.words(criteria);
                let amounts = self.range(amounts);
                let both = found.iter().zip(&amounts);
                both.filter(|(words, _)| *words == equals).map(|(_, amount)| amount).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Column, Row, Value, Worksheet};

    fn number(number: f64) -> Cell {
        Cell::plain(Value::Number { number, decimals: 2 })
    }

    #[test]
    fn net_present_value_leaves_the_first_year_undiscounted_and_follows_a_changed_input() {
        let mut flows = Table::new("flows", "Flows", (0..6).map(|_| Column::numbers("")).collect());
        flows.push(Row::body([-10.0, 2.5, 2.5, 2.5, 2.5, 0.0].map(number).into()));
        let npv = Formula::Add(vec![
            Formula::Cell(At::new("flows", 0, 0)),
            Formula::PresentValue { rate: Box::new(Formula::Number(0.035)), flows: Range::of_row("flows", 0, 1..=4) },
        ]);
        flows.rows[0].cells[5] = number(0.0).with_formula(npv);
        let sheet = Worksheet { name: "S".into(), introduction: String::new(), tables: vec![flows] };
        let workbook = Workbook { title: "T".into(), sheets: vec![sheet] };
        let answer = At::new("flows", 0, 5);
        let before = evaluate(&workbook, &BTreeMap::new()).value(&answer);
        assert!((before + 0.8173).abs() < 5e-5, "Green Book 2003 worked example A: {before}");
        let changed = BTreeMap::from([(At::new("flows", 0, 0), -9.0)]);
        let after = evaluate(&workbook, &changed).value(&answer);
        assert!((after - before - 1.0).abs() < 1e-12);
    }
}
