//! Learns what every level and every word tells, and how probable each pair is, each from the other in turn.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::compare::{COMPARISONS, Comparing, Comparison, Meeting, Meetings, Met, OTHER_PARTY, STILL, level, split};
use super::lists::Lists;

/// Pairs that are each other's best and at least so alike are taken for links to begin with. Those of the second kind
/// may be: a few lists have little else, and the more records there are, the more of them are alike by chance.
const ALIKE: f32 = 0.9;
const MAY_BE_ALIKE: f32 = 0.65;
const BEGIN_LINKED: f32 = 0.9;
/// Up to so many records, a pair of the second kind is as good as one of the first; of more, in proportion.
const FEW: f32 = 200.0;
const BEGIN_OTHERS: f32 = 0.005;
/// How much of the odds of a record's other pairs stands against a pair: all of it would be one-to-one.
const COMPETING: f64 = 0.05;
/// So many sightings' worth of a word's own band of rarity is mixed into what is learnt of it.
const SHRINKING: f64 = 5.0;
const BANDS: usize = 30;
/// The score of words is cut into levels, the upper ones finer: from the upper half to the top 0.3 %.
const SCORE_LEVELS: usize = 16;
const SCORE_PARTS: (f64, f64) = (0.5, 0.003);
/// How far behind the best pair of a record a pair is, in the score of words.
const BEHIND: [f32; 7] = [-12.0, -8.0, -5.0, -3.0, -1.5, -0.5, -1e-6];
/// Odds beyond this, as a logarithm, are as good as certain.
const CERTAIN: f64 = 30.0;
/// It is learnt from so many pairs; of more, from a part of the records.
const LEARN_FROM: usize = 1_500_000;
/// So many pairs are worked through at a time.
const CHUNK: usize = 1 << 14;
/// Ways in which two words may meet that are not the same.
const NEAR: usize = 4;

/// Which pairs belong to one record and one holder: they compete.
pub(super) struct Sides {
    /// Of each pair, the groups in which it competes on its left and on its right.
    groups: Vec<[u32; 2]>,
    count: usize,
}

impl Sides {
    pub(super) fn of(lists: &Lists, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; lists.len() + 1];
        pairs.iter().for_each(|(_, right)| starts[*right as usize + 1] += 1);
        for record in 0..lists.len() {
            starts[record + 1] += starts[record];
        }
        let mut by_right = vec![0_u32; pairs.len()];
        let mut next = starts.clone();
        for (pair, (_, right)) in pairs.iter().enumerate() {
            by_right[next[*right as usize] as usize] = pair as u32;
            next[*right as usize] += 1;
        }
        drop(next);
        let mut groups = vec![[0_u32; 2]; pairs.len()];
        let (mut count, mut from) = (0_u32, 0);
        let mut own: Vec<(u32, u32, usize)> = Vec::new();
        for record in 0..lists.len() {
            own.clear();
            let rights = &by_right[starts[record] as usize..starts[record + 1] as usize];
            own.extend(rights.iter().map(|pair| (lists.holders[pairs[*pair as usize].0 as usize], *pair, 1)));
            while let Some((left, right)) = pairs.get(from).filter(|(left, _)| *left as usize == record) {
                debug_assert!(left < right);
                own.push((lists.holders[*right as usize], from as u32, 0));
                from += 1;
            }
            own.sort_unstable();
            for same in own.chunk_by(|one, other| one.0 == other.0) {
                same.iter().for_each(|(_, pair, side)| groups[*pair as usize][*side] = count);
                count += 1;
            }
        }
        Sides { groups, count: count as usize }
    }

    /// Of some of the pairs.
    fn part(&self, taken: &[u32]) -> Self {
        let mut numbers = vec![u32::MAX; self.count];
        let mut count = 0;
        let mut number = |group: u32| {
            let known = &mut numbers[group as usize];
            if *known == u32::MAX {
                *known = count;
                count += 1;
            }
            *known
        };
        let groups = taken.iter().map(|pair| self.groups[*pair as usize].map(&mut number)).collect();
        Sides { groups, count: count as usize }
    }

    /// How far each pair is behind the best of its record at a holder; nought for the best.
    fn behind(&self, scores: &[f32]) -> Vec<[f32; 2]> {
        let mut best = vec![f32::NEG_INFINITY; self.count];
        for (groups, score) in self.groups.iter().zip(scores) {
            groups.iter().for_each(|group| best[*group as usize] = best[*group as usize].max(*score));
        }
        let far = |(groups, score): (&[u32; 2], &f32)| groups.map(|group| score - best[group as usize]);
        self.groups.par_iter().zip(scores).map(far).collect()
    }

    /// Probabilities from odds, a part of those of each record's other pairs standing against each.
    fn compete(&self, logarithms: &[f32]) -> Vec<f32> {
        let odds = |logarithm: &f32| libm::exp(f64::from(*logarithm).clamp(-CERTAIN, CERTAIN));
        let odds: Vec<f64> = logarithms.par_iter().map(odds).collect();
        let mut sums = vec![0.0_f32; self.count];
        for (groups, odds) in self.groups.iter().zip(&odds) {
            groups.iter().for_each(|group| sums[*group as usize] += *odds as f32);
        }
        let one = |(groups, odds): (&[u32; 2], &f64)| {
            let sum = |group: u32| (f64::from(sums[group as usize]) - odds).max(0.0);
            let others = sum(groups[0]) + sum(groups[1]);
            (odds / (1.0 + odds + COMPETING * others)) as f32
        };
        self.groups.par_iter().zip(&odds).map(one).collect()
    }
}

/// What is learnt.
pub(super) struct Model {
    meets: Vec<f32>,
    alone: Vec<f32>,
    near: [[f32; BANDS]; NEAR],
    bands: Vec<u8>,
    edges: Vec<f32>,
    tells: Vec<Vec<f64>>,
    prior: f64,
}

/// What was compared of each pair.
pub(super) struct Scored {
    scores: Vec<f32>,
    still: Vec<[u8; STILL]>,
    behind: Vec<[u8; 2]>,
}

impl Model {
    /// What the words of a pair tell together.
    fn score(&self, met: &[Met]) -> f32 {
        met.iter()
            .map(|met| match split(*met) {
                (Meeting::Shared, word) => self.meets[word],
                (Meeting::Left | Meeting::Right, word) => self.alone[word],
                (meeting, word) => self.near[near(meeting)][usize::from(self.bands[word])],
            })
            .sum()
    }

    fn levels(&self, scored: &Scored, pair: usize) -> [u8; COMPARISONS] {
        let mut levels = [0; COMPARISONS];
        levels[0] = level(scored.scores[pair], &self.edges);
        levels[1..=STILL].copy_from_slice(&scored.still[pair]);
        levels[STILL + 1..].copy_from_slice(&scored.behind[pair]);
        levels
    }

    /// What each comparison of a pair tells, as a logarithm of odds.
    pub(super) fn evidence(&self, scored: &Scored, pair: usize) -> [f32; COMPARISONS] {
        let levels = self.levels(scored, pair);
        std::array::from_fn(|place| {
            self.tells[place].get(usize::from(levels[place])).map_or(0.0, |tells| *tells as f32)
        })
    }

    /// How probable a pair is, whatever stands beside it.
    pub(super) fn by_itself(&self, comparing: &Comparing, (left, right): (u32, u32), meetings: &mut Meetings) -> f32 {
        comparing.meet(left as usize, right as usize, meetings);
        let still = comparing.compare(left as usize, right as usize, &meetings.met).levels;
        let words = level(self.score(&meetings.met), &self.edges);
        let levels = std::iter::once(words).chain(still);
        let tells = levels.enumerate().map(|(place, level)| self.told(place, level)).sum::<f64>();
        let odds = libm::exp((self.prior + tells).clamp(-CERTAIN, CERTAIN));
        (odds / (1.0 + odds)) as f32
    }

    fn told(&self, comparison: usize, level: u8) -> f64 {
        self.tells[comparison].get(usize::from(level)).copied().unwrap_or(0.0)
    }

    /// Scores pairs.
    pub(super) fn scored(&self, comparing: &Comparing, pairs: &[(u32, u32)], sides: &Sides) -> Scored {
        let (scores, still): (Vec<f32>, Vec<[u8; STILL]>) = pairs
            .par_iter()
            .map_init(Meetings::default, |meetings, (left, right)| {
                comparing.meet(*left as usize, *right as usize, meetings);
                let levels = comparing.compare(*left as usize, *right as usize, &meetings.met).levels;
                (self.score(&meetings.met), levels)
            })
            .unzip();
        let behind = behind_levels(sides, &scores);
        Scored { scores, still, behind }
    }

    /// How probable each pair is.
    pub(super) fn probabilities(&self, scored: &Scored, sides: &Sides) -> Vec<f32> {
        let odds = |pair: usize| {
            (self.prior + self.evidence(scored, pair).iter().map(|tells| f64::from(*tells)).sum::<f64>()) as f32
        };
        let odds: Vec<f32> = (0..scored.scores.len()).into_par_iter().map(odds).collect();
        sides.compete(&odds)
    }
}

fn near(meeting: Meeting) -> usize {
    meeting as usize - Meeting::Letter as usize
}

fn behind_levels(sides: &Sides, scores: &[f32]) -> Vec<[u8; 2]> {
    sides.behind(scores).into_iter().map(|far| far.map(|far| level(far, &BEHIND))).collect()
}

/// The pairs from which it is learnt.
struct Taken {
    pairs: Vec<u32>,
    /// Others are there only because they compete with those that count.
    counts: Vec<bool>,
}

impl Taken {
    fn of(pairs: &[(u32, u32)], sides: &Sides, said: &BTreeMap<usize, bool>) -> Self {
        let part = LEARN_FROM as f64 / pairs.len() as f64;
        if part >= 1.0 {
            return Taken { pairs: (0..pairs.len() as u32).collect(), counts: vec![true; pairs.len()] };
        }
        let below = (part * 0.5 * f64::from(u32::MAX)) as u32;
        let taken = |record: u32| (record.wrapping_mul(0x9e37_79b9)).rotate_left(13).wrapping_mul(0x85eb_ca6b) < below;
        let counts = |pair: usize| taken(pairs[pair].0) || taken(pairs[pair].1) || said.contains_key(&pair);
        let mut needed = vec![false; sides.count];
        for pair in (0..pairs.len()).filter(|pair| counts(*pair)) {
            sides.groups[pair].iter().for_each(|group| needed[*group as usize] = true);
        }
        let there = |pair: &u32| sides.groups[*pair as usize].iter().any(|group| needed[*group as usize]);
        let taken: Vec<u32> = (0..pairs.len() as u32).filter(there).collect();
        Taken { counts: taken.iter().map(|pair| counts(*pair as usize)).collect(), pairs: taken }
    }
}

/// The words of some pairs and how they meet.
struct Words {
    starts: Vec<usize>,
    met: Vec<Met>,
    bands: Vec<u8>,
}

/// What is compared of the pairs from which it is learnt.
pub(super) struct Learning {
    pairs: Vec<(u32, u32)>,
    taken: Taken,
    sides: Sides,
    said: Vec<(usize, bool)>,
    words: Words,
    still: Vec<[u8; STILL]>,
    /// How often each level comes among records that have nothing to do with each other.
    usual: [[f64; LEVELS]; STILL],
    probabilities: Vec<f32>,
}

/// No comparison has more levels.
const LEVELS: usize = 32;
/// So many records are compared with others that have nothing to do with them, each with so many.
const USUAL_FROM: usize = 50_000;
const USUAL_OTHERS: usize = 8;

fn usual(comparing: &Comparing) -> [[f64; LEVELS]; STILL] {
    let lists = comparing.lists;
    let step = lists.len().div_ceil(USUAL_FROM);
    let mut counts = [[0.0; LEVELS]; STILL];
    for record in (0..lists.len()).step_by(step) {
        for turn in 1..=USUAL_OTHERS {
            let other = (record + turn * (lists.len() / (USUAL_OTHERS + 1)).max(1) + turn) % lists.len();
            if lists.holders[record] != lists.holders[other] {
                let levels = comparing.compare(record, other, &[]).levels;
                counts.iter_mut().zip(levels).for_each(|(counts, level)| counts[usize::from(level)] += 1.0);
            }
        }
    }
    counts
}

impl Learning {
    pub(super) fn new(
        comparing: &Comparing,
        pairs: &[(u32, u32)],
        sides: &Sides,
        said: &BTreeMap<usize, bool>,
    ) -> Self {
        let taken = Taken::of(pairs, sides, said);
        let lists = comparing.lists;
        let band = |word: usize| {
            let band = (lists.rarity[word] as usize).min(BANDS / 2 - 1);
            (band + if comparing.spelling.is_number(word as u32) { BANDS / 2 } else { 0 }) as u8
        };
        let mut words = Words { starts: vec![0], met: Vec::new(), bands: (0..lists.words.len()).map(band).collect() };
        let (mut still, mut alike) = (Vec::new(), Vec::new());
        let chunk = |meetings: &mut Meetings, taken: &[u32]| {
            let (mut met, mut compared) = (Vec::new(), Vec::with_capacity(taken.len()));
            for pair in taken {
                let (left, right) = pairs[*pair as usize];
                comparing.meet(left as usize, right as usize, meetings);
                met.extend_from_slice(&meetings.met);
                compared.push((comparing.compare(left as usize, right as usize, &meetings.met), met.len()));
            }
            (met, compared)
        };
        let chunks: Vec<_> = taken.pairs.par_chunks(CHUNK).map_init(Meetings::default, chunk).collect();
        for (met, compared) in chunks {
            let before = words.met.len();
            words.met.extend(met);
            for (compared, end) in compared {
                still.push(compared.levels);
                alike.push(compared.alike);
                words.starts.push(before + end);
            }
        }
        let sides = sides.part(&taken.pairs);
        let maybe = (BEGIN_LINKED * (FEW / lists.len() as f32).min(1.0)).max(BEGIN_OTHERS);
        let begun = |((far, alike), still): (([f32; 2], &f32), &[u8; STILL])| {
            let may = far == [0.0, 0.0] && still[Comparison::Party as usize - 1] != OTHER_PARTY;
            match () {
                () if may && *alike >= ALIKE => BEGIN_LINKED,
                () if may && *alike >= MAY_BE_ALIKE => maybe,
                () => BEGIN_OTHERS,
            }
        };
        let probabilities = sides.behind(&alike).into_iter().zip(&alike).zip(&still).map(begun).collect();
        let mut learning = Learning {
            pairs: taken.pairs.iter().map(|pair| pairs[*pair as usize]).collect(),
            said: (0..)
                .zip(&taken.pairs)
                .filter_map(|(place, pair)| said.get(&(*pair as usize)).map(|same| (place, *same)))
                .collect(),
            taken,
            sides,
            words,
            still,
            usual: usual(comparing),
            probabilities,
        };
        learning.keep_said();
        learning
    }

    fn keep_said(&mut self) {
        for (place, same) in &self.said {
            self.probabilities[*place] = if *same { 1.0 } else { 0.0 };
        }
    }

    /// The pairs that count, and how probable each is.
    pub(super) fn weighed(&self) -> impl Iterator<Item = ((u32, u32), f32)> + Clone {
        let all = self.pairs.iter().copied().zip(self.probabilities.iter().copied());
        all.zip(&self.taken.counts).filter(|(_, counts)| **counts).map(|(pair, _)| pair)
    }

    /// Compares the pairs once more, since what goes together is now known better.
    pub(super) fn compare_again(&mut self, comparing: &Comparing) {
        self.usual = usual(comparing);
        let (pairs, words) = (&self.pairs, &self.words);
        self.still.par_iter_mut().zip(pairs).enumerate().for_each(|(place, (still, (left, right)))| {
            *still = comparing.compare(*left as usize, *right as usize, words.of(place)).levels;
        });
    }

    /// Learns once: more rounds would learn likeness by chance as agreement, in lists where much is alike.
    pub(super) fn learn(&mut self) -> Model {
        let mut model = self.model();
        self.weigh(&mut model);
        model
    }

    /// What the words tell, by the probabilities.
    fn model(&self) -> Model {
        let meetings = |linked: bool| self.words.meetings(self.weights(linked));
        let ((linked, linked_near), (others, others_near)) = rayon::join(|| meetings(true), || meetings(false));
        let logs = |of: &dyn Fn(f64) -> f64| -> Vec<f32> {
            linked.iter().zip(&others).map(|(one, other)| libm::log(of(*one) / of(*other)) as f32).collect()
        };
        let near = std::array::from_fn(|kind| {
            std::array::from_fn(|band| libm::log(linked_near[kind][band] / others_near[kind][band]) as f32)
        });
        Model {
            meets: logs(&|part| part),
            alone: logs(&|part| 1.0 - part),
            near,
            bands: self.words.bands.clone(),
            edges: Vec::new(),
            tells: Vec::new(),
            prior: 0.0,
        }
    }

    fn weights(&self, linked: bool) -> impl Iterator<Item = f64> {
        self.probabilities.iter().zip(&self.taken.counts).map(move |(probability, counts)| match (counts, linked) {
            (false, _) => 0.0,
            (true, true) => f64::from(*probability),
            (true, false) => f64::from(1.0 - *probability),
        })
    }

    /// Learns what the levels tell, and weighs all pairs by it.
    fn weigh(&mut self, model: &mut Model) {
        let scores: Vec<f32> =
            (0..self.pairs.len()).into_par_iter().map(|place| model.score(self.words.of(place))).collect();
        model.edges = edges(&scores);
        let behind = behind_levels(&self.sides, &scores);
        let scored = Scored { scores, still: std::mem::take(&mut self.still), behind };
        let weight = |linked: bool| self.weights(linked).sum::<f64>();
        let part = weight(true) / (weight(true) + weight(false)).max(f64::MIN_POSITIVE);
        model.prior = logarithm_of_odds(part);
        model.tells = self.told(model, &scored);
        self.probabilities = model.probabilities(&scored, &self.sides);
        self.still = scored.still;
        self.keep_said();
    }

    /// How often each level of each comparison was seen.
    fn seen(&self, model: &Model, scored: &Scored) -> Seen {
        let chunk = |(number, counted): (usize, &[bool])| {
            let mut seen = Seen::default();
            for (place, counted) in (number * CHUNK..).zip(counted) {
                let linked = f64::from(self.probabilities[place]);
                for (comparison, level) in model.levels(scored, place).into_iter().enumerate() {
                    let level = usize::from(level);
                    seen.most[comparison] = seen.most[comparison].max(level);
                    if *counted {
                        seen.counts[comparison][level][0] += linked;
                        seen.counts[comparison][level][1] += 1.0 - linked;
                    }
                }
            }
            seen
        };
        let chunks: Vec<Seen> = self.taken.counts.par_chunks(CHUNK).enumerate().map(chunk).collect();
        let mut all = Seen::default();
        chunks.iter().for_each(|chunk| all.add(chunk));
        all
    }

    /// What each level of each comparison tells, as a logarithm of odds.
    fn told(&self, model: &Model, scored: &Scored) -> Vec<Vec<f64>> {
        let Seen { counts, most } = self.seen(model, scored);
        let tells = |(comparison, counts): (usize, &[[f64; 2]; LEVELS])| {
            let mut counts = counts[..=most[comparison]].to_vec();
            let by_chance = [Comparison::Amount, Comparison::Users, Comparison::Party, Comparison::Function];
            if by_chance.contains(&Comparison::ALL[comparison]) {
                let usual = &self.usual[comparison - 1];
                let (all, all_usual): (f64, f64) = (counts.iter().map(|count| count[1]).sum(), usual.iter().sum());
                if all_usual > 0.0 {
                    for (count, usual) in counts.iter_mut().zip(usual) {
                        count[1] = 0.5 * (count[1] + usual * all / all_usual);
                    }
                }
            }
            let all: [f64; 2] = std::array::from_fn(|side| counts.iter().map(|count| count[side] + 0.5).sum());
            let tells = |count: &[f64; 2]| libm::log(((count[0] + 0.5) / all[0]) / ((count[1] + 0.5) / all[1]));
            let mut tells: Vec<f64> = counts.iter().map(tells).collect();
            if matches!(Comparison::ALL[comparison], Comparison::Words | Comparison::Coverage) {
                // More of the same never speaks against a link.
                for at in 1..tells.len() {
                    tells[at] = tells[at].max(tells[at - 1]);
                }
            }
            tells
        };
        counts.iter().enumerate().map(tells).collect()
    }
}

/// How often each level of each comparison was seen among links and among others, and the highest that was.
#[derive(Default)]
struct Seen {
    counts: [[[f64; 2]; LEVELS]; COMPARISONS],
    most: [usize; COMPARISONS],
}

impl Seen {
    fn add(&mut self, more: &Seen) {
        for (counts, more) in self.counts.iter_mut().flatten().flatten().zip(more.counts.iter().flatten().flatten()) {
            *counts += more;
        }
        self.most.iter_mut().zip(&more.most).for_each(|(most, more)| *most = (*most).max(*more));
    }
}

pub(super) fn logarithm_of_odds(part: f64) -> f64 {
    let part = part.clamp(1e-12, 1.0 - 1e-12);
    libm::log(part / (1.0 - part))
}

/// The edges of levels of a score: each holds a smaller part of the pairs than the one below.
fn edges(scores: &[f32]) -> Vec<f32> {
    let mut ordered = scores.to_vec();
    ordered.par_sort_unstable_by(f32::total_cmp);
    let (first, last) = SCORE_PARTS;
    let part = |step: usize| first * libm::pow(last / first, step as f64 / (SCORE_LEVELS - 1) as f64);
    let at = |part: f64| ordered[(((1.0 - part) * (ordered.len() - 1) as f64).round() as usize).min(ordered.len() - 1)];
    (0..SCORE_LEVELS).map(|step| at(part(step))).collect()
}

impl Words {
    /// How the words of a pair meet.
    fn of(&self, pair: usize) -> &[Met] {
        &self.met[self.starts[pair]..self.starts[pair + 1]]
    }

    /// How often each word that one of two records has is also in the other; and how often one that is near.
    fn meetings(&self, weights: impl Iterator<Item = f64>) -> (Vec<f64>, [[f64; BANDS]; NEAR]) {
        let count = self.bands.len();
        let (mut met, mut alone) = (vec![0.0; count], vec![0.0; count]);
        let mut nears = [[0.5; BANDS]; NEAR];
        for (bounds, weight) in self.starts.windows(2).zip(weights) {
            for one in &self.met[bounds[0]..bounds[1]] {
                match split(*one) {
                    (Meeting::Shared, word) => met[word] += weight,
                    (Meeting::Left | Meeting::Right, word) => alone[word] += weight,
                    (meeting, word) => nears[near(meeting)][usize::from(self.bands[word])] += weight,
                }
            }
        }
        let mut bands = [(1.0, 2.0); BANDS];
        for ((band, met), alone) in self.bands.iter().zip(&met).zip(&alone) {
            bands[usize::from(*band)].0 += met;
            bands[usize::from(*band)].1 += met + alone;
        }
        for (band, (_, all)) in bands.iter().enumerate() {
            let near: f64 = nears.iter().map(|near| near[band]).sum();
            nears.iter_mut().for_each(|kind| kind[band] /= all + near);
        }
        let usual = |word: usize| bands[usize::from(self.bands[word])].0 / bands[usize::from(self.bands[word])].1;
        let rates = (0..count)
            .map(|word| (met[word] + SHRINKING * usual(word)) / (met[word] + alone[word] + SHRINKING))
            .collect();
        (rates, nears)
    }
}
