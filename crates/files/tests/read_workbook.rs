//! Workbooks as people hand them in: what is read, and every finding by its sheet and cell.

use std::io::{Cursor, Read, Write};

use penshaw_basis::Confidence;
use penshaw_files::read::{self, limits};
use penshaw_register::{Holder, Kind, Severity};
use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use serde_json::json;
use zip::write::SimpleFileOptions;

/// A workbook of one sheet, filled by the function.
fn workbook(name: &str, fill: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name).unwrap();
    fill(sheet);
    workbook.save_to_buffer().unwrap()
}

/// Applications from rows of text.
fn applications(rows: &[&[&str]]) -> Vec<u8> {
    workbook("Applications", |sheet| {
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, *text).unwrap();
            }
        }
    })
}

fn said(bytes: &[u8]) -> Vec<String> {
    let read = read::file("scc/estate.xlsx", bytes, Holder::Authority);
    read.findings.iter().map(ToString::to_string).collect()
}

fn whats(name: &str, bytes: &[u8]) -> Vec<String> {
    read::file(name, bytes, Holder::Authority).findings.into_iter().map(|finding| finding.what).collect()
}

#[test]
fn every_mistake_is_found_at_once_with_its_cell_and_what_to_do() {
    let bytes = applications(&[
        &["Reference", "Name", "Users", "Annual cost", "Support ends", "Portability", "Suplier"],
        &["A1", "Academy", "120", "£85,000.50", "31/03/2016", "HIGH", ""],
        &["A2", "Ledger", "many", "12.345", "31/02/2014", "hgih", "Example Ltd"],
        &["A1", "Payroll", "-3", "-10", "", "", ""],
        &["A3", "", "", "", "", "", ""],
        &["", "Nameless", "", "", "", "", ""],
    ]);
    assert_eq!(
        said(&bytes),
        [
            "error: scc/estate.xlsx, Applications, C3: \"many\" is not a whole number\n  hint: write a whole number from 0, such as 120",
            "error: scc/estate.xlsx, Applications, D3: 12.345 is not an amount to the penny\n  hint: write at most two decimals; in a formula, wrap it as =ROUND(…, 2)",
            "error: scc/estate.xlsx, Applications, E3: there is no 31 February 2014\n  hint: correct the day",
            "error: scc/estate.xlsx, Applications, F3: \"hgih\" is not one of: high, medium, low\n  hint: did you mean \"high\"?",
            "error: scc/estate.xlsx, Applications, A4: reference A1 is used twice: first at scc/estate.xlsx, Applications, A2\n  hint: give one of the two another reference",
            "error: scc/estate.xlsx, Applications, C4: -3 is negative\n  hint: enter 0 or more",
            "error: scc/estate.xlsx, Applications, B5: Name is empty\n  hint: enter it: The name by which officers know it. For example: Revenues and benefits",
            "error: scc/estate.xlsx, Applications, A6: the entry has no reference\n  hint: give it one of its own, such as A1",
            "warning: scc/estate.xlsx, Applications, G1: the column \"Suplier\" is not known and not read\n  hint: did you mean \"Supplier\"?",
        ]
    );
    let read = read::file("scc/estate.xlsx", &bytes, Holder::Authority);
    let first = &read.records[0];
    assert_eq!(first.fields["annual_cost"], json!(8_500_050));
    assert_eq!(first.fields["portability"], json!("high"));
    assert_eq!(first.origin.of(Some("annual_cost")).to_string(), "scc/estate.xlsx, Applications, D2");
}

#[test]
fn headings_may_stand_below_a_title_and_be_names_or_labels() {
    let bytes = applications(&[
        &["Our applications, as of March"],
        &[],
        &["annual_cost", "REFERENCE", " name* ", "Confidence"],
        &["12", "A1", "Academy", "verified; Annual cost = estimated"],
    ]);
    let read = read::file("estate.xlsx", &bytes, Holder::Authority);
    assert_eq!(read.findings, []);
    assert_eq!(read.records[0].confidence, Confidence::Verified);
    assert_eq!(read.records[0].confidence_of("annual_cost"), Confidence::Estimated);
}

#[test]
fn columns_that_are_not_known_are_named_together_and_the_rest_is_read() {
    let bytes = applications(&[
        &["Reference", "Name", "Colour", "Shelf", "Usres", "2014/15"],
        &["A1", "Academy", "red", "4", "5", "6"],
    ]);
    assert_eq!(
        said(&bytes),
        [
            "warning: scc/estate.xlsx, Applications, row 1: columns that are not known and not read: \"Colour\", \"Shelf\"\n  hint: nothing else is lost; give them the headings of the template if they hold its fields",
            "warning: scc/estate.xlsx, Applications, E1: the column \"Usres\" is not known and not read\n  hint: did you mean \"Users\"?",
            "warning: scc/estate.xlsx, Applications, F1: applications hold no amounts by year: the column 2014/15 is not read\n  hint: delete it, or move the amounts to a sheet that holds them",
        ]
    );
}

#[test]
fn a_file_of_mistakes_names_the_first_ten_thousand() {
    let mut text = String::from("Reference,Name,Users\n");
    for row in 0..limits::MOST_FINDINGS + 5 {
        text.push_str(&format!("A{row},x,many\n"));
    }
    let findings = read::file("applications.csv", text.as_bytes(), Holder::Authority).findings;
    assert_eq!(findings.len(), limits::MOST_FINDINGS + 1);
    assert_eq!(findings[0].what, "there are 5 more findings in the file");
}

#[test]
fn totals_that_do_not_add_up_to_the_penny_are_an_error_with_both_figures() {
    let lines = |total: f64| {
        workbook("Cost lines", |sheet| {
            sheet.write_row(0, 0, ["Reference", "Description", "Cost centre", "2014/15", "2015/16"]).unwrap();
            for (row, amount) in [0.1, 0.2, 1_000_000.0].into_iter().enumerate() {
                sheet.write_row(row as u32 + 1, 0, [format!("B{row}").as_str(), "Staff", "CE1401"]).unwrap();
                sheet.write(row as u32 + 1, 3, amount).unwrap();
            }
            sheet.write(4, 0, "TOTAL").unwrap();
            sheet.write(4, 3, total).unwrap();
        })
    };
    assert_eq!(said(&lines(1_000_000.3)), [""; 0]);
    assert_eq!(
        said(&lines(1_000_000.31)),
        [
            "error: scc/estate.xlsx, Cost lines, D5: the amounts under \"2014/15\" add up to £1,000,000.30, but the TOTAL says £1,000,000.31\n  hint: correct the amounts or the total",
        ]
    );
}

#[test]
fn example_rows_and_notes_sheets_are_passed_over_in_silence() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Read me").unwrap().write(0, 0, "Fill in the sheets").unwrap();
    let sheet = book.add_worksheet().set_name("applications").unwrap();
    sheet.write_row(0, 0, ["Reference", "Name", "Users"]).unwrap();
    sheet.write_row(1, 0, ["EXAMPLE A1", "Revenues", "not a number"]).unwrap();
    sheet.write_row(2, 0, ["A1", "Academy", "5"]).unwrap();
    let read = read::file("estate.xlsx", &book.save_to_buffer().unwrap(), Holder::Authority);
    assert_eq!(read.findings, []);
    assert_eq!(read.records.len(), 1);
}

#[test]
fn empty_sheets_and_unknown_sheets_are_warnings_and_no_known_sheet_is_an_error() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Aplications").unwrap().write(0, 0, "x").unwrap();
    book.add_worksheet().set_name("Contracts").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        said(&bytes),
        [
            "warning: scc/estate.xlsx, Aplications: the sheet \"Aplications\" is not known and not read\n  hint: did you mean \"Applications\"?",
            "warning: scc/estate.xlsx, Contracts: the sheet is empty\n  hint: fill it in, or delete it",
        ]
    );
    let none = workbook("Sheet1", |_| {});
    assert_eq!(whats("estate.xlsx", &none)[0], "no sheet bears the name of a kind of entry");
    let no_headings = applications(&[&["A1", "Academy"], &["A2", "Ledger"]]);
    assert_eq!(whats("estate.xlsx", &no_headings)[0], "there is no row of headings");
    let no_reference = applications(&[&["Name", "Users"], &["Academy", "5"]]);
    assert_eq!(
        whats("estate.xlsx", &no_reference),
        ["the column \"Reference\" is missing", "without entries: Applications"]
    );
    let twice = applications(&[&["Reference", "Name", "Users", "users"], &["A1", "Academy", "5", "6"]]);
    assert_eq!(whats("estate.xlsx", &twice), ["\"users\" is the heading of two columns"]);
}

#[test]
fn a_kind_that_another_holder_keeps_is_refused_in_the_wrong_folder() {
    let bytes = workbook("Options", |sheet| {
        sheet.write_row(0, 0, ["Reference", "Name"]).unwrap();
        sheet.write_row(1, 0, ["O1", "Business as usual"]).unwrap();
    });
    assert_eq!(whats("scc/estate.xlsx", &bytes), ["Options are held by the partnership, not by one authority"]);
}

#[test]
fn error_cells_and_formulas_that_were_never_worked_out_are_errors() {
    let bytes = workbook("Applications", |sheet| {
        sheet.write_row(0, 0, ["Reference", "Name", "Annual cost", "Users"]).unwrap();
        sheet.write_row(1, 0, ["A1", "Academy"]).unwrap();
        sheet.write_formula(1, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_row(2, 0, ["A2", "Ledger"]).unwrap();
        sheet.write_formula(2, 2, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write_formula(2, 3, Formula::new("=2+2").set_result("4")).unwrap();
    });
    // The library always writes a value; a program that does not leaves the element out.
    let bytes = replaced(&bytes, "xl/worksheets/sheet1.xml", "<f>2+2</f><v>4</v>", "<f>2+2</f>");
    assert_eq!(
        said(&bytes),
        [
            "error: scc/estate.xlsx, Applications, C2: the cell holds the error #N/A\n  hint: correct the formula, or write the value itself",
            "error: scc/estate.xlsx, Applications, D3: the formula has no value in the file\n  hint: open the file in Excel or LibreOffice, let it calculate, and save it",
        ]
    );
    let read = read::file("estate.xlsx", &bytes, Holder::Authority);
    assert_eq!(read.records.iter().find(|record| record.reference == "A2").unwrap().fields["annual_cost"], json!(200));
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_told_from_a_damaged_one() {
    for (bytes, what) in [
        (b"Reference,Name\nA1,Academy\n".as_slice(), "it is not a workbook but plain text"),
        (b"<html><table><tr><td>A1", "it is not a workbook but a web page"),
        (b"\x89PNG\r\n\x1a\n", "it is not a workbook but a picture"),
        (b"%PDF-1.7", "it is not a workbook but a PDF"),
        (b"", "it is not a workbook but plain text"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "it is not a workbook but a file of Excel before 2007"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
            "the workbook is under a password",
        ),
    ] {
        assert_eq!(whats("estate.xlsx", bytes), [what]);
    }
    assert_eq!(
        whats("estate.xlsx", &zipped(&[("word/document.xml", b"<a/>")])),
        ["it is not a workbook but a Word document"]
    );
    assert_eq!(whats("estate.xlsx", &zipped(&[("notes.txt", b"hello")])), ["it is not a workbook but a ZIP file"]);
    let whole = applications(&[&["Reference", "Name"], &["A1", "Academy"]]);
    assert!(whats("estate.xlsx", &whole[..whole.len() / 2])[0].starts_with("the workbook is damaged"));
    assert_eq!(whats("applications.csv", &whole), ["it is not CSV but a ZIP file or workbook"]);
    assert_eq!(whats("estate.ods", &whole), ["it is a workbook of Excel, whatever its name says"]);
    assert_eq!(whats("estate.xls", &whole), ["it is a workbook of a form that is not read"]);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_opened() {
    let large = vec![b' '; limits::LARGEST_FILE as usize + 1];
    assert_eq!(whats("applications.csv", &large), ["it is a 51 MB file; at most 50 MB are read"]);
}

#[test]
fn a_zip_bomb_is_refused_and_its_lie_about_its_size_does_not_help_it() {
    let bomb = vec![b' '; 50_000_000];
    let honest = zipped(&[("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", &bomb)]);
    assert!(honest.len() < 200_000);
    assert!(whats("estate.xlsx", &honest)[0].starts_with("the workbook unpacks to more than is read"));
    let lying = declared_smaller(&honest, 50_000_000, 1_000);
    let said = whats("estate.xlsx", &lying);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("the workbook unpacks") || said[0].starts_with("the workbook is damaged"), "{said:?}");
}

#[test]
fn a_workbook_that_declares_more_than_it_holds_takes_no_memory() {
    let whole = applications(&[&["Reference", "Name"], &["A1", "Academy"]]);
    let strings = replaced(&whole, "xl/sharedStrings.xml", "uniqueCount=\"4\"", "uniqueCount=\"99999999999999\"");
    assert_eq!(
        whats("estate.xlsx", &strings),
        ["the workbook is damaged: it declares more texts than a workbook can hold",]
    );
    // A cell in the farthest corner: a table of all cells between would need 400 GB.
    let far = replaced(&whole, "xl/worksheets/sheet1.xml", "r=\"B2\"", "r=\"XFD1048576\"");
    let read = read::file("estate.xlsx", &far, Holder::Authority);
    assert_eq!(read.records.len(), 1);
    let unclosed = replaced(&whole, "xl/worksheets/sheet1.xml", "</sheetData>", "");
    assert!(whats("estate.xlsx", &unclosed)[0].starts_with("the workbook is damaged"));
}

#[test]
fn more_rows_than_are_read_are_refused_as_a_whole() {
    let mut text = String::from("Reference,Name\n");
    for row in 0..=limits::MOST_ROWS {
        text.push_str(&format!("A{row},x\n"));
    }
    let read = read::file("applications.csv", text.as_bytes(), Holder::Authority);
    assert!(read.records.is_empty());
    assert_eq!(read.findings[0].what, "the file has more than 200000 lines");
}

/// The ODS was saved by LibreOffice from the XLSX beside it.
#[test]
fn a_workbook_of_libreoffice_reads_as_the_same_workbook_of_excel() {
    let xlsx = read::file("estate.xlsx", include_bytes!("read_data/estate.xlsx"), Holder::Authority);
    let ods = read::file("estate.ods", include_bytes!("read_data/estate.ods"), Holder::Authority);
    let bare = |read: &read::Read| {
        let strip = |record: &penshaw_register::Record| penshaw_register::Record {
            origin: Default::default(),
            ..record.clone()
        };
        let mut records: Vec<_> = read.records.iter().map(strip).collect();
        records.sort_by_key(|record| (record.kind, record.reference.clone()));
        records
    };
    assert_eq!(bare(&ods), bare(&xlsx));
    let said = |read: &read::Read| {
        let each = read.findings.iter().map(|finding| finding.to_string().replace("estate.ods", "estate.xlsx"));
        each.collect::<Vec<_>>()
    };
    assert_eq!(said(&ods), said(&xlsx));
    assert_eq!(xlsx.records.iter().filter(|record| record.kind == Kind::Application).count(), 2);
    assert_eq!(xlsx.findings.iter().filter(|finding| finding.severity == Severity::Error).count(), 2);
}

#[test]
fn repetitions_in_a_workbook_of_libreoffice_are_counted_before_they_are_believed() {
    let ods = include_bytes!("read_data/estate.ods");
    let text = part(ods, "content.xml");
    let cell = text.find("<table:table-cell office:value-type=").expect("the file has filled cells");
    let (before, after) = text.split_at(cell + "<table:table-cell".len());
    let wide = format!("{before} table:number-columns-repeated=\"99999999999\"{after}");
    let said = whats("estate.ods", &with_part(ods, "content.xml", wide.as_bytes()));
    assert!(said[0].starts_with("a sheet is filled down to row"), "{said:?}");
    let spaces = text.replacen("</text:p>", "<text:s text:c=\"99999999999\"/></text:p>", 1);
    let said = whats("estate.ods", &with_part(ods, "content.xml", spaces.as_bytes()));
    assert!(said[0].contains("a run of spaces"), "{said:?}");
    // Cut in the middle of a table: a parser that waits for its end would wait for ever.
    let cut = &text[..text.rfind("</table:table-row>").unwrap()];
    let said = whats("estate.ods", &with_part(ods, "content.xml", cut.as_bytes()));
    assert!(said[0].starts_with("the workbook is damaged"), "{said:?}");
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |place| {
        let mut part = zip.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    let count = zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..count).map(&mut read).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(part, _)| part == name).expect("the part is there");
    String::from_utf8(found.1).unwrap()
}

fn with_part(bytes: &[u8], name: &str, text: &[u8]) -> Vec<u8> {
    let parts = parts(bytes);
    let replaced: Vec<(&str, &[u8])> =
        parts.iter().map(|(part, bytes)| (part.as_str(), if part == name { text } else { bytes.as_slice() })).collect();
    zipped(&replaced)
}

fn replaced(bytes: &[u8], name: &str, old: &str, new: &str) -> Vec<u8> {
    let text = part(bytes, name);
    assert!(text.contains(old), "{old} is not in {text}");
    with_part(bytes, name, text.replacen(old, new, 1).as_bytes())
}

/// The same bytes with a size declared smaller wherever it is declared.
fn declared_smaller(bytes: &[u8], size: u32, smaller: u32) -> Vec<u8> {
    let (from, to) = (size.to_le_bytes(), smaller.to_le_bytes());
    let mut lying = bytes.to_vec();
    let mut changed = 0;
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == from {
            lying[at..at + 4].copy_from_slice(&to);
            changed += 1;
        }
    }
    assert!(changed > 0);
    lying
}

#[test]
fn amounts_under_no_heading_or_one_that_is_no_year_are_errors_and_never_lost_in_silence() {
    let csv = "Reference,Description,Cost centre,27/28,\nB1,Staff,CE1,100,200\n";
    let read = penshaw_files::read::file("cost_lines.csv", csv.as_bytes(), penshaw_register::Holder::Authority);
    let what: Vec<&str> = read.findings.iter().map(|finding| finding.what.as_str()).collect();
    assert!(what.iter().any(|what| what.contains("\"27/28\" is no financial year")), "{what:?}");
    assert!(what.contains(&"a value stands under no heading and is not read"), "{what:?}");
    assert!(penshaw_files::read::has_errors(&read.findings));
}

#[test]
fn a_year_that_does_not_say_which_amounts_stand_under_it_is_an_error() {
    let csv = b"Reference,Name,Authority,Nature,Promised 2014/15,realised 2014/15,2015/16\nBN1,One contract,SCC,cash-releasing,400,310,5\n";
    let read = read::file("benefits.csv", csv, Holder::Partnership);
    let fields = &read.records[0].fields;
    assert_eq!(
        (fields["promised"]["2014/15"].as_i64(), fields["realised"]["2014/15"].as_i64()),
        (Some(40_000), Some(31_000))
    );
    let wrong: Vec<_> = read.findings.iter().filter(|finding| finding.what.contains("which amounts")).collect();
    assert!(wrong.len() == 1 && wrong[0].hint.contains("\"Transition costs 2015/16\""), "{:?}", read.findings);
}
