//! One sheet of a template: what it is for, its headings with their explanations, and an example.

use penshaw_basis::{Date, FinancialYear};
use penshaw_register::{FieldKind, Kind};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::column::{self, Column};
use super::style::Styles;

/// The rows above the entries, counted from nought.
const TITLE: u32 = 0;
const HELP: u32 = 1;
const HEADINGS: u32 = 2;
const EXAMPLE_ROW: u32 = 3;
/// The first row for an entry, counted from nought.
pub(super) const FIRST_ENTRY: u32 = 4;
/// The last row that checks what is typed: entries below it are read all the same.
pub(super) const LAST_ENTRY: u32 = 2_999;

/// What all the sheets of a workbook share.
pub(super) struct Drawing<'a> {
    pub(super) styles: &'a Styles,
    /// The kinds that have a sheet.
    pub(super) kinds: &'a [Kind],
    pub(super) first_year: FinancialYear,
    /// The cells that hold the functions of local government.
    pub(super) functions: Option<Formula>,
}

impl Drawing<'_> {
    pub(super) fn draw(&self, sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
        let columns = column::of(kind, self.first_year);
        sheet.set_name(kind.sheet())?;
        sheet.write_with_format(TITLE, 0, kind.sheet(), &self.styles.title)?;
        sheet.write_with_format(TITLE, 2, format!("{} * = required", kind.about()), &self.styles.about)?;
        sheet.set_row_height(TITLE, 24)?.set_row_height(HELP, help_height(&columns))?.set_row_height(HEADINGS, 30)?;
        for (place, column) in columns.iter().enumerate() {
            self.column(sheet, place as u16, column)?;
        }
        sheet.set_freeze_panes(HEADINGS + 1, 1)?;
        sheet.set_selection(FIRST_ENTRY, 0, FIRST_ENTRY, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(HEADINGS, HEADINGS)?;
        sheet.set_footer("&L&A&RPage &P of &N");
        Ok(())
    }

    fn column(&self, sheet: &mut Worksheet, place: u16, column: &Column) -> Result<(), XlsxError> {
        let format = self.styles.of(column.kind);
        sheet.set_column_width(place, column.width)?.set_column_format(place, format)?;
        sheet.write_with_format(HELP, place, &column.help, &self.styles.help)?;
        let (mark, heading) = if column.required { ("*", &self.styles.required) } else { ("", &self.styles.heading) };
        let heading = match column.kind {
            // A heading stands over its figures.
            FieldKind::Money | FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion => {
                &heading.clone().set_align(FormatAlign::Right).set_indent(1)
            }
            _ => heading,
        };
        sheet.write_with_format(HEADINGS, place, format!("{}{mark}", column.heading), heading)?;
        self.example(sheet, place, column, format)?;
        sheet.add_data_validation(FIRST_ENTRY, place, LAST_ENTRY, place, &column.validation(self)?)?;
        Ok(())
    }

    /// Writes the example as its column would hold it.
    fn example(&self, sheet: &mut Worksheet, place: u16, column: &Column, format: &Format) -> Result<(), XlsxError> {
        let style = Styles::example_as(format);
        let number = column.example.parse::<f64>().ok();
        match (column.kind, number, column.example.parse::<Date>()) {
            (FieldKind::Date, _, Ok(day)) => {
                let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
                sheet.write_datetime_with_format(EXAMPLE_ROW, place, &day, &style)?;
            }
            (
                FieldKind::Money | FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion,
                Some(number),
                _,
            ) => {
                sheet.write_number_with_format(EXAMPLE_ROW, place, number, &style)?;
            }
            _ => {
                sheet.write_string_with_format(EXAMPLE_ROW, place, &column.example, &style)?;
            }
        }
        Ok(())
    }
}

/// The height at which the longest explanation is seen whole, in points.
fn help_height(columns: &[Column]) -> f64 {
    const LINE: f64 = 12.5;
    let lines = columns.iter().map(|column| (column.help.len() as f64 / (column.width * 1.05)).ceil());
    lines.fold(2.0, f64::max) * LINE + 4.0
}
