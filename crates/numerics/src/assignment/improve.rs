//! Placements from hints: modules bought as needed, and choices changed, one or two items at a time, while that helps.

use super::check::slack;
use super::compact::Compact;
use super::tree::Found;

/// The placement of these choices with the modules that it needs, if there are enough.
pub(super) fn completed(compact: &Compact, choices: Vec<u32>) -> Option<Found> {
    let problem = compact.problem;
    let mut used = vec![0.0; problem.capacities.len()];
    let mut cost = 0.0;
    let settled = compact.settled.iter().map(|settled| settled.0.into());
    for (item, member, place) in choices.iter().map(|&choice| compact.whose[choice as usize]).chain(settled) {
        let choice = &problem.items[item as usize].members[member as usize].choices[place as usize];
        cost += choice.cost;
        choice.uses.iter().for_each(|&(resource, amount)| used[resource] += amount);
    }
    let mut available = problem.capacities.clone();
    let mut modules = vec![0; problem.modules.len()];
    loop {
        let over = (0..used.len()).find(|&row| used[row] > available[row] + slack(available[row]));
        let Some(over) = over else { break };
        let lifts = |module: &super::Module| module.adds.iter().any(|&(row, amount)| row == over && amount > 0.0);
        let next = (0..modules.len())
            .find(|&module| modules[module] < problem.modules[module].most && lifts(&problem.modules[module]))?;
        modules[next] += 1;
        problem.modules[next].adds.iter().for_each(|&(row, amount)| available[row] += amount);
    }
    for (module, &bought) in problem.modules.iter().zip(&modules) {
        cost += module.cost * f64::from(bought);
    }
    let choices = choices.into_iter().map(|choice| compact.original[choice as usize]);
    let choices = choices.chain(compact.settled.iter().map(|settled| settled.1)).collect();
    Some(Found { cost, choices, modules })
}

/// An item to be moved: its choices now, and the sets of choices that it may take instead.
pub(super) struct Movable {
    pub(super) now: Vec<u32>,
    pub(super) instead: Vec<Vec<u32>>,
}

/// What changing an item does: what it costs more, and what it uses more of each row.
#[derive(Clone, Default)]
struct Change {
    cost: f64,
    uses: Vec<(u32, f64)>,
    /// The same, a number for every row.
    all: Vec<f64>,
}

/// Placements near a hint, with the modules given: changes one item or two at a time as long as that makes it cheaper,
/// where what is over a capacity counts at a penalty that grows until nothing is over.
pub(super) struct Improvement<'a> {
    compact: &'a Compact<'a>,
    items: Vec<Movable>,
    changes: Vec<Vec<Change>>,
    right: Vec<f64>,
    used: Vec<f64>,
    penalty: Vec<f64>,
    /// How many more pairs of changes may be weighed.
    effort: u64,
}

const LITTLE: f64 = 1e-9;
/// What a change must save at least, so that none is made over and over.
const WORTH: f64 = 1e-7;
/// How often the penalties are raised before a hint is given up.
const ROUNDS: usize = 10;

impl<'a> Improvement<'a> {
    pub(super) fn new(
        compact: &'a Compact<'a>,
        items: Vec<Movable>,
        modules: &[u32],
        penalty: f64,
        effort: u64,
    ) -> Self {
        let mut right = compact.right.clone();
        for (adds, &bought) in compact.adds.iter().zip(modules) {
            adds.iter().for_each(|&(row, amount)| right[row] += amount * f64::from(bought));
        }
        let rows = right.len();
        let mut used = vec![0.0; rows];
        for &choice in items.iter().flat_map(|item| &item.now) {
            compact.uses[choice as usize].iter().for_each(|&(row, amount)| used[row] += amount);
        }
        let changes = vec![Vec::new(); items.len()];
        let mut improvement = Self { compact, items, changes, right, used, penalty: vec![penalty; rows], effort };
        (0..improvement.items.len()).for_each(|item| improvement.work_out(item));
        improvement
    }

    fn work_out(&mut self, item: usize) {
        let movable = &self.items[item];
        let change = |instead: &Vec<u32>| {
            let mut all = vec![0.0; self.used.len()];
            let mut cost = 0.0;
            for (choices, sign) in [(&movable.now, -1.0), (instead, 1.0)] {
                for &choice in choices {
                    cost += sign * self.compact.cost[choice as usize];
                    self.compact.uses[choice as usize].iter().for_each(|&(row, amount)| all[row] += sign * amount);
                }
            }
            let uses = all.iter().enumerate().filter(|(_, amount)| amount.abs() > LITTLE);
            let uses = uses.map(|(row, &amount)| (row as u32, amount)).collect();
            Change { cost, uses, all }
        };
        self.changes[item] = movable.instead.iter().map(change).collect();
    }

    /// The choices of a placement that fits, none cheaper being one or two changes away, if one is found.
    pub(super) fn run(mut self) -> Option<Vec<u32>> {
        for _ in 0..ROUNDS {
            self.descend();
            let over: Vec<usize> = (0..self.used.len()).filter(|&row| self.over(row, 0.0) > 0.0).collect();
            if over.is_empty() {
                return Some(self.items.into_iter().flat_map(|item| item.now).collect());
            }
            over.into_iter().for_each(|row| self.penalty[row] *= 3.0);
        }
        None
    }

    fn descend(&mut self) {
        for _ in 0..50 {
            for _ in 0..50 {
                if !self.shifts() {
                    break;
                }
            }
            if !self.swaps() {
                return;
            }
        }
    }

    fn shifts(&mut self) -> bool {
        let mut moved = false;
        for item in 0..self.items.len() {
            let mut best = (-WORTH, None);
            for (place, change) in self.changes[item].iter().enumerate() {
                let gain = change.cost + self.dearer(change);
                if gain < best.0 {
                    best = (gain, Some(place));
                }
            }
            if let Some(instead) = best.1 {
                self.take(item, instead);
                moved = true;
            }
        }
        moved
    }

    fn swaps(&mut self) -> bool {
        let mut moved = false;
        for one in 0..self.items.len() {
            let penalty: f64 = (0..self.used.len()).map(|row| self.penalty[row] * self.over(row, 0.0)).sum();
            let mut best = (-WORTH, None);
            for first in 0..self.changes[one].len() {
                let change = std::mem::take(&mut self.changes[one][first]);
                let alone = change.cost + self.dearer(&change);
                // Of two changes that save together, one saves by itself, unless room is lacking.
                if self.effort > 0 && (change.cost < 0.0 || (penalty > 0.0 && alone < change.cost)) {
                    self.apply(&change, 1.0);
                    let mut weighed = 0;
                    let worst = self.worst();
                    for other in (0..self.items.len()).filter(|&other| other != one) {
                        for (second, next) in self.changes[other].iter().enumerate() {
                            let least = change.cost + next.cost - penalty;
                            if least < best.0 && least + self.left_over(worst, next) < best.0 {
                                weighed += 1;
                                let gain = alone + next.cost + self.dearer(next);
                                if gain < best.0 {
                                    best = (gain, Some((first, other, second)));
                                }
                            }
                        }
                    }
                    self.apply(&change, -1.0);
                    self.effort = self.effort.saturating_sub(weighed);
                }
                self.changes[one][first] = change;
            }
            if let Some((first, other, second)) = best.1 {
                self.take(one, first);
                self.take(other, second);
                moved = true;
            }
        }
        moved
    }

    /// How much a row is over its capacity after a change.
    fn over(&self, row: usize, change: f64) -> f64 {
        let over = self.used[row] + change - self.right[row];
        if over > LITTLE { over } else { 0.0 }
    }

    /// The row whose excess is the dearest.
    fn worst(&self) -> Option<usize> {
        let excess = |row: usize| self.penalty[row] * self.over(row, 0.0);
        let worst = (0..self.used.len()).max_by(|&one, &other| excess(one).total_cmp(&excess(other)));
        worst.filter(|&row| excess(row) > 0.0)
    }

    /// What a change leaves of a row's excess, at its penalty.
    fn left_over(&self, row: Option<usize>, change: &Change) -> f64 {
        row.map_or(0.0, |row| self.penalty[row] * self.over(row, change.all[row]))
    }

    /// What a change adds to the penalties.
    fn dearer(&self, change: &Change) -> f64 {
        let dearer = |&(row, amount): &(u32, f64)| {
            let row = row as usize;
            self.penalty[row] * (self.over(row, amount) - self.over(row, 0.0))
        };
        change.uses.iter().map(dearer).sum()
    }

    fn apply(&mut self, change: &Change, sign: f64) {
        change.uses.iter().for_each(|&(row, amount)| self.used[row as usize] += sign * amount);
    }

    fn take(&mut self, item: usize, instead: usize) {
        let change = std::mem::take(&mut self.changes[item][instead]);
        self.apply(&change, 1.0);
        let movable = &mut self.items[item];
        std::mem::swap(&mut movable.now, &mut movable.instead[instead]);
        self.work_out(item);
    }
}
