//! The words of all records: each with a number, and how rare it is.

use std::collections::{BTreeMap, HashMap};

use super::Record;

/// From this length on, two words that stand side by side may be one word elsewhere.
const JOINED_FROM: usize = 6;

/// The words of all records.
pub(super) struct Vocabulary {
    /// The words of each left record's name and party, in rising order.
    pub(super) left: Vec<Vec<u32>>,
    /// The same of the right ones.
    pub(super) right: Vec<Vec<u32>>,
    /// How rare each word is: the logarithm of all records over those that have it.
    pub(super) rarity: Vec<f64>,
    /// Whether a word is a number, such as a version.
    pub(super) is_number: Vec<bool>,
    /// The words of the left and the right records' names and descriptions, by numbers of their own.
    pub(super) described: [Vec<Vec<u32>>; 2],
    /// How rare those are.
    pub(super) described_rarity: Vec<f64>,
}

impl Vocabulary {
    pub(super) fn new(left: &[Record], right: &[Record]) -> Self {
        let records = || left.iter().chain(right);
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        for word in records().flat_map(|record| record.words.iter().chain(&record.party)) {
            let next = known.len() as u32;
            known.entry(word).or_insert(next);
        }
        let of = |record: &Record| named(record, &known);
        let (left_words, right_words): (Vec<_>, Vec<_>) =
            (left.iter().map(of).collect(), right.iter().map(of).collect());
        let rarity = rarity(&[&left_words, &right_words], known.len());
        let mut is_number = vec![false; known.len()];
        for (word, number) in &known {
            is_number[*number as usize] = word.len() < 8 && word.starts_with(|first: char| first.is_ascii_digit());
        }
        let (described, count) = described(left, right);
        let described_rarity = self::rarity(&[&described[0], &described[1]], count);
        Vocabulary { left: left_words, right: right_words, rarity, is_number, described, described_rarity }
    }

    /// The sum of the squares of the words' rarity.
    pub(super) fn weight(&self, words: impl Iterator<Item = u32>) -> f64 {
        words.map(|word| self.rarity[word as usize]).map(|rarity| rarity * rarity).sum()
    }
}

/// The words of a record's name and party, and those of its name that are one word elsewhere.
fn named(record: &Record, known: &BTreeMap<&str, u32>) -> Vec<u32> {
    let joined = record.words.windows(2).map(|pair| pair.concat()).filter(|word| word.len() >= JOINED_FROM);
    let joined: Vec<u32> = joined.filter_map(|word| known.get(word.as_str()).copied()).collect();
    let own = record.words.iter().chain(&record.party).map(|word| known[word.as_str()]);
    in_order(own.chain(joined).collect())
}

fn described<'a>(left: &'a [Record], right: &'a [Record]) -> ([Vec<Vec<u32>>; 2], usize) {
    let mut known: HashMap<&'a str, u32> = HashMap::new();
    let mut of = |records: &'a [Record]| -> Vec<Vec<u32>> {
        let mut number = |word: &'a String| {
            let next = known.len() as u32;
            *known.entry(word).or_insert(next)
        };
        let words = records.iter().map(|record| {
            in_order(record.words.iter().chain(&record.party).chain(&record.description).map(&mut number).collect())
        });
        words.collect()
    };
    let both = [of(left), of(right)];
    (both, known.len())
}

fn in_order(mut words: Vec<u32>) -> Vec<u32> {
    words.sort_unstable();
    words.dedup();
    words
}

fn rarity(lists: &[&Vec<Vec<u32>>; 2], count: usize) -> Vec<f64> {
    let mut held = vec![0_u32; count];
    for word in lists.iter().flat_map(|list| list.iter().flatten()) {
        held[*word as usize] += 1;
    }
    let all = lists.iter().map(|list| list.len()).sum::<usize>().max(1) as f64;
    held.into_iter().map(|held| libm::log(all / f64::from(held.max(1)))).collect()
}

/// The words that both have, of two lists in rising order.
pub(super) fn shared<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    one.iter().copied().filter(|word| other.binary_search(word).is_ok())
}

/// The words of the first that the second lacks.
pub(super) fn lacking<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    one.iter().copied().filter(|word| other.binary_search(word).is_err())
}
