//! The root of a part whose modules are decided: cuts, choices that are too dear, and then its tree.

use super::compact::Compact;
use super::cuts::separate;
use super::relaxation::{Basis, Relaxation};
use super::tree::{Change, Found, Searched, Tree, cutoff};

/// Nodes of a first, short search.
const PROBE: u64 = 60;
/// Rounds of cuts before the tree.
const ROUNDS: usize = 40;
/// A round of cuts is worth it if it closes this part of what is open between bound and cutoff.
const WORTH: f64 = 0.01;

/// The best placement of a part that costs less than `known`.
pub(super) fn search(mut part: Compact, from: Option<&Basis>, gap: f64, known: f64, nodes: u64, level: u32) -> Searched {
    let mut best: Option<Found> = None;
    let mut known = known;
    let mut opened = 0;
    let mut basis = None;
    let mut probe = if level == 1 { PROBE } else { u64::MAX };
    loop {
        loop {
            let tightened = tighten(&mut part, (basis.as_ref().or(from), gap, known, level), &mut best);
            known = best.as_ref().map_or(known, |best| best.cost.min(known));
            match tightened {
                Tightened::Closed(bound) => {
                    let bound = bound.min(cutoff(known, gap));
                    return Searched { best, bound, nodes: opened + 1 };
                }
                Tightened::Open(Some(smaller), last) => {
                    part = smaller;
                    basis = last;
                }
                Tightened::Open(None, last) => {
                    basis = last;
                    break;
                }
            }
        }
        // A short search first: with what it finds, the root can leave out more.
        let left = nodes.saturating_sub(opened);
        let searched = Tree::new(&part, gap, known, level, basis.as_ref()).search(probe.min(left));
        opened += searched.nodes;
        let better = searched.best.is_some();
        if let Some(found) = searched.best {
            known = found.cost;
            best = Some(found);
        }
        if searched.bound >= cutoff(known, gap) || probe >= left {
            return Searched { best, bound: searched.bound, nodes: opened };
        }
        probe = if better { probe } else { u64::MAX };
    }
}

/// What is left of a part.
enum Tightened<'a> {
    /// Nothing that is worth it: no placement costs less than this.
    Closed(f64),
    /// The part, where it has become much smaller.
    Open(Option<Compact<'a>>, Option<Basis>),
}

fn tighten<'a>(
    part: &mut Compact<'a>,
    (from, gap, known, level): (Option<&Basis>, f64, f64, u32),
    best: &mut Option<Found>,
) -> Tightened<'a> {
    let mut basis: Option<Basis> = None;
    let mut known = known;
    let mut before = f64::NEG_INFINITY;
    for round in 0..ROUNDS {
        let mut relaxation = Relaxation::new(part, basis.as_ref().or(from));
        let Some(bound) = relaxation.bound(cutoff(known, gap)) else { return Tightened::Closed(f64::INFINITY) };
        let room = (cutoff(known, gap) - bound).min(0.005 * bound.abs());
        if let Some(found) = relaxation
            .round(room, if level > 1 { if round == 0 { 100_000 } else { 0 } } else if round < 3 || round % 5 == 0 { 20_000_000 } else { 0 })
            .filter(|found| found.cost < known)
        {
            known = found.cost;
            *best = Some(found);
        }
        let cutoff = cutoff(known, gap);
        if level > 1 && std::env::var("TRACE").is_ok() { eprintln!("L{level} round {round} bound {bound:.2} cutoff {cutoff:.2} choices {} settled {}", part.cost.len(), part.settled.len()); }
        if bound >= cutoff {
            return Tightened::Closed(bound);
        }
        let stalled = bound - before < super::tree::envf("WORTH", 0.01) * (cutoff - bound).min(bound.abs());
        let cuts = if stalled || round + 1 == ROUNDS { Vec::new() } else { separate(part, &relaxation.choices()) };
        if cuts.is_empty() {
            return Tightened::Open(smaller(part, &relaxation, cutoff - bound), Some(relaxation.basis(cutoff - bound)));
        }
        before = bound;
        let priced = relaxation.priced();
        basis = Some(relaxation.basis(cutoff - bound));
        drop(relaxation);
        part.keep_cuts(&priced);
        cuts.iter().for_each(|cut| part.add_cut(cut));
    }
    Tightened::Open(None, basis)
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
