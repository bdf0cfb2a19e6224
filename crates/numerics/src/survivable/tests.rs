//! The search against every choice, on small networks, and its certificate on large ones.

use proptest::prelude::*;
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::*;

fn one(node: Option<usize>, edges: Vec<usize>, possible: Vec<usize>) -> Failure {
    Failure { nodes: node.into_iter().collect(), edges, possible }
}

/// Each node, each edge and each possible edge on its own.
fn single(network: &Network) -> Vec<Failure> {
    let nodes = (0..network.nodes).map(|node| one(Some(node), Vec::new(), Vec::new()));
    let edges = (0..network.edges.len()).map(|edge| one(None, vec![edge], Vec::new()));
    let possible = (0..network.possible.len()).map(|edge| one(None, Vec::new(), vec![edge]));
    nodes.chain(edges).chain(possible).collect()
}

/// The cost of the cheapest of all choices.
fn tried(network: &Network, failures: &[Failure]) -> u64 {
    let count = network.possible.len();
    (0_u32..1 << count)
        .map(|choice| (0..count).map(|edge| choice & (1 << edge) != 0).collect::<Vec<bool>>())
        .filter(|added| network.survives(failures, added))
        .map(|added| added.iter().zip(&network.costs).filter(|(added, _)| **added).map(|(_, cost)| cost).sum())
        .min()
        .expect("all possible edges together do all that is asked")
}

fn networks() -> impl Strategy<Value = (Network, Vec<Failure>)> {
    (2_usize..7).prop_flat_map(|nodes| {
        let edge = (0..nodes, 0..nodes);
        let edges = proptest::collection::vec(edge.clone(), 0..8);
        let possible = proptest::collection::vec((edge, 0_u64..30), 0..9);
        let shared = proptest::collection::vec(proptest::collection::vec(0_usize..20, 0..4), 0..4);
        let matter = proptest::sample::subsequence((0..nodes).collect::<Vec<_>>(), 0..=nodes);
        (Just(nodes), edges, possible, shared, matter).prop_map(|(nodes, edges, possible, shared, matter)| {
            let (possible, costs) = possible.into_iter().unzip();
            let network = Network { nodes, matter, edges, possible, costs };
            let mut failures = single(&network);
            let (stand, could) = (network.edges.len(), network.possible.len());
            failures.extend(shared.into_iter().map(|places| {
                let edges = places.iter().copied().filter(|&place| place < stand).collect();
                let possible = places.iter().map(|&place| place / 2).filter(|&place| place < could).collect();
                one(None, edges, possible)
            }));
            (network, failures)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_answer_is_the_cheapest_of_all_choices((network, failures) in networks()) {
        let found = cheapest_additions(&network, &failures, 10_000);
        let added: Vec<bool> = (0..network.possible.len()).map(|edge| found.chosen.contains(&edge)).collect();
        prop_assert!(network.survives(&failures, &added));
        prop_assert_eq!(found.cost, tried(&network, &failures));
        prop_assert!(found.is_proven());
    }

    #[test]
    fn a_search_cut_short_gives_a_choice_that_does_and_a_bound_that_holds((network, failures) in networks(), most in 0_u64..3) {
        let found = cheapest_additions(&network, &failures, most);
        let added: Vec<bool> = (0..network.possible.len()).map(|edge| found.chosen.contains(&edge)).collect();
        let least = tried(&network, &failures);
        prop_assert!(network.survives(&failures, &added));
        prop_assert!(found.bound <= least && least <= found.cost);
    }

    #[test]
    fn an_added_edge_never_makes_more_parts((network, failures) in networks()) {
        let none = vec![false; network.possible.len()];
        for edge in 0..network.possible.len() {
            let mut added = none.clone();
            added[edge] = true;
            for failure in &failures {
                let (before, after) = (network.parts_under(failure, &none), network.parts_under(failure, &added));
                prop_assert!(after.iter().flatten().max() <= before.iter().flatten().max());
            }
        }
    }
}

/// Sites in the plane, a tree that joins each to the nearest before it, and the nearest pairs besides.
fn region(sites: usize, candidates: usize, seed: u64) -> (Network, Vec<Failure>) {
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let places: Vec<(i64, i64)> =
        (0..sites).map(|_| ((random.next_u64() % 1_000) as i64, (random.next_u64() % 1_000) as i64)).collect();
    let far = |one: usize, other: usize| {
        let (across, up) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
        (across * across + up * up) as u64
    };
    let edges: Vec<Edge> =
        (1..sites).map(|to| ((0..to).min_by_key(|&from| far(from, to)).expect("one before it"), to)).collect();
    let mut pairs: Vec<Edge> = (0..sites).flat_map(|to| (0..to).map(move |from| (from, to))).collect();
    pairs.retain(|pair| !edges.contains(pair));
    pairs.sort_by_key(|&(from, to)| far(from, to));
    pairs.truncate(candidates);
    let costs = pairs.iter().map(|&(from, to)| 200_000 + 900 * (far(from, to) as f64).sqrt() as u64).collect();
    let network = Network { nodes: sites, matter: (0..sites).collect(), edges, possible: pairs, costs };
    let mut failures = single(&network);
    // Four suppliers, and ducts that three neighbouring edges share.
    for supplier in 0..4 {
        let of = |count: usize| (0..count).filter(|place| place % 4 == supplier).collect();
        failures.push(one(None, of(network.edges.len()), of(network.possible.len())));
    }
    for duct in 0..sites / 3 {
        let of = |count: usize| (duct * 3..duct * 3 + 3).filter(|&place| place < count).collect();
        failures.push(one(None, of(network.edges.len()), of(network.possible.len())));
    }
    (network, failures)
}

#[test]
fn regions_of_thirty_sites_and_sixty_possible_edges_are_answered_with_proof() {
    for seed in 1..=8 {
        let (network, failures) = region(30, 60, seed);
        let found = cheapest_additions(&network, &failures, 5_000);
        let added: Vec<bool> = (0..60).map(|edge| found.chosen.contains(&edge)).collect();
        assert!(network.survives(&failures, &added));
        assert!(found.is_proven(), "seed {seed}: {} to {}", found.bound, found.cost);
    }
}

#[test]
fn beyond_a_region_the_answer_has_a_bound() {
    let (network, failures) = region(80, 240, 3);
    let found = cheapest_additions(&network, &failures, 20);
    let added: Vec<bool> = (0..240).map(|edge| found.chosen.contains(&edge)).collect();
    assert!(network.survives(&failures, &added));
    assert!(found.bound > 0 && found.bound <= found.cost);
}
