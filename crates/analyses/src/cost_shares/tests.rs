//! Cases with published answers, and the laws that every way of sharing must keep.

mod gathering;
mod printing;

use coopgame::games::cost::CostGame;
use coopgame::{Domain, verify};
use proptest::prelude::*;

use super::solutions::explicit;
use super::*;
use crate::cases::run_cases;

#[test]
fn published_and_hand_worked_answers_are_met() {
    run_cases::<CostShares>(include_str!("cases.toml"));
}

const CODES: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];

/// A table of any costs for two to five members.
fn any_table() -> impl Strategy<Value = CostTable> {
    (2..=5_usize).prop_flat_map(|count| {
        let costs = prop::collection::vec(0..1_000_u32, (1 << count) - 1);
        costs.prop_map(move |costs| table(count, costs.into_iter().map(f64::from)))
    })
}

/// A table in which all together pay no more than the sum of all apart.
fn worthwhile_table() -> impl Strategy<Value = CostTable> {
    any_table().prop_map(|given| {
        let alone: f64 = (0..given.count()).map(|member| given.alone(member)).sum();
        let mut costs = given.costs().to_vec();
        let all = given.all();
        costs[all] = costs[all].min(alone);
        CostTable::of(given.members().to_vec(), costs)
    })
}

fn table(count: usize, costs: impl Iterator<Item = f64>) -> CostTable {
    let codes = CODES[..count].iter().map(|code| (*code).to_owned()).collect();
    CostTable::of(codes, std::iter::once(0.0).chain(costs).collect())
}

/// The same table with one more member who costs nothing, whomever it joins.
fn with_a_dummy(given: &CostTable) -> CostTable {
    let costs = given.costs().iter().chain(given.costs());
    table(given.count() + 1, costs.skip(1).copied())
}

/// The same table with one member's every coalition dearer by an amount that is its own.
fn dearer(given: &CostTable, member: usize, by: f64) -> CostTable {
    let costs = given.costs().iter().enumerate();
    let costs = costs.map(|(coalition, cost)| if coalition >> member & 1 == 1 { cost + by } else { *cost });
    CostTable::of(given.members().to_vec(), costs.collect())
}

fn every_solution(given: &CostTable) -> Vec<Vec<f64>> {
    let mut solutions = vec![shapley_value(given), separable_costs_remaining_benefits(given)];
    solutions.extend(nucleolus(given));
    solutions
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-3
}

proptest! {
    #[test]
    fn shares_add_up_to_the_cost_of_all(given in any_table()) {
        let mut solutions = every_solution(&given);
        solutions.push(least_core(&given).expect("a bounded programme").1);
        for shares in solutions {
            prop_assert!(near(shares.iter().sum(), given.grand()), "{shares:?}");
        }
    }

    #[test]
    fn shares_in_the_core_leave_nobody_a_reason_to_leave(given in any_table()) {
        for shares in every_solution(&given) {
            let leaving = would_leave(&given, &shares);
            for coalition in 1..given.all() {
                let pay: f64 = given.places(coalition).map(|member| shares[member]).sum();
                let leaves = pay > given.cost(coalition) + given.tolerance();
                let named = leaving.worst.iter().any(|group| group.members == given.codes(coalition));
                prop_assert!(!named || leaves);
                prop_assert!(leaving.count > 20 || named == leaves);
            }
        }
    }

    #[test]
    fn who_adds_nothing_pays_nothing(given in worthwhile_table()) {
        let with = with_a_dummy(&given);
        let shapley = shapley_value(&with);
        prop_assert!(near(shapley[given.count()], 0.0), "{shapley:?}");
        prop_assert!(shapley.iter().zip(shapley_value(&given)).all(|(with, without)| near(*with, without)));
        // Where nobody has a remaining benefit, what is left is shared equally, and no law holds.
        let separable = |member: usize| given.grand() - given.cost(given.all() & !(1 << member));
        if (0..given.count()).any(|member| given.alone(member) > separable(member)) {
            let shares = separable_costs_remaining_benefits(&with);
            prop_assert!(near(shares[given.count()], 0.0), "{shares:?}");
        }
        let nucleolus = nucleolus(&with).expect("together is no dearer than apart");
        prop_assert!(nucleolus[given.count()] < 1e-3, "nobody pays more than alone: {nucleolus:?}");
    }

    #[test]
    fn a_cost_that_is_one_members_own_falls_to_it_alone(
        given in worthwhile_table(), member in 0..5_usize, by in 0..500_u32,
    ) {
        let member = member % given.count();
        let by = f64::from(by);
        let before = every_solution(&given);
        for (after, before) in every_solution(&dearer(&given, member, by)).iter().zip(before) {
            for (place, (after, before)) in after.iter().zip(&before).enumerate() {
                let own = if place == member { by } else { 0.0 };
                prop_assert!(near(*after, before + own), "member {place}: {before} became {after}");
            }
        }
    }

    #[test]
    fn members_who_add_the_same_pay_the_same(sizes in prop::collection::vec(0..1_000_u32, 5)) {
        // What a coalition costs depends on its size alone.
        let costs = (1..32_u32).map(|coalition| f64::from(sizes[coalition.count_ones() as usize - 1]));
        for shares in every_solution(&table(5, costs)) {
            prop_assert!(shares.iter().all(|share| near(*share, shares[0])), "{shares:?}");
        }
    }

    #[test]
    fn the_nucleolus_meets_the_criterion_of_kohlberg(given in worthwhile_table()) {
        let game = CostGame::new(explicit(given.costs()));
        let savings = game.savings_game().expect("finite costs");
        let shares = nucleolus(&given).expect("together is no dearer than apart");
        let report = verify::kohlberg(&savings, &game.to_savings(&shares), Domain::Imputation);
        prop_assert!(report.expect("a bounded programme").satisfied);
    }

    #[test]
    fn the_core_is_empty_exactly_where_the_nucleolus_is_outside_it(given in worthwhile_table()) {
        let (epsilon, shares) = least_core(&given).expect("a bounded programme");
        let worst = |shares: &[f64]| {
            let paid = super::core::sums(shares);
            (1..given.all()).map(|coalition| paid[coalition] - given.cost(coalition)).fold(f64::MIN, f64::max)
        };
        // A certificate: the shares reach the bound, and the nucleolus cannot do better.
        prop_assert!(near(worst(&shares), epsilon));
        let nucleolus = nucleolus(&given).expect("together is no dearer than apart");
        prop_assert!(worst(&nucleolus) > epsilon - 1e-3);
        if epsilon.abs() > 1e-2 {
            prop_assert_eq!(would_leave(&given, &nucleolus).count == 0, epsilon < 0.0);
        }
    }

    #[test]
    fn for_two_every_rule_halves_the_saving(alone in prop::array::uniform2(0..1_000_u32), saved in 0..1_000_u32) {
        let [a, b] = alone.map(f64::from);
        let saved = f64::from(saved).min(a + b);
        let given = table(2, [a, b, a + b - saved].into_iter());
        for shares in every_solution(&given) {
            prop_assert!(near(shares[0], a - saved / 2.0) && near(shares[1], b - saved / 2.0), "{shares:?}");
        }
    }
}

#[test]
fn the_worst_twenty_are_named_and_all_are_counted() {
    // Everybody is better off in any smaller group: 62 groups of six members.
    let given = table(6, (1..64_u32).map(|coalition| if coalition == 63 { 600.0 } else { 1.0 }));
    let leaving = would_leave(&given, &[100.0; 6]);
    assert_eq!((leaving.count, leaving.worst.len()), (62, 20));
    assert_eq!((leaving.worst[0].members.len(), leaving.worst[0].by), (5, 499.0));
}

#[test]
fn a_table_that_is_no_table_is_refused_with_its_reason() {
    let rows = |written: &[(&str, f64)]| table_from_pairs(written).unwrap_err().to_string();
    let whole = [("A", 1.0), ("B", 1.0), ("A+B", 1.0)];
    assert_eq!(rows(&[("A", 1.0)]), "a cost is shared by two members or more, and the table names 1");
    assert_eq!(rows(&[("A", 1.0), ("B", 1.0), ("B + A", f64::NAN)]), "the cost of B+A is not a number");
    assert_eq!(rows(&[whole[0], whole[1], whole[2], ("B+A", 2.0)]), "the coalition B+A has two costs");
    assert_eq!(rows(&[whole[0], whole[1], ("A+A", 2.0)]), "the coalition A+A names a member twice");
    let codes: Vec<String> = (0..21).map(|code| code.to_string()).collect();
    let refused = CostTable::new(&codes, &[]).unwrap_err();
    assert_eq!(refused.to_string(), "the table names 21 members; shares are worked out for at most 20");
    let known = ["A".to_owned(), "B".to_owned()];
    let few = CostTable::from_costs(&known, &[0.0, 1.0, 1.0]).unwrap_err();
    assert_eq!(few.to_string(), "1 of the 3 coalitions have no cost: 2 were given");
    let lost = CostTable::from_costs(&known, &[0.0, 1.0, f64::INFINITY, 1.0]).unwrap_err();
    assert_eq!(lost.to_string(), "the cost of B is not a number");
    let stranger = [Coalition { members: vec!["X".into()], cost: 1.0 }];
    assert_eq!(CostTable::new(&known, &stranger).unwrap_err().to_string(), "X is no member of the partnership");
}

#[test]
fn the_json_has_the_fields_that_the_command_promises() {
    let coalition = |members: &[&str], cost| Coalition {
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        cost,
    };
    let outcome = share(&[coalition(&["B"], 50.0), coalition(&["A"], 60.0), coalition(&["A", "B"], 95.0)]);
    let json = share_json(&outcome.expect("a whole table"));
    assert_eq!(json["members"], serde_json::json!(["B", "A"]));
    assert_eq!(json["cost"]["grand"], 95.0);
    assert_eq!(json["shares"]["equal"]["A"], 47.5);
    assert_eq!(json["shares"]["shapley_value"]["A"], 52.5);
    assert_eq!(json["shares"]["separable_costs_remaining_benefits"]["B"], 42.5);
    assert!((json["shares"]["nucleolus"]["B"].as_f64().expect("a number") - 42.5).abs() < 1e-6);
    assert_eq!(json["in_core"]["shapley_value"], true);
    assert_eq!(json["core_is_empty"], false);
}

#[test]
fn the_nucleolus_is_null_where_together_is_dearer() {
    let rows = [(vec!["A".to_owned()], 1.0), (vec!["B".to_owned()], 1.0), (vec!["A".to_owned(), "B".to_owned()], 3.0)];
    let coalitions = rows.map(|(members, cost)| Coalition { members, cost });
    let json = share_json(&share(&coalitions).expect("a whole table"));
    assert!(json["shares"]["nucleolus"].is_null() && json["in_core"]["nucleolus"].is_null());
    assert_eq!(json["shares"]["shapley_value"]["A"], 1.5);
    assert_eq!((json["core_is_empty"].as_bool(), json["dearer_together"].as_f64()), (Some(true), Some(1.0)));
}
