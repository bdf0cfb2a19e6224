//! The last sheet: every source with its number, and which figure rests on which.

use penshaw_documents::{At, Cell, Citations, Column, Row, Support, Table, Value, Workbook, source_words};

use super::layout::{Layout, first_body_row};
use super::{sheet, style};
use crate::write::WriteError;
use crate::write::words::{one_line, published_at};

type Page = rust_xlsxwriter::Worksheet;

/// The longest address that Excel takes as a link.
const LONGEST_LINK: usize = 2000;

pub fn write(page: &mut Page, layout: &Layout, workbook: &Workbook) -> Result<(), WriteError> {
    let citations = Citations::of_workbook(workbook);
    let mut lines: Vec<String> = layout.marking.iter().map(|marking| one_line(&marking.words)).collect();
    lines.push(
        "What the figures of the other sheets rest on. The numbers in the second table are those of the first.".into(),
    );
    sheet::opening(page, "Sources", &lines, layout.marking.is_some())?;
    let tables = [listed(&citations), rests(layout, workbook, &citations)];
    let mut row = lines.len() as u32 + 2;
    let widths = sheet::widths(page, &tables)?;
    // Addresses run on to the right instead of wrapping.
    let unwrapped = [&widths[..2], &[usize::MAX / 2]].concat();
    for (table, widths) in tables.iter().zip([&unwrapped, &widths]) {
        sheet::heights(page, table, widths, row)?;
        row = put(page, table, row)? + 1;
    }
    links(page, &citations, first_body_row(lines.len() as u32 + 2))?;
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

fn words(words: impl Into<String>) -> Cell {
    Cell::words(words)
}

/// The sources in the order of their numbers.
fn listed(citations: &Citations) -> Table {
    let columns = vec![Column::words("Number"), Column::words("Source"), Column::words("Address")];
    let mut table = Table::new("sources", "The sources", columns);
    for (number, source) in (1..).zip(citations.sources()) {
        let address = published_at(source).unwrap_or_default();
        table.push(Row::body(vec![Value::Count(number).into(), words(source_words(source)), words(address)]));
    }
    table
}

/// What each figure, or each row or table whose figures share it, rests on.
fn rests(layout: &Layout, workbook: &Workbook, citations: &Citations) -> Table {
    let headings = ["Sheet", "Table", "Row", "Column", "Cell", "Sources", "Confidence"];
    let mut table = Table::new("rests", "What each figure rests on", headings.map(Column::words).into());
    for (sheet, place) in workbook.sheets.iter().zip(&layout.sheets) {
        for cited in &sheet.tables {
            let placed = citations.placed(cited);
            let mut put = |row: String, column: &str, at: Option<At>, support: &Support| {
                if !support.is_empty() {
                    let cell = at.map(|at| layout.name(&at, None)).unwrap_or_default();
                    let confidence = support.confidence.map(|confidence| confidence.word()).unwrap_or_default();
                    let front = [place.name.clone(), one_line(&cited.caption), row, one_line(column), cell];
                    let back = [support.printed(), confidence.to_owned()];
                    table.push(Row::body(front.into_iter().chain(back).map(words).collect()));
                }
            };
            put("All rows".into(), "All columns", None, &placed.caption);
            for (row, cells) in placed.cells.iter().enumerate() {
                for (column, support) in cells.iter().enumerate() {
                    let heading = if column == 0 { "Whole row" } else { &cited.columns[column].heading };
                    put(row_heading(cited, row), heading, Some(At::new(&cited.id, row, column)), support);
                }
            }
        }
    }
    table
}

fn row_heading(table: &Table, row: usize) -> String {
    let heading = table.rows[row].cells.first().map(|cell| one_line(&cell.figure.value.to_string()));
    heading.filter(|words| !words.is_empty()).unwrap_or_else(|| format!("Row {}", row + 1))
}

/// Writes a table of words and numbers, and says which row is free under it.
fn put(page: &mut Page, table: &Table, caption_row: u32) -> Result<u32, WriteError> {
    page.write_string_with_format(caption_row, 0, &table.caption, &style::caption())?;
    sheet::describe(page, table, caption_row + 1)?;
    for (column, heading) in (0..).zip(&table.columns) {
        page.write_string_with_format(caption_row + 1, column, &heading.heading, &style::heading(false))?;
    }
    let body = first_body_row(caption_row);
    let format = style::words();
    for (line, row) in (body..).zip(&table.rows) {
        for (column, cell) in (0..).zip(&row.cells) {
            match cell.figure.value.number() {
                Some(number) => page.write_number_with_format(line, column, number, &format)?,
                None => {
                    page.write_string_with_format(line, column, one_line(&cell.figure.value.to_string()), &format)?
                }
            };
        }
    }
    Ok(body + table.rows.len() as u32)
}

/// Makes the publications' addresses links.
fn links(page: &mut Page, citations: &Citations, first_row: u32) -> Result<(), WriteError> {
    for (row, source) in (first_row..).zip(citations.sources()) {
        if let Some(address) = published_at(source).filter(|address| address.len() <= LONGEST_LINK) {
            page.write_url_with_format(row, 2, address, &style::link())?;
        }
    }
    Ok(())
}
