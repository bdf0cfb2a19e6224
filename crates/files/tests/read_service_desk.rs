//! A service desk's monthly file, as desks export them, read as service performance.

use penshaw_files::read;
use penshaw_register::{Holder, Kind, Performance, Severity};

const EXPORT: &str = "\
Reporting month,Priority,Created,Resolved,Within SLA,SLA target,Still open,FCR,CSAT,Owner team\r\n\
May 2014,Priority 1,310,298,281,95%,64,180,91%,Desk\r\n\
May 2014,2 - High,\"1,200\",1150,1100,90%,210,,,Desk\r\n\
2014-06,Priority 1,290,300,290,95%,54,170,0.93,Desk\r\n\
Total,,1800,1748,1671,,,,,\r\n";

fn desk(text: &str) -> read::Read {
    read::file("performance.csv", text.as_bytes(), Holder::Authority)
}

fn entries(read: &read::Read) -> Vec<Performance> {
    read.records.iter().map(|record| record.read().expect("an entry")).collect()
}

#[test]
fn a_desks_own_headings_months_and_priorities_are_understood() {
    let read = desk(EXPORT);
    assert!(!read::has_errors(&read.findings), "{:?}", read.findings);
    let entries = entries(&read);
    let references: Vec<&str> = entries.iter().map(|entry| entry.reference.as_str()).collect();
    assert_eq!(references, ["2014-05-P1", "2014-05-P2", "2014-06-P1"]);
    let may = &entries[0];
    assert_eq!(may.month.map(|month| month.to_string()).as_deref(), Some("2014-05-01"));
    assert_eq!((may.logged, may.closed, may.within_target), (Some(310), Some(298), Some(281)));
    assert_eq!(
        (may.target, may.backlog, may.first_contact, may.satisfaction),
        (Some(0.95), Some(64), Some(180), Some(0.91))
    );
    assert_eq!((entries[1].logged, entries[1].priority.as_deref()), (Some(1200), Some("P2")));
}

#[test]
fn it_is_said_what_was_made_and_what_was_passed_over() {
    let said: Vec<String> =
        desk(EXPORT).findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect();
    assert_eq!(
        said,
        [
            "performance.csv, line 1: columns that are not known and not read: \"Owner team\"",
            "performance.csv, line 1: there is no column \"Reference\", so that each entry is named by its month and priority",
            "performance.csv, line 5: the row states totals and is not read",
        ]
    );
}

#[test]
fn without_priorities_a_month_is_one_entry_for_all() {
    let read = desk("Month,Tickets logged,Tickets closed,SLA met\n05/2014,310,298,281\n06/2014,290,300,290\n");
    assert!(!read::has_errors(&read.findings), "{:?}", read.findings);
    let entries = entries(&read);
    assert_eq!((entries[0].reference.as_str(), entries[0].priority.as_deref()), ("2014-05-all", Some("all")));
    assert_eq!(entries[1].within_target, Some(290));
}

#[test]
fn a_fields_own_heading_comes_before_its_other_names() {
    let read = desk("Reference,Month,Priority,Resolved,Closed,Completed\nPF1,2014-05,P1,7,9,8\n");
    assert_eq!(entries(&read)[0].closed, Some(9));
    assert!(
        read.findings.iter().any(|finding| finding.what.contains("\"Resolved\", \"Completed\"")),
        "{:?}",
        read.findings
    );
}

#[test]
fn a_month_that_stands_twice_and_one_that_is_none_are_errors() {
    let read = desk("Month,Priority,Created\nMay 2014,P1,3\nMay 2014,Priority 1,4\nMay-14,P1,5\n");
    let errors: Vec<&str> = read
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.what.as_str())
        .collect();
    assert_eq!(errors.len(), 2, "{:?}", read.findings);
    assert!(errors.iter().any(|what| what.contains("\"May-14\" is not a month")), "{errors:?}");
    assert!(errors.iter().any(|what| what.contains("2014-05-P1")), "{errors:?}");
}

#[test]
fn other_kinds_know_no_other_headings_and_still_need_references() {
    let read = read::file("applications.csv", b"Created,Name\n2014-05,Ledger\n", Holder::Authority);
    assert!(read::has_errors(&read.findings) && read.records.is_empty());
    let pasted = read::pasted("Month\tPriority\tOpened\nMay 2014\tPriority 3\t12\n", Kind::Performance);
    assert_eq!(pasted.records[0].reference, "2014-05-P3");
}
