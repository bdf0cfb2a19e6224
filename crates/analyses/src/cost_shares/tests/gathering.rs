//! What is taken from a register, and what is asked for where it falls short.

use std::collections::BTreeMap;

use penshaw_basis::Basis;
use penshaw_register::{Authority, Baseline, Kind, Partnership, Record, join};
use serde_json::{Value, json};

use super::*;

const DAY: Date = Date::constant(2014, 6, 18);

fn record(kind: Kind, reference: &str, fields: Value) -> Record {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    Record { fields: fields.into_iter().collect(), ..Record::new(kind, reference) }
}

fn coalition(reference: &str, members: &[&str], pounds: i64) -> Record {
    record(Kind::CoalitionCost, reference, json!({ "coalition": members, "cost": pounds * 100 }))
}

fn option(key: Value) -> Record {
    let mut fields = json!({
        "name": "Shared service", "role": "preferred way forward", "course": "integrate",
        "starts": "2014/15", "years": 2,
    });
    fields["cost_key"] = key;
    record(Kind::CourseOption, "O3", fields)
}

fn joint_line(reference: &str, flow: &str, timing: &str, amounts: Value) -> Record {
    record(
        Kind::Line,
        reference,
        json!({
            "option": "O3", "authority": "joint", "description": "d", "flow": flow, "timing": timing, "amounts": amounts,
            "range": "triangular", "low": 0.5, "likely": 1.0, "high": 3.0,
        }),
    )
}

fn partnership(budget: Option<i64>) -> Partnership {
    let authority = |code: &str, users| Authority {
        code: code.into(),
        name: format!("{code} Council"),
        users: Some(users),
        annual_budget: budget.map(penshaw_basis::Money::from_pounds),
        ..Authority::default()
    };
    Partnership { authorities: vec![authority("A", 300), authority("B", 100)], ..Partnership::default() }
}

fn gathered(partnership: &Partnership, records: Vec<Record>) -> Result<Input, Missing> {
    let baseline = Baseline::freeze(penshaw_register::PARTNERSHIP, DAY, records);
    CostShares::gather(&join(partnership, &[baseline], &BTreeMap::new()), DAY)
}

#[test]
fn recorded_coalition_costs_are_used_and_cited() {
    let records = vec![
        coalition("K1", &["A"], 60),
        coalition("K2", &["B"], 50),
        coalition("K3", &["B", "A"], 95),
        option(json!("users")),
    ];
    let input = gathered(&partnership(None), records).expect("a whole table");
    let outcome = CostShares::analyse(&input, &Basis::standard());
    assert_eq!((outcome.grand_cost, outcome.key_in_force), (95.0, Some(Method::Users)));
    assert_eq!(outcome.methods[&Method::Users].shares["A"], 71.25);
    assert_eq!(outcome.sources[0].to_string(), "partnership/K1");
}

#[test]
fn a_coalition_without_a_cost_is_asked_for() {
    let records = vec![coalition("K1", &["A"], 60), coalition("K2", &["B"], 50)];
    let missing = gathered(&partnership(None), records).unwrap_err();
    assert_eq!(missing.needs[0].what, "1 of the 3 coalitions have no cost: A+B");
}

#[test]
fn without_coalition_costs_the_options_lines_are_rerun() {
    let records = vec![
        option(json!("users")),
        joint_line("L1", "cost", "one-off", json!({ "2014/15": 20_000 })),
        joint_line("L2", "cash-releasing benefit", "recurring", json!({ "2014/15": 80_000 })),
    ];
    let input = gathered(&partnership(Some(1_000)), records).expect("lines and budgets");
    let outcome = CostShares::analyse(&input, &Basis::standard());
    // The mean of the range is 1.5 times the amount: £300 once, £1,200 saved.
    assert!((outcome.saving - 900.0).abs() < 1e-9, "{}", outcome.saving);
    let shares = &outcome.methods[&Method::Users].shares;
    assert!((outcome.stand_alone["A"] - shares["A"] - 675.0).abs() < 1e-9);
    assert!(outcome.cautions.is_empty(), "{:?}", outcome.cautions);
    assert!(outcome.sources.iter().any(|source| source.to_string().contains("standard_discount_rate")));
}

#[test]
fn budgets_and_figures_that_are_lacking_are_asked_for_all_at_once() {
    let records = vec![option(json!("devices")), joint_line("L1", "cost", "one-off", json!({ "2014/15": 20_000 }))];
    let missing = gathered(&partnership(None), records).unwrap_err();
    let of: Vec<&str> = missing.needs.iter().map(|need| need.of.as_str()).collect();
    assert_eq!(of, ["A", "B", "partnership"]);
    assert!(missing.needs[2].what.ends_with("No partner's number of devices is recorded"), "{}", missing.needs[2].what);
}

#[test]
fn nobody_shares_alone_or_without_an_option() {
    let mut alone = partnership(None);
    alone.authorities.truncate(1);
    assert_eq!(gathered(&alone, Vec::new()).unwrap_err().needs[0].what, "two authorities or more");
    let missing = gathered(&partnership(None), Vec::new()).unwrap_err();
    assert!(missing.needs[0].what.starts_with("an option in which the partners share"));
}
