//! A problem made ready for the search: choices in one row of numbers, amounts scaled, keys gathered.

use super::Problem;
use super::check::{keys, summed};
use super::cuts::Cut;

/// The choices of one key of an item, for each of its members.
pub(super) struct Keyed {
    pub(super) key: usize,
    /// For each member, its choices by number.
    pub(super) of_members: Vec<Vec<u32>>,
}

impl Keyed {
    /// What is allowed of it, if that leaves every member a choice.
    fn of(&self, allowed: &[bool]) -> Option<Self> {
        let left = |choices: &Vec<u32>| choices.iter().copied().filter(|&choice| allowed[choice as usize]).collect();
        let of_members: Vec<Vec<u32>> = self.of_members.iter().map(left).collect();
        let whole = of_members.iter().all(|choices| !choices.is_empty());
        whole.then_some(Self { key: self.key, of_members })
    }
}

/// A problem made ready.
pub(super) struct Compact<'a> {
    pub(super) problem: &'a Problem,
    /// Items with members, each with its keys.
    pub(super) items: Vec<Vec<Keyed>>,
    /// The item, member and place of each choice.
    pub(super) whose: Vec<(u32, u32, u32)>,
    /// A number for the member of each choice.
    pub(super) member_of: Vec<u32>,
    /// The choice of the greater problem, where this is a part of one.
    pub(super) original: Vec<u32>,
    /// The choices that are settled, by item, member, place, and their number in the greater problem.
    pub(super) settled: Vec<([u32; 3], u32)>,
    pub(super) cost: Vec<f64>,
    /// The amounts of each choice, by row, scaled.
    pub(super) uses: Vec<Vec<(usize, f64)>>,
    /// What each row may hold, scaled.
    pub(super) right: Vec<f64>,
    /// A number for each row that it keeps in every part.
    pub(super) row_names: Vec<u32>,
    /// How many of the rows are capacities; the others are cuts.
    pub(super) capacity_rows: usize,
    /// What a module costs, and how many there may be.
    pub(super) modules: Vec<(f64, u32)>,
    /// What each module adds, by row, scaled.
    pub(super) adds: Vec<Vec<(usize, f64)>>,
    /// What the modules that are bought already cost.
    pub(super) spent: f64,
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
            member_of: Vec::new(),
            original: Vec::new(),
            settled: Vec::new(),
            cost: Vec::new(),
            uses: Vec::new(),
            right: Vec::new(),
            row_names: Vec::new(),
            capacity_rows: 0,
            modules: problem.modules.iter().map(|module| (module.cost, module.most)).collect(),
            adds: Vec::new(),
            spent: 0.0,
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
        let mut first_member = 0;
        for (number, item) in self.problem.items.iter().enumerate() {
            let mut of_item = Vec::new();
            for key in keys(item) {
                let mut of_members = vec![Vec::new(); item.members.len()];
                for (member, given) in item.members.iter().enumerate() {
                    for (place, choice) in given.choices.iter().enumerate().filter(|(_, choice)| choice.key == key) {
                        of_members[member].push(self.cost.len() as u32);
                        self.whose.push((number as u32, member as u32, place as u32));
                        self.member_of.push(first_member + member as u32);
                        self.original.push(self.cost.len() as u32);
                        self.cost.push(choice.cost);
                        self.uses.push(summed(&choice.uses));
                    }
                }
                of_item.push(Keyed { key, of_members });
            }
            self.items.push(of_item);
            first_member += item.members.len() as u32;
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
        self.capacity_rows = self.right.len();
        self.row_names = (0..self.right.len() as u32).collect();
    }

    /// The part of the problem with these modules bought, in which only the choices that are allowed are left.
    ///
    /// Items that have one way left are settled: what they use and cost is taken off.
    pub(super) fn part(&self, allowed: &[bool], bought: &[u32]) -> Self {
        let mut part = Self {
            problem: self.problem,
            items: self.items.iter().map(|item| item.iter().filter_map(|keyed| keyed.of(allowed)).collect()).collect(),
            whose: Vec::new(),
            member_of: Vec::new(),
            original: Vec::new(),
            settled: self.settled.clone(),
            cost: Vec::new(),
            uses: Vec::new(),
            right: self.right.clone(),
            row_names: self.row_names.clone(),
            capacity_rows: self.capacity_rows,
            modules: Vec::new(),
            adds: Vec::new(),
            spent: self.spent,
            penalty: self.penalty,
            greatest_cost: self.greatest_cost,
            grain: self.grain,
        };
        for ((adds, module), &bought) in self.adds.iter().zip(&self.modules).zip(bought) {
            adds.iter().for_each(|&(row, amount)| part.right[row] += amount * f64::from(bought));
            part.spent += module.0 * f64::from(bought);
        }
        for item in 0..part.items.len() {
            match &mut part.items[item][..] {
                [only] if only.of_members.iter().all(|choices| choices.len() == 1) => part.settle(item, self),
                _ => part.renumber(item, self),
            }
        }
        part
    }

    fn settle(&mut self, item: usize, whole: &Self) {
        for choice in self.items[item].drain(..).flat_map(|keyed| keyed.of_members.into_iter().flatten()) {
            let choice = choice as usize;
            let (of_item, member, place) = whole.whose[choice];
            self.settled.push(([of_item, member, place], whole.original[choice]));
            self.spent += whole.cost[choice];
            whole.uses[choice].iter().for_each(|&(row, amount)| self.right[row] -= amount);
        }
    }

    fn renumber(&mut self, item: usize, whole: &Self) {
        for choice in self.items[item].iter_mut().flat_map(|keyed| &mut keyed.of_members).flatten() {
            let before = *choice as usize;
            *choice = self.cost.len() as u32;
            self.whose.push(whole.whose[before]);
            self.member_of.push(whole.member_of[before]);
            self.original.push(whole.original[before]);
            self.cost.push(whole.cost[before]);
            self.uses.push(whole.uses[before].clone());
        }
    }

    /// Adds a row that is not a capacity.
    pub(super) fn add_cut(&mut self, cut: &Cut) {
        let row = self.right.len();
        let greatest = cut.coefficients.iter().map(|one| one.1).fold(1.0, f64::max);
        cut.coefficients.iter().for_each(|&(choice, amount)| self.uses[choice as usize].push((row, amount / greatest)));
        self.right.push(cut.right / greatest);
        self.row_names.push(self.row_names.iter().max().map_or(0, |name| name + 1));
    }

    /// Leaves out the cuts that are not wanted.
    pub(super) fn keep_cuts(&mut self, wanted: &[bool]) {
        let mut number = vec![usize::MAX; self.right.len()];
        let (mut right, mut names) = (Vec::new(), Vec::new());
        for row in (0..self.right.len()).filter(|&row| row < self.capacity_rows || wanted[row]) {
            number[row] = right.len();
            right.push(self.right[row]);
            names.push(self.row_names[row]);
        }
        for uses in &mut self.uses {
            uses.retain_mut(|(row, _)| {
                *row = number[*row];
                *row != usize::MAX
            });
        }
        self.right = right;
        self.row_names = names;
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
