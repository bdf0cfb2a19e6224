//! The cheapest edges to add to a network so that no single failure cuts what could be kept together.
//!
//! A failure takes nodes and edges away at once: one edge, one node, all edges that share a duct, all
//! of one supplier. What all possible edges together could not keep together under a failure is not
//! asked for; all else is. The search is exact by branch and bound over cuts, each of which a failure
//! and a set of nodes give: one of the possible edges that cross the cut must be chosen.
//!
//! Sources: Grötschel, Monma and Stoer (1995), "Design of survivable networks", Handbooks in Operations
//! Research 7, 617–672; Held, Wolfe and Crowder (1974), "Validation of subgradient optimization",
//! Mathematical Programming 6, 62–88.

mod bound;
mod cuts;
mod search;
#[cfg(test)]
mod tests;

use crate::graph::{Edge, parts};

pub use search::cheapest_additions;

/// The most that all possible edges may cost together.
pub const DEAREST: u64 = 1 << 50;

/// A network as it stands, and what could be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// How many nodes there are.
    pub nodes: usize,
    /// The nodes that must be kept together; others may be passed through.
    pub matter: Vec<usize>,
    /// The edges that stand.
    pub edges: Vec<Edge>,
    /// The edges that could be added.
    pub possible: Vec<Edge>,
    /// What each of them costs, in whole units.
    pub costs: Vec<u64>,
}

/// What a failure takes away at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The nodes.
    pub nodes: Vec<usize>,
    /// The standing edges, by their places.
    pub edges: Vec<usize>,
    /// The possible edges, by their places.
    pub possible: Vec<usize>,
}

/// The cheapest additions, and what proves that they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Additions {
    /// The possible edges to add, by their places, in order.
    pub chosen: Vec<usize>,
    /// What they cost together.
    pub cost: u64,
    /// No additions that do as much cost less than this.
    pub bound: u64,
    /// How many nodes of the search tree were looked at.
    pub looked_at: u64,
}

impl Additions {
    /// Whether it is proven that nothing cheaper does as much.
    pub fn is_proven(&self) -> bool {
        self.bound == self.cost
    }
}

impl Network {
    /// The part that each node is in under a failure, with some of the possible edges added.
    ///
    /// # Panics
    /// If `added` has not a place for each possible edge.
    pub fn parts_under(&self, failure: &Failure, added: &[bool]) -> Vec<Option<usize>> {
        assert_eq!(added.len(), self.possible.len(), "each possible edge is added or not");
        let mut lost_node = vec![false; self.nodes];
        failure.nodes.iter().for_each(|&node| lost_node[node] = true);
        let mut lost: Vec<bool> = vec![false; self.edges.len()];
        failure.edges.iter().for_each(|&edge| lost[edge] = true);
        lost.extend(added.iter().map(|added| !added));
        failure.possible.iter().for_each(|&edge| lost[self.edges.len() + edge] = true);
        let all: Vec<Edge> = self.edges.iter().chain(&self.possible).copied().collect();
        parts(self.nodes, &all, |node| lost_node[node], |edge| lost[edge])
    }

    /// Whether, under each failure and with none, the added edges keep together all the nodes that matter
    /// and that all possible edges could keep together: what [`cheapest_additions`] asks of its choice.
    pub fn survives(&self, failures: &[Failure], added: &[bool]) -> bool {
        let all = vec![true; self.possible.len()];
        let none = Failure::default();
        failures.iter().chain([&none]).all(|failure| {
            let (could, does) = (self.parts_under(failure, &all), self.parts_under(failure, added));
            self.matter.iter().all(|&one| {
                let (could, does) = (&could, &does);
                self.matter
                    .iter()
                    .all(|&other| could[one].is_none() || could[one] != could[other] || does[one] == does[other])
            })
        })
    }

    fn check(&self) {
        assert_eq!(self.costs.len(), self.possible.len(), "each possible edge has a cost");
        let total = self.costs.iter().try_fold(0_u64, |sum, &cost| sum.checked_add(cost));
        assert!(total.is_some_and(|total| total <= DEAREST), "all possible edges together cost too much");
    }
}
