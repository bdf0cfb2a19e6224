//! Laws that every simulation obeys, and known answers that it must meet within its own Monte Carlo error.

use penshaw_numerics::Distribution;
use penshaw_numerics::simulation::{Contest, Group, Model, QuantileMethod, Settings, Simulated, Target, simulate};
use proptest::prelude::*;

fn run(model: &Model, trials: u64, threads: Option<usize>) -> Simulated {
    simulate(model, &Settings { trials, seed: 20, threads }).expect("the model is proper")
}

fn sum_of(weights: &[(usize, f64)]) -> Target {
    Target { constant: 0.0, weights: weights.to_vec() }
}

/// Two groups of all shapes, independent factors beside them, targets apart and together.
fn mixed_model() -> Model {
    let shapes = [
        Distribution::Triangular { min: -1.0, mode: 0.5, max: 4.0 },
        Distribution::Pert { min: 0.0, mode: 1.0, max: 6.0 },
        Distribution::Lognormal { mean: 2.0, sd: 0.8 },
        Distribution::Normal { mean: 1.0, sd: 0.7 },
        Distribution::Discrete { outcomes: vec![(0.0, 0.7), (5.0, 0.2), (-2.0, 0.1)] },
        Distribution::Uniform { min: -1.0, max: 1.0 },
        Distribution::Fixed { value: 3.0 },
        Distribution::Normal { mean: -1.0, sd: 1.1 },
    ];
    let factors: Vec<Distribution> = (0..24).map(|at| shapes[at % shapes.len()].clone()).collect();
    let row = |i: usize| (0..8).map(|j| if i == j { 1.0 } else { 0.4 }).collect();
    let correlation: Vec<Vec<f64>> = (0..8).map(row).collect();
    let groups = [0, 8].map(|first| Group { factors: (first..first + 8).collect(), correlation: correlation.clone() });
    let one: Vec<(usize, f64)> = (0..12).map(|at| (at, 1.0 + at as f64 / 10.0)).collect();
    let other: Vec<(usize, f64)> = (8..24).map(|at| (at, 2.0 - at as f64 / 10.0)).collect();
    let both: Vec<(usize, f64)> = one.iter().chain(&other).copied().collect();
    Model {
        factors,
        groups: groups.to_vec(),
        targets: vec![sum_of(&one), sum_of(&other), sum_of(&both)],
        contests: vec![Contest { targets: vec![0, 1] }, Contest { targets: vec![2, 0, 1] }],
    }
}

#[test]
fn one_thread_and_many_give_the_same_answer() {
    for trials in [1, 999, 50_000, 200_000] {
        let alone = run(&mixed_model(), trials, Some(1));
        for threads in [2, 3, 8] {
            let many = run(&mixed_model(), trials, Some(threads));
            assert_eq!(
                serde_json::to_string(&alone).expect("the answer is plain numbers"),
                serde_json::to_string(&many).expect("the answer is plain numbers")
            );
        }
        assert_eq!(alone, run(&mixed_model(), trials, None));
    }
}

#[test]
fn another_seed_gives_another_answer() {
    let first = simulate(&mixed_model(), &Settings { trials: 1000, seed: 1, threads: None });
    let second = simulate(&mixed_model(), &Settings { trials: 1000, seed: 2, threads: None });
    assert_ne!(first, second);
}

#[test]
fn means_meet_their_formulas_and_counts_add_up() {
    for trials in [100_000, 300_000] {
        let answer = run(&mixed_model(), trials, None);
        for target in &answer.targets {
            assert!((target.mean - target.exact_mean).abs() < 4.5 * target.standard_error);
            assert!(target.minimum < target.p10 && target.p10 < target.p50 && target.p50 < target.p90);
            assert!(target.p90 < target.maximum && target.quantile_error < 0.01 * target.standard_deviation);
            let chart = &target.histogram;
            assert_eq!(chart.below + chart.above + chart.counts.iter().sum::<u64>(), trials);
            assert!(chart.below + chart.above <= trials / 300);
        }
        for contest in &answer.contests {
            assert!((contest.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
}

#[test]
fn many_trials_are_sketched_and_few_are_kept() {
    let kept = run(&mixed_model(), 131_072, None);
    assert_eq!(kept.quantile_method, QuantileMethod::Exact);
    assert!(kept.targets.iter().all(|target| target.quantile_error == 0.0));
    let sketched = run(&mixed_model(), 131_073, None);
    assert_eq!(sketched.quantile_method, QuantileMethod::Histogram);
    for (kept, sketched) in kept.targets.iter().zip(&sketched.targets) {
        // All trials but one are the same.
        let slack = sketched.quantile_error + 1e-3 * kept.standard_deviation;
        assert!((kept.p10 - sketched.p10).abs() < slack && (kept.p90 - sketched.p90).abs() < slack);
        assert!((kept.standard_deviation / sketched.standard_deviation - 1.0).abs() < 1e-3);
    }
}

#[test]
fn folding_leaves_every_quantile_where_it_was() {
    let folded = mixed_model();
    let mut unfolded = folded.clone();
    // A target of its own for each factor: no two feed the same targets any more.
    unfolded.targets.extend((0..24).map(|factor| sum_of(&[(factor, 1.0)])));
    let trials = 1_000_000;
    let (folded, unfolded) = (run(&folded, trials, None), run(&unfolded, trials, None));
    assert!(folded.draws_made_per_trial + 6 <= unfolded.draws_made_per_trial);
    assert_eq!(folded.draws_per_trial, 21);
    for (one, other) in folded.targets.iter().zip(&unfolded.targets) {
        assert_same_distribution(one, other, trials);
    }
    for (one, other) in folded.contests[1].iter().zip(&unfolded.contests[1]) {
        assert!((one - other).abs() < 4.5 * (0.5 / trials as f64).sqrt());
    }
}

/// Means, spreads and quantiles agree within 4.5 times the error of their difference.
fn assert_same_distribution(
    one: &penshaw_numerics::simulation::TargetResult,
    other: &penshaw_numerics::simulation::TargetResult,
    trials: u64,
) {
    let error = one.standard_deviation * (2.0 / trials as f64).sqrt();
    assert!((one.mean - other.mean).abs() < 4.5 * error);
    assert!((one.standard_deviation - other.standard_deviation).abs() < 4.5 * 2.0 * error);
    for (p, q) in [(one.p10, other.p10), (one.p50, other.p50), (one.p90, other.p90)] {
        // √(p (1 − p)) / density is below 1.8 standard deviations for all of these.
        assert!((p - q).abs() < 4.5 * 1.8 * error, "{p} {q} {error}");
    }
}

#[test]
fn correlated_lognormals_have_the_covariance_of_the_formula() {
    // cov = m₁ m₂ (exp(ρ σ₁ σ₂) − 1): Aitchison and Brown (1957), The Lognormal Distribution, 2.
    let (mean, sd, rho) = (1.0_f64, 0.5_f64, 0.6);
    let variance_of_log = libm::log1p(sd * sd / (mean * mean));
    let covariance = mean * mean * libm::expm1(rho * variance_of_log);
    let model = Model {
        factors: vec![Distribution::Lognormal { mean, sd }; 2],
        groups: vec![Group { factors: vec![0, 1], correlation: vec![vec![1.0, rho], vec![rho, 1.0]] }],
        targets: vec![sum_of(&[(0, 1.0), (1, 1.0)]), sum_of(&[(0, 1.0), (1, -1.0)])],
        contests: vec![],
    };
    let answer = run(&model, 2_000_000, None);
    let variance =
        |target: usize| answer.targets[target].standard_deviation * answer.targets[target].standard_deviation;
    assert!((variance(0) - 2.0 * (sd * sd + covariance)).abs() < 0.006);
    assert!((variance(1) - 2.0 * (sd * sd - covariance)).abs() < 0.003);
}

#[test]
fn a_normal_in_a_group_keeps_its_correlation_with_the_others() {
    let (rho, sd) = (0.7, 2.0);
    let model = Model {
        factors: vec![Distribution::Normal { mean: 5.0, sd }, Distribution::Uniform { min: 0.0, max: 12.0_f64.sqrt() }],
        groups: vec![Group { factors: vec![0, 1], correlation: vec![vec![1.0, rho], vec![rho, 1.0]] }],
        targets: vec![sum_of(&[(0, 1.0), (1, 1.0)]), sum_of(&[(0, 1.0)]), sum_of(&[(1, 1.0)])],
        contests: vec![],
    };
    let answer = run(&model, 1_000_000, None);
    // A uniform of unit variance against its own normal: the correlation is √(3/π).
    let covariance = rho * sd * (3.0 / std::f64::consts::PI).sqrt();
    let expected = (sd * sd + 1.0 + 2.0 * covariance).sqrt();
    assert!((answer.targets[0].standard_deviation - expected).abs() < 0.006);
    assert!((answer.targets[1].standard_deviation - sd).abs() < 0.006);
    assert!((answer.targets[2].standard_deviation - 1.0).abs() < 0.003);
}

#[test]
fn a_discrete_factor_takes_its_values_as_often_as_it_says() {
    let odds = Distribution::Discrete { outcomes: vec![(10.0, 0.2), (-10.0, 0.5), (0.0, 0.3)] };
    let model = Model {
        factors: vec![odds.clone(), odds, Distribution::Lognormal { mean: 1.0, sd: 0.2 }],
        groups: vec![Group { factors: vec![1, 2], correlation: vec![vec![1.0, 0.5], vec![0.5, 1.0]] }],
        targets: vec![sum_of(&[(0, 1.0)]), sum_of(&[(1, 1.0)])],
        contests: vec![Contest { targets: vec![0, 1] }],
    };
    let answer = run(&model, 400_000, None);
    for target in &answer.targets {
        assert!((target.probability_positive - 0.2).abs() < 0.003);
        assert_eq!((target.minimum, target.maximum), (-10.0, 10.0));
        assert!(
            (target.p10 + 10.0).abs() <= target.quantile_error && (target.p90 - 10.0).abs() <= target.quantile_error
        );
    }
    // Independent and alike, so ties are shared evenly.
    assert!((answer.contests[0][0] - 0.5).abs() < 0.004);
}

#[test]
fn a_heavy_tail_is_drawn_apart_and_right() {
    let heavy = Distribution::Lognormal { mean: 1.0, sd: 10.0 };
    let model = Model {
        factors: vec![
            heavy.clone(),
            Distribution::Uniform { min: 0.0, max: 1e-3 },
            Distribution::Uniform { min: 0.0, max: 1e-3 },
        ],
        groups: vec![],
        targets: vec![sum_of(&[(0, 1.0), (1, 1.0), (2, 1.0)])],
        contests: vec![],
    };
    let answer = run(&model, 1_000_000, None);
    assert_eq!(answer.draws_made_per_trial, 2);
    let target = &answer.targets[0];
    assert!((target.p50 / (heavy.quantile(0.5) + 1e-3) - 1.0).abs() < 0.01, "{target:?}");
    assert!((target.p90 / (heavy.quantile(0.9) + 1e-3) - 1.0).abs() < 0.01, "{target:?}");
}

#[test]
fn hundreds_of_alike_factors_are_folded_in_batches() {
    let factors: Vec<Distribution> =
        (0..250).map(|at| Distribution::Triangular { min: 0.0, mode: f64::from(at % 10) / 10.0, max: 1.0 }).collect();
    let variance: f64 = factors.iter().map(|factor| factor.standard_deviation() * factor.standard_deviation()).sum();
    let weights: Vec<(usize, f64)> = (0..250).map(|factor| (factor, 1.0)).collect();
    let model = Model { factors, groups: vec![], targets: vec![sum_of(&weights)], contests: vec![] };
    let answer = run(&model, 400_000, None);
    assert_eq!((answer.draws_per_trial, answer.draws_made_per_trial), (250, 3));
    let target = &answer.targets[0];
    assert!((target.mean - target.exact_mean).abs() < 4.5 * target.standard_error);
    assert!((target.standard_deviation / variance.sqrt() - 1.0).abs() < 0.006);
    // Near enough normal: the 90th percentile is 1.2816 standard deviations up.
    assert!((target.p90 - target.exact_mean - 1.2816 * variance.sqrt()).abs() < 0.01 * variance.sqrt());
}

#[test]
fn a_model_without_doubt_has_one_answer() {
    let model = Model {
        factors: vec![Distribution::Fixed { value: 4.0 }],
        groups: vec![],
        targets: vec![Target { constant: 1.0, weights: vec![(0, 2.0)] }, Target { constant: 0.0, weights: vec![] }],
        contests: vec![Contest { targets: vec![0, 1] }, Contest { targets: vec![1, 1] }],
    };
    for trials in [1, 100, 200_000] {
        let answer = run(&model, trials, None);
        let certain = &answer.targets[0];
        assert_eq!((certain.mean, certain.standard_deviation, certain.p10, certain.p90), (9.0, 0.0, 9.0, 9.0));
        assert_eq!(certain.histogram.counts.iter().sum::<u64>(), trials);
        assert_eq!(answer.targets[1].p50, 0.0);
        assert_eq!(answer.contests, [[1.0, 0.0], [0.5, 0.5]]);
        assert_eq!(answer.draws_made_per_trial, 0);
    }
}

#[test]
fn a_model_that_makes_no_sense_is_refused_with_its_reason() {
    let refused = |change: &dyn Fn(&mut Model)| {
        let mut model = mixed_model();
        change(&mut model);
        simulate(&model, &Settings { trials: 10, seed: 1, threads: None }).expect_err("it makes no sense").to_string()
    };
    assert_eq!(
        refused(&|model| model.targets[1].weights.push((99, 1.0))),
        "target 1 names factor 99, but the model has 24 factors"
    );
    assert!(refused(&|model| model.groups[0].factors[0] = 1).contains("factor 1 stands in groups more than once"));
    assert!(
        refused(&|model| model.groups[1].correlation[0][1] = 0.2)
            .starts_with("group 1: the correlation matrix must be symmetric")
    );
    assert!(
        refused(&|model| model.factors[5] = Distribution::Normal { mean: 0.0, sd: 0.0 })
            .starts_with("factor 5: the standard deviation, 0,")
    );
    assert!(refused(&|model| model.targets[0].constant = f64::NAN).starts_with("target 0 has a weight"));
    assert!(refused(&|model| model.contests[0].targets.push(3)).starts_with("contest 0 names target 3"));
    let none = simulate(&mixed_model(), &Settings { trials: 0, seed: 1, threads: None });
    assert_eq!(none.expect_err("no trials").to_string(), "at least one trial is needed");
}

fn range() -> impl Strategy<Value = Distribution> {
    let three = (-5.0..5.0_f64, 0.0..=1.0_f64, 0.1..5.0_f64);
    prop_oneof![
        three.clone().prop_map(|(min, part, width)| Distribution::Triangular {
            min,
            mode: min + part * width,
            max: min + width
        }),
        three.prop_map(|(min, part, width)| Distribution::Pert { min, mode: min + part * width, max: min + width }),
        (-5.0..5.0_f64, 0.1..3.0_f64).prop_map(|(mean, sd)| Distribution::Normal { mean, sd }),
        (0.5..5.0_f64, 0.1..1.0_f64).prop_map(|(mean, share)| Distribution::Lognormal { mean, sd: mean * share }),
        (-5.0..5.0_f64, 0.1..5.0_f64).prop_map(|(min, width)| Distribution::Uniform { min, max: min + width }),
        (-5.0..5.0_f64, 0.05..0.95_f64)
            .prop_map(|(value, p)| Distribution::Discrete { outcomes: vec![(value, p), (value + 2.0, 1.0 - p)] }),
        (-5.0..5.0_f64).prop_map(|value| Distribution::Fixed { value }),
    ]
}

prop_compose! {
    /// Up to nine factors, the first few grouped, and three targets with any weights.
    fn any_model()(
        factors in prop::collection::vec(range(), 3..9),
        grouped in 0..4_usize,
        loading in -0.9..0.9_f64,
        weights in prop::collection::vec(prop_oneof![Just(0.0), Just(1.0), -2.0..2.0_f64], 27),
    ) -> Model {
        let size = grouped.min(factors.len());
        let entry = |i: usize, j: usize| if i == j { 1.0 } else { loading * loading };
        let correlation = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
        let target = |at: usize| Target {
            constant: at as f64,
            weights: (0..factors.len()).map(|factor| (factor, weights[9 * at + factor])).collect(),
        };
        Model {
            targets: (0..3).map(target).collect(),
            groups: vec![Group { factors: (0..size).collect(), correlation }],
            contests: vec![Contest { targets: vec![0, 1, 2] }],
            factors,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_sum_of_targets_has_the_sum_of_their_means(mut model in any_model(), one in -3.0..3.0_f64, other in -3.0..3.0_f64) {
        let mut weights: Vec<(usize, f64)> = model.targets[0].weights.iter().map(|(factor, weight)| (*factor, one * weight)).collect();
        weights.extend(model.targets[1].weights.iter().map(|(factor, weight)| (*factor, other * weight)));
        let constant = one * model.targets[0].constant + other * model.targets[1].constant;
        model.targets.push(Target { constant, weights });
        let targets = run(&model, 5000, None).targets;
        let expected = one * targets[0].mean + other * targets[1].mean;
        prop_assert!((targets[3].mean - expected).abs() < 1e-9, "{} {}", targets[3].mean, expected);
    }

    #[test]
    fn reordering_the_targets_reorders_the_answer(model in any_model()) {
        let mut turned = model.clone();
        turned.targets.rotate_left(1);
        let (straight, turned) = (run(&model, 5000, None), run(&turned, 5000, None));
        for at in 0..3 {
            let (one, other) = (&straight.targets[(at + 1) % 3], &turned.targets[at]);
            prop_assert!((one.mean - other.mean).abs() < 1e-9);
            prop_assert!((one.p10 - other.p10).abs() < 1e-9 && (one.p90 - other.p90).abs() < 1e-9);
        }
    }

    #[test]
    fn every_range_has_its_mean_spread_and_rising_quantiles(range in range(), p in 0.001..0.999_f64, q in 0.001..0.999_f64) {
        let (low, high) = (p.min(q), p.max(q));
        prop_assert!(range.quantile(low) <= range.quantile(high));
        prop_assert!(range.cumulative(range.quantile(p)) >= p - 1e-9);
        // Even steps of probability, at their middles.
        let values: Vec<f64> = (0..20_000).map(|at| range.quantile((f64::from(at) + 0.5) / 20_000.0)).collect();
        let mean = values.iter().sum::<f64>() / 20_000.0;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / 20_000.0;
        prop_assert!((mean - range.mean()).abs() < 2e-3 * (1.0 + range.standard_deviation()));
        prop_assert!((variance.sqrt() - range.standard_deviation()).abs() < 1e-2 * (1e-9 + range.standard_deviation()));
    }
}
