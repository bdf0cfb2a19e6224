//! The pairs that are looked at: of each left record, the right ones that share the most telling words.

use super::words::Vocabulary;

/// Of each left record so many right ones are looked at.
const MOST: usize = 25;
/// A word that more right records have tells too little to look by it; of large lists, more.
const COMMON_FROM: usize = 600;
/// A word that this part of the right records have is common in any list.
const COMMON_PART: f64 = 0.01;

/// Pairs of left and right, by rising left.
pub(super) fn candidates(vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.rarity.len()];
    for (place, words) in vocabulary.right.iter().enumerate() {
        words.iter().for_each(|word| holders[*word as usize].push(place as u32));
    }
    let common = COMMON_FROM.max((COMMON_PART * vocabulary.right.len() as f64) as usize);
    let mut scores = vec![0.0; vocabulary.right.len()];
    let mut pairs = Vec::new();
    for (left, words) in vocabulary.left.iter().enumerate() {
        let mut touched: Vec<u32> = Vec::new();
        for word in words {
            let held = &holders[*word as usize];
            if held.len() >= common {
                continue;
            }
            let weight = vocabulary.weight([*word].into_iter());
            for &right in held {
                if scores[right as usize] == 0.0 {
                    touched.push(right);
                }
                scores[right as usize] += weight;
            }
        }
        touched.sort_by(|one, other| scores[*other as usize].total_cmp(&scores[*one as usize]).then(one.cmp(other)));
        pairs.extend(touched.iter().take(MOST).map(|&right| (left, right as usize)));
        touched.iter().for_each(|right| scores[*right as usize] = 0.0);
    }
    pairs
}
