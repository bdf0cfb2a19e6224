//! What one failure, or two at once, stops, and what comes back.

use fixedbitset::FixedBitSet;

use super::failures::{Failure, Failures};
use super::model::{Model, Running};
use super::outcome::{BackBasis, Why};

/// Tries failures one after another, in memory that it keeps between them.
pub(super) struct Trial<'m, 'a> {
    pub(super) model: &'m Model<'a>,
    failures: &'m Failures,
    /// What stops.
    pub(super) stopped: FixedBitSet,
    /// What stops of itself.
    pub(super) direct: FixedBitSet,
    /// What runs and is out of its owner's reach.
    pub(super) cut_off: FixedBitSet,
    /// Of what stops, that of which it is not known when it comes back.
    pub(super) not_known: FixedBitSet,
    anywhere: FixedBitSet,
    lines_down: FixedBitSet,
    sites_down: Vec<usize>,
    reached: Vec<bool>,
    at_rest: Vec<bool>,
    left: Vec<f64>,
}

/// When a workload that stops of itself comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Back {
    /// After so many hours, as a test or a promise says.
    After(f64, BackBasis),
    /// Not known.
    NotKnown(Why),
}

impl<'m, 'a> Trial<'m, 'a> {
    pub(super) fn new(model: &'m Model<'a>, failures: &'m Failures) -> Self {
        let none = FixedBitSet::with_capacity(model.workloads.len());
        let at_rest: Vec<bool> = model.reaches.iter().map(|reach| reach.at_rest).collect();
        Trial {
            model,
            failures,
            stopped: none.clone(),
            direct: none.clone(),
            cut_off: none.clone(),
            not_known: none.clone(),
            anywhere: none,
            lines_down: FixedBitSet::with_capacity(model.lines.len()),
            sites_down: Vec::new(),
            reached: at_rest.clone(),
            at_rest,
            left: model.pools.left.clone(),
        }
    }

    /// Tries the failures of these numbers at once.
    pub(super) fn run(&mut self, parts: &[usize]) {
        self.run_with(parts, |_, _| ());
    }

    /// The same, and tells when each workload that stops of itself comes back, in the order in which room is given.
    pub(super) fn run_with(&mut self, parts: &[usize], mut tell: impl FnMut(usize, Back)) {
        self.stop(parts);
        self.not_known.clear();
        if self.direct.is_clear() {
            return;
        }
        self.left.clone_from(&self.model.pools.left);
        for workload in self.direct.ones() {
            let running = &self.model.workloads[workload];
            let back = if self.anywhere.contains(workload) {
                Back::NotKnown(Why::NeedsWhatFailed)
            } else {
                back(running, &self.sites_down, &self.reached, &mut self.left)
            };
            if matches!(back, Back::NotKnown(_)) && !self.not_known.contains(workload) {
                self.model.dependencies.add_dependants(workload, &mut self.not_known);
            }
            tell(workload, back);
        }
    }

    /// Whether a failure's recovery asks this of its site: that it stands and can be reached.
    pub(super) fn is_carried(&self, workload: usize) -> bool {
        let running = &self.model.workloads[workload];
        !self.anywhere.contains(workload) && whereto(running, &self.sites_down, &self.reached).is_ok()
    }

    fn stop(&mut self, parts: &[usize]) {
        let failures = self.failures;
        let sets = [&mut self.stopped, &mut self.direct, &mut self.cut_off, &mut self.anywhere, &mut self.lines_down];
        sets.into_iter().for_each(FixedBitSet::clear);
        self.sites_down.clear();
        for failure in parts.iter().map(|part| &failures.all[*part]) {
            self.add(failure);
        }
        if let [first, second] = parts
            && let Some((direct, closed)) = failures.both_feeds.get(&(*first.min(second), *first.max(second)))
        {
            self.direct.union_with(direct);
            self.stopped.union_with(closed);
        }
        self.cut_off();
    }

    fn add(&mut self, failure: &Failure) {
        self.direct.union_with(&failure.direct);
        self.stopped.union_with(&failure.closed);
        if failure.anywhere {
            self.anywhere.union_with(&failure.direct);
        }
        self.lines_down.union_with(&failure.lines);
        self.sites_down.extend(failure.site);
    }

    /// Stops what runs at another's site, or in a public cloud, and can no longer be reached by its owner.
    fn cut_off(&mut self) {
        if self.lines_down.is_clear() && self.sites_down.is_empty() {
            self.reached.clone_from(&self.at_rest);
            return;
        }
        let joined = self.model.joined(&self.lines_down, &self.sites_down);
        for (place, reach) in self.model.reaches.iter().enumerate() {
            self.reached[place] = reach.at_rest && self.model.can_reach(&joined, reach.site, reach.owner);
            if reach.at_rest && !self.reached[place] {
                self.cut_off.union_with(&reach.running);
                self.stopped.union_with(&reach.closed);
            }
        }
        self.cut_off.difference_with(&self.direct);
        self.direct.union_with(&self.cut_off);
    }
}

/// The recovery site of a workload, where it stands and its owner can reach it.
fn whereto<'r>(
    running: &'r Running,
    sites_down: &[usize],
    reached: &[bool],
) -> Result<&'r super::model::Recovering, Why> {
    let recovery = running.recovery.as_ref().ok_or(Why::NoRecoverySite)?;
    if running.site == Some(recovery.site) {
        return Err(Why::OwnSite);
    }
    if sites_down.contains(&recovery.site) {
        return Err(Why::RecoverySiteLost);
    }
    match recovery.reach {
        Some(reach) if !reached[reach] => Err(Why::NoLink),
        _ => Ok(recovery),
    }
}

/// When a workload comes back that stops of itself, and takes its room at the recovery site.
fn back(running: &Running, sites_down: &[usize], reached: &[bool], left: &mut [f64]) -> Back {
    let recovery = match whereto(running, sites_down, reached) {
        Ok(recovery) => recovery,
        Err(why) => return Back::NotKnown(why),
    };
    let needs = || recovery.pools.iter().zip(recovery.needs);
    if needs().any(|(pool, need)| need > left[*pool] + 1e-9) {
        return Back::NotKnown(Why::NoRoom);
    }
    needs().for_each(|(pool, need)| left[*pool] -= need);
    let promised = running.standing.promised.recovery_time_hours;
    match (running.standing.shown_hours(), promised) {
        (Some(hours), _) => Back::After(hours, BackBasis::Tested),
        (None, Some(hours)) => Back::After(hours, BackBasis::Promised),
        (None, None) => Back::NotKnown(Why::Untested),
    }
}
