//! Decisions of several authorities on one proposal: which of them are one step.

use std::collections::BTreeMap;

use penshaw_basis::Date;

use super::{Recorded, proposal};

/// Every step, and what it comes after.
pub(super) struct Rounds {
    /// The steps: decisions by their places among all that are recorded.
    pub(super) steps: Vec<Vec<usize>>,
    /// For each step the one before it on the same proposal.
    pub(super) after: Vec<Option<usize>>,
}

/// The steps: decisions on one proposal are one, and so many as the authority took that decided on it most often.
pub(super) fn rounds(recorded: &[Recorded<'_>], depths: &[usize]) -> Rounds {
    let mut together: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut rounds = Rounds { steps: Vec::new(), after: Vec::new() };
    for (place, one) in recorded.iter().enumerate() {
        match proposal(&one.decision) {
            Some(words) => together.entry(words.to_lowercase()).or_default().push(place),
            None => rounds.add(vec![place], None),
        }
    }
    for places in together.into_values() {
        let mut before = None;
        for step in of_one(recorded, depths, &places) {
            rounds.add(step, before);
            before = Some(rounds.steps.len() - 1);
        }
    }
    rounds
}

impl Rounds {
    fn add(&mut self, step: Vec<usize>, after: Option<usize>) {
        self.steps.push(step);
        self.after.push(after);
    }
}

/// The steps of one proposal, in the order of time, each authority at most once in each.
fn of_one(recorded: &[Recorded<'_>], depths: &[usize], places: &[usize]) -> Vec<Vec<usize>> {
    let last = places.iter().filter_map(|place| recorded[*place].day()).max().map_or(0, number);
    // What has no day yet comes after all that has one.
    let when = |place: usize| recorded[place].day().map_or(last + 1, number);
    let mut own: Vec<Vec<usize>> = Vec::new();
    for place in places {
        let owner = &recorded[*place].decision.owner;
        match own.iter_mut().find(|known| recorded[known[0]].decision.owner == *owner) {
            Some(known) => known.push(*place),
            None => own.push(vec![*place]),
        }
    }
    own.iter_mut().for_each(|places| places.sort_by_key(|place| (when(*place), depths[*place], *place)));
    let most = own.iter().map(Vec::len).max().unwrap_or(0);
    let longest = own.iter().position(|places| places.len() == most).unwrap_or(0);
    let days: Vec<i64> = own[longest].iter().map(|place| when(*place)).collect();
    let mut steps: Vec<Vec<usize>> = own[longest].iter().map(|place| vec![*place]).collect();
    for (_, places) in own.iter().enumerate().filter(|(whose, _)| *whose != longest) {
        let theirs: Vec<i64> = places.iter().map(|place| when(*place)).collect();
        for (place, round) in places.iter().zip(nearest(&theirs, &days)) {
            steps[round].push(*place);
        }
    }
    steps.iter_mut().for_each(|step| step.sort_unstable());
    steps
}

/// The day as a number of days.
fn number(day: Date) -> i64 {
    Date::ZERO.until(day).map_or(0, |span| i64::from(span.get_days()))
}

/// For each day of some, in order, the round in which it is taken: at most one in each, in the same order, and together
/// as few days from the rounds as can be; of several such ways the one with the earlier rounds.
///
/// `theirs` is no longer than `rounds`. The least distance of the first `i` days within the first `j` rounds is
/// `min(best(i, j − 1), best(i − 1, j − 1) + |theirs(i) − rounds(j)|)`.
pub(super) fn nearest(theirs: &[i64], rounds: &[i64]) -> Vec<usize> {
    let (many, most) = (theirs.len(), rounds.len());
    let mut best: Vec<Vec<Option<i64>>> = vec![vec![Some(0); most + 1]];
    for own in 1..=many {
        let mut row = vec![None; most + 1];
        for round in 1..=most {
            let taken = best[own - 1][round - 1].map(|before| before + (theirs[own - 1] - rounds[round - 1]).abs());
            row[round] = [row[round - 1], taken].into_iter().flatten().min();
        }
        best.push(row);
    }
    let mut taken = vec![0; many];
    let mut round = most;
    for own in (1..=many).rev() {
        while round > own && best[own][round - 1].is_some() && best[own][round - 1] == best[own][round] {
            round -= 1;
        }
        round -= 1;
        taken[own - 1] = round;
    }
    taken
}
