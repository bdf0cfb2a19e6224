//! Learns what every level and every word tells, and how probable each pair is, each from the other in turn.

use std::collections::BTreeMap;

use super::Link;
use super::compare::{Compared, Comparison, level};
use super::words::{Vocabulary, lacking, shared};

const ROUNDS: usize = 12;
/// Pairs that are each other's best and at least so alike are taken for links to begin with.
const ALIKE: f64 = 0.65;
const BEGIN_LINKED: f64 = 0.9;
const BEGIN_OTHERS: f64 = 0.005;
/// How much of the odds of a record's other pairs stands against a pair: all of it would be one-to-one.
const COMPETING: f64 = 0.05;
/// So many sightings' worth of a word's own band of rarity is mixed into what is learnt of it.
const SHRINKING: f64 = 5.0;
const BANDS: usize = 10;
/// The score of words is cut into levels, the upper ones finer: from the upper half to the top 0.3 %.
const SCORE_LEVELS: usize = 16;
const SCORE_PARTS: (f64, f64) = (0.5, 0.003);
/// How far behind the best pair of a record a pair is, in the score of words.
const BEHIND: [f64; 7] = [-12.0, -8.0, -5.0, -3.0, -1.5, -0.5, -1e-9];
/// Odds beyond this, as a logarithm, are as good as certain.
const CERTAIN: f64 = 30.0;

/// What was learnt of each pair.
pub(super) struct Learnt {
    pub(super) probabilities: Vec<f64>,
    /// By comparison, in the order of [`Comparison::ALL`].
    pub(super) evidence: Vec<[f64; Comparison::ALL.len()]>,
}

/// `said` is what is known of a pair: it is kept, and taught to the rest.
pub(super) fn learn(
    vocabulary: &Vocabulary,
    pairs: &[(usize, usize)],
    compared: &Compared,
    sides: &Sides,
    said: &[Option<bool>],
) -> Learnt {
    let words = Words::of(vocabulary, pairs);
    let keep = |probabilities: &mut Vec<f64>| {
        for (probability, said) in probabilities.iter_mut().zip(said) {
            if let Some(same) = said {
                *probability = f64::from(*same);
            }
        }
    };
    let mut probabilities = begin(sides, &compared.alike);
    keep(&mut probabilities);
    let mut evidence = vec![[0.0; Comparison::ALL.len()]; pairs.len()];
    for _ in 0..ROUNDS {
        let scores = words.scores(&probabilities);
        let edges = edges(&scores);
        let (left, right) = (sides.behind(&scores, Side::Left), sides.behind(&scores, Side::Right));
        let levels: Vec<[usize; Comparison::ALL.len()]> = (0..pairs.len())
            .map(|pair| {
                let [coverage, numbers, amount, party, description] = compared.levels[pair];
                let behind = |far: &[f64]| level(far[pair], &BEHIND);
                let words = level(scores[pair], &edges);
                [words, coverage, numbers, amount, party, description, behind(&left), behind(&right)]
            })
            .collect();
        let prior = logarithm_of_odds(probabilities.iter().sum::<f64>() / pairs.len() as f64);
        evidence.iter_mut().for_each(|evidence| evidence.fill(0.0));
        for (place, comparison) in Comparison::ALL.into_iter().enumerate() {
            let mut tells = told(&levels, place, &probabilities);
            if matches!(comparison, Comparison::Words | Comparison::Coverage) {
                // More of the same never speaks against a link.
                for at in 1..tells.len() {
                    tells[at] = tells[at].max(tells[at - 1]);
                }
            }
            for (evidence, levels) in evidence.iter_mut().zip(&levels) {
                evidence[place] = tells[levels[place]];
            }
        }
        let odds: Vec<f64> = evidence.iter().map(|evidence| prior + evidence.iter().sum::<f64>()).collect();
        probabilities = sides.compete(&odds);
        keep(&mut probabilities);
    }
    Learnt { probabilities, evidence }
}

/// The pairs with what was learnt of them, the left ones in order and of each the likeliest first.
pub(super) fn links(pairs: &[(usize, usize)], learnt: &Learnt) -> Vec<Link> {
    let link = |(place, &(left, right)): (usize, &(usize, usize))| Link {
        left,
        right,
        probability: learnt.probabilities[place],
        evidence: Comparison::ALL.into_iter().zip(learnt.evidence[place].iter().copied()).collect(),
    };
    let mut links: Vec<Link> = pairs.iter().enumerate().map(link).collect();
    links.sort_by(|one, other| one.left.cmp(&other.left).then(other.probability.total_cmp(&one.probability)));
    links
}

fn logarithm_of_odds(part: f64) -> f64 {
    let part = part.clamp(1e-12, 1.0 - 1e-12);
    libm::log(part / (1.0 - part))
}

fn begin(sides: &Sides, alike: &[f64]) -> Vec<f64> {
    let (left, right) = (sides.behind(alike, Side::Left), sides.behind(alike, Side::Right));
    let begun = |pair: usize| match left[pair] >= 0.0 && right[pair] >= 0.0 && alike[pair] >= ALIKE {
        true => BEGIN_LINKED,
        false => BEGIN_OTHERS,
    };
    (0..alike.len()).map(begun).collect()
}

/// The edges of levels of a score: each holds a smaller part of the pairs than the one below.
fn edges(scores: &[f64]) -> Vec<f64> {
    let mut ordered = scores.to_vec();
    ordered.sort_by(f64::total_cmp);
    let (first, last) = SCORE_PARTS;
    let part = |step: usize| first * libm::pow(last / first, step as f64 / (SCORE_LEVELS - 1) as f64);
    let at = |part: f64| ordered[(((1.0 - part) * (ordered.len() - 1) as f64).round() as usize).min(ordered.len() - 1)];
    (0..SCORE_LEVELS).map(|step| at(part(step))).collect()
}

/// What each level of a comparison tells, as a logarithm of odds.
fn told(levels: &[[usize; Comparison::ALL.len()]], place: usize, probabilities: &[f64]) -> Vec<f64> {
    let count = levels.iter().map(|levels| levels[place]).max().unwrap_or(0) + 1;
    let (mut linked, mut others) = (vec![0.5; count], vec![0.5; count]);
    for (levels, probability) in levels.iter().zip(probabilities) {
        linked[levels[place]] += probability;
        others[levels[place]] += 1.0 - probability;
    }
    let (all_linked, all_others): (f64, f64) = (linked.iter().sum(), others.iter().sum());
    linked
        .iter()
        .zip(&others)
        .map(|(linked, others)| libm::log((linked / all_linked) / (others / all_others)))
        .collect()
}

/// A side of a pair.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// Which pairs belong to one record.
pub(super) struct Sides {
    left: Vec<usize>,
    right: Vec<usize>,
    lefts: usize,
    rights: usize,
}

impl Sides {
    /// Within many lists only the pairs of a record with the records of one list compete.
    pub(super) fn within(pairs: &[(usize, usize)], holders: &[u32]) -> Self {
        let mut numbers: BTreeMap<(usize, u32), usize> = BTreeMap::new();
        let mut number = |record: usize, holder: u32| {
            let next = numbers.len();
            *numbers.entry((record, holder)).or_insert(next)
        };
        let pairs: Vec<(usize, usize)> =
            pairs.iter().map(|&(one, other)| (number(one, holders[other]), number(other, holders[one]))).collect();
        Sides::of(&pairs)
    }

    pub(super) fn of(pairs: &[(usize, usize)]) -> Self {
        let most = |side: &[usize]| side.iter().max().map_or(0, |most| most + 1);
        let (left, right): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        Sides { lefts: most(&left), rights: most(&right), left, right }
    }

    fn side(&self, side: Side) -> (&[usize], usize) {
        match side {
            Side::Left => (&self.left, self.lefts),
            Side::Right => (&self.right, self.rights),
        }
    }

    /// How far each pair is behind the best of its record; nought for the best.
    fn behind(&self, scores: &[f64], side: Side) -> Vec<f64> {
        let (records, count) = self.side(side);
        let mut best = vec![f64::NEG_INFINITY; count];
        for (record, score) in records.iter().zip(scores) {
            best[*record] = best[*record].max(*score);
        }
        records.iter().zip(scores).map(|(record, score)| score - best[*record]).collect()
    }

    /// Probabilities from odds, a part of those of each record's other pairs standing against each.
    fn compete(&self, logarithms: &[f64]) -> Vec<f64> {
        let odds: Vec<f64> = logarithms.iter().map(|odds| libm::exp(odds.clamp(-CERTAIN, CERTAIN))).collect();
        let sums = |side: Side| {
            let (records, count) = self.side(side);
            let mut sums = vec![0.0; count];
            records.iter().zip(&odds).for_each(|(record, odds)| sums[*record] += odds);
            sums
        };
        let (left, right) = (sums(Side::Left), sums(Side::Right));
        let one = |(pair, odds): (usize, &f64)| {
            let others = left[self.left[pair]] + right[self.right[pair]] - 2.0 * odds;
            odds / (1.0 + odds + COMPETING * others.max(0.0))
        };
        odds.iter().enumerate().map(one).collect()
    }
}

/// The words of each pair: those shared, and those that only one of the two has.
struct Words {
    shared: Vec<Vec<u32>>,
    alone: Vec<Vec<u32>>,
    /// The band of rarity of each word.
    bands: Vec<usize>,
}

impl Words {
    fn of(vocabulary: &Vocabulary, pairs: &[(usize, usize)]) -> Self {
        let lists = |&(left, right): &(usize, usize)| (&vocabulary.left[left], &vocabulary.right[right]);
        let both = pairs.iter().map(lists);
        let alone = |(left, right): (&Vec<u32>, &Vec<u32>)| lacking(left, right).chain(lacking(right, left)).collect();
        Words {
            shared: both.clone().map(|(left, right)| shared(left, right).collect()).collect(),
            alone: both.map(alone).collect(),
            bands: vocabulary.rarity.iter().map(|rarity| (*rarity as usize).min(BANDS - 1)).collect(),
        }
    }

    /// What the words of each pair tell together.
    fn scores(&self, probabilities: &[f64]) -> Vec<f64> {
        let linked = self.meetings(probabilities.iter().copied());
        let others = self.meetings(probabilities.iter().map(|probability| 1.0 - probability));
        let meets: Vec<f64> = linked.iter().zip(&others).map(|(linked, others)| libm::log(linked / others)).collect();
        let alone: Vec<f64> =
            linked.iter().zip(&others).map(|(linked, others)| libm::log((1.0 - linked) / (1.0 - others))).collect();
        let sum = |words: &[u32], tells: &[f64]| words.iter().map(|word| tells[*word as usize]).sum::<f64>();
        let pairs = self.shared.iter().zip(&self.alone);
        pairs.map(|(shared, lone)| sum(shared, &meets) + sum(lone, &alone)).collect()
    }

    /// How often each word that one of two records has is also in the other.
    fn meetings(&self, weights: impl Iterator<Item = f64>) -> Vec<f64> {
        let count = self.bands.len();
        let (mut met, mut alone) = (vec![0.0; count], vec![0.0; count]);
        for ((shared, lone), weight) in self.shared.iter().zip(&self.alone).zip(weights) {
            shared.iter().for_each(|word| met[*word as usize] += weight);
            lone.iter().for_each(|word| alone[*word as usize] += weight);
        }
        let mut bands = [(1.0, 2.0); BANDS];
        for ((band, met), alone) in self.bands.iter().zip(&met).zip(&alone) {
            bands[*band].0 += met;
            bands[*band].1 += met + alone;
        }
        let usual = |word: usize| bands[self.bands[word]].0 / bands[self.bands[word]].1;
        (0..count).map(|word| (met[word] + SHRINKING * usual(word)) / (met[word] + alone[word] + SHRINKING)).collect()
    }
}
