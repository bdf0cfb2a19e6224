//! Branch and bound: the open choice with the lowest bound first, until the bound meets the best choice found.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bound::{Bound, Decided, Relaxation, fineness};
use super::cuts::{Cut, Cuts};
use super::{Additions, Failure, Network};

/// Steps of the bound at the root, where no multipliers are known yet, and below it.
const STEPS: (usize, usize) = (400, 60);
/// How often new cuts are looked for at the root, and below it.
const ROUNDS: (usize, usize) = (40, 3);

/// The cheapest possible edges that keep together, under every one of the failures and under none, all the
/// nodes that matter and that all possible edges could keep together.
///
/// Exact while no more than `most` nodes of the search tree are needed; beyond, the best choice found and a
/// bound. It reads no clock, so that the same network has the same answer everywhere.
///
/// ```
/// use penshaw_numerics::survivable::{Failure, Network, cheapest_additions};
/// // A line 0 – 1 – 2; closing it to a ring survives the loss of any edge and of any node.
/// let network = Network {
///     nodes: 3,
///     matter: vec![0, 1, 2],
///     edges: vec![(0, 1), (1, 2)],
///     possible: vec![(0, 1), (1, 2), (0, 2)],
///     costs: vec![4, 4, 5],
/// };
/// let edge = |edge| Failure { edges: vec![edge], ..Failure::default() };
/// let node = |node| Failure { nodes: vec![node], ..Failure::default() };
/// let failures = [edge(0), edge(1), node(0), node(1), node(2)];
/// let additions = cheapest_additions(&network, &failures, 1_000);
/// assert_eq!((additions.chosen, additions.cost, additions.bound), (vec![2], 5, 5));
/// ```
///
/// # Panics
/// If a node or edge is named that is not there, or the costs come to more than [`DEAREST`](super::DEAREST).
pub fn cheapest_additions(network: &Network, failures: &[Failure], most: u64) -> Additions {
    network.check();
    let mut search = Search::begun(network, failures);
    search.run(most);
    search.answer()
}

/// A choice that is partly decided, with the bound of the one it came from.
struct Open {
    bound: u64,
    decided: Vec<Decided>,
    multipliers: Vec<i64>,
}

struct Search<'a> {
    costs: &'a [u64],
    fine: i64,
    cuts: Cuts,
    best: Vec<bool>,
    cost: u64,
    open: Vec<Option<Open>>,
    /// Bound and place of what is open; the later of two equals first, so that choices are followed to their end.
    queue: BinaryHeap<(Reverse<u64>, usize)>,
    looked_at: u64,
}

impl<'a> Search<'a> {
    fn begun(network: &'a Network, failures: &[Failure]) -> Self {
        let cuts = Cuts::of(network, failures);
        let mut best = vec![true; network.possible.len()];
        cuts.thinned(&mut best, &network.costs);
        let cost = total(&best, &network.costs);
        let root = Open { bound: 0, decided: vec![Decided::Open; best.len()], multipliers: Vec::new() };
        Search {
            costs: &network.costs,
            fine: fineness(&network.costs),
            cuts,
            best,
            cost,
            open: vec![Some(root)],
            queue: BinaryHeap::from([(Reverse(0), 0)]),
            looked_at: 0,
        }
    }

    fn run(&mut self, most: u64) {
        while let Some(&(Reverse(bound), place)) = self.queue.peek() {
            if bound >= self.cost || self.looked_at >= most {
                return;
            }
            self.queue.pop();
            let open = self.open[place].take().expect("what is queued is open");
            self.looked_at += 1;
            self.look_at(open);
        }
    }

    fn answer(self) -> Additions {
        let lowest = self.queue.peek().map_or(self.cost, |&(Reverse(bound), _)| bound.min(self.cost));
        let chosen = (0..self.best.len()).filter(|&edge| self.best[edge]).collect();
        Additions { chosen, cost: self.cost, bound: lowest, looked_at: self.looked_at }
    }

    /// Settles a choice that is partly decided, or divides it in two.
    fn look_at(&mut self, open: Open) {
        let root = self.looked_at == 1;
        let (steps, rounds) = if root { (STEPS.0, ROUNDS.0) } else { (STEPS.1, ROUNDS.1) };
        let Open { bound: mut least, mut decided, mut multipliers } = open;
        let mut round = 0;
        loop {
            if !follow(&mut decided, &self.cuts.met) {
                return;
            }
            let inside: Vec<bool> = decided.iter().map(|&one| one == Decided::In).collect();
            let spent = total(&inside, self.costs);
            if spent >= self.cost {
                return;
            }
            if !unmet(&self.cuts.met, &inside) {
                if self.cuts.find(&inside) {
                    (self.best, self.cost) = (inside, spent);
                    return;
                }
                continue;
            }
            let relaxation = Relaxation { costs: self.costs, fine: self.fine, decided: &decided, cuts: &self.cuts.met };
            let found = relaxation.raised(multipliers, self.cost, steps);
            least = least.max(found.least);
            if least >= self.cost {
                return;
            }
            let fixed = self.fix(&mut decided, &found);
            let more = self.try_choice(&decided, &found);
            multipliers = found.multipliers.clone();
            round += 1;
            if (fixed || more) && round < rounds {
                continue;
            }
            if least < self.cost {
                self.divide(decided, &found, least);
            }
            return;
        }
    }

    /// Decides each edge whose other decision would cost as much as the best choice found.
    fn fix(&self, decided: &mut [Decided], found: &Bound) -> bool {
        let ceiling = (self.cost as i64 - 1) * self.fine;
        let mut fixed = false;
        for (edge, one) in decided.iter_mut().enumerate().filter(|(_, one)| **one == Decided::Open) {
            let reduced = found.reduced[edge];
            if found.value + reduced.abs() > ceiling {
                *one = if reduced >= 0 { Decided::Out } else { Decided::In };
                fixed = true;
            }
        }
        fixed
    }

    /// Completes the choice greedily by what edges cost less their multipliers, and keeps it if it is the
    /// cheapest yet. Says whether new cuts were met with.
    fn try_choice(&mut self, decided: &[Decided], found: &Bound) -> bool {
        let before = self.cuts.met.len();
        let mut chosen: Vec<bool> = decided.iter().map(|&one| one == Decided::In).collect();
        loop {
            while let Some(cut) = self.cuts.met.iter().find(|cut| wanting(cut, &chosen)) {
                let may = cut.edges.iter().filter(|&&edge| !chosen[edge] && decided[edge] != Decided::Out);
                let Some(&edge) = may.min_by_key(|&&edge| (found.reduced[edge], edge)) else {
                    return self.cuts.met.len() > before;
                };
                chosen[edge] = true;
            }
            if self.cuts.find(&chosen) {
                break;
            }
        }
        self.cuts.thinned(&mut chosen, self.costs);
        let cost = total(&chosen, self.costs);
        if cost < self.cost {
            (self.best, self.cost) = (chosen, cost);
        }
        self.cuts.met.len() > before
    }

    /// Two choices in place of one: with the edge that is least clear, and without it.
    fn divide(&mut self, decided: Vec<Decided>, found: &Bound, bound: u64) {
        let inside: Vec<bool> = decided.iter().map(|&one| one == Decided::In).collect();
        let mut in_question: Vec<usize> = self
            .cuts
            .met
            .iter()
            .filter(|cut| wanting(cut, &inside))
            .flat_map(|cut| cut.edges.iter().copied())
            .filter(|&edge| decided[edge] == Decided::Open)
            .collect();
        in_question.sort_unstable();
        in_question.dedup();
        let unclear = |edge: usize| {
            let often = found.often.get(edge).copied().unwrap_or(0.0);
            often.min(1.0 - often) * (self.costs[edge] as f64 + 1.0)
        };
        let least_clear = in_question.into_iter().max_by(|&one, &other| {
            unclear(one)
                .total_cmp(&unclear(other))
                .then(found.reduced[other].cmp(&found.reduced[one]))
                .then(other.cmp(&one))
        });
        let Some(edge) = least_clear else {
            // What was fixed last meets every cut met with, or cannot: the next look tells.
            return self.put(Open { bound, decided, multipliers: found.multipliers.clone() });
        };
        for way in [Decided::Out, Decided::In] {
            let mut decided = decided.clone();
            decided[edge] = way;
            self.put(Open { bound, decided, multipliers: found.multipliers.clone() });
        }
    }

    fn put(&mut self, open: Open) {
        self.queue.push((Reverse(open.bound), self.open.len()));
        self.open.push(Some(open));
    }
}

fn total(chosen: &[bool], costs: &[u64]) -> u64 {
    chosen.iter().zip(costs).filter(|(chosen, _)| **chosen).map(|(_, cost)| cost).sum()
}

fn wanting(cut: &Cut, chosen: &[bool]) -> bool {
    cut.edges.iter().filter(|&&edge| chosen[edge]).count() < cut.needed
}

fn unmet(cuts: &[Cut], chosen: &[bool]) -> bool {
    cuts.iter().any(|cut| wanting(cut, chosen))
}

/// Decides what follows from what is decided; false if a cut can no longer be met.
fn follow(decided: &mut [Decided], cuts: &[Cut]) -> bool {
    loop {
        let mut changed = false;
        for cut in cuts {
            let count = |what| cut.edges.iter().filter(|&&edge| decided[edge] == what).count();
            let wanted = cut.needed.saturating_sub(count(Decided::In));
            let open = count(Decided::Open);
            if wanted > open {
                return false;
            }
            if wanted > 0 && wanted == open {
                for &edge in &cut.edges {
                    if decided[edge] == Decided::Open {
                        decided[edge] = Decided::In;
                    }
                }
                changed = true;
            }
        }
        if !changed {
            return true;
        }
    }
}
