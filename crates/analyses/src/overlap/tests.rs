//! Tests of what is gathered, of reviews and bad input, and of the laws that every answer keeps.

mod bad_input;
mod laws;
mod learning;

use std::collections::BTreeMap;

use penshaw_basis::{Money, Source};
use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use serde_json::{Value as Json, json};

use super::*;

const DAY: Date = Date::constant(2014, 6, 18);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Overlap>(include_str!("cases.toml"));
}

fn record(kind: Kind, reference: &str, fields: Json) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields.extend(fields.as_object().expect("an object").clone());
    record
}

/// An application of an authority, as an input holds it.
fn application(owner: &str, reference: &str, name: &str, supplier: &str) -> Owned<Application> {
    let entry = json!({ "reference": reference, "name": name, "supplier": supplier, "annual_cost": 1_000_000 });
    Owned { owner: owner.into(), entry: serde_json::from_value(entry).expect("an application") }
}

fn review(reference: &str, one: &str, other: &str, verdict: &str) -> ProductReview {
    let entry = json!({ "reference": reference, "one": one, "other": other, "verdict": verdict });
    serde_json::from_value(entry).expect("a review")
}

fn input(applications: Vec<Owned<Application>>) -> Input {
    Input {
        on: DAY,
        partners: ["SCC", "DCC", "GMBC"].map(|code| Named::new(code, code)).to_vec(),
        applications,
        contracts: Vec::new(),
        licences: Vec::new(),
        reviews: Vec::new(),
        supplier_names: Vec::new(),
        kept_back: Vec::new(),
        area: None,
    }
}

fn answer(input: &Input) -> Outcome {
    let outcome = Overlap::analyse(input, &Basis::standard());
    assert!(!Overlap::present(&outcome).is_empty());
    outcome
}

/// The members of each group, as a reader writes them.
fn groups(outcome: &Outcome) -> Vec<Vec<String>> {
    let members = |group: &ProductGroup| group.members.iter().map(|member| member.entry.to_string()).collect();
    let mut groups: Vec<Vec<String>> = outcome.groups.iter().map(members).collect();
    groups.sort();
    groups
}

fn told(outcome: &Outcome, words: &str) -> usize {
    outcome.findings.iter().filter(|finding| finding.what.contains(words)).count()
}

fn joint(own: Vec<Record>, kept: &[SharingChoice]) -> JointRegister {
    let partnership = Partnership {
        authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let all = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None };
    let choices = std::iter::once(all).chain(kept.iter().cloned()).collect();
    let baselines = [Baseline::freeze("SCC", DAY, own)];
    join(&partnership, &baselines, &BTreeMap::from([("SCC".to_owned(), choices)]))
}

#[test]
fn without_applications_each_authority_is_asked_for_them() {
    let missing = Overlap::gather(&joint(Vec::new(), &[]), DAY).unwrap_err();
    assert_eq!((missing.needs.len(), missing.needs[0].of.as_str()), (1, "SCC"));
}

#[test]
fn a_cost_that_its_owner_keeps_back_is_nowhere_in_the_answer_and_is_told() {
    let named = |reference: &str| {
        record(
            Kind::Application,
            reference,
            json!({ "name": "Orchard", "version": reference, "annual_cost": 7_654_321 }),
        )
    };
    let kept = SharingChoice {
        kind: Some(Kind::Application),
        records: Which::Only(vec!["A2".into()]),
        fields: Which::Only(vec!["annual_cost".into()]),
        shared: false,
        instead: None,
    };
    let input = Overlap::gather(&joint(vec![named("A1"), named("A2")], &[kept]), DAY).unwrap();
    assert_eq!(input.kept_back, [KeptBack { authority: "SCC".into(), costs: 1, entries: 0 }]);
    let outcome = answer(&input);
    assert_eq!(told(&outcome, "kept back by their owner"), 1);
    assert_eq!(outcome.groups[0].annual_cost, Money::from_pence(7_654_321));
    assert_eq!((outcome.groups[0].without_cost, outcome.savings[0].without_cost.len()), (1, 1));
}

#[test]
fn splitting_a_group_sets_its_parts_apart() {
    let applications = ["SCC", "DCC", "GMBC"].map(|owner| application(owner, "A1", "Orchard", "Orchard Systems"));
    let mut input = input(applications.to_vec());
    assert_eq!(groups(&answer(&input)), [["SCC/A1", "DCC/A1", "GMBC/A1"]]);
    let pairs = reviews_that_split(&["SCC/A1", "DCC/A1", "GMBC/A1"], &["DCC/A1"]);
    assert_eq!(pairs, [("SCC/A1", "DCC/A1"), ("GMBC/A1", "DCC/A1")]);
    let reviews =
        pairs.iter().enumerate().map(|(number, (one, other))| review(&format!("R{number}"), one, other, "different"));
    input.reviews = reviews.collect();
    assert_eq!(groups(&answer(&input)), [["SCC/A1", "GMBC/A1"]]);
    assert!(reviews_that_split(&["SCC/A1"], &["SCC/A1"]).is_empty());
}

#[test]
fn one_authority_that_records_a_product_twice_has_both_in_the_group() {
    let mut twice = application("SCC", "A2", "Orchard", "Orchard Systems Ltd");
    twice.entry.users = Some(3);
    let own = [
        application("SCC", "A1", "Orchard", "Orchard Systems"),
        twice,
        application("DCC", "A1", "Orchard", "Orchard Systems"),
    ];
    let outcome = answer(&input(own.to_vec()));
    assert_eq!(groups(&outcome), [["SCC/A1", "SCC/A2", "DCC/A1"]]);
    assert_eq!((outcome.groups[0].authorities, outcome.savings[0].moves.len()), (2, 2));
}

#[test]
fn what_is_shared_already_saves_nothing_more() {
    let mut own = application("SCC", "A1", "Orchard", "Orchard Systems");
    own.entry.shared_with = vec!["dcc".into()];
    let outcome = answer(&input(vec![own, application("DCC", "A1", "Orchard", "Orchard Systems")]));
    assert_eq!((outcome.groups.len(), outcome.savings.len()), (1, 0));
}

#[test]
fn every_kind_of_blocker_is_told() {
    let mut input = input(vec![
        application("SCC", "A1", "Orchard", "Orchard Systems"),
        application("DCC", "A1", "Orchard", "Orchard Systems"),
    ]);
    for (own, contract) in input.applications.iter_mut().zip(["C1", "C2"]) {
        own.entry.contract = Some(contract.into());
        own.entry.portability = Some("low".into());
        own.entry.data_partitioning = Some("monolithic".into());
        own.entry.support_ends = Some(Date::constant(2013, 3, 31));
    }
    let contract = |owner: &str, fields: Json| Owned {
        owner: owner.into(),
        entry: serde_json::from_value(fields).expect("a contract"),
    };
    input.contracts = vec![
        contract("SCC", json!({ "reference": "C1", "title": "Rents", "others_may_join": false })),
        contract(
            "DCC",
            json!({ "reference": "C2", "title": "Rents", "ends": "2014-08-31", "notice_months": 6.0, "assignment": "not allowed" }),
        ),
    ];
    let licence = json!({ "reference": "L1", "product": "Orchard", "contract": "C1", "affiliates_may_use": false });
    input.licences = vec![Owned { owner: "SCC".into(), entry: serde_json::from_value(licence).expect("a licence") }];
    let saving = &answer(&input).savings[0];
    let mut kinds: Vec<BlockerKind> = saving.blockers.iter().map(|blocker| blocker.kind).collect();
    kinds.sort();
    kinds.dedup();
    use BlockerKind::{Affiliates, Assignment, Contract, Data, Joining, Portability, Support};
    assert_eq!(kinds, [Contract, Joining, Assignment, Affiliates, Portability, Data, Support]);
    let words: Vec<&str> = saving.blockers.iter().map(|blocker| blocker.what.as_str()).collect();
    assert!(
        words.contains(
            &"The contract C2 of DCC runs to 31 August 2014; the day for notice, 28 February 2014, has passed."
        ),
        "{words:?}"
    );
}
