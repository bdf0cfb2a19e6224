//! How many requirements are short at once: simulated, since requirements share elements.

use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use super::sliced::{Chance, add_bits, add_planes, constant, number, planes_for};
use super::{Requirement, most, steps};
use crate::simulation::{CHUNK, generator};

/// Trials in a word.
const WORD: usize = 64;

/// How often requirements of one system were short, together and each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shortages {
    /// In how many trials 0, 1, 2 … requirements were short.
    pub trials: Vec<u64>,
    /// In how many trials each requirement was short.
    pub each: Vec<u64>,
}

impl Shortages {
    fn none(requirements: usize) -> Self {
        Shortages { trials: vec![0; requirements + 1], each: vec![0; requirements] }
    }

    fn add(&mut self, other: &Shortages) {
        let pairs = |to: &mut Vec<u64>, from: &[u64]| to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        pairs(&mut self.trials, &other.trials);
        pairs(&mut self.each, &other.each);
    }

    /// The mean number of requirements that are short.
    pub fn mean(&self) -> f64 {
        self.each.iter().sum::<u64>() as f64 / self.drawn() as f64
    }

    /// The least number that is not exceeded in at least this share of the trials.
    pub fn quantile(&self, share: f64) -> usize {
        let wanted = share * self.drawn() as f64;
        let mut seen = 0;
        let reached = self.trials.iter().position(|trials| {
            seen += trials;
            seen as f64 >= wanted
        });
        reached.unwrap_or(self.each.len())
    }

    /// The share of the trials in which none is short.
    pub fn none_short(&self) -> f64 {
        self.trials[0] as f64 / self.drawn() as f64
    }

    fn drawn(&self) -> u64 {
        self.trials.iter().sum()
    }
}

/// Draws which elements are lost and counts the requirements that are short, for each system of requirements.
///
/// All systems see the same losses, so that their differences are not clouded by chance. Sixty-four trials share a
/// word: each element's losses are drawn as one word, and a requirement counts them in planes of bits. Trials come
/// in chunks, each with a random stream of its own, and what is added up are whole numbers: the answer is the same
/// on any number of threads. At least one trial is made.
///
/// ```
/// use penshaw_numerics::losses::{Demand, Requirement, simulate};
/// // Two elements, each the only one for a requirement of its own: both are lost together once in a hundred.
/// let only = |element| Requirement {
///     demands: vec![Demand { rank: 0, needed: 1, own: vec![element] }],
///     pool: vec![],
/// };
/// let found = &simulate(&[0.1, 0.1], &[vec![only(0), only(1)]], 100_000, 1)[0];
/// assert!((found.mean() - 0.2).abs() < 0.005);
/// assert!((found.none_short() - 0.81).abs() < 0.005);
/// assert_eq!(found.quantile(0.9), 1);
/// ```
///
/// # Panics
/// If a requirement names an element beyond `lost`.
pub fn simulate(lost: &[f64], systems: &[Vec<Requirement>], trials: u64, seed: u64) -> Vec<Shortages> {
    let trials = trials.max(1);
    let chances: Vec<Chance> = lost.iter().map(|&lost| Chance::of(lost)).collect();
    let systems: Vec<System> = systems.iter().map(|requirements| System::new(requirements, lost.len())).collect();
    let none = || systems.iter().map(|system| Shortages::none(system.plans.len())).collect::<Vec<_>>();
    let chunk = |mut sums: Vec<Shortages>, chunk: u64| {
        let count = (trials - chunk * CHUNK as u64).min(CHUNK as u64) as usize;
        draw_chunk(&chances, &systems, generator(seed, chunk), count, &mut sums);
        sums
    };
    let together = |mut one: Vec<Shortages>, other: Vec<Shortages>| {
        one.iter_mut().zip(&other).for_each(|(one, other)| one.add(other));
        one
    };
    (0..trials.div_ceil(CHUNK as u64)).into_par_iter().fold(none, chunk).reduce(none, together)
}

/// Draws a chunk of trials, a word at a time; the last word may be part full.
fn draw_chunk(
    chances: &[Chance],
    systems: &[System],
    mut random: Xoshiro256PlusPlus,
    count: usize,
    sums: &mut [Shortages],
) {
    let mut lost = vec![0; chances.len()];
    let mut room = Vec::new();
    for start in (0..count).step_by(WORD) {
        for (lost, chance) in lost.iter_mut().zip(chances) {
            *lost = chance.draw(&mut random);
        }
        let left = (count - start).min(WORD);
        for (system, sums) in systems.iter().zip(&mut *sums) {
            system.tally(&lost, left, &mut room, sums);
        }
    }
}

/// The requirements of a system, ready to be counted.
struct System {
    plans: Vec<Plan>,
    /// Planes that hold the number of requirements that are short.
    planes: usize,
}

impl System {
    fn new(requirements: &[Requirement], elements: usize) -> Self {
        let plans = requirements.iter().map(|requirement| Plan::new(requirement, elements)).collect();
        System { plans, planes: planes_for(requirements.len()) }
    }

    /// Counts what is short in the first `trials` trials of a word.
    fn tally(&self, lost: &[u64], trials: usize, room: &mut Vec<u64>, sums: &mut Shortages) {
        let used = u64::MAX >> (WORD - trials);
        let mut together = [0_u64; usize::BITS as usize + 1];
        let together = &mut together[..self.planes];
        for (plan, each) in self.plans.iter().zip(&mut sums.each) {
            let short = plan.short(lost, room) & used;
            *each += u64::from(short.count_ones());
            add_bits(together, short);
        }
        for trial in 0..trials {
            sums.trials[number(together, trial)] += 1;
        }
    }
}

/// A requirement as steps over its ranks.
struct Plan {
    steps: Vec<PlanStep>,
    /// Planes that hold every number that may come up.
    planes: usize,
}

struct PlanStep {
    pool: Vec<u32>,
    demands: Vec<PlanDemand>,
}

struct PlanDemand {
    /// One less than the open places if nothing is lost: below nought where there are more elements than needed.
    open: i64,
    own: Vec<u32>,
}

impl Plan {
    fn new(requirement: &Requirement, elements: usize) -> Self {
        let most = most(requirement);
        let places = |elements_named: &[usize]| -> Vec<u32> {
            let inside = |&element: &usize| {
                assert!(element < elements, "a requirement names element {element} of {elements}");
                element as u32
            };
            elements_named.iter().map(inside).collect()
        };
        let demand = |demand: &&super::Demand| PlanDemand {
            // Needing more than all is as good as needing one more than all.
            open: demand.needed.min(most + 1) as i64 - demand.own.len() as i64 - 1,
            own: places(&demand.own),
        };
        let steps = steps(requirement);
        let ready = steps
            .iter()
            .map(|step| PlanStep { pool: places(&step.pool), demands: step.demands.iter().map(demand).collect() });
        // Open places come to at most `most + 1` a demand.
        let greatest = (most + 2) * (requirement.demands.len() + 1);
        Plan { steps: ready.collect(), planes: planes_for(greatest) }
    }

    /// The trials in which the requirement is short.
    ///
    /// `taken` is what the demands so far take from the pool, less the pool so far that is kept, less one: short
    /// where it is not below nought. A demand's number is what its own elements leave open, less one, likewise.
    fn short(&self, lost: &[u64], room: &mut Vec<u64>) -> u64 {
        room.clear();
        room.resize(2 * self.planes, 0);
        let (taken, open) = room.split_at_mut(self.planes);
        taken.fill(u64::MAX);
        let mut short = 0;
        for step in &self.steps {
            add_planes(taken, constant(-(step.pool.len() as i64), self.planes), 0);
            step.pool.iter().for_each(|&element| add_bits(taken, lost[element as usize]));
            for demand in &step.demands {
                set(open, demand.open);
                demand.own.iter().for_each(|&element| add_bits(open, lost[element as usize]));
                let some = !open[self.planes - 1];
                add_planes(taken, open.iter().map(|plane| plane & some), some);
            }
            short |= !taken[self.planes - 1];
        }
        short
    }
}

fn set(planes: &mut [u64], number: i64) {
    let all = planes.len();
    planes.iter_mut().zip(constant(number, all)).for_each(|(plane, bits)| *plane = bits);
}
