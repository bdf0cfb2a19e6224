//! Records put together: the likeliest links first, weighed against all that speaks between two groups.

use rayon::prelude::*;

use super::learn::logarithm_of_odds;
use super::reviewed::{Reviewed, Together};

/// Links below this do not speak for a group.
const SPEAKS: f32 = 0.5;
/// A link speaks as the logarithm of its odds, up to this.
const MOST: f32 = 5.0;
/// What two records say that were not looked at together.
const SILENT: f32 = -0.5;
/// So few are looked through faster than put in order.
const FEW: usize = 4;
/// How often records are moved to where more speaks for them.
const PASSES: usize = 3;

/// The links of each record.
struct Spoken {
    starts: Vec<u32>,
    others: Vec<(u32, f32)>,
}

impl Spoken {
    fn of(records: usize, pairs: &[(u32, u32)], probabilities: &[f32]) -> Self {
        let mut starts = vec![0_u32; records + 1];
        for (left, right) in pairs {
            starts[*left as usize + 1] += 1;
            starts[*right as usize + 1] += 1;
        }
        for record in 0..records {
            starts[record + 1] += starts[record];
        }
        let mut next = starts.clone();
        let mut others = vec![(0, 0.0); 2 * pairs.len()];
        let says = |probability: &f32| (logarithm_of_odds(f64::from(*probability)) as f32).clamp(-MOST, MOST);
        let says: Vec<f32> = probabilities.par_iter().map(says).collect();
        for ((left, right), says) in pairs.iter().zip(says) {
            for (own, other) in [(*left, *right), (*right, *left)] {
                others[next[own as usize] as usize] = (other, says);
                next[own as usize] += 1;
            }
        }
        Spoken { starts, others }
    }

    fn of_record(&self, record: u32) -> &[(u32, f32)] {
        &self.others[self.starts[record as usize] as usize..self.starts[record as usize + 1] as usize]
    }

    /// What speaks between a group and the records of another, those not looked at included.
    fn between(&self, members: &[u32], group: u32, together: &Together) -> f32 {
        let (mut said, mut links) = (0.0, 0);
        for member in members {
            for (_, says) in
                self.of_record(*member).iter().filter(|(other, _)| together.group[*other as usize] == group)
            {
                said += says;
                links += 1;
            }
        }
        let all = members.len() * together.members[group as usize].len();
        said + SILENT * (all - links) as f32
    }
}

/// Two or more records that mean the same.
pub(super) fn groups(
    holders: &[u32],
    pairs: &[(u32, u32)],
    probabilities: &[f32],
    reviewed: &Reviewed,
) -> Vec<Vec<u32>> {
    let spoken = Spoken::of(holders.len(), pairs, probabilities);
    let mut together = reviewed.together(holders.len());
    let mut likely: Vec<u32> = (0..pairs.len() as u32).filter(|pair| probabilities[*pair as usize] >= SPEAKS).collect();
    likely.par_sort_unstable_by(|one, other| {
        probabilities[*other as usize].total_cmp(&probabilities[*one as usize]).then(one.cmp(other))
    });
    for pair in likely {
        let (left, right) = pairs[pair as usize];
        let (one, other) = (together.group[left as usize], together.group[right as usize]);
        if one == other || together.are_apart(one, other) || share_a_holder(holders, &together, one, other) {
            continue;
        }
        let fewer = together.members[one as usize].len() <= together.members[other as usize].len();
        let (small, large) = if fewer { (one, other) } else { (other, one) };
        if spoken.between(&together.members[small as usize], large, &together) > 0.0 {
            together.join(left, right);
        }
    }
    settle(holders, &spoken, &mut together, reviewed);
    together.members.into_iter().filter(|members| members.len() > 1).collect()
}

fn share_a_holder(holders: &[u32], together: &Together, one: u32, other: u32) -> bool {
    let (one, other) = (&together.members[one as usize], &together.members[other as usize]);
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let holder = |record: &u32| holders[*record as usize];
    if few.len() <= FEW {
        return many.iter().any(|record| few.iter().any(|own| holder(own) == holder(record)));
    }
    let mut held: Vec<u32> = few.iter().map(holder).collect();
    held.sort_unstable();
    many.iter().any(|record| held.binary_search(&holder(record)).is_ok())
}

/// Moves records to the group for which most speaks, where it has none of their holder.
fn settle(holders: &[u32], spoken: &Spoken, together: &mut Together, reviewed: &Reviewed) {
    let mut said_of = vec![false; holders.len()];
    for (one, other) in reviewed.said.keys() {
        said_of[*one as usize] = true;
        said_of[*other as usize] = true;
    }
    let mut empty: Vec<u32> =
        (0..holders.len() as u32).filter(|group| together.members[*group as usize].is_empty()).collect();
    let mut near: Vec<(u32, f32)> = Vec::new();
    // What nothing has changed for since it was looked at would stay where it is.
    let mut changed = vec![true; holders.len()];
    for _ in 0..PASSES {
        let mut moved = false;
        for record in (0..holders.len() as u32).filter(|record| !said_of[*record as usize]) {
            if !std::mem::take(&mut changed[record as usize]) {
                continue;
            }
            let own = together.group[record as usize];
            near.clear();
            near.extend(spoken.of_record(record).iter().map(|(other, says)| (together.group[*other as usize], *says)));
            near.sort_unstable_by_key(|(group, _)| *group);
            let mut best = (0.0, None);
            for said in near.chunk_by(|one, other| one.0 == other.0) {
                let group = said[0].0;
                let members = &together.members[group as usize];
                let others = members.len() - usize::from(group == own);
                let gain =
                    said.iter().map(|(_, says)| says).sum::<f32>() + SILENT * others.saturating_sub(said.len()) as f32;
                let holder = holders[record as usize];
                let free = || !members.iter().any(|member| holders[*member as usize] == holder);
                if gain > best.0 && (group == own || free()) {
                    best = (gain, Some(group));
                }
            }
            let alone = together.members[own as usize].len() == 1;
            match best.1 {
                Some(group) if group != own => {
                    together.move_to(record, group);
                    if alone {
                        empty.push(own);
                    }
                }
                // Nothing speaks for its group: it stands alone, in an empty one.
                None if !alone => match empty.pop() {
                    Some(group) => together.move_to(record, group),
                    None => continue,
                },
                _ => continue,
            }
            for group in [own, together.group[record as usize]] {
                let linked = together.members[group as usize]
                    .iter()
                    .chain([&record])
                    .flat_map(|member| spoken.of_record(*member));
                linked.for_each(|(other, _)| changed[*other as usize] = true);
            }
            moved = true;
        }
        if !moved {
            break;
        }
    }
}
