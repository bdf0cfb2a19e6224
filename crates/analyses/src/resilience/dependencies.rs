//! Which workload depends on which, directly and through others; circles are found and answered all the same.

use fixedbitset::FixedBitSet;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// Who depends on whom, through any number of others.
pub(super) struct Dependencies {
    /// What each workload depends on directly.
    needs: Vec<Vec<usize>>,
    /// Workloads that depend on one another, those that others depend on before their dependants.
    groups: Vec<Vec<usize>>,
    /// Each workload with all that stop if it does, itself among them.
    dependants: Vec<FixedBitSet>,
    /// Workloads on which no other depends: for these, `dependants` holds only themselves.
    alone: FixedBitSet,
}

impl Dependencies {
    /// Works out what follows from the direct dependencies.
    pub(super) fn new(needs: Vec<Vec<usize>>) -> Self {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(needs.len(), needs.len());
        needs.iter().for_each(|_| {
            graph.add_node(());
        });
        for (workload, needed) in needs.iter().enumerate() {
            needed.iter().for_each(|needed| {
                graph.add_edge(NodeIndex::new(workload), NodeIndex::new(*needed), ());
            });
        }
        // Tarjan's order puts a group after every group that it leads to.
        let groups: Vec<Vec<usize>> = tarjan_scc(&graph)
            .into_iter()
            .map(|group| {
                let mut members: Vec<usize> = group.into_iter().map(NodeIndex::index).collect();
                members.sort_unstable();
                members
            })
            .collect();
        let dependants = dependants(&needs, &groups);
        let mut alone = FixedBitSet::with_capacity(needs.len());
        dependants.iter().enumerate().for_each(|(workload, all)| alone.set(workload, all.count_ones(..) == 1));
        Dependencies { needs, groups, dependants, alone }
    }

    /// Adds to a set all that stop with its members.
    pub(super) fn close(&self, stopped: &mut FixedBitSet) {
        let with_dependants: Vec<usize> = stopped.difference(&self.alone).collect();
        with_dependants.into_iter().for_each(|workload| stopped.union_with(&self.dependants[workload]));
    }

    /// Adds all that stop with one workload to a set.
    pub(super) fn add_dependants(&self, workload: usize, to: &mut FixedBitSet) {
        if self.alone.contains(workload) {
            to.insert(workload);
        } else {
            to.union_with(&self.dependants[workload]);
        }
    }

    /// Whether a workload stops if another does, or is the other.
    pub(super) fn stops(&self, other: usize, workload: usize) -> bool {
        self.dependants[other].contains(workload)
    }

    /// The circles: workloads that depend on one another, or on themselves.
    pub(super) fn circles(&self) -> impl Iterator<Item = &Vec<usize>> {
        let circular = |group: &&Vec<usize>| group.len() > 1 || self.needs[group[0]].contains(&group[0]);
        self.groups.iter().filter(circular)
    }

    /// What each workload holds of its own joined with that of all it depends on.
    pub(super) fn gathered<T: Clone>(&self, own: &[T], join: impl Fn(&mut T, &T)) -> Vec<T> {
        let mut gathered = own.to_vec();
        for group in &self.groups {
            let mut all = own[group[0]].clone();
            for member in group {
                join(&mut all, &own[*member]);
                // What the group leads to is gathered already; what lies within it is joined by `own`.
                let outside = self.needs[*member].iter().filter(|needed| group.binary_search(needed).is_err());
                outside.for_each(|needed| join(&mut all, &gathered[*needed]));
            }
            group.iter().for_each(|member| gathered[*member] = all.clone());
        }
        gathered
    }
}

fn dependants(needs: &[Vec<usize>], groups: &[Vec<usize>]) -> Vec<FixedBitSet> {
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (workload, needed) in needs.iter().enumerate() {
        needed.iter().for_each(|needed| needed_by[*needed].push(workload));
    }
    let mut dependants = vec![FixedBitSet::with_capacity(needs.len()); needs.len()];
    for group in groups.iter().rev() {
        let mut all = FixedBitSet::with_capacity(needs.len());
        for member in group {
            all.insert(*member);
            needed_by[*member].iter().for_each(|dependant| all.union_with(&dependants[*dependant]));
        }
        group.iter().for_each(|member| dependants[*member] = all.clone());
    }
    dependants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_stops_as_a_whole_with_all_that_hang_on_it() {
        // 0 needs 1; 1 and 2 need each other; 2 needs 3; 4 stands alone.
        let dependencies = Dependencies::new(vec![vec![1], vec![2], vec![1, 3], vec![], vec![]]);
        let stopped_by = |workload| {
            let mut stopped = FixedBitSet::with_capacity(5);
            dependencies.add_dependants(workload, &mut stopped);
            stopped.ones().collect::<Vec<_>>()
        };
        assert_eq!(stopped_by(3), [0, 1, 2, 3]);
        assert_eq!(stopped_by(1), [0, 1, 2]);
        assert_eq!(stopped_by(0), [0]);
        assert_eq!(stopped_by(4), [4]);
        assert_eq!(dependencies.circles().collect::<Vec<_>>(), [&vec![1, 2]]);
        let longest = dependencies.gathered(&[1, 9, 2, 5, 3], |all, one| *all = (*all).max(*one));
        assert_eq!(longest, [9, 9, 9, 5, 3]);
    }
}
