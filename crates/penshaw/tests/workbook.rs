//! The workbook, recalculated by LibreOffice, agrees with the engine to the penny: as written, and after a reader changed it.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use common::{appraise, convert, example, example_copy};
use serde_json::Value;

/// What a reader changes: a line, a year, what was there, what is put there.
const CHANGES: [(&str, &str, &str, &str); 5] = [
    ("L01", "2014/15", "140000", "151250.75"),
    ("L11", "2015/16", "610000", "588000"),
    ("L12", "2015/16", "760000", "801000.5"),
    ("L14", "2015/16", "310000", "333333.33"),
    ("L19", "2016/17", "260000", "244000"),
];

#[test]
fn libreoffice_recalculates_the_engines_base_case() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    let results = appraise(&example(), scratch.path());
    agree(&scratch.path().join("workbook.xlsx"), &results, scratch.path());
}

#[test]
fn libreoffice_follows_five_changed_inputs_as_the_engine_does() {
    let scratch = tempfile::tempdir().expect("a folder is made");
    appraise(&example(), scratch.path());
    let changed = scratch.path().join("changed.xlsx");
    change_inputs(&scratch.path().join("workbook.xlsx"), &changed);

    let copy = example_copy(scratch.path());
    for (line, year, from, to) in CHANGES {
        change_amount(&copy.join("partnership.toml"), line, year, from, to);
    }
    let results = appraise(&copy, &scratch.path().join("again"));
    agree(&changed, &results, scratch.path());
}

/// Recalculates a workbook and compares every option's figures with results to the penny.
fn agree(workbook: &Path, results: &Value, scratch: &Path) {
    let out = scratch.join("recalculated");
    fs::create_dir_all(&out).expect("a folder is made");
    let recalculated = convert(workbook, "xlsx:Calc MS Excel 2007 XML", &out);
    let sheet = sheet(&recalculated, "Results");
    let options = results["options"].as_array().expect("options");
    assert!(options.len() > 2);
    for option in options {
        let name = format!("{}: {}", text(&option["reference"]), text(&option["name"]));
        near(&sheet, &[&name], "NPSV", &option["npsv"]["base_pounds"]);
        for partner in option["partners"].as_array().expect("partners") {
            let row = [name.as_str(), text(&partner["name"])];
            near(&sheet, &row, "Net present cash", &partner["net_present_cash_pounds"]);
            near(&sheet, &row, "Peak funding", &partner["peak_funding_pounds"]);
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("words")
}

/// The cell of a row that begins with these words, under the nearest heading of that name above it.
fn near(sheet: &Range<Data>, row_words: &[&str], heading: &str, expected: &Value) {
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let begins = |row: &[Data]| row_words.iter().enumerate().all(|(place, words)| shown(row.get(place)) == *words);
    let row = rows.iter().position(|row| begins(row)).unwrap_or_else(|| panic!("no row {row_words:?}"));
    let is_body = |row: &&[Data]| row.iter().any(|cell| shown(Some(cell)) == heading);
    let head = rows[..row].iter().rposition(is_body).unwrap_or_else(|| panic!("no heading {heading}"));
    let column = rows[head].iter().position(|cell| shown(Some(cell)) == heading).expect("the heading is there");
    let found = rows[row][column].get_float().unwrap_or_else(|| panic!("{row_words:?}, {heading} is no number"));
    let expected = expected.as_f64().expect("a number");
    assert!((found - expected).abs() < 0.005, "{row_words:?}, {heading}: {found} is not {expected}");
}

fn shown(cell: Option<&Data>) -> String {
    cell.and_then(Data::as_string).unwrap_or_default()
}

fn sheet(path: &Path, name: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("the workbook opens");
    workbook.worksheet_range(name).expect("the sheet is there")
}

/// Writes a copy of the workbook in which a reader has changed inputs; what was worked out from them is stale.
fn change_inputs(from: &Path, to: &Path) {
    let mut opened: Xlsx<_> = open_workbook(from).expect("the workbook opens");
    let place = opened.sheet_names().iter().position(|name| name == "Inputs").expect("there are inputs");
    let range = opened.worksheet_range("Inputs").expect("the sheet is there");
    let part = format!("xl/worksheets/sheet{}.xml", place + 1);
    let mut archive = zip::ZipArchive::new(fs::File::open(from).expect("a file is read")).expect("a workbook is a ZIP");
    let mut copy = zip::ZipWriter::new(fs::File::create(to).expect("a file is made"));
    for entry in 0..archive.len() {
        let mut entry = archive.by_index(entry).expect("an entry is read");
        let name = entry.name().expect("an entry has a name").into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("an entry is read");
        if name == part {
            let xml = String::from_utf8(bytes).expect("a sheet is text");
            bytes = CHANGES.iter().fold(xml, |xml, change| changed_cell(xml, &range, *change)).into_bytes();
        }
        copy.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry is begun");
        copy.write_all(&bytes).expect("an entry is written");
    }
    copy.finish().expect("the workbook is closed");
}

fn changed_cell(xml: String, range: &Range<Data>, (line, year, from, to): (&str, &str, &str, &str)) -> String {
    let start = range.start().expect("the sheet is not empty");
    let rows: Vec<&[Data]> = range.rows().collect();
    let row = rows.iter().position(|row| shown(row.first()) == line).unwrap_or_else(|| panic!("no line {line}"));
    let column = rows[..row]
        .iter()
        .rev()
        .find_map(|row| row.iter().position(|cell| shown(Some(cell)) == year))
        .unwrap_or_else(|| panic!("no year {year}"));
    let address = format!("{}{}", letters(start.1 as usize + column), start.0 as usize + row + 1);
    let begin = xml.find(&format!("<c r=\"{address}\"")).unwrap_or_else(|| panic!("no cell {address}"));
    let end = begin + xml[begin..].find("</c>").expect("a cell ends");
    let cell = &xml[begin..end];
    let value = format!("<v>{from}</v>");
    assert!(cell.contains(&value), "{address} holds {cell}, not {from}");
    format!("{}{}{}", &xml[..begin], cell.replace(&value, &format!("<v>{to}</v>")), &xml[end..])
}

/// A column's letters: 0 is A, 26 is AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { letters(column / 26 - 1) + &last.to_string() }
}

/// Changes one amount of one line in a partnership file.
fn change_amount(path: &Path, line: &str, year: &str, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("a file is read");
    let record = text.find(&format!("reference = \"{line}\"")).expect("the line is there");
    let amount = format!("\"{year}\" = {from}");
    let place = record + text[record..].find(&amount).expect("the amount is there");
    let rest = text[place..].replacen(&amount, &format!("\"{year}\" = {to}"), 1);
    fs::write(path, text[..place].to_owned() + &rest).expect("a file is written");
}
