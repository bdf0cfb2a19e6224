//! The probability of being short, exactly: counts of independent losses, one element after another.

use super::{Demand, Requirement, most, steps};

/// The probability that fewer than `needed` of the elements are kept, where each is lost by itself.
///
/// The number kept has the Poisson-binomial distribution. With `f` its probabilities over the elements so far, one
/// more that is lost with probability `q` gives `f′(k) = q f(k) + (1 − q) f(k − 1)`; counts from `needed` on are
/// one, so that the work is `elements × needed`. Only sums and products of positive numbers: small probabilities
/// keep their digits.
///
/// Source: Barlow and Heidtmann (1984), "Computing k-out-of-n system reliability", IEEE Trans. Reliability 33, 322–323.
///
/// ```
/// use penshaw_numerics::losses::fewer_than;
/// // Two of three are needed, each is lost with 0.1: two or three lost, 3 × 0.01 × 0.9 + 0.001.
/// assert!((fewer_than(2, [0.1, 0.1, 0.1]) - 0.028).abs() < 1e-15);
/// ```
pub fn fewer_than(needed: usize, lost: impl IntoIterator<Item = f64>) -> f64 {
    kept_up_to(needed, lost)[..needed].iter().sum::<f64>().min(1.0)
}

/// The probabilities of 0, 1, … kept; the last is of `most` or more.
fn kept_up_to(most: usize, lost: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut kept = vec![0.0; most + 1];
    kept[0] = 1.0;
    for lost in lost {
        add(&mut kept, lost.clamp(0.0, 1.0));
    }
    kept
}

/// One element more; the last count holds all that are greater.
fn add(counts: &mut [f64], lost: f64) {
    let last = counts.len() - 1;
    for count in (0..=last).rev() {
        let below = if count == 0 { 0.0 } else { counts[count - 1] * (1.0 - lost) };
        let stays = if count == last { counts[count] } else { counts[count] * lost };
        counts[count] = stays + below;
    }
}

/// The probability that a requirement is short, where element `i` is lost with probability `lost[i]`.
///
/// From the highest rank down it keeps the distribution of how many elements of the pool are over, takes from it
/// what each demand's own elements leave open (independent, since no element stands twice), and adds up the
/// probability of every way in which that is not enough.
///
/// ```
/// use penshaw_numerics::losses::{Demand, Pooled, Requirement, probability_short};
/// // One is needed on either side; each side has one of its own, and a third may help either.
/// let side = |element| Demand { rank: 0, needed: 1, own: vec![element] };
/// let pool = vec![Pooled { rank: 0, element: 2 }];
/// let helped = Requirement { demands: vec![side(0), side(1)], pool };
/// // Short if two or three of the three are lost.
/// assert!((probability_short(&[0.1; 3], &helped) - 0.028).abs() < 1e-15);
/// ```
///
/// # Panics
/// If the requirement names an element beyond `lost`.
pub fn probability_short(lost: &[f64], requirement: &Requirement) -> f64 {
    let enough = most(requirement) + 1;
    let mut short = 0.0;
    let mut over = vec![1.0];
    for step in steps(requirement) {
        for &element in &step.pool {
            over.push(0.0);
            add(&mut over, lost[element].clamp(0.0, 1.0));
        }
        for demand in step.demands {
            short += take(&mut over, &left_open(lost, demand, enough));
        }
    }
    short.min(1.0)
}

/// The probabilities that 0, 1, … places of a demand are left open by its own elements.
fn left_open(lost: &[f64], demand: &Demand, enough: usize) -> Vec<f64> {
    let mut kept = kept_up_to(demand.needed.min(enough), demand.own.iter().map(|&element| lost[element]));
    kept.reverse();
    kept
}

/// Takes what is open from what is over; gives the probability that it was not enough.
fn take(over: &mut [f64], open: &[f64]) -> f64 {
    let before = over.to_vec();
    over.fill(0.0);
    let mut short = 0.0;
    for (had, probability) in before.iter().enumerate() {
        for (wanted, open) in open.iter().enumerate() {
            match had.checked_sub(wanted) {
                Some(rest) => over[rest] += probability * open,
                None => short += probability * open,
            }
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::super::Pooled;
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-14, "{found} is not {expected}");
    }

    #[test]
    fn one_element_is_lost_as_often_as_it_is_lost() {
        close(fewer_than(1, [0.1]), 0.1);
        close(fewer_than(1, [0.1, 0.1]), 0.01);
        close(fewer_than(2, [0.1, 0.2]), 0.28);
        close(fewer_than(2, [0.1]), 1.0);
        close(fewer_than(0, []), 0.0);
    }

    #[test]
    fn equal_chances_give_the_binomial() {
        // 3 of 5 needed at 0.5: 0, 1 or 2 kept, 16 of 32 ways.
        close(fewer_than(3, [0.5; 5]), 0.5);
        // 9 of 10 needed at 0.05: 1 − 0.95¹⁰ − 10 × 0.05 × 0.95⁹ (tables of the binomial: 0.0861).
        assert!((fewer_than(9, [0.05; 10]) - 0.0861).abs() < 5e-5);
    }

    #[test]
    fn a_higher_rank_helps_a_lower_one_and_not_the_other_way() {
        let demand = |rank| Demand { rank, needed: 1, own: vec![] };
        let with = |rank, pool: &[(u32, usize)]| Requirement {
            demands: vec![demand(rank)],
            pool: pool.iter().map(|&(rank, element)| Pooled { rank, element }).collect(),
        };
        close(probability_short(&[0.1], &with(2, &[(1, 0)])), 1.0);
        close(probability_short(&[0.1], &with(1, &[(2, 0)])), 0.1);
    }

    #[test]
    fn a_need_beyond_all_elements_is_always_short_and_none_never() {
        let demand = |needed| Requirement { demands: vec![Demand { rank: 0, needed, own: vec![0] }], pool: vec![] };
        close(probability_short(&[0.1], &demand(usize::MAX)), 1.0);
        close(probability_short(&[0.1], &demand(0)), 0.0);
    }
}
