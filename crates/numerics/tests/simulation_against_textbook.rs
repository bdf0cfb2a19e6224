//! The engine against the textbook: every factor drawn by its exact quantile at Φ(L e), nothing folded, nothing tabulated.

use penshaw_numerics::simulation::{Contest, Group, Model, Settings, Target, simulate};
use penshaw_numerics::{Distribution, copula, normal, quantiles};
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const TRIALS: usize = 60_000;

/// Each target's values, trial by trial.
fn textbook(model: &Model, seed: u64) -> Vec<Vec<f64>> {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut uniform = || ((generator.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0;
    let factors: Vec<Vec<Vec<f64>>> =
        model.groups.iter().map(|group| copula::cholesky(&group.correlation).expect("proper")).collect();
    let mut values = vec![Vec::with_capacity(TRIALS); model.targets.len()];
    for _ in 0..TRIALS {
        let mut u: Vec<f64> = model.factors.iter().map(|_| uniform()).collect();
        for (group, lower) in model.groups.iter().zip(&factors) {
            let e: Vec<f64> = group.factors.iter().map(|&factor| normal::quantile(u[factor])).collect();
            for (row, &factor) in lower.iter().zip(&group.factors) {
                u[factor] = normal::cumulative(row.iter().zip(&e).map(|(weight, e)| weight * e).sum());
            }
        }
        let drawn: Vec<f64> = model.factors.iter().zip(&u).map(|(factor, &u)| factor.quantile(u)).collect();
        for (values, target) in values.iter_mut().zip(&model.targets) {
            values.push(
                target.constant + target.weights.iter().map(|&(factor, weight)| weight * drawn[factor]).sum::<f64>(),
            );
        }
    }
    values
}

/// Two options of two partners; each option-partner has a group of four and five lines more, one of them shared.
fn appraisal() -> Model {
    let lines = [
        Distribution::Pert { min: 0.8, mode: 1.0, max: 1.9 },
        Distribution::Normal { mean: 1.0, sd: 0.2 },
        Distribution::Triangular { min: 0.5, mode: 0.9, max: 1.6 },
        Distribution::Lognormal { mean: 1.1, sd: 0.4 },
        Distribution::Uniform { min: 0.7, max: 1.2 },
        Distribution::Pert { min: 0.5, mode: 0.6, max: 2.0 },
        Distribution::Normal { mean: 1.0, sd: 0.1 },
        Distribution::Discrete { outcomes: vec![(0.0, 0.8), (1.0, 0.15), (3.0, 0.05)] },
    ];
    let mut model = Model::default();
    let correlation: Vec<Vec<f64>> =
        vec![vec![1.0, 0.5, 0.3, 0.2], vec![0.5, 1.0, 0.4, -0.3], vec![0.3, 0.4, 1.0, 0.1], vec![0.2, -0.3, 0.1, 1.0]];
    for option in 0..2 {
        let mut total = Vec::new();
        let shared = model.factors.len();
        model.factors.push(Distribution::Lognormal { mean: 1.0, sd: 0.3 });
        for partner in 0..2 {
            let first = model.factors.len();
            model.factors.extend(lines.iter().cloned());
            model.groups.push(Group { factors: (first..first + 4).collect(), correlation: correlation.clone() });
            let weight =
                |at: usize| if at.is_multiple_of(3) { 130.0 } else { -60.0 - 7.0 * (at + option + partner) as f64 };
            let mut weights: Vec<(usize, f64)> = (0..lines.len()).map(|at| (first + at, weight(at))).collect();
            weights.push((shared, -50.0 * (1 + partner) as f64));
            total.extend(weights.clone());
            model.targets.push(Target { constant: 100.0, weights });
        }
        model.targets.push(Target { constant: 200.0, weights: total });
    }
    model.contests = vec![Contest { targets: vec![0, 3] }, Contest { targets: vec![2, 5] }];
    model
}

#[test]
fn means_spreads_quantiles_and_contests_agree_with_the_textbook() {
    let model = appraisal();
    let trials = 2_000_000;
    let ours = simulate(&model, &Settings { trials, seed: 3, threads: None }).expect("the model is proper");
    assert!(ours.draws_made_per_trial < ours.draws_per_trial);
    let mut theirs = textbook(&model, 4);
    for (contest, ours) in model.contests.iter().zip(&ours.contests) {
        let [one, other] = contest.targets[..] else { panic!("contests have two targets here") };
        let wins = theirs[one].iter().zip(&theirs[other]).filter(|(one, other)| one > other).count();
        let share = wins as f64 / TRIALS as f64;
        assert!((share - ours[0]).abs() < 4.5 * (0.25 / TRIALS as f64).sqrt(), "{share} {}", ours[0]);
    }
    for (values, ours) in theirs.iter_mut().zip(&ours.targets) {
        let error = ours.standard_deviation / (TRIALS as f64).sqrt();
        let mean = values.iter().sum::<f64>() / TRIALS as f64;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / TRIALS as f64;
        assert!((mean - ours.mean).abs() < 4.5 * error);
        assert!((variance.sqrt() - ours.standard_deviation).abs() < 4.5 * 1.5 * error);
        let theirs = quantiles::quantiles(values, [0.1, 0.5, 0.9]);
        for (theirs, ours) in theirs.into_iter().zip([ours.p10, ours.p50, ours.p90]) {
            assert!((theirs - ours).abs() < 4.5 * 1.8 * error, "{theirs} {ours}");
        }
    }
}
