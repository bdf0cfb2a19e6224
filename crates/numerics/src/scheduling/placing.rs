//! The same problem as an assignment: a group is an item, its key a date with or without reductions, its things members.

use super::multipliers::Raised;
use super::priced::{self, Key};
use super::{Ending, Group, Problem, Solution, Thing, Way};
use crate::assignment::{self, Choice, Item, Member};

/// A problem as an assignment, with what each choice of a thing means.
pub(super) struct Placing {
    pub(super) problem: assignment::Problem,
    /// For each group and thing, the ending that each choice stands for.
    endings: Vec<Vec<Vec<Ending>>>,
    /// For each group, the date of each key.
    dates: Vec<Vec<Option<usize>>>,
}

impl Placing {
    /// The problem without what costs more than the bound by more than the room.
    pub(super) fn of(problem: &Problem, raised: &Raised, room: f64) -> Self {
        let capacities = problem.capacities.iter().map(|&capacity| f64::from(capacity)).collect();
        let mut placing = Placing {
            problem: assignment::Problem { capacities, ..assignment::Problem::default() },
            endings: Vec::new(),
            dates: Vec::new(),
        };
        problem.groups.iter().for_each(|group| placing.add(group, &raised.prices, room));
        placing
    }

    fn add(&mut self, group: &Group, prices: &[f64], room: f64) {
        let size = group.things.len();
        let all: Vec<(Key, f64)> = priced::keys(group)
            .into_iter()
            .filter_map(|key| Some((key, priced::best(group, key, prices)?.priced)))
            .collect();
        let least = all.iter().map(|(_, cost)| *cost).fold(f64::INFINITY, f64::min);
        let kept = all.into_iter().filter(|(_, cost)| cost - least <= room);
        let keys: Vec<Key> = kept.map(|(key, _)| key).collect();
        let limits: Vec<f64> = keys.iter().map(|&key| room + least - priced::floor(group, key, prices)).collect();
        // A date with reductions leaves so many things apart as are not needed; a resource counts them.
        let counts_some = keys.iter().any(|key| (1..size).contains(&key.enough(group)));
        let counts = counts_some.then(|| {
            self.problem.capacities.push(size as f64);
            self.problem.capacities.len() - 1
        });
        let row_of = |key: &Key| counts.filter(|_| (1..size).contains(&key.enough(group)));
        let date = |(number, key): (usize, &Key)| {
            let Some(date) = key.date.map(|date| &group.dates[date]) else {
                return Choice { key: number, cost: 0.0, uses: Vec::new() };
            };
            let uses = date.uses.iter().map(|&period| (period, 1.0));
            let counting = row_of(key).map(|row| (row, date.enough as f64));
            Choice { key: number, cost: date.cost, uses: uses.chain(counting).collect() }
        };
        let mut members = vec![Member { choices: keys.iter().enumerate().map(date).collect() }];
        let mut endings = Vec::new();
        for thing in &group.things {
            let all = keys.iter().enumerate().flat_map(|(number, key)| {
                let may_stay_apart = key.enough(group) < size;
                let limit = limits[number] + priced::least_of(thing, *key, prices);
                let near = move |way: &Way, reduction: f64| priced::with_prices(way, prices) - reduction <= limit;
                choices(thing, (number, *key), (row_of(key), may_stay_apart), near)
            });
            let (choices, ending) = all.unzip();
            members.push(Member { choices });
            endings.push(ending);
        }
        self.problem.items.push(Item { members });
        self.endings.push(endings);
        self.dates.push(keys.iter().map(|key| key.date).collect());
    }

    /// What was placed, as endings.
    pub(super) fn solution(&self, placed: &assignment::Solution) -> Solution {
        let endings = self.endings.iter().zip(&placed.choices);
        let endings = endings.map(|(things, chosen)| {
            things.iter().zip(&chosen[1..]).map(|(endings, &choice)| endings[choice]).collect()
        });
        Solution {
            dates: self.dates.iter().zip(&placed.choices).map(|(dates, chosen)| dates[chosen[0]]).collect(),
            endings: endings.collect(),
            cost: placed.cost,
            bound: placed.bound,
            nodes: placed.nodes,
            proved: placed.proved,
        }
    }
}

/// The choices of a thing under a key. Under a date with reductions, ending apart is counted, or forbidden where
/// every thing must end together.
fn choices(
    thing: &Thing,
    (number, key): (usize, Key),
    (counts, may_stay_apart): (Option<usize>, bool),
    near: impl Fn(&Way, f64) -> bool,
) -> Vec<(Choice, Ending)> {
    let mut all = Vec::new();
    if let Some(date) = key.date {
        let reduction = if key.reduced { thing.reductions[date] } else { 0.0 };
        let ways = &thing.together[date];
        for place in worth_having(ways).into_iter().filter(|&place| near(&ways[place], reduction)) {
            all.push((choice(number, &ways[place], -reduction, None), Ending::Together(place)));
        }
    }
    if may_stay_apart {
        for place in worth_having(&thing.apart).into_iter().filter(|&place| near(&thing.apart[place], 0.0)) {
            all.push((choice(number, &thing.apart[place], 0.0, counts), Ending::Apart(place)));
        }
    }
    all
}

fn choice(key: usize, way: &Way, added: f64, counted: Option<usize>) -> Choice {
    let uses = way.uses.iter().map(|&period| (period, 1.0)).chain(counted.map(|row| (row, 1.0)));
    Choice { key, cost: way.cost + added, uses: uses.collect() }
}

/// The places of the ways that no other does as well as, in every period and in cost.
fn worth_having(ways: &[Way]) -> Vec<usize> {
    let no_worse = |one: usize, other: usize| {
        let (first, second) = (&ways[one], &ways[other]);
        let less = first.uses.iter().all(|period| second.uses.contains(period));
        let alike = first.cost == second.cost && second.uses.iter().all(|period| first.uses.contains(period));
        less && first.cost <= second.cost && (!alike || one < other)
    };
    let all = 0..ways.len();
    all.clone().filter(|&one| !all.clone().any(|other| other != one && no_worse(other, one))).collect()
}
