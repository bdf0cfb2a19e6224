//! The same problem as an assignment: a group is an item, its key a date with or without reductions, its things members.

use super::{Ending, Problem, Solution, Thing, Way};
use crate::assignment::{self, Choice, Item, Member, Module};

/// What a key of a group stands for: key nought is no common date, `2 × date + 1` a date, and one more its reductions.
fn key(date: usize, reduced: bool) -> usize {
    2 * date + 1 + usize::from(reduced)
}

fn date_of(key: usize) -> Option<usize> {
    key.checked_sub(1).map(|key| key / 2)
}

/// A problem as an assignment, with what each choice of a thing means.
pub(super) struct Placing {
    pub(super) problem: assignment::Problem,
    /// For each group and thing, the ending that each choice stands for.
    endings: Vec<Vec<Vec<Ending>>>,
}

impl Placing {
    pub(super) fn of(problem: &Problem) -> Self {
        let mut placing = Placing {
            problem: assignment::Problem {
                items: Vec::new(),
                capacities: problem.capacities.iter().map(|&capacity| f64::from(capacity)).collect(),
                modules: Vec::new(),
            },
            endings: Vec::new(),
        };
        if let Some((cost, most)) = problem.beyond {
            let module = |period: usize| Module { cost, most, adds: vec![(period, 1.0)] };
            placing.problem.modules = (0..problem.capacities.len()).map(module).collect();
        }
        (0..problem.groups.len()).for_each(|group| placing.add(problem, group));
        placing
    }

    fn add(&mut self, problem: &Problem, group: usize) {
        let group = &problem.groups[group];
        let size = group.things.len();
        // A date with reductions leaves so many things apart as are not needed; a resource counts them.
        let counted: Vec<usize> =
            group.dates.iter().map(|date| date.enough).filter(|enough| (1..size).contains(enough)).collect();
        let counts = (!counted.is_empty()).then(|| {
            self.problem.capacities.push(size as f64);
            self.problem.capacities.len() - 1
        });
        let mut dates = vec![Choice { key: 0, cost: 0.0, uses: Vec::new() }];
        for (place, date) in group.dates.iter().enumerate() {
            let uses: Vec<(usize, f64)> = date.uses.iter().map(|&period| (period, 1.0)).collect();
            dates.push(Choice { key: key(place, false), cost: date.cost, uses: uses.clone() });
            let reduces = group.things.iter().any(|thing| thing.reductions[place] > 0.0);
            if reduces && date.enough <= size {
                let counting = counts.filter(|_| date.enough > 0).map(|row| (row, date.enough as f64));
                let uses = uses.into_iter().chain(counting).collect();
                dates.push(Choice { key: key(place, true), cost: date.cost, uses });
            }
        }
        let keys: Vec<usize> = dates.iter().map(|choice| choice.key).collect();
        let mut members = vec![Member { choices: dates }];
        let mut endings = Vec::new();
        for thing in &group.things {
            let all = choices(
                thing,
                &keys,
                |place| (group.dates[place].enough < size).then_some(counts).flatten(),
                |place| group.dates[place].enough < size,
            );
            let (choices, ending) = all.into_iter().unzip();
            members.push(Member { choices });
            endings.push(ending);
        }
        self.problem.items.push(Item { members });
        self.endings.push(endings);
    }

    /// What was placed, as endings; whether reductions count is told by how many end together.
    pub(super) fn solution(&self, problem: &Problem, placed: &assignment::Solution) -> Solution {
        let date = |(item, chosen): (&Item, &Vec<usize>)| date_of(item.members[0].choices[chosen[0]].key);
        let endings = self.endings.iter().zip(&placed.choices).map(|(things, chosen)| {
            things.iter().zip(&chosen[1..]).map(|(endings, &choice)| endings[choice]).collect()
        });
        let mut solution = Solution {
            dates: self.problem.items.iter().zip(&placed.choices).map(date).collect(),
            endings: endings.collect(),
            beyond: vec![0; problem.capacities.len()],
            cost: placed.cost,
            bound: placed.bound,
            nodes: placed.nodes,
            proved: placed.proved,
        };
        for (beyond, &bought) in solution.beyond.iter_mut().zip(&placed.modules) {
            *beyond = bought;
        }
        solution
    }
}

/// Every choice of a thing under each key. Under a date with reductions, ending apart is counted, or forbidden where
/// every thing must end together.
fn choices(
    thing: &Thing,
    keys: &[usize],
    counts: impl Fn(usize) -> Option<usize>,
    may_stay_apart: impl Fn(usize) -> bool,
) -> Vec<(Choice, Ending)> {
    let mut all = Vec::new();
    for &key in keys {
        let date = date_of(key);
        let reduced = key > 0 && key % 2 == 0;
        if let Some(date) = date {
            let reduction = if reduced { thing.reductions[date] } else { 0.0 };
            for place in worth_having(&thing.together[date]) {
                let way = &thing.together[date][place];
                all.push((choice(key, way, -reduction, None), Ending::Together(place)));
            }
        }
        let apart = !reduced || date.is_none_or(&may_stay_apart);
        if apart {
            let counted = date.filter(|_| reduced).and_then(&counts);
            for place in worth_having(&thing.apart) {
                all.push((choice(key, &thing.apart[place], 0.0, counted), Ending::Apart(place)));
            }
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
