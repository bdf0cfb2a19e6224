//! Every single failure and every pair of them, each tried; the gravest told in full.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::capacity::Measures;
use super::effects::{Back, Trial};
use super::failures::Failures;
use super::model::Model;
use super::outcome::{BackBasis, Carried, Effect, FailureKind, Load, Stopped, StoppedFor, Tried, Why};

/// How many double failures are told in full.
pub(super) const MOST_DOUBLES: usize = 20;
/// How many workloads are listed of one failure.
pub(super) const MOST_LISTED: usize = 40;

/// What came of all trials.
pub(super) struct Trials {
    pub(super) tried: Tried,
    pub(super) singles: Vec<Effect>,
    pub(super) doubles: Vec<Effect>,
    pub(super) worse_together: Vec<Effect>,
    /// How many single failures stop each workload, in the model's order.
    pub(super) stopped_by: Vec<usize>,
    /// How many workloads each single failure stops, in the order of the failures.
    pub(super) stops: Vec<usize>,
}

/// How grave a pair is, and which pair it is.
#[derive(Clone, Copy)]
struct Weight {
    pair: (usize, usize),
    stopped: usize,
    not_known: usize,
    users: u64,
    only_together: usize,
    recovery_lost: usize,
}

/// What a single failure stops, and that of which nothing is known.
struct Alone {
    stopped: FixedBitSet,
    not_known: FixedBitSet,
}

/// Tries everything.
pub(super) fn trials(model: &Model, failures: &Failures) -> Trials {
    let mut trial = Trial::new(model, failures);
    let alone: Vec<Alone> = (0..failures.all.len())
        .map(|one| {
            trial.run(&[one]);
            Alone { stopped: trial.stopped.clone(), not_known: trial.not_known.clone() }
        })
        .collect();
    let mut stopped_by = vec![0; model.workloads.len()];
    alone.iter().for_each(|alone| alone.stopped.ones().for_each(|workload| stopped_by[workload] += 1));
    let stops: Vec<usize> = alone.iter().map(|alone| alone.stopped.count_ones(..)).collect();
    let mut singles: Vec<Effect> = (0..stops.len())
        .filter(|one| stops[*one] > 0)
        .map(|one| effect(&mut trial, failures, &[one], &alone))
        .collect();
    // Equally grave ones stay in the order of the failures.
    singles.sort_by_key(|effect| Reverse((effect.stopped, effect.not_known, effect.users)));
    let mut weights = weigh_pairs(&mut trial, &alone);
    let tried = tried(model, failures, &stops, &weights);
    weights.sort_by_key(|weight| (Reverse((weight.stopped, weight.not_known, weight.users)), weight.pair));
    let told = |weights: &[Weight], trial: &mut Trial| -> Vec<Effect> {
        let most = weights.iter().take(MOST_DOUBLES);
        most.map(|weight| effect(trial, failures, &[weight.pair.0, weight.pair.1], &alone)).collect()
    };
    let doubles = told(&weights, &mut trial);
    weights.retain(|weight| weight.more() > 0);
    weights.sort_by_key(|weight| (Reverse((weight.more(), weight.stopped)), weight.pair));
    let worse_together = told(&weights, &mut trial);
    Trials { tried, singles, doubles, worse_together, stopped_by, stops }
}

impl Weight {
    fn more(&self) -> usize {
        self.only_together + self.recovery_lost
    }
}

/// Every pair that stops something.
fn weigh_pairs(trial: &mut Trial, alone: &[Alone]) -> Vec<Weight> {
    let mut weights = Vec::new();
    for first in 0..alone.len() {
        for second in first + 1..alone.len() {
            trial.run(&[first, second]);
            let stopped = trial.stopped.count_ones(..);
            if stopped > 0 {
                let pair = (first, second);
                let (only_together, recovery_lost) = more_together(trial, &alone[first], &alone[second]);
                let users = trial.stopped.ones().map(|workload| trial.model.workloads[workload].users).sum();
                let not_known = trial.not_known.count_ones(..);
                weights.push(Weight { pair, stopped, not_known, users, only_together, recovery_lost });
            }
        }
    }
    weights
}

/// What stops, and what loses its recovery, only because both fail at once.
fn more_together(trial: &Trial, first: &Alone, second: &Alone) -> (usize, usize) {
    let beyond = |together: &FixedBitSet, first: &FixedBitSet, second: &FixedBitSet| -> usize {
        let blocks = together.as_slice().iter().zip(first.as_slice()).zip(second.as_slice());
        blocks.map(|((together, first), second)| (together & !(first | second)).count_ones() as usize).sum()
    };
    let only_together = beyond(&trial.stopped, &first.stopped, &second.stopped);
    let lost = beyond(&trial.not_known, &first.not_known, &second.not_known);
    // What stops only together and is not known to come back would else be counted twice.
    let both = trial.stopped.ones().filter(|workload| {
        !first.stopped.contains(*workload) && !second.stopped.contains(*workload) && trial.not_known.contains(*workload)
    });
    let both = if only_together > 0 && lost > 0 { both.count() } else { 0 };
    (only_together, lost - both)
}

fn tried(model: &Model, failures: &Failures, stops: &[usize], weights: &[Weight]) -> Tried {
    let mut kinds: BTreeMap<FailureKind, usize> = BTreeMap::new();
    failures.all.iter().for_each(|failure| *kinds.entry(failure.kind).or_default() += 1);
    let singles = failures.all.len();
    Tried {
        workloads: model.workloads.len(),
        kinds: kinds.into_iter().collect(),
        singles,
        singles_that_stop: stops.iter().filter(|stops| **stops > 0).count(),
        pairs: singles * singles.saturating_sub(1) / 2,
        pairs_that_stop: weights.len(),
        pairs_worse_together: weights.iter().filter(|weight| weight.more() > 0).count(),
    }
}

/// What one failure or pair does, in full.
fn effect(trial: &mut Trial, failures: &Failures, parts: &[usize], alone: &[Alone]) -> Effect {
    let model = trial.model;
    let mut back: BTreeMap<usize, Back> = BTreeMap::new();
    trial.run_with(parts, |workload, when| {
        back.insert(workload, when);
    });
    let (only_together, recovery_lost) = match parts {
        [first, second] => more_together(trial, &alone[*first], &alone[*second]),
        _ => (0, 0),
    };
    let mut promised = FixedBitSet::with_capacity(model.workloads.len());
    let mut longest: Option<f64> = None;
    for (workload, when) in &back {
        if let Back::After(hours, basis) = when
            && !trial.not_known.contains(*workload)
        {
            longest = Some(longest.map_or(*hours, |longest| longest.max(*hours)));
            if *basis == BackBasis::Promised {
                model.dependencies.add_dependants(*workload, &mut promised);
            }
        }
    }
    promised.difference_with(&trial.not_known);
    let (stopped, not_known) = (trial.stopped.count_ones(..), trial.not_known.count_ones(..));
    let back_promised = promised.count_ones(..);
    Effect {
        failure: parts.iter().map(|part| failures.all[*part].part()).collect(),
        stopped,
        directly: trial.direct.count_ones(..),
        cut_off: trial.cut_off.count_ones(..),
        users: trial.stopped.ones().map(|workload| model.workloads[workload].users).sum(),
        authorities: authorities(model, &trial.stopped),
        back_tested: stopped - not_known - back_promised,
        back_promised,
        not_known,
        longest_hours: longest,
        why_not_known: reasons(&back, not_known),
        only_together,
        recovery_lost,
        carried: carried(trial, &back),
        listed: listed(trial, &back, &promised),
    }
}

fn authorities(model: &Model, stopped: &FixedBitSet) -> Vec<StoppedFor> {
    let mut counts = vec![0; model.owners.len()];
    stopped.ones().for_each(|workload| counts[model.workloads[workload].owner] += 1);
    let stops = model.owners.iter().zip(counts).filter(|(_, count)| *count > 0);
    stops.map(|(owner, workloads)| StoppedFor { authority: (*owner).to_owned(), workloads }).collect()
}

fn reasons(back: &BTreeMap<usize, Back>, not_known: usize) -> Vec<(Why, usize)> {
    let mut reasons: BTreeMap<Why, usize> = BTreeMap::new();
    for when in back.values() {
        if let Back::NotKnown(why) = when {
            *reasons.entry(*why).or_default() += 1;
        }
    }
    let of_themselves: usize = reasons.values().sum();
    if not_known > of_themselves {
        reasons.insert(Why::DependsOnOne, not_known - of_themselves);
    }
    let mut reasons: Vec<(Why, usize)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(why, count)| (Reverse(*count), *why));
    reasons
}

/// What each recovery site must carry for each authority, the first in priority first.
fn carried(trial: &Trial, back: &BTreeMap<usize, Back>) -> Vec<Carried> {
    let model = trial.model;
    let mut carried: BTreeMap<(usize, usize), Carried> = BTreeMap::new();
    for (workload, when) in back {
        let running = &model.workloads[*workload];
        let Some(recovery) = running.recovery.as_ref().filter(|_| trial.is_carried(*workload)) else { continue };
        let of = carried.entry((recovery.site, running.owner)).or_insert_with(|| {
            let left = recovery.pools.map(|pool| Some(model.pools.left[pool]).filter(|left| left.is_finite()));
            nothing_yet(model, recovery.site, running.owner, left)
        });
        of.add(recovery.needs, recovery.states_all);
        if *when == Back::NotKnown(Why::NoRoom) {
            of.left_out.push(running.entry.full());
        }
    }
    let mut carried: Vec<Carried> = carried.into_values().collect();
    carried.sort_by_key(|one| (one.site.clone(), one.priority.unwrap_or(u64::MAX), one.authority.clone()));
    carried
}

fn nothing_yet(model: &Model, site: usize, owner: usize, left: [Option<f64>; 3]) -> Carried {
    let (site, authority) = (&model.sites[site], model.owners[owner]);
    let agreements = model.estate.agreements_for(authority, site);
    let load = |measure: usize| Load { needed: 0.0, left: left[measure] };
    Carried {
        site: site.clone(),
        authority: authority.to_owned(),
        agreements: agreements.iter().map(|agreement| agreement.full()).collect(),
        priority: agreements.first().and_then(|first| first.priority),
        workloads: 0,
        power_kw: load(0),
        rack_units: load(1),
        storage_tb: load(2),
        without_figures: 0,
        left_out: Vec::new(),
    }
}

impl Carried {
    fn add(&mut self, [power, units, storage]: Measures, states_all: bool) {
        self.workloads += 1;
        self.power_kw.needed += power;
        self.rack_units.needed += units;
        self.storage_tb.needed += storage;
        self.without_figures += usize::from(!states_all);
    }
}

/// The workloads that stop, as many as are listed: those that stop of themselves first.
fn listed(trial: &Trial, back: &BTreeMap<usize, Back>, promised: &FixedBitSet) -> Vec<Stopped> {
    let by_name = |mut workloads: Vec<usize>| {
        workloads.sort_by_key(|workload| trial.model.workloads[*workload].entry.full());
        workloads
    };
    let direct = by_name(trial.direct.ones().collect());
    let others = by_name(trial.stopped.difference(&trial.direct).collect());
    direct.into_iter().chain(others).take(MOST_LISTED).map(|one| stopped(trial, one, back, promised)).collect()
}

fn stopped(trial: &Trial, workload: usize, back: &BTreeMap<usize, Back>, promised: &FixedBitSet) -> Stopped {
    let running = &trial.model.workloads[workload];
    let basis = match (trial.not_known.contains(workload), promised.contains(workload)) {
        (true, _) => BackBasis::NotKnown,
        (false, true) => BackBasis::Promised,
        (false, false) => BackBasis::Tested,
    };
    let why = match back.get(&workload) {
        Some(Back::NotKnown(why)) => Some(*why),
        _ => Some(Why::DependsOnOne).filter(|_| basis == BackBasis::NotKnown),
    };
    Stopped {
        workload: running.entry.full(),
        name: running.name.clone(),
        directly: trial.direct.contains(workload),
        hours: (basis != BackBasis::NotKnown).then(|| hours(trial, workload, back)).flatten(),
        basis,
        why,
    }
}

/// The longest time of the workload itself and of all that stop with it and that it depends on.
fn hours(trial: &Trial, workload: usize, back: &BTreeMap<usize, Back>) -> Option<f64> {
    let stops_it = back.iter().filter(|(other, _)| trial.model.dependencies.stops(**other, workload));
    let after = stops_it.filter_map(|(_, when)| match when {
        Back::After(hours, _) => Some(*hours),
        Back::NotKnown(_) => None,
    });
    after.reduce(f64::max)
}
