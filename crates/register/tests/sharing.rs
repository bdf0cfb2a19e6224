//! The sharing rule and the digests: their exact meaning, and laws that hold for every record and choice.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, Date};
use penshaw_register::*;
use proptest::prelude::*;
use serde_json::json;

const DAY: Date = jiff::civil::date(2014, 3, 31);

fn only(words: &[&str]) -> Which {
    Which::Only(words.iter().map(|word| (*word).to_owned()).collect())
}

fn says(kind: Option<Kind>, records: Which, fields: Which, shared: bool) -> SharingChoice {
    SharingChoice { kind, records, fields, shared, instead: None }
}

fn joined(records: Vec<Record>, choices: Vec<SharingChoice>) -> JointRegister {
    let choices = BTreeMap::from([("SCC".to_owned(), choices)]);
    join(&Partnership::default(), &[Baseline::freeze("SCC", DAY, records)], &choices)
}

fn record(kind: Kind, reference: &str, fields: &[&str]) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields = fields.iter().map(|name| ((*name).to_owned(), json!(format!("{reference} {name}")))).collect();
    record
}

/// What is shared of contracts C1 and C2 and of site S1, each as its reference and fields.
fn shared(choices: Vec<SharingChoice>) -> Vec<String> {
    let contract = |reference| record(Kind::Contract, reference, &["title", "supplier", "value"]);
    let site = record(Kind::Site, "S1", &["name", "tier"]);
    let joint = joined(vec![contract("C1"), contract("C2"), site], choices);
    let line = |record: &Record| {
        let names: Vec<&str> = record.fields.keys().map(String::as_str).collect();
        format!("{}: {}", record.reference, names.join(" "))
    };
    joint.records().map(|(_, record)| line(record)).collect()
}

const CONTRACTS: Option<Kind> = Some(Kind::Contract);
const NOTHING: [&str; 0] = [];

#[test]
fn to_share_a_title_is_to_share_the_entry_and_nothing_that_may_be_kept_back() {
    assert_eq!(shared(vec![says(CONTRACTS, Which::All, only(&["title"]), true)]), ["C1: title", "C2: title"]);
}

#[test]
fn to_share_a_field_is_to_share_its_entry_with_that_field_alone() {
    let choices = vec![says(CONTRACTS, only(&["C1"]), only(&["value"]), true)];
    assert_eq!(shared(choices), ["C1: title value"]);
}

#[test]
fn a_choice_of_fields_that_a_kind_does_not_have_shares_nothing_of_it() {
    assert_eq!(shared(vec![says(None, only(&["S1"]), only(&["value"]), true)]), NOTHING);
    assert_eq!(shared(vec![says(None, Which::All, only(&[]), true)]), NOTHING);
}

#[test]
fn a_record_kept_back_later_is_kept_back_and_one_shared_again_later_is_shared() {
    let all = || says(None, Which::All, Which::All, true);
    let back = || says(CONTRACTS, only(&["C1"]), Which::All, false);
    assert_eq!(shared(vec![all(), back()]), ["C2: supplier title value", "S1: name tier"]);
    assert_eq!(shared(vec![back(), all()]).len(), 3);
}

#[test]
fn a_record_kept_back_and_then_shared_by_field_shows_only_that_field() {
    for keep in [Which::All, only(&["title"])] {
        let choices = vec![
            says(CONTRACTS, Which::All, Which::All, true),
            says(CONTRACTS, Which::All, keep, false),
            says(CONTRACTS, only(&["C2"]), only(&["supplier"]), true),
        ];
        assert_eq!(shared(choices), ["C2: supplier title"]);
    }
}

#[test]
fn a_field_that_is_not_declared_is_never_shared() {
    let joint =
        joined(vec![record(Kind::Site, "S1", &["name", "secret"])], vec![says(None, Which::All, Which::All, true)]);
    assert!(!format!("{joint:?}").contains("S1 secret"));
    assert!(joint.withheld().is_empty(), "{:?}", joint.withheld());
}

const KINDS: [Kind; 3] = [Kind::Application, Kind::Contract, Kind::CostLine];

prop_compose! {
    /// A record whose every value is a word that stands nowhere else.
    fn any_record(nth: usize)(kind in prop::sample::select(&KINDS), kept in prop::collection::vec(any::<bool>(), 13)) -> Record {
        let mut record = Record::new(kind, format!("R{nth}"));
        for (field, _) in kind.fields().iter().zip(&kept).filter(|(_, kept)| **kept) {
            record.fields.insert(field.name.into(), json!(format!("<R{nth} {}>", field.name)));
            record.field_confidence.insert(field.name.into(), Confidence::Estimated);
        }
        record
    }
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    (any_record(0), any_record(1), any_record(2), any_record(3)).prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

fn names() -> Vec<&'static str> {
    KINDS.iter().flat_map(|kind| kind.fields()).map(|field| field.name).collect()
}

fn some_of(words: Vec<&'static str>) -> impl Strategy<Value = Which> {
    prop_oneof![
        Just(Which::All),
        prop::collection::vec(prop::sample::select(words), 0..4).prop_map(|words| only(&words)),
    ]
}

fn choices() -> impl Strategy<Value = Vec<SharingChoice>> {
    let kind = prop::option::of(prop::sample::select(&KINDS));
    let choice = (kind, some_of(vec!["R0", "R1", "R2", "R3"]), some_of(names()), any::<bool>());
    prop::collection::vec(choice.prop_map(|(kind, records, fields, shared)| says(kind, records, fields, shared)), 0..6)
}

fn names_it(which: &Which, word: &str) -> bool {
    match which {
        Which::All => true,
        Which::Only(words) => words.iter().any(|listed| listed == word),
    }
}

proptest! {
    #[test]
    fn no_field_is_shared_whose_last_word_is_to_keep_it_back(records in records(), choices in choices()) {
        let joint = joined(records.clone(), choices.clone());
        let seen = format!("{joint:?}");
        for record in &records {
            let about = |choice: &&SharingChoice| choice.kind.is_none_or(|kind| kind == record.kind)
                && names_it(&choice.records, &record.reference);
            for field in record.kind.fields().iter().filter(|field| field.shareable) {
                let last = choices.iter().rfind(|choice| about(choice) && names_it(&choice.fields, field.name));
                let value = format!("<{} {}>", record.reference, field.name);
                prop_assert!(last.is_some_and(|choice| choice.shared) || !seen.contains(&value), "{value}");
            }
        }
    }

    #[test]
    fn what_is_kept_back_does_not_change_the_digests(records in records(), choices in choices()) {
        let joint = joined(records.clone(), choices.clone());
        let seen = format!("{joint:?}");
        let mut other = records;
        for value in other.iter_mut().flat_map(|record| record.fields.values_mut()) {
            if !seen.contains(value.as_str().expect("every value is a word")) {
                *value = json!("another");
            }
        }
        let other = joined(other, choices);
        prop_assert_eq!(joint.digest(), other.digest());
        prop_assert_eq!(joint.digests(), other.digests());
        prop_assert_eq!(seen, format!("{other:?}"));
    }

    #[test]
    fn what_is_shared_and_what_is_kept_back_add_up(records in records(), choices in choices()) {
        let joint = joined(records.clone(), choices);
        let whole = joint.withheld().iter().filter(|kept| kept.field == "record").count();
        prop_assert_eq!(joint.records().count() + whole, records.len());
        let there: Vec<&str> = joint.records().map(|(_, record)| record.reference.as_str()).collect();
        let written: usize =
            records.iter().filter(|record| there.contains(&record.reference.as_str())).map(|record| record.fields.len()).sum();
        let shown: usize = joint.records().map(|(_, record)| record.fields.len()).sum();
        prop_assert_eq!(shown + joint.withheld().len() - whole, written);
    }

    #[test]
    fn the_digest_of_a_baseline_does_not_depend_on_order(records in records(), order in Just(vec![0, 1, 2, 3]).prop_shuffle()) {
        let shuffled: Vec<Record> = order.iter().map(|nth: &usize| records[*nth].clone()).collect();
        let (one, other) = (Baseline::freeze("SCC", DAY, records), Baseline::freeze("SCC", DAY, shuffled));
        prop_assert_eq!(one.digest(), other.digest());
    }
}

#[test]
fn the_digest_of_a_baseline_tells_owner_day_value_and_confidence_apart() {
    let usual = || record(Kind::Site, "S1", &["name", "tier"]);
    let digest = |record: Record| Baseline::freeze("SCC", DAY, vec![record]).digest().clone();
    let surer = Record { confidence: Confidence::Verified, ..usual() };
    let mut field_surer = usual();
    field_surer.field_confidence.insert("tier".into(), Confidence::Verified);
    let mut changed = usual();
    changed.fields.insert("tier".into(), json!("II"));
    let tomorrow = jiff::civil::date(2014, 4, 1);
    let mut digests = vec![digest(usual()), digest(surer), digest(field_surer), digest(changed)];
    digests.push(Baseline::freeze("DCC", DAY, vec![usual()]).digest().clone());
    digests.push(Baseline::freeze("SCC", tomorrow, vec![usual()]).digest().clone());
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), 6);
}

#[test]
fn a_whole_number_has_one_digest_however_it_is_written() {
    let of = |value: serde_json::Value| {
        let mut record = Record::new(Kind::Site, "S1");
        record.fields.insert("rack_units".into(), value);
        Baseline::freeze("SCC", DAY, vec![record]).digest().clone()
    };
    assert_eq!(of(json!(12)), of(json!(12.0)));
    assert_ne!(of(json!(12)), of(json!(12.5)));
    assert_ne!(of(json!(u64::MAX)), of(json!(u64::MAX - 1)));
}
