//! What must hold of every answer: weights have no scale, need stays on its scale, residents add up.

use penshaw_basis::{Basis, Date, Money};
use penshaw_register::{InclusionOutcome, SmallArea};
use proptest::prelude::*;
use serde_json::json;

use super::chain::chain;
use super::cost::split;
use super::need::{highest, needs, ranks};
use super::outcome::{Chain, Step};
use super::weights::{self, Indicator, NeedWeights, Weights};

fn scales() -> NeedWeights {
    weights::in_force(&Basis::standard(), Date::constant(2014, 6, 18)).unwrap().value
}

prop_compose! {
    fn area()(deri in prop::array::uniform3(0.0..=10.0_f64), score in 0.0..=100.0_f64, people in 1..3000_u64, aged in 0.0..=1.0_f64)
        -> SmallArea {
        serde_json::from_value(json!({
            "reference": "A", "code": "A", "vintage": "2011", "population": people,
            "aged_65_and_over": (people as f64 * aged) as u64, "deprivation_score": score,
            "deri_broadband": deri[0], "deri_demography": deri[1], "deri_deprivation": deri[2],
        }))
        .unwrap()
    }
}

prop_compose! {
    fn some_weights()(all in prop::array::uniform5(0.01..100.0_f64)) -> Weights {
        Indicator::ALL.into_iter().zip(all).fold(Weights::default(), |weights, (indicator, weight)| weights.with(indicator, weight))
    }
}

fn scored(areas: &[SmallArea], weights: &Weights) -> Vec<f64> {
    let areas: Vec<&SmallArea> = areas.iter().collect();
    needs(&areas, weights, &Indicator::ALL, &scales()).into_iter().map(Option::unwrap).collect()
}

prop_compose! {
    /// An outcome of one of three authorities; a step is not known now and then.
    fn outcome()(authority in 0..3_usize, year in 0..3_i16, steps in prop::array::uniform8(prop::option::weighted(0.9, 0..5000_u64)))
        -> InclusionOutcome {
        let authority = ["A", "B", "C"][authority];
        let mut entry = json!({
            "reference": "O", "programme": "P", "authority": authority, "year": format!("{}-{}", 2014 + year, 15 + year),
        });
        let names = ["reached", "started", "completed", "gained", "sustained_3_months", "sustained_6_months", "connected", "shifted_channel"];
        for (name, people) in names.into_iter().zip(steps) {
            if let Some(people) = people {
                entry[name] = people.into();
            }
        }
        serde_json::from_value(entry).unwrap()
    }
}

proptest! {
    #[test]
    fn only_the_proportions_of_weights_matter(
        areas in prop::collection::vec(area(), 1..20), weights in some_weights(), factor in 0.001..1000.0_f64
    ) {
        let scaled = Indicator::ALL.into_iter().fold(weights, |scaled, one| scaled.with(one, weights.of(one) * factor));
        for (before, after) in scored(&areas, &weights).into_iter().zip(scored(&areas, &scaled)) {
            prop_assert!((before - after).abs() < 1e-9);
        }
    }

    #[test]
    fn need_lies_within_its_scale_and_grows_with_an_indicator(area in area(), weights in some_weights()) {
        let need = scored(std::slice::from_ref(&area), &weights)[0];
        prop_assert!((-1e-9..=10.0 + 1e-9).contains(&need));
        let worse = SmallArea { deri_broadband: area.deri_broadband.map(|broadband| (broadband + 1.0).min(10.0)), ..area };
        prop_assert!(scored(&[worse], &weights)[0] >= need - 1e-12);
    }

    #[test]
    fn at_least_a_tenth_is_of_highest_need_and_nobody_left_out_needs_as_much(
        areas in prop::collection::vec(area(), 1..60), weights in some_weights()
    ) {
        let needs: Vec<Option<f64>> = scored(&areas, &weights).into_iter().map(Some).collect();
        let top = highest(&ranks(&needs), 0.1);
        prop_assert!(top.iter().filter(|top| **top).count() * 10 >= needs.len());
        let of = |wanted: bool| needs.iter().zip(&top).filter(move |(_, top)| **top == wanted).filter_map(|(need, _)| *need);
        let least = of(true).fold(f64::MAX, f64::min);
        prop_assert!(of(false).all(|need| need < least));
    }

    #[test]
    fn the_steps_and_costs_of_authorities_add_up_to_the_programmes(
        outcomes in prop::collection::vec(outcome(), 1..12), pence in 0..10_000_000_000_i64
    ) {
        let all: Vec<&InclusionOutcome> = outcomes.iter().collect();
        let of = |authority: &str| {
            let own: Vec<_> = all.iter().copied().filter(|outcome| outcome.authority == authority).collect();
            (!own.is_empty()).then(|| chain(&own))
        };
        let residents: Vec<Chain> = ["A", "B", "C"].into_iter().filter_map(of).collect();
        let whole = chain(&all);
        for step in Step::ALL {
            let parts: Option<u64> = residents.iter().map(|own| own.people(step)).sum();
            prop_assert_eq!(parts, whole.people(step));
        }
        if let Some((step, shares)) = split(Money::from_pence(pence), &residents.iter().collect::<Vec<_>>()) {
            prop_assert!(matches!(step, Step::Reached | Step::Started));
            prop_assert_eq!(shares.into_iter().sum::<Money>(), Money::from_pence(pence));
        }
    }
}
