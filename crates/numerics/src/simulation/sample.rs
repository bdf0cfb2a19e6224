//! The inner loops: a chunk of trials from its own random stream to the targets' values, a block at a time.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::plan::{Member, MemberShape, Plan, Single, SingleShape, Steps};
use super::tables::{NormalTable, TailTable, cell};

/// Trials that share one random stream: part of the answer's definition, so that threads cannot change it.
pub const CHUNK: usize = 4096;
/// Trials worked on at once, few enough for the tables and the block to stay in the nearest caches.
pub const BLOCK: usize = 2048;

/// The random stream of one chunk.
pub struct Stream(Xoshiro256PlusPlus);

impl Stream {
    pub fn new(seed: u64, chunk: u64) -> Stream {
        Stream(Xoshiro256PlusPlus::seed_from_u64(mixed(mixed(seed).wrapping_add(chunk))))
    }

    /// Fills `draws` with odd signed integers: magnitudes below 2³¹, both signs, none zero.
    #[inline]
    fn fill(&mut self, draws: &mut [i32]) {
        let mut pairs = draws.chunks_exact_mut(2);
        for pair in &mut pairs {
            let word = self.0.next_u64();
            pair[0] = (word as u32 | 1) as i32;
            pair[1] = ((word >> 32) as u32 | 1) as i32;
        }
        for last in pairs.into_remainder() {
            *last = (self.0.next_u64() as u32 | 1) as i32;
        }
    }
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
        values.fill(sum.constant);
        for &(direction, coefficient) in &sum.terms {
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

    fn draw_member(&mut self, plan: &Plan, group: &[Member], at: usize, member: &Member, stream: &mut Stream, count: usize) {
        let draws = &mut self.draws[..count];
        stream.fill(draws);
        let (earlier, own) = self.normals.split_at_mut(at);
        let own = &mut own[0][..count];
        let sum = &mut self.directions[member.direction][..count];
        if let MemberShape::First(table) = &member.shape {
            add_first(draws, table, &plan.normal, own, sum);
        } else {
            let known = &mut self.correlated[..count];
            correlate(earlier, &member.lower, known);
            let scale = member.own;
            match &member.shape {
                MemberShape::Table(table) => {
                    let here = member.linear.iter().find(|(direction, _)| *direction == member.direction);
                    let linear = here.map_or(0.0, |(_, coefficient)| *coefficient);
                    if at + 1 < group.len() || member.linear.iter().any(|(direction, _)| *direction != member.direction) {
                        add_member(draws, &plan.normal, known, scale, table, linear, own, sum);
                    } else {
                        add_last(draws, &plan.normal, known, scale, table, linear, sum);
                    }
                }
                MemberShape::Steps(steps) => add_stepped(draws, &plan.normal, known, scale, steps, own, sum),
                MemberShape::First(_) => unreachable!("handled above"),
            }
        }
        for &(direction, coefficient) in &member.linear {
            let done = matches!(member.shape, MemberShape::Table(_)) && direction == member.direction;
            if !done {
                add_scaled(&self.normals[at], coefficient, &mut self.directions[direction][..count]);
            }
        }
    }
}

fn add_scaled(from: &[f64], coefficient: f64, sum: &mut [f64]) {
    for (value, sum) in from.iter().zip(sum) {
        *sum += coefficient * value;
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

/// `known = Σ lower[j] normals[j]`.
fn correlate(normals: &[Vec<f64>], lower: &[f64], known: &mut [f64]) {
    known.fill(0.0);
    for (normal, &weight) in normals.iter().zip(lower) {
        add_scaled(normal, weight, known);
    }
}

fn add_first(draws: &[i32], table: &TailTable, normal: &TailTable, own: &mut [f64], sum: &mut [f64]) {
    for ((&draw, own), sum) in draws.iter().zip(own).zip(sum) {
        let x = f64::from(draw);
        let cell = cell(x);
        *own = normal.in_cell(cell, x);
        *sum += table.in_cell(cell, x);
    }
}

#[allow(clippy::too_many_arguments)]
fn add_member(
    draws: &[i32],
    normal: &TailTable,
    known: &[f64],
    scale: f64,
    table: &NormalTable,
    linear: f64,
    own: &mut [f64],
    sum: &mut [f64],
) {
    for (((&draw, known), own), sum) in draws.iter().zip(known).zip(own).zip(sum) {
        let e = normal.at(f64::from(draw));
        *own = e;
        *sum += table.at(known + scale * e) + linear * e;
    }
}

fn add_last(draws: &[i32], normal: &TailTable, known: &[f64], scale: f64, table: &NormalTable, linear: f64, sum: &mut [f64]) {
    for ((&draw, known), sum) in draws.iter().zip(known).zip(sum) {
        let e = normal.at(f64::from(draw));
        *sum += table.at(known + scale * e) + linear * e;
    }
}

fn add_stepped(draws: &[i32], normal: &TailTable, known: &[f64], scale: f64, steps: &Steps, own: &mut [f64], sum: &mut [f64]) {
    for (((&draw, known), own), sum) in draws.iter().zip(known).zip(own).zip(sum) {
        let e = normal.at(f64::from(draw));
        *own = e;
        *sum += steps.at(known + scale * e);
    }
}
