//! Prints how many 64-bit words a second the raw generator gives on one thread and on all: the ceiling for any simulation.

use std::hint::black_box;
use std::time::Instant;

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

const WORDS: u64 = 400_000_000;

/// Words a second over all threads, the best of three runs.
fn rate(threads: usize) -> f64 {
    let best = (0..3).map(|_| {
        let start = Instant::now();
        let sums: Vec<u64> =
            (0..threads).into_par_iter().with_max_len(1).map(|seed| sum_of_words(seed as u64)).collect();
        black_box(sums);
        start.elapsed().as_secs_f64()
    });
    WORDS as f64 * threads as f64 / best.fold(f64::INFINITY, f64::min)
}

fn sum_of_words(seed: u64) -> u64 {
    let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
    (0..WORDS).fold(0, |sum, _| sum ^ generator.next_u64())
}

fn main() {
    let threads = rayon::current_num_threads();
    println!(
        "{{\"generator\": \"xoshiro256++\", \"u64_per_second_1_thread\": {:.0}, \"threads\": {threads}, \"u64_per_second\": {:.0}}}",
        rate(1),
        rate(threads)
    );
}
