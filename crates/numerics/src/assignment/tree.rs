//! The search: branch and bound over the linear relaxation, first down to a placement, then from the least bound.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::compact::Compact;
use super::relaxation::{Basis, Fraction, Relaxation};
use super::root;

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

/// A branch that is still to be searched.
struct Open {
    bound: f64,
    number: u64,
    branch: Option<Rc<Branch>>,
    /// What it begins with, if it is searched as a problem of its own.
    part: Option<Rc<Basis>>,
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

/// What came of a search.
pub(super) struct Searched {
    /// The best placement found that is better than what was known.
    pub(super) best: Option<Found>,
    /// No placement that was not known costs less; infinite if there is none.
    pub(super) bound: f64,
    /// Nodes opened.
    pub(super) nodes: u64,
}

/// How much dearer, of the whole, a choice may be that is tried when a placement is improved.
const MOST_DEARER: f64 = 0.005;

/// A branch to which this part of the choices is left is searched as a problem of its own.
const SMALLER: f64 = 0.8;

/// A placement found: its cost, its choices by number, its modules.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) cost: f64,
    pub(super) choices: Vec<u32>,
    pub(super) modules: Vec<u32>,
}

/// What a search is for.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    /// What the best placement that is known costs; infinite if none is.
    pub(super) known: f64,
    /// Only what costs less is looked for.
    pub(super) limit: f64,
    /// How much dearer than the best, as a part of the cost, a placement may be.
    pub(super) gap: f64,
}

impl Aim {
    /// The aim after a placement was found.
    pub(super) fn with(self, found: &Option<Found>) -> Self {
        Self { known: found.as_ref().map_or(self.known, |found| found.cost.min(self.known)), ..self }
    }

    /// Costs from here on are not worth looking for.
    pub(super) fn cutoff(self, found: &Option<Found>) -> f64 {
        let known = self.with(found).known;
        let worth = known - self.gap * known.abs().max(1.0) - 1e-9 * known.abs();
        if known.is_finite() { worth.min(self.limit) } else { self.limit }
    }
}

/// A tree over one problem, or over a part of one.
pub(super) struct Tree<'a> {
    compact: &'a Compact<'a>,
    relaxation: Relaxation<'a>,
    best: Option<Found>,
    aim: Aim,
    open: BinaryHeap<Reverse<Open>>,
    /// The least bound among branches that were cut off.
    cut: f64,
    nodes: u64,
    numbered: u64,
    /// How many problems this is a part of.
    level: u32,
}

impl<'a> Tree<'a> {
    pub(super) fn new(compact: &'a Compact<'a>, aim: Aim, level: u32, from: Option<&Basis>) -> Self {
        Self {
            compact,
            relaxation: Relaxation::new(compact, from),
            best: None,
            aim,
            open: BinaryHeap::new(),
            cut: f64::INFINITY,
            nodes: 0,
            numbered: 0,
            level,
        }
    }

    /// Searches until nothing is open that could be worth it, or so many nodes were opened.
    pub(super) fn search(mut self, nodes: u64) -> Searched {
        let mut next = Some(Open { bound: f64::NEG_INFINITY, number: 0, branch: None, part: None });
        while let Some(open) = next.take().or_else(|| self.open.pop().map(|Reverse(open)| open)) {
            if self.nodes >= nodes {
                self.cut = self.cut.min(open.bound);
                break;
            }
            if open.bound >= self.cutoff() {
                self.cut = self.cut.min(open.bound);
                continue;
            }
            next = match open.part.clone() {
                Some(basis) => self.search_part(open, &basis, nodes),
                None => self.node(open),
            };
        }
        let open = self.open.peek().map_or(f64::INFINITY, |Reverse(open)| open.bound);
        // What was forbidden on the way would have cost what was then not worth looking for, or more.
        let bound = self.raised(open.min(self.cut).min(self.cutoff()));
        Searched { best: self.best, bound, nodes: self.nodes }
    }

    /// Costs from here on are not worth looking for.
    fn cutoff(&self) -> f64 {
        self.aim.cutoff(&self.best)
    }

    /// Searches a branch all of whose modules are decided, as a problem of its own.
    fn search_part(&mut self, open: Open, basis: &Basis, nodes: u64) -> Option<Open> {
        self.relaxation.enter(open.branch.as_deref());
        let (modules, allowed) = self.relaxation.decided()?;
        let part = self.compact.part(allowed, &modules);
        let searched = root::search(part, Some(basis), self.aim.with(&self.best), nodes - self.nodes, self.level + 1);
        self.nodes += searched.nodes;
        self.cut = self.cut.min(searched.bound.max(open.bound));
        if let Some(found) = searched.best {
            self.found(found);
        }
        None
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
        self.nodes += 1;
        self.relaxation.enter(open.branch.as_deref());
        let cutoff = self.cutoff();
        let own = self.relaxation.bound(cutoff)?;
        let bound = self.raised(own.max(open.bound));
        if self.nodes == 1 {
            self.relaxation.keep_root();
        }
        if bound >= cutoff {
            self.cut = self.cut.min(bound);
            return None;
        }
        self.look_for_placements(own);
        let cutoff = self.cutoff();
        if bound >= cutoff {
            self.cut = self.cut.min(bound);
            return None;
        }
        let mut branch = open.branch;
        let changes = self.relaxation.hopeless(cutoff - own, 1e-9 * own.abs());
        for change in changes {
            branch = Some(Rc::new(Branch { change, above: branch }));
        }
        {
            self.relaxation.enter(branch.as_deref());
            if self.relaxation.decided().is_some_and(|(_, allowed)| self.worth_a_part(allowed)) {
                self.numbered += 1;
                let part = Some(Rc::new(self.relaxation.basis(cutoff - own)));
                self.open.push(Reverse(Open { bound, number: self.numbered, branch, part }));
                return None;
            }
        }
        self.split(branch, bound, cutoff - own)
    }

    /// Whether a branch is searched as a problem of its own: when modules are decided, or when little is left.
    fn worth_a_part(&self, allowed: &[bool]) -> bool {
        let left = allowed.iter().filter(|allowed| **allowed).count();
        !self.compact.modules.is_empty() || (left as f64) < SMALLER * allowed.len() as f64
    }

    fn look_for_placements(&mut self, own: f64) {
        let room = (self.cutoff() - own).min(MOST_DEARER * own.abs());
        let effort = match self.level {
            0 | 1 if self.nodes < 10 => 20_000_000,
            0 | 1 if self.nodes.is_multiple_of(200) => 1_000_000,
            _ => 0,
        };
        if let Some(found) = self.relaxation.round(room, effort) {
            self.found(found);
        }
    }

    fn found(&mut self, found: Found) {
        if found.cost < self.aim.with(&self.best).known - 1e-9 * found.cost.abs() {
            self.best = Some(found);
            self.relaxation.fix_at_root(self.cutoff());
        }
    }

    fn split(&mut self, above: Option<Rc<Branch>>, bound: f64, room: f64) -> Option<Open> {
        let mut under = |change| {
            self.numbered += 1;
            let branch = Some(Rc::new(Branch { change, above: above.clone() }));
            Open { bound, number: self.numbered, branch, part: None }
        };
        let branch_on = self.relaxation.branch_on(room);
        let (first, second) = match branch_on {
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
}
