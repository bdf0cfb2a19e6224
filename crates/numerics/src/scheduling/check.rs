//! Whether a problem is well formed, and whether an answer keeps it: added up anew.

use super::{Ending, Problem, Solution};
use crate::assignment::Infeasible;

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The answer has not the shape of the problem.
    #[error("the answer names a group, a thing, a date or a way that is not there")]
    Shape,
    /// More runs in a period than may.
    #[error("{used} run in period {period}, where {most} may")]
    TooMuch {
        /// The period.
        period: usize,
        /// What runs.
        used: u32,
        /// What may.
        most: u32,
    },
    /// The costs do not add up.
    #[error("it costs {found}, and {said} was said")]
    Cost {
        /// What it costs.
        found: f64,
        /// What was said.
        said: f64,
    },
}

/// What an answer costs, added up anew from the problem alone.
///
/// # Errors
/// [`Fault`], if it does not keep the problem or costs something else than it says.
pub fn verify(problem: &Problem, solution: &Solution) -> Result<f64, Fault> {
    let mut cost = 0.0;
    let mut used = vec![0_u32; problem.capacities.len()];
    if solution.dates.len() != problem.groups.len() || solution.endings.len() != problem.groups.len() {
        return Err(Fault::Shape);
    }
    for (place, group) in problem.groups.iter().enumerate() {
        let date = solution.dates[place];
        if let Some(date) = date {
            let taken = group.dates.get(date).ok_or(Fault::Shape)?;
            cost += taken.cost;
            taken.uses.iter().for_each(|&period| used[period] += 1);
        }
        if solution.endings[place].len() != group.things.len() {
            return Err(Fault::Shape);
        }
        let enough = solution.is_enough(problem, place);
        for (thing, ending) in group.things.iter().zip(&solution.endings[place]) {
            let way = match *ending {
                Ending::Apart(way) => thing.apart.get(way),
                Ending::Together(way) => date.and_then(|date| thing.together[date].get(way)),
            };
            let way = way.ok_or(Fault::Shape)?;
            cost += way.cost;
            way.uses.iter().for_each(|&period| used[period] += 1);
            if let (Ending::Together(_), Some(date), true) = (ending, date, enough) {
                cost -= thing.reductions[date];
            }
        }
    }
    for (period, (&used, &capacity)) in used.iter().zip(&problem.capacities).enumerate() {
        if used > capacity {
            return Err(Fault::TooMuch { period, used, most: capacity });
        }
    }
    let near = (cost - solution.cost).abs() <= 1e-9 * cost.abs().max(1.0);
    if near { Ok(cost) } else { Err(Fault::Cost { found: cost, said: solution.cost }) }
}

pub(super) fn well_formed(problem: &Problem) -> Result<(), Infeasible> {
    let refuse = |words: String| Err(Infeasible::Malformed(words));
    let periods = problem.capacities.len();
    for (place, group) in problem.groups.iter().enumerate() {
        let common = group.dates.iter().flat_map(|date| &date.uses);
        if common.clone().any(|&period| period >= periods) || group.dates.iter().any(|date| !date.cost.is_finite()) {
            return refuse(format!("a date of group {place} names a period that is not there, or has no cost"));
        }
        for (number, thing) in group.things.iter().enumerate() {
            if thing.apart.is_empty() {
                return refuse(format!("thing {number} of group {place} has no way to end apart"));
            }
            if thing.together.len() != group.dates.len() || thing.reductions.len() != group.dates.len() {
                return refuse(format!("thing {number} of group {place} has not as many dates as its group"));
            }
            let ways = thing.apart.iter().chain(thing.together.iter().flatten());
            if ways.clone().any(|way| !way.cost.is_finite() || way.uses.iter().any(|&period| period >= periods)) {
                return refuse(format!("a way of thing {number} of group {place} is not one"));
            }
            if !thing.reductions.iter().all(|reduction| (0.0..f64::INFINITY).contains(reduction)) {
                return refuse(format!("a reduction of thing {number} of group {place} is not one"));
            }
        }
    }
    Ok(())
}
