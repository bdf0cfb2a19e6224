//! Cases with published answers, the laws of the indices, and the agreement.

mod drawn_up;
mod gathering;

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Date};
use penshaw_documents::Block;
use penshaw_register::{Partnership, join};
use proptest::prelude::*;
use serde_json::json;

use super::power::indices;
use super::*;

const ON: Date = Date::constant(2014, 6, 18);

#[test]
fn published_and_hand_worked_answers_are_met() {
    crate::cases::run_cases::<Governance>(include_str!("cases.toml"));
}

#[test]
fn without_a_scheme_the_partnership_is_asked_for_one() {
    let joint = join(&Partnership::default(), &[], &BTreeMap::new());
    let missing = Governance::gather(&joint, ON).unwrap_err();
    assert_eq!(missing.needs[0].of, "partnership");
}

/// A published vector: quota, votes, Banzhaf and Shapley-Shubik.
type Vector = (u64, &'static [u64], &'static [f64], &'static [f64]);

#[test]
fn the_published_vectors_of_power_hold() {
    let sixths = &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0];
    let vectors: [Vector; 8] = [
        (5, &[3, 1, 1, 1, 1, 1], &[0.5, 0.1, 0.1, 0.1, 0.1, 0.1], &[0.5, 0.1, 0.1, 0.1, 0.1, 0.1]),
        (5, &[4, 2, 1], &[0.6, 0.2, 0.2], sixths),
        (13, &[7, 5, 4, 2], &[0.4, 0.2, 0.2, 0.2], &[0.5, 1.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0]),
        (51, &[50, 49, 1], &[0.6, 0.2, 0.2], sixths),
        (51, &[52, 28, 20], &[1.0, 0.0, 0.0], &[1.0, 0.0, 0.0]),
        (66, &[45, 35, 20], &[0.5, 0.5, 0.0], &[0.5, 0.5, 0.0]),
        (51, &[65, 35], &[1.0, 0.0], &[1.0, 0.0]),
        (66, &[65, 35], &[0.5, 0.5], &[0.5, 0.5]),
    ];
    for (quota, votes, banzhaf, shapley_shubik) in vectors {
        let found = indices(votes, quota).unwrap();
        let close = |one: &[f64], other: &[f64]| one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-12);
        assert!(close(&found.banzhaf, banzhaf), "[{quota}: {votes:?}] {:?}", found.banzhaf);
        assert!(close(&found.shapley_shubik, shapley_shubik), "[{quota}: {votes:?}] {:?}", found.shapley_shubik);
    }
}

#[test]
fn a_quota_that_nobody_meets_leaves_nobody_with_power() {
    assert_eq!(indices(&[3, 2], 6).unwrap().banzhaf, [0.0, 0.0]);
    assert_eq!(indices(&[3, 2], 6).unwrap().shapley_shubik, [0.0, 0.0]);
    assert!(indices(&[], 1).is_none());
    assert!(indices(&[1; 21], 11).is_none());
}

fn votes() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(1..60_u64, 1..=8)
}

proptest! {
    #[test]
    fn the_indices_add_up_to_one_where_someone_can_win(votes in votes(), part in 0.0..1.0_f64) {
        let all: u64 = votes.iter().sum();
        let quota = 1 + (part * (all - 1) as f64) as u64;
        let found = indices(&votes, quota).unwrap();
        prop_assert!((found.banzhaf.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!((found.shapley_shubik.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn who_holds_more_votes_never_holds_less_power(votes in votes(), part in 0.5..1.0_f64) {
        let all: u64 = votes.iter().sum();
        let found = indices(&votes, (part * all as f64) as u64 + 1).unwrap();
        for (one, more) in (0..votes.len()).flat_map(|one| (0..votes.len()).map(move |more| (one, more))) {
            if votes[more] >= votes[one] {
                prop_assert!(found.swings[more] >= found.swings[one]);
                prop_assert!(found.shapley_shubik[more] >= found.shapley_shubik[one] - 1e-12);
            }
        }
    }

    #[test]
    fn the_chances_of_a_scheme_add_up_to_one(
        seats in prop::collection::vec(1..9_u64, 1..=6), majority in prop::option::of(0.5..1.0_f64), casting: bool,
    ) {
        let outcome = Governance::analyse(&company(&seats, majority, casting), &Basis::standard());
        let deadlock = outcome.schemes[0].deadlock.clone().unwrap();
        for chances in [deadlock.independent, deadlock.like_minded.unwrap()] {
            let sum = chances.carried + chances.lost + chances.by_the_chair + chances.deadlocked;
            prop_assert!((sum - 1.0).abs() < 1e-9);
        }
    }
}

fn company(seats: &[u64], majority: Option<f64>, casting: bool) -> Input {
    let member = |(place, seats): (usize, &u64)| json!({ "reference": format!("M{place}"), "scheme": "SC1", "authority": format!("A{place}"), "seats": seats });
    let members: Vec<_> = seats.iter().enumerate().map(member).collect();
    let scheme = json!({
        "reference": "SC1", "name": "Company", "vehicle": "company", "majority": majority, "casting_vote": casting,
    });
    serde_json::from_value(json!({ "on": ON, "schemes": [scheme], "members": members })).unwrap()
}

#[test]
fn twenty_authorities_are_counted_exactly_and_twenty_one_are_not() {
    let answer =
        |count| Governance::analyse(&company(&vec![1; count], None, true), &Basis::standard()).schemes.remove(0);
    let twenty = answer(20);
    assert_eq!(twenty.deadlock.unwrap().patterns, 1 << 20);
    let power = twenty.power.unwrap();
    assert!(power.authorities.iter().all(|one| (one.banzhaf - 0.05).abs() < 1e-12));
    assert!(answer(21).power.is_none() && answer(21).deadlock.is_none());
}

#[test]
fn numbers_too_large_to_add_do_not_bring_it_down() {
    let outcome = Governance::analyse(&company(&[u64::MAX, u64::MAX, 1], Some(0.9), true), &Basis::standard());
    assert!(!Governance::present(&outcome).is_empty());
}

#[test]
fn the_vehicles_of_the_parameter_are_those_that_entries_may_name() {
    let law = law::Law::in_force(&Basis::standard(), ON);
    let known: Vec<&str> = law.vehicles.value.iter().map(|vehicle| vehicle.vehicle.as_str()).collect();
    let penshaw_register::FieldKind::Choice(may) = penshaw_register::Kind::Scheme.field("vehicle").unwrap().kind else {
        panic!("a vehicle is chosen from a list")
    };
    assert_eq!(known, may);
    assert!(law.problems.is_empty(), "{:?}", law.problems);
    let early = law::Law::in_force(&Basis::standard(), Date::constant(1990, 1, 1));
    assert!(!early.problems.is_empty());
}

#[test]
fn a_division_says_who_abstained_who_was_away_and_as_what_it_is_kept_back() {
    let mut input = company(&[1, 1, 1], None, true);
    let division = |more| {
        let mut all = json!({ "reference": "D", "matter": "Close a site", "standing": "past" });
        all.as_object_mut().unwrap().extend(Clone::clone(serde_json::Value::as_object(&more).unwrap()));
        serde_json::from_value(all).unwrap()
    };
    input.reserved = vec![
        serde_json::from_value(
            json!({ "reference": "R", "scheme": "SC1", "matter": "Spending", "kept_by": "executive", "above": 500 }),
        )
        .unwrap(),
    ];
    input.divisions = vec![
        division(json!({ "in_favour": ["A0"], "against": ["A1"], "chaired_by": "A1" })),
        division(json!({ "in_favour": ["A0"], "abstaining": ["A1"] })),
        division(json!({ "in_favour": ["A0"], "against": ["A1"], "abstaining": ["A2"], "amount": 500 })),
    ];
    let outcome = Governance::analyse(&input, &Basis::standard());
    let table = tables::divisions(&outcome).unwrap();
    let shown = |row: usize, cell: usize| table.rows[row].cells[cell].figure.value.to_string();
    assert_eq!(shown(0, 2), "Equal: lost with A1 in the chair (1 to 1; A2 away)");
    assert_eq!(shown(1, 2), "Carried (1 to 0; A1 abstaining; A2 away)");
    assert_eq!(shown(2, 0), "Close a site, £5.00");
    assert_eq!(
        shown(2, 2),
        "Kept back as “Spending (from £5.00 on)” for the executive of each authority: not carried without A1 and A2 \
         (1 to 1; A2 abstaining)"
    );
}

#[test]
fn matters_are_alike_by_their_longer_words() {
    assert!(reserved::alike("Admitting another partner", "Admitting a shareholder or partner"));
    assert!(reserved::alike("Winding up", "Winding up or administration"));
    assert!(!reserved::alike("Changing the scope", "Changing the name"));
    assert!(!reserved::alike("", "Changing the name"));
}

#[test]
fn the_answer_says_how_many_are_refused_and_that_it_is_not_legal_advice() {
    let mut input = company(&[2, 2], Some(0.75), false);
    input.schemes[0].vehicle = "joint committee".into();
    let blocks = Governance::present(&Governance::analyse(&input, &Basis::standard()));
    let Block::Paragraph { text, .. } = &blocks[0] else { panic!("it begins with a sentence") };
    assert_eq!(text[0].plain(), "1 scheme is recorded; 1 is refused.");
    let Block::Note { text, .. } = blocks.last().unwrap() else { panic!("it ends with a note") };
    assert!(text[0].plain().starts_with("This is not legal advice."));
    let level = |block: &Block| match block {
        Block::Heading { level, .. } => *level,
        _ => 3,
    };
    assert!(blocks.iter().map(level).all(|level| level >= 3));
}
