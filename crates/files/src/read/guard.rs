//! What a workbook's ZIP unpacks to, measured before any of it is kept: bombs and broken parts are refused.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::limits::*;
use super::written::Wrong;

/// What kind of workbook the ZIP holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Workbook {
    Xlsx,
    Ods,
}

/// Which workbook the bytes are, once every part has been unpacked and found sound.
///
/// Each part is unpacked here to nowhere, so that its real size counts and not the one it
/// declares, and its XML is followed to its end, because readers of spreadsheets trust
/// counts, repetitions and closing tags.
pub(super) fn workbook(bytes: &[u8]) -> Result<Workbook, Wrong> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if zip.len() > MOST_PARTS {
        return Err(Wrong::new(
            format!("the workbook has {} parts", zip.len()),
            "save it again from Excel or LibreOffice",
        ));
    }
    let names: Vec<String> = zip.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
    let kind = kind(&names)?;
    let mut unpacked = 0;
    for place in 0..zip.len() {
        let part = zip.by_index(place).map_err(|error| broken(&error))?;
        let name = part.name().map(|name| name.into_owned()).unwrap_or_default();
        let (packed, declared) = (part.compressed_size(), part.size());
        refuse_size(unpacked + declared, declared, packed)?;
        let rest = LARGEST_UNPACKED - unpacked;
        let mut counted = Counted { inner: part.take(rest + 1), count: 0 };
        read_part(&name, kind, &mut counted)?;
        refuse_size(unpacked + counted.count, counted.count, packed)?;
        unpacked += counted.count;
    }
    Ok(kind)
}

fn kind(names: &[String]) -> Result<Workbook, Wrong> {
    let holds = |start: &str| names.iter().any(|name| name.to_lowercase().starts_with(start));
    if holds("xl/workbook.bin") {
        return Err(Wrong::new("it is a binary workbook", "save it as .xlsx"));
    }
    if holds("xl/") {
        return Ok(Workbook::Xlsx);
    }
    if holds("content.xml") && holds("mimetype") {
        return Ok(Workbook::Ods);
    }
    let what = if holds("word/") {
        "a Word document"
    } else if holds("ppt/") {
        "a presentation"
    } else {
        "a ZIP file"
    };
    Err(Wrong::new(format!("it is not a workbook but {what}"), "save the workbook as .xlsx or .ods again"))
}

fn broken(error: &dyn std::fmt::Display) -> Wrong {
    Wrong::new(
        format!("the workbook is damaged: {error}"),
        "open it in Excel or LibreOffice, let it be repaired, and save it again",
    )
}

fn refuse_size(total: u64, part: u64, packed: u64) -> Result<(), Wrong> {
    let too_dense = part > RATIO_FROM && part / GREATEST_RATIO > packed;
    if total <= LARGEST_UNPACKED && !too_dense {
        return Ok(());
    }
    Err(Wrong::new(
        format!("the workbook unpacks to more than is read ({} MB or more)", total.max(part) / 1_000_000),
        "save only the sheets that Penshaw asks for, without pictures and pivot tables",
    ))
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

/// Reads a part to its end; XML, which is what readers of workbooks parse, is followed.
fn read_part(name: &str, kind: Workbook, part: &mut impl Read) -> Result<(), Wrong> {
    let lower = name.to_lowercase();
    let opaque =
        [".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bin", ".svm", ".pdf", "mimetype", "/", ".rdf", ".vml"];
    if !opaque.iter().any(|end| lower.ends_with(end)) {
        follow(BufReader::new(&mut *part), kind, &lower)?;
    }
    std::io::copy(part, &mut std::io::sink()).map_err(|error| broken(&error))?;
    Ok(())
}

/// Follows a part's XML from its first tag to its last.
fn follow(part: impl BufRead, kind: Workbook, name: &str) -> Result<(), Wrong> {
    let damaged = |why: &dyn std::fmt::Display| broken(&format!("{name}: {why}"));
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    let mut sheet = RepeatedCells::default();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| damaged(&error))?;
        let position = reader.buffer_position();
        match &event {
            Event::Start(tag) => {
                depth += 1;
                check(tag, kind, position, &mut sheet)?;
            }
            Event::Empty(tag) => check(tag, kind, position, &mut sheet)?,
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.name().as_ref() == "table:table-row" {
                    sheet.row_ends(position)?;
                }
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged(&"it ends before its last tag")),
            _ => {}
        }
    }
}

fn check(tag: &BytesStart<'_>, kind: Workbook, position: u64, sheet: &mut RepeatedCells) -> Result<(), Wrong> {
    match (kind, tag.name().as_ref()) {
        (Workbook::Xlsx, name) if name.ends_with("sst") => {
            let declared = number(tag, "uniqueCount").unwrap_or(0);
            if declared > MOST_CELLS as u64 {
                return Err(broken(&"it declares more texts than a workbook can hold"));
            }
        }
        (Workbook::Ods, "manifest:encryption-data") => {
            return Err(Wrong::new(
                "the workbook is under a password",
                "open it in LibreOffice and save it without a password",
            ));
        }
        (Workbook::Ods, "text:s") if number(tag, "text:c").unwrap_or(1) > MOST_SPACES => {
            return Err(broken(&"it declares a run of spaces that no cell holds"));
        }
        (Workbook::Ods, "table:table") => *sheet = RepeatedCells { text: sheet.text, ..RepeatedCells::default() },
        (Workbook::Ods, "table:table-row") => sheet.row_starts(number(tag, "table:number-rows-repeated"), position),
        (Workbook::Ods, "table:table-cell" | "table:covered-table-cell") => {
            let filled = tag.attributes_raw().contains("office:") || tag.attributes_raw().contains("table:formula");
            sheet.cell(number(tag, "table:number-columns-repeated"), filled);
        }
        _ => {}
    }
    Ok(())
}

/// The longest run of spaces that is believed.
const MOST_SPACES: u64 = 10_000;

/// A number in an attribute; the greatest where it is one too large to hold.
fn number(tag: &BytesStart<'_>, name: &str) -> Option<u64> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    let digits = attribute.value.trim();
    let all_digits = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    all_digits.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// How many cells the repetitions of an ODS sheet come to.
#[derive(Default)]
struct RepeatedCells {
    rows: u64,
    filled_rows: u64,
    widest: u64,
    row_repeats: u64,
    row_width: u64,
    row_filled_to: u64,
    row_from: u64,
    most_repeated: u64,
    /// What the texts of the workbook come to once repeated, in bytes of XML.
    text: u64,
}

impl RepeatedCells {
    fn row_starts(&mut self, repeats: Option<u64>, position: u64) {
        self.row_repeats = repeats.unwrap_or(1);
        (self.row_width, self.row_filled_to, self.row_from, self.most_repeated) = (0, 0, position, 1);
    }

    fn cell(&mut self, repeats: Option<u64>, filled: bool) {
        let repeats = repeats.unwrap_or(1);
        self.row_width = self.row_width.saturating_add(repeats);
        if filled {
            self.row_filled_to = self.row_width;
            self.most_repeated = self.most_repeated.max(repeats);
        }
    }

    fn row_ends(&mut self, position: u64) -> Result<(), Wrong> {
        self.rows = self.rows.saturating_add(self.row_repeats);
        if self.row_filled_to == 0 {
            return Ok(());
        }
        self.filled_rows = self.rows;
        self.widest = self.widest.max(self.row_filled_to);
        let copies = self.row_repeats.saturating_mul(self.most_repeated);
        let copied = (position - self.row_from).saturating_mul(copies.saturating_sub(1));
        self.text = self.text.saturating_add(copied);
        let cells = self.filled_rows.saturating_mul(self.widest);
        if cells > MOST_CELLS as u64 || self.filled_rows > MOST_ROWS as u64 || self.text > MOST_TEXT as u64 {
            return Err(Wrong::new(
                format!("a sheet is filled down to row {} and column {}", self.filled_rows, self.widest),
                "delete the rows and columns that hold no entry, and save the workbook again",
            ));
        }
        Ok(())
    }
}
