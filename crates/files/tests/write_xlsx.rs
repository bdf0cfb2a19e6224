//! The Excel writer, on the sample workbook; LibreOffice works the formulas out again.

mod write_sample;

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use penshaw_basis::{Estimate, Money};
use penshaw_documents::{At, Cell, Column, Formula, Marking, Range, Row, Table, Value, Workbook, Worksheet, evaluate};
use penshaw_files::write::{WriteError, xlsx};
use write_sample::{day, with_number, workbook};

/// What a file's cells hold: each table's cells by place, found under its caption.
fn values(bytes: Vec<u8>, workbook: &Workbook) -> BTreeMap<At, Data> {
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("the file opens");
    let names = file.sheet_names().to_vec();
    let mut values = BTreeMap::new();
    for (sheet, name) in workbook.sheets.iter().zip(names) {
        let cells = file.worksheet_range(&name).expect("the sheet opens");
        for table in &sheet.tables {
            let caption = (0..).find(|row| cells.get_value((*row, 0)) == Some(&Data::String(table.caption.clone())));
            let first = caption.expect("the caption stands in the first column") + 2;
            for (row, line) in table.rows.iter().enumerate() {
                for column in 0..line.cells.len() {
                    let value = cells.get_value((first + row as u32, column as u32));
                    values.insert(At::new(&table.id, row, column), value.cloned().unwrap_or(Data::Empty));
                }
            }
        }
    }
    values
}

fn formulas(workbook: &Workbook) -> Vec<At> {
    let tables = workbook.sheets.iter().flat_map(|sheet| &sheet.tables);
    tables
        .flat_map(|table| {
            table.rows.iter().enumerate().flat_map(move |(row, line)| {
                let cells = line.cells.iter().enumerate().filter(|(_, cell)| cell.formula.is_some());
                cells.map(move |(column, _)| At::new(&table.id, row, column))
            })
        })
        .collect()
}

fn cell<'a>(workbook: &'a mut Workbook, at: &At) -> &'a mut Cell {
    let mut tables = workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.tables);
    let table = tables.find(|table| table.id == at.table).expect("the table is there");
    &mut table.rows[at.row].cells[at.column]
}

fn number(value: &Data) -> f64 {
    match value {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("not a number: {other:?}"),
    }
}

#[test]
fn the_same_workbook_gives_the_same_bytes() {
    let once = xlsx::write(&workbook(), day()).expect("it is written");
    let again = xlsx::write(&workbook(), day()).expect("it is written");
    assert!(once == again);
}

#[test]
fn every_formula_is_written_with_its_result() {
    let workbook = workbook();
    let values = values(xlsx::write(&workbook, day()).expect("it is written"), &workbook);
    let evaluation = evaluate(&workbook, &BTreeMap::new());
    let formulas = formulas(&workbook);
    assert_eq!(formulas.len(), 20);
    for at in formulas {
        assert_eq!(number(&values[&at]), evaluation.value(&at), "{at:?}");
    }
}

#[test]
fn inputs_keep_their_whole_precision() {
    let workbook = workbook();
    let values = values(xlsx::write(&workbook, day()).expect("it is written"), &workbook);
    assert_eq!(number(&values[&At::new("inputs", 1, 1)]), 312_345.678_9);
    assert_eq!(number(&values[&At::new("flows", 0, 2)]), -1_000_000.33);
}

#[test]
fn words_that_look_like_formulas_stay_words() {
    let mut table = Table::new("t", "Words", vec![Column::words("Words"), Column::words("More")]);
    let risky = ["=2+2", "+A1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\u{1b}x", "https://example.com"];
    for words in risky {
        table.push(Row::body(vec![Cell::words(words), Cell::words("")]));
    }
    let sheet = Worksheet { name: "=W".into(), introduction: "=1+1".into(), tables: vec![table] };
    let workbook = Workbook { title: "=T".into(), sheets: vec![sheet] };
    let bytes = xlsx::write(&workbook, day()).expect("it is written");
    for (row, words) in risky.iter().enumerate() {
        let held = &values(bytes.clone(), &workbook)[&At::new("t", row, 0)];
        assert_eq!(*held, Data::String(words.replace('\u{1b}', "")));
    }
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("the file opens");
    assert!(file.worksheet_formula("=W").expect("the sheet opens").is_empty());
}

#[test]
fn the_last_sheet_says_what_each_figure_rests_on() {
    let bytes = xlsx::write(&workbook(), day()).expect("it is written");
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("the file opens");
    assert_eq!(file.sheet_names(), ["Inputs rate flows 1", "Appraisal", "Sources"]);
    let cells = file.worksheet_range("Sources").expect("the sheet opens");
    let rows: Vec<Vec<String>> = cells.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let start = |words: &[&str]| rows.iter().any(|row| row.iter().zip(words).all(|(held, wanted)| held == wanted));
    assert!(start(&["2", "Partnership: register entry O2"]));
    assert!(start(&["Inputs rate flows 1", "Inputs", "Saving a year", "Value", "'Inputs rate flows 1'!B8", "2", ""]));
}

#[test]
fn a_marking_stands_on_every_sheet() {
    let marking = Marking { words: "Illustrative & not for decision".into() };
    let bytes = xlsx::write_marked(&workbook(), Some(&marking), day()).expect("it is written");
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("the file opens");
    for name in file.sheet_names().to_vec() {
        let cells = file.worksheet_range(&name).expect("the sheet opens");
        assert_eq!(cells.get_value((1, 0)), Some(&Data::String(marking.words.clone())), "{name}");
    }
}

#[test]
fn a_formula_longer_than_excel_takes_is_refused() {
    let mut table = Table::new("t", "T", vec![Column::words("W"), Column::numbers("N")]);
    let long = Formula::Add(vec![Formula::Sum(Range::of_column("t", 0, 0..=0)); 2000]);
    table.push(Row::body(vec![Cell::words(""), Cell::plain(Value::Count(0)).with_formula(long)]));
    let sheet = Worksheet { name: "S".into(), introduction: String::new(), tables: vec![table] };
    let workbook = Workbook { title: "T".into(), sheets: vec![sheet] };
    let refused = xlsx::write(&workbook, day());
    assert!(matches!(refused, Err(WriteError::LongFormula { .. })));
}

/// The file worked out again by LibreOffice, or nothing where LibreOffice is not installed.
fn recalculated(bytes: &[u8], folder: &Path) -> Option<Vec<u8>> {
    const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#;
    let profile = folder.join("profile/user");
    std::fs::create_dir_all(&profile).expect("the folder can be written");
    std::fs::write(profile.join("registrymodifications.xcu"), ALWAYS).expect("the folder can be written");
    std::fs::write(folder.join("book.xlsx"), bytes).expect("the folder can be written");
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--calc", "--convert-to", "xlsx", "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join("book.xlsx"))
        .output();
    match ran {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // Written past the test harness, which would swallow it.
            let said = writeln!(
                std::io::stderr(),
                "SKIPPED: soffice is not installed, so no other program worked the formulas out"
            );
            said.expect("standard error is open");
            None
        }
        Err(error) => panic!("soffice could not be run: {error}"),
        Ok(output) => {
            let read = std::fs::read(folder.join("out/book.xlsx"));
            Some(read.unwrap_or_else(|_| panic!("soffice wrote nothing: {output:?}")))
        }
    }
}

/// Puts a wrong result into every formula cell, so that only a program that works it out is right.
fn spoil(workbook: &mut Workbook) {
    for at in formulas(workbook) {
        let cell = cell(workbook, &at);
        cell.figure.value = with_number(&cell.figure.value, -98_765.43);
    }
}

#[test]
fn libreoffice_agrees_to_the_penny_before_and_after_inputs_change() {
    let folder = tempfile::tempdir().expect("a folder for the check");
    let changes = [
        vec![],
        vec![
            (At::new("inputs", 0, 1), Value::Percent(0.062_5)),
            (At::new("inputs", 1, 1), Value::Pounds(Estimate::from_pounds(401_234.567))),
            (At::new("flows", 0, 2), Value::Money(Money::from_pence(-123_456_789))),
        ],
    ];
    for changed in changes {
        let mut workbook = workbook();
        for (at, value) in changed {
            cell(&mut workbook, &at).figure.value = value;
        }
        let evaluation = evaluate(&workbook, &BTreeMap::new());
        spoil(&mut workbook);
        let bytes = xlsx::write(&workbook, day()).expect("it is written");
        let Some(bytes) = recalculated(&bytes, folder.path()) else {
            return;
        };
        let values = values(bytes, &workbook);
        for at in formulas(&workbook) {
            let (theirs, ours) = (number(&values[&at]), evaluation.value(&at));
            assert!((theirs - ours).abs() < 0.005, "{at:?}: LibreOffice {theirs}, ours {ours}");
        }
    }
}
