//! Laws of losses: the simulation agrees with the exact answer and with every way written out, and help never harms.

use penshaw_numerics::losses::{Demand, Pooled, Requirement, fewer_than, probability_short, simulate};
use proptest::prelude::*;

/// Elements of a requirement, each once: in the pool or in a demand's own.
fn requirement(elements: usize) -> impl Strategy<Value = Requirement> {
    let demands = prop::collection::vec((0..3_u32, 0..4_usize), 1..4);
    let places = prop::collection::vec((0..5_usize, 0..3_u32), elements);
    (demands, places).prop_map(|(demands, places)| {
        let demands = demands.into_iter().map(|(rank, needed)| Demand { rank, needed, own: vec![] }).collect();
        let mut requirement = Requirement { demands, pool: vec![] };
        for (element, (place, rank)) in places.into_iter().enumerate() {
            match requirement.demands.get_mut(place) {
                Some(demand) => demand.own.push(element),
                None if place == 4 => {}
                None => requirement.pool.push(Pooled { rank, element }),
            }
        }
        requirement
    })
}

fn model() -> impl Strategy<Value = (Vec<f64>, Requirement)> {
    (1..9_usize).prop_flat_map(|elements| {
        let chance = prop_oneof![4 => 0.0..1.0, 1 => Just(0.0), 1 => Just(1.0)];
        (prop::collection::vec(chance, elements), requirement(elements))
    })
}

/// Whether the kept elements can fill every place, by trying each place in turn with augmenting paths.
fn can_be_filled(requirement: &Requirement, kept: &[bool]) -> bool {
    let mut places: Vec<Vec<usize>> = Vec::new();
    for demand in &requirement.demands {
        let own = demand.own.iter().copied();
        let pool = requirement.pool.iter().filter(|one| one.rank >= demand.rank).map(|one| one.element);
        let fills: Vec<usize> = own.chain(pool).filter(|&element| kept[element]).collect();
        places.extend(std::iter::repeat_n(fills, demand.needed));
    }
    let mut filled: Vec<Option<usize>> = vec![None; kept.len()];
    (0..places.len()).all(|place| fill(place, &places, &mut filled, &mut vec![false; kept.len()]))
}

fn fill(place: usize, places: &[Vec<usize>], filled: &mut Vec<Option<usize>>, tried: &mut Vec<bool>) -> bool {
    for &element in &places[place] {
        if std::mem::replace(&mut tried[element], true) {
            continue;
        }
        if filled[element].is_none_or(|other| fill(other, places, filled, tried)) {
            filled[element] = Some(place);
            return true;
        }
    }
    false
}

/// The probability of being short, over every way in which elements may be lost.
fn every_way(lost: &[f64], requirement: &Requirement) -> f64 {
    let ways = 0..1_u32 << lost.len();
    ways.map(|way| {
        let kept: Vec<bool> = (0..lost.len()).map(|element| way >> element & 1 == 1).collect();
        let probability: f64 =
            lost.iter().zip(&kept).map(|(lost, kept)| if *kept { 1.0 - lost } else { *lost }).product();
        if can_be_filled(requirement, &kept) { 0.0 } else { probability }
    })
    .sum()
}

proptest! {
    #[test]
    fn the_exact_answer_is_that_of_every_way_written_out((lost, requirement) in model()) {
        let exact = probability_short(&lost, &requirement);
        prop_assert!((exact - every_way(&lost, &requirement)).abs() < 1e-12, "{exact}");
    }

    #[test]
    fn the_simulation_agrees_with_the_exact_answer_within_sampling_error(
        (lost, requirement) in model(), seed in any::<u64>()
    ) {
        let trials = 20_000.0_f64;
        let exact = probability_short(&lost, &requirement);
        let found = &simulate(&lost, &[vec![requirement]], trials as u64, seed)[0];
        let error = (exact * (1.0 - exact) / trials).sqrt();
        prop_assert!((found.mean() - exact).abs() <= 5.5 * error + 1e-9, "{} is not {exact}", found.mean());
    }

    #[test]
    fn one_more_holder_never_raises_the_risk(
        lost in prop::collection::vec(0.0..1.0, 0..8), more in 0.0..1.0, needed in 0..6_usize
    ) {
        let before = fewer_than(needed, lost.iter().copied());
        let after = fewer_than(needed, lost.iter().copied().chain([more]));
        prop_assert!(after <= before + 1e-15);
        prop_assert!(fewer_than(needed + 1, lost.iter().copied()) >= before - 1e-15);
    }

    #[test]
    fn own_elements_that_may_help_others_too_never_raise_the_risk((lost, requirement) in model()) {
        let mut freed = requirement.clone();
        for demand in &mut freed.demands {
            let rank = demand.rank;
            freed.pool.extend(demand.own.drain(..).map(|element| Pooled { rank, element }));
        }
        prop_assert!(probability_short(&lost, &freed) <= probability_short(&lost, &requirement) + 1e-12);
        let found = simulate(&lost, &[vec![requirement], vec![freed]], 5_000, 3);
        prop_assert!(found[1].each[0] <= found[0].each[0], "both see the same losses");
    }
}

/// Many elements and requirements that share them, with chances of all sizes.
fn large() -> (Vec<f64>, Vec<Vec<Requirement>>) {
    let lost: Vec<f64> = (0..300).map(|element| 0.01 + 0.3 * f64::from(element % 11) / 11.0).collect();
    let requirement = |number: usize| {
        let own = |side: usize| (0..5).map(|step| (number * 7 + side * 101 + step * 13) % 300).collect();
        let demand = |side| Demand { rank: side as u32, needed: 4, own: own(side) };
        Requirement { demands: vec![demand(0), demand(1)], pool: vec![] }
    };
    (lost, vec![(0..40).map(requirement).collect()])
}

#[test]
fn one_thread_and_many_agree_and_a_seed_gives_the_same_again() {
    let (lost, systems) = large();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| simulate(&lost, &systems, 50_001, 7))
    };
    let alone = on(1);
    assert_eq!(alone, on(4));
    assert_eq!(alone[0].trials.iter().sum::<u64>(), 50_001);
    assert_ne!(alone, simulate(&lost, &systems, 50_001, 8));
}

#[test]
fn the_mean_number_short_is_the_sum_of_the_exact_probabilities() {
    let (lost, systems) = large();
    let exact: f64 = systems[0].iter().map(|requirement| probability_short(&lost, requirement)).sum();
    let found = &simulate(&lost, &systems, 200_000, 1)[0];
    // At most 40 are short, so that the standard error is at most 20 / √200,000.
    assert!((found.mean() - exact).abs() < 0.05, "{} is not {exact}", found.mean());
    let counted: u64 = found.trials.iter().zip(0..).map(|(trials, short)| trials * short).sum();
    assert_eq!(counted, found.each.iter().sum::<u64>());
}

#[test]
fn what_depends_on_one_element_is_short_together() {
    let only = Requirement { demands: vec![Demand { rank: 0, needed: 1, own: vec![0] }], pool: vec![] };
    let found = &simulate(&[0.25], &[vec![only.clone(), only]], 64_000, 5)[0];
    assert_eq!(found.trials[1], 0);
    assert_eq!(found.trials[2], found.each[0]);
}
