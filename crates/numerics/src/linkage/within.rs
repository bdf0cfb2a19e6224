//! What means the same within many lists: the links of records of different holders, and the groups that they make.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Vocabulary;
use super::{Link, Record, compare, learn};

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

/// What means the same within many lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The pairs that could mean the same, each with the smaller place on its left, in order.
    pub links: Vec<Link>,
    /// Two or more records that mean the same, in rising order; the groups by their first records.
    pub groups: Vec<Vec<usize>>,
    /// The places, among what is known, of what could not be kept: it says that two records are the same which
    /// something else that is known sets apart, or it names a record that is not there.
    pub contradictions: Vec<usize>,
}

/// Which records of many lists mean the same.
///
/// `holders` names the list of each record. A list holds a thing once at most, so that no two records of one list are
/// linked and a group has one record of each at most, unless `known` says that they are the same.
/// What is known holds whatever the records say, and teaches what agreement tells of all the others.
/// Where what is known contradicts itself, what sets records apart is kept.
///
/// ```
/// use penshaw_numerics::linkage::{Record, link_within};
/// let record = |name: &str| Record { words: name.split(' ').map(str::to_owned).collect(), ..Record::default() };
/// let names = ["council tax live", "housing rents", "planning portal", "housing rents", "council tax", "payroll"];
/// let linked = link_within(&names.map(record), &[0, 0, 0, 1, 1, 1], &[]);
/// assert_eq!(linked.groups, [vec![0, 4], vec![1, 3]]);
/// ```
///
/// # Panics
/// If there are not as many holders as records.
pub fn link_within(records: &[Record], holders: &[u32], known: &[Known]) -> Linked {
    assert_eq!(records.len(), holders.len(), "every record has a holder");
    let vocabulary = Vocabulary::new(records, records);
    let known = Reviewed::new(records.len(), known);
    let pairs = pairs(&vocabulary, holders, &known);
    if pairs.is_empty() {
        return Linked { contradictions: known.contradictions, ..Linked::default() };
    }
    let compared = compare::compare(&vocabulary, (records, records), &pairs);
    let said: Vec<Option<bool>> = pairs.iter().map(|pair| known.said.get(pair).copied()).collect();
    let learnt = learn::learn(&vocabulary, &pairs, &compared, &learn::Sides::within(&pairs, holders), &said);
    let links = learn::links(&pairs, &learnt);
    let groups = groups(&links, holders, &known);
    Linked { links, groups, contradictions: known.contradictions }
}

/// Groups from links that were weighed by more than the records themselves, by the rules of [`link_within`].
///
/// Links below one half join nothing. The evidence of a link is not looked at.
///
/// ```
/// use penshaw_numerics::linkage::{Link, group};
/// let link = |left, right, probability| Link { left, right, probability, evidence: Vec::new() };
/// let groups = group(&[link(0, 1, 0.9), link(1, 2, 0.8), link(2, 3, 0.4)], &[0, 1, 0, 1], &[]);
/// assert_eq!(groups, [vec![0, 1]]); // the first list holds a thing once at most
/// ```
pub fn group(links: &[Link], holders: &[u32], known: &[Known]) -> Vec<Vec<usize>> {
    groups(links, holders, &Reviewed::new(holders.len(), known))
}

/// What is known, without what contradicts it.
struct Reviewed {
    said: BTreeMap<(usize, usize), bool>,
    contradictions: Vec<usize>,
}

impl Reviewed {
    fn new(records: usize, known: &[Known]) -> Self {
        let mut reviewed = Reviewed { said: BTreeMap::new(), contradictions: Vec::new() };
        let there = |known: &Known| known.one < records && known.other < records && known.one != known.other;
        let apart: Vec<&Known> = known.iter().filter(|known| there(known) && !known.same).collect();
        let mut together = Together::new(records);
        apart.iter().for_each(|known| together.keep_apart(known.one, known.other));
        reviewed.said.extend(apart.iter().map(|known| (ordered(known.one, known.other), false)));
        for (place, known) in known.iter().enumerate() {
            let kept = match (there(known), known.same) {
                (true, true) => together.join(known.one, known.other),
                (true, false) => true,
                (false, same) => same && known.one == known.other && known.one < records,
            };
            if !kept {
                reviewed.contradictions.push(place);
            } else if known.same && known.one != known.other {
                reviewed.said.insert(ordered(known.one, known.other), true);
            }
        }
        reviewed
    }
}

fn ordered(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// Groups that grow, except by what is kept apart.
struct Together {
    /// The group of each record.
    group: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// The groups from which each is kept apart.
    apart: Vec<BTreeSet<usize>>,
}

impl Together {
    fn new(records: usize) -> Self {
        Together {
            group: (0..records).collect(),
            members: (0..records).map(|record| vec![record]).collect(),
            apart: vec![BTreeSet::new(); records],
        }
    }

    fn keep_apart(&mut self, one: usize, other: usize) {
        let (one, other) = (self.group[one], self.group[other]);
        self.apart[one].insert(other);
        self.apart[other].insert(one);
    }

    /// Joins the groups of both unless they are kept apart; whether they are now one.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.group[one], self.group[other]);
        if one == other {
            return true;
        }
        if self.apart[one].contains(&other) {
            return false;
        }
        let larger = self.members[one].len() >= self.members[other].len();
        let (into, from) = if larger { (one, other) } else { (other, one) };
        for record in std::mem::take(&mut self.members[from]) {
            self.group[record] = into;
            self.members[into].push(record);
        }
        for other in std::mem::take(&mut self.apart[from]) {
            self.apart[other].remove(&from);
            self.apart[other].insert(into);
            self.apart[into].insert(other);
        }
        true
    }
}

/// Of each record so many others are looked at.
const MOST: usize = 60;
/// A word that more records have tells too little to look by it.
const COMMON: usize = 600;

/// The pairs that are looked at: of each record, those of other holders that share the most telling words.
fn pairs(vocabulary: &Vocabulary, holders: &[u32], known: &Reviewed) -> Vec<(usize, usize)> {
    let mut having: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.rarity.len()];
    for (place, words) in vocabulary.left.iter().enumerate() {
        words.iter().for_each(|word| having[*word as usize].push(place as u32));
    }
    let mut scores = vec![0.0; holders.len()];
    let mut pairs: Vec<(usize, usize)> = known.said.keys().copied().collect();
    for (one, words) in vocabulary.left.iter().enumerate() {
        let mut touched: Vec<u32> = Vec::new();
        for word in words.iter().filter(|word| having[**word as usize].len() <= COMMON) {
            let weight = vocabulary.weight([*word].into_iter());
            for &other in having[*word as usize].iter().filter(|other| holders[**other as usize] != holders[one]) {
                if scores[other as usize] == 0.0 {
                    touched.push(other);
                }
                scores[other as usize] += weight;
            }
        }
        touched.sort_by(|left, right| scores[*right as usize].total_cmp(&scores[*left as usize]).then(left.cmp(right)));
        pairs.extend(touched.iter().take(MOST).map(|&other| ordered(one, other as usize)));
        touched.iter().for_each(|other| scores[*other as usize] = 0.0);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Records put together by their links, the likeliest first, one of a holder at most.
fn groups(links: &[Link], holders: &[u32], known: &Reviewed) -> Vec<Vec<usize>> {
    let mut together = Together::new(holders.len());
    for (&(one, other), _) in known.said.iter().filter(|(_, same)| !**same) {
        together.keep_apart(one, other);
    }
    for (&(one, other), _) in known.said.iter().filter(|(_, same)| **same) {
        together.join(one, other);
    }
    let mut likely: Vec<&Link> = links.iter().filter(|link| link.probability >= 0.5).collect();
    likely.sort_by(|one, other| {
        let by = other.probability.total_cmp(&one.probability);
        by.then(one.left.cmp(&other.left)).then(one.right.cmp(&other.right))
    });
    for link in likely {
        let of = |record: usize| together.members[together.group[record]].iter().map(|member| holders[*member]);
        let held: BTreeSet<u32> = of(link.left).collect();
        if !of(link.right).any(|holder| held.contains(&holder)) {
            together.join(link.left, link.right);
        }
    }
    let mut groups: Vec<Vec<usize>> = together.members.into_iter().filter(|members| members.len() > 1).collect();
    groups.iter_mut().for_each(|members| members.sort_unstable());
    groups.sort();
    groups
}
