//! Empty workbooks to fill in: one sheet a kind of entry, drawn from its fields, read back by `read`.

mod column;
mod read_me;
mod sheet;
mod style;

use penshaw_basis::{Date, FinancialYear};
use penshaw_register::{Holder, Kind};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, XlsxError};

use crate::read::LISTS;
use sheet::Drawing;
pub(crate) use style::Styles;

/// How many years of amounts a sheet has: the appraisal period that a case commonly takes.
pub const YEARS: usize = 10;

/// The template could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the template cannot be written: {0}")]
pub struct TemplateError(#[from] XlsxError);

/// The workbook in which an authority writes down what it has.
///
/// `created` is the date in its properties, so that the same call gives the same bytes;
/// `first_year` heads the first column of amounts; `functions` are the id and label of each
/// local government function, for a drop-down list.
///
/// ```
/// use penshaw_basis::{Date, FinancialYear};
/// let functions = [("3".to_owned(), "Benefits".to_owned())];
/// let day = Date::constant(2014, 3, 31);
/// let workbook = penshaw_files::template::estate(day, FinancialYear::of(day), &functions)?;
/// assert!(workbook.starts_with(b"PK"));
/// # Ok::<(), penshaw_files::template::TemplateError>(())
/// ```
///
/// # Errors
/// If the spreadsheet library refuses, which only a new kind of entry could bring about.
pub fn estate(
    created: Date,
    first_year: FinancialYear,
    functions: &[(String, String)],
) -> Result<Vec<u8>, TemplateError> {
    write(Holder::Authority, created, first_year, functions)
}

/// The workbook in which the partners write down what they hold together: options, lines, risks.
///
/// # Errors
/// As [`estate`].
pub fn partnership(created: Date, first_year: FinancialYear) -> Result<Vec<u8>, TemplateError> {
    write(Holder::Partnership, created, first_year, &[])
}

fn write(
    holder: Holder,
    created: Date,
    first_year: FinancialYear,
    functions: &[(String, String)],
) -> Result<Vec<u8>, TemplateError> {
    let mut workbook = Workbook::new();
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.holder() == holder).collect();
    let at = ExcelDateTime::from_ymd(created.year() as u16, created.month() as u8, created.day() as u8)?;
    let properties = DocProperties::new().set_title(read_me::title(holder)).set_creation_datetime(&at);
    workbook.set_properties(&properties);
    let styles = Styles::new();
    read_me::write(workbook.add_worksheet(), holder, &kinds, &styles)?;
    let drawing = Drawing { styles: &styles, kinds: &kinds, first_year, functions: function_list(functions) };
    for kind in &kinds {
        drawing.draw(workbook.add_worksheet(), *kind)?;
    }
    if !functions.is_empty() {
        let lists = workbook.add_worksheet();
        lists.set_name(LISTS)?.set_column_width(0, 60)?;
        lists.write_with_format(0, 0, "Local government functions (LGA/ESD list)", &styles.heading)?;
        for (row, (id, label)) in functions.iter().enumerate() {
            lists.write(row as u32 + 1, 0, format!("{id} {label}"))?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// The cells that hold the functions, for a drop-down list.
fn function_list(functions: &[(String, String)]) -> Option<Formula> {
    let last = functions.len() + 1;
    (!functions.is_empty()).then(|| Formula::new(format!("={LISTS}!$A$2:$A${last}")))
}
