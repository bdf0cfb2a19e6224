//! The ways in which each workload may be placed, and why some have only one.

use std::collections::BTreeMap;

use penshaw_basis::{Estimate, Source};
use penshaw_register::Workload;

use super::costs::{Costs, Parameters};
use super::estate::Estate;
use super::model::Needs;
use super::outcome::Finding;
use super::{Input, Owned};
use crate::named::sentence_list;

/// A workload with the ways to place it.
pub(super) struct Candidate<'a> {
    pub(super) owner: &'a str,
    pub(super) workload: &'a Workload,
    pub(super) source: Source,
    pub(super) needs: Needs,
    /// Where it runs today, and where it would be recovered.
    pub(super) primary: Option<usize>,
    pub(super) recovery: Option<usize>,
    /// Why nothing but today's sites was weighed.
    pub(super) fixed: Option<String>,
    /// The ways; none where it cannot even be left where it is.
    pub(super) ways: Vec<CostedWay>,
    pub(super) moving_cost: f64,
}

/// One way to place a workload, with what it costs.
#[derive(Clone, Copy)]
pub(super) struct CostedWay {
    pub(super) primary: usize,
    pub(super) recovery: Option<usize>,
    pub(super) costs: Costs,
}

/// Every workload of the register with its ways, and what is wanting of them.
pub(super) fn candidates<'a>(
    input: &'a Input,
    estate: &Estate,
    parameters: &Parameters,
    findings: &mut Vec<Finding>,
) -> Vec<Candidate<'a>> {
    let weighing = Weighing { estate, parameters };
    let candidates: Vec<Candidate<'a>> =
        input.workloads.iter().map(|workload| weighing.candidate(workload, findings)).collect();
    findings.extend(assumed_moving_costs(&candidates, parameters.costs.unrecorded_moving_cost));
    candidates
}

struct Weighing<'a> {
    estate: &'a Estate,
    parameters: &'a Parameters,
}

impl Weighing<'_> {
    fn candidate<'a>(&self, held: &'a Owned<Workload>, findings: &mut Vec<Finding>) -> Candidate<'a> {
        let workload = &held.entry;
        let at = |site: Option<&str>| site.and_then(|site| self.estate.named(&held.owner, site));
        let unrecorded = self.parameters.costs.unrecorded_moving_cost;
        let mut candidate = Candidate {
            owner: &held.owner,
            workload,
            source: Source::entry(&held.owner, &workload.reference),
            needs: Needs {
                power_kw: workload.power_kw.unwrap_or(0.0),
                rack_units: workload.rack_units.unwrap_or(0.0),
                storage_tb: workload.storage_tb.unwrap_or(0.0),
            },
            primary: at(workload.site.as_deref()),
            recovery: at(workload.recovery_site.as_deref()),
            fixed: None,
            ways: Vec::new(),
            moving_cost: workload.moving_cost.map_or(unrecorded, |cost| cost.pounds()),
        };
        findings.extend(cloud_finding(&candidate));
        match self.lacking(&candidate) {
            Some((why, hint)) => self.fix(&mut candidate, &why, &hint, findings),
            None => self.weigh(&mut candidate, findings),
        }
        candidate
    }

    /// What is not recorded, without which nothing but today's sites can be weighed.
    fn lacking(&self, candidate: &Candidate<'_>) -> Option<(String, String)> {
        let workload = candidate.workload;
        let wanted = [
            ("power", workload.power_kw.is_some()),
            ("rack units", workload.rack_units.is_some()),
            ("storage", workload.storage_tb.is_some()),
        ];
        let lacking: Vec<&str> = wanted.iter().filter(|(_, known)| !known).map(|(what, _)| *what).collect();
        if !lacking.is_empty() {
            let what = sentence_list(&lacking);
            return Some((
                format!("its {what} {} not recorded", are(lacking.len())),
                format!("record and share its {what}"),
            ));
        }
        let hint = || "name a site that is on the register and shared".to_owned();
        match (&workload.site, candidate.primary) {
            (None, _) => Some(("the site where it runs is not recorded".to_owned(), hint())),
            (Some(site), None) => Some((format!("the site {site} is not on the joint register"), hint())),
            _ => None,
        }
    }

    /// Leaves it where it is.
    fn fix(&self, candidate: &mut Candidate<'_>, why: &str, hint: &str, findings: &mut Vec<Finding>) {
        let stays = match candidate.primary {
            Some(_) => "it stays where it is, and its load is counted as far as it is known",
            None => "it is placed nowhere, and its load is not counted",
        };
        let what = format!("{}: {why}; {stays}", candidate.workload.name);
        findings.push(Finding::error("workloads", what, hint, vec![candidate.source.clone()]));
        candidate.fixed = Some(why.to_owned());
        let recovery = candidate.recovery.filter(|recovery| Some(*recovery) != candidate.primary);
        let stay = candidate.primary.map(|primary| self.way(candidate, primary, recovery));
        candidate.ways = stay.into_iter().collect();
    }

    /// Gives it every way that keeps the rules; if none does, it is left where it is.
    fn weigh(&self, candidate: &mut Candidate<'_>, findings: &mut Vec<Finding>) {
        let mut ways = Vec::new();
        for primary in self.primaries(candidate) {
            for recovery in 0..self.estate.sites.len() {
                if self.may_recover(candidate, primary, recovery) {
                    ways.push(self.way(candidate, primary, Some(recovery)));
                }
            }
        }
        if ways.is_empty() {
            let hint = "record a site of another authority or a public cloud with its capacity and running cost, \
                        and the latency of the links to it";
            let why = "no site of another authority or public cloud may recover it";
            self.fix(candidate, why, hint, findings);
        } else {
            candidate.ways = ways;
        }
    }

    /// The sites where it may run. What stands at a site of which too little is recorded stays there.
    fn primaries(&self, candidate: &Candidate<'_>) -> Vec<usize> {
        let stays = candidate.primary.filter(|site| !self.estate.sites[*site].open);
        let may = |site: &usize| self.may_hold(candidate, *site) && (self.estate.sites[*site].open);
        match stays {
            Some(site) => vec![site],
            None => (0..self.estate.sites.len()).filter(may).collect(),
        }
    }

    fn may_hold(&self, candidate: &Candidate<'_>, site: usize) -> bool {
        !self.estate.sites[site].public_cloud || candidate.workload.public_cloud.as_deref() == Some("possible")
    }

    fn may_recover(&self, candidate: &Candidate<'_>, primary: usize, recovery: usize) -> bool {
        let copies = &self.parameters.copies;
        let together = candidate.workload.recovery_point_hours.is_some_and(|most| most <= copies.together_up_to_hours);
        let near = self.estate.latency[primary][recovery] <= copies.together_within_ms;
        self.estate.of_two_hands(primary, recovery)
            && self.may_hold(candidate, recovery)
            && (self.estate.sites[recovery].open || candidate.recovery == Some(recovery))
            && (!together || near)
    }

    /// What it costs to run and recover it there.
    fn way(&self, candidate: &Candidate<'_>, primary: usize, recovery: Option<usize>) -> CostedWay {
        let costs = &self.parameters.costs;
        let kw = |site: usize| self.estate.running[site].unwrap_or(0.0) * candidate.needs.power_kw;
        let home = self.estate.home(candidate.owner).unwrap_or(primary);
        let users = candidate.workload.users.unwrap_or(0) as f64;
        let moved = candidate.primary != Some(primary);
        let changed = f64::from(u8::from(moved) + u8::from(candidate.recovery != recovery));
        let pounds = Estimate::from_pounds;
        let costs = Costs {
            running: pounds(kw(primary)),
            standby: pounds(recovery.map_or(0.0, |site| costs.standby_share * kw(site))),
            copying: pounds(recovery.map_or(0.0, |_| costs.replicated_tb * candidate.needs.storage_tb)),
            modules: Estimate::ZERO,
            waiting: pounds(costs.user_millisecond * users * self.estate.latency[home][primary]),
            moving: pounds(if moved { self.parameters.spread_over_years(candidate.moving_cost) } else { 0.0 }),
            trouble: pounds(changed * self.parameters.moves.least_yearly_saving),
        };
        CostedWay { primary, recovery, costs }
    }
}

impl Candidate<'_> {
    /// What today's sites cost a year; nothing where it is not known where it runs.
    pub(super) fn cost_today(&self, estate: &Estate, parameters: &Parameters) -> Option<Costs> {
        let weighing = Weighing { estate, parameters };
        let primary = self.primary?;
        Some(weighing.way(self, primary, self.recovery.filter(|recovery| *recovery != primary)).costs.in_place())
    }

    /// Today's sites, if they keep the rules.
    pub(super) fn lawful_today(&self) -> Option<&CostedWay> {
        self.ways.iter().find(|way| Some(way.primary) == self.primary && way.recovery == self.recovery)
    }

    /// What is compared with the proposal: today's sites, or today's primary site with its cheapest lawful recovery.
    pub(super) fn compared(&self) -> Option<Costs> {
        let kept = self.ways.iter().filter(|way| Some(way.primary) == self.primary).map(|way| way.costs.in_place());
        match self.lawful_today() {
            Some(way) => Some(way.costs.in_place()),
            None => kept.min_by(|one, other| one.yearly().pounds().total_cmp(&other.yearly().pounds())),
        }
    }

    /// What a move to a primary site costs once.
    pub(super) fn once(&self, primary: usize) -> f64 {
        if self.primary == Some(primary) { 0.0 } else { self.moving_cost }
    }
}

fn are(number: usize) -> &'static str {
    if number == 1 { "is" } else { "are" }
}

/// Every set of hosting options holds a public cloud, or a recorded reason why not (R76a).
fn cloud_finding(candidate: &Candidate<'_>) -> Option<Finding> {
    let workload = candidate.workload;
    let reason = workload.public_cloud_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    let (what, hint) = match workload.public_cloud.as_deref() {
        Some("not possible") if !reason => (
            "is said not to be possible in a public cloud, and no reason is recorded",
            "record the reason with the document that shows it, or say that it is possible",
        ),
        None => (
            "does not say whether it could run in a public cloud; none was weighed for it",
            "record whether it is possible, and if not, why",
        ),
        _ => return None,
    };
    Some(Finding::warning("public cloud", format!("{} {what}", workload.name), hint, vec![candidate.source.clone()]))
}

fn assumed_moving_costs(candidates: &[Candidate<'_>], assumed: f64) -> Option<Finding> {
    let without: Vec<&Candidate<'_>> = candidates
        .iter()
        .filter(|candidate| candidate.workload.moving_cost.is_none() && candidate.fixed.is_none())
        .collect();
    let mut by_owner: BTreeMap<&str, usize> = BTreeMap::new();
    without.iter().for_each(|candidate| *by_owner.entry(candidate.owner).or_default() += 1);
    let counts: Vec<String> = by_owner.iter().map(|(owner, count)| format!("{count} of {owner}")).collect();
    (!without.is_empty()).then(|| {
        Finding::warning(
            "workloads",
            format!(
                "no moving cost is recorded for some workloads ({}): {} each is assumed",
                sentence_list(&counts),
                Estimate::from_pounds(assumed).to_whole_pounds()
            ),
            "record what moving each would cost",
            without.iter().map(|candidate| candidate.source.clone()).collect(),
        )
    })
}
