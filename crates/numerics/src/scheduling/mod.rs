//! Things that end, in groups that gain by ending on one date, within how much can be prepared at once: to the proved optimum.

mod check;
mod exhaustive;
mod multipliers;
mod placing;
mod priced;

pub use check::{Fault, verify};
pub use exhaustive::solve_by_enumeration;

use crate::assignment::{self, Effort, Infeasible};

/// Groups of things, each thing ended in one of its ways, at least cost.
///
/// ```text
/// least  Σ cost of the ways taken + Σ cost of the common dates taken − Σ reductions
/// where  each group takes one common date or none; each thing ends apart, or together on its group's date;
///        a group's reductions count where enough of its things end together;
///        in each period no more runs than its capacity.
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// The groups.
    pub groups: Vec<Group>,
    /// How much may run in each period.
    pub capacities: Vec<u32>,
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
/// Groups meet in the capacities alone. With a price on each period every group is solved by itself, exactly, and the
/// prices that are raised until nothing is gained by it give a bound: Lagrangian relaxation. Dates and
/// ways that would cost more than a little above the bound are left out; what remains is searched, no further than that
/// little, as an [assignment](crate::assignment), in which a group is an item and its key a date, once with its
/// reductions and once without. What is found there is the answer; if nothing is, the bound has risen so far, and more
/// is looked at.
///
/// Source: M. L. Fisher (1981), "The Lagrangian relaxation method for solving integer programming problems",
/// Management Science 27, 1–18.
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
/// let problem = Problem { groups: vec![group], capacities: vec![2] };
/// let solution = solve(&problem, &Effort::default())?;
/// assert_eq!((solution.cost, solution.bound, solution.dates[0]), (16.0, 16.0, Some(0)));
/// assert_eq!(solution.endings[0], [Ending::Together(0), Ending::Together(0)]);
/// # Ok::<(), penshaw_numerics::assignment::Infeasible>(())
/// ```
pub fn solve(problem: &Problem, effort: &Effort) -> Result<Solution, Infeasible> {
    check::well_formed(problem)?;
    let raised = multipliers::raise(problem);
    let slack = tolerance(raised.bound);
    let mut known = raised.best.clone();
    let mut nodes = 0;
    let mut room = first_room(&raised);
    loop {
        let least_known = known.as_ref().map_or(f64::INFINITY, |known| known.cost);
        // What is left out costs more than the bound by more than the room; so nothing beyond it is looked for.
        let placing = placing::Placing::of(problem, &raised, room);
        let limit = (raised.bound + room).min(least_known) + slack;
        let left = Effort { nodes: effort.nodes.saturating_sub(nodes).max(1), ..*effort };
        let (mut bound, mut ended) = (raised.bound + room, false);
        match assignment::search_below(&placing.problem, limit, &left) {
            Ok(searched) => {
                nodes += searched.nodes;
                ended = searched.bound < limit - 2.0 * slack && searched.best.as_ref().is_none_or(|best| !best.proved);
                bound = bound.min(searched.bound);
                let found = searched.best.map(|placed| placing.solution(&placed));
                known = found.filter(|found| found.cost < least_known).or(known);
                if room.is_infinite() && known.is_none() && !ended {
                    return Err(Infeasible::Together { resources: (0..problem.capacities.len()).collect() });
                }
            }
            Err(Infeasible::Malformed(words)) => return Err(Infeasible::Malformed(words)),
            Err(infeasible) if room.is_infinite() && known.is_none() => return Err(infeasible),
            Err(_) => {}
        }
        let bound = bound.max(raised.bound);
        if let Some(known) = &known {
            let proved = known.cost - bound <= effort.gap * known.cost.abs().max(1.0) + tolerance(known.cost);
            if proved || ended {
                return Ok(Solution { bound: bound.min(known.cost), nodes, proved, ..known.clone() });
            }
        } else if ended {
            return Err(Infeasible::NotFound { nodes });
        }
        let wider = if room.is_infinite() || room > raised.bound.abs() { f64::INFINITY } else { 4.0 * room };
        room = known.as_ref().map_or(wider, |known| wider.min(known.cost - raised.bound + 2.0 * tolerance(known.cost)));
    }
}

/// How far above the bound is looked at first: a part of the way to the answer at hand.
fn first_room(raised: &multipliers::Raised) -> f64 {
    const PART: f64 = 0.05;
    let scale = 1e-3 * raised.bound.abs().max(1.0);
    let room = raised.best.as_ref().map_or(scale, |best| PART * (best.cost - raised.bound));
    room.max(2.0 * tolerance(raised.bound))
}

/// What a group costs at least on one of its dates, and how its things then end, were there no other group and no
/// capacity; nothing where the date is not there.
pub fn best_on(group: &Group, date: usize) -> Option<(f64, Vec<Ending>)> {
    let ways = group.things.iter().flat_map(|thing| thing.apart.iter().chain(thing.together.iter().flatten()));
    let periods = ways.flat_map(|way| &way.uses).chain(group.dates.iter().flat_map(|date| &date.uses));
    let prices = vec![0.0; periods.max().map_or(0, |last| last + 1)];
    let keys = priced::keys(group).into_iter().filter(|key| key.date == Some(date));
    let best = keys.filter_map(|key| priced::best(group, key, &prices));
    let best = best.min_by(|one, other| one.cost.total_cmp(&other.cost))?;
    Some((best.cost, best.endings))
}

/// How near a bound must come to a cost for the two to be the same.
fn tolerance(cost: f64) -> f64 {
    2e-9 * cost.abs().max(1.0)
}

#[cfg(test)]
mod tests;
