//! Record linkage without labels: which records of two lists mean the same thing, each with its probability.
//!
//! Fellegi and Sunter's model with weights learnt by expectation and maximisation: how often two records agree in each
//! comparison if they mean the same, and if not. The words of names have weights of their own: what it tells that a word
//! stands in both names or in one of them is learnt word by word, shrunk towards words that are as rare.
//! Pairs of one record compete, softly: a record may have several that mean the same, but seldom many.
//! Source: I. P. Fellegi, A. B. Sunter (1969), "A theory for record linkage", Journal of the American Statistical
//! Association 64, 1183–1210; W. E. Winkler (1988) for learning the weights by expectation and maximisation.

mod alike;
mod candidates;
mod compare;
mod going;
mod groups;
mod learn;
mod lists;
mod reviewed;

pub use compare::Comparison;
pub use reviewed::Known;

use std::collections::BTreeMap;

use rayon::prelude::*;

use compare::{COMPARISONS, Comparing, Going, Meetings};
use learn::{Learning, Model, Scored, Sides};
use lists::{Lists, Raw};
use reviewed::Reviewed;

/// A record as it is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// The words of its name, in order, in lower case.
    pub words: Vec<String>,
    /// Numbers that go with its name and are no part of it, such as its version.
    pub numbers: Vec<String>,
    /// The words of who makes or sells it; none where that is not known.
    pub party: Vec<String>,
    /// The words of what it is for; may be empty.
    pub function: Vec<String>,
    /// The words of what describes it; may be empty.
    pub description: Vec<String>,
    /// An amount that should be alike, such as its price, above nought.
    pub amount: Option<f64>,
    /// How many use it, above nought.
    pub users: Option<f64>,
}

/// Two records that may mean the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The place of the record in the left list.
    pub left: usize,
    /// The place of the record in the right list.
    pub right: usize,
    /// How probable it is that they mean the same.
    pub probability: f64,
    /// Tenths of natural logarithms of odds, in the order of [`Comparison::ALL`].
    tells: [i8; COMPARISONS],
}

impl Link {
    /// What a comparison says, as a natural logarithm of odds: above nought it speaks for the link.
    pub fn tells(&self, comparison: Comparison) -> f64 {
        f64::from(self.tells[comparison as usize]) / 10.0
    }

    /// What each comparison says.
    pub fn evidence(&self) -> impl Iterator<Item = (Comparison, f64)> {
        Comparison::ALL.into_iter().map(|comparison| (comparison, self.tells(comparison)))
    }
}

/// What means the same within many lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// The pairs that could mean the same, each with the smaller place on its left, in order; of each the likeliest first.
    pub links: Vec<Link>,
    /// Two or more records that mean the same, in rising order; the groups by their first records.
    pub groups: Vec<Vec<usize>>,
    /// The places, among what is known, of what could not be kept: it says that two records are the same which
    /// something else that is known sets apart, or it names a record that is not there.
    pub contradictions: Vec<usize>,
}

/// Pairs less probable than this are not given.
const LEAST: f32 = 0.01;

/// Every pair of a left and a right record that could mean the same, the left ones in order and of each the likeliest first.
///
/// Pairs that share no telling word are not looked at. The same lists give the same links.
///
/// ```
/// use penshaw_numerics::linkage::{Record, link};
/// let record = |name: &str| Record { words: name.split(' ').map(str::to_owned).collect(), ..Record::default() };
/// let left: Vec<Record> = ["council tax live", "housing rents", "planning portal"].map(record).to_vec();
/// let right: Vec<Record> = ["housing rents", "council tax", "payroll"].map(record).to_vec();
/// let links = link(&left, &right);
/// let best: Vec<(usize, usize)> = links.iter().filter(|link| link.probability > 0.5).map(|link| (link.left, link.right)).collect();
/// assert_eq!(best, [(0, 1), (1, 0)]);
/// ```
pub fn link(left: &[Record], right: &[Record]) -> Vec<Link> {
    let records: Vec<Record> = left.iter().chain(right).cloned().collect();
    let holders: Vec<u32> = (0..records.len()).map(|place| u32::from(place >= left.len())).collect();
    let mut links = link_within(&records, &holders, &[]).links;
    links.iter_mut().for_each(|link| link.right -= left.len());
    links
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
    let mut gathered = Gathered::default();
    records.iter().zip(holders).for_each(|(record, holder)| gathered.add(record, *holder));
    gathered.link(known)
}

/// Records of many lists that come one by one, each word kept once: a million take little memory.
#[derive(Clone, Debug)]
pub struct Gathered(Raw);

impl Default for Gathered {
    fn default() -> Self {
        Gathered(Raw::new())
    }
}

impl Gathered {
    /// Adds a record of a holder; its place is how many came before it.
    pub fn add(&mut self, record: &Record, holder: u32) {
        self.0.add(record, holder);
    }

    /// What [`link_within`] says of the records.
    pub fn link(self, known: &[Known]) -> Linked {
        let count = self.0.len();
        let lists = Lists::new(self.0);
        let mut places = vec![0; count];
        lists.given.iter().enumerate().for_each(|(place, given)| places[*given as usize] = place as u32);
        let reviewed = Reviewed::new(&places, known);
        drop(places);
        let spelling = alike::Spelling::new(&lists.words);
        let said: Vec<(u32, u32)> = reviewed.said.keys().copied().collect();
        let pairs = candidates::candidates(&lists, &spelling, &said);
        if pairs.is_empty() {
            return Linked { contradictions: reviewed.contradictions, ..Linked::default() };
        }
        let weighed = Weighed::new(&lists, &spelling, &pairs, &reviewed);
        let (links, groups) = rayon::join(
            || weighed.links(&lists, &pairs),
            || groups::groups(&lists.holders, &pairs, &weighed.probabilities, &reviewed),
        );
        let given = |record: u32| lists.given[record as usize] as usize;
        let mut groups: Vec<Vec<usize>> =
            groups.into_iter().map(|group| group.into_iter().map(given).collect()).collect();
        groups.iter_mut().for_each(|group: &mut Vec<usize>| group.sort_unstable());
        groups.sort_unstable();
        Linked { links, groups, contradictions: reviewed.contradictions }
    }
}

/// The pairs of which both parties are known and differ, and how probable each is by itself.
fn others(model: &Model, comparing: &Comparing, pairs: &[(u32, u32)]) -> Vec<((u32, u32), f32)> {
    let lists = comparing.lists;
    let differ = |(left, right): &&(u32, u32)| {
        let (one, other) = (lists.parties[*left as usize], lists.parties[*right as usize]);
        one != other && one != lists::NONE && other != lists::NONE
    };
    let weigh = |meetings: &mut Meetings, pair: &(u32, u32)| (*pair, model.by_itself(comparing, *pair, meetings));
    pairs.par_iter().filter(differ).map_init(Meetings::default, weigh).collect()
}

/// Pairs, and how probable each is.
struct Weighed {
    model: Model,
    scored: Scored,
    probabilities: Vec<f32>,
}

impl Weighed {
    fn new(lists: &Lists, spelling: &alike::Spelling, pairs: &[(u32, u32)], reviewed: &Reviewed) -> Self {
        let said: BTreeMap<usize, bool> = reviewed
            .said
            .iter()
            .filter_map(|(pair, same)| pairs.binary_search(pair).ok().map(|place| (place, *same)))
            .collect();
        let sides = Sides::of(lists, pairs);
        let mut comparing = Comparing { lists, spelling, going: Going::default() };
        let mut learning = Learning::new(&comparing, pairs, &sides, &said);
        let model = learning.learn();
        comparing.going = going::going(lists, learning.weighed(), &others(&model, &comparing, pairs));
        learning.compare_again(&comparing);
        let model = learning.learn();
        drop(learning);
        let scored = model.scored(&comparing, pairs, &sides);
        let mut probabilities = model.probabilities(&scored, &sides);
        said.iter().for_each(|(place, same)| probabilities[*place] = f32::from(u8::from(*same)));
        Weighed { model, scored, probabilities }
    }

    /// The pairs of different holders that could mean the same, as they were given.
    fn links(&self, lists: &Lists, pairs: &[(u32, u32)]) -> Vec<Link> {
        let given = |record: u32| lists.given[record as usize] as usize;
        let likely = (0..pairs.len()).filter(|place| self.probabilities[*place] >= LEAST);
        let other_holders = |(left, right): (u32, u32)| lists.holders[left as usize] != lists.holders[right as usize];
        let link = |place: usize| {
            let (left, right) = (given(pairs[place].0), given(pairs[place].1));
            let evidence = self.model.evidence(&self.scored, place);
            let mut tells = evidence.map(|tells| (tells * 10.0).round().clamp(-127.0, 127.0) as i8);
            if left > right {
                tells.swap(Comparison::BestOfLeft as usize, Comparison::BestOfRight as usize);
            }
            let probability = f64::from(self.probabilities[place]);
            Link { left: left.min(right), right: left.max(right), probability, tells }
        };
        let mut links: Vec<Link> = likely.filter(|place| other_holders(pairs[*place])).map(link).collect();
        links.shrink_to_fit();
        links.par_sort_unstable_by(|one, other| {
            let by = one.left.cmp(&other.left).then(other.probability.total_cmp(&one.probability));
            by.then(one.right.cmp(&other.right))
        });
        links
    }
}

/// Groups from pairs that were weighed by more than the records themselves, by the rules of [`link_within`].
///
/// Each pair is two places and how probable it is that they mean the same.
///
/// ```
/// use penshaw_numerics::linkage::group;
/// let groups = group(&[(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.4)], &[0, 1, 0, 1], &[]);
/// assert_eq!(groups, [vec![0, 1]]); // the first list holds a thing once at most
/// ```
pub fn group(pairs: &[(usize, usize, f64)], holders: &[u32], known: &[Known]) -> Vec<Vec<usize>> {
    let places: Vec<u32> = (0..holders.len() as u32).collect();
    let reviewed = Reviewed::new(&places, known);
    let mut pairs: Vec<(u32, u32, f32)> = pairs
        .iter()
        .map(|&(one, other, probability)| (one.min(other) as u32, one.max(other) as u32, probability as f32))
        .filter(|(one, other, _)| one != other)
        .collect();
    pairs.sort_unstable_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)).then(other.2.total_cmp(&one.2)));
    pairs.dedup_by_key(|(one, other, _)| (*one, *other));
    let (places, probabilities): (Vec<(u32, u32)>, Vec<f32>) =
        pairs.into_iter().map(|(one, other, probability)| ((one, other), probability)).unzip();
    let groups = groups::groups(holders, &places, &probabilities, &reviewed);
    let mut groups: Vec<Vec<usize>> = groups.into_iter().map(in_order).collect();
    groups.sort_unstable();
    groups
}

fn in_order(members: Vec<u32>) -> Vec<usize> {
    let mut members: Vec<usize> = members.into_iter().map(|member| member as usize).collect();
    members.sort_unstable();
    members
}

#[cfg(test)]
mod tests;
