//! Placements from hints: modules bought as needed, and choices changed, one or two items at a time, while that helps.

use super::check::slack;
use super::compact::Compact;
use super::tree::Found;

/// The placement of these choices with the modules that it needs, if there are enough.
pub(super) fn completed(compact: &Compact, choices: Vec<u32>) -> Option<Found> {
    let problem = compact.problem;
    let mut used = vec![0.0; problem.capacities.len()];
    let mut cost = 0.0;
    for &choice in &choices {
        let (item, member, place) = compact.whose[choice as usize];
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
    Some(Found { cost, choices, modules })
}

/// An item to be moved: its choices now, and the sets of choices that it may take instead.
pub(super) struct Movable {
    pub(super) now: Vec<u32>,
    pub(super) instead: Vec<Vec<u32>>,
}

/// Placements near a hint, with the modules given: changes one item or two at a time as long as that makes it cheaper,
/// where what is over a capacity counts at a penalty that grows until nothing is over.
pub(super) struct Improvement<'a> {
    compact: &'a Compact<'a>,
    items: Vec<Movable>,
    right: Vec<f64>,
    used: Vec<f64>,
    penalty: Vec<f64>,
    change: Vec<f64>,
    marked: Vec<bool>,
    touched: Vec<usize>,
}

const LITTLE: f64 = 1e-9;

impl<'a> Improvement<'a> {
    pub(super) fn new(compact: &'a Compact<'a>, items: Vec<Movable>, modules: &[u32], penalty: f64) -> Self {
        let mut right = compact.right.clone();
        for (adds, &bought) in compact.adds.iter().zip(modules) {
            adds.iter().for_each(|&(row, amount)| right[row] += amount * f64::from(bought));
        }
        let rows = right.len();
        let mut used = vec![0.0; rows];
        for &choice in items.iter().flat_map(|item| &item.now) {
            compact.uses[choice as usize].iter().for_each(|&(row, amount)| used[row] += amount);
        }
        let (penalty, change) = (vec![penalty; rows], vec![0.0; rows]);
        Self { compact, items, right, used, penalty, change, marked: vec![false; rows], touched: Vec::new() }
    }

    /// The best placement found, if one fits.
    pub(super) fn run(mut self) -> Option<Vec<u32>> {
        let mut best: Option<(f64, Vec<u32>)> = None;
        for _ in 0..12 {
            self.descend();
            let over: Vec<usize> =
                (0..self.used.len()).filter(|&row| self.used[row] > self.right[row] + LITTLE).collect();
            if over.is_empty() {
                let choices: Vec<u32> = self.items.iter().flat_map(|item| item.now.clone()).collect();
                let cost = choices.iter().map(|&choice| self.compact.cost[choice as usize]).sum();
                if best.as_ref().is_none_or(|best| cost < best.0 - LITTLE) {
                    best = Some((cost, choices));
                }
                break;
            }
            over.into_iter().for_each(|row| self.penalty[row] *= 3.0);
        }
        best.map(|best| best.1)
    }

    fn descend(&mut self) {
        for _ in 0..50 {
            while self.shifts() {}
            if !self.swaps() {
                return;
            }
        }
    }

    fn shifts(&mut self) -> bool {
        let mut moved = false;
        for item in 0..self.items.len() {
            let mut best = (-1e-7, None);
            for instead in 0..self.items[item].instead.len() {
                let gain = self.stage(item, instead) + self.staged_excess();
                self.unstage();
                if gain < best.0 {
                    best = (gain, Some(instead));
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
            let over = self.excess();
            let mut best = (-1e-7, None);
            for instead in 0..self.items[one].instead.len() {
                let first = self.stage(one, instead);
                let alone = self.staged_excess();
                self.keep_staged(1.0);
                {
                    for other in (0..self.items.len()).filter(|&other| other != one) {
                        for next in 0..self.items[other].instead.len() {
                            let second = self.stage(other, next);
                            // Room made by both can save no more than what is over now costs.
                            if first + second - over < best.0 {
                                let gain = first + alone + second + self.staged_excess();
                                if gain < best.0 {
                                    best = (gain, Some((instead, other, next)));
                                }
                            }
                            self.unstage();
                        }
                    }
                }
                self.stage(one, instead);
                self.keep_staged(-1.0);
            }
            if let Some((instead, other, next)) = best.1 {
                self.take(one, instead);
                self.take(other, next);
                moved = true;
            }
        }
        moved
    }

    fn excess(&self) -> f64 {
        (0..self.used.len()).map(|row| self.penalty[row] * (self.used[row] - self.right[row]).max(0.0)).sum()
    }

    /// Works out what an item's change does to the rows; gives what it costs more.
    fn stage(&mut self, item: usize, instead: usize) -> f64 {
        let movable = &self.items[item];
        let mut cost = 0.0;
        for (choices, sign) in [(&movable.now, -1.0), (&movable.instead[instead], 1.0)] {
            for &choice in choices {
                cost += sign * self.compact.cost[choice as usize];
                for &(row, amount) in &self.compact.uses[choice as usize] {
                    if !self.marked[row] {
                        self.marked[row] = true;
                        self.touched.push(row);
                    }
                    self.change[row] += sign * amount;
                }
            }
        }
        cost
    }

    /// How much dearer the rows are by what is over their capacities.
    fn staged_excess(&mut self) -> f64 {
        let mut excess = 0.0;
        for &row in &self.touched {
            let before = (self.used[row] - self.right[row]).max(0.0);
            let after = self.used[row] + self.change[row] - self.right[row];
            let after = if after > LITTLE { after } else { 0.0 };
            excess += self.penalty[row] * (after - before);
        }
        excess
    }

    fn unstage(&mut self) {
        while let Some(row) = self.touched.pop() {
            self.change[row] = 0.0;
            self.marked[row] = false;
        }
    }

    fn keep_staged(&mut self, sign: f64) {
        while let Some(row) = self.touched.pop() {
            self.used[row] += sign * self.change[row];
            self.change[row] = 0.0;
            self.marked[row] = false;
        }
    }

    fn take(&mut self, item: usize, instead: usize) {
        self.stage(item, instead);
        self.keep_staged(1.0);
        let movable = &mut self.items[item];
        std::mem::swap(&mut movable.now, &mut movable.instead[instead]);
    }
}
