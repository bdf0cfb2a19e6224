//! What is counted in a chunk of trials, and how chunks are put together, always in their order.

use super::plan::Plan;
use super::{Contest, Model};

/// A target's running sums about its exact mean.
#[derive(Debug, Clone, Copy)]
pub struct Sums {
    /// `Σ (x − centre)`.
    pub off: f64,
    /// `Σ (x − centre)²`.
    pub squares: f64,
    pub minimum: f64,
    pub maximum: f64,
    pub positive: u64,
}

impl Sums {
    pub const NONE: Sums =
        Sums { off: 0.0, squares: 0.0, minimum: f64::INFINITY, maximum: f64::NEG_INFINITY, positive: 0 };

    /// Takes in a block of values: in eight lanes, so that the machine may work them side by side.
    pub fn add_block(&mut self, values: &[f64], centre: f64) {
        let mut lanes = [Sums::NONE; LANES];
        let blocks = values.chunks_exact(LANES);
        let rest = blocks.remainder();
        let (mut off, mut squares, mut positive) = ([0.0; LANES], [0.0; LANES], [0_u64; LANES]);
        let (mut minimum, mut maximum) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
        for block in blocks {
            for lane in 0..LANES {
                let value = block[lane];
                let from_centre = value - centre;
                off[lane] += from_centre;
                squares[lane] += from_centre * from_centre;
                minimum[lane] = if value < minimum[lane] { value } else { minimum[lane] };
                maximum[lane] = if value > maximum[lane] { value } else { maximum[lane] };
                positive[lane] += u64::from(value > 0.0);
            }
        }
        for lane in 0..LANES {
            lanes[lane] = Sums {
                off: off[lane],
                squares: squares[lane],
                minimum: minimum[lane],
                maximum: maximum[lane],
                positive: positive[lane],
            };
        }
        for &value in rest {
            let off = value - centre;
            self.add(&Sums {
                off,
                squares: off * off,
                minimum: value,
                maximum: value,
                positive: u64::from(value > 0.0),
            });
        }
        for lane in &lanes {
            self.add(lane);
        }
    }

    pub fn add(&mut self, other: &Sums) {
        self.off += other.off;
        self.squares += other.squares;
        self.minimum = self.minimum.min(other.minimum);
        self.maximum = self.maximum.max(other.maximum);
        self.positive += other.positive;
    }
}

const LANES: usize = 8;

/// What one chunk, or several put together, counted.
#[derive(Debug, Clone)]
pub struct Tally {
    pub targets: Vec<Sums>,
    /// Wins by contest and contender; a tie gives each an equal part.
    pub wins: Vec<Vec<f64>>,
}

impl Tally {
    pub fn new(model: &Model) -> Tally {
        Tally {
            targets: vec![Sums::NONE; model.targets.len()],
            wins: model.contests.iter().map(|contest| vec![0.0; contest.targets.len()]).collect(),
        }
    }

    /// Takes in a block: `values[target]` holds its trials.
    pub fn add_block(&mut self, model: &Model, plan: &Plan, values: &[&mut [f64]], greatest: &mut [f64]) {
        for ((sums, values), sum) in self.targets.iter_mut().zip(values).zip(&plan.targets) {
            sums.add_block(values, sum.mean);
        }
        for (contest, wins) in model.contests.iter().zip(&mut self.wins) {
            count_wins(contest, values, greatest, wins);
        }
    }

    pub fn add(&mut self, other: &Tally) {
        for (sums, others) in self.targets.iter_mut().zip(&other.targets) {
            sums.add(others);
        }
        let wins = self.wins.iter_mut().flatten();
        for (wins, others) in wins.zip(other.wins.iter().flatten()) {
            *wins += others;
        }
    }
}

fn count_wins(contest: &Contest, values: &[&mut [f64]], greatest: &mut [f64], wins: &mut [f64]) {
    let Some((&first, others)) = contest.targets.split_first() else {
        return;
    };
    greatest.copy_from_slice(&values[first][..]);
    for &target in others {
        for (greatest, &value) in greatest.iter_mut().zip(values[target].iter()) {
            *greatest = if value > *greatest { value } else { *greatest };
        }
    }
    let counts: Vec<u64> = contest.targets.iter().map(|&target| equal(&values[target][..], greatest)).collect();
    if counts.iter().sum::<u64>() == greatest.len() as u64 {
        for (wins, count) in wins.iter_mut().zip(counts) {
            *wins += count as f64;
        }
    } else {
        share_ties(contest, values, greatest, wins);
    }
}

fn equal(values: &[f64], greatest: &[f64]) -> u64 {
    values.iter().zip(greatest).map(|(value, greatest)| u64::from(value == greatest)).sum()
}

fn share_ties(contest: &Contest, values: &[&mut [f64]], greatest: &[f64], wins: &mut [f64]) {
    for (trial, greatest) in greatest.iter().enumerate() {
        let won = |target: usize| values[target][trial] == *greatest;
        let winners = contest.targets.iter().filter(|&&target| won(target)).count() as f64;
        for (wins, &target) in wins.iter_mut().zip(&contest.targets) {
            if won(target) {
                *wins += 1.0 / winners;
            }
        }
    }
}
