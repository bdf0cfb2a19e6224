//! OCDS and LGR, written and read back.

use penshaw_basis::Date;
use penshaw_files::read;
use penshaw_files::write::{lgr, ocds};
use penshaw_register::{Holder, Kind, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: Date = Date::constant(2026, 3, 31);

fn publisher() -> ocds::Publisher<'static> {
    ocds::Publisher { name: "Example County Council", code: "ECC", prefix: Some("ocds-abc123"), on: DAY }
}

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields = serde_json::from_value(fields).unwrap();
    record
}

fn contract() -> Record {
    record(
        Kind::Contract,
        "C 1/é",
        json!({
            "title": "Revenues support", "supplier": "Example Software Ltd", "supplier_number": "01234567",
            "starts": "2025-04-01", "ends": "2028-03-31", "extension_months": 24.0, "value": 27_000_050,
            "description": "Support and hosting", "classification": ["72000000", "48000000"],
            "awarded_by": "invitation to quote", "regime": "Procurement Act 2023", "supplier_is_small": true,
            "supplier_is_voluntary": false,
        }),
    )
}

#[test]
fn a_package_has_what_the_schema_requires_and_reads_back_as_it_was() {
    let mut noticed = contract();
    noticed.reference = "C2".into();
    noticed.fields.insert("ocid".into(), json!("ocds-h6vhtk-051272"));
    noticed.fields.insert("notice_months".into(), json!(6.0));
    noticed.fields.insert("annual_value".into(), json!(9_000_000));
    let (bytes, left_out) = ocds::package(&[contract(), noticed.clone(), Record::new(Kind::Site, "S1")], &publisher());
    assert_eq!(
        left_out.to_string(),
        "Written: Contracts 2. Not carried by the format: Contracts: Annual value (1); Contracts: Notice (months) (1)."
    );
    let package: Value = serde_json::from_slice(&bytes).unwrap();
    for member in ["uri", "publisher", "publishedDate", "releases", "version"] {
        assert!(!package[member].is_null(), "{member}");
    }
    assert_eq!(package["releases"][0]["ocid"], "ocds-abc123-ECC-C-1--");
    let period = &package["releases"][0]["contracts"][0]["period"];
    assert_eq!(period["maxExtentDate"], "2030-03-31T23:59:59Z");
    let read = read::file_of("package.json", &bytes, "Example County Council");
    // The schema has nothing to say against it: all that is told is the count and that what is paid in a year was worked out.
    let told: Vec<&str> = read.findings.iter().map(|finding| finding.what.as_str()).collect();
    assert_eq!(told, ["2 releases and records read, 2 used"]);
    for (read, written) in read.records.iter().zip([contract(), noticed]) {
        let mut expected = written.fields.clone();
        expected.remove("notice_months");
        let mut found = read.fields.clone();
        found.remove("annual_value");
        expected.remove("annual_value");
        assert_eq!((&read.reference, found), (&written.reference, expected));
    }
}

/// A contract of which a release carries everything.
fn carried() -> impl Strategy<Value = Record> {
    let text = || "[A-Za-z=+@'][A-Za-z0-9 ,\"'£é/(-]{0,30}[A-Za-z0-9]";
    let day =
        (2020..2030_i16, 1..=12_i8, 1..=28_i8).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let term = prop::option::of((day, 0..364_i64, prop::option::of(0..100_u32)));
    let number = prop::option::of(prop_oneof!["[A-Z]{2}[0-9]{6}", "[0-9]{8}", "[1-9][0-9]{5,6}"]);
    let codes = prop::collection::btree_set("[0-9]{8}", 0..4);
    let choices = (
        prop::option::of(prop::sample::select(vec![
            "invitation to quote",
            "published invitation to tender",
            "framework",
            "direct award",
        ])),
        prop::option::of(prop::sample::select(vec![
            "Public Contracts Regulations 2015",
            "Procurement Act 2023",
            "below threshold",
        ])),
        prop::option::of(any::<bool>()),
        prop::option::of(any::<bool>()),
    );
    let words = (
        "[A-Z][A-Z0-9/ é.-]{0,8}[A-Z0-9]",
        text(),
        text(),
        prop::option::of(text()),
        prop::option::of("ocds-[a-z0-9]{6}-[0-9]{4}"),
    );
    (words, term, number, codes, choices, prop::option::of(0..1_000_000_000_i64)).prop_map(
        |(words, term, number, codes, choices, value)| {
            let mut fields = json!({ "title": words.1, "supplier": words.2 });
            let mut put = |name: &str, value: Value| {
                if !value.is_null() {
                    fields[name] = value;
                }
            };
            put("description", json!(words.3));
            put("ocid", json!(words.4));
            if let Some((starts, days, tenths)) = term {
                put("starts", json!(starts));
                put("ends", json!(starts.checked_add(jiff::Span::new().days(days)).unwrap()));
                put("extension_months", json!(tenths.map(|tenths| f64::from(tenths) / 10.0)));
            }
            put("supplier_number", json!(number));
            if !codes.is_empty() {
                put("classification", json!(codes));
            }
            put("awarded_by", json!(choices.0));
            put("regime", json!(choices.1));
            put("supplier_is_small", json!(choices.2));
            put("supplier_is_voluntary", json!(choices.3));
            put("value", json!(value));
            record(Kind::Contract, &words.0, fields)
        },
    )
}

proptest! {
    #[test]
    fn what_a_release_carries_is_read_back_as_it_was(record in carried()) {
        let (bytes, left_out) = ocds::package(std::slice::from_ref(&record), &publisher());
        prop_assert!(left_out.lost.is_empty(), "{left_out}");
        let read = read::file_of("package.json", &bytes, "Example County Council");
        prop_assert!(!read.findings.iter().any(|finding| finding.what.contains("schema")), "{:#?}", read.findings);
        prop_assert_eq!(read.records.len(), 1, "{:#?}", read.findings);
        prop_assert_eq!(&read.records[0].reference, &record.reference);
        prop_assert_eq!(&read.records[0].fields, &record.fields);
    }
}

fn application() -> Record {
    record(
        Kind::Application,
        "A1",
        json!({
            "name": "Academy", "supplier": "Example Software", "users": 120, "annual_cost": 8_500_050, "function": "3",
            "portability": "low", "data_partitioning": "monolithic", "hosting": "public cloud",
            "shared_with": ["Another Council"], "contract": "A1-contract",
        }),
    )
}

#[test]
fn an_estate_of_lgr_reads_back_as_it_was() {
    let ledger = record(Kind::Application, "A2", json!({ "name": "Ledger" }));
    let agreed = record(
        Kind::Contract,
        "A1-contract",
        json!({ "title": "Academy", "supplier": "Example Software", "ends": "2028-02-29", "notice_months": 6.0, "annual_value": 8_500_050 }),
    );
    let records = [application(), ledger, agreed];
    let label = |number: &str| (number == "3").then(|| "Benefits".to_owned());
    let (bytes, left_out) = lgr::estate(&records, "Example District Council", &label);
    assert_eq!(left_out.to_string(), "Written: Applications 2, Contracts 1. Nothing is left out.");
    let estate: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        estate["nodes"][0],
        json!({ "id": "function-3", "label": "Benefits", "type": "Function", "lgaFunctionId": "3" })
    );
    assert_eq!(estate["edges"], json!([{ "source": "A1", "target": "function-3", "relationship": "REALIZES" }]));
    let read = read::file("estate.json", &bytes, Holder::Authority);
    assert_eq!(read.findings, []);
    let mut found: Vec<(&str, Value)> =
        read.records.iter().map(|record| (record.reference.as_str(), json!(record.fields))).collect();
    found.sort_by_key(|(reference, _)| *reference);
    let expected =
        [&records[0], &records[2], &records[1]].map(|record| (record.reference.as_str(), json!(record.fields)));
    assert_eq!(found, expected);
}

#[test]
fn what_lgr_cannot_carry_is_counted() {
    let mut academy = application();
    academy.fields.extend([
        ("version".to_owned(), json!("12.4")),
        ("hosting".to_owned(), json!("supplier hosted")),
        ("contract".to_owned(), json!("C1")),
    ]);
    let agreed = record(Kind::Contract, "C1", json!({ "title": "Revenues", "ends": "2028-02-15", "value": 5 }));
    let stray = record(Kind::Contract, "C2", json!({ "title": "Mobiles" }));
    let (bytes, left_out) = lgr::estate(&[academy, agreed, stray, Record::new(Kind::Site, "S1")], "Example", &|_| None);
    assert_eq!(
        left_out.to_string(),
        "Written: Applications 1, Contracts 1. Not carried by the format: Applications: Contract, by its own reference (1); Applications: Hosting (1); Applications: Version (1); \
         Contracts: Title (1); Contracts: Whole-life value (1); Contracts: the day of the end within its month (1); \
         Contracts: whole entries that no application names (1); Sites: whole entries (1)."
    );
    assert!(!String::from_utf8(bytes).unwrap().contains("isCloud"));
}
