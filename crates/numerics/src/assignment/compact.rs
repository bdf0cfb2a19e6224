//! A problem made ready for the search: choices in one row of numbers, amounts scaled, keys gathered.

use super::Problem;
use super::check::{keys, summed};

/// The choices of one key of an item, for each of its members.
pub(super) struct Keyed {
    pub(super) key: usize,
    /// For each member, its choices by number.
    pub(super) of_members: Vec<Vec<u32>>,
}

/// A problem made ready.
pub(super) struct Compact<'a> {
    pub(super) problem: &'a Problem,
    /// Items with members, each with its keys.
    pub(super) items: Vec<Vec<Keyed>>,
    /// The item, member and place of each choice.
    pub(super) whose: Vec<(u32, u32, u32)>,
    pub(super) cost: Vec<f64>,
    /// The amounts of each choice, by row, scaled.
    pub(super) uses: Vec<Vec<(usize, f64)>>,
    /// What each row may hold, scaled.
    pub(super) right: Vec<f64>,
    /// What each module adds, by row, scaled.
    pub(super) adds: Vec<Vec<(usize, f64)>>,
    /// What a unit beyond a row's capacity costs in the relaxation.
    pub(super) penalty: f64,
    /// The greatest cost of a choice or a module, for tolerances.
    pub(super) greatest_cost: f64,
    /// What all costs are a multiple of, or nought.
    pub(super) grain: f64,
}

impl<'a> Compact<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let mut compact = Self {
            problem,
            items: Vec::new(),
            whose: Vec::new(),
            cost: Vec::new(),
            uses: Vec::new(),
            right: Vec::new(),
            adds: Vec::new(),
            penalty: 0.0,
            greatest_cost: 0.0,
            grain: 0.0,
        };
        compact.gather_choices();
        compact.scale_rows();
        compact.weigh();
        compact
    }

    fn gather_choices(&mut self) {
        for (number, item) in self.problem.items.iter().enumerate() {
            let mut of_item = Vec::new();
            for key in keys(item) {
                let mut of_members = vec![Vec::new(); item.members.len()];
                for (member, given) in item.members.iter().enumerate() {
                    for (place, choice) in given.choices.iter().enumerate().filter(|(_, choice)| choice.key == key) {
                        of_members[member].push(self.cost.len() as u32);
                        self.whose.push((number as u32, member as u32, place as u32));
                        self.cost.push(choice.cost);
                        self.uses.push(summed(&choice.uses));
                    }
                }
                of_item.push(Keyed { key, of_members });
            }
            self.items.push(of_item);
        }
        self.adds = self.problem.modules.iter().map(|module| summed(&module.adds)).collect();
    }

    /// Keeps the rows that can be overrun, each divided by the greatest amount that a choice uses of it.
    fn scale_rows(&mut self) {
        let resources = self.problem.capacities.len();
        let mut greatest = vec![0.0_f64; resources];
        for &(resource, amount) in self.uses.iter().flatten() {
            greatest[resource] = greatest[resource].max(amount);
        }
        let demanded = self.most_demanded();
        let mut row_of = vec![None; resources];
        for resource in 0..resources {
            if demanded[resource] > self.problem.capacities[resource] {
                row_of[resource] = Some(self.right.len());
                self.right.push(self.problem.capacities[resource] / greatest[resource]);
            }
        }
        for amounts in self.uses.iter_mut().chain(&mut self.adds) {
            amounts.retain_mut(|(resource, amount)| {
                *amount /= greatest[*resource];
                row_of[*resource].map(|row| *resource = row).is_some()
            });
        }
    }

    /// What could at most be used of each resource.
    fn most_demanded(&self) -> Vec<f64> {
        let mut demanded = vec![0.0; self.problem.capacities.len()];
        let mut of_member = demanded.clone();
        let mut members: Vec<(u32, u32, usize)> =
            self.whose.iter().enumerate().map(|(choice, &(item, member, _))| (item, member, choice)).collect();
        members.sort_unstable();
        for choices in members.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let mut touched = Vec::new();
            for &(_, _, choice) in choices {
                for &(resource, amount) in &self.uses[choice] {
                    if of_member[resource] == 0.0 {
                        touched.push(resource);
                    }
                    of_member[resource] = f64::max(of_member[resource], amount);
                }
            }
            for resource in touched {
                demanded[resource] += std::mem::take(&mut of_member[resource]);
            }
        }
        demanded
    }

    fn weigh(&mut self) {
        let modules = self.problem.modules.iter().map(|module| module.cost);
        let costs = || self.cost.iter().copied().chain(modules.clone());
        self.greatest_cost = costs().map(f64::abs).fold(1.0, f64::max);
        let least = self.cost.iter().copied().fold(0.0, f64::min);
        let most = costs().fold(0.0, f64::max);
        self.penalty = 100.0 * (most - least).max(1.0);
        let of_grain = |grain: f64| {
            costs().all(|cost| ((cost / grain).round() - cost / grain).abs() < 1e-7 && (cost / grain).abs() < 1e11)
        };
        self.grain = [1.0, 0.01].into_iter().find(|&grain| of_grain(grain)).unwrap_or(0.0);
    }
}
