//! Laws of the difference between two lists of records.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_register::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn application(reference: &str, fields: &[(&str, Value)]) -> Record {
    let fields: BTreeMap<String, Value> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Record { fields, ..Record::new(Kind::Application, reference) }
}

#[test]
fn a_difference_names_what_is_new_changed_and_not_in_the_file() {
    let before = [
        application("A1", &[("name", json!("Academy")), ("users", json!(120))]),
        application("A2", &[("name", json!("Ledger"))]),
        application("A3", &[("name", json!("Planning"))]),
    ];
    let after = [
        application("A3", &[("name", json!("Planning")), ("supplier", json!(""))]),
        application("A4", &[("name", json!("Payroll"))]),
        application("A1", &[("name", json!("Academy")), ("users", json!(130)), ("supplier", json!("Example"))]),
    ];
    let found = difference(&before, &after);
    let changed = |name: &str, before, after| FieldChange { name: name.into(), before, after, confidence: None };
    let fields =
        vec![changed("supplier", None, Some(json!("Example"))), changed("users", Some(json!(120)), Some(json!(130)))];
    let whats: Vec<(&str, &What)> =
        found.changes.iter().map(|change| (change.reference.as_str(), &change.what)).collect();
    assert_eq!(whats, [("A1", &What::Changed(fields)), ("A2", &What::NotInFile), ("A4", &What::New)]);
    assert_eq!((found.added(), found.changed(), found.not_in_file(), found.unchanged), (1, 1, 1, 1));
}

#[test]
fn a_change_of_confidence_is_a_change() {
    let before = application("A1", &[("name", json!("Academy")), ("users", json!(120))]);
    let whole = Record { confidence: Confidence::Verified, ..before.clone() };
    let found = difference(std::slice::from_ref(&before), &[whole]);
    let What::Changed(fields) = &found.changes[0].what else { panic!("{found:?}") };
    assert_eq!(fields.len(), 1);
    assert_eq!((fields[0].name.as_str(), &fields[0].after), ("confidence", &Some(json!("verified"))));

    let mut one = before.clone();
    one.field_confidence.insert("users".into(), Confidence::Estimated);
    let found = difference(&[before], &[one]);
    let What::Changed(fields) = &found.changes[0].what else { panic!("{found:?}") };
    assert_eq!(fields[0].confidence, Some((Confidence::Reported, Confidence::Estimated)));
    assert_eq!((&fields[0].before, &fields[0].after), (&Some(json!(120)), &Some(json!(120))));
}

#[test]
fn the_last_of_two_records_with_one_reference_stands() {
    let twice = [application("A1", &[("users", json!(1))]), application("A1", &[("users", json!(2))])];
    assert!(difference(&twice, &[application("A1", &[("users", json!(2.0))])]).is_empty());
    assert!(!difference(&twice, &[application("A1", &[("users", json!(1))])]).is_empty());
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let confidence = || prop::sample::select(Confidence::ALL.to_vec());
    let record = ("[ab][12]", prop::option::of(0..3_u8), prop::option::of(0..2_u8), confidence(), confidence());
    let record = record.prop_map(|(reference, users, cost, whole, single)| {
        let mut record = application(&reference, &[]);
        record.kind = if reference.starts_with('a') { Kind::Application } else { Kind::Site };
        record.fields.extend(users.map(|users| ("users".to_owned(), json!(users))));
        record.fields.extend(cost.map(|cost| ("name".to_owned(), json!(cost.to_string()))));
        record.confidence = whole;
        record.field_confidence.insert("users".into(), single);
        record
    });
    prop::collection::vec(record, 0..6)
}

fn digest(records: &[Record]) -> penshaw_basis::Digest {
    Baseline::freeze("SCC", jiff::civil::date(2014, 3, 31), records.to_vec()).digest().clone()
}

proptest! {
    #[test]
    fn nothing_differs_just_where_the_baselines_have_one_digest(before in any_records(), after in any_records()) {
        prop_assert_eq!(difference(&before, &after).is_empty(), digest(&before) == digest(&after));
        prop_assert!(difference(&before, &before).is_empty());
    }

    #[test]
    fn every_record_of_either_list_is_counted_once(before in any_records(), after in any_records()) {
        let found = difference(&before, &after);
        let count = |records: &[Record]| {
            records.iter().map(|record| (record.kind, &record.reference)).collect::<std::collections::BTreeSet<_>>().len()
        };
        prop_assert_eq!(found.unchanged + found.changed() + found.not_in_file(), count(&before));
        prop_assert_eq!(found.unchanged + found.changed() + found.added(), count(&after));
        let back = difference(&after, &before);
        prop_assert_eq!((back.added(), back.changed()), (found.not_in_file(), found.changed()));
    }
}

#[test]
fn a_hundred_thousand_records_are_compared_to_the_last() {
    let estate = |users: u32| -> Vec<Record> {
        let record = |number: u32| {
            let changed = if number.is_multiple_of(10) { users } else { 1 };
            let name = json!(format!("Application {number}"));
            application(
                &format!("A{number}"),
                &[("name", name), ("supplier", json!("Example")), ("users", json!(changed))],
            )
        };
        (0..100_000).map(record).collect()
    };
    let (before, after) = (estate(1), estate(2));
    let found = difference(&before, &after);
    assert_eq!((found.changed(), found.unchanged), (10_000, 90_000));
}
