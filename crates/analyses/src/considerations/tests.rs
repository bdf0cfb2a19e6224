//! Tests of what is gathered for the considerations.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use serde_json::json;

use super::*;

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Considerations>(include_str!("cases.toml"));
}

fn post(reference: &str, fte: f64) -> Record {
    let mut record = Record::new(Kind::Post, reference);
    record.confidence = Confidence::Verified;
    record.fields.insert("title".into(), json!("Network engineer"));
    record.fields.insert("fte".into(), json!(fte));
    record
}

fn hardware(reference: &str, site: &str) -> Record {
    let mut record = Record::new(Kind::Hardware, reference);
    record.fields.insert("name".into(), json!("Storage array"));
    record.fields.insert("site".into(), json!(site));
    record
}

fn option() -> Record {
    let mut record = Record::new(Kind::CourseOption, "O3");
    for (field, value) in
        [("name", "One service"), ("role", "more ambitious"), ("course", "integrate"), ("starts", "2014/15")]
    {
        record.fields.insert(field.into(), json!(value));
    }
    record
}

fn joint(own: Vec<Record>, together: Vec<Record>) -> JointRegister {
    let day = Date::constant(2014, 6, 18);
    let partnership = Partnership {
        authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let only =
        |kind, records| SharingChoice { kind: Some(kind), records, fields: Which::All, shared: true, instead: None };
    let choices = vec![only(Kind::Post, Which::Only(vec!["P1".into()])), only(Kind::Hardware, Which::All)];
    let baselines = [Baseline::freeze("SCC", day, own), Baseline::freeze("partnership", day, together)];
    join(&partnership, &baselines, &BTreeMap::from([("SCC".to_owned(), choices)]))
}

#[test]
fn with_nothing_recorded_the_partnership_is_asked() {
    let missing = Considerations::gather(&joint(Vec::new(), Vec::new()), Date::constant(2014, 6, 18)).unwrap_err();
    assert_eq!(missing.needs.len(), 1);
}

#[test]
fn posts_that_are_kept_back_are_counted_apart_from_those_that_are_shared() {
    let own = vec![post("P1", 0.6), post("P2", 1.0)];
    let input = Considerations::gather(&joint(own, vec![option()]), Date::constant(2014, 6, 18)).unwrap();
    let staff = &input.staff[0];
    assert_eq!((staff.posts, staff.kept_back, staff.fte), (1, 1, 0.6));
}

#[test]
fn hardware_at_another_partners_site_is_told_from_hardware_at_ones_own() {
    let own = vec![hardware("H1", "DCC/S1"), hardware("H2", "S1"), hardware("H3", "SCC/S1")];
    let input = Considerations::gather(&joint(own, vec![option()]), Date::constant(2014, 6, 18)).unwrap();
    assert_eq!((input.premises[0].hardware, input.premises[0].away), (3, 1));
}

#[test]
fn a_heading_gives_what_bears_on_one_option() {
    let input =
        Considerations::gather(&joint(vec![post("P1", 1.0)], vec![option()]), Date::constant(2014, 6, 18)).unwrap();
    let outcome = Considerations::analyse(&input, &Basis::standard());
    let employee = outcome.heading("7.3").unwrap();
    assert_eq!(employee.of_option("O3").count(), 1);
    assert_eq!(employee.of_option("O1").count(), 0);
}
