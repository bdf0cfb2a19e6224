//! How far two records agree, in levels: what each level tells is learnt from the lists themselves.

use super::alike::{Alike, Spelling};
use super::lists::{Lists, NONE};

/// What two records are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Which words their names share, and which only one of them has.
    Words,
    /// How much of the shorter name stands in the longer.
    Coverage,
    /// Whether the numbers in their names agree, such as versions.
    Numbers,
    /// Whether their amounts are alike.
    Amount,
    /// Whether as many use them.
    Users,
    /// Whether they are of the same maker or seller.
    Party,
    /// Whether they serve the same function, or ones that go together.
    Function,
    /// How much their descriptions share.
    Description,
    /// Whether the left record has a better partner at the same holder.
    BestOfLeft,
    /// Whether the right record has a better partner at the same holder.
    BestOfRight,
}

/// How many comparisons there are.
pub(super) const COMPARISONS: usize = Comparison::ALL.len();

impl Comparison {
    /// All of them, in the order in which evidence is given.
    pub const ALL: [Comparison; 10] = [
        Comparison::Words,
        Comparison::Coverage,
        Comparison::Numbers,
        Comparison::Amount,
        Comparison::Users,
        Comparison::Party,
        Comparison::Function,
        Comparison::Description,
        Comparison::BestOfLeft,
        Comparison::BestOfRight,
    ];
}

const COVERAGES: [f32; 8] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97];
/// Of the logarithm of one amount over the other.
const AMOUNTS: [f32; 10] = [0.05, 0.15, 0.3, 0.5, 0.8, 1.1, 1.5, 2.0, 2.7, 3.5];
const DESCRIPTIONS: [f32; 6] = [0.05, 0.1, 0.2, 0.3, 0.45, 0.6];
/// How rare a party is that both have: one that many have tells less.
const PARTIES: [f32; 3] = [3.0, 6.0, 8.5];
/// How much oftener two functions, or two parties, go together than others that differ: the logarithm.
const GOING: [f32; 6] = [-1.5, -0.5, 0.5, 1.5, 2.5, 3.5];

/// The level of parties that are others and are not known to go together.
pub(super) const OTHER_PARTY: u8 = 8;

/// A word of a pair: the number of the word, and above it how it meets.
pub(super) type Met = u32;
const WORD: u32 = (1 << 28) - 1;

/// How a word of one record meets the other record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    Shared,
    /// Only the left has it.
    Left,
    /// Only the right has it.
    Right,
    Letter,
    Beginning,
    Shortened,
    /// Run together, or as initials.
    Contracted,
}

impl Meeting {
    const ALL: [Meeting; 7] = [
        Meeting::Shared,
        Meeting::Left,
        Meeting::Right,
        Meeting::Letter,
        Meeting::Beginning,
        Meeting::Shortened,
        Meeting::Contracted,
    ];

    fn of(self, word: u32) -> Met {
        word | (self as u32) << 28
    }
}

pub(super) fn split(met: Met) -> (Meeting, usize) {
    (Meeting::ALL[(met >> 28) as usize], (met & WORD) as usize)
}

/// Which functions, and which parties, go together; learnt from links.
#[derive(Default)]
pub(super) struct Going {
    /// Pairs, the smaller first, in order, each with how much oftener it is found among links.
    pub(super) functions: Vec<((u32, u32), f32)>,
    pub(super) parties: Vec<((u32, u32), f32)>,
    /// What each holder's amounts and users are above those of others, as logarithms.
    pub(super) amounts: Vec<f32>,
    pub(super) users: Vec<f32>,
}

fn going(list: &[((u32, u32), f32)], one: u32, other: u32) -> Option<f32> {
    let pair = (one.min(other), one.max(other));
    list.binary_search_by(|(known, _)| known.cmp(&pair)).ok().map(|at| list[at].1)
}

/// Compares records.
pub(super) struct Comparing<'a> {
    pub(super) lists: &'a Lists,
    pub(super) spelling: &'a Spelling,
    pub(super) going: Going,
}

/// What is compared of a pair before anything is learnt.
pub(super) struct Compared {
    /// The levels of what does not change: in the order of [`Comparison::ALL`] from coverage to description.
    pub(super) levels: [u8; STILL],
    /// How alike names and descriptions are, to begin with.
    pub(super) alike: f32,
}

/// From coverage to description.
pub(super) const STILL: usize = 7;

impl Comparing<'_> {
    /// The words of a pair and how they meet; what stood in `met` is gone.
    pub(super) fn meet(&self, left: usize, right: usize, met: &mut Meetings) {
        let Meetings { met, only, only_other } = met;
        met.clear();
        only.clear();
        only_other.clear();
        let (one, other) = (self.lists.names.of(left), self.lists.names.of(right));
        let (party, other_party) = (self.lists.party(left), self.lists.party(right));
        let (mut at, mut then) = (0, 0);
        while at < one.len() || then < other.len() {
            let order = match (one.get(at), other.get(then)) {
                (Some(word), Some(other)) => word.cmp(other),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            match order {
                std::cmp::Ordering::Equal => met.push(Meeting::Shared.of(one[at])),
                std::cmp::Ordering::Less if !other_party.contains(&one[at]) => only.push(one[at]),
                std::cmp::Ordering::Greater if !party.contains(&other[then]) => only_other.push(other[then]),
                _ => {}
            }
            at += usize::from(order.is_le());
            then += usize::from(order.is_ge());
        }
        if !only.is_empty() && !only_other.is_empty() {
            self.contract(left, only, only_other, met);
            self.contract(right, only_other, only, met);
            self.near(only, only_other, met);
        }
        met.extend(only.iter().map(|word| Meeting::Left.of(*word)));
        met.extend(only_other.iter().map(|word| Meeting::Right.of(*word)));
    }

    /// Words of a record that are one word in the other.
    fn contract(&self, record: usize, own: &mut Few, others: &mut Few, met: &mut Vec<Met>) {
        for one in self.lists.contracted(record) {
            let first = usize::from(one.first);
            let parts = &self.lists.written.of(record)[first..first + usize::from(one.count)];
            if let Some(at) = others.iter().position(|word| *word == one.word)
                && parts.iter().all(|part| own.contains(part))
            {
                others.swap_remove(at);
                own.retain(|word| !parts.contains(word));
                met.push(Meeting::Contracted.of(one.word));
            }
        }
    }

    fn near(&self, own: &mut Few, others: &mut Few, met: &mut Vec<Met>) {
        let mut at = 0;
        while at < own.len() {
            let alike = others.iter().enumerate().find_map(|(place, other)| {
                let alike = self.spelling.alike(own[at], *other)?;
                Some((place, alike))
            });
            let Some((place, alike)) = alike else {
                at += 1;
                continue;
            };
            let (one, other) = (own.swap_remove(at), others.swap_remove(place));
            let meeting = match alike {
                Alike::Letter => Meeting::Letter,
                Alike::Beginning => Meeting::Beginning,
                Alike::Shortened => Meeting::Shortened,
            };
            let having = |word: u32| self.lists.having[word as usize];
            met.push(meeting.of(if having(one) >= having(other) { one } else { other }));
        }
    }

    pub(super) fn compare(&self, left: usize, right: usize, met: &[Met]) -> Compared {
        let (mut shared, mut lefts, mut rights) = (0.0, 0.0, 0.0);
        for met in met {
            let (meeting, word) = split(*met);
            let weight = self.lists.weight(word as u32);
            match meeting {
                Meeting::Shared => shared += weight,
                Meeting::Left => lefts += weight,
                Meeting::Right => rights += weight,
                _ => shared += 0.7 * weight,
            }
        }
        let (lefts, rights) = (shared + lefts, shared + rights);
        let coverage = shared / lefts.min(rights).max(f32::MIN_POSITIVE);
        let (described, level_described) = self.described(left, right);
        Compared {
            alike: shared / (lefts * rights).sqrt().max(f32::MIN_POSITIVE) + 0.5 * described,
            levels: [
                level(coverage, &COVERAGES),
                numbers(self.lists.numbers.of(left), self.lists.numbers.of(right)),
                self.apart(&self.lists.amounts, &self.going.amounts, left, right),
                self.apart(&self.lists.users, &self.going.users, left, right),
                self.party(left, right),
                self.function(left, right),
                level_described,
            ],
        }
    }

    fn described(&self, left: usize, right: usize) -> (f32, u8) {
        if !self.lists.has_description[left] && !self.lists.has_description[right] {
            return (0.0, DESCRIPTIONS.len() as u8 + 1);
        }
        let weight =
            |word: &u32| self.lists.described_rarity[*word as usize] * self.lists.described_rarity[*word as usize];
        let (one, other) = (self.lists.described.of(left), self.lists.described.of(right));
        let shared: f32 = one.iter().filter(|word| other.binary_search(word).is_ok()).map(weight).sum();
        let whole = |words: &[u32]| words.iter().map(weight).sum::<f32>();
        let measure = shared / (whole(one) * whole(other)).sqrt().max(f32::MIN_POSITIVE);
        (measure, level(measure, &DESCRIPTIONS))
    }

    fn apart(&self, amounts: &[f32], above: &[f32], left: usize, right: usize) -> u8 {
        let own =
            |record: usize| amounts[record] - above.get(self.lists.holders[record] as usize).copied().unwrap_or(0.0);
        let apart = (own(left) - own(right)).abs();
        if apart.is_nan() { AMOUNTS.len() as u8 + 1 } else { level(apart, &AMOUNTS) }
    }

    /// Named in the other's name, not known of both, the same, nearly the same, some words shared, or others.
    fn party(&self, left: usize, right: usize) -> u8 {
        let (one, other) = (self.lists.parties[left], self.lists.parties[right]);
        let (words, others) = (self.lists.party(left), self.lists.party(right));
        let within = |words: &[u32], record: usize| {
            !words.is_empty() && words.iter().all(|word| self.lists.names.of(record).contains(word))
        };
        if one == NONE || other == NONE {
            return u8::from(!(within(words, right) || within(others, left)));
        }
        if one == other {
            let rarest = words.iter().map(|word| self.lists.rarity[*word as usize]).fold(0.0, f32::max);
            return 2 + level(rarest, &PARTIES);
        }
        let contains = |words: &[u32], others: &[u32]| {
            words.iter().all(|word| others.iter().any(|other| self.same_or_near(*word, *other)))
        };
        if contains(words, others) || contains(others, words) {
            return 6;
        }
        if within(words, right) || within(others, left) {
            return 7;
        }
        match going(&self.going.parties, one, other) {
            Some(going) => OTHER_PARTY + 1 + level(going, &GOING),
            None => OTHER_PARTY,
        }
    }

    fn same_or_near(&self, one: u32, other: u32) -> bool {
        one == other || self.spelling.alike(one, other) == Some(Alike::Letter)
    }

    /// Not known of both, the same, some words shared or none, and then how much they go together.
    fn function(&self, left: usize, right: usize) -> u8 {
        let (one, other) = (self.lists.functions[left], self.lists.functions[right]);
        if one == NONE || other == NONE {
            return 0;
        }
        if let Some(going) = going(&self.going.functions, one, other) {
            return 4 + level(going, &GOING);
        }
        if one == other {
            return 1;
        }
        let (words, others) =
            (self.lists.function_words.of(one as usize), self.lists.function_words.of(other as usize));
        if words.iter().any(|word| others.contains(word)) { 2 } else { 3 }
    }
}

/// Words that only one of two has.
type Few = Vec<u32>;

/// How the words of a pair meet, and room to find it out.
#[derive(Default)]
pub(super) struct Meetings {
    pub(super) met: Vec<Met>,
    only: Few,
    only_other: Few,
}

/// The level of a measure: how many of the edges it has reached.
pub(super) fn level(measure: f32, edges: &[f32]) -> u8 {
    edges.partition_point(|edge| *edge <= measure) as u8
}

/// No numbers, numbers of one only, the same, some shared, none shared.
fn numbers(one: &[u32], other: &[u32]) -> u8 {
    let common = one.iter().filter(|number| other.contains(number)).count();
    match (one.len(), other.len()) {
        (0, 0) => 0,
        (0, _) | (_, 0) => 1,
        (one, other) if common == one && common == other => 2,
        _ if common > 0 => 3,
        _ => 4,
    }
}
