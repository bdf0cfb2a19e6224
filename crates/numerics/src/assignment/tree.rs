//! The search: branch and bound over the linear relaxation, first down to a placement, then from the least bound.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::compact::Compact;
use super::relaxation::{Fraction, Relaxation};
use super::{Effort, Infeasible, Solution};

/// What a branch forbids or fixes, beyond what its parent does.
pub(super) enum Change {
    Forbid(Vec<u32>),
    Module { module: usize, lower: u32, upper: u32 },
}

/// A branch, with all above it.
pub(super) struct Branch {
    pub(super) change: Change,
    pub(super) above: Option<Rc<Branch>>,
}

struct Open {
    bound: f64,
    number: u64,
    branch: Option<Rc<Branch>>,
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bound.total_cmp(&other.bound).then(self.number.cmp(&other.number))
    }
}

/// A placement found: its cost, its choices by number, its modules.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) cost: f64,
    pub(super) choices: Vec<u32>,
    pub(super) modules: Vec<u32>,
}

pub(super) struct Tree<'a> {
    compact: &'a Compact<'a>,
    relaxation: Relaxation<'a>,
    best: Option<Found>,
    open: BinaryHeap<Reverse<Open>>,
    /// The least bound among branches that were cut off.
    cut: f64,
    nodes: u64,
    numbered: u64,
    gap: f64,
}

impl<'a> Tree<'a> {
    pub(super) fn new(compact: &'a Compact<'a>, gap: f64) -> Self {
        Self {
            compact,
            relaxation: Relaxation::new(compact),
            best: None,
            open: BinaryHeap::new(),
            cut: f64::INFINITY,
            nodes: 0,
            numbered: 0,
            gap,
        }
    }

    pub(super) fn search(mut self, effort: &Effort) -> Result<Solution, Infeasible> {
        let mut next = Some(Open { bound: f64::NEG_INFINITY, number: 0, branch: None });
        while let Some(open) = next.take().or_else(|| self.open.pop().map(|Reverse(open)| open)) {
            if self.nodes >= effort.nodes {
                self.cut = self.cut.min(open.bound);
                break;
            }
            if open.bound >= self.cutoff() {
                self.cut = self.cut.min(open.bound);
                continue;
            }
            self.nodes += 1;
            next = self.node(open);
        }
        if std::env::var("TRACE").is_ok() {
            eprintln!("nodes {} pivots {} columns {}", self.nodes, self.relaxation.pivots(), self.relaxation.columns());
        }
        self.finish()
    }

    /// Costs from here on are not worth looking for.
    fn cutoff(&self) -> f64 {
        match &self.best {
            Some(best) => best.cost - self.gap * best.cost.abs().max(1.0) - 1e-9 * best.cost.abs(),
            None => f64::INFINITY,
        }
    }

    /// A bound raised to the next cost that there can be.
    fn raised(&self, bound: f64) -> f64 {
        let grain = self.compact.grain;
        if grain == 0.0 {
            return bound;
        }
        let slack = 1e-9 * bound.abs() + 1e-6 * grain;
        ((((bound - slack) / grain).ceil()) * grain).max(bound)
    }

    fn node(&mut self, open: Open) -> Option<Open> {
        self.relaxation.enter(open.branch.as_deref());
        let cutoff = self.cutoff();
        let own = self.relaxation.bound(cutoff)?;
        let bound = self.raised(own.max(open.bound));
        if self.nodes == 1 {
            self.relaxation.keep_root();
        }
        if std::env::var("TRACE").is_ok() && (self.nodes < 100 || self.nodes % 500 == 0) {
            eprintln!(
                "node {} bound {own:.2} open {:?} best {:?} allowed {} mods {:?}",
                self.nodes,
                self.open.peek().map(|o| o.0.bound),
                self.best.as_ref().map(|b| b.cost),
                self.relaxation.left(),
                self.relaxation.bounds()
            );
        }
        if bound >= cutoff {
            self.cut = self.cut.min(bound);
            return None;
        }
        self.look_for_placements(own);
        if bound >= self.cutoff() {
            self.cut = self.cut.min(bound);
            return None;
        }
        let room = self.cutoff() - own;
        let slack = 1e-9 * own.abs();
        let mut branch = open.branch;
        for change in self.relaxation.hopeless(room, slack) {
            branch = Some(Rc::new(Branch { change, above: branch }));
        }
        self.split(branch, bound)
    }

    fn look_for_placements(&mut self, own: f64) {
        let room = (self.cutoff() - own).min(0.005 * own.abs());
        let thorough = self.nodes < 20 || self.nodes % 100 == 0;
        let Some(found) = self.relaxation.round(room, thorough) else { return };
        if self.best.as_ref().is_none_or(|best| found.cost < best.cost - 1e-9 * best.cost.abs()) {
            if std::env::var("TRACE").is_ok() {
                eprintln!("node {} found {:.2}", self.nodes, found.cost);
            }
            self.best = Some(found);
            self.relaxation.fix_at_root(self.cutoff());
        }
    }

    fn split(&mut self, above: Option<Rc<Branch>>, bound: f64) -> Option<Open> {
        let mut under = |change| {
            self.numbered += 1;
            let branch = Some(Rc::new(Branch { change, above: above.clone() }));
            Open { bound, number: self.numbered, branch }
        };
        let (first, second) = match self.relaxation.branch_on() {
            Some(Fraction::Module { module, lower, at, upper }) => {
                let down = Change::Module { module, lower, upper: at.floor() as u32 };
                let up = Change::Module { module, lower: at.floor() as u32 + 1, upper };
                if at.fract() > 0.4 { (up, down) } else { (down, up) }
            }
            Some(Fraction::Choices { first, second }) => (Change::Forbid(second), Change::Forbid(first)),
            None => return None,
        };
        let first = under(first);
        let second = under(second);
        self.open.push(Reverse(second));
        Some(first)
    }

    fn finish(self) -> Result<Solution, Infeasible> {
        let open = self.open.peek().map_or(f64::INFINITY, |Reverse(open)| open.bound);
        let bound = open.min(self.cut);
        let Some(best) = self.best else {
            return Err(match self.open.is_empty() && self.cut.is_infinite() {
                true => Infeasible::Together { resources: self.relaxation.overrun() },
                false => Infeasible::NotFound { nodes: self.nodes },
            });
        };
        let problem = self.compact.problem;
        let mut choices: Vec<Vec<usize>> = problem.items.iter().map(|item| vec![0; item.members.len()]).collect();
        for &choice in &best.choices {
            let (item, member, place) = self.compact.whose[choice as usize];
            choices[item as usize][member as usize] = place as usize;
        }
        let bound = bound.min(best.cost);
        let proved = best.cost - bound <= self.gap * best.cost.abs().max(1.0) + 2e-9 * best.cost.abs();
        Ok(Solution { choices, modules: best.modules, cost: best.cost, bound, nodes: self.nodes, proved })
    }
}
