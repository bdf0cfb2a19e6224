//! Where each table stands in the file: the only place that knows A1.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_documents::{At, Cell, Marking, Range, Table, Workbook, Worksheet};

use crate::write::words::one_line;

/// How many characters of an introduction fit across a landscape page.
const INTRODUCTION_WIDTH: usize = 120;

/// The sheets' names, the words above their tables, and each table's place.
pub struct Layout<'a> {
    pub sheets: Vec<SheetPlace>,
    pub sources_name: String,
    pub marking: Option<&'a Marking>,
    tables: BTreeMap<&'a str, Placed<'a>>,
}

/// A sheet's name in the file, the lines above its first table, and the caption rows of its tables.
pub struct SheetPlace {
    pub name: String,
    pub lines: Vec<String>,
    pub captions: Vec<u32>,
}

struct Placed<'a> {
    sheet: usize,
    caption_row: u32,
    table: &'a Table,
}

impl<'a> Layout<'a> {
    pub fn of(workbook: &'a Workbook, marking: Option<&'a Marking>) -> Self {
        let mut taken = BTreeSet::new();
        let mut layout = Layout { sheets: Vec::new(), sources_name: String::new(), marking, tables: BTreeMap::new() };
        for worksheet in &workbook.sheets {
            let name = sheet_name(&worksheet.name, &mut taken);
            layout.place(worksheet, name);
        }
        layout.sources_name = sheet_name("Sources", &mut taken);
        layout
    }

    fn place(&mut self, worksheet: &'a Worksheet, name: String) {
        let lines = introduction(worksheet, self.marking);
        let mut row = 1 + lines.len() as u32 + 1;
        let mut captions = Vec::new();
        for table in &worksheet.tables {
            captions.push(row);
            let placed = Placed { sheet: self.sheets.len(), caption_row: row, table };
            let before = self.tables.insert(&table.id, placed);
            assert!(before.is_none(), "the workbook has two tables {}", table.id);
            row += 2 + table.rows.len() as u32 + u32::from(!table.note.is_empty()) + 1;
        }
        self.sheets.push(SheetPlace { name, lines, captions });
    }

    fn find(&self, table: &str) -> &Placed<'a> {
        let found = self.tables.get(table);
        found.unwrap_or_else(|| panic!("a formula refers to table {table}, which is not in the workbook"))
    }

    /// The cell at a place.
    pub fn cell(&self, at: &At) -> &'a Cell {
        let row = self.find(&at.table).table.rows.get(at.row);
        let cell = row.and_then(|row| row.cells.get(at.column));
        cell.unwrap_or_else(|| panic!("a formula refers to {at:?}, which is outside its table"))
    }

    /// A cell's name as seen from a sheet, such as `B5` or `'Inputs'!B5`.
    pub fn name(&self, at: &At, seen_from: Option<usize>) -> String {
        let placed = self.find(&at.table);
        let row = first_body_row(placed.caption_row) + at.row as u32;
        self.prefixed(placed.sheet, seen_from, &a1(row, at.column))
    }

    /// A rectangle's name as seen from a sheet.
    pub fn range(&self, range: &Range, seen_from: usize) -> String {
        let placed = self.find(&range.from.table);
        let first = first_body_row(placed.caption_row);
        let from = a1(first + range.from.row as u32, range.from.column);
        let to = a1(first + range.to_row as u32, range.to_column);
        self.prefixed(placed.sheet, Some(seen_from), &format!("{from}:{to}"))
    }

    fn prefixed(&self, sheet: usize, seen_from: Option<usize>, name: &str) -> String {
        if seen_from == Some(sheet) {
            name.to_owned()
        } else {
            format!("'{}'!{name}", self.sheets[sheet].name.replace('\'', "''"))
        }
    }
}

/// The row under a table's caption and headings.
pub fn first_body_row(caption_row: u32) -> u32 {
    caption_row + 2
}

/// A cell's name from its row and column, both from nought.
fn a1(row: u32, column: usize) -> String {
    format!("{}{}", rust_xlsxwriter::utility::column_number_to_name(column as u16), row + 1)
}

/// The lines above a sheet's tables: its marking, its introduction, and what the colours mean.
fn introduction(worksheet: &Worksheet, marking: Option<&Marking>) -> Vec<String> {
    let mut lines: Vec<String> = marking.iter().map(|marking| one_line(&marking.words)).collect();
    lines.extend(worksheet.introduction.lines().flat_map(wrapped));
    let cells = worksheet.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    if cells.clone().any(|cell| cell.input) {
        lines.extend(wrapped(
            "Cells with blue figures on yellow are inputs, which you may change; type 0 rather than clearing one.",
        ));
    }
    if cells.clone().any(|cell| cell.formula.is_some()) {
        lines.extend(wrapped(
            "Figures that follow from them are formulas and change at once. The sheet is not protected: \
             take care not to write over a formula.",
        ));
    }
    lines
}

/// Words cut into lines at spaces.
fn wrapped(words: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in one_line(words).split(' ') {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= INTRODUCTION_WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// A name that Excel takes: 1 to 31 characters without `[]:*?/\`, not bounded by an
/// apostrophe, not "History", and unlike every other in lower case.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |one: char| if "[]:*?/\\".contains(one) { ' ' } else { one };
    let words = one_line(&one_line(wanted).chars().map(safe).collect::<String>());
    let words = words.trim_matches('\'').trim();
    let words = if words.is_empty() || words.eq_ignore_ascii_case("history") { "Sheet" } else { words };
    let mut copy = 1;
    loop {
        let ending = if copy == 1 { String::new() } else { format!(" ({copy})") };
        let name = format!("{}{ending}", cut(words, 31 - ending.len()));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        copy += 1;
    }
}

/// The words, of which at most so many UTF-16 units are kept, as Excel counts them.
fn cut(words: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |one: &char| {
        units += one.len_utf16();
        units <= most
    };
    let kept: String = words.chars().take_while(fits).collect();
    kept.trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_ones_that_excel_takes_and_differ() {
        let mut taken = BTreeSet::new();
        let mut name = |wanted: &str| sheet_name(wanted, &mut taken);
        assert_eq!(name("Inputs: rate/flows [1]"), "Inputs rate flows 1");
        assert_eq!(name("inputs rate flows 1"), "inputs rate flows 1 (2)");
        assert_eq!(name("History"), "Sheet");
        assert_eq!(name("'*'"), "Sheet (2)");
        assert_eq!(name(&"long ".repeat(10)), "long long long long long long l");
    }
}
