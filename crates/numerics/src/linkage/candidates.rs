//! The pairs that are looked at: of each record, those of other holders that share most with it.

use rayon::prelude::*;

use super::alike::Spelling;
use super::lists::{Lists, Rows};

/// Of each record so many others are looked at.
const MOST: usize = 12;
/// Of those that share most of what the best one shares, so many.
const MOST_NEAR: usize = 64;
const NEARLY: f32 = 0.4;
/// What more records share tells too little to look by it: it is looked at together with something else.
const COMMON: usize = 500;
/// The same of several words together.
const COMMON_TOGETHER: usize = 200;
/// So many common words of a record are put together.
const TOGETHER: usize = 5;
/// Of what too many share, so many neighbours in the order of the records are looked at.
const NEIGHBOURS: usize = 12;
/// A word a letter apart tells less than the same word.
const NEAR: f32 = 0.5;
/// So many records are worked through at a time.
const CHUNK: usize = 4096;
/// And so many times that at once.
const CHUNKS: usize = 16;

/// Pairs of records, the smaller first, in order.
pub(super) fn candidates(lists: &Lists, spelling: &Spelling, known: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let blocks = Blocks::of(lists);
    let neighbours = spelling.neighbours(&lists.having);
    let starts: Vec<usize> = (0..lists.len()).step_by(CHUNK).collect();
    let chunk = |start: usize| {
        let mut scores = vec![0.0_f32; lists.len()];
        let mut touched = Vec::new();
        let mut pairs = Vec::new();
        for record in start..(start + CHUNK).min(lists.len()) {
            blocks.score(lists, &neighbours, record, &mut scores, &mut touched);
            let better =
                |one: &u32, other: &u32| scores[*other as usize].total_cmp(&scores[*one as usize]).then(one.cmp(other));
            if touched.len() > MOST_NEAR {
                touched.select_nth_unstable_by(MOST_NEAR, better);
            }
            let best = touched.iter().map(|other| scores[*other as usize]).fold(0.0, f32::max);
            let near = touched.iter().take(MOST_NEAR).filter(|other| scores[**other as usize] >= NEARLY * best).count();
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
    };
    let mut pairs = known.to_vec();
    for starts in starts.chunks(CHUNKS) {
        let found: Vec<Vec<(u32, u32)>> = starts.par_iter().map(|start| chunk(*start)).collect();
        found.into_iter().for_each(|found| pairs.extend(found));
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs.shrink_to_fit();
    pairs
}

/// Which records share something: a word of their names, or several that are common by themselves.
struct Blocks {
    /// The records that have each word in their names.
    words: Rows,
    /// The records that have several words together.
    together: Rows,
    /// Of each record, the places of what it shares in `together`.
    own: Rows,
}

/// What the same words give, whatever their order; others seldom give the same.
fn mixed(words: &[u32]) -> u64 {
    words.iter().fold(1, |hash, word| (hash ^ u64::from(word + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

impl Blocks {
    fn of(lists: &Lists) -> Self {
        let all = 0..lists.len() as u32;
        let mut keyed: Vec<(u64, u32)> = all
            .clone()
            .into_par_iter()
            .flat_map_iter(|record| several(lists, record as usize).into_iter().map(move |key| (key, record)))
            .collect();
        keyed.par_sort_unstable();
        keyed.dedup();
        let (mut together, mut owned) = (Rows::new(), Vec::new());
        for block in keyed.chunk_by(|one, other| one.0 == other.0).filter(|block| block.len() > 1) {
            owned.extend(block.iter().map(|(_, record)| (*record, together.len() as u32)));
            together.push(block.iter().map(|(_, record)| *record));
        }
        drop(keyed);
        let having = all.flat_map(|record| lists.names.of(record as usize).iter().map(move |word| (*word, record)));
        Blocks {
            words: Rows::by(lists.words.len(), having),
            own: Rows::by(lists.len(), owned.iter().copied()),
            together,
        }
    }

    /// Adds up what each other record shares with one.
    fn score(&self, lists: &Lists, neighbours: &Rows, record: usize, scores: &mut [f32], touched: &mut Vec<u32>) {
        let mut fullest: Option<&[u32]> = None;
        let mut add = |block: &[u32], part: f32| {
            let rarity = libm::logf(lists.len() as f32 / block.len().max(1) as f32) + 1e-3;
            let weight = part * rarity * rarity;
            for &other in block.iter().filter(|other| lists.holders[**other as usize] != lists.holders[record]) {
                if scores[other as usize] == 0.0 {
                    touched.push(other);
                }
                scores[other as usize] += weight;
            }
        };
        let names = lists.names.of(record);
        let others = lists.contracted(record).iter().map(|one| one.word);
        let others = others.map(|word| (word, 1.0)).filter(|(word, _)| !names.contains(word));
        let near = names.iter().flat_map(|word| neighbours.of(*word as usize)).map(|word| (*word, NEAR));
        for (word, part) in names.iter().map(|word| (*word, 1.0)).chain(others).chain(near) {
            let block = self.words.of(word as usize);
            if block.len() <= COMMON {
                add(block, part);
            } else if fullest.is_none_or(|full| full.len() > block.len()) {
                fullest = Some(block);
            }
        }
        for place in self.own.of(record) {
            let block = self.together.of(*place as usize);
            if block.len() <= COMMON_TOGETHER {
                add(block, 1.0);
            } else if fullest.is_none_or(|full| full.len() > block.len()) {
                fullest = Some(block);
            }
        }
        if let Some(block) = fullest {
            let at = block.partition_point(|other| (*other as usize) < record);
            add(&block[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(block.len())], 1.0);
        }
    }
}

/// Two and three together of the words of a record's party and of its name that are common by themselves.
fn several(lists: &Lists, record: usize) -> Vec<u64> {
    let names = lists.names.of(record).iter().filter(|word| lists.having[**word as usize] as usize > COMMON);
    let mut common: Vec<u32> = names.chain(lists.party(record)).copied().collect();
    common.sort_unstable_by_key(|word| (lists.having[*word as usize], *word));
    common.dedup();
    common.truncate(TOGETHER);
    let mut keys = Vec::new();
    for (at, one) in common.iter().enumerate() {
        for (then, other) in common.iter().enumerate().skip(at + 1) {
            keys.push(mixed(&[*one, *other]));
            keys.extend(common[then + 1..].iter().map(|third| mixed(&[*one, *other, *third])));
        }
    }
    keys
}
