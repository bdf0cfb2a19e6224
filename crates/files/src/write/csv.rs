//! A table as CSV that a spreadsheet opens with its letters right and takes no word of it for a formula.

use penshaw_documents::Table;

use super::entries::{BYTE_ORDER_MARK, line};
use crate::apostrophe::guarded;

/// The headings and the rows of a table; figures as they are printed.
///
/// ```
/// use penshaw_documents::{Cell, Column, Row, Table};
/// let mut table = Table::new("fields", "Fields", vec![Column::words("Field"), Column::words("Value")]);
/// table.push(Row::body(vec![Cell::words("Title"), Cell::words("Shared ICT, an update")]));
/// let csv = penshaw_files::write::csv::write(&table);
/// assert!(csv.ends_with("Field,Value\nTitle,\"Shared ICT, an update\"\n"), "{csv:?}");
/// ```
pub fn write(table: &Table) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    line(&mut text, table.columns.iter().map(|column| column.heading.clone()));
    for row in &table.rows {
        line(&mut text, row.cells.iter().map(|cell| guarded(&cell.figure.value.to_string()).into_owned()));
    }
    text
}
