//! Things that end, in groups that gain by ending on one date, within how much can be prepared at once: to the proved optimum.

mod check;
mod exhaustive;
mod placing;

pub use check::{Fault, verify};
pub use exhaustive::solve_by_enumeration;

use crate::assignment::{self, Effort, Infeasible};

/// Groups of things, each thing ended in one of its ways, at least cost.
///
/// ```text
/// least  Σ cost of the ways taken + Σ cost of the common dates taken − Σ reductions + Σ beyond × what runs beyond
/// where  each group takes one common date or none; each thing ends apart, or together on its group's date;
///        a group's reductions count where enough of its things end together;
///        in each period no more runs than its capacity and what is bought beyond it.
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// The groups.
    pub groups: Vec<Group>,
    /// How much may run in each period.
    pub capacities: Vec<u32>,
    /// What one more costs in a period, and how many more there may be; none where nothing may run beyond the capacities.
    pub beyond: Option<(f64, u32)>,
}

/// Things that may end on one date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The dates on which they may end together.
    pub dates: Vec<CommonDate>,
    /// The things.
    pub things: Vec<Thing>,
}

/// A date on which the things of a group may end together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CommonDate {
    /// What taking it costs, however many end on it.
    pub cost: f64,
    /// The periods in which taking it runs, one unit in each.
    pub uses: Vec<usize>,
    /// How many things must end together for their reductions to count.
    pub enough: usize,
}

/// Something that ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thing {
    /// The ways in which it ends by itself.
    pub apart: Vec<Way>,
    /// For each date of its group, the ways in which it ends then.
    pub together: Vec<Vec<Way>>,
    /// For each date of its group, what is saved if enough end together, not below nought.
    pub reductions: Vec<f64>,
}

/// A way to end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// What it costs; may be negative.
    pub cost: f64,
    /// The periods in which it runs, one unit in each.
    pub uses: Vec<usize>,
}

/// How a thing ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, in the way of that place.
    Apart(usize),
    /// On its group's date, in the way of that place among those of the date.
    Together(usize),
}

/// How each group and each thing ends, with the bound that says how far from the best it can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The date of each group, by its place; none where its things end apart.
    pub dates: Vec<Option<usize>>,
    /// How each thing of each group ends.
    pub endings: Vec<Vec<Ending>>,
    /// What runs beyond the capacity of each period.
    pub beyond: Vec<u32>,
    /// What it costs.
    pub cost: f64,
    /// Nothing costs less than this.
    pub bound: f64,
    /// Nodes of the search tree that were opened.
    pub nodes: u64,
    /// Whether nothing better is left.
    pub proved: bool,
}

impl Solution {
    /// Whether so many things of a group end together that their reductions count.
    pub fn is_enough(&self, problem: &Problem, group: usize) -> bool {
        let together = self.endings[group].iter().filter(|ending| matches!(ending, Ending::Together(_))).count();
        self.dates[group].is_some_and(|date| together >= problem.groups[group].dates[date].enough)
    }
}

/// The cheapest way to end all things, proved to be so unless `effort` runs out.
///
/// It is solved as an [assignment](crate::assignment): each group is an item whose key is its date, once with its
/// reductions and once without.
///
/// # Errors
/// [`Infeasible`], if the capacities cannot hold what must run, or the problem is not well formed.
///
/// ```
/// use penshaw_numerics::assignment::Effort;
/// use penshaw_numerics::scheduling::{CommonDate, Ending, Group, Problem, Thing, Way, solve};
/// let way = |cost: f64, uses: &[usize]| Way { cost, uses: uses.to_vec() };
/// // Apart, each costs 10. Together one pays 4 to wait, the date itself costs 12: 16 in place of 20.
/// let thing = |waits: f64| Thing { apart: vec![way(10.0, &[0])], together: vec![vec![way(waits, &[])]], reductions: vec![0.0] };
/// let date = CommonDate { cost: 12.0, uses: vec![0], enough: 2 };
/// let group = Group { dates: vec![date], things: vec![thing(0.0), thing(4.0)] };
/// let problem = Problem { groups: vec![group], capacities: vec![2], beyond: None };
/// let solution = solve(&problem, &Effort::default())?;
/// assert_eq!((solution.cost, solution.bound, solution.dates[0]), (16.0, 16.0, Some(0)));
/// assert_eq!(solution.endings[0], [Ending::Together(0), Ending::Together(0)]);
/// # Ok::<(), penshaw_numerics::assignment::Infeasible>(())
/// ```
pub fn solve(problem: &Problem, effort: &Effort) -> Result<Solution, Infeasible> {
    check::well_formed(problem)?;
    let placing = placing::Placing::of(problem);
    let placed = assignment::solve(&placing.problem, effort)?;
    Ok(placing.solution(problem, &placed))
}

#[cfg(test)]
mod tests;
