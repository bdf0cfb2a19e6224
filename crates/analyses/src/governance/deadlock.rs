//! How often a scheme would be stuck, over every pattern of for and against.

use super::board::Board;
use super::law::Law;
use super::power::{MOST, in_favour};
use super::{Chances, Deadlock, Way};

/// How many patterns come to each way, by the number of authorities in favour.
type Counts = Vec<Chances>;

/// The chance of each way; nothing where nobody has a vote or more than twenty sit.
///
/// Independent: each of the `2^n` patterns has the same chance. Like-minded: the question leans one way or the other
/// with an even chance, and each authority follows the lean on its own with chance `p`, so that any two agree with
/// `p² + (1 − p)²`, which is the agreement given: `p = (1 + √(2a − 1)) / 2`. All vote.
///
/// Source: Straffin (1977), "Homogeneity, independence, and power indices", Public Choice 30, 107–118, for the two
/// readings between which the second stands.
pub(super) fn deadlock(board: &Board, law: &Law) -> Option<Deadlock> {
    if board.votes() == 0 || board.blocs.len() > MOST {
        return None;
    }
    let counts = counts(board);
    // Below an even chance no common lean explains how often they agree.
    let agreement = law.agreement.value.filter(|agreement| (0.5..=1.0).contains(agreement));
    Some(Deadlock {
        patterns: 1 << board.blocs.len(),
        independent: chances(&counts, 0.5),
        agreement,
        like_minded: agreement.map(|agreement| chances(&counts, f64::midpoint(1.0, (2.0 * agreement - 1.0).sqrt()))),
        sources: law.agreement.sources.clone(),
    })
}

fn counts(board: &Board) -> Counts {
    let votes: Vec<u64> = board.blocs.iter().map(|bloc| bloc.votes).collect();
    let mut counts = vec![Chances::default(); votes.len() + 1];
    for pattern in 0..1_u32 << votes.len() {
        let favour = in_favour(pattern, &votes);
        let way = board.way(favour, board.votes() - favour);
        counts[pattern.count_ones() as usize].add(way, 1.0);
    }
    counts
}

/// The chances when each follows a lean, which is even, with this chance.
fn chances(counts: &Counts, follows: f64) -> Chances {
    let authorities = counts.len() - 1;
    let mut chances = Chances::default();
    for (favour, count) in counts.iter().enumerate() {
        let leaning_for = power_of(follows, favour) * power_of(1.0 - follows, authorities - favour);
        let leaning_against = power_of(1.0 - follows, favour) * power_of(follows, authorities - favour);
        let weight = f64::midpoint(leaning_for, leaning_against);
        chances.add(Way::Carried, weight * count.carried);
        chances.add(Way::Lost, weight * count.lost);
        chances.add(Way::ByTheChair, weight * count.by_the_chair);
        chances.add(Way::Deadlocked, weight * count.deadlocked);
    }
    chances
}

fn power_of(base: f64, times: usize) -> f64 {
    std::iter::repeat_n(base, times).product()
}

impl Chances {
    fn add(&mut self, way: Way, amount: f64) {
        match way {
            Way::Carried => self.carried += amount,
            Way::Lost => self.lost += amount,
            Way::ByTheChair => self.by_the_chair += amount,
            Way::Deadlocked | Way::NoQuorum | Way::Reserved => self.deadlocked += amount,
        }
    }
}
