//! The plain way: every date of every group with every way of every thing. It checks the fast way.

use super::{Ending, Problem, Solution};
use crate::assignment::Infeasible;

/// The cheapest way to end all things, by trying all: for a handful of things, and to check [`super::solve`].
///
/// # Errors
/// [`Infeasible`], if there is none.
pub fn solve_by_enumeration(problem: &Problem) -> Result<Solution, Infeasible> {
    super::check::well_formed(problem)?;
    let mut trial = Trial {
        problem,
        used: vec![0; problem.capacities.len()],
        dates: vec![None; problem.groups.len()],
        endings: problem.groups.iter().map(|_| Vec::new()).collect(),
        best: None,
        tried: 0,
    };
    trial.group(0, 0.0);
    trial.best.ok_or(Infeasible::Together { resources: (0..problem.capacities.len()).collect() })
}

struct Trial<'a> {
    problem: &'a Problem,
    used: Vec<u32>,
    dates: Vec<Option<usize>>,
    endings: Vec<Vec<Ending>>,
    best: Option<Solution>,
    tried: u64,
}

impl Trial<'_> {
    fn group(&mut self, group: usize, cost: f64) {
        let Some(of) = self.problem.groups.get(group) else { return self.end(cost) };
        self.dates[group] = None;
        self.thing(group, 0, cost);
        for (place, date) in of.dates.iter().enumerate() {
            self.dates[group] = Some(place);
            self.run(&date.uses, true);
            self.thing(group, 0, cost + date.cost);
            self.run(&date.uses, false);
        }
    }

    fn thing(&mut self, group: usize, thing: usize, cost: f64) {
        let problem = self.problem;
        let Some(of) = problem.groups[group].things.get(thing) else {
            return self.group(group + 1, cost - self.reduction(group));
        };
        let apart = of.apart.iter().enumerate().map(|(place, way)| (Ending::Apart(place), way));
        let date = self.dates[group];
        let together = date.into_iter().flat_map(|date| of.together[date].iter().enumerate());
        let together = together.map(|(place, way)| (Ending::Together(place), way));
        for (ending, way) in apart.chain(together) {
            self.endings[group].push(ending);
            self.run(&way.uses, true);
            self.thing(group, thing + 1, cost + way.cost);
            self.run(&way.uses, false);
            self.endings[group].pop();
        }
    }

    fn reduction(&self, group: usize) -> f64 {
        let Some(date) = self.dates[group] else { return 0.0 };
        let of = &self.problem.groups[group];
        let together = of.things.iter().zip(&self.endings[group]);
        let together: Vec<f64> = together
            .filter(|(_, ending)| matches!(ending, Ending::Together(_)))
            .map(|(thing, _)| thing.reductions[date])
            .collect();
        if together.len() >= of.dates[date].enough { together.iter().sum() } else { 0.0 }
    }

    fn run(&mut self, uses: &[usize], more: bool) {
        uses.iter().for_each(|&period| if more { self.used[period] += 1 } else { self.used[period] -= 1 });
    }

    fn end(&mut self, cost: f64) {
        self.tried += 1;
        if self.used.iter().zip(&self.problem.capacities).any(|(used, capacity)| used > capacity) {
            return;
        }
        if self.best.as_ref().is_none_or(|best| cost < best.cost) {
            self.best = Some(Solution {
                dates: self.dates.clone(),
                endings: self.endings.clone(),
                cost,
                bound: cost,
                nodes: self.tried,
                proved: true,
            });
        }
    }
}
