//! The plain way: every choice of every member in turn, cut off by what the rest must cost. It checks the fast way.

use super::check::{keys, slack};
use super::{Effort, Infeasible, Problem, Solution};

/// The cheapest placement by trying all: for a handful of items, and to check [`super::solve`].
///
/// # Errors
/// [`Infeasible`], if there is none, or none within `effort.nodes`.
pub fn solve_by_enumeration(problem: &Problem, effort: &Effort) -> Result<Solution, Infeasible> {
    let mut search = Search::new(problem, effort.nodes);
    search.item(0);
    let complete = search.nodes <= effort.nodes;
    let nodes = search.nodes.min(effort.nodes);
    match search.best {
        Some((cost, choices, modules)) => {
            let bound = if complete { cost } else { search.least_from[0].min(cost) };
            let proved = cost - bound <= effort.gap * cost.abs().max(1.0) + slack(cost) * f64::from(u8::from(complete));
            Ok(Solution { choices, modules, cost, bound, nodes, proved })
        }
        None if complete => Err(Infeasible::Together { resources: (0..problem.capacities.len()).collect() }),
        None => Err(Infeasible::NotFound { nodes }),
    }
}

struct Search<'a> {
    problem: &'a Problem,
    /// The cheapest that each item and all after it can be, were there no capacities.
    least_from: Vec<f64>,
    /// What each resource holds with all modules.
    most: Vec<f64>,
    used: Vec<f64>,
    chosen: Vec<Vec<usize>>,
    spent: f64,
    best: Option<(f64, Vec<Vec<usize>>, Vec<u32>)>,
    nodes: u64,
    limit: u64,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, limit: u64) -> Self {
        let mut least_from = vec![0.0; problem.items.len() + 1];
        for (place, item) in problem.items.iter().enumerate().rev() {
            let cheapest = |key: &usize| -> f64 {
                let of_key = |member: &super::Member| {
                    let costs = member.choices.iter().filter(|choice| choice.key == *key).map(|choice| choice.cost);
                    costs.fold(f64::INFINITY, f64::min)
                };
                item.members.iter().map(of_key).sum()
            };
            let least = keys(item).iter().map(cheapest).reduce(f64::min).unwrap_or(0.0);
            least_from[place] = least_from[place + 1] + least;
        }
        let mut most = problem.capacities.clone();
        for module in &problem.modules {
            module.adds.iter().for_each(|&(resource, amount)| most[resource] += amount * f64::from(module.most));
        }
        let used = vec![0.0; most.len()];
        Self { problem, least_from, most, used, chosen: Vec::new(), spent: 0.0, best: None, nodes: 0, limit }
    }

    fn item(&mut self, place: usize) {
        self.nodes += 1;
        let hopeless =
            self.best.as_ref().is_some_and(|best| self.spent + self.least_from[place] >= best.0 - slack(best.0));
        if hopeless || self.nodes > self.limit {
            return;
        }
        let Some(item) = self.problem.items.get(place) else { return self.buy() };
        self.chosen.push(Vec::new());
        if item.members.is_empty() {
            self.item(place + 1);
        }
        for key in keys(item) {
            self.member(place, 0, key);
        }
        self.chosen.pop();
    }

    fn member(&mut self, place: usize, member: usize, key: usize) {
        let problem = self.problem;
        let Some(given) = problem.items[place].members.get(member) else { return self.item(place + 1) };
        for (number, choice) in given.choices.iter().enumerate().filter(|(_, choice)| choice.key == key) {
            choice.uses.iter().for_each(|&(resource, amount)| self.used[resource] += amount);
            let fits =
                |&(resource, _): &(usize, f64)| self.used[resource] <= self.most[resource] + slack(self.most[resource]);
            if choice.uses.iter().all(fits) {
                self.spent += choice.cost;
                self.chosen[place].push(number);
                self.member(place, member + 1, key);
                self.chosen[place].pop();
                self.spent -= choice.cost;
            }
            choice.uses.iter().for_each(|&(resource, amount)| self.used[resource] -= amount);
        }
    }

    fn buy(&mut self) {
        let mut bought = vec![0; self.problem.modules.len()];
        let mut available = self.problem.capacities.clone();
        self.module(0, &mut bought, &mut available, 0.0);
    }

    fn module(&mut self, place: usize, bought: &mut Vec<u32>, available: &mut Vec<f64>, paid: f64) {
        if self.best.as_ref().is_some_and(|best| self.spent + paid >= best.0 - slack(best.0)) {
            return;
        }
        let Some(module) = self.problem.modules.get(place) else {
            let fits =
                self.used.iter().zip(&*available).all(|(used, available)| *used <= available + slack(*available));
            if fits {
                self.best = Some((self.spent + paid, self.chosen.clone(), bought.clone()));
            }
            return;
        };
        let before = available.clone();
        for number in 0..=module.most {
            bought[place] = number;
            self.module(place + 1, bought, available, paid + module.cost * f64::from(number));
            module.adds.iter().for_each(|&(resource, amount)| available[resource] += amount);
        }
        bought[place] = 0;
        *available = before;
    }
}
