//! The relaxation of a branch: its columns, the bound that its multipliers prove, and what it suggests.

use rayon::prelude::*;

use super::compact::{Compact, Keyed};
use super::improve::{Improvement, Movable};
use super::simplex::{NO_SET, Simplex};
use super::tree::{Branch, Change, Found};

/// What to branch on.
pub(super) enum Fraction {
    /// A module that is bought in part.
    Module { module: usize, lower: u32, at: f64, upper: u32 },
    /// Choices that share an item between them: one branch keeps `first`, the other `second`.
    Choices { first: Vec<u32>, second: Vec<u32> },
}

pub(super) struct Relaxation<'a> {
    compact: &'a Compact<'a>,
    simplex: Simplex,
    /// The first column of the modules; columns of items follow in the order of `combined`.
    first_module: usize,
    first_combined: usize,
    /// The choices of each column of an item.
    combined: Vec<Vec<u32>>,
    /// The columns of each choice, by their places in `combined`.
    columns_of: Vec<Vec<u32>>,
    /// For each set, how much trying it has raised the bound for each part that it was apart, and how often it was tried.
    promise: Vec<(f64, u32)>,
    /// The set of each item, and the item of each set: items without members have none.
    sets: Vec<usize>,
    allowed_at_root: Vec<bool>,
    allowed: Vec<bool>,
    modules_at_root: Vec<(u32, u32)>,
    modules: Vec<(u32, u32)>,
    /// The multipliers of the last bound.
    prices: Vec<f64>,
    /// Each choice at those multipliers.
    net: Vec<f64>,
    root: Option<Root>,
}

/// How many other choices an item may be changed to.
const MOST_INSTEAD: usize = 6;

/// How many items are tried before one is branched on.
const TRIED: usize = 16;
/// So many are tried at a time.
const AT_A_TIME: usize = 4;
/// A trial may take so many pivots.
const PIVOTS_OF_A_TRIAL: u64 = 30;

/// An item that the relaxation shares between choices.
struct Shared {
    set: usize,
    /// How far it is shared, by what it uses.
    apart: f64,
    /// What branching on it promises.
    promise: f64,
    first: Vec<u32>,
    second: Vec<u32>,
}

/// What a column was in the basis of another relaxation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Key,
    Basic,
    /// Not in it, but worth having.
    Spare,
}

/// A basis by names that hold in every part of a problem.
pub(super) struct Basis {
    slacks: Vec<u32>,
    /// Items with choices, by their numbers in the greatest problem.
    combined: Vec<(usize, Role, Vec<u32>)>,
}

/// What the root proves, kept to forbid choices as better placements are found.
struct Root {
    bound: f64,
    /// How much dearer the bound becomes with each choice.
    dearer: Vec<f64>,
    /// The reduced cost of each module.
    modules: Vec<f64>,
}

impl<'a> Relaxation<'a> {
    /// The relaxation of a problem, begun with what is left of the basis of another relaxation of it or of a greater one.
    pub(super) fn new(compact: &'a Compact<'a>, from: Option<&Basis>) -> Self {
        let sets: Vec<usize> = (0..compact.items.len()).filter(|&item| !compact.items[item].is_empty()).collect();
        let tolerance = 1e-10 * compact.greatest_cost;
        let mut simplex = Simplex::new(compact.right.clone(), sets.len(), compact.penalty, tolerance);
        let first_module = simplex.columns();
        let modules: Vec<(u32, u32)> = compact.modules.iter().map(|module| (0, module.1)).collect();
        for (&(cost, most), adds) in compact.modules.iter().zip(&compact.adds) {
            let entries: Vec<(usize, f64)> = adds.iter().map(|&(row, amount)| (row, -amount)).collect();
            simplex.add(NO_SET, cost, &entries, f64::from(most));
        }
        let choices = compact.cost.len();
        let mut relaxation = Self {
            compact,
            first_combined: simplex.columns(),
            simplex,
            first_module,
            combined: Vec::new(),
            columns_of: vec![Vec::new(); choices],
            promise: vec![(0.0, 0); sets.len()],
            sets,
            allowed_at_root: vec![true; choices],
            allowed: vec![true; choices],
            modules_at_root: modules.clone(),
            modules,
            prices: vec![0.0; compact.right.len()],
            net: compact.cost.clone(),
            root: None,
        };
        for set in 0..relaxation.sets.len() {
            relaxation.add_first_columns(set);
        }
        if let Some(basis) = from {
            relaxation.begin_from(basis);
        }
        relaxation
    }

    fn begin_from(&mut self, basis: &Basis) {
        let greatest = self.compact.original.iter().max().map_or(0, |greatest| *greatest as usize + 1);
        let mut number = vec![u32::MAX; greatest];
        for (choice, &original) in self.compact.original.iter().enumerate() {
            number[original as usize] = choice as u32;
        }
        let mut set_of_item = vec![usize::MAX; self.compact.items.len()];
        self.sets.iter().enumerate().for_each(|(set, &item)| set_of_item[item] = set);
        let mut basic = Vec::new();
        for (item, role, choices) in &basis.combined {
            let of = |original: &u32| number.get(*original as usize).copied().filter(|&choice| choice != u32::MAX);
            let Some(choices) = choices.iter().map(of).collect::<Option<Vec<u32>>>() else { continue };
            let set = set_of_item[*item];
            if set == usize::MAX {
                continue;
            }
            let column = match self.find(set, &choices) {
                Some(place) => self.first_combined + place,
                None => self.add_column(set, choices),
            };
            match role {
                Role::Key => self.simplex.begin_with(column),
                Role::Basic => basic.push(column),
                Role::Spare => {}
            }
        }
        basic.retain(|&column| !self.simplex.is_key(column));
        for row in &basis.slacks {
            basic.extend(self.compact.row_names.iter().position(|name| name == row));
        }
        self.simplex.begin_basis(&basic);
    }

    /// What another relaxation may begin with: the basis, and the combinations of groups that are nearly worth it.
    pub(super) fn basis(&self, room: f64) -> Basis {
        let (keys, head) = self.simplex.basis();
        let rows = self.compact.right.len();
        let slack = |&column: &u32| (column as usize) < rows;
        let slacks = head.iter().filter(|column| slack(column)).map(|&row| self.compact.row_names[row as usize]);
        let mut role = vec![Role::Spare; self.combined.len()];
        let combined = |column: &u32| (*column as usize).checked_sub(self.first_combined);
        keys.iter().filter_map(combined).for_each(|place| role[place] = Role::Key);
        head.iter().filter_map(combined).for_each(|place| role[place] = Role::Basic);
        let kept = |&place: &usize| match role[place] {
            Role::Spare => {
                let choices = &self.combined[place];
                choices.len() > 1
                    && choices.iter().all(|&choice| self.allowed[choice as usize])
                    && self.simplex.reduced(self.first_combined + place) <= room
            }
            _ => true,
        };
        let named = |place: usize| {
            let choices = self.combined[place].iter().map(|&choice| self.compact.original[choice as usize]).collect();
            let set = self.simplex.set_of(self.first_combined + place) as usize;
            (self.sets[set], role[place], choices)
        };
        Basis { slacks: slacks.collect(), combined: (0..self.combined.len()).filter(kept).map(named).collect() }
    }

    fn add_first_columns(&mut self, set: usize) {
        let keyed = &self.compact.items[self.sets[set]];
        if keyed[0].of_members.len() == 1 {
            let choices: Vec<u32> = keyed.iter().flat_map(|keyed| keyed.of_members[0].clone()).collect();
            let cheapest = choices
                .iter()
                .copied()
                .min_by(|&one, &other| self.compact.cost[one as usize].total_cmp(&self.compact.cost[other as usize]));
            for choice in choices {
                let column = self.add_column(set, vec![choice]);
                if Some(choice) == cheapest {
                    self.simplex.begin_with(column);
                }
            }
        } else if let Some((_, combination)) = self.best_of(set) {
            let column = self.add_column(set, combination);
            self.simplex.begin_with(column);
        }
    }

    fn add_column(&mut self, set: usize, choices: Vec<u32>) -> usize {
        let cost = choices.iter().map(|&choice| self.compact.cost[choice as usize]).sum();
        let mut entries: Vec<(usize, f64)> =
            choices.iter().flat_map(|&choice| self.compact.uses[choice as usize].clone()).collect();
        entries = super::check::summed(&entries);
        for &choice in &choices {
            self.columns_of[choice as usize].push(self.combined.len() as u32);
        }
        self.combined.push(choices);
        self.simplex.add(set as u32, cost, &entries, f64::INFINITY)
    }

    /// The best combination of a set at the net costs at hand, of one key.
    fn best_of(&self, set: usize) -> Option<(f64, Vec<u32>)> {
        let keyed = self.compact.items[self.sets[set]].iter();
        let best = keyed.filter_map(|keyed| self.best_of_key(&keyed.of_members));
        best.reduce(|best, next| if next.0 < best.0 { next } else { best })
    }

    fn best_of_key(&self, of_members: &[Vec<u32>]) -> Option<(f64, Vec<u32>)> {
        let mut sum = 0.0;
        let mut combination = Vec::with_capacity(of_members.len());
        for choices in of_members {
            let best = self.cheapest(choices)?;
            sum += self.net[best as usize];
            combination.push(best);
        }
        Some((sum, combination))
    }

    fn cheapest(&self, choices: &[u32]) -> Option<u32> {
        let allowed = choices.iter().copied().filter(|&choice| self.allowed[choice as usize]);
        allowed.reduce(|best, next| if self.net[next as usize] < self.net[best as usize] { next } else { best })
    }

    /// Forbids and fixes what a branch does.
    pub(super) fn enter(&mut self, branch: Option<&Branch>) {
        self.allowed.clone_from(&self.allowed_at_root);
        self.modules.clone_from(&self.modules_at_root);
        let mut next = branch;
        while let Some(branch) = next {
            match &branch.change {
                Change::Forbid(choices) => choices.iter().for_each(|&choice| self.allowed[choice as usize] = false),
                Change::Module { module, lower, upper } => {
                    let bounds = &mut self.modules[*module];
                    *bounds = (bounds.0.max(*lower), bounds.1.min(*upper));
                }
            }
            next = branch.above.as_deref();
        }
        for (module, &(lower, upper)) in self.modules.iter().enumerate() {
            self.simplex.bound(self.first_module + module, f64::from(lower), f64::from(upper));
        }
        for (place, choices) in self.combined.iter().enumerate() {
            let allowed = choices.iter().all(|&choice| self.allowed[choice as usize]);
            self.simplex.bound(self.first_combined + place, 0.0, if allowed { f64::INFINITY } else { 0.0 });
        }
    }

    /// What nothing in this branch can cost less than, or none if nothing is in it.
    ///
    /// The multipliers kept are the last ones, and so is the bound.
    pub(super) fn bound(&mut self, cutoff: f64) -> Option<f64> {
        if self.modules.iter().any(|(lower, upper)| lower > upper) {
            return None;
        }
        let mut best = f64::NEG_INFINITY;
        for _ in 0..60 {
            while let Err(set) = self.simplex.solve(5000) {
                let (_, combination) = self.best_of(set)?;
                if self.compact.items[self.sets[set]][0].of_members.len() == 1 || self.has(set, &combination) {
                    return None;
                }
                self.add_column(set, combination);
            }
            let (bound, added) = self.price_out()?;
            best = bound;
            if !added || best >= cutoff {
                break;
            }
        }
        Some(best)
    }

    fn has(&self, set: usize, combination: &[u32]) -> bool {
        self.find(set, combination).is_some()
    }

    fn find(&self, set: usize, combination: &[u32]) -> Option<usize> {
        let of_set = |place: &usize| self.simplex.set_of(self.first_combined + place) == set as u32;
        let columns = self.columns_of[combination[0] as usize].iter().map(|&place| place as usize);
        columns.filter(of_set).find(|&place| self.combined[place] == combination)
    }

    /// The bound of the multipliers at hand (Lagrange), whatever columns have been made; adds those that are lacking.
    fn price_out(&mut self) -> Option<(f64, bool)> {
        self.prices = self.simplex.prices(self.compact.penalty);
        for choice in 0..self.net.len() {
            if self.allowed[choice] {
                let used: f64 = self.compact.uses[choice].iter().map(|&(row, amount)| self.prices[row] * amount).sum();
                self.net[choice] = self.compact.cost[choice] - used;
            }
        }
        let mut bound: f64 = self.prices.iter().zip(&self.compact.right).map(|(price, right)| price * right).sum();
        bound += self.compact.spent;
        for module in 0..self.modules.len() {
            let net = self.net_module(module);
            let (lower, upper) = self.modules[module];
            bound += net * f64::from(if net >= 0.0 { lower } else { upper });
        }
        let mut added = false;
        for set in 0..self.sets.len() {
            let (best, _) = match self.compact.items[self.sets[set]][0].of_members.len() {
                1 => (self.least_single(set)?, false),
                _ => self.price_group(set, &mut added)?,
            };
            bound += best;
        }
        Some((bound, added))
    }

    fn net_module(&self, module: usize) -> f64 {
        let adds: f64 = self.compact.adds[module].iter().map(|&(row, amount)| self.prices[row] * amount).sum();
        self.compact.modules[module].0 + adds
    }

    fn least_single(&self, set: usize) -> Option<f64> {
        let keyed = self.compact.items[self.sets[set]].iter();
        let least = keyed.filter_map(|keyed| self.cheapest(&keyed.of_members[0]));
        least.map(|choice| self.net[choice as usize]).reduce(f64::min)
    }

    fn price_group(&mut self, set: usize, added: &mut bool) -> Option<(f64, bool)> {
        let level = self.simplex.level_of(set);
        let mut least = f64::INFINITY;
        for keyed in 0..self.compact.items[self.sets[set]].len() {
            let Some((sum, combination)) = self.best_of_key(&self.compact.items[self.sets[set]][keyed].of_members)
            else {
                continue;
            };
            least = least.min(sum);
            if sum < level - 1e-8 * self.compact.greatest_cost && !self.has(set, &combination) {
                self.add_column(set, combination);
                *added = true;
            }
        }
        least.is_finite().then_some((least, *added))
    }

    /// Keeps what the root proves.
    pub(super) fn keep_root(&mut self) {
        let Some((bound, _)) = self.price_out() else { return };
        let modules = (0..self.modules.len()).map(|module| self.net_module(module)).collect();
        self.root = Some(Root { bound, dearer: self.dearer(), modules });
    }

    /// How much dearer the bound of the multipliers at hand becomes with each choice that is allowed.
    fn dearer(&self) -> Vec<f64> {
        let mut dearer = vec![0.0; self.net.len()];
        for &item in &self.sets {
            let keyed = &self.compact.items[item];
            let of_keys: Vec<Option<(f64, Vec<u32>)>> =
                keyed.iter().map(|keyed| self.best_of_key(&keyed.of_members)).collect();
            let least = of_keys.iter().flatten().map(|(sum, _)| *sum).fold(f64::INFINITY, f64::min);
            for (keyed, best) in keyed.iter().zip(&of_keys) {
                let Some((sum, combination)) = best else {
                    keyed.of_members.iter().flatten().for_each(|&choice| dearer[choice as usize] = f64::INFINITY);
                    continue;
                };
                for (choices, &best) in keyed.of_members.iter().zip(combination) {
                    for &choice in choices {
                        dearer[choice as usize] = sum - least + self.net[choice as usize] - self.net[best as usize];
                    }
                }
            }
        }
        dearer
    }

    /// What cannot be in a placement of this branch that costs less than `cutoff`.
    pub(super) fn hopeless(&self, room: f64, slack: f64) -> Vec<Change> {
        if !room.is_finite() {
            return Vec::new();
        }
        let dearer = self.dearer();
        let choices = (0..self.net.len() as u32)
            .filter(|&choice| self.allowed[choice as usize] && dearer[choice as usize] > room + slack);
        let forbidden: Vec<u32> = choices.collect();
        let mut changes = Vec::new();
        if !forbidden.is_empty() {
            changes.push(Change::Forbid(forbidden));
        }
        for (module, &(lower, upper)) in self.modules.iter().enumerate() {
            let net = self.net_module(module);
            let steps = ((room.max(0.0) + slack) / net.abs().max(1e-9)).floor().min(1e6) as u32;
            if steps < upper - lower {
                let (lower, upper) = if net >= 0.0 { (lower, lower + steps) } else { (upper - steps, upper) };
                changes.push(Change::Module { module, lower, upper });
            }
        }
        changes
    }

    /// Forbids what the root proves to cost `cutoff` or more.
    pub(super) fn fix_at_root(&mut self, cutoff: f64) {
        let Some(root) = &self.root else { return };
        let room = cutoff - root.bound;
        for (allowed, &dearer) in self.allowed_at_root.iter_mut().zip(&root.dearer) {
            *allowed &= dearer <= room + 1e-7 * cutoff.abs();
        }
        for (bounds, &net) in self.modules_at_root.iter_mut().zip(&root.modules) {
            let steps = (room.max(0.0) / net.abs().max(1e-9) + 1e-6).floor().min(1e6) as u32;
            match net >= 0.0 {
                true => bounds.1 = bounds.1.min(bounds.0.saturating_add(steps)),
                false => bounds.0 = bounds.0.max(bounds.1.saturating_sub(steps)),
            }
        }
    }

    /// What to branch on; none if nothing is left to decide. `room` is what the bound may still rise by.
    pub(super) fn branch_on(&mut self, room: f64) -> Option<Fraction> {
        self.fractional_module().or_else(|| self.shared_item(room)).or_else(|| self.undecided())
    }

    fn fractional_module(&self) -> Option<Fraction> {
        let mut best = (1e-6, None);
        for (module, &(lower, upper)) in self.modules.iter().enumerate() {
            let at = self.simplex.at(self.first_module + module);
            let apart = (at - at.round()).abs() * self.compact.modules[module].0.max(1e-6);
            if (at - at.round()).abs() > 1e-6 && apart > best.0 {
                best = (apart, Some(Fraction::Module { module, lower, at, upper }));
            }
        }
        best.1
    }

    /// Of the items that are shared most dearly between keys, or else between choices of one key, the one that raises
    /// the bound most on both sides, as far as a few pivots show (strong branching).
    ///
    /// Items are tried in the order of what they promise, by what trying them gave before, until some are tried in vain.
    fn shared_item(&mut self, room: f64) -> Option<Fraction> {
        let usual = self.promise.iter().filter(|promise| promise.1 > 0).map(|promise| promise.0).sum::<f64>()
            / (self.promise.iter().filter(|promise| promise.1 > 0).count().max(1) as f64);
        let mut shared: Vec<Shared> = (0..self.sets.len()).filter_map(|set| self.shared(set, usual)).collect();
        shared.sort_by(|one, other| other.promise.total_cmp(&one.promise));
        shared.truncate(TRIED);
        let before = self.simplex.objective();
        let least = 1e-9 * before.abs().max(1.0);
        let mut best = (f64::NEG_INFINITY, None);
        for few in shared.chunks_mut(AT_A_TIME) {
            let sides: Vec<&Vec<u32>> = few.iter().flat_map(|one| [&one.second, &one.first]).collect();
            let costs: Vec<f64> = sides.par_iter().map(|forbidden| self.tried(forbidden)).collect();
            let mut better = false;
            for (one, costs) in few.iter_mut().zip(costs.chunks(2)) {
                let rise = |cost: f64| (cost - before).min(room).max(least);
                let score = rise(costs[0]) * rise(costs[1]);
                let known = &mut self.promise[one.set];
                let tried = f64::from(known.1);
                *known = ((known.0 * tried + score.sqrt() / one.apart) / (tried + 1.0), known.1 + 1);
                if score > best.0 {
                    let (first, second) = (std::mem::take(&mut one.first), std::mem::take(&mut one.second));
                    best = (score, Some(Fraction::Choices { first, second }));
                    better = true;
                }
            }
            if !better {
                break;
            }
        }
        best.1
    }

    fn shared(&self, set: usize, usual: f64) -> Option<Shared> {
        let parts = self.simplex.parts_of(set);
        if parts.len() < 2 {
            return None;
        }
        let (apart, first, second) = self.halves(set, &parts)?;
        let (known, tried) = self.promise[set];
        let promise = apart * if tried > 0 { known } else { usual.max(1e-30) };
        Some(Shared { set, apart, promise, first, second })
    }

    /// What the relaxation costs after a few pivots with these choices forbidden.
    fn tried(&self, forbidden: &[u32]) -> f64 {
        let mut simplex = self.simplex.clone();
        for &place in forbidden.iter().flat_map(|&choice| &self.columns_of[choice as usize]) {
            simplex.bound(self.first_combined + place as usize, 0.0, 0.0);
        }
        match simplex.solve_tightened(PIVOTS_OF_A_TRIAL) {
            Ok(()) => simplex.objective(),
            Err(_) => f64::INFINITY,
        }
    }

    fn halves(&self, set: usize, parts: &[(usize, f64)]) -> Option<(f64, Vec<u32>, Vec<u32>)> {
        let keyed = &self.compact.items[self.sets[set]];
        let choices_of = |column: usize| &self.combined[column - self.first_combined];
        let mut of_keys = vec![0.0; keyed.len()];
        for &(column, share) in parts {
            let choice = choices_of(column)[0];
            let place = keyed.iter().position(|keyed| keyed.of_members[0].contains(&choice))?;
            of_keys[place] += share;
        }
        let heavy = (0..keyed.len()).max_by(|&one, &other| of_keys[one].total_cmp(&of_keys[other]))?;
        let footprint: f64 = parts.iter().map(|&(column, share)| share * self.simplex.priced_use(column)).sum();
        let all = |keyed: &super::compact::Keyed| keyed.of_members[0].clone();
        if of_keys[heavy] < 1.0 - 1e-6 {
            let first = all(&keyed[heavy]);
            let rest = keyed.iter().enumerate().filter(|(place, _)| *place != heavy);
            let second = rest.flat_map(|(_, keyed)| all(keyed)).collect();
            return Some(((1.0 - of_keys[heavy]) * (footprint + 1e-6), first, second));
        }
        let mut best = None;
        for (member, choices) in keyed[heavy].of_members.iter().enumerate() {
            let weight = |choice: u32| -> f64 {
                parts.iter().filter(|&&(column, _)| choices_of(column)[member] == choice).map(|part| part.1).sum()
            };
            let top = choices.iter().copied().max_by(|&one, &other| weight(one).total_cmp(&weight(other)))?;
            let apart = 1.0 - weight(top);
            if apart > 1e-6 && best.as_ref().is_none_or(|(score, _, _)| apart * (footprint + 1e-6) > *score) {
                let second = choices.iter().copied().filter(|&choice| choice != top).collect();
                best = Some((apart * (footprint + 1e-6), vec![top], second));
            }
        }
        best
    }

    /// A member that has more than one choice left, when the relaxation shares nothing.
    fn undecided(&self) -> Option<Fraction> {
        for keyed in self.sets.iter().map(|&item| &self.compact.items[item]) {
            for member in 0..keyed[0].of_members.len() {
                let choices = keyed.iter().flat_map(|keyed| &keyed.of_members[member]).copied();
                let left: Vec<u32> = choices.filter(|&choice| self.allowed[choice as usize]).collect();
                if left.len() > 1 {
                    return Some(Fraction::Choices { first: left[..1].to_vec(), second: left[1..].to_vec() });
                }
            }
        }
        let module = self.modules.iter().position(|(lower, upper)| lower < upper)?;
        let (lower, upper) = self.modules[module];
        Some(Fraction::Module { module, lower, at: f64::from(lower), upper })
    }

    /// A placement near the relaxation, from each item's greatest part: modules as needed, or, where the relaxation
    /// buys whole modules and `effort` (pairs of changes weighed) allows, choices changed to fit them.
    pub(super) fn round(&self, room: f64, effort: u64) -> Option<Found> {
        let mut hint: Vec<Vec<u32>> = Vec::with_capacity(self.sets.len());
        for set in 0..self.sets.len() {
            let parts = self.simplex.parts_of(set);
            let greatest = parts.iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
            hint.push(self.combined[greatest.0 - self.first_combined].clone());
        }
        let modules = self.whole_modules().filter(|_| effort > 0);
        let improved = modules.and_then(|modules| self.improvement(&hint, room, &modules, effort).run());
        let choices = improved.unwrap_or_else(|| hint.into_iter().flatten().collect());
        super::improve::completed(self.compact, choices)
    }

    /// How much of each choice the relaxation takes.
    pub(super) fn choices(&self) -> Vec<f64> {
        let mut at = vec![0.0; self.net.len()];
        for set in 0..self.sets.len() {
            for (column, share) in self.simplex.parts_of(set) {
                for &choice in &self.combined[column - self.first_combined] {
                    at[choice as usize] += share;
                }
            }
        }
        at
    }

    /// The rows that the last bound rests on.
    pub(super) fn priced(&self) -> Vec<bool> {
        self.prices.iter().map(|&price| price < -1e-9 * self.compact.greatest_cost).collect()
    }

    /// The modules of the branch, if none is left to decide, and what is allowed in it.
    pub(super) fn decided(&self) -> Option<(Vec<u32>, &[bool])> {
        let decided = self.modules.iter().all(|(lower, upper)| lower == upper);
        decided.then(|| (self.modules.iter().map(|module| module.0).collect(), &self.allowed[..]))
    }

    fn whole_modules(&self) -> Option<Vec<u32>> {
        let at = |module| {
            let at = self.simplex.at(self.first_module + module);
            ((at - at.round()).abs() <= 1e-6).then_some(at.round() as u32)
        };
        (0..self.modules.len()).map(at).collect()
    }

    fn improvement(&self, hint: &[Vec<u32>], room: f64, modules: &[u32], effort: u64) -> Improvement<'a> {
        let dearer = self.dearer();
        let greatest = self.prices.iter().copied().map(f64::abs).fold(1e-6 * self.compact.greatest_cost, f64::max);
        let items = hint.iter().zip(&self.sets).map(|(now, &item)| {
            let instead = self.instead(&self.compact.items[item], now, &dearer, room);
            Movable { now: now.clone(), instead }
        });
        Improvement::new(self.compact, items.collect(), modules, 2.0 * greatest, effort)
    }

    /// What an item may take instead of what it has: another choice of one member, or the best of another key.
    fn instead(&self, keyed: &[Keyed], now: &[u32], dearer: &[f64], room: f64) -> Vec<Vec<u32>> {
        let worth = |choice: u32| self.allowed[choice as usize] && dearer[choice as usize] <= room;
        let mut instead = Vec::new();
        for keyed in keyed {
            if now.len() > 1 && !keyed.of_members[0].contains(&now[0]) {
                instead.extend(self.best_of_key(&keyed.of_members).map(|best| best.1).filter(|best| worth(best[0])));
                continue;
            }
            for (member, choices) in keyed.of_members.iter().enumerate() {
                for &choice in choices.iter().filter(|&&choice| choice != now[member] && worth(choice)) {
                    let mut changed = now.to_vec();
                    changed[member] = choice;
                    instead.push(changed);
                }
            }
        }
        let least = |choices: &Vec<u32>| choices.iter().map(|&choice| dearer[choice as usize]).fold(0.0, f64::max);
        instead.sort_by(|one, other| least(one).total_cmp(&least(other)));
        instead.truncate(MOST_INSTEAD.max(2 * now.len()));
        instead
    }
}
