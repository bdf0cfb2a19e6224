//! Runs the plan's chunks on all threads and puts their tallies together in order.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::plan::Plan;
use super::results::{Histogram, QuantileMethod, Simulated, TargetResult};
use super::sample::{BLOCK, CHUNK, Stream, Workspace};
use super::sketch::{Bins, Sketch};
use super::tally::{Sums, Tally};
use super::{Model, Settings, SimulationError, draft};
use crate::distribution::Distribution;
use crate::quantiles;

/// Up to so many trials, and so many values over all targets, every value is kept and quantiles are exact.
const KEPT_TRIALS: u64 = 131_072;
const KEPT_VALUES: u64 = 12_500_000;
/// Beyond that, the first chunks are kept to choose bins by.
const PILOT_CHUNKS: u64 = 8;
/// Chunks between two gatherings, so that memory does not grow with their number.
const ROUND: u64 = 1024;
/// Bins over all targets on one thread (four bytes each), and the most and the least for one target.
const BINS: usize = 1 << 19;
const MOST_BINS: usize = 1 << 15;
const LEAST_BINS: usize = 1 << 12;
/// Bins of a chart.
const CHART_BINS: usize = 40;
/// The share of values left outside a chart on each side.
const CHART_TAIL: f64 = 0.001;

/// Runs a checked model on the current thread pool.
pub fn run(model: &Model, settings: &Settings) -> Result<Simulated, SimulationError> {
    let run = Run { model, plan: draft::plan(model), settings };
    let values = settings.trials.saturating_mul(model.targets.len() as u64);
    let (targets, tally, quantile_method) =
        if settings.trials <= KEPT_TRIALS && values <= KEPT_VALUES { run.keeping_all() } else { run.sketching() };
    let trials = settings.trials as f64;
    let contests = tally.wins.iter().map(|wins| wins.iter().map(|wins| wins / trials).collect()).collect();
    let varies = |factor: &&Distribution| !matches!(factor, Distribution::Fixed { .. });
    Ok(Simulated {
        trials: settings.trials,
        targets,
        contests,
        quantile_method,
        draws_per_trial: model.factors.iter().filter(varies).count(),
        draws_made_per_trial: run.plan.draws(),
    })
}

struct Run<'a> {
    model: &'a Model,
    plan: Plan,
    settings: &'a Settings,
}

impl Run<'_> {
    fn keeping_all(&self) -> (Vec<TargetResult>, Tally, QuantileMethod) {
        let (mut columns, tally) = self.kept(self.settings.trials);
        let targets = columns.par_iter_mut().zip(&tally.targets).zip(&self.plan.targets);
        let results = targets.map(|((values, sums), sum)| from_values(values, sums, sum.mean)).collect();
        (results, tally, QuantileMethod::Exact)
    }

    fn sketching(&self) -> (Vec<TargetResult>, Tally, QuantileMethod) {
        let pilot = self.settings.trials.min(PILOT_CHUNKS * CHUNK as u64);
        let (mut columns, mut tally) = self.kept(pilot);
        let each = (BINS / self.model.targets.len().max(1)).clamp(LEAST_BINS, MOST_BINS);
        let each = (each + 1).next_power_of_two() / 2;
        let bins: Vec<Bins> = columns.par_iter_mut().map(|values| Bins::around(values, each)).collect();
        let mut counts = Counts::new(&bins);
        for ((bins, counts), values) in bins.iter().zip(&mut counts.0).zip(&columns) {
            bins.tally(values, counts);
        }
        drop(columns);
        let mut totals: Vec<Vec<u64>> = bins.iter().map(|bins| vec![0; bins.count()]).collect();
        counts.move_into(&mut totals);
        let chunks = self.settings.trials.div_ceil(CHUNK as u64);
        let mut start = pilot.div_ceil(CHUNK as u64);
        while start < chunks {
            let end = (start + ROUND).min(chunks);
            self.round(start, end, &bins, &mut totals, &mut tally);
            start = end;
        }
        let results = totals.par_iter().zip(&bins).zip(&tally.targets).zip(&self.plan.targets);
        let results = results.map(|(((counts, &bins), sums), sum)| {
            let sketch = Sketch { bins, counts, minimum: sums.minimum, maximum: sums.maximum };
            from_sketch(&sketch, sums, self.settings.trials, sum.mean)
        });
        (results.collect(), tally, QuantileMethod::Histogram)
    }

    /// The first `trials` trials with all their values, by target.
    fn kept(&self, trials: u64) -> (Vec<Vec<f64>>, Tally) {
        let mut columns: Vec<Vec<f64>> = vec![vec![0.0; trials as usize]; self.model.targets.len()];
        let chunks = (trials as usize).div_ceil(CHUNK);
        let mut parts: Vec<Vec<&mut [f64]>> = (0..chunks).map(|_| Vec::with_capacity(columns.len())).collect();
        for column in &mut columns {
            for (part, values) in parts.iter_mut().zip(column.chunks_mut(CHUNK)) {
                part.push(values);
            }
        }
        let tallies: Vec<Tally> = parts
            .into_par_iter()
            .enumerate()
            .map_init(
                || (Workspace::new(&self.plan), vec![0.0; BLOCK]),
                |(workspace, greatest), (chunk, mut part)| {
                    self.kept_chunk(chunk as u64, trials, workspace, greatest, &mut part)
                },
            )
            .collect();
        (columns, self.together(&tallies))
    }

    fn kept_chunk(
        &self,
        chunk: u64,
        trials: u64,
        workspace: &mut Workspace,
        greatest: &mut [f64],
        part: &mut [&mut [f64]],
    ) -> Tally {
        let mut tally = Tally::new(self.model);
        let mut stream = Stream::new(self.settings.seed, chunk);
        for (start, count) in blocks(chunk, trials) {
            workspace.draw(&self.plan, &mut stream, count);
            let mut values: Vec<&mut [f64]> = part.iter_mut().map(|column| &mut column[start..start + count]).collect();
            for (target, values) in values.iter_mut().enumerate() {
                workspace.target(&self.plan, target, values);
            }
            tally.add_block(self.model, &self.plan, &values, &mut greatest[..count]);
        }
        tally
    }

    /// Chunks `start..end`, each taken by whichever thread is free; the tallies are put together in the chunks' order.
    fn round(&self, start: u64, end: u64, bins: &[Bins], totals: &mut [Vec<u64>], tally: &mut Tally) {
        let next = AtomicU64::new(start);
        let worked: Vec<(Vec<(u64, Tally)>, Counts)> = (0..rayon::current_num_threads())
            .into_par_iter()
            .with_max_len(1)
            .map(|_| {
                let mut worker = Worker::new(self, bins);
                let mut tallies = Vec::new();
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    if chunk >= end {
                        break (tallies, worker.counts);
                    }
                    tallies.push((chunk, worker.chunk(chunk)));
                }
            })
            .collect();
        let mut tallies: Vec<(u64, Tally)> = Vec::with_capacity((end - start) as usize);
        for (own, counts) in worked {
            tallies.extend(own);
            counts.move_into(totals);
        }
        tallies.sort_by_key(|(chunk, _)| *chunk);
        for (_, chunk) in &tallies {
            tally.add(chunk);
        }
    }

    fn together(&self, tallies: &[Tally]) -> Tally {
        let mut together = Tally::new(self.model);
        for tally in tallies {
            together.add(tally);
        }
        together
    }
}

/// The blocks of a chunk, as their start in it and their number of trials.
fn blocks(chunk: u64, trials: u64) -> impl Iterator<Item = (usize, usize)> {
    let left = (trials - chunk * CHUNK as u64).min(CHUNK as u64) as usize;
    (0..left).step_by(BLOCK).map(move |start| (start, BLOCK.min(left - start)))
}

/// Counts by target and bin. Whole numbers: adding them in any order gives the same.
struct Counts(Vec<Vec<u32>>);

impl Counts {
    fn new(bins: &[Bins]) -> Counts {
        Counts(bins.iter().map(|bins| vec![0; bins.count()]).collect())
    }

    fn move_into(&self, totals: &mut [Vec<u64>]) {
        for (total, count) in totals.iter_mut().flatten().zip(self.0.iter().flatten()) {
            *total += u64::from(*count);
        }
    }
}

/// One thread's room and counts.
struct Worker<'a> {
    run: &'a Run<'a>,
    bins: &'a [Bins],
    workspace: Workspace,
    values: Vec<f64>,
    greatest: Vec<f64>,
    counts: Counts,
}

impl<'a> Worker<'a> {
    fn new(run: &'a Run<'a>, bins: &'a [Bins]) -> Worker<'a> {
        Worker {
            run,
            bins,
            workspace: Workspace::new(&run.plan),
            values: vec![0.0; BLOCK * run.model.targets.len()],
            greatest: vec![0.0; BLOCK],
            counts: Counts::new(bins),
        }
    }

    fn chunk(&mut self, chunk: u64) -> Tally {
        let Run { model, plan, settings } = self.run;
        let mut tally = Tally::new(model);
        let mut stream = Stream::new(settings.seed, chunk);
        for (_, count) in blocks(chunk, settings.trials) {
            self.workspace.draw(plan, &mut stream, count);
            let mut values: Vec<&mut [f64]> =
                self.values.chunks_exact_mut(BLOCK).map(|column| &mut column[..count]).collect();
            for (target, values) in values.iter_mut().enumerate() {
                self.workspace.target(plan, target, values);
                self.bins[target].tally(values, &mut self.counts.0[target]);
            }
            tally.add_block(model, plan, &values, &mut self.greatest[..count]);
        }
        tally
    }
}

fn from_values(values: &mut [f64], sums: &Sums, exact_mean: f64) -> TargetResult {
    let probabilities = [CHART_TAIL, 0.1, 0.5, 0.9, 1.0 - CHART_TAIL];
    let [low, p10, p50, p90, high] = quantiles::quantiles(values, probabilities);
    let (low, width) = chart_bins(low, high);
    // One place for all below the chart, one for all above.
    let mut counts = [0_u64; CHART_BINS + 2];
    for value in values.iter() {
        let place = ((value - low) / width).floor() + 1.0;
        counts[(place.max(0.0) as usize).min(CHART_BINS + 1)] += 1;
    }
    let [below, inner @ .., above] = counts;
    let histogram = Histogram { low, width, counts: inner.to_vec(), below, above };
    result(sums, values.len() as u64, exact_mean, [p10, p50, p90], 0.0, histogram)
}

fn from_sketch(sketch: &Sketch, sums: &Sums, trials: u64, exact_mean: f64) -> TargetResult {
    let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| sketch.quantile(p));
    let error = p10.1.max(p50.1).max(p90.1);
    let (low, high) = (sketch.quantile(CHART_TAIL).0, sketch.quantile(1.0 - CHART_TAIL).0);
    let (low, width) = chart_bins(low, high);
    let histogram = histogram(low, width, |edge| sketch.below(low + width * edge as f64), trials);
    result(sums, trials, exact_mean, [p10.0, p50.0, p90.0], error, histogram)
}

fn result(
    sums: &Sums,
    trials: u64,
    exact_mean: f64,
    quantiles: [f64; 3],
    quantile_error: f64,
    histogram: Histogram,
) -> TargetResult {
    let count = trials as f64;
    let off = sums.off / count;
    let variance = (sums.squares - sums.off * off).max(0.0) / (count - 1.0).max(1.0);
    let standard_deviation = variance.sqrt();
    let [p10, p50, p90] = quantiles;
    TargetResult {
        mean: exact_mean + off,
        exact_mean,
        standard_deviation,
        standard_error: standard_deviation / count.sqrt(),
        minimum: sums.minimum,
        maximum: sums.maximum,
        p10,
        p50,
        p90,
        quantile_error,
        probability_positive: sums.positive as f64 / count,
        histogram,
    }
}

/// Even bins from `low` to just above `high`; around a single value, bins of a millionth of it (or of 1).
fn chart_bins(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    let least = if size > 0.0 { size * 1e-6 } else { 1e-6 };
    let span = high - low;
    if span > least {
        (low, span * (1.0 + 1e-9) / CHART_BINS as f64)
    } else {
        let width = least / CHART_BINS as f64;
        (low - 0.5 * (least - span), width.max(span / CHART_BINS as f64 * (1.0 + 1e-9)))
    }
}

/// A chart's counts, where `below` gives the number of values below one of its edges.
fn histogram(low: f64, width: f64, below: impl Fn(usize) -> u64, total: u64) -> Histogram {
    let edges: Vec<u64> = (0..=CHART_BINS).map(below).collect();
    Histogram {
        low,
        width,
        counts: edges.windows(2).map(|pair| pair[1] - pair[0]).collect(),
        below: edges[0],
        above: total - edges[CHART_BINS],
    }
}
