//! Undirected graphs, parallel edges allowed: which parts hang together, and whose loss cuts them.
//!
//! Nodes are counted from 0 and an edge is a pair of them. An edge from a node to itself joins nothing.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;

/// Two nodes that are joined.
pub type Edge = (usize, usize);

/// The part that each node is in, when some nodes and edges are taken away; nothing for a node that is.
///
/// Parts are numbered from 0 in the order of their first nodes.
///
/// ```
/// use penshaw_numerics::graph::parts;
/// // 0 – 1 – 2, without the node in the middle.
/// let left = parts(3, &[(0, 1), (1, 2)], |node| node == 1, |_| false);
/// assert_eq!(left, [Some(0), None, Some(1)]);
/// ```
///
/// # Panics
/// If an edge names a node that is not there.
pub fn parts(
    nodes: usize,
    edges: &[Edge],
    node_is_lost: impl Fn(usize) -> bool,
    edge_is_lost: impl Fn(usize) -> bool,
) -> Vec<Option<usize>> {
    let mut together = UnionFind::new(nodes);
    for (place, &(from, to)) in edges.iter().enumerate() {
        if !edge_is_lost(place) && !node_is_lost(from) && !node_is_lost(to) {
            together.union(from, to);
        }
    }
    let mut numbers: Vec<Option<usize>> = vec![None; nodes];
    let mut next = 0;
    (0..nodes)
        .map(|node| {
            (!node_is_lost(node)).then(|| {
                *numbers[together.find(node)].get_or_insert_with(|| {
                    next += 1;
                    next - 1
                })
            })
        })
        .collect()
}

/// The nodes whose loss cuts some of the others apart that hung together: articulation points, in order.
///
/// Source: Tarjan (1972), "Depth-first search and linear graph algorithms", SIAM Journal on Computing 1, 146–160.
///
/// ```
/// assert_eq!(penshaw_numerics::graph::articulation_points(3, &[(0, 1), (1, 2)]), [1]);
/// ```
///
/// # Panics
/// If an edge names a node that is not there.
pub fn articulation_points(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let graph = simple(nodes, edges);
    let found = petgraph::algo::articulation_points::articulation_points(&graph);
    let mut found: Vec<usize> = found.into_iter().map(NodeIndex::index).collect();
    found.sort_unstable();
    found
}

/// The edges whose loss cuts their two ends apart, by their places, in order.
///
/// One of two parallel edges never is: the other still joins their ends.
///
/// Source: Tarjan (1974), "A note on finding the bridges of a graph", Information Processing Letters 2, 160–161.
///
/// ```
/// // Two edges join 0 and 1, one joins 1 and 2.
/// assert_eq!(penshaw_numerics::graph::bridges(3, &[(0, 1), (1, 0), (1, 2)]), [2]);
/// ```
///
/// # Panics
/// If an edge names a node that is not there.
pub fn bridges(nodes: usize, edges: &[Edge]) -> Vec<usize> {
    let graph = simple(nodes, edges);
    let alone = petgraph::algo::bridges::bridges(&graph).map(|edge| *edge.weight());
    let mut found: Vec<usize> = alone.flatten().collect();
    found.sort_unstable();
    found
}

/// The graph with one edge for all parallel ones, since petgraph's functions ask for that. Each edge
/// knows its place if it is the only one between its ends.
fn simple(nodes: usize, edges: &[Edge]) -> UnGraph<(), Option<usize>> {
    let mut graph = UnGraph::with_capacity(nodes, edges.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    let mut between = std::collections::BTreeMap::new();
    for (place, &(from, to)) in edges.iter().enumerate().filter(|(_, (from, to))| from != to) {
        let places: &mut Vec<usize> = between.entry((from.min(to), from.max(to))).or_default();
        places.push(place);
    }
    for ((from, to), places) in between {
        let only = if let [place] = places[..] { Some(place) } else { None };
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), only);
    }
    graph
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn graphs() -> impl Strategy<Value = (usize, Vec<Edge>)> {
        (2_usize..9).prop_flat_map(|nodes| (Just(nodes), proptest::collection::vec((0..nodes, 0..nodes), 0..14)))
    }

    /// How many parts there are, without one node or one edge.
    fn count(nodes: usize, edges: &[Edge], node: Option<usize>, edge: Option<usize>) -> usize {
        let found = parts(nodes, edges, |one| Some(one) == node, |one| Some(one) == edge);
        found.into_iter().flatten().max().map_or(0, |most| most + 1)
    }

    /// Whether some walk leads from one node to the other: every node reached is walked from until no more are.
    fn reaches(nodes: usize, edges: &[Edge], from: usize, to: usize) -> bool {
        let mut reached = vec![false; nodes];
        reached[from] = true;
        for _ in 0..nodes {
            for &(one, other) in edges {
                let either = reached[one] || reached[other];
                (reached[one], reached[other]) = (either, either);
            }
        }
        reached[to]
    }

    proptest! {
        #[test]
        fn two_nodes_are_in_one_part_exactly_if_a_walk_joins_them((nodes, edges) in graphs()) {
            let found = parts(nodes, &edges, |_| false, |_| false);
            for from in 0..nodes {
                for to in 0..nodes {
                    prop_assert_eq!(found[from] == found[to], reaches(nodes, &edges, from, to));
                }
            }
        }

        #[test]
        fn articulation_points_are_the_nodes_whose_loss_makes_more_parts((nodes, edges) in graphs()) {
            let whole = count(nodes, &edges, None, None);
            let isolated = |node| edges.iter().all(|&(from, to)| from == to || (from != node && to != node));
            let tried: Vec<usize> = (0..nodes)
                // A node that is a part of its own takes that part with it.
                .filter(|&node| !isolated(node) && count(nodes, &edges, Some(node), None) > whole)
                .collect();
            prop_assert_eq!(articulation_points(nodes, &edges), tried);
        }

        #[test]
        fn bridges_are_the_edges_whose_loss_makes_more_parts((nodes, edges) in graphs()) {
            let whole = count(nodes, &edges, None, None);
            let tried: Vec<usize> =
                (0..edges.len()).filter(|&edge| count(nodes, &edges, None, Some(edge)) > whole).collect();
            prop_assert_eq!(bridges(nodes, &edges), tried);
        }
    }
}
