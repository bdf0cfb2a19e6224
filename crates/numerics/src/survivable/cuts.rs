//! What each failure asks for, as cuts: sets of possible edges of which some must be chosen.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::{Failure, Network};

/// Possible edges of which at least so many must be chosen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    /// The possible edges, by their places, in order.
    pub(super) edges: Vec<usize>,
    /// How many of them are needed.
    pub(super) needed: usize,
}

impl Cut {
    fn one_of(edges: Vec<usize>) -> Self {
        Cut { edges, needed: 1 }
    }

    /// Whether every choice that has enough of this cut has enough of the other.
    fn implies(&self, other: &Cut) -> bool {
        self.needed >= other.needed && self.edges.iter().all(|edge| other.edges.binary_search(edge).is_ok())
    }
}

/// A failure with what it leaves standing drawn together: only what must be joined again is left.
struct Scenario {
    parts: usize,
    /// The possible edges that join two parts: the edge, and the parts.
    joins: Vec<(usize, usize, usize)>,
    /// Parts that hold nodes that matter and that could be joined, group by group.
    groups: Vec<Vec<usize>>,
}

impl Scenario {
    /// Nothing, if the failure cuts nothing that could be joined again.
    fn of(network: &Network, failure: &Failure) -> Option<Self> {
        let none = vec![false; network.possible.len()];
        let standing = network.parts_under(failure, &none);
        let joined = network.parts_under(failure, &vec![true; network.possible.len()]);
        let mut groups: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for &node in &network.matter {
            if let (Some(part), Some(group)) = (standing[node], joined[node]) {
                groups.entry(group).or_default().insert(part);
            }
        }
        let groups: Vec<Vec<usize>> =
            groups.into_values().filter(|parts| parts.len() > 1).map(|parts| parts.into_iter().collect()).collect();
        if groups.is_empty() {
            return None;
        }
        let joins = network.possible.iter().enumerate().filter_map(|(edge, &(from, to))| {
            let (from, to) = (standing[from]?, standing[to]?);
            (from != to && !failure.possible.contains(&edge)).then_some((edge, from, to))
        });
        let parts = standing.iter().flatten().max().map_or(0, |most| most + 1);
        Some(Scenario { parts, joins: joins.collect(), groups })
    }

    /// The cuts that a choice does not cross although it must.
    fn violated(&self, chosen: &[bool], into: &mut BTreeSet<Cut>) {
        let mut together = UnionFind::new(self.parts);
        for &(edge, from, to) in &self.joins {
            if chosen[edge] {
                together.union(from, to);
            }
        }
        for group in &self.groups {
            let apart: BTreeSet<usize> = group.iter().map(|&part| together.find(part)).collect();
            if apart.len() < 2 {
                continue;
            }
            for &piece in &apart {
                let crosses = |from, to| (together.find(from) == piece) != (together.find(to) == piece);
                let edges = self.joins.iter().filter(|(_, from, to)| crosses(*from, *to)).map(|(edge, _, _)| *edge);
                into.insert(Cut::one_of(edges.collect()));
            }
        }
    }
}

/// All that the failures ask for, and the cuts that have been met with so far.
pub(super) struct Cuts {
    scenarios: Vec<Scenario>,
    /// The network as it is, if it hangs not together although it could.
    whole: Option<Scenario>,
    /// The cuts met with.
    pub(super) met: Vec<Cut>,
}

impl Cuts {
    pub(super) fn of(network: &Network, failures: &[Failure]) -> Self {
        let scenarios = failures.iter().filter_map(|failure| Scenario::of(network, failure)).collect();
        let whole = Scenario::of(network, &Failure::default());
        let mut cuts = Cuts { scenarios, whole, met: Vec::new() };
        cuts.find(&vec![false; network.possible.len()]);
        cuts
    }

    /// Whether a choice does all that is asked; what it does not is added to the cuts met with.
    pub(super) fn find(&mut self, chosen: &[bool]) -> bool {
        let mut found = BTreeSet::new();
        self.scenarios.iter().for_each(|scenario| scenario.violated(chosen, &mut found));
        let mut of_the_whole = BTreeSet::new();
        self.whole.iter().for_each(|scenario| scenario.violated(chosen, &mut of_the_whole));
        let met = found.is_empty() && of_the_whole.is_empty();
        self.add(found);
        let lifted = of_the_whole.into_iter().map(|cut| self.lifted(cut)).collect();
        self.add(lifted);
        met
    }

    /// A cut of which two edges are needed, if for each edge another cut asks for one of the others.
    fn lifted(&self, cut: Cut) -> Cut {
        let without = |lost: usize| Cut::one_of(cut.edges.iter().copied().filter(|&edge| edge != lost).collect());
        let needs_two = cut.edges.iter().all(|&lost| {
            let rest = without(lost);
            self.met.iter().any(|met| met.implies(&rest))
        });
        Cut { needed: if needs_two { 2 } else { 1 }, ..cut }
    }

    /// Adds cuts, the shortest first, but none that another implies.
    fn add(&mut self, found: BTreeSet<Cut>) {
        let mut found: Vec<Cut> = found.into_iter().collect();
        found.sort_by_key(|cut| cut.edges.len());
        for cut in found {
            if !self.met.iter().any(|met| met.implies(&cut)) {
                self.met.push(cut);
            }
        }
    }

    /// Drops of a choice, the dearest first, each edge without which all that is asked is still done.
    pub(super) fn thinned(&self, chosen: &mut [bool], costs: &[u64]) {
        let mut order: Vec<usize> = (0..chosen.len()).filter(|&edge| chosen[edge]).collect();
        order.sort_by_key(|&edge| (std::cmp::Reverse(costs[edge]), edge));
        for edge in order {
            chosen[edge] = false;
            if !self.are_done(chosen) {
                chosen[edge] = true;
            }
        }
    }

    fn are_done(&self, chosen: &[bool]) -> bool {
        let enough = |cut: &Cut| cut.edges.iter().filter(|&&edge| chosen[edge]).count() >= cut.needed;
        self.met.iter().all(enough) && {
            let mut found = BTreeSet::new();
            self.scenarios.iter().chain(&self.whole).all(|scenario| {
                scenario.violated(chosen, &mut found);
                found.is_empty()
            })
        }
    }
}
