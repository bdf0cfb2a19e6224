//! Prints how long the plan of a large register takes: `contracts_rate [CONTRACTS] [SEED] [PROBLEM.json]`, JSON on stdout.
//!
//! With a third argument it writes the plan's problem there, for another solver to solve.

use std::time::Instant;

use penshaw_analyses::contracts::{Contracts, Input, scheduling_problem};
use penshaw_analyses::{Analysis, Named};
use penshaw_basis::{Basis, Date};
use penshaw_numerics::scheduling::{Group, Problem, Way};
use serde_json::{Value, json};

const ON: Date = Date::constant(2026, 4, 1);
const PARTNERS: [&str; 6] = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"];

/// A row of numbers that looks random and is always the same (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

fn contract(number: usize, suppliers: u64, numbers: &mut Numbers) -> Value {
    let yearly = (numbers.below(100) + 4) * (numbers.below(40) + 1) * 10_000;
    let months = i64::try_from(1 + numbers.below(54)).unwrap_or(1);
    let ends = ON.saturating_add(jiff::Span::new().months(months)).last_of_month();
    let starts = ends.saturating_sub(jiff::Span::new().months(numbers.one_of(&[24, 36, 48, 60])));
    let regimes = ["Procurement Act 2023", "Public Contracts Regulations 2015", "below threshold"];
    json!({ "owner": numbers.one_of(&PARTNERS), "entry": {
        "reference": format!("C{number}"),
        "title": format!("Contract {number}"),
        "supplier": format!("Supplier {} Ltd", numbers.below(suppliers)),
        "starts": starts,
        "ends": ends,
        "annual_value": yearly,
        "value": yearly * numbers.one_of(&[2, 3, 4, 5]),
        "notice_months": numbers.one_of(&[1, 3, 6, 12]),
        "extension_months": numbers.one_of(&[0, 0, 0, 6, 12, 24]),
        "bridging_price": numbers.one_of(&[0.05, 0.1, 0.2, 0.4]),
        "termination_cost": (numbers.below(3) == 0).then(|| yearly * numbers.below(80) / 100),
        "regime": numbers.one_of(&regimes),
    } })
}

fn main() {
    let argument = |place: usize| std::env::args().nth(place);
    let number = |place: usize, usual: u64| argument(place).map_or(usual, |text| text.parse().expect("a whole number"));
    let (contracts, seed) = (number(1, 1_000), number(2, 1));
    let mut numbers = Numbers(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let made: Vec<Value> =
        (0..contracts as usize).map(|place| contract(place, contracts.div_ceil(4), &mut numbers)).collect();
    let partners: Vec<Named> = PARTNERS.iter().map(|code| Named::new(*code, *code)).collect();
    let input = json!({ "on": ON, "partners": partners, "contracts": made });
    let input: Input = serde_json::from_value(input).expect("an input");
    let basis = Basis::standard();
    if let Some(path) = argument(3) {
        let problem = scheduling_problem(&input, &basis).expect("contracts can be planned");
        std::fs::write(path, told(&problem).to_string()).expect("the problem can be written");
    }
    let begun = Instant::now();
    let outcome = Contracts::analyse(&input, &basis);
    let seconds = begun.elapsed().as_secs_f64();
    let plan = &outcome.plans[0];
    println!(
        "{}",
        json!({
            "contracts": contracts, "planned": outcome.counts.planned, "groups": plan.groups.len(), "seconds": seconds,
            "procurements": plan.procurements, "cost": plan.cost, "bound": plan.bound, "apart": plan.apart,
            "proved": plan.proved, "nodes": plan.nodes,
            "together": plan.steps.iter().filter(|step| step.together).count(),
        })
    );
}

/// The problem as JSON, amounts in pence.
fn told(problem: &Problem) -> Value {
    let ways =
        |ways: &[Way]| -> Vec<Value> { ways.iter().map(|way| json!({ "cost": way.cost, "uses": way.uses })).collect() };
    let group = |group: &Group| {
        let things: Vec<Value> = group
            .things
            .iter()
            .map(|thing| {
                json!({
                    "apart": ways(&thing.apart),
                    "together": thing.together.iter().map(|of_date| ways(of_date)).collect::<Vec<_>>(),
                    "reductions": thing.reductions,
                })
            })
            .collect();
        let dates: Vec<Value> = group
            .dates
            .iter()
            .map(|date| json!({ "cost": date.cost, "uses": date.uses, "enough": date.enough }))
            .collect();
        json!({ "dates": dates, "things": things })
    };
    json!({ "capacities": problem.capacities, "groups": problem.groups.iter().map(group).collect::<Vec<_>>() })
}
