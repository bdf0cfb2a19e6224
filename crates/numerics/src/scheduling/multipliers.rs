//! Prices on the periods, raised until nothing is gained by it: a bound, and an answer made from it.

use rayon::prelude::*;

use super::priced::{self, Best, Key};
use super::{Ending, Group, Problem, Solution, Way};

/// How often the prices are changed.
const STEPS: usize = 240;
/// An answer is made of every so many.
const EACH: usize = 60;
/// The step is halved after so many that gained nothing.
const PATIENCE: usize = 8;

/// What the prices prove, and the best answer that was made on the way.
pub(super) struct Raised {
    /// The prices of the best bound.
    pub(super) prices: Vec<f64>,
    /// Nothing costs less.
    pub(super) bound: f64,
    pub(super) best: Option<Solution>,
}

/// Raises the prices of full periods and lowers those of others, by steps towards the best answer known (Polyak).
pub(super) fn raise(problem: &Problem) -> Raised {
    let keys: Vec<Vec<Key>> = problem.groups.iter().map(priced::keys).collect();
    let mut prices = vec![0.0; problem.capacities.len()];
    let mut raised = Raised { prices: prices.clone(), bound: f64::NEG_INFINITY, best: None };
    let (mut step, mut idle) = (1.0, 0);
    for number in 0..STEPS {
        let of_group = |(group, keys): (&Group, &Vec<Key>)| priced::best_of(group, keys, &prices);
        let bests: Vec<Best> = problem.groups.par_iter().zip(&keys).map(of_group).collect();
        let over = over(problem, &bests);
        let bound = bests.iter().map(|best| best.priced).sum::<f64>()
            - prices.iter().zip(&problem.capacities).map(|(price, &capacity)| price * f64::from(capacity)).sum::<f64>();
        if bound > raised.bound {
            (raised.bound, raised.prices) = (bound, prices.clone());
            idle = 0;
        } else {
            idle += 1;
        }
        if number % EACH == 0
            && let Some(made) = repaired(problem, &keys, bests, &prices)
            && raised.best.as_ref().is_none_or(|best| made.cost < best.cost)
        {
            raised.best = Some(made);
        }
        if idle >= PATIENCE {
            (step, idle) = (step / 2.0, 0);
            prices.clone_from(&raised.prices);
        }
        let aim = raised.best.as_ref().map_or(bound.abs().mul_add(0.01, bound + 1.0), |best| best.cost);
        // A period that is not full and has no price cannot lose any.
        let slope: f64 = over
            .iter()
            .zip(&prices)
            .filter(|(over, price)| **over > 0 || **price > 0.0)
            .map(|(over, _)| (over * over) as f64)
            .sum();
        if slope == 0.0 || aim - raised.bound <= super::tolerance(aim) || step < 1e-4 {
            break;
        }
        let length = step * (aim - bound).max(0.0) / slope;
        for (price, &over) in prices.iter_mut().zip(&over) {
            *price = (*price + length * over as f64).max(0.0);
        }
    }
    raised
}

/// How much more runs in each period than may; below nought where there is room.
fn over(problem: &Problem, bests: &[Best]) -> Vec<i64> {
    let mut over: Vec<i64> = problem.capacities.iter().map(|&capacity| -i64::from(capacity)).collect();
    for (group, best) in problem.groups.iter().zip(bests) {
        priced::uses(group, best).for_each(|period| over[period] += 1);
    }
    over
}

/// An answer that keeps the capacities: one thing or one group after another is moved out of full periods, what costs
/// least first; then each group takes the best that there is room for.
fn repaired(problem: &Problem, keys: &[Vec<Key>], mut bests: Vec<Best>, prices: &[f64]) -> Option<Solution> {
    let mut over = over(problem, &bests);
    while over.iter().any(|over| *over > 0) {
        let full = (0..over.len()).max_by_key(|&period| over[period])?;
        let barred = barred(&over, prices);
        let users: Vec<usize> = (0..bests.len()).filter(|&group| takes(problem, group, &bests[group], full)).collect();
        let moves = users.into_iter().flat_map(|group| {
            let of = &problem.groups[group];
            let whole = priced::best_of(of, &keys[group], &barred);
            single_moves(of, &bests[group], &barred, full).chain([whole]).map(move |instead| (group, instead))
        });
        let weighed = moves.filter_map(|(group, instead)| {
            let freed = freed(problem, group, &bests[group], &instead, &over);
            (freed > 0).then(|| ((instead.cost - bests[group].cost) / freed as f64, group, instead))
        });
        let (_, group, instead) = weighed.min_by(|one, other| one.0.total_cmp(&other.0))?;
        exchange(problem, group, &mut bests, instead, &mut over);
    }
    for group in 0..bests.len() {
        let of = &problem.groups[group];
        priced::uses(of, &bests[group]).for_each(|period| over[period] -= 1);
        let instead = priced::best_of(of, &keys[group], &barred(&over, &[]));
        priced::uses(of, &instead).for_each(|period| over[period] += 1);
        if over.iter().any(|over| *over > 0) || instead.cost >= bests[group].cost {
            priced::uses(of, &instead).for_each(|period| over[period] -= 1);
            priced::uses(of, &bests[group]).for_each(|period| over[period] += 1);
        } else {
            bests[group] = instead;
        }
    }
    Some(Solution {
        dates: bests.iter().map(|best| best.key.date).collect(),
        cost: bests.iter().map(|best| best.cost).sum(),
        bound: f64::NEG_INFINITY,
        nodes: 0,
        proved: false,
        endings: bests.into_iter().map(|best| best.endings).collect::<Vec<Vec<Ending>>>(),
    })
}

/// Prices that keep out of periods without room.
fn barred(over: &[i64], prices: &[f64]) -> Vec<f64> {
    const FORBIDDING: f64 = 1e12;
    let price = |(period, over): (usize, &i64)| {
        prices.get(period).copied().unwrap_or(0.0) + if *over >= 0 { FORBIDDING } else { 0.0 }
    };
    over.iter().enumerate().map(price).collect()
}

fn takes(problem: &Problem, group: usize, best: &Best, period: usize) -> bool {
    priced::uses(&problem.groups[group], best).any(|used| used == period)
}

/// The group with one of its things out of a full period, in the cheapest way of its key.
fn single_moves<'a>(
    group: &'a Group,
    best: &'a Best,
    barred: &'a [f64],
    full: usize,
) -> impl Iterator<Item = Best> + 'a {
    let together = best.endings.iter().filter(|ending| matches!(ending, Ending::Together(_))).count();
    let spare = together > best.key.enough(group);
    (0..group.things.len()).filter(move |&thing| way(group, best, thing).uses.contains(&full)).filter_map(
        move |thing| {
            let (now, of) = (best.endings[thing], &group.things[thing]);
            let date = best.key.date;
            let reduction = date.filter(|_| best.key.reduced).map_or(0.0, |date| of.reductions[date]);
            let apart = of.apart.iter().enumerate().map(|(place, way)| (Ending::Apart(place), way, 0.0));
            let apart = apart.filter(|_| spare || matches!(now, Ending::Apart(_)));
            let joined = date.into_iter().flat_map(|date| of.together[date].iter().enumerate());
            let joined = joined.map(|(place, way)| (Ending::Together(place), way, reduction));
            let cheapest = apart.chain(joined).min_by(|one, other| {
                let cost = |(_, way, reduction): &(Ending, &Way, f64)| priced::with_prices(way, barred) - reduction;
                cost(one).total_cmp(&cost(other))
            });
            let (ending, instead, reduced) = cheapest?;
            let before =
                way(group, best, thing).cost - if matches!(now, Ending::Together(_)) { reduction } else { 0.0 };
            let mut moved = best.clone();
            moved.endings[thing] = ending;
            moved.cost += instead.cost - reduced - before;
            Some(moved)
        },
    )
}

fn way<'a>(group: &'a Group, best: &Best, thing: usize) -> &'a Way {
    match best.endings[thing] {
        Ending::Apart(place) => &group.things[thing].apart[place],
        Ending::Together(place) => &group.things[thing].together[best.key.date.expect("they end on a date")][place],
    }
}

/// By how much what runs beyond the capacities falls.
fn freed(problem: &Problem, group: usize, now: &Best, instead: &Best, over: &[i64]) -> i64 {
    let mut after = over.to_vec();
    priced::uses(&problem.groups[group], now).for_each(|period| after[period] -= 1);
    priced::uses(&problem.groups[group], instead).for_each(|period| after[period] += 1);
    let beyond = |over: &[i64]| over.iter().map(|over| (*over).max(0)).sum::<i64>();
    beyond(over) - beyond(&after)
}

fn exchange(problem: &Problem, place: usize, bests: &mut [Best], instead: Best, over: &mut [i64]) {
    let group = &problem.groups[place];
    priced::uses(group, &bests[place]).for_each(|period| over[period] -= 1);
    priced::uses(group, &instead).for_each(|period| over[period] += 1);
    bests[place] = instead;
}
