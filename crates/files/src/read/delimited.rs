//! CSV files: one kind of entry each, named for it.

use penshaw_register::{Holder, Kind};

use super::contents::Contents;
use super::gathered::{Gathered, place};
use super::limits::MOST_ROWS;
use super::nearest::suggest;
use super::ocds::Wanted;
use super::owner::Owner;
use super::sheet::{Form, Row, Sheet};
use super::workbook::kinds_of;
use super::written::Written;
use super::{decode, notices, published, rows};
use crate::apostrophe::unguarded;

/// Reads a CSV file as records of the kind that its name gives, or that its headings show.
pub(super) fn read(file: &str, bytes: &[u8], owner: Owner<'_>, gathered: &mut Gathered) {
    if let Some(wrong) = Contents::of(bytes).not_text("CSV") {
        return gathered.wrong(place(file, None), wrong);
    }
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let text = decode::text(bytes);
    let named = stem.parse::<Kind>().ok();
    let mut sheet = sheet(file, &text, gathered);
    if named.is_none_or(|kind| matches!(kind, Kind::Contract | Kind::Notice)) && notices::is_notices(&sheet) {
        return notices_of(&sheet, owner, gathered);
    }
    let Some(kind) = named.or_else(|| published::kind_of(&sheet)) else {
        let keys: Vec<&str> = kinds_of(owner.holder).map(Kind::key).collect();
        let what = format!("\"{stem}\" is not a kind of entry, so its lines cannot be read");
        return gathered.error(place(file, None), what, suggest(stem, &keys));
    };
    if let Some(authority) = owner.name {
        published::leave_own(&mut sheet, kind, authority, gathered);
    }
    if sheet.rows.is_empty() {
        gathered.warning(place(file, None), "the file is empty", "fill it in, or delete it");
    } else if rows::read_held(&sheet, kind, owner.holder, gathered) == 0 {
        gathered.warning(place(file, None), "the file has no entries", "fill it in, or delete it");
    }
}

/// Takes an authority's own contracts of a table of notices.
fn notices_of(sheet: &Sheet, owner: Owner<'_>, gathered: &mut Gathered) {
    if owner.holder == Holder::Partnership {
        let what = "contracts belong to one authority";
        return gathered.error(sheet.place.clone(), what, "move the file to the authority's own folder");
    }
    let own: Vec<String> = owner.name.iter().map(|name| (*name).to_owned()).collect();
    let found = notices::read(sheet, Wanted { buyers: &own, cpv: &[] }, gathered);
    for bought in found.contracts {
        gathered.take(bought.draft.record, bought.draft.sound);
    }
}

/// The lines of a CSV text as rows of a sheet.
pub(super) fn sheet(file: &str, text: &str, gathered: &mut Gathered) -> Sheet {
    let mut sheet = Sheet { place: place(file, None), form: Form::Lines, rows: Vec::new() };
    let (separator, text, skipped) = separator(text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut counter = LineCounter { text, byte: 0, line: 1 + skipped };
    let mut width = None;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                gathered.error(
                    sheet.place.clone(),
                    format!("it cannot be read as CSV: {error}"),
                    "save it as CSV again",
                );
                break;
            }
        };
        let number = counter.line_of(record.position().map_or(0, |position| position.byte() as usize));
        let row = row(number, &record);
        if row.cells.is_empty() {
            continue;
        }
        if sheet.rows.len() == MOST_ROWS {
            let what = format!("the file has more than {MOST_ROWS} lines");
            gathered.error(sheet.place.clone(), what, "split it, or delete the lines that hold no entry");
            sheet.rows.clear();
            break;
        }
        let last = row.cells.last().map_or(0, |(column, _)| column + 1);
        // A title above the headings stands alone in its line.
        if row.cells.len() > 1 && last > *width.get_or_insert(last) {
            gathered.error(
                sheet.at(format!("line {number}")),
                format!("the line has {last} values, but there are {} headings", width.unwrap_or(0)),
                "put values that hold the separator between quotation marks",
            );
        }
        sheet.rows.push(row);
    }
    sheet
}

/// Counts lines as an editor does; the parser's own count leaves out blank lines before a record.
struct LineCounter<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
}

impl LineCounter<'_> {
    /// The line of the first written byte from a place on, which is not before the last one asked for.
    fn line_of(&mut self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_break = |at: usize| bytes.get(at).is_some_and(|byte| b"\r\n".contains(byte));
        while self.byte < byte || is_break(self.byte) {
            let ends = is_break(self.byte) && !(bytes[self.byte] == b'\r' && bytes.get(self.byte + 1) == Some(&b'\n'));
            self.line += usize::from(ends);
            self.byte += 1;
        }
        self.line
    }
}

fn row(number: usize, record: &csv::StringRecord) -> Row {
    let cells = record.iter().enumerate().map(|(column, text)| (column, Written::text(unguarded(text))));
    Row { number, cells: cells.filter(|(_, written)| !written.is_blank()).collect() }
}

/// The separator of a CSV text: as its first line says (`sep=;`), or else the one
/// that its first written line has most of.
pub(super) fn separator(text: &str) -> (u8, &str, usize) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[separator]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
        && b",;\t|".contains(&separator)
    {
        return (separator, rest, 1);
    }
    let written = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = written.split('"').step_by(2).collect();
    let most =
        [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| outside.matches(char::from(*separator)).count());
    (most.unwrap_or(b','), text, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_the_headings_use() {
        assert_eq!(separator("a;b;c\n1,5;2;3").0, b';');
        assert_eq!(separator("\"a;b\",c\n").0, b',');
        assert_eq!(separator("a\tb\n").0, b'\t');
        assert_eq!(separator("reference\n").0, b',');
        assert_eq!(separator("sep=;\r\na,b;c"), (b';', "a,b;c", 1));
    }

    #[test]
    fn lines_are_numbered_as_an_editor_numbers_them() {
        let mut gathered = Gathered::default();
        let sheet = sheet("x.csv", "a,b\n\n\"two\nlines\",1\nlast,2\n", &mut gathered);
        let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 5]);
        let sheet = super::sheet("x.csv", "a,b\r\n1,2\r\n\r\n3,4", &mut gathered);
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 4]);
        assert_eq!(gathered.findings, []);
    }
}
