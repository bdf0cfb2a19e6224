//! Tests of what is counted, and of the list against the register's own fields.

use penshaw_basis::Confidence;
use penshaw_register::{Authority, Baseline, Instead, Partnership, Record, SharingChoice, Which, join};
use serde_json::json;

use super::*;

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Completeness>(include_str!("cases.toml"));
}

const DAY: Date = Date::constant(2014, 6, 18);

fn application(reference: &str, fields: &[&str]) -> Record {
    let mut record = Record::new(Kind::Application, reference);
    for field in fields {
        record.fields.insert((*field).to_owned(), json!("written"));
    }
    record
}

fn joint(records: Vec<Record>, choices: Vec<SharingChoice>) -> JointRegister {
    let partnership = Partnership {
        authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let baseline = Baseline::freeze("SCC", DAY, records);
    join(&partnership, &[baseline], &BTreeMap::from([("SCC".to_owned(), choices)]))
}

fn shared(records: Which, fields: Which, shared: bool) -> SharingChoice {
    SharingChoice { kind: Some(Kind::Application), records, fields, shared, instead: None }
}

#[test]
fn what_is_kept_back_is_counted_as_kept_back_and_not_as_missing() {
    let records = vec![application("A1", &["name", "supplier", "version"]), application("A2", &["name"])];
    let choices = vec![
        shared(Which::Only(vec!["A1".into()]), Which::All, true),
        shared(Which::All, Which::Only(vec!["supplier".into()]), false),
    ];
    let input = Completeness::gather(&joint(records, choices), DAY).unwrap();
    let count = &input.counts[0];
    assert_eq!((count.entries, count.kept_back), (1, 1));
    assert_eq!(count.fields["supplier"].kept_back, 1);
    assert_eq!(count.fields["version"].reported, 1);
}

#[test]
fn what_is_given_instead_of_a_figure_is_shown_beside_what_is_kept_back() {
    let costing = |reference: &str, pence: i64| {
        let mut record = application(reference, &["name"]);
        record.fields.insert("annual_cost".into(), json!(pence));
        record
    };
    let records =
        vec![costing("A1", 8_500_000), costing("A2", 100_000), costing("A3", 200_000), costing("A4", 300_000)];
    let cost = |records: Which, instead| SharingChoice {
        instead: Some(instead),
        ..shared(records, Which::Only(vec!["annual_cost".into()]), false)
    };
    let choices = vec![
        shared(Which::All, Which::All, true),
        cost(Which::All, Instead::Subtotal),
        cost(Which::Only(vec!["A1".into()]), Instead::Band),
    ];
    let input = Completeness::gather(&joint(records, choices), DAY).unwrap();
    let outcome = Completeness::analyse(&input, &Basis::standard());
    let [kept] = outcome.kept_back.as_slice() else { panic!("{:?}", outcome.kept_back) };
    assert_eq!((kept.number, kept.bands, kept.subtotals.len()), (4, 1, 1));
    let blocks = Completeness::present(&outcome);
    let table = blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.id == "completeness-kept-back" => Some(table),
        _ => None,
    });
    let cells: Vec<String> = table.unwrap().rows[0].cells.iter().map(|cell| cell.figure.value.to_string()).collect();
    assert_eq!(cells, ["Sunderland", "Applications", "Annual cost", "4", "1", "£6,000.00 from 3 entries"]);
}

#[test]
fn a_single_figures_own_confidence_goes_before_that_of_its_entry() {
    let mut record = application("A1", &["name", "supplier"]);
    record.confidence = Confidence::Estimated;
    record.field_confidence.insert("supplier".into(), Confidence::Verified);
    let input = Completeness::gather(&joint(vec![record], vec![shared(Which::All, Which::All, true)]), DAY).unwrap();
    let fields = &input.counts[0].fields;
    assert_eq!((fields["name"].estimated, fields["supplier"].verified), (1, 1));
}

#[test]
fn every_question_of_the_list_is_asked_what_it_lacks() {
    let input = Completeness::gather(&joint(Vec::new(), Vec::new()), DAY).unwrap();
    let asked: Vec<&str> = input.questions.iter().map(|question| question.name.as_str()).collect();
    let listed: Vec<&str> =
        crate::ALL.iter().map(|listed| listed.name).filter(|name| *name != Completeness::NAME).collect();
    assert_eq!(asked, listed);
    assert!(input.questions.iter().all(|question| !question.answerable && !question.needs.is_empty()));
}

#[test]
fn the_due_diligence_list_asks_for_fields_that_the_register_has() {
    let list = Basis::standard().value::<Vec<coverage::Asked>>("due_diligence/checklist", DAY).unwrap();
    for asked in &list.value {
        for part in &asked.answered_by {
            for field in &part.fields {
                assert!(part.kind.field(field).is_some(), "{}: {} has no field {field}", asked.id, part.kind);
            }
        }
    }
}

#[test]
fn an_authority_that_recorded_nothing_is_known_by_nothing() {
    let input = Completeness::gather(&joint(Vec::new(), Vec::new()), DAY).unwrap();
    let outcome = Completeness::analyse(&input, &Basis::standard());
    assert_eq!(outcome.least_coverage(), Some(0.0));
    assert_eq!(outcome.authorities[0].items_without_entries, outcome.items.len());
}

#[test]
fn with_many_partners_the_table_names_the_one_of_which_least_is_known() {
    let codes = ["A", "B", "C", "D", "E"];
    let count = |code: &str, filled: usize| KindCount {
        authority: code.to_owned(),
        kind: Kind::Service,
        entries: 1,
        kept_back: 0,
        fields: ["customers", "users", "annual_cost", "annual_income"]
            .into_iter()
            .take(filled)
            .map(|field| (field.to_owned(), FieldCount { reported: 1, ..FieldCount::default() }))
            .collect(),
    };
    let input = Input {
        on: DAY,
        partners: codes.map(|code| Named::new(code, format!("Council {code}"))).to_vec(),
        counts: codes.iter().map(|code| count(code, if *code == "C" { 1 } else { 4 })).collect(),
        instead: Vec::new(),
        questions: Vec::new(),
    };
    let blocks = Completeness::present(&Completeness::analyse(&input, &Basis::standard()));
    let tables: Vec<_> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let services: Vec<String> =
        tables[1].rows.last().unwrap().cells.iter().map(|cell| cell.figure.value.to_string()).collect();
    assert_eq!(services[1..], ["5", "25%", "Council C", "85%", "0"]);
}
