//! Laws of sharing: nothing that is kept back can be read, by any choices; and what each choice means.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const DAY: penshaw_basis::Date = jiff::civil::date(2014, 3, 31);
const KINDS: &[Kind] = &[Kind::Application, Kind::Contract, Kind::CostLine, Kind::Site];
const REFERENCES: &[&str] = &["R1", "R2", "R3"];
/// Kept back, open with its entry, of one kind only, of several kinds, and of none.
const FIELDS: &[&str] = &["supplier", "annual_cost", "name", "title", "cost_centre", "tier", "no_such_field"];

/// A word that stands nowhere else.
fn word(secret: &str, kind: Kind, reference: &str, field: &str) -> String {
    format!("<{secret} {kind} {reference} {field}>")
}

/// Records in which every field holds a word of its own, and so does its cell.
fn records(chosen: &[(Kind, &str)], secret: impl Fn(Kind, &str, &str) -> String) -> Vec<Record> {
    let make = |(kind, reference): &(Kind, &str)| {
        let mut record = Record::new(*kind, *reference);
        for field in kind.fields() {
            let word = secret(*kind, reference, field.name);
            record.origin.cells.insert(field.name.into(), word.clone());
            record.fields.insert(field.name.into(), json!(word));
        }
        record
    };
    chosen.iter().map(make).collect()
}

fn any_records() -> impl Strategy<Value = Vec<(Kind, &'static str)>> {
    let all: Vec<(Kind, &'static str)> =
        KINDS.iter().flat_map(|kind| REFERENCES.iter().map(move |reference| (*kind, *reference))).collect();
    subsequence(all, 1..=6)
}

fn which(words: &'static [&'static str]) -> impl Strategy<Value = Which> {
    let some = subsequence(words.to_vec(), 0..=3);
    prop_oneof![Just(Which::All), some.prop_map(|words| Which::Only(words.into_iter().map(String::from).collect()))]
}

fn any_choices() -> impl Strategy<Value = Vec<SharingChoice>> {
    let kind = proptest::option::of(select(KINDS));
    let choice = (kind, which(REFERENCES), which(FIELDS), any::<bool>())
        .prop_map(|(kind, records, fields, shared)| SharingChoice { kind, records, fields, shared, instead: None });
    proptest::collection::vec(choice, 0..6)
}

fn joined(records: Vec<Record>, choices: &[SharingChoice]) -> JointRegister {
    let choices = BTreeMap::from([("SCC".to_owned(), choices.to_vec())]);
    join(&Partnership::default(), &[Baseline::freeze("SCC", DAY, records)], &choices)
}

fn names(which: &Which, name: &str) -> bool {
    match which {
        Which::All => true,
        Which::Only(list) => list.iter().any(|listed| listed == name),
    }
}

/// What is shared of a record, worked out choice by choice: nothing, or the names of its fields.
fn expected(kind: Kind, reference: &str, choices: &[SharingChoice]) -> Option<BTreeSet<&'static str>> {
    let (mut shared, mut lent) = (false, BTreeSet::new());
    for choice in choices {
        let of_kind = choice.kind.is_none_or(|other| other == kind) && names(&choice.records, reference);
        let named: Vec<&Field> = kind.fields().iter().filter(|field| names(&choice.fields, field.name)).collect();
        if !of_kind || named.is_empty() {
            continue;
        }
        if choice.shared {
            shared = true;
            lent.extend(named.iter().filter(|field| field.shareable).map(|field| field.name));
        } else if named.iter().any(|field| !field.shareable) {
            (shared, lent) = (false, BTreeSet::new());
        } else {
            lent.retain(|name| !named.iter().any(|field| field.name == *name));
        }
    }
    let open = kind.fields().iter().filter(|field| !field.shareable).map(|field| field.name);
    shared.then(|| open.chain(lent).collect())
}

proptest! {
    #[test]
    fn what_is_shared_is_what_the_choices_say_one_after_another(chosen in any_records(), choices in any_choices()) {
        let plain = |kind, reference: &str, field: &str| word("a", kind, reference, field);
        let joint = joined(records(&chosen, plain), &choices);
        for (kind, reference) in chosen {
            let shared = joint.records().find(|(_, record)| record.kind == kind && record.reference == reference);
            let fields = shared.map(|(_, record)| record.fields.keys().map(String::as_str).collect());
            prop_assert_eq!(fields, expected(kind, reference, &choices));
        }
    }

    #[test]
    fn nothing_of_the_joint_register_tells_what_is_kept_back(chosen in any_records(), choices in any_choices()) {
        let is_shared = |kind, reference: &str, field: &str| {
            expected(kind, reference, &choices).is_some_and(|fields| fields.contains(field))
        };
        let plain = |kind, reference: &str, field: &str| word("a", kind, reference, field);
        let joint = joined(records(&chosen, plain), &choices);
        let all = format!("{joint:?}");
        let written: Vec<Value> = joint.records().map(|(_, record)| serde_json::to_value(record).unwrap()).collect();
        let written = json!(written).to_string();
        for (kind, reference) in &chosen {
            for field in kind.fields() {
                let secret = word("a", *kind, reference, field.name);
                let shared = is_shared(*kind, reference, field.name);
                prop_assert_eq!(all.contains(&secret), shared);
                prop_assert_eq!(written.contains(&secret), shared);
            }
        }
        // Other secrets behind the same choices make the same joint register and the same digests.
        let other = |kind, reference: &str, field: &str| {
            word(if is_shared(kind, reference, field) { "a" } else { "b" }, kind, reference, field)
        };
        let other = joined(records(&chosen, other), &choices);
        prop_assert_eq!(format!("{other:?}"), all);
        prop_assert_eq!(other.digest(), joint.digest());
    }

    #[test]
    fn what_is_shared_and_what_is_kept_back_add_up_to_all_there_is(chosen in any_records(), choices in any_choices()) {
        let plain = |kind, reference: &str, field: &str| word("a", kind, reference, field);
        let joint = joined(records(&chosen, plain), &choices);
        let (whole, fields): (Vec<_>, Vec<_>) = joint.withheld().iter().partition(|kept| kept.field == "record");
        prop_assert_eq!(joint.records().count() + whole.len(), chosen.len());
        let shared: usize = joint.records().map(|(_, record)| record.fields.len()).sum();
        let there: usize = joint.records().map(|(_, record)| record.kind.fields().len()).sum();
        prop_assert_eq!(shared + fields.len(), there);
    }
}

fn choice(kind: Option<Kind>, records: &[&str], fields: &[&str], shared: bool) -> SharingChoice {
    let which = |words: &[&str]| match words {
        ["all"] => Which::All,
        words => Which::Only(words.iter().map(|word| (*word).to_owned()).collect()),
    };
    SharingChoice { kind, records: which(records), fields: which(fields), shared, instead: None }
}

/// The fields that are shared of contract R1, which has a title, a supplier and a value.
fn of_contract(choices: &[SharingChoice]) -> Vec<String> {
    let mut contract = Record::new(Kind::Contract, "R1");
    for (field, value) in [("title", json!("Support")), ("supplier", json!("Example")), ("value", json!(100))] {
        contract.fields.insert(field.into(), value);
    }
    let joint = joined(vec![contract], choices);
    joint.records().flat_map(|(_, record)| record.fields.keys().cloned()).collect()
}

const CONTRACTS: Option<Kind> = Some(Kind::Contract);

#[test]
fn to_share_a_field_is_to_share_what_always_goes_with_its_entry_and_no_more() {
    assert_eq!(of_contract(&[choice(CONTRACTS, &["all"], &["title"], true)]), ["title"]);
    assert_eq!(of_contract(&[choice(CONTRACTS, &["all"], &["supplier"], true)]), ["supplier", "title"]);
}

#[test]
fn to_share_a_field_shares_nothing_of_kinds_that_do_not_have_it() {
    assert!(of_contract(&[choice(None, &["all"], &["tier"], true)]).is_empty());
    assert!(of_contract(&[choice(CONTRACTS, &["all"], &[], true)]).is_empty());
}

#[test]
fn an_entry_kept_back_after_it_was_shared_is_kept_back_whole() {
    let everything = || choice(None, &["all"], &["all"], true);
    assert_eq!(of_contract(&[everything()]), ["supplier", "title", "value"]);
    assert!(of_contract(&[everything(), choice(CONTRACTS, &["R1"], &["all"], false)]).is_empty());
    assert!(of_contract(&[everything(), choice(CONTRACTS, &["R1"], &["title"], false)]).is_empty());
    assert_eq!(of_contract(&[everything(), choice(CONTRACTS, &["R2"], &["all"], false)]).len(), 3);
}

#[test]
fn a_field_shared_after_its_entry_was_kept_back_brings_back_no_other_field() {
    let choices = [
        choice(None, &["all"], &["all"], true),
        choice(CONTRACTS, &["R1"], &["all"], false),
        choice(CONTRACTS, &["R1"], &["supplier"], true),
    ];
    assert_eq!(of_contract(&choices), ["supplier", "title"]);
}

#[test]
fn a_field_that_no_kind_declares_is_never_shared() {
    let mut site = Record::new(Kind::Site, "S1");
    site.fields.insert("name".into(), json!("North"));
    site.fields.insert("alarm_code".into(), json!("1234"));
    let joint = joined(vec![site], &[choice(None, &["all"], &["all"], true)]);
    assert_eq!(joint.records().next().unwrap().1.fields.keys().collect::<Vec<_>>(), ["name"]);
}

#[test]
fn the_partners_entries_are_shared_by_the_partnership_and_by_nobody_else() {
    let line = || vec![Record::new(Kind::Line, "L1")];
    let joint = |owner: &str| {
        join(&Partnership::default(), &[Baseline::freeze(owner, DAY, line())], &BTreeMap::new()).records().count()
    };
    assert_eq!(joint(PARTNERSHIP), 1);
    assert_eq!(joint("SCC"), 0);
}

#[test]
fn the_digest_of_the_joint_register_changes_with_all_that_an_analysis_reads() {
    let baseline = |owner: &str, day| Baseline::freeze(owner, day, vec![Record::new(Kind::Site, "S1")]);
    let of = |baseline: Baseline, choices: &[SharingChoice], name: &str| {
        let choices = BTreeMap::from([("SCC".to_owned(), choices.to_vec())]);
        join(&Partnership { name: name.into(), ..Partnership::default() }, &[baseline], &choices).digest()
    };
    let everything = [choice(None, &["all"], &["all"], true)];
    let later = jiff::civil::date(2014, 4, 1);
    let digests: BTreeSet<_> = [
        of(baseline("SCC", DAY), &everything, "Two"),
        of(baseline("SCC", later), &everything, "Two"),
        of(baseline("SCC", DAY), &[], "Two"),
        of(baseline("SCC", DAY), &everything, "Three"),
    ]
    .into();
    assert_eq!(digests.len(), 4);
}

#[test]
fn choices_are_written_as_an_owner_reads_them() {
    let only = choice(CONTRACTS, &["R1"], &["all"], false);
    let text = r#"{"kind":"contracts","records":["R1"],"fields":"all","shared":false}"#;
    assert_eq!(serde_json::to_string(&only).unwrap(), text);
    assert_eq!(serde_json::from_str::<SharingChoice>(text).unwrap(), only);
    assert_eq!(serde_json::from_str::<SharingChoice>(r#"{"shared":true}"#).unwrap().records, Which::All);
    assert!(serde_json::from_str::<SharingChoice>(r#"{"feilds":["value"],"shared":true}"#).is_err());
}
