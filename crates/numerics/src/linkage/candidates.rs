//! The pairs that are looked at: of each record, those of other holders that share most with it.

use rayon::prelude::*;

use super::alike::Spelling;
use super::lists::{Lists, Rows};

/// Of each record so many others are looked at.
const MOST: usize = 16;
/// Of those that share most of what the best one shares, so many.
const MOST_NEAR: usize = 64;
const NEARLY: f32 = 0.4;
/// What more records share tells too little to look by it: it is looked at together with something else.
const COMMON: usize = 500;
/// So many common words of a record are put together.
const TOGETHER: usize = 6;
/// Of what too many share, so many neighbours in the order of the records are looked at.
const NEIGHBOURS: usize = 12;
/// A word a letter apart tells less than the same word.
const NEAR: f32 = 0.5;
/// So many records are worked through at a time.
const CHUNK: usize = 8192;

/// Pairs of records, the smaller first, in order.
pub(super) fn candidates(lists: &Lists, spelling: &Spelling, known: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let blocks = Blocks::of(lists);
    let neighbours = spelling.neighbours(&lists.having);
    let starts: Vec<usize> = (0..lists.len()).step_by(CHUNK).collect();
    let found: Vec<Vec<(u32, u32)>> = starts
        .into_par_iter()
        .map(|start| {
            let mut scores = vec![0.0_f32; lists.len()];
            let mut touched = Vec::new();
            let mut pairs = Vec::new();
            for record in start..(start + CHUNK).min(lists.len()) {
                blocks.score(lists, &neighbours, record, &mut scores, &mut touched);
                let better = |one: &u32, other: &u32| {
                    scores[*other as usize].total_cmp(&scores[*one as usize]).then(one.cmp(other))
                };
                if touched.len() > MOST_NEAR {
                    touched.select_nth_unstable_by(MOST_NEAR, better);
                }
                let best = touched.iter().map(|other| scores[*other as usize]).fold(0.0, f32::max);
                let near =
                    touched.iter().take(MOST_NEAR).filter(|other| scores[**other as usize] >= NEARLY * best).count();
                let own = record as u32;
                let taken = near.max(MOST);
                if taken < touched.len().min(MOST_NEAR) {
                    let reach = touched.len().min(MOST_NEAR);
                    touched[..reach].select_nth_unstable_by(taken, better);
                }
                pairs.extend(touched.iter().take(taken).map(|other| (own.min(*other), own.max(*other))));
                touched.iter().for_each(|other| scores[*other as usize] = 0.0);
                touched.clear();
            }
            pairs
        })
        .collect();
    let mut pairs = found.concat();
    pairs.extend_from_slice(known);
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Which records share something: a word, or several that are common by themselves.
struct Blocks {
    keys: Vec<u64>,
    records: Rows,
}

fn together(words: &[u32]) -> u64 {
    let mixed =
        |hash: u64, word: &u32| (hash ^ u64::from(*word + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    if let [word] = words { u64::from(*word) } else { words.iter().fold(1, mixed) | 1 << 63 }
}

impl Blocks {
    fn of(lists: &Lists) -> Self {
        let all: Vec<usize> = (0..lists.len()).collect();
        let mut keyed: Vec<(u64, u32)> = all
            .par_iter()
            .flat_map_iter(|record| {
                let mut keys: Vec<u64> = lists.names.of(*record).iter().map(|word| together(&[*word])).collect();
                several(lists, *record, &mut keys);
                keys.sort_unstable();
                keys.dedup();
                keys.into_iter().map(|key| (key, *record as u32))
            })
            .collect();
        keyed.par_sort_unstable();
        let (mut keys, mut records) = (Vec::new(), Rows::new());
        for block in keyed.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() > 1) {
            keys.push(block[0].0);
            records.push(block.iter().map(|(_, record)| *record));
        }
        Blocks { keys, records }
    }

    fn block(&self, key: u64) -> &[u32] {
        self.keys.binary_search(&key).map_or(&[], |block| self.records.of(block))
    }

    /// Adds up what each other record shares with one.
    fn score(&self, lists: &Lists, neighbours: &Rows, record: usize, scores: &mut [f32], touched: &mut Vec<u32>) {
        let mut add = |others: &[u32], weight: f32| {
            for &other in others.iter().filter(|other| lists.holders[**other as usize] != lists.holders[record]) {
                if scores[other as usize] == 0.0 {
                    touched.push(other);
                }
                scores[other as usize] += weight;
            }
        };
        let all = lists.len() as f32;
        let weight = |block: &[u32]| {
            let rarity = libm::logf(all / block.len().max(1) as f32) + 1e-3;
            rarity * rarity
        };
        let mut keys: Vec<(u64, f32)> = lists.names.of(record).iter().map(|word| (together(&[*word]), 1.0)).collect();
        keys.extend(lists.contracted(record).iter().map(|one| (together(&[one.word]), 1.0)));
        for word in lists.names.of(record) {
            keys.extend(neighbours.of(*word as usize).iter().map(|near| (together(&[*near]), NEAR)));
        }
        let mut own = Vec::new();
        several(lists, record, &mut own);
        keys.extend(own.into_iter().map(|key| (key, 1.0)));
        keys.sort_unstable_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
        keys.dedup_by_key(|(key, _)| *key);
        let mut fullest: Option<&[u32]> = None;
        for (key, part) in keys {
            let block = self.block(key);
            if block.len() <= COMMON {
                add(block, part * weight(block));
            } else if fullest.is_none_or(|full| full.len() > block.len()) {
                fullest = Some(block);
            }
        }
        if let Some(block) = fullest {
            let at = block.partition_point(|other| (*other as usize) < record);
            let near = &block[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(block.len())];
            add(near, weight(block));
        }
    }
}

/// Two and three of the common words of a record together.
fn several(lists: &Lists, record: usize, keys: &mut Vec<u64>) {
    let names = lists.names.of(record).iter().filter(|word| lists.having[**word as usize] as usize > COMMON);
    let mut common: Vec<u32> = names.chain(lists.party(record)).copied().collect();
    common.sort_unstable();
    common.dedup();
    common.sort_by_key(|word| lists.having[*word as usize]);
    common.truncate(TOGETHER);
    common.sort_unstable();
    for (at, one) in common.iter().enumerate() {
        for (then, other) in common.iter().enumerate().skip(at + 1) {
            keys.push(together(&[*one, *other]));
            keys.extend(common[then + 1..].iter().map(|third| together(&[*one, *other, *third])));
        }
    }
}
