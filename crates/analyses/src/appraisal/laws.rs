//! What must hold of every appraisal, tried on the sample.

use std::collections::BTreeMap;

use penshaw_basis::{Basis, Date};
use penshaw_numerics::Distribution;

use super::sample::sample;
use super::{Appraisal, CorrelationInput, Input, LineInput, OptionInput, Outcome};
use crate::Analysis;

fn analyse(input: &Input) -> Outcome {
    Appraisal::analyse(input, &Basis::standard())
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * (1.0 + one.abs())
}

fn shared(input: &mut Input) -> &mut OptionInput {
    &mut input.options[1]
}

fn recharge(reference: &str, from: &str, to: &str) -> LineInput {
    let mut line = sample().options[1].lines[5].clone();
    line.reference = reference.into();
    line.authority = from.into();
    line.counterparty = Some(to.into());
    line
}

fn scaled(input: &Input, factor: f64) -> Input {
    let mut input = input.clone();
    for option in &mut input.options {
        let lines = option.lines.iter_mut().map(|line| &mut line.amounts);
        let bids = option.bids.iter_mut().map(|bid| &mut bid.amounts);
        lines.chain(bids).flat_map(BTreeMap::values_mut).for_each(|amount| *amount *= factor);
        option.risks.iter_mut().for_each(|risk| risk.impact *= factor);
    }
    input
}

#[test]
fn values_grow_with_the_amounts() {
    let input = sample();
    let before = analyse(&input);
    for factor in [0.5, 3.0, 1000.0] {
        let after = analyse(&scaled(&input, factor));
        for (before, after) in before.options.iter().zip(&after.options) {
            assert!(close(before.economic.npsv * factor, after.economic.npsv));
            assert!(close(before.economic.spread.p10 * factor, after.economic.spread.p10));
            assert!(close(before.joint.net_present_cash * factor, after.joint.net_present_cash));
            assert!(close(before.joint.peak_funding * factor, after.joint.peak_funding));
            assert_eq!(before.joint.payback_year, after.joint.payback_year);
        }
    }
}

#[test]
fn recharges_there_and_back_leave_everything_as_it_was() {
    let before = analyse(&sample());
    let mut input = sample();
    shared(&mut input).lines.extend([recharge("X1", "A", "B"), recharge("X2", "B", "A")]);
    let after = analyse(&input);
    for (before, after) in before.options.iter().zip(&after.options) {
        assert_eq!(before.economic.npsv, after.economic.npsv);
        for (before, after) in before.partners.iter().zip(&after.partners) {
            assert!(close(before.cash.net_present_cash, after.cash.net_present_cash));
        }
    }
}

#[test]
fn a_recharge_moves_cash_between_partners_and_none_in_all() {
    let before = analyse(&sample());
    let mut input = sample();
    shared(&mut input).lines.push(recharge("X1", "A", "B"));
    let after = analyse(&input);
    let (before, after) = (&before.options[1], &after.options[1]);
    assert_eq!(before.economic.npsv, after.economic.npsv);
    assert!(close(before.joint.net_present_cash, after.joint.net_present_cash));
    assert!(after.partners[0].cash.net_present_cash < before.partners[0].cash.net_present_cash - 1000.0);
}

#[test]
fn the_bridge_leads_from_npsv_to_the_partners_cash() {
    for option in &analyse(&sample()).options {
        let (last, steps) = option.bridge.split_last().unwrap();
        assert_eq!(steps[0].amount, option.economic.npsv);
        assert!(close(steps.iter().map(|step| step.amount).sum(), last.amount));
        assert!(close(last.amount, option.joint.net_present_cash), "{}", option.reference);
        let partners: f64 = option.partners.iter().map(|partner| partner.cash.net_present_cash).sum();
        assert!(close(partners, option.joint.net_present_cash));
    }
}

#[test]
fn a_bridge_has_no_step_where_shares_do_not_add_up_in_the_last_bit() {
    let mut input = sample();
    input.options.truncate(3);
    for code in ["C", "D", "E", "F", "G"] {
        input.partners.push(super::Partner { code: code.into(), name: code.into(), ..super::Partner::default() });
    }
    input.options[2].cost_key = Some("equal".into());
    input.options[0].lines.clear();
    let outcome = analyse(&input);
    assert_eq!(outcome.options[2].bridge.len(), 2, "{:?}", outcome.options[2].bridge);
}

#[test]
fn shares_and_probabilities_of_being_best_add_up_to_one() {
    let outcome = analyse(&sample());
    for option in &outcome.options {
        assert!(close(option.shares.iter().sum(), 1.0));
    }
    let best: f64 = outcome.options.iter().map(|option| option.economic.probability_best).sum();
    assert!(close(best, 1.0));
}

#[test]
fn what_costs_more_pays_back_later() {
    let mut before = 0.0;
    for cost in [100_000.0, 200_000.0, 300_000.0, 400_000.0] {
        let mut input = sample();
        input.options.truncate(2);
        input.options[0].lines.clear();
        let option = shared(&mut input);
        option.lines.retain(|line| line.reference == "L3");
        option.risks.clear();
        option.bids.clear();
        let mut line = option.lines[0].clone();
        (line.reference, line.flow, line.range) = ("X".into(), "cost".into(), None);
        line.amounts = BTreeMap::from([(option.starts, cost)]);
        option.lines.push(line);
        let outcome = analyse(&input);
        let joint = &outcome.options[1].joint;
        let payback = joint.payback.expect("the saving is greater");
        assert!(payback > before, "{payback} after {before}");
        assert!(joint.discounted_payback.unwrap() > payback - 1.0);
        assert_eq!(joint.peak_funding, cost);
        before = payback;
    }
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_seed_the_same_base() {
    let input = sample();
    assert_eq!(analyse(&input), analyse(&input));
    let other = analyse(&Input { seed: 8, ..input.clone() });
    let first = analyse(&input);
    assert_eq!(first.options[1].economic.npsv, other.options[1].economic.npsv);
    assert_ne!(first.options[1].economic.spread.p10, other.options[1].economic.spread.p10);
}

#[test]
fn the_trials_mean_is_the_base_case_but_for_chance() {
    let outcome = analyse(&Input { trials: 20_000, ..sample() });
    for option in &outcome.options {
        let npsv = &option.economic.spread;
        assert!((npsv.mean - option.economic.npsv).abs() <= 5.0 * npsv.standard_error + 1e-6, "{}", option.reference);
        for partner in &option.partners {
            let apart = (partner.spread.mean - partner.cash.net_present_cash).abs();
            assert!(apart <= 5.0 * partner.spread.standard_error + 1e-6, "{} {}", option.reference, partner.code);
        }
    }
}

#[test]
fn ranges_that_move_together_spread_wider_whether_named_by_driver_or_by_line() {
    let width = |correlations: Vec<CorrelationInput>| {
        let outcome = analyse(&Input { trials: 20_000, correlations, ..sample() });
        assert!(outcome.cautions.is_empty(), "{:?}", outcome.cautions);
        outcome.options[1].economic.spread.p90 - outcome.options[1].economic.spread.p10
    };
    let pair = |first: &str, second: &str| CorrelationInput {
        first: first.into(),
        second: second.into(),
        rank_correlation: 0.9,
    };
    let apart = width(Vec::new());
    let by_driver = width(vec![pair("staff", "supplier prices")]);
    assert!(by_driver > 1.05 * apart, "{by_driver} {apart}");
    assert_eq!(by_driver, width(vec![pair("L3", "L4")]), "a line's reference stands for its driver");
}

#[test]
fn what_cannot_be_applied_is_said_and_nothing_panics() {
    let pair = |first: &str, second: &str, rank_correlation| CorrelationInput {
        first: first.into(),
        second: second.into(),
        rank_correlation,
    };
    let mut input = sample();
    input.correlations =
        vec![pair("L3", "L4", 0.95), pair("L4", "L5", 0.95), pair("L3", "L5", -0.95), pair("L3", "no", 0.1)];
    let option = shared(&mut input);
    option.lines[1].range = Some(Distribution::Uniform { min: 2.0, max: 1.0 });
    option.lines[2].reference_class = Some("reference_class/none".into());
    option.lines[3].optimism_bias = Some("castles".into());
    option.lines[4].flow = "wishes".into();
    option.lines[7].authority = "Z".into();
    let outcome = analyse(&input);
    for words in ["left out: no range", "without its range", "reference_class/none", "castles", "wishes", "Z"] {
        let said = outcome.cautions.iter().any(|caution| caution.contains(words));
        assert!(said, "{words}: {:?}", outcome.cautions);
    }
    input.options[1].lines[1].range = sample().options[1].lines[1].range.clone();
    input.options[1].lines[3].optimism_bias = None;
    let outcome = analyse(&input);
    assert!(outcome.cautions.iter().any(|caution| caution.contains("move apart")), "{:?}", outcome.cautions);
}

#[test]
fn a_day_before_any_parameter_and_an_overlay_of_another_shape_are_cautions() {
    let early = analyse(&Input { on: "1999-06-01".parse::<Date>().unwrap(), ..sample() });
    assert!(early.cautions.iter().any(|caution| caution.contains("was not in force on 1999-06-01")));
    let odd = "description = 'D'\nunit = 'years'\nset_by = 'P'\nreview_by = 2027-04-01\n[[values]]\nfrom = 2000-01-01\n\
        reference = { title = 'T', href = 'https://example.org' }\nvalue = 'ten'\n";
    let files = BTreeMap::from([("green_book/appraisal_horizon".to_owned(), odd.to_owned())]);
    let outcome = Appraisal::analyse(&sample(), &Basis::with_overlay(&files).unwrap());
    assert_eq!(outcome.years.len(), 10);
    assert!(outcome.cautions.iter().any(|caution| caution.contains("the standard parameter is used instead")));
}

#[test]
fn a_change_of_budget_is_that_of_the_budgets_own_authority() {
    let mut input = sample();
    let line = &mut shared(&mut input).lines[5];
    (line.cost_centre, line.reference) = (Some("CE1".into()), "L7".into());
    let outcome = analyse(&input);
    let budget = &outcome.options[1].budgets[0];
    let price = outcome.prices[2];
    let saving = 300_000.0 * (0.5 + 0.9 + 1.2) / 3.0;
    assert!(close(budget.change[2], (12_000.0 - saving) * price), "{:?}", budget.change);
}

#[test]
fn sensitivities_hold_the_base_case_between_their_ends() {
    let outcome = analyse(&sample());
    let option = &outcome.options[1];
    assert!(option.sensitivities.iter().any(|one| one.label.starts_with("Optimism bias")));
    for one in &option.sensitivities {
        let (low, high) = (one.low.min(one.high), one.low.max(one.high));
        assert!((low..=high).contains(&option.economic.npsv), "{one:?}");
    }
    let widths: Vec<f64> = option.sensitivities.iter().map(|one| (one.high - one.low).abs()).collect();
    assert!(widths.windows(2).all(|pair| pair[0] >= pair[1]));
}

#[test]
fn at_its_switching_value_a_line_takes_npsv_to_nought() {
    let outcome = analyse(&sample());
    let option = &outcome.options[1];
    let switching = option.switching.iter().find(|one| one.label == "Staff saving").unwrap();
    let change = switching.change.expect("it can be lost");
    let mut input = sample();
    let line = shared(&mut input).lines.iter_mut().find(|line| line.reference == "L3").unwrap();
    line.amounts.values_mut().for_each(|amount| *amount *= 1.0 + change);
    assert!(analyse(&input).options[1].economic.npsv.abs() < 1e-6);
}
