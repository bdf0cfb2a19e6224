//! The cases, what is gathered, and the laws: a plan keeps its limits, adds up, and is no dearer than what it replaces.

use std::collections::BTreeMap;

use penshaw_basis::{Estimate, Money};
use penshaw_register::{Authority, Baseline, Partnership, Record, SharingChoice, Which, join};
use proptest::prelude::*;
use serde_json::json;

use super::*;

const ON: Date = Date::constant(2026, 4, 1);

#[test]
fn the_cases_hold() {
    crate::cases::run_cases::<Contracts>(include_str!("cases.toml"));
}

fn joint(records: Vec<Record>, choices: Vec<SharingChoice>) -> JointRegister {
    let authority = |code: &str, name: &str| Authority { code: code.into(), name: name.into(), ..Authority::default() };
    let partnership = Partnership {
        authorities: vec![authority("SCC", "Sunderland"), authority("DCC", "Durham")],
        ..Partnership::default()
    };
    join(&partnership, &[Baseline::freeze("SCC", ON, records)], &BTreeMap::from([("SCC".to_owned(), choices)]))
}

fn record(kind: Kind, reference: &str, fields: serde_json::Value) -> Record {
    let mut record = Record::new(kind, reference);
    record.fields = serde_json::from_value(fields).expect("fields");
    record
}

#[test]
fn without_contracts_each_partner_is_asked_for_them() {
    let missing = Contracts::gather(&joint(Vec::new(), Vec::new()), ON).unwrap_err();
    assert_eq!(missing.needs.iter().map(|need| need.of.as_str()).collect::<Vec<_>>(), ["SCC", "DCC"]);
}

#[test]
fn a_price_that_is_kept_back_is_in_no_plan_and_that_is_said() {
    let contract = json!({ "title": "Payroll", "supplier": "A", "ends": "2027-03-31", "annual_value": 100_000 });
    let choice = |fields, shared| SharingChoice { kind: None, records: Which::All, fields, shared, instead: None };
    let choices = vec![choice(Which::All, true), choice(Which::Only(vec!["annual_value".into()]), false)];
    let joint = joint(vec![record(Kind::Contract, "C1", contract)], choices);
    let ran = crate::find("contracts").unwrap().run(&joint, ON, &Basis::standard()).unwrap();
    let said = serde_json::to_string(&ran.blocks).unwrap();
    assert!(said.contains("Contracts, Annual value: 1 figure kept back and left out"), "{said}");
    assert!(said.contains("has neither an annual value nor a value with both days"), "{said}");
}

#[test]
fn the_answer_begins_with_the_first_notice_day_and_has_its_picture() {
    let outcome = answered(&some_contracts(&[(6, 12, 100_000, 6), (20, 0, 50_000, 3)]));
    let blocks = Contracts::present(&outcome);
    let Block::Paragraph { text, .. } = &blocks[0] else { panic!("the answer comes first") };
    let said: String = text.iter().map(penshaw_documents::Inline::plain).collect();
    assert!(
        said.starts_with("1 notice day lies in the next 12 months; it is on 1 April 2026, on “Contract 0”"),
        "{said}"
    );
    assert!(blocks.iter().any(|block| matches!(block, Block::Chart(_))));
    assert!(matches!(blocks.last(), Some(Block::Note { label, .. }) if label == "Not legal advice"));
}

fn answered(input: &Input) -> Outcome {
    Contracts::analyse(input, &Basis::standard())
}

/// Contracts of one supplier: months until each ends, months that it may be extended, pounds a year, months of notice.
fn some_contracts(each: &[(i64, u32, i64, u32)]) -> Input {
    let contract = |(number, (ends, extension, yearly, notice)): (usize, &(i64, u32, i64, u32))| {
        let ends = ON.saturating_add(jiff::Span::new().months(*ends));
        json!({ "owner": if number % 2 == 0 { "SCC" } else { "DCC" }, "entry": {
            "reference": format!("C{number}"), "title": format!("Contract {number}"), "supplier": "Example Software Ltd",
            "starts": "2023-04-01", "ends": ends, "extension_months": extension, "annual_value": yearly * 100,
            "value": yearly * 400, "notice_months": notice, "regime": "Procurement Act 2023",
            "termination_cost": (number % 3 == 0).then_some(yearly * 10),
        } })
    };
    let input = json!({ "on": ON, "partners": [{ "code": "SCC", "name": "Sunderland" }, { "code": "DCC", "name": "Durham" }],
        "contracts": each.iter().enumerate().map(contract).collect::<Vec<_>>() });
    serde_json::from_value(input).expect("an input")
}

fn near(one: Estimate, other: Estimate) -> bool {
    (one.pounds() - other.pounds()).abs() < 0.01
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_adds_up_costs_no_more_than_apart_and_keeps_the_term(
        each in prop::collection::vec((1_i64..50, prop::sample::select(vec![0_u32, 6, 12, 24]), 1_000_i64..200_000, 0_u32..12), 2..7),
    ) {
        let input = some_contracts(&each);
        let outcome = answered(&input);
        let Some(plan) = outcome.plans.first() else { return Ok(()) };
        prop_assert!(plan.proved && near(plan.bound, plan.cost));
        prop_assert!(plan.cost.pounds() <= plan.apart.pounds() + 0.01);
        prop_assert_eq!(plan.steps.len(), input.contracts.len());
        let total: Estimate = plan.steps.iter().map(|step| step.costs.total()).sum();
        prop_assert!(near(total, plan.cost), "{:?} and {:?}", total, plan.cost);
        for step in plan.steps.iter().filter(|step| step.together) {
            prop_assert_eq!(Some(step.new_end), plan.groups[0].ends);
            let term = outcome.terms.iter().find(|term| term.source == step.source).unwrap();
            match step.means {
                Means::OwnTerms => prop_assert!(term.extends_to.is_some_and(|last| step.new_end <= last)),
                Means::Overlap | Means::Terminate => prop_assert!(step.new_end < step.ends),
                Means::RunsOut => prop_assert_eq!(step.new_end, step.ends),
                _ => prop_assert!(step.new_end > step.ends),
            }
            if step.means == Means::Terminate {
                prop_assert!(step.act_by >= ON);
            }
        }
        let offered: Money = outcome.opportunities.iter().flat_map(|one| &one.amounts).map(|amount| amount.likely).sum();
        if plan.groups[0].ends.is_some() {
            prop_assert!((offered.pounds() - plan.saving().pounds()).abs() < 400.0 * 0.01 * plan.steps.len() as f64 + 200.0);
        }
    }

    #[test]
    fn no_number_of_the_record_breaks_the_answer(
        notice in prop::sample::select(vec![0.0, 0.5, 6.0, 1e9, -3.0, f64::MAX]),
        extension in prop::sample::select(vec![0.0, 1.5, 1e12, -1.0, f64::MIN]),
        bridging in prop::sample::select(vec![0.0, 0.1, 1e9, -5.0]),
        value in prop::sample::select(vec![0_i64, -5, 1, i64::MAX / 4]),
        (starts, ends) in ((1_i16..3000, 1_i8..=12), (1_i16..3000, 1_i8..=12)),
    ) {
        let mut input = some_contracts(&[(6, 12, 100_000, 6), (20, 0, 50_000, 3)]);
        let contract = &mut input.contracts[0].entry;
        (contract.notice_months, contract.extension_months, contract.bridging_price) = (Some(notice), Some(extension), Some(bridging));
        (contract.value, contract.annual_value) = (Some(Money::from_pence(value)), Some(Money::from_pence(value / 3)));
        contract.starts = Some(Date::constant(starts.0, starts.1, 1));
        contract.ends = Some(Date::constant(ends.0, ends.1, 28));
        let outcome = answered(&input);
        prop_assert_eq!(outcome.terms.len(), 2);
        prop_assert!(!Contracts::present(&outcome).is_empty());
    }
}
