//! The ways in which each workload may be placed, and why some have only one.

use penshaw_basis::{Estimate, Source};
use penshaw_register::Workload;

use super::costs::{Costs, Parameters};
use super::estate::Estate;
use super::model::Needs;
use super::outcome::Finding;
use super::{Input, wanting};
use crate::Owned;
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
    pub(super) fixed: Option<Fixed>,
    /// The ways; none where it cannot even be left where it is.
    pub(super) ways: Vec<CostedWay>,
    pub(super) moving_cost: f64,
}

/// Why a workload stays where it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fixed {
    pub(super) why: String,
    pub(super) hint: String,
}

impl Fixed {
    fn new(why: impl Into<String>, hint: impl Into<String>) -> Self {
        Fixed { why: why.into(), hint: hint.into() }
    }
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
    let candidates: Vec<Candidate<'a>> = input.workloads.iter().map(|workload| weighing.candidate(workload)).collect();
    findings.extend(wanting::fixed(&candidates));
    findings.extend(wanting::clouds(&candidates));
    findings.extend(wanting::moving_costs(&candidates, parameters.costs.unrecorded_moving_cost));
    candidates
}

struct Weighing<'a> {
    estate: &'a Estate,
    parameters: &'a Parameters,
}

impl Weighing<'_> {
    fn candidate<'a>(&self, held: &'a Owned<Workload>) -> Candidate<'a> {
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
        match self.lacking(&candidate) {
            Some(fixed) => self.fix(&mut candidate, fixed),
            None => self.weigh(&mut candidate),
        }
        candidate
    }

    /// What is not recorded, without which nothing but today's sites can be weighed.
    fn lacking(&self, candidate: &Candidate<'_>) -> Option<Fixed> {
        let workload = candidate.workload;
        let wanted = [
            ("power", workload.power_kw.is_some()),
            ("rack units", workload.rack_units.is_some()),
            ("storage", workload.storage_tb.is_some()),
        ];
        let lacking: Vec<&str> = wanted.iter().filter(|(_, known)| !known).map(|(what, _)| *what).collect();
        if !lacking.is_empty() {
            let what = sentence_list(&lacking);
            return Some(Fixed::new(
                format!("nothing is recorded of its {what}"),
                format!("record and share its {what}"),
            ));
        }
        let hint = "name a site that is on the register and shared";
        match (&workload.site, candidate.primary) {
            (None, _) => Some(Fixed::new("the site where it runs is not recorded", hint)),
            (Some(site), None) => Some(Fixed::new(format!("the site {site} is not on the joint register"), hint)),
            _ => None,
        }
    }

    /// Leaves it where it is; nowhere, where that is not known.
    fn fix(&self, candidate: &mut Candidate<'_>, fixed: Fixed) {
        let recovery = candidate.recovery.filter(|recovery| Some(*recovery) != candidate.primary);
        let stay = candidate.primary.map(|primary| self.way(candidate, primary, recovery));
        candidate.ways = stay.into_iter().collect();
        candidate.fixed = Some(fixed);
    }

    /// Gives it every way that keeps the rules; if none does, it is left where it is.
    fn weigh(&self, candidate: &mut Candidate<'_>) {
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
            self.fix(candidate, Fixed::new(why, hint));
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
