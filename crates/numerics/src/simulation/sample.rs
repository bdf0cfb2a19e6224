//! The inner loops: a chunk of trials from its own random stream to the targets' values, a block at a time.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::plan::{Member, MemberShape, Plan, Single, SingleShape, Steps};
use super::tables::{NormalTable, TailTable, line};

/// Trials that share one random stream: part of the answer's definition, so that threads cannot change it.
pub const CHUNK: usize = 4096;
/// Trials worked on at once, few enough for the tables and the block to stay in the nearest caches.
pub const BLOCK: usize = 2048;

/// The random stream of one chunk.
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    pub fn new(seed: u64, chunk: u64) -> Stream {
        Stream(generator(seed, chunk))
    }

    /// Fills `draws` with odd signed integers: magnitudes below 2³¹, both signs, none zero.
    #[inline]
    fn fill(&mut self, draws: &mut [i32]) {
        let (pairs, last) = draws.as_chunks_mut::<2>();
        for pair in pairs {
            *pair = self.pair();
        }
        if let [last] = last {
            *last = self.pair()[0];
        }
    }

    #[inline(always)]
    fn pair(&mut self) -> [i32; 2] {
        let word = self.0.next_u64() | 0x0000_0001_0000_0001;
        [word as i32, (word >> 32) as i32]
    }
}

/// The generator behind the random stream of one chunk.
pub fn generator(seed: u64, chunk: u64) -> Xoshiro256PlusPlus {
    Xoshiro256PlusPlus::seed_from_u64(mixed(mixed(seed).wrapping_add(chunk)))
}

/// The finaliser of SplitMix64.
///
/// Source: Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA.
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// Room for one block, used again and again.
pub struct Workspace {
    draws: Vec<i32>,
    /// The members' normals, one block each.
    normals: Vec<Vec<f64>>,
    correlated: Vec<f64>,
    directions: Vec<Vec<f64>>,
}

impl Workspace {
    pub fn new(plan: &Plan) -> Workspace {
        let widest = plan.groups.iter().map(Vec::len).max().unwrap_or(0);
        Workspace {
            draws: vec![0; BLOCK],
            normals: vec![vec![0.0; BLOCK]; widest],
            correlated: vec![0.0; BLOCK],
            directions: vec![vec![0.0; BLOCK]; plan.directions],
        }
    }

    /// Draws `count` trials (at most a block) and adds each up by direction.
    pub fn draw(&mut self, plan: &Plan, stream: &mut Stream, count: usize) {
        for direction in &mut self.directions {
            direction[..count].fill(0.0);
        }
        for single in &plan.singles {
            self.draw_single(single, stream, count);
        }
        for group in &plan.groups {
            for (at, member) in group.iter().enumerate() {
                self.draw_member(plan, group, at, member, stream, count);
            }
        }
    }

    /// One target's values in the trials just drawn.
    pub fn target(&self, plan: &Plan, target: usize, values: &mut [f64]) {
        let sum = &plan.targets[target];
        let mut terms = sum.terms.iter();
        match terms.next() {
            Some(&(direction, coefficient)) => {
                for (value, drawn) in values.iter_mut().zip(&self.directions[direction]) {
                    *value = sum.constant + coefficient * drawn;
                }
            }
            None => values.fill(sum.constant),
        }
        for &(direction, coefficient) in terms {
            add_scaled(&self.directions[direction], coefficient, values);
        }
    }

    fn draw_single(&mut self, single: &Single, stream: &mut Stream, count: usize) {
        let draws = &mut self.draws[..count];
        stream.fill(draws);
        let sum = &mut self.directions[single.direction][..count];
        match &single.shape {
            SingleShape::Table(table) => add_table(draws, table, sum),
            SingleShape::Steps(steps) => add_steps(draws, steps, sum),
        }
    }

    fn draw_member(
        &mut self,
        plan: &Plan,
        group: &[Member],
        at: usize,
        member: &Member,
        stream: &mut Stream,
        count: usize,
    ) {
        let draws = &mut self.draws[..count];
        stream.fill(draws);
        let (earlier, own) = self.normals.split_at_mut(at);
        let own = &mut own[0][..count];
        let sum = &mut self.directions[member.direction][..count];
        let known = &mut self.correlated[..count];
        if at > 0 {
            correlate(earlier, member, known);
        } else {
            known.fill(0.0);
        }
        let used_again = at + 1 < group.len() || !member.linear.is_empty();
        match &member.shape {
            MemberShape::First(table) => add_first(draws, table, &plan.normal, own, sum),
            MemberShape::Table(table) if used_again => add_member(draws, &plan.normal, known, table, own, sum),
            MemberShape::Table(table) => add_last(draws, &plan.normal, known, table, sum),
            MemberShape::Steps(steps) => add_stepped(draws, &plan.normal, known, steps, own, sum),
        }
        for &(direction, coefficient) in &member.linear {
            add_scaled(&self.normals[at], coefficient, &mut self.directions[direction][..count]);
        }
    }
}

fn add_scaled(from: &[f64], coefficient: f64, sum: &mut [f64]) {
    for (value, sum) in from.iter().zip(sum) {
        *sum += coefficient * value;
    }
}

fn scale(from: &[f64], coefficient: f64, scaled: &mut [f64]) {
    for (value, scaled) in from.iter().zip(scaled) {
        *scaled = coefficient * value;
    }
}

fn add_table(draws: &[i32], table: &TailTable, sum: &mut [f64]) {
    for (&draw, sum) in draws.iter().zip(sum) {
        *sum += table.at(f64::from(draw));
    }
}

fn add_steps(draws: &[i32], steps: &Steps, sum: &mut [f64]) {
    for (&draw, sum) in draws.iter().zip(sum) {
        // As elsewhere, negative draws are the lower tails: 1 − u is the draw read without its sign.
        let u = 1.0 - f64::from(draw as u32) / 4_294_967_296.0;
        *sum += steps.at(u);
    }
}

/// `known = Σ earlier[j] normals[j]`, no larger than the member's table allows.
fn correlate(normals: &[Vec<f64>], member: &Member, known: &mut [f64]) {
    for (at, (normal, &weight)) in normals.iter().zip(&member.earlier).enumerate() {
        if at == 0 {
            scale(normal, weight, known);
        } else {
            add_scaled(normal, weight, known);
        }
    }
    if member.may_be_larger {
        for known in known {
            *known = known.clamp(-member.largest, member.largest);
        }
    }
}

fn add_first(draws: &[i32], table: &TailTable, normal: &TailTable, own: &mut [f64], sum: &mut [f64]) {
    for ((&draw, own), sum) in draws.iter().zip(own).zip(sum) {
        let x = f64::from(draw);
        let line = line(x);
        *own = normal.on_line(line, x);
        *sum += table.on_line(line, x);
    }
}

fn add_member(draws: &[i32], normal: &TailTable, known: &[f64], table: &NormalTable, own: &mut [f64], sum: &mut [f64]) {
    for (((&draw, known), own), sum) in draws.iter().zip(known).zip(own).zip(sum) {
        let e = normal.at(f64::from(draw));
        *own = e;
        *sum += table.at(known + e);
    }
}

fn add_last(draws: &[i32], normal: &TailTable, known: &[f64], table: &NormalTable, sum: &mut [f64]) {
    for ((&draw, known), sum) in draws.iter().zip(known).zip(sum) {
        *sum += table.at(known + normal.at(f64::from(draw)));
    }
}

fn add_stepped(draws: &[i32], normal: &TailTable, known: &[f64], steps: &Steps, own: &mut [f64], sum: &mut [f64]) {
    for (((&draw, known), own), sum) in draws.iter().zip(known).zip(own).zip(sum) {
        let e = normal.at(f64::from(draw));
        *own = e;
        *sum += steps.at(known + e);
    }
}
