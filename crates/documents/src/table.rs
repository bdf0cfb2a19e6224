//! Tables, whose cells may carry a live formula, and workbooks of them.

use penshaw_basis::Source;
use serde::{Deserialize, Serialize};

use crate::{Figure, Formula, Value};

/// A table with a caption, headed columns and headed rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Names the table within its document or workbook; formulas refer to it.
    pub id: String,
    /// What the table shows, in one line.
    pub caption: String,
    /// The columns. The first holds the rows' own headings.
    pub columns: Vec<Column>,
    /// The rows, in reading order.
    pub rows: Vec<Row>,
    /// What a reader needs to know below it; may be empty.
    pub note: String,
}

/// A column: its heading, and its unit where the heading needs one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// Whether its cells stand on the right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>) -> Self {
        Column { heading: heading.into(), numeric: false }
    }

    /// A column of numbers.
    pub fn numbers(heading: impl Into<String>) -> Self {
        Column { heading: heading.into(), numeric: true }
    }
}

/// A row of cells, as many as there are columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is among the rows.
    pub kind: RowKind,
    /// The cells; the first is the row's heading.
    pub cells: Vec<Cell>,
}

/// What a row is among the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// One of the things the table lists.
    Body,
    /// A sum of rows above it.
    Total,
    /// Begins a group of rows: only its first cell has words.
    Group,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The figure shown. For a cell with a formula, the engine's own answer,
    /// against which the formula is checked.
    pub figure: Figure,
    /// How a spreadsheet works it out, where it is worked out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub formula: Option<Formula>,
    /// Whether a reader of the workbook may change it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub input: bool,
}

impl Cell {
    /// A value with its sources.
    pub fn new(value: Value, sources: Vec<Source>) -> Self {
        Cell { figure: Figure::new(value, sources), formula: None, input: false }
    }

    /// A value that needs no source, such as a heading.
    pub fn plain(value: Value) -> Self {
        Cell::new(value, Vec::new())
    }

    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Cell::plain(Value::text(words))
    }

    /// An empty cell.
    pub fn empty() -> Self {
        Cell::words("")
    }

    /// The same cell, worked out by a formula in a workbook.
    pub fn with_formula(mut self, formula: Formula) -> Self {
        self.formula = Some(formula);
        self
    }

    /// The same cell, which a reader of the workbook may change.
    pub fn as_input(mut self) -> Self {
        self.input = true;
        self
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Cell::plain(value)
    }
}

impl Row {
    /// One of the things that the table lists.
    pub fn body(cells: Vec<Cell>) -> Self {
        Row { kind: RowKind::Body, cells }
    }

    /// A sum of rows above it.
    pub fn total(cells: Vec<Cell>) -> Self {
        Row { kind: RowKind::Total, cells }
    }
}

impl Table {
    /// A table without rows yet.
    pub fn new(id: impl Into<String>, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Table { id: id.into(), caption: caption.into(), columns, rows: Vec::new(), note: String::new() }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not as many cells as there are columns.
    pub fn push(&mut self, row: Row) {
        assert_eq!(row.cells.len(), self.columns.len(), "table {}: a row must fill its columns", self.id);
        self.rows.push(row);
    }

    /// The table with its first rows alone, if it lists many more, and below it how many there are and where to find them.
    /// Sums stay, and so do groups of which a row stays.
    ///
    /// ```
    /// use penshaw_documents::{Cell, Column, Row, Table};
    /// let mut table = Table::new("sites", "Sites", vec![Column::words("Site")]);
    /// (0..30).for_each(|number| table.push(Row::body(vec![Cell::words(format!("S{number}"))])));
    /// let first = table.first(10, "The others are in the register.");
    /// assert_eq!(first.rows.len(), 10);
    /// assert_eq!(first.note, "The first 10 of 30. The others are in the register.");
    /// ```
    pub fn first(mut self, most: usize, where_others_are: &str) -> Self {
        let all = self.rows.iter().filter(|row| row.kind == RowKind::Body).count();
        // A table that is hardly longer is better whole.
        if all <= most + most / 4 {
            return self;
        }
        let mut kept: Vec<Row> = Vec::new();
        let mut bodies = 0;
        for row in self.rows {
            match row.kind {
                RowKind::Body if bodies == most => {}
                RowKind::Body => {
                    bodies += 1;
                    kept.push(row);
                }
                RowKind::Group if bodies == most => {}
                RowKind::Group | RowKind::Total => kept.push(row),
            }
        }
        self.rows = kept;
        let note = format!("The first {most} of {all}. {where_others_are} {}", self.note);
        self.note = note.trim_end().to_owned();
        self
    }
}

/// Sheets of tables whose formulas may refer to one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    /// The title.
    pub title: String,
    /// The sheets, in order.
    pub sheets: Vec<Worksheet>,
}

/// A sheet: words above, then tables one below another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worksheet {
    /// The sheet's name, at most 31 characters.
    pub name: String,
    /// What the sheet holds and what a reader may change in it.
    pub introduction: String,
    /// The tables.
    pub tables: Vec<Table>,
}
