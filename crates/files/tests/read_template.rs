//! The templates: the same bytes each time, and nothing wrong with them when they are read back.

use penshaw_basis::{Date, FinancialYear};
use penshaw_files::{read, template};
use penshaw_register::{Holder, Severity};

fn functions() -> Vec<(String, String)> {
    vec![("3".into(), "Benefits".into()), ("148".into(), "Adult social care".into())]
}

fn day() -> Date {
    Date::constant(2014, 3, 31)
}

fn written(holder: Holder) -> Vec<u8> {
    let year = FinancialYear::starting(2014);
    match holder {
        Holder::Authority => template::estate(day(), year, &functions()).unwrap(),
        Holder::Partnership => template::partnership(day(), year).unwrap(),
    }
}

#[test]
fn an_empty_template_has_no_errors_and_no_entries() {
    for holder in [Holder::Authority, Holder::Partnership] {
        let read = read::file("empty.xlsx", &written(holder), holder);
        let errors: Vec<_> = read.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert!(read.records.is_empty());
        assert_eq!(read.findings.len(), 1, "one warning names the sheets without entries: {:#?}", read.findings);
        assert!(read.findings[0].what.starts_with("without entries: "));
    }
}

#[test]
fn a_template_has_the_same_bytes_each_time() {
    for holder in [Holder::Authority, Holder::Partnership] {
        assert!(written(holder) == written(holder), "{holder:?}");
    }
}

#[test]
fn the_other_holders_empty_sheets_harm_nobody() {
    let read = read::file("estate.xlsx", &written(Holder::Partnership), Holder::Authority);
    assert!(!read::has_errors(&read.findings), "{:#?}", read.findings);
}
