//! Elements that are lost by chance, and requirements that may then no longer be met: exactly and by simulation.

mod exact;
mod sampled;
mod sliced;

use serde::{Deserialize, Serialize};

pub use exact::{fewer_than, probability_short};
pub use sampled::{Shortages, simulate};

/// What has to be met out of elements of which some may be lost.
///
/// Each element that is kept fills one place of one demand. An element of the requirement's pool fills a place of
/// any demand of its rank or a lower one; an element of a demand's own only that demand. The requirement is *short*
/// if no way of filling leaves every demand with as many as it needs.
///
/// An element should stand in a requirement once: one that stands in it twice would be counted twice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// The demands.
    pub demands: Vec<Demand>,
    /// Elements that may fill any demand up to their rank.
    pub pool: Vec<Pooled>,
}

/// A number of elements that is needed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// The least rank of an element of the pool that fills it.
    pub rank: u32,
    /// How many are needed.
    pub needed: usize,
    /// Elements that can fill this demand and no other, by their places.
    pub own: Vec<usize>,
}

/// An element of a requirement's pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pooled {
    /// Its rank.
    pub rank: u32,
    /// The element, by its place.
    pub element: usize,
}

/// The demands and the pool of one rank.
///
/// Ranks are nested: what fills a demand fills every lower one. By Hall's theorem it is then enough to go through
/// the ranks from the highest, filling from the pool what the own elements leave open, and to carry what is over
/// down to the next rank. (Hall, 1935, "On representatives of subsets", J. London Math. Soc. 10, 26–30.)
#[derive(Debug, Default, PartialEq)]
struct Step<'a> {
    pool: Vec<usize>,
    demands: Vec<&'a Demand>,
}

/// The ranks of a requirement, the highest first.
fn steps(requirement: &Requirement) -> Vec<Step<'_>> {
    let mut by_rank: std::collections::BTreeMap<u32, Step<'_>> = std::collections::BTreeMap::new();
    for pooled in &requirement.pool {
        by_rank.entry(pooled.rank).or_default().pool.push(pooled.element);
    }
    for demand in requirement.demands.iter().filter(|demand| demand.needed > 0) {
        by_rank.entry(demand.rank).or_default().demands.push(demand);
    }
    by_rank.into_values().rev().collect()
}

/// How many elements a requirement names: needs beyond that are as good as one more than it.
fn most(requirement: &Requirement) -> usize {
    requirement.pool.len() + requirement.demands.iter().map(|demand| demand.own.len()).sum::<usize>()
}
