//! A sheet as it was filled in: rows of cells, of a workbook or of a CSV file.

use penshaw_register::Place;

use super::written::Written;

/// What a sheet's places are called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// Cells such as `C14`.
    Cells,
    /// Lines such as `line 8, column annual_cost`.
    Lines,
}

/// A sheet, or the one table of a CSV file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    /// The file and the sheet.
    pub(super) place: Place,
    pub(super) form: Form,
    pub(super) rows: Vec<Row>,
}

/// A row in which something is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its number, or its line, counted from one.
    pub(super) number: usize,
    /// What is written in it, by column counted from nought; blank cells are left out.
    pub(super) cells: Vec<(usize, Written)>,
}

impl Row {
    /// What is written in a column.
    pub(super) fn at(&self, column: usize) -> Option<&Written> {
        let found = self.cells.iter().find(|(place, _)| *place == column);
        found.map(|(_, written)| written)
    }
}

impl Sheet {
    /// The name of a place: a cell, or a line and the heading of the column.
    pub(super) fn cell(&self, row: usize, column: usize, heading: &str) -> String {
        match self.form {
            Form::Cells => format!("{}{row}", letters(column)),
            Form::Lines => format!("line {row}, column {heading}"),
        }
    }

    /// The name of a row.
    pub(super) fn row(&self, row: usize) -> String {
        match self.form {
            Form::Cells => format!("row {row}"),
            Form::Lines => format!("line {row}"),
        }
    }

    /// The place of a cell or row, by its name.
    pub(super) fn at(&self, cell: String) -> Place {
        Place { cell: Some(cell), ..self.place.clone() }
    }
}

/// The letters of a column counted from nought: A, Z, AA.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_letter_them() {
        let named = [0, 25, 26, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
