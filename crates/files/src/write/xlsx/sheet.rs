//! A sheet written cell by cell.

use std::collections::BTreeSet;

use penshaw_basis::Date;
use penshaw_documents::{Cell, Row, Table, Value};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, TableColumn, TableStyle};

use super::formula::{is_blank, printed};
use super::layout::{Layout, first_body_row};
use super::style;
use crate::write::WriteError;
use crate::write::words::{clean, one_line};

/// The most characters that Excel keeps in a cell.
const LONGEST: usize = 32_767;

type Page = rust_xlsxwriter::Worksheet;

pub fn write(
    page: &mut Page,
    layout: &Layout,
    place: usize,
    worksheet: &penshaw_documents::Worksheet,
) -> Result<(), WriteError> {
    let sheet = &layout.sheets[place];
    opening(page, &worksheet.name, &sheet.lines, layout.marking.is_some())?;
    let widths = widths(page, &worksheet.tables)?;
    for (table, caption_row) in worksheet.tables.iter().zip(&sheet.captions) {
        Writer { page, layout, place }.table(table, *caption_row)?;
        heights(page, table, &widths, *caption_row)?;
    }
    match worksheet.tables.as_slice() {
        [only] if sheet.captions[0] < 12 && !only.rows.is_empty() => {
            let body = first_body_row(sheet.captions[0]);
            page.set_freeze_panes(body, 1)?;
            page.set_repeat_rows(body - 1, body - 1)?;
        }
        _ => {
            page.set_freeze_panes(1, 1)?;
        }
    }
    Ok(())
}

/// The title and the lines under it; the first of them is the marking where there is one.
pub fn opening(page: &mut Page, title: &str, lines: &[String], marked: bool) -> Result<(), WriteError> {
    page.write_string_with_format(0, 0, one_line(title), &style::title())?;
    page.set_row_height(0, 24)?;
    for (row, line) in (1..).zip(lines) {
        let format = if marked && row == 1 { style::marking() } else { style::introduction() };
        page.write_string_with_format(row, 0, line, &format)?;
    }
    Ok(())
}

struct Writer<'a> {
    page: &'a mut Page,
    layout: &'a Layout<'a>,
    place: usize,
}

impl Writer<'_> {
    fn table(&mut self, table: &Table, caption_row: u32) -> Result<(), WriteError> {
        self.page.write_string_with_format(caption_row, 0, one_line(&table.caption), &style::caption())?;
        describe(self.page, table, caption_row + 1)?;
        for (column, heading) in (0..).zip(&table.columns) {
            let format = style::heading(heading.numeric);
            self.page.write_string_with_format(caption_row + 1, column, one_line(&heading.heading), &format)?;
        }
        let body = first_body_row(caption_row);
        for (line, row) in (body..).zip(&table.rows) {
            self.row(table, row, line)?;
        }
        if !table.note.is_empty() {
            let under = body + table.rows.len() as u32;
            self.page.write_string_with_format(under, 0, one_line(&table.note), &style::note())?;
        }
        Ok(())
    }

    fn row(&mut self, table: &Table, row: &Row, line: u32) -> Result<(), WriteError> {
        for (place, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let format = style::cell(cell, row.kind, place == 0, column.numeric);
            self.cell(cell, line, place as u16, &format)?;
        }
        Ok(())
    }

    fn cell(&mut self, cell: &Cell, line: u32, column: u16, format: &Format) -> Result<(), WriteError> {
        let value = &cell.figure.value;
        if let Some(formula) = &cell.formula {
            let result = match value.number() {
                Some(number) => number.to_string(),
                None => clean(&value.to_string()).into_owned(),
            };
            let formula = Formula::new(printed(formula, self.layout, self.place)?).set_result(result);
            self.page.write_formula_with_format(line, column, formula, format)?;
        } else if let Some(number) = value.number() {
            self.page.write_number_with_format(line, column, number, format)?;
        } else if is_blank(cell) {
            self.page.write_blank(line, column, format)?;
        } else if let Some(day) = excel_day(value) {
            self.page.write_datetime_with_format(line, column, &day, format)?;
        } else {
            let words: String = clean(&value.to_string()).chars().take(LONGEST / 2).collect();
            self.page.write_string_with_format(line, column, words, format)?;
        }
        Ok(())
    }
}

/// The day as Excel counts days, which it does from 1900 on.
fn excel_day(value: &Value) -> Option<ExcelDateTime> {
    let Value::Day(day) = value else {
        return None;
    };
    let day: &Date = day;
    ExcelDateTime::from_ymd(day.year().try_into().ok()?, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}

/// Tells Excel where the table stands and what it shows, for readers who cannot see it.
///
/// Excel takes only tables with rows and with headings that are there and differ.
pub fn describe(page: &mut Page, table: &Table, heading_row: u32) -> Result<(), WriteError> {
    let headings: Vec<String> = table.columns.iter().map(|column| one_line(&column.heading)).collect();
    let different: BTreeSet<String> = headings.iter().map(|heading| heading.to_lowercase()).collect();
    let usable = headings.iter().all(|heading| !heading.is_empty() && heading.chars().count() <= 255);
    if table.rows.is_empty() || headings.is_empty() || different.len() < headings.len() || !usable {
        return Ok(());
    }
    let columns: Vec<TableColumn> = headings.iter().map(|heading| TableColumn::new().set_header(heading)).collect();
    let range = rust_xlsxwriter::Table::new()
        .set_style(TableStyle::None)
        .set_autofilter(false)
        .set_columns(&columns)
        .set_alt_text_title(one_line(&table.caption))
        .set_alt_text(one_line(&format!("{} {}", table.caption, table.note)));
    let last_row = heading_row + table.rows.len() as u32;
    page.add_table(heading_row, 0, last_row, columns.len() as u16 - 1, &range)?;
    Ok(())
}

/// Sets columns wide enough for what stands in them, words wrapped, and says how wide.
pub fn widths(page: &mut Page, tables: &[Table]) -> Result<Vec<usize>, WriteError> {
    let most = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let widest = |column| tables.iter().map(|table| width(table, column)).max().unwrap_or(8);
    let widths: Vec<usize> = (0..most).map(widest).collect();
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, *width as f64 + 2.0)?;
    }
    Ok(widths)
}

/// Sets rows high enough for their wrapped words; not every program finds the height itself.
pub fn heights(page: &mut Page, table: &Table, widths: &[usize], caption_row: u32) -> Result<(), WriteError> {
    let headings = table.columns.iter().map(|column| column.heading.clone());
    high(page, caption_row + 1, headings, widths)?;
    for (line, row) in (first_body_row(caption_row)..).zip(&table.rows) {
        let words = row.cells.iter().map(|cell| cell.figure.value.to_string());
        high(page, line, words, widths)?;
    }
    Ok(())
}

fn high(page: &mut Page, row: u32, words: impl Iterator<Item = String>, widths: &[usize]) -> Result<(), WriteError> {
    let lines = words.zip(widths).map(|(words, width)| lines(&words, width.saturating_add(2))).max().unwrap_or(1);
    if lines > 1 {
        page.set_row_height(row, 4.0 + 13.0 * lines.min(30) as f64)?;
    }
    Ok(())
}

/// How many lines words take in a column so many characters wide.
fn lines(words: &str, width: usize) -> usize {
    words.lines().map(|line| wrapped_lines(line, width)).sum()
}

fn wrapped_lines(line: &str, width: usize) -> usize {
    let mut lines = 1;
    let mut filled = 0;
    for word in line.split_whitespace() {
        let length = word.chars().count();
        if filled > 0 && filled + 1 + length > width {
            lines += 1;
            filled = 0;
        }
        filled += length + usize::from(filled > 0);
        lines += filled.saturating_sub(1) / width;
        filled = filled.min(width);
    }
    lines
}

/// The characters that a table's column needs.
fn width(table: &Table, column: usize) -> usize {
    let Some(heading) = table.columns.get(column) else {
        return 0;
    };
    let longest_word = heading.heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let longest = cells.map(|cell| characters(&cell.figure.value)).max().unwrap_or(0);
    let most = if column == 0 { 46 } else { 40 };
    longest_word.max(longest.min(most)).max(8)
}

fn characters(value: &Value) -> usize {
    let words = value.to_string();
    let longest = words.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    match value {
        Value::Count(_) | Value::Number { .. } => longest + longest / 4,
        _ => longest,
    }
}
