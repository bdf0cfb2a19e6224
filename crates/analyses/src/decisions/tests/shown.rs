//! Tests of the table of decisions, of the alerts, and of what a joint committee outside SI 2012/2089 may publish.

use std::collections::BTreeMap;

use penshaw_documents::Table;
use penshaw_register::{Authority, Baseline, Kind, Record, SharingChoice, Which};
use serde_json::{Value, json};

use super::*;

const DONCASTER: &str = "City of Doncaster Council";

/// What becomes of the decisions of Doncaster, whose thresholds are recorded, under a basis.
fn asked(basis: &Basis, on: Date, decision: Value, meeting: Value) -> Outcome {
    let input = json!({
        "on": on,
        "partners": [{ "code": "DON", "name": DONCASTER }],
        "meetings": [{ "owner": "DON", "entry": meeting }],
        "decisions": [{ "owner": "DON", "entry": decision }],
    });
    Decisions::analyse(&serde_json::from_value(input).unwrap(), basis)
}

fn meeting() -> Value {
    json!({ "reference": "M1", "body": "Cabinet", "date": "2014-06-18", "standing": "held", "notice_published": "2014-06-10",
        "agenda_published": "2014-06-10" })
}

fn decisions_table(outcome: &Outcome) -> Table {
    let mut tables = Decisions::present(outcome).into_iter().filter_map(|block| match block {
        Block::Table(table) if table.id == "decisions" => Some(table),
        _ => None,
    });
    tables.next().expect("the decisions are a table")
}

#[test]
fn a_decision_takes_six_columns_and_keeps_every_fact() {
    let decision = json!({ "reference": "D1", "title": "Shared ICT", "matter": "Close it down", "meeting": "M1",
        "decision_maker": "Cabinet", "key": true, "route": "special urgency", "outcome": "agreed",
        "decided_on": "2014-06-18", "statement_published": "2014-06-20" });
    let outcome = asked(&Basis::standard(), day(2014, 6, 23), decision, meeting());
    let table = decisions_table(&outcome);
    let shown: Vec<String> = table.rows[0].cells.iter().map(|cell| cell.figure.value.to_string()).collect();
    assert_eq!(
        shown,
        [
            DONCASTER,
            "D1 Shared ICT (Cabinet)",
            "yes, by special urgency",
            "18 June 2014",
            "open to call-in",
            "Call-in ends 27 June 2014; takes effect 28 June 2014",
        ]
    );
}

#[test]
fn the_table_says_from_when_a_decision_may_be_made_and_that_part_va_asks_for_no_notice() {
    let decision = |taken_by: &str, key: Option<bool>| {
        json!({ "reference": "D1", "title": "Shared ICT", "matter": "Close it down", "meeting": "M1", "key": key,
            "route": "general exception", "taken_by": taken_by })
    };
    let notice = json!({ "reference": "N1", "decision": "D1", "of": "general exception", "published": "2014-06-09",
        "reasons": "Late", "informed": "Chair of scrutiny", "informed_on": "2014-06-09" });
    let shown = |decision: Value| {
        let input = json!({ "on": day(2014, 6, 12), "meetings": [{ "owner": "DON", "entry": meeting() }],
            "decisions": [{ "owner": "DON", "entry": decision }], "notices": [{ "owner": "DON", "entry": notice.clone() }] });
        let outcome = Decisions::analyse(&serde_json::from_value(input).unwrap(), &Basis::standard());
        let cells = decisions_table(&outcome).rows.remove(0).cells;
        (cells[2].figure.value.to_string(), cells[4].figure.value.to_string())
    };
    let by_the_executive = shown(decision("executive", Some(true)));
    assert_eq!(
        by_the_executive,
        ("yes, by general exception".into(), "ready for its day; may be made from 17 June 2014".into())
    );
    let mixed = "joint committee not all of the executive";
    assert_eq!(
        shown(decision(mixed, Some(true))),
        ("yes; Part VA asks for no notice".into(), "ready for its day".into())
    );
    assert_eq!(shown(decision(mixed, None)).0, "not asked by Part VA");
}

#[test]
fn the_number_of_wards_is_the_constitution_s_own_else_the_parameter_s() {
    let not_key =
        || json!({ "reference": "D1", "title": "Shared ICT", "matter": "Close it down", "key": false, "wards": 2 });
    let stops = |basis: &Basis| asked(basis, day(2014, 6, 12), not_key(), meeting()).decisions.remove(0).stops;
    let reached = "it is said not to be a key decision, and it affects 2 wards, where 2 or more make a key decision";
    assert_eq!(stops(&Basis::standard())[0].what, reached);
    let text =
        include_str!("../../../../../parameters/decisions/key_decision_wards.toml").replace("value = 2", "value = 3");
    let files = BTreeMap::from([("decisions/key_decision_wards.toml".to_owned(), text)]);
    assert!(stops(&Basis::with_overlay(&files).unwrap()).is_empty());
    let wards = |authority: &str| book().meant(authority, day(2020, 1, 6)).unwrap().wards;
    assert_eq!((wards("Cheshire East"), wards("Doncaster")), (1, 2));
}

#[test]
fn a_joint_committee_under_part_va_may_publish_what_it_resolved_without_a_statement() {
    let made = |taken_by: &str| -> Decision {
        serde_json::from_value(json!({ "reference": "D1", "title": "Shared ICT", "matter": "Close it down",
            "taken_by": taken_by, "outcome": "agreed", "decided_on": "2014-06-18", "resolution": "That it be closed down" }))
        .unwrap()
    };
    assert!(missing_in_statement(&made("joint committee not all of the executive")).is_empty());
    assert_eq!(missing_in_statement(&made("joint committee")).len(), 4);
    let bare: Decision =
        serde_json::from_value(json!({ "reference": "D1", "taken_by": "joint committee not all of the executive" }))
            .unwrap();
    assert_eq!(missing_in_statement(&bare).len(), 3);
}

#[test]
fn steps_are_alerted_within_the_parameter_s_days_and_all_of_them_where_it_cannot_be_read() {
    let record = |kind, reference: &str, fields: Value| {
        let Value::Object(fields) = fields else { panic!("fields are an object") };
        Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
    };
    let on = day(2014, 5, 20);
    let records = vec![
        record(Kind::Meeting, "M1", json!({ "body": "Cabinet", "date": "2014-06-18", "standing": "planned" })),
        record(
            Kind::Decision,
            "D1",
            json!({ "title": "Shared ICT", "matter": "Close it down", "meeting": "M1", "key": true }),
        ),
    ];
    let don = Authority { code: "DON".into(), name: DONCASTER.into(), ..Authority::default() };
    let partnership = Partnership { authorities: vec![don], ..Partnership::default() };
    let all = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None };
    let choices = BTreeMap::from([("DON".to_owned(), vec![all])]);
    let joint = join(&partnership, &[Baseline::freeze("DON", on, records)], &choices);
    let due = |basis: &Basis| alerts(&joint, basis, on).iter().filter_map(|alert| alert.due).collect::<Vec<Date>>();
    // The notice is due today; the papers on 10 June, three weeks on.
    assert_eq!(due(&Basis::standard()), [day(2014, 5, 20)]);
    let text =
        include_str!("../../../../../parameters/decisions/alerts.toml").replace("value = 14", "value = \"soon\"");
    let files = BTreeMap::from([("decisions/alerts.toml".to_owned(), text)]);
    let unread = Basis::with_overlay(&files).unwrap();
    assert_eq!(due(&unread), [day(2014, 5, 20), day(2014, 6, 10), day(2014, 6, 10)]);
}
