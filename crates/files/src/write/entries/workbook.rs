//! Entries of a kind as a workbook of one sheet, in which no text is ever a formula.

use penshaw_basis::Date;
use penshaw_register::{FieldKind, Kind, Record};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::cells::{Cell, Column, columns};
use super::of_kind;
use crate::template::Styles;
use crate::write::WriteError;

/// The records of a kind as a workbook of Excel, under the headings of the template.
///
/// `created` is the date in its properties, so that the same call gives the same bytes.
/// Every text is written as a text, whatever it begins with. Records of other kinds are left out.
///
/// # Errors
/// If a text is longer than a cell of a spreadsheet takes.
pub fn xlsx(kind: Kind, records: &[Record], created: Date) -> Result<Vec<u8>, WriteError> {
    let records = of_kind(kind, records);
    let columns = columns(kind, &records);
    let mut workbook = Workbook::new();
    let at = ExcelDateTime::from_ymd(created.year() as u16, created.month() as u8, created.day() as u8)?;
    workbook.set_properties(&DocProperties::new().set_title(kind.sheet()).set_creation_datetime(&at));
    let styles = Styles::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(kind.sheet())?.set_freeze_panes(1, 1)?;
    headings(sheet, kind, &columns, &styles)?;
    for (row, record) in records.iter().enumerate() {
        for (place, column) in columns.iter().enumerate() {
            write(sheet, (row as u32 + 1, place as u16), column.cell(record), styles.of(column.kind()))?;
        }
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(workbook.save_to_buffer()?)
}

fn headings(sheet: &mut Worksheet, kind: Kind, columns: &[Column], styles: &Styles) -> Result<(), XlsxError> {
    for (place, column) in columns.iter().enumerate() {
        let width = match column.kind() {
            FieldKind::Text | FieldKind::List => 28.0,
            _ => 16.0,
        };
        sheet.set_column_width(place as u16, width)?;
        sheet.write_string_with_format(0, place as u16, column.heading(kind), &styles.heading)?;
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, (row, column): (u32, u16), cell: Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
        Cell::Number { number, .. } => {
            sheet.write_number_with_format(row, column, number, format)?;
        }
        Cell::Day(day) => {
            let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
            sheet.write_datetime_with_format(row, column, &day, format)?;
        }
    }
    Ok(())
}
