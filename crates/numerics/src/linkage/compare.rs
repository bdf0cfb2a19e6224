//! How far two records agree, in levels: what each level tells is learnt from the lists themselves.

use super::Record;
use super::words::{Vocabulary, lacking, shared};

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
    /// Whether they are of the same maker or seller.
    Party,
    /// How much their descriptions share.
    Description,
    /// Whether the left record has a better partner.
    BestOfLeft,
    /// Whether the right record has a better partner.
    BestOfRight,
}

impl Comparison {
    /// All of them, in the order in which evidence is given.
    pub const ALL: [Comparison; 8] = [
        Comparison::Words,
        Comparison::Coverage,
        Comparison::Numbers,
        Comparison::Amount,
        Comparison::Party,
        Comparison::Description,
        Comparison::BestOfLeft,
        Comparison::BestOfRight,
    ];
}

const COVERAGES: [f64; 8] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97];
/// Of the logarithm of one amount over the other.
const AMOUNTS: [f64; 5] = [0.05, 0.15, 0.3, 0.5, 0.8];
const DESCRIPTIONS: [f64; 6] = [0.05, 0.1, 0.2, 0.3, 0.45, 0.6];

/// What is compared once, before anything is learnt.
pub(super) struct Compared {
    /// Levels of coverage, numbers, amount, party and description.
    pub(super) levels: Vec<[usize; 5]>,
    /// How alike names and descriptions are, to begin with.
    pub(super) alike: Vec<f64>,
}

pub(super) fn compare(
    vocabulary: &Vocabulary,
    (left, right): (&[Record], &[Record]),
    pairs: &[(usize, usize)],
) -> Compared {
    let whole = |words: &[u32]| vocabulary.weight(words.iter().copied());
    let lefts: Vec<f64> = vocabulary.left.iter().map(|words| whole(words)).collect();
    let rights: Vec<f64> = vocabulary.right.iter().map(|words| whole(words)).collect();
    let described = |side: usize| -> Vec<f64> {
        let lists = vocabulary.described[side].iter();
        lists.map(|words| described_weight(vocabulary, words.iter().copied())).collect()
    };
    let (lefts_described, rights_described) = (described(0), described(1));
    let mut compared = Compared { levels: Vec::with_capacity(pairs.len()), alike: Vec::with_capacity(pairs.len()) };
    for &(one, other) in pairs {
        let (words, others) = (&vocabulary.left[one], &vocabulary.right[other]);
        let common = vocabulary.weight(shared(words, others));
        let coverage = common / lefts[one].min(rights[other]).max(f64::MIN_POSITIVE);
        let (about, others_about) = (&vocabulary.described[0][one], &vocabulary.described[1][other]);
        let description = described_weight(vocabulary, shared(about, others_about))
            / (lefts_described[one] * rights_described[other]).sqrt().max(f64::MIN_POSITIVE);
        compared.alike.push(common / (lefts[one] * rights[other]).sqrt().max(f64::MIN_POSITIVE) + 0.5 * description);
        compared.levels.push([
            level(coverage, &COVERAGES),
            numbers(vocabulary, words, others),
            amount(left[one].amount, right[other].amount),
            party(&left[one], &right[other]),
            level(description, &DESCRIPTIONS),
        ]);
    }
    compared
}

fn described_weight(vocabulary: &Vocabulary, words: impl Iterator<Item = u32>) -> f64 {
    words.map(|word| vocabulary.described_rarity[word as usize]).map(|rarity| rarity * rarity).sum()
}

/// The level of a measure: how many of the edges it has reached.
pub(super) fn level(measure: f64, edges: &[f64]) -> usize {
    edges.partition_point(|edge| *edge <= measure)
}

/// No numbers, numbers in one name only, the same, some shared, none shared.
fn numbers(vocabulary: &Vocabulary, words: &[u32], others: &[u32]) -> usize {
    let is_number = |word: &u32| vocabulary.is_number[*word as usize];
    let count = |words: &[u32]| words.iter().filter(|word| is_number(word)).count();
    let (one, other) = (count(words), count(others));
    let common = shared(words, others).filter(is_number).count();
    let alone = lacking(words, others).chain(lacking(others, words)).filter(is_number).count();
    match (one, other) {
        (0, 0) => 0,
        (0, _) | (_, 0) => 1,
        _ if alone == 0 => 2,
        _ if common > 0 => 3,
        _ => 4,
    }
}

fn amount(one: Option<f64>, other: Option<f64>) -> usize {
    let known = |amount: Option<f64>| amount.filter(|amount| amount.is_finite() && *amount > 0.0);
    match known(one).zip(known(other)) {
        Some((one, other)) => level(libm::log(one / other).abs(), &AMOUNTS),
        None => AMOUNTS.len() + 1,
    }
}

/// Named in the other's name, not known of both, the same, another.
fn party(one: &Record, other: &Record) -> usize {
    let meets = |words: &[String], others: &[String]| words.iter().any(|word| others.contains(word));
    match (one.party.is_empty(), other.party.is_empty()) {
        (false, false) if meets(&one.party, &other.party) => 2,
        (false, false) => 3,
        _ if meets(&one.party, &other.words) || meets(&other.party, &one.words) => 0,
        _ => 1,
    }
}
