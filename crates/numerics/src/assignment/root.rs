//! The root of a part whose modules are decided: cuts, choices that are too dear, and then its tree.

use super::compact::Compact;
use super::cuts::separate;
use super::relaxation::{Basis, Relaxation};
use super::tree::{Aim, Change, Found, Searched, Tree};

/// Nodes of a first, short search.
const PROBE: u64 = 60;
/// How far between bound and cutoff is looked at first, and then.
const AIMS: [f64; 5] = [0.4, 0.6, 0.8, 1.0, 1.0];
/// Rounds of cuts before the tree.
const ROUNDS: usize = 40;
/// A round of cuts is worth it if it closes this part of what is open between bound and cutoff.
const WORTH: f64 = 0.003;

/// The best placement of a part, if it costs less than what is known and less than the limit.
pub(super) fn search(part: Compact, from: Option<&Basis>, aim: Aim, nodes: u64, level: u32) -> Searched {
    let mut root = Root { part, basis: None, best: None, bound: f64::NEG_INFINITY, opened: 0, aim, level };
    if let Some(bound) = root.tighten(from) {
        return root.searched(bound);
    }
    if level > 1 {
        return root.tree(aim.limit, nodes);
    }
    // A short search first: with what it finds, the root can leave out more.
    let probed = root.tree(aim.limit, PROBE.min(nodes));
    let mut bound = probed.bound;
    root.best = probed.best.or(root.best.take());
    for aimed in AIMS {
        if bound >= root.cutoff() || root.opened >= nodes {
            break;
        }
        if let Some(bound) = root.tighten(None) {
            return root.searched(bound);
        }
        let limit = root.bound + aimed * (root.cutoff() - root.bound);
        let searched = root.tree(if aimed < 1.0 { limit } else { aim.limit }, nodes - root.opened);
        bound = bound.max(searched.bound);
        root.best = searched.best.or(root.best.take());
    }
    root.searched(bound)
}

struct Root<'a> {
    part: Compact<'a>,
    basis: Option<Basis>,
    best: Option<Found>,
    bound: f64,
    opened: u64,
    aim: Aim,
    level: u32,
}

impl Root<'_> {
    fn cutoff(&self) -> f64 {
        self.aim.cutoff(&self.best)
    }

    fn searched(self, bound: f64) -> Searched {
        let bound = bound.min(self.cutoff());
        Searched { best: self.best, bound, nodes: self.opened.max(1) }
    }

    /// Searches for what costs less than `limit`.
    fn tree(&mut self, limit: f64, nodes: u64) -> Searched {
        let aim = Aim { limit: limit.min(self.aim.limit), ..self.aim.with(&self.best) };
        let searched = Tree::new(&self.part, aim, self.level, self.basis.as_ref()).search(nodes);
        self.opened += searched.nodes;
        let best = searched.best.or(self.best.take());
        Searched { best, bound: searched.bound, nodes: self.opened }
    }

    /// Cuts, and leaves out what is too dear, as long as that is worth it; gives the bound if nothing is left.
    fn tighten(&mut self, from: Option<&Basis>) -> Option<f64> {
        loop {
            let basis = self.basis.take();
            let aim = self.aim.with(&self.best);
            let tightened = tighten(&mut self.part, (basis.as_ref().or(from), aim, self.level), &mut self.best);
            match tightened {
                Tightened::Closed(bound) => return Some(bound),
                Tightened::Open { bound, smaller, basis } => {
                    self.bound = bound;
                    self.basis = Some(basis);
                    match smaller {
                        Some(smaller) => self.part = *smaller,
                        None => return None,
                    }
                }
            }
        }
    }
}

/// What is left of a part.
enum Tightened<'a> {
    /// Nothing that is worth it: no placement costs less than this.
    Closed(f64),
    /// Its bound, the part where it has become much smaller, and what its relaxation may begin with.
    Open { bound: f64, smaller: Option<Box<Compact<'a>>>, basis: Basis },
}

fn tighten<'a>(
    part: &mut Compact<'a>,
    (from, aim, level): (Option<&Basis>, Aim, u32),
    best: &mut Option<Found>,
) -> Tightened<'a> {
    let mut basis: Option<Basis> = None;
    let mut before = f64::NEG_INFINITY;
    for round in 0.. {
        let mut relaxation = Relaxation::new(part, basis.as_ref().or(from));
        let Some(bound) = relaxation.bound(aim.cutoff(best)) else { return Tightened::Closed(f64::INFINITY) };
        let room = (aim.cutoff(best) - bound).min(0.005 * bound.abs());
        let effort = if level == 1 && (round < 3 || round % 5 == 0) { 20_000_000 } else { 0 };
        if let Some(found) = relaxation.round(room, effort).filter(|found| found.cost < aim.with(best).known) {
            *best = Some(found);
        }
        let cutoff = aim.cutoff(best);
        if bound >= cutoff {
            return Tightened::Closed(bound);
        }
        let stalled = bound - before < WORTH * (cutoff - bound).min(bound.abs());
        let cuts = if stalled || round + 1 >= ROUNDS { Vec::new() } else { separate(part, &relaxation.choices()) };
        let next = relaxation.basis(cutoff - bound);
        if cuts.is_empty() {
            return Tightened::Open {
                bound,
                smaller: smaller(part, &relaxation, cutoff - bound).map(Box::new),
                basis: next,
            };
        }
        before = bound;
        let priced = relaxation.priced();
        basis = Some(next);
        drop(relaxation);
        part.keep_cuts(&priced);
        cuts.iter().for_each(|cut| part.add_cut(cut));
    }
    unreachable!("the last round ends in an answer")
}

/// The part without what is too dear, if that is a fifth of it.
fn smaller<'a>(part: &Compact<'a>, relaxation: &Relaxation, room: f64) -> Option<Compact<'a>> {
    let mut allowed = vec![true; part.cost.len()];
    for change in relaxation.hopeless(room, 1e-9 * room.abs()) {
        if let Change::Forbid(choices) = change {
            choices.iter().for_each(|&choice| allowed[choice as usize] = false);
        }
    }
    let left = allowed.iter().filter(|allowed| **allowed).count();
    (left * 5 < allowed.len() * 4).then(|| part.part(&allowed, &[]))
}
