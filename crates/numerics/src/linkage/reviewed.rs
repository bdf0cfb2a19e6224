//! What a person has said of pairs of records: what of it can be kept, and groups that keep it.

use std::collections::{BTreeMap, BTreeSet};

/// What a person has said of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The place of one record.
    pub one: usize,
    /// The place of the other.
    pub other: usize,
    /// Whether they mean the same.
    pub same: bool,
}

/// What is known, without what contradicts it.
pub(super) struct Reviewed {
    /// Pairs, the smaller place first.
    pub(super) said: BTreeMap<(u32, u32), bool>,
    pub(super) contradictions: Vec<usize>,
}

impl Reviewed {
    /// `places` says where each record stands now.
    pub(super) fn new(places: &[u32], known: &[Known]) -> Self {
        let mut reviewed = Reviewed { said: BTreeMap::new(), contradictions: Vec::new() };
        let there = |known: &Known| known.one < places.len() && known.other < places.len() && known.one != known.other;
        let pair = |known: &Known| {
            let (one, other) = (places[known.one], places[known.other]);
            (one.min(other), one.max(other))
        };
        let apart = known.iter().filter(|known| there(known) && !known.same);
        reviewed.said.extend(apart.map(|known| (pair(known), false)));
        let mut together = reviewed.together(places.len());
        for (place, known) in known.iter().enumerate() {
            let kept = match (there(known), known.same) {
                (true, true) => together.join(pair(known).0, pair(known).1),
                (there, same) => there || same && known.one == known.other && known.one < places.len(),
            };
            if !kept {
                reviewed.contradictions.push(place);
            } else if known.same && known.one != known.other {
                reviewed.said.insert(pair(known), true);
            }
        }
        reviewed
    }

    /// Every record by itself but for what is known.
    pub(super) fn together(&self, records: usize) -> Together {
        let mut together = Together::new(records);
        self.said.iter().filter(|(_, same)| !**same).for_each(|((one, other), _)| together.keep_apart(*one, *other));
        for ((one, other), _) in self.said.iter().filter(|(_, same)| **same) {
            together.join(*one, *other);
        }
        together
    }
}

/// Groups that grow, except by what is kept apart.
pub(super) struct Together {
    /// The group of each record.
    pub(super) group: Vec<u32>,
    pub(super) members: Vec<Vec<u32>>,
    /// The groups from which each is kept apart; none where that is not said.
    apart: BTreeMap<u32, BTreeSet<u32>>,
}

impl Together {
    fn new(records: usize) -> Self {
        let all = 0..records as u32;
        Together {
            group: all.clone().collect(),
            members: all.map(|record| vec![record]).collect(),
            apart: BTreeMap::new(),
        }
    }

    fn keep_apart(&mut self, one: u32, other: u32) {
        let (one, other) = (self.group[one as usize], self.group[other as usize]);
        self.apart.entry(one).or_default().insert(other);
        self.apart.entry(other).or_default().insert(one);
    }

    /// Whether two groups are kept apart.
    pub(super) fn are_apart(&self, one: u32, other: u32) -> bool {
        self.apart.get(&one).is_some_and(|groups| groups.contains(&other))
    }

    /// Joins the groups of both unless they are kept apart; whether they are now one.
    pub(super) fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.group[one as usize], self.group[other as usize]);
        if one == other {
            return true;
        }
        if self.are_apart(one, other) {
            return false;
        }
        let larger = self.members[one as usize].len() >= self.members[other as usize].len();
        let (into, from) = if larger { (one, other) } else { (other, one) };
        let moved = std::mem::take(&mut self.members[from as usize]);
        moved.iter().for_each(|record| self.group[*record as usize] = into);
        self.members[into as usize].extend(moved);
        for other in self.apart.remove(&from).unwrap_or_default() {
            let others = self.apart.entry(other).or_default();
            others.remove(&from);
            others.insert(into);
            self.apart.entry(into).or_default().insert(other);
        }
        true
    }

    /// Moves a record that no one has spoken of into another group.
    pub(super) fn move_to(&mut self, record: u32, group: u32) {
        let from = std::mem::replace(&mut self.group[record as usize], group);
        self.members[from as usize].retain(|member| *member != record);
        self.members[group as usize].push(record);
    }
}
