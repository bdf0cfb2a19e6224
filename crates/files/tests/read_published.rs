//! Spending, registers of contracts and award notices, as councils publish them.

use penshaw_basis::Money;
use penshaw_files::read::{self, BodiesAsked};
use penshaw_files::write::transparency;
use penshaw_register::{Holder, Kind, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

fn said(read: &read::Read) -> Vec<String> {
    read.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect()
}

fn fields(records: &[Record]) -> Vec<(&str, Value)> {
    records.iter().map(|record| (record.reference.as_str(), json!(record.fields))).collect()
}

#[test]
fn spending_is_read_under_the_headings_that_councils_use() {
    let csv = "Spending over £500,,,,,,,\n\
        Body Name,Date,Transaction Number,Amount,Net Amount,Supplier Name,Expense Area,Expense Type\n\
        Example County Council,30/04/2025,100,\"£1,200.00\",\"£1,000.00\",Example Software Ltd,ICT,Software\n\
        Example County Council,30-Apr-25,100,240,200,Example Software Ltd,ICT,Training\n\
        EXAMPLE COUNTY COUNCIL,01/05/2025 00:00,101,-60,(50.00),Example Software Ltd,ICT,Credit\n\
        Example County Council,02/05/2025,102,700,700,REDACTED PERSONAL DATA,Care,Payments\n\
        Next District Council,02/05/2025,103,700,700,Other Ltd,ICT,Licences\n\
        Total,,,,2550,,,\n";
    let read = read::file_of("dcc/spend-2025.csv", csv.as_bytes(), "Example County Council");
    assert_eq!(
        fields(&read.records),
        [
            (
                "100",
                json!({ "supplier": "Example Software Ltd", "amount": 100_000, "paid_on": "2025-04-30", "department": "ICT", "description": "Software" })
            ),
            (
                "100-2",
                json!({ "supplier": "Example Software Ltd", "amount": 20_000, "paid_on": "2025-04-30", "department": "ICT", "description": "Training" })
            ),
            (
                "101",
                json!({ "supplier": "Example Software Ltd", "amount": -5_000, "paid_on": "2025-05-01", "department": "ICT", "description": "Credit" })
            ),
        ]
    );
    let told = said(&read).join("\n");
    for expected in [
        "2 lines are of other bodies, and set aside: Next District Council 1, Total 1",
        "1 lines share their reference with another and got a number after it",
        "4 payments read, 3 used; set aside: 1 of £700.00 in all that name no supplier",
        "columns that are not known and not read: \"Body Name\", \"Amount\"",
    ] {
        assert!(told.contains(expected), "{expected}\n{told}");
    }
    assert!(!read::has_errors(&read.findings), "{told}");
}

#[test]
fn spending_without_transaction_numbers_is_named_by_day_and_supplier() {
    let csv = "Supplier;Gross amount;Payment date\nExample Software Ltd;600;2025-04-30\nExample Software Ltd;720;2025-04-30\nOther & Co;dear;2025-04-30\n";
    let read = read::file("spend.csv", csv.as_bytes(), Holder::Authority);
    let named: Vec<&str> = read.records.iter().map(|record| record.reference.as_str()).collect();
    assert_eq!(named, ["2025-04-30-example-software-ltd", "2025-04-30-example-software-ltd-2", "2025-04-30-other-co"]);
    let told = said(&read);
    assert_eq!(
        told,
        [
            "spend.csv, line 4, column Gross amount: \"dear\" is not an amount of money",
            "spend.csv, line 1: there is no column \"Reference\", so that each entry is named by its day and supplier",
            "spend.csv, line 1, column Gross amount: the amounts hold VAT: they are larger than what the authority bears",
        ]
    );
}

#[test]
fn a_register_of_contracts_is_read_under_the_codes_own_words() {
    let csv = "Reference Number,Title of agreement,Local authority department responsible,Description of the goods and/or services being provided,Supplier name and details,\"Sum to be paid over the length of the contract or the estimated annual spending or budget for the contract\",VAT that cannot be recovered,Contract start date,Contract end date,Review date,Process type,SME,VCSE,Registration number\n\
        C1,Revenues,Finance,Support,Example Software Ltd,\"£425,000\",0,01/04/2020,31/03/2027,N/A,ITT,No,n/a,01234567\n\
        C2,Printing,Finance,Printers,Example Print Ltd,\"£20,000 p.a.\",,01/04/2020,31/03/2027,30/09/2026,Mini competition,Yes - small,No,-\n";
    let read = read::file_of("contracts-register.csv", csv.as_bytes(), "Example County Council");
    assert_eq!(
        fields(&read.records),
        [
            (
                "C1",
                json!({
                    "title": "Revenues", "department": "Finance", "description": "Support", "supplier": "Example Software Ltd",
                    "value": 42_500_000, "irrecoverable_vat": 0, "starts": "2020-04-01", "ends": "2027-03-31",
                    "awarded_by": "published invitation to tender", "supplier_is_small": false, "supplier_number": "01234567",
                })
            ),
            (
                "C2",
                json!({
                    "title": "Printing", "department": "Finance", "description": "Printers", "supplier": "Example Print Ltd",
                    "annual_value": 2_000_000, "starts": "2020-04-01", "ends": "2027-03-31", "reviewed_on": "2026-09-30",
                    "awarded_by": "framework", "supplier_is_small": true, "supplier_is_voluntary": false,
                })
            ),
        ]
    );
    assert_eq!(said(&read), [] as [&str; 0]);
}

#[test]
fn notices_of_contracts_finder_become_contracts_of_the_council_that_made_them() {
    let csv = "council,awarded_supplier,awarded_to_sme,awarded_value,cpv_codes,description,id,organisation,published_date,status,title\n\
        north,Example Software Ltd,True,26670.98,48000000 72000000,Council&#039;s ledger,n1,NORTH BOROUGH COUNCIL,2026-02-25,awarded,Ledger &amp; cash\n\
        north,Works Ltd,False,0,45000000,Roof,n2,North Borough Council,2026-02-26,awarded,Roof\n\
        north,,,0,48000000,,n3,North Borough Council,2026-02-26,closed,Next ledger\n\
        south,NOT AWARDED TO SUPPLIER,False,0,48000000,,n4,South Council,2026-01-26,awarded,Nothing\n\
        south,Example Software Ltd,False,1000,72000000,,n5,South Council Trading Standards,2026-01-26,awarded,Cases\n\
        south,Example Software Ltd,False,1000,72000000,,n6,South Council,2026-01-26,awarded,Cards\n";
    let all = read::of_bodies("notices.csv", csv.as_bytes(), BodiesAsked::default());
    let names: Vec<(&str, usize)> = all.bodies.iter().map(|body| (body.name.as_str(), body.records.len())).collect();
    assert_eq!(names, [("North Borough Council", 2), ("South Council", 2)]);
    assert_eq!(all.newest.unwrap().to_string(), "2026-02-26");
    assert_eq!(
        json!(all.bodies[0].records[0].fields),
        json!({
            "title": "Ledger & cash", "supplier": "Example Software Ltd", "description": "Council's ledger", "value": 2_667_098,
            "supplier_is_small": true, "classification": ["48000000", "72000000"],
        })
    );
    assert_eq!(all.bodies[1].records[0].fields["department"], "South Council Trading Standards");
    let cpv = ["48".to_owned()];
    let some = read::of_bodies("notices.csv", csv.as_bytes(), BodiesAsked { bodies: &[], cpv: &cpv });
    assert_eq!(
        some.tally.to_string(),
        "6 notices read, 1 used; set aside: 3 outside the CPV codes asked for, 2 planned, or without a supplier"
    );
    let own = read::file_of("notices.csv", csv.as_bytes(), "North");
    assert_eq!(own.records.len(), 2);
}

#[test]
fn files_that_name_no_body_and_plans_of_reorganisation_are_told() {
    let told = |name: &str, text: &str| {
        let found = read::of_bodies(name, text.as_bytes(), BodiesAsked::default());
        assert!(found.bodies.is_empty());
        found.findings.iter().map(|finding| finding.what.clone()).collect::<Vec<_>>().join("\n")
    };
    assert!(told("a.csv", "Supplier,Amount\nExample,5\n").contains("no column names the body"));
    assert!(told("a.csv", "x,y\n1,2\n").contains("no column names the body"));
    assert!(told("a.xlsx", "PK").contains("it is no file that names bodies"));
    let plan = r#"{"vestingDate":"2027-04-01","successors":[{"name":"North","fullPredecessors":[]}]}"#;
    assert_eq!(
        told("a.json", plan),
        "it is a plan of reorganisation and is set aside: vesting day 2027-04-01, successors North"
    );
}

/// A contract of which the Transparency Code's columns carry everything.
fn published() -> impl Strategy<Value = Record> {
    let text = || prop::option::of("[A-Za-z=+@'][A-Za-z0-9 ,;\"'&£é/-]{0,20}[A-Za-z0-9]");
    let day =
        || prop::option::of((2000..2040_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")));
    let how = prop::option::of(prop::sample::select(vec![
        "invitation to quote",
        "published invitation to tender",
        "framework",
        "direct award",
    ]));
    let words = (text(), text(), text(), text(), text());
    let rest = (
        prop::option::of(500_001..100_000_000_i64),
        any::<bool>(),
        day(),
        day(),
        how,
        prop::option::of(any::<bool>()),
        prop::option::of(0..5_000_i64),
    );
    ("[A-Z0-9-]{1,8}", words, rest).prop_map(|(reference, words, rest)| {
        let mut record = Record::new(Kind::Contract, reference);
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                record.fields.insert(name.to_owned(), value);
            }
        };
        put("title", json!(words.0.unwrap_or_else(|| "Ledger".into())));
        put("department", json!(words.1));
        put("description", json!(words.2));
        put("supplier", json!(words.3));
        put("supplier_number", json!(words.4));
        put(if rest.1 { "value" } else { "annual_value" }, json!(rest.0));
        put("starts", json!(rest.2));
        put("reviewed_on", json!(rest.3));
        put("awarded_by", json!(rest.4));
        put("supplier_is_small", json!(rest.5));
        put("supplier_is_voluntary", json!(rest.5));
        put("irrecoverable_vat", json!(rest.6));
        record
    })
}

proptest! {
    #[test]
    fn what_is_published_under_the_code_is_read_back_as_it_was(record in published()) {
        let (csv, left_out) = transparency::contracts(std::slice::from_ref(&record), Money::from_pounds(5_000));
        prop_assert!(left_out.lost.is_empty(), "{left_out}");
        let read = read::file("register.csv", &csv, Holder::Authority);
        prop_assert_eq!(read.records.len(), 1);
        prop_assert_eq!(&read.records[0].fields, &record.fields);
    }
}

#[test]
fn contracts_of_the_codes_amount_or_less_are_left_out_and_counted() {
    let contract = |reference: &str, value: Option<i64>| {
        let mut record = Record::new(Kind::Contract, reference);
        record.fields.insert("title".into(), "Ledger".into());
        record.fields.extend(value.map(|value| ("value".to_owned(), json!(value))));
        record.fields.insert("notice_months".into(), json!(6.0));
        record
    };
    let records = [
        contract("C1", Some(500_000)),
        contract("C2", Some(500_001)),
        contract("C3", None),
        Record::new(Kind::Site, "S1"),
    ];
    let (csv, left_out) = transparency::contracts(&records, Money::from_pounds(5_000));
    let text = String::from_utf8(csv).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].trim_start_matches('\u{feff}').split(',').collect::<Vec<_>>(), transparency::COLUMNS);
    assert_eq!(lines[1..], ["C2,Ledger,,,,5000.01,,,,,,,,", "C3,Ledger,,,,,,,,,,,,"]);
    assert_eq!(
        left_out.to_string(),
        "Written: Contracts 2. Not carried by the format: Contracts: Notice (months) (2); Contracts: whole entries of £5,000.00 or less, which the Code does not ask for (1)."
    );
}
