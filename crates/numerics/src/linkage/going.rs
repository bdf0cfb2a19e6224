//! What goes together: functions and parties that linked records have, and what each holder's amounts are above others'.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::compare::Going;
use super::lists::{Lists, NONE};

/// So many sightings' worth of what is usual is mixed into what is learnt of two functions.
const SHRINKING: f64 = 10.0;
/// The same for parties, of which there are more and each is seen less.
const PARTY_SHRINKING: f64 = 2.0;
/// A function that fewer records have is not learnt about.
const SEEN: u32 = 10;
/// Parties that share fewer names than this are different ones that happen to use a name alike.
const NAMES: f64 = 1.7;
/// Pairs as probable say what holders pay for the same thing.
const LINKED: f32 = 0.5;
const PASSES: usize = 12;
/// A difference beyond this, as a logarithm, says nothing more of a holder.
const FAR: f32 = 1.0;
/// A holder is taken to be as others are until it has so many links.
const HELD: f32 = 10.0;

/// A pair and how probable it is.
type Weighed = ((u32, u32), f32);

/// Learns from pairs, and of parties from the pairs of which both are known and differ.
pub(super) fn going(lists: &Lists, pairs: impl Iterator<Item = Weighed> + Clone + Send, others: &[Weighed]) -> Going {
    let above = |amounts: &[f32], pairs| above(lists, amounts, pairs);
    let (pairs_of_amounts, pairs_of_users) = (pairs.clone(), pairs.clone());
    let ((functions, parties), (amounts, users)) = rayon::join(
        || rayon::join(|| functions(lists, pairs), || parties(lists, others)),
        || rayon::join(|| above(&lists.amounts, pairs_of_amounts), || above(&lists.users, pairs_of_users)),
    );
    Going { functions, parties, amounts, users }
}

fn odds(linked: f64, others: f64) -> f64 {
    libm::log(linked.max(1e-9) / others.max(1e-9))
}

fn functions(lists: &Lists, pairs: impl Iterator<Item = Weighed>) -> Vec<((u32, u32), f32)> {
    let mut seen = vec![0_u32; lists.function_words.len()];
    lists.functions.iter().filter(|function| **function != NONE).for_each(|function| seen[*function as usize] += 1);
    let mut counts: BTreeMap<(u32, u32), [f64; 2]> = BTreeMap::new();
    let mut usual = [[0.5_f64; 2]; 2];
    for ((left, right), probability) in pairs {
        let (one, other) = (lists.functions[left as usize], lists.functions[right as usize]);
        if one == NONE || other == NONE || seen[one as usize] < SEEN || seen[other as usize] < SEEN {
            continue;
        }
        let count = counts.entry((one.min(other), one.max(other))).or_default();
        let linked = f64::from(probability);
        for count in [count, &mut usual[usize::from(one == other)]] {
            count[0] += linked;
            count[1] += 1.0 - linked;
        }
    }
    let all = odds(usual[0][0] + usual[1][0], usual[0][1] + usual[1][1]);
    let lift = |((one, other), count): ((u32, u32), [f64; 2])| {
        let usual = usual[usize::from(one == other)];
        let mixed = |side: usize| count[side] + SHRINKING * usual[side] / (usual[0] + usual[1]);
        ((one, other), (odds(mixed(0), mixed(1)) - all) as f32)
    };
    counts.into_iter().map(lift).collect()
}

/// Two parties go together the more, the more names they share: one name in many records counts once.
fn parties(lists: &Lists, others: &[Weighed]) -> Vec<((u32, u32), f32)> {
    let sharing = |((left, right), probability): &Weighed| {
        let (one, other) = (lists.parties[*left as usize], lists.parties[*right as usize]);
        // A name is told by the words of its left record: whoever has it spelt alike has it once.
        let words = lists.names.of(*left as usize).iter();
        let name = words.fold(0_u32, |hash, word| (hash ^ word).wrapping_mul(0x9e37_79b1).rotate_left(11));
        (one.min(other), one.max(other), name, *probability)
    };
    let mut shared: Vec<(u32, u32, u32, f32)> = others.par_iter().map(sharing).collect();
    shared.par_sort_unstable_by(|one, other| {
        (one.0, one.1, one.2).cmp(&(other.0, other.1, other.2)).then(other.3.total_cmp(&one.3))
    });
    shared.dedup_by_key(|(one, other, name, _)| (*one, *other, *name));
    let mut usual = [0.5_f64; 2];
    for (_, _, _, probability) in &shared {
        usual[0] += f64::from(*probability);
        usual[1] += f64::from(1.0 - probability);
    }
    let lift = |same: &[(u32, u32, u32, f32)]| {
        let linked: f64 = same.iter().map(|(_, _, _, probability)| f64::from(*probability)).sum();
        let others = same.len() as f64 - linked;
        let mixed = |count: f64, side: usize| count + PARTY_SHRINKING * usual[side] / (usual[0] + usual[1]);
        let lift = odds(mixed(linked, 0), mixed(others, 1)) - odds(usual[0], usual[1]);
        (linked >= NAMES).then_some(((same[0].0, same[0].1), lift as f32))
    };
    shared.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)).filter_map(lift).collect()
}

/// What each holder's amounts are above those of others for the same things, as logarithms.
fn above(lists: &Lists, amounts: &[f32], pairs: impl Iterator<Item = Weighed>) -> Vec<f32> {
    let holders = lists.holders.iter().max().map_or(0, |most| *most as usize + 1);
    let linked: Vec<(u32, u32, f32, f32)> = pairs
        .filter(|(_, probability)| *probability >= LINKED)
        .map(|((left, right), probability)| {
            let apart = amounts[left as usize] - amounts[right as usize];
            (lists.holders[left as usize], lists.holders[right as usize], apart, probability)
        })
        .filter(|(_, _, apart, _)| !apart.is_nan())
        .collect();
    let mut above = vec![0.0_f32; holders];
    for _ in 0..PASSES {
        let mut moves = vec![(0.0_f32, HELD); holders];
        for (one, other, apart, probability) in &linked {
            let left = (apart - above[*one as usize] + above[*other as usize]).clamp(-FAR, FAR) * probability;
            moves[*one as usize].0 += left;
            moves[*other as usize].0 -= left;
            moves[*one as usize].1 += probability;
            moves[*other as usize].1 += probability;
        }
        above.iter_mut().zip(moves).for_each(|(above, (sum, weight))| *above += 0.7 * sum / weight);
    }
    above
}
