//! The fast way against the plain one on small problems, and what is refused.

use proptest::prelude::*;

use super::*;

const PERIODS: usize = 4;

fn way() -> impl Strategy<Value = Way> {
    (0_u32..40, prop::collection::btree_set(0..PERIODS, 0..3))
        .prop_map(|(cost, uses)| Way { cost: f64::from(cost), uses: uses.into_iter().collect() })
}

fn thing(dates: usize) -> impl Strategy<Value = Thing> {
    let together = prop::collection::vec(prop::collection::vec(way(), 0..3), dates);
    let reductions = prop::collection::vec((0_u32..12).prop_map(f64::from), dates);
    (prop::collection::vec(way(), 1..3), together, reductions).prop_map(|(apart, together, reductions)| Thing {
        apart,
        together,
        reductions,
    })
}

fn group() -> impl Strategy<Value = Group> {
    (0_usize..3).prop_flat_map(|dates| {
        let date = (0_u32..30, prop::collection::btree_set(0..PERIODS, 0..3), 0_usize..4);
        let date = date.prop_map(|(cost, uses, enough)| CommonDate {
            cost: f64::from(cost),
            uses: uses.into_iter().collect(),
            enough,
        });
        (prop::collection::vec(date, dates), prop::collection::vec(thing(dates), 0..4))
            .prop_map(|(dates, things)| Group { dates, things })
    })
}

fn problem() -> impl Strategy<Value = Problem> {
    (prop::collection::vec(group(), 0..3), prop::collection::vec(0_u32..5, PERIODS))
        .prop_map(|(groups, capacities)| Problem { groups, capacities })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_search_finds_what_trying_all_finds_and_proves_it(problem in problem()) {
        match (solve(&problem, &Effort::default()), solve_by_enumeration(&problem)) {
            (Ok(found), Ok(best)) => {
                prop_assert!((found.cost - best.cost).abs() < 1e-6, "{} found, {} is the least", found.cost, best.cost);
                prop_assert!(found.proved && found.bound <= found.cost + 1e-6 && found.bound > found.cost - 1e-3);
                prop_assert!(verify(&problem, &found).is_ok(), "{:?}", verify(&problem, &found));
                prop_assert!(verify(&problem, &best).is_ok());
            }
            (Err(_), Err(_)) => {}
            (found, best) => prop_assert!(false, "{found:?} and {best:?}"),
        }
    }
}

#[test]
fn an_answer_that_runs_too_much_or_costs_something_else_is_told() {
    let thing = |cost: f64| Thing { apart: vec![Way { cost, uses: vec![0] }], ..Thing::default() };
    let group = Group { dates: Vec::new(), things: vec![thing(1.0), thing(2.0)] };
    let problem = Problem { groups: vec![group], capacities: vec![2] };
    let solution = solve(&problem, &Effort::default()).unwrap();
    assert_eq!(verify(&problem, &solution), Ok(3.0));
    let dearer = Solution { cost: 4.0, ..solution.clone() };
    assert_eq!(verify(&problem, &dearer), Err(Fault::Cost { found: 3.0, said: 4.0 }));
    let narrow = Problem { capacities: vec![1], ..problem };
    assert_eq!(verify(&narrow, &solution), Err(Fault::TooMuch { period: 0, used: 2, most: 1 }));
    assert!(solve(&narrow, &Effort::default()).is_err());
}

#[test]
fn what_is_not_well_formed_is_refused() {
    let nowhere = Thing { apart: vec![Way { cost: 0.0, uses: vec![3] }], ..Thing::default() };
    let without = Thing::default();
    for thing in [nowhere, without] {
        let group = Group { dates: Vec::new(), things: vec![thing] };
        let problem = Problem { groups: vec![group], capacities: vec![1] };
        assert!(matches!(solve(&problem, &Effort::default()), Err(Infeasible::Malformed(_))));
    }
}
