//! Workbooks of Excel and LibreOffice, read as sheets of filled cells.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, Xlsx, XlsxError};
use penshaw_basis::Date;
use penshaw_register::{Holder, Kind, Place};

use super::contents::Contents;
use super::gathered::{Gathered, place};
use super::guard::{self, Workbook};
use super::limits::{MOST_CELLS, MOST_ROWS, MOST_TEXT};
use super::nearest::nearest;
use super::rows;
use super::sheet::{Form, Row, Sheet};
use super::written::{Written, Wrong};

/// Sheets of the template that hold no entries.
pub(crate) const READ_ME: &str = "Read me";
/// The template's sheet of words for its drop-down lists.
pub(crate) const LISTS: &str = "Lists";

/// Reads a workbook's sheets as records; `holder` says whose kinds belong in it.
pub(super) fn read(file: &str, bytes: &[u8], holder: Holder, gathered: &mut Gathered) {
    let contents = Contents::of(bytes);
    if contents != Contents::Zip {
        return gathered.wrong(place(file, None), contents.not_a_workbook());
    }
    let kind = match guard::workbook(bytes) {
        Ok(kind) => kind,
        Err(wrong) => return gathered.wrong(place(file, None), wrong),
    };
    let ods = file.to_lowercase().ends_with(".ods");
    if ods != (kind == Workbook::Ods) {
        let (is, name) = if ods { ("a workbook of Excel", ".xlsx") } else { ("a workbook of LibreOffice", ".ods") };
        gathered.error(place(file, None), format!("it is {is}, whatever its name says"), format!("name it {name}"));
        return;
    }
    // The parser is not ours and these bytes are anybody's: what it did not foresee becomes a finding.
    let sheets = catch_unwind(AssertUnwindSafe(|| match kind {
        Workbook::Xlsx => xlsx(file, bytes, gathered),
        Workbook::Ods => ods_sheets(file, bytes, gathered),
    }));
    match sheets {
        Ok(Ok(sheets)) => entries(file, &sheets, holder, gathered),
        Ok(Err(wrong)) => gathered.wrong(place(file, None), wrong),
        Err(_) => gathered.wrong(place(file, None), damaged(&"it cannot be followed")),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Wrong {
    Wrong::new(
        format!("the workbook is damaged: {error}"),
        "open it in Excel or LibreOffice, let it be repaired, and save it again",
    )
}

/// Reads the sheets that bear the name of a kind.
fn entries(file: &str, sheets: &[Sheet], holder: Holder, gathered: &mut Gathered) {
    let mut known = 0;
    let mut without_entries = Vec::new();
    for sheet in sheets {
        let name = sheet.place.sheet.as_deref().unwrap_or_default();
        if [READ_ME, LISTS].iter().any(|ignored| name.trim().eq_ignore_ascii_case(ignored)) {
            continue;
        }
        let Ok(kind) = name.parse::<Kind>() else {
            unknown(sheet, name, holder, gathered);
            continue;
        };
        known += 1;
        if sheet.rows.is_empty() {
            gathered.warning(sheet.place.clone(), "the sheet is empty", "fill it in, or delete it");
        } else if rows::read_held(sheet, kind, holder, gathered) == 0 {
            without_entries.push(name);
        }
    }
    if known == 0 {
        gathered.error(place(file, None), "no sheet bears the name of a kind of entry", sheet_names(holder));
    } else if !without_entries.is_empty() {
        let what = format!("without entries: {}", without_entries.join(", "));
        gathered.warning(place(file, None), what, "fill them in, or delete the sheets that are not needed");
    }
}

fn unknown(sheet: &Sheet, name: &str, holder: Holder, gathered: &mut Gathered) {
    let known = kinds_of(holder).map(Kind::sheet);
    let hint = match nearest(name, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "delete it, or name it after a kind of entry".to_owned(),
    };
    let what = format!("the sheet \"{}\" is not known and not read", super::nearest::shortened(name));
    gathered.warning(sheet.place.clone(), what, hint);
}

fn sheet_names(holder: Holder) -> String {
    let names: Vec<&str> = kinds_of(holder).map(Kind::sheet).collect();
    format!("name the sheets: {}", names.join(", "))
}

/// The kinds that a holder has.
pub(super) fn kinds_of(holder: Holder) -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(move |kind| kind.holder() == holder)
}

/// A sheet while it is being filled, within what is kept at most.
struct Filling {
    sheet: Sheet,
    cells: usize,
    full: bool,
}

impl Filling {
    fn new(file: &str, name: &str) -> Self {
        let place = Place { file: file.to_owned(), sheet: Some(name.to_owned()), cell: None };
        Filling { sheet: Sheet { place, form: Form::Cells, rows: Vec::new() }, cells: 0, full: false }
    }

    /// Adds a cell; `text` counts the text of the whole workbook.
    fn add(&mut self, (row, column): (u32, u32), written: Written, text: &mut usize) {
        if let Written::Text(words) = &written {
            *text += words.len();
        }
        let number = row as usize + 1;
        self.cells += 1;
        if self.sheet.rows.last().is_none_or(|last| last.number != number) {
            self.sheet.rows.push(Row { number, cells: Vec::new() });
        }
        self.full = self.sheet.rows.len() > MOST_ROWS || self.cells > MOST_CELLS || *text > MOST_TEXT;
        let row = self.sheet.rows.last_mut().expect("a row was just added");
        row.cells.push((column as usize, written));
    }

    /// The sheet, with a finding if there was more than is read.
    fn finish(mut self, gathered: &mut Gathered) -> Sheet {
        if self.full {
            gathered.error(
                self.sheet.place.clone(),
                format!("the sheet has more than is read: {MOST_ROWS} rows, {MOST_CELLS} cells"),
                "delete the rows and columns that hold no entry",
            );
            self.sheet.rows.clear();
        }
        self.sheet
    }
}

fn xlsx(file: &str, bytes: &[u8], gathered: &mut Gathered) -> Result<Vec<Sheet>, Wrong> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Vec::new();
    let mut text = 0;
    for name in workbook.sheet_names() {
        if let Some(mut filling) = wanted(file, &name) {
            match fill_xlsx(&mut workbook, &name, &mut filling, &mut text) {
                Ok(()) => {}
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => {
                    gathered.wrong(filling.sheet.place.clone(), damaged(&error));
                    continue;
                }
            }
            sheets.push(filling.finish(gathered));
        }
    }
    Ok(sheets)
}

/// A sheet to be filled, unless it holds no entries by its name.
fn wanted(file: &str, name: &str) -> Option<Filling> {
    let ignored = [READ_ME, LISTS].iter().any(|ignored| name.trim().eq_ignore_ascii_case(ignored));
    (!ignored).then(|| Filling::new(file, name))
}

fn fill_xlsx(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    filling: &mut Filling,
    text: &mut usize,
) -> Result<(), XlsxError> {
    // Sheets of no known kind are only named in a warning.
    if name.parse::<Kind>().is_err() {
        return Ok(());
    }
    let mut cells = workbook.worksheet_cells_reader(name)?;
    // Cell by cell: the parser's own table would be as large as the farthest cell asks.
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let written = match cell.value {
            DataRef::Empty if cell.formula.is_some() => Some(Written::Unworked),
            value => written(Data::from(value)),
        };
        if let Some(written) = written {
            filling.add(cell.pos, written, text);
        }
        if filling.full {
            break;
        }
    }
    Ok(())
}

fn ods_sheets(file: &str, bytes: &[u8], gathered: &mut Gathered) -> Result<Vec<Sheet>, Wrong> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => Contents::OldOffice { locked: true }.not_a_workbook(),
        other => damaged(&other),
    })?;
    let mut sheets = Vec::new();
    let mut text = 0;
    for name in workbook.sheet_names() {
        let Some(mut filling) = wanted(file, &name) else { continue };
        if name.parse::<Kind>().is_ok() {
            fill_ods(&mut workbook, &name, &mut filling, &mut text).map_err(|error| damaged(&error))?;
        }
        sheets.push(filling.finish(gathered));
    }
    Ok(sheets)
}

fn fill_ods(
    workbook: &mut Ods<Cursor<&[u8]>>,
    name: &str,
    filling: &mut Filling,
    text: &mut usize,
) -> Result<(), OdsError> {
    let formulas = workbook.worksheet_formula(name)?;
    let range = workbook.worksheet_range(name)?;
    let mut cells: Vec<((u32, u32), Written)> = Vec::new();
    let (row, column) = range.start().unwrap_or_default();
    for (down, across, value) in range.used_cells() {
        let at = (row + down as u32, column + across as u32);
        cells.extend(written(value.clone()).map(|written| (at, written)));
    }
    let (row, column) = formulas.start().unwrap_or_default();
    for (down, across, _) in formulas.used_cells() {
        let at = (row + down as u32, column + across as u32);
        if range.get_value(at).is_none_or(|value| *value == Data::Empty) {
            cells.push((at, Written::Unworked));
        }
    }
    cells.sort_by_key(|(at, _)| *at);
    for (at, written) in cells {
        filling.add(at, written, text);
        if filling.full {
            break;
        }
    }
    Ok(())
}

/// What a cell holds; nothing for a blank one.
fn written(value: Data) -> Option<Written> {
    let written = match value {
        Data::Empty => return None,
        Data::Int(number) => Written::Number(number as f64),
        Data::Float(number) => Written::Number(number),
        Data::String(text) => Written::text(text),
        Data::Bool(answer) => Written::YesNo(answer),
        Data::DateTime(serial) => day(serial),
        Data::DateTimeIso(text) => Written::Text(text),
        Data::DurationIso(text) => Written::Time(text),
        Data::Error(error) => Written::Fault(error.to_string()),
    };
    (!written.is_blank()).then_some(written)
}

fn day(serial: ExcelDateTime) -> Written {
    let (year, month, day, ..) = serial.to_ymd_hms_milli();
    let date = Date::new(year as i16, month as i8, day as i8);
    match date {
        Ok(date) if serial.is_datetime() && serial.as_f64() >= 1.0 => Written::Day(date),
        _ => Written::Time(super::written::plain(serial.as_f64())),
    }
}
