//! A workbook as Excel: tables one below another, live formulas with their results, and the sources of each figure.

mod formula;
mod layout;
mod sheet;
mod sources;
mod style;

use penshaw_basis::Date;
use penshaw_documents::{Marking, Workbook};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Worksheet};

use super::WriteError;
use super::words::one_line;
use layout::Layout;

/// The workbook as an XLSX file; the same workbook and day give the same bytes.
///
/// Every formula is written with the result that its cell holds, so that
/// previewers, which work nothing out, show it.
///
/// # Panics
/// If a formula refers to a table or cell that is not in the workbook, or two tables have one id.
pub fn write(workbook: &Workbook, created: Date) -> Result<Vec<u8>, WriteError> {
    write_marked(workbook, None, created)
}

/// As [`write()`], with a marking at the head of every printed page and every sheet.
///
/// # Panics
/// If a formula refers to a table or cell that is not in the workbook, or two tables have one id.
pub fn write_marked(workbook: &Workbook, marking: Option<&Marking>, created: Date) -> Result<Vec<u8>, WriteError> {
    let layout = Layout::of(workbook, marking);
    let mut file = rust_xlsxwriter::Workbook::new();
    file.set_default_format(&style::base(), 18, 72)?;
    file.set_properties(&properties(workbook, created)?);
    for (place, worksheet) in workbook.sheets.iter().enumerate() {
        let page = file.add_worksheet();
        page.set_name(&layout.sheets[place].name)?;
        set_up_print(page, workbook, marking)?;
        sheet::write(page, &layout, place, worksheet)?;
    }
    let page = file.add_worksheet();
    page.set_name(&layout.sources_name)?;
    set_up_print(page, workbook, marking)?;
    sources::write(page, &layout, workbook)?;
    Ok(file.save_to_buffer()?)
}

fn properties(workbook: &Workbook, created: Date) -> Result<DocProperties, WriteError> {
    let created = ExcelDateTime::from_ymd(
        created.year().unsigned_abs(),
        created.month().unsigned_abs(),
        created.day().unsigned_abs(),
    )?;
    Ok(DocProperties::new().set_title(one_line(&workbook.title)).set_author("Penshaw").set_creation_datetime(&created))
}

/// A4 on its side, as wide as one page, with the marking above and title and page below.
fn set_up_print(page: &mut Worksheet, workbook: &Workbook, marking: Option<&Marking>) -> Result<(), WriteError> {
    const A4: u8 = 9;
    page.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    page.set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3);
    if let Some(marking) = marking {
        page.set_header(format!("&C&\"Arial,Bold\"&10{}", in_margin(&marking.words)));
    }
    page.set_footer(format!("&L&8{} – &A&R&8Page &P of &N", in_margin(&workbook.title)));
    Ok(())
}

/// Words for a header or footer, where `&` begins a code and 255 characters are the most.
fn in_margin(words: &str) -> String {
    let words: String = one_line(words).chars().take(100).collect();
    words.replace('&', "&&")
}
