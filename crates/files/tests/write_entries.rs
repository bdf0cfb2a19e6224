//! What is exported is what is imported again, and no text of it is ever a formula.

mod any_record;

use std::io::Cursor;

use any_record::{any_records, differences};
use calamine::{Data, Reader, Xlsx};
use penshaw_basis::{Confidence, Date};
use penshaw_files::read::{self, Read};
use penshaw_files::write::entries;
use penshaw_register::{Kind, Record};
use proptest::prelude::*;
use serde_json::json;

const DAY: Date = Date::constant(2014, 3, 31);

fn of_csv(kind: Kind, records: &[Record]) -> Read {
    read::file(&format!("{}.csv", kind.key()), &entries::csv(kind, records), kind.holder())
}

fn of_workbook(kind: Kind, records: &[Record]) -> Read {
    read::file("estate.xlsx", &entries::xlsx(kind, records, DAY).unwrap(), kind.holder())
}

const HOSTILE: &[&str] = &[
    "=cmd|'/c calc'!A1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'=1",
    "''@x",
    "＝1+1",
    "'tis",
];

fn hostile() -> Vec<Record> {
    let record = |(number, text): (usize, &&str)| {
        let mut record = Record::new(Kind::Application, format!("A{number}"));
        record.fields.insert("name".into(), json!(text));
        record.fields.insert("modules".into(), json!([text, "a;b"]));
        record
    };
    HOSTILE.iter().enumerate().map(record).collect()
}

#[test]
fn no_text_of_csv_begins_as_a_formula_and_every_text_is_read_as_it_was() {
    let records = hostile();
    let bytes = entries::csv(Kind::Application, &records);
    let mut csv = csv::Reader::from_reader(&bytes[3..]);
    for cell in csv.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell}");
    }
    assert_eq!(differences(&records, &of_csv(Kind::Application, &records).records), "");
}

#[test]
fn no_text_of_a_workbook_is_a_formula_and_every_text_is_read_as_it_was() {
    let records = hostile();
    let bytes = entries::xlsx(Kind::Application, &records, DAY).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert!(workbook.worksheet_formula("Applications").unwrap().is_empty());
    let range = workbook.worksheet_range("Applications").unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::String(HOSTILE[0].into())));
    assert_eq!(differences(&records, &of_workbook(Kind::Application, &records).records), "");
    assert_eq!(bytes, entries::xlsx(Kind::Application, &records, DAY).unwrap());
}

#[test]
fn the_columns_are_those_of_the_template_and_negative_amounts_are_numbers() {
    let mut line = Record::new(Kind::CostLine, "B1");
    line.fields.insert("description".into(), json!("Schools"));
    line.fields.insert("cost_centre".into(), json!("CE1"));
    line.fields.insert("budget".into(), json!({ "2014/15": -1_250_050, "2016/17": 100 }));
    line.field_confidence.insert("budget".into(), Confidence::Verified);
    let text = String::from_utf8(entries::csv(Kind::CostLine, &[line])).unwrap();
    assert_eq!(
        text,
        "\u{feff}Reference,Description,Cost centre,Fund,Category,2014/15,2016/17,Confidence\n\
         B1,Schools,CE1,,,-12500.50,1,\"reported; budget=verified\"\n"
    );
}

#[test]
fn what_is_pasted_is_read_whichever_way_it_is_separated() {
    let tabs = "Reference\tName\tAnnual cost\nA1\t\"Two\nlines\"\t£85,000\n\nA2\tLedger\t1.234\n";
    let commas = "reference,name,annual_cost\nA1,\"Two\nlines\",\"£85,000\"\n\nA2,Ledger,1.234\n";
    for text in [tabs, commas] {
        let read = read::pasted(text, Kind::Application);
        assert_eq!(read.records[0].fields["name"], "Two\nlines");
        assert_eq!(read.records[0].fields["annual_cost"], 8_500_000);
        assert_eq!(read.findings.len(), 1, "{:?}", read.findings);
    }
    let read = read::pasted(tabs, Kind::Application);
    assert_eq!(read.findings[0].place.to_string(), "pasted, line 5, column Annual cost");
    let read = read::pasted("A1\tAcademy", Kind::Application);
    assert_eq!(read.findings[0].what, "there is no row of headings");
    assert_eq!(read::pasted(" \n", Kind::Line).findings[0].what, "nothing was pasted");
    assert!(read::pasted("Reference\tName\n", Kind::Application).records.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_entry_of_every_kind_comes_back_from_csv((kind, records) in any_records()) {
        prop_assert_eq!(differences(&records, &of_csv(kind, &records).records), "");
    }

    #[test]
    fn every_entry_of_every_kind_comes_back_from_a_workbook((kind, records) in any_records()) {
        prop_assert_eq!(differences(&records, &of_workbook(kind, &records).records), "");
    }

    #[test]
    fn every_entry_that_is_pasted_comes_back((kind, records) in any_records()) {
        let text = String::from_utf8(entries::csv(kind, &records)).unwrap();
        prop_assert_eq!(differences(&records, &read::pasted(&text, kind).records), "");
    }
}
