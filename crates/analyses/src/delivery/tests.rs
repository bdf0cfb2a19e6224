//! The cases, what is gathered, and the laws: totals are the sums of partners, alerts go with their causes.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, FinancialYear, Money};
use penshaw_documents::{ChartKind, Value};
use penshaw_register::{Action, Authority, Baseline, Benefit, Entry, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Owned;

const ON: Date = Date::constant(2016, 5, 1);

fn read<E: Entry>(value: serde_json::Value) -> E {
    serde_json::from_value(value).expect("an entry")
}

fn empty(on: Date) -> Input {
    let input =
        json!({ "on": on, "partners": [{ "code": "SCC", "name": "Sunderland" }, { "code": "DCC", "name": "Durham" }] });
    serde_json::from_value(input).expect("an input")
}

fn answered(input: &Input) -> Outcome {
    Delivery::analyse(input, &Basis::standard())
}

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Delivery>(include_str!("cases.toml"));
}

fn joint(own: Vec<Record>, together: Vec<Record>, choices: Vec<SharingChoice>) -> JointRegister {
    let partnership = Partnership {
        authorities: vec![Authority { code: "SCC".into(), name: "Sunderland".into(), ..Authority::default() }],
        ..Partnership::default()
    };
    let baselines = [Baseline::freeze("SCC", ON, own), Baseline::freeze("partnership", ON, together)];
    join(&partnership, &baselines, &BTreeMap::from([("SCC".to_owned(), choices)]))
}

#[test]
fn with_nothing_to_follow_up_it_is_said_what_to_record_and_who_can() {
    let missing = Delivery::gather(&joint(Vec::new(), Vec::new(), Vec::new()), ON).unwrap_err();
    assert_eq!(missing.needs.len(), 3);
    assert!(missing.needs.iter().any(|need| need.hint.contains("performance.csv")));
}

#[test]
fn a_contract_is_told_of_before_its_notice_day_where_nothing_is_followed_up() {
    let contract = json!({ "title": "Payroll", "ends": "2016-12-31", "notice_months": 3 });
    let all = SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None };
    let joint = joint(vec![recorded(Kind::Contract, "C1", contract)], Vec::new(), vec![all]);
    assert!(Delivery::gather(&joint, ON).is_err());
    let told = alerts(&joint, &Basis::standard(), ON);
    let days: Vec<(AlertKind, Option<Date>)> = told.iter().map(|alert| (alert.kind, alert.due)).collect();
    let (notice, end) = (Date::constant(2016, 9, 30), Date::constant(2016, 12, 31));
    assert_eq!(days, [(AlertKind::ContractNotice, Some(notice)), (AlertKind::ContractEnd, Some(end))]);
}

fn recorded(kind: Kind, reference: &str, fields: serde_json::Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.confidence = Confidence::Reported;
    record.fields = serde_json::from_value(fields).expect("fields");
    record
}

#[test]
fn what_an_owner_keeps_back_never_breaks_the_answer_and_is_said() {
    let month = json!({ "month": "2016-03-01", "priority": "P1", "logged": 12, "closed": 10, "within_target": 9 });
    let test = json!({ "workload": "W1", "tested_on": "2016-03-01", "result": "failed" });
    let own = vec![recorded(Kind::Performance, "PF1", month), recorded(Kind::RecoveryTest, "T1", test)];
    let choice = |fields, shared| SharingChoice { kind: None, records: Which::All, fields, shared, instead: None };
    let hidden = Which::Only(vec!["closed".into(), "result".into()]);
    let joint = joint(own, Vec::new(), vec![choice(Which::All, true), choice(hidden, false)]);
    let outcome = answered(&Delivery::gather(&joint, ON).unwrap());
    assert_eq!((outcome.performance[0].months[0].logged, outcome.performance[0].months[0].share), (Some(12), None));
    assert_eq!(outcome.recoveries[0].result, None);
    assert!(outcome.alerts.iter().all(|alert| alert.kind != AlertKind::RecoveryFailed), "nobody knows that it failed");
    let ran = crate::find("delivery").unwrap().run(&joint, ON, &Basis::standard()).unwrap();
    assert!(
        serde_json::to_string(&ran.blocks).unwrap().contains("Performance, Closed: 1 figure kept back and left out")
    );
}

#[test]
fn partners_keep_their_order_whatever_their_figures() {
    let mut input = empty(ON);
    let month = |owner: &str, within: u64| Owned {
        owner: owner.into(),
        entry: read(
            json!({ "reference": "PF1", "month": "2016-03-01", "priority": "P1", "closed": 10, "within_target": within }),
        ),
    };
    for (first, second) in [(1, 9), (9, 1)] {
        input.performance = vec![month("DCC", second), month("SCC", first)];
        let order: Vec<String> = answered(&input).performance.into_iter().map(|one| one.authority).collect();
        assert_eq!(order, ["SCC", "DCC"]);
    }
}

#[test]
fn the_answer_is_a_sentence_and_the_chart_carries_its_table() {
    let mut input = empty(ON);
    input.benefits = vec![benefit(0, "SCC", true, &[(2014, 100, 50, 10), (2015, 100, 75, 0)])];
    let blocks = Delivery::present(&answered(&input));
    let Block::Paragraph { text, .. } = &blocks[0] else { panic!("the answer comes first") };
    let said = text[0].plain();
    assert!(
        said.contains("£125.00 of £200.00 of cash-releasing benefits promised to date has been realised (62.5%"),
        "{said}"
    );
    let chart = blocks.iter().find_map(|block| match block {
        Block::Chart(chart) => Some(chart),
        _ => None,
    });
    let chart = chart.expect("benefits have a chart");
    let ChartKind::Lines { steps, series } = &chart.kind else { panic!("lines") };
    assert_eq!(
        (steps.as_slice(), &series[1].values),
        (&["2014/15".to_owned(), "2015/16".to_owned()][..], &vec![50.0, 125.0])
    );
    let last = chart.table.rows.last().unwrap();
    assert_eq!(last.cells[5].figure.value, Value::Money(Money::from_pounds(115)));
    assert!(!last.cells[5].figure.sources.is_empty());
}

#[test]
fn an_alert_has_the_same_id_whenever_it_is_asked() {
    let mut input = empty(Date::constant(2014, 9, 25));
    input.actions = vec![action(0, Some(Date::constant(2014, 9, 30)), None)];
    let before = answered(&input).alerts;
    input.on = Date::constant(2015, 1, 1);
    let after = answered(&input).alerts;
    assert_eq!((before[0].severity, after[0].severity), (AlertSeverity::Soon, AlertSeverity::Overdue));
    assert_eq!(before[0].id, after[0].id);
}

#[test]
fn without_the_parameter_the_rest_is_still_answered() {
    let mut input = empty(Date::constant(1999, 1, 1));
    input.actions = vec![action(0, Some(Date::constant(1998, 1, 1)), None)];
    let outcome = answered(&input);
    assert_eq!((outcome.areas[0].overdue, outcome.alerts.len()), (1, 0));
    assert!(outcome.findings.iter().any(|finding| finding.what.contains("delivery/alerts")));
}

fn action(number: usize, due: Option<Date>, done: Option<Date>) -> Action {
    let reference = format!("AC{number}");
    read(
        json!({ "reference": reference, "area": "AR1", "statement": "Move it", "authority": "SCC", "due": due, "done": done }),
    )
}

/// A benefit of one partner: pounds promised, realised and spent by the year that starts.
fn benefit(number: usize, authority: &str, shown: bool, years: &[(i16, i64, i64, i64)]) -> Benefit {
    let amounts = |of: fn(&(i16, i64, i64, i64)) -> i64| -> BTreeMap<FinancialYear, Money> {
        years.iter().map(|row| (FinancialYear::starting(row.0), Money::from_pounds(of(row)))).collect()
    };
    read(json!({
        "reference": format!("BN{number}"), "name": "A benefit", "authority": authority, "nature": "cash-releasing",
        "baseline": shown.then_some("2014-03-31"), "evidence": "Outturn",
        "promised": amounts(|row| row.1), "realised": amounts(|row| row.2), "transition_costs": amounts(|row| row.3),
    }))
}

/// Whether it is Sunderland's, whether it has a baseline, and by year what was promised, realised and paid for it.
type SomeBenefit = (bool, bool, Vec<(i16, i64, i64, i64)>);

fn some_benefits() -> impl Strategy<Value = Vec<SomeBenefit>> {
    let years = prop::collection::vec((2012_i16..2020, 0_i64..1000, -100_i64..1000, 0_i64..500), 0..5);
    prop::collection::vec((any::<bool>(), any::<bool>(), years), 0..8)
}

fn some_day() -> impl Strategy<Value = Date> {
    (2014_i16..2018, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

proptest! {
    #[test]
    fn the_partners_add_up_to_the_total_in_every_year_and_to_date(some in some_benefits()) {
        let mut input = empty(ON);
        input.benefits = some.iter().enumerate().map(|(number, (first, shown, years))| {
            benefit(number, if *first { "SCC" } else { "DCC" }, *shown, years)
        }).collect();
        for nature in answered(&input).benefits.natures {
            for (place, total) in nature.years.iter().enumerate() {
                let sum = |of: fn(&YearBenefits) -> Money| -> Money { nature.partners.iter().map(|one| of(&one.years[place])).sum() };
                prop_assert_eq!(sum(|row| row.promised), total.promised);
                prop_assert_eq!(sum(|row| row.realised), total.realised);
                prop_assert_eq!(sum(|row| row.cumulative_net), total.cumulative_net);
                prop_assert_eq!(total.net, total.realised - total.transition_costs);
            }
            let net: Money = nature.partners.iter().map(|one| one.to_date.net).sum();
            prop_assert_eq!(net, nature.to_date.net);
        }
    }

    #[test]
    fn what_is_realised_and_what_is_left_out_add_up_to_what_is_recorded(some in some_benefits()) {
        let mut input = empty(ON);
        input.benefits = some.iter().enumerate().map(|(number, (_, shown, years))| benefit(number, "SCC", *shown, years)).collect();
        let recorded: Money = input.benefits.iter().flat_map(|one| one.realised.values().copied()).sum();
        let benefits = answered(&input).benefits;
        let shown: Money = benefits.natures.iter().flat_map(|nature| &nature.years).map(|row| row.realised).sum();
        prop_assert_eq!(shown + benefits.not_shown_amount, recorded);
    }

    #[test]
    fn an_alert_disappears_when_its_cause_does_and_no_other_alert_with_it(
        days in prop::collection::vec(prop::option::of(some_day()), 1..8), on in some_day(), done in any::<prop::sample::Index>(),
    ) {
        let mut input = empty(on);
        input.actions = days.iter().enumerate().map(|(number, due)| action(number, *due, None)).collect();
        let before = answered(&input).alerts;
        let done = done.index(days.len());
        input.actions[done].done = Some(on);
        let after = answered(&input).alerts;
        let gone = format!("action/partnership/AC{done}");
        let expected: Vec<Alert> = before.into_iter().filter(|alert| alert.id != gone).collect();
        prop_assert_eq!(after, expected);
    }

    #[test]
    fn a_recovery_that_passes_later_takes_the_grave_alert_away(failed in some_day(), passed in some_day()) {
        let mut input = empty(Date::constant(2018, 1, 1));
        let test = |reference: &str, day: Date, result: &str| Owned {
            owner: "SCC".into(),
            entry: read(json!({ "reference": reference, "workload": "W1", "tested_on": day, "result": result })),
        };
        input.tests = vec![test("T1", failed, "failed"), test("T2", passed, "passed")];
        let grave = answered(&input).alerts.iter().any(|alert| alert.kind == AlertKind::RecoveryFailed);
        prop_assert_eq!(grave, failed >= passed);
    }
}
