//! What the question is answered with.

use penshaw_basis::{Estimate, Source};
use penshaw_register::{Opportunity, Severity};
use serde::{Deserialize, Serialize};

use super::costs::{Costs, Parameters};
use crate::named::Named;

/// Where each workload should run and be recovered, and what shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The partners.
    pub partners: Vec<Named>,
    /// The sites, in the order of the register.
    pub sites: Vec<PlacedSite>,
    /// How far the answer is proved.
    pub status: Status,
    /// What the proposed placement costs; nothing where there is none.
    pub proposed: Option<Costs>,
    /// No placement within the rules is weighed at less than this, in pounds a year.
    pub bound: Option<Estimate>,
    /// Steps of the search that proved it.
    pub nodes: u64,
    /// What an independent check of the placement found.
    pub check: Option<Check>,
    /// What today's placement costs by the same formula, as far as it is known.
    pub today: Costs,
    /// Whether today's placement keeps every rule.
    pub today_stands: bool,
    /// What is saved a year, people's time among it, against today's sites with the recovery that they lack.
    pub saving: Option<Estimate>,
    /// What the recovery that is lacking today adds a year, at its cheapest.
    pub lacking_recovery: Estimate,
    /// Every workload, in the order of the register.
    pub workloads: Vec<Placement>,
    /// The modules to buy.
    pub modules: Vec<ModulesBought>,
    /// The load of each site: as proposed, or as today where nothing can be proposed.
    pub loads: Vec<SiteLoad>,
    /// What is short, where no placement keeps the rules.
    pub short: Vec<Shortage>,
    /// What guests would need at hosts' sites, beside what is agreed.
    pub agreements: Vec<AgreementNeed>,
    /// What is wanting or was taken as given.
    pub findings: Vec<Finding>,
    /// What may be adopted into an option.
    pub opportunities: Vec<Opportunity>,
    /// The parameters as they were used.
    pub parameters: Parameters,
}

impl Outcome {
    /// How many workloads could be weighed, and do not merely stay where they are.
    pub fn weighed(&self) -> usize {
        self.workloads.iter().filter(|placement| placement.fixed.is_none()).count()
    }
}

/// How far the answer is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No placement is better.
    Optimal,
    /// The best that was found; the bound says how much better another could be.
    WithinBound,
    /// No placement keeps the rules.
    Infeasible,
    /// None was found and none was proved impossible.
    NotFound,
}

/// A site of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedSite {
    /// Whose it is and its reference: `DCC/S1`.
    pub code: String,
    /// Whose it is.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// Whether it is a public cloud.
    pub public_cloud: bool,
    /// Whether enough is recorded for workloads to move there.
    pub open: bool,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// The entry.
    pub source: Source,
}

/// Where a workload runs and where it should run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// Whose it is.
    pub owner: String,
    /// Its reference.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// The site where it runs today, as `DCC/S1`.
    pub primary_today: Option<String>,
    /// The site where it would be recovered today.
    pub recovery_today: Option<String>,
    /// Where it should run; nothing where there is no proposal.
    pub primary: Option<String>,
    /// Where it should be recovered.
    pub recovery: Option<String>,
    /// Why it stays where it is, if nothing else was weighed.
    pub fixed: Option<String>,
    /// What today's sites cost a year.
    pub cost_today: Option<Costs>,
    /// What the proposed sites cost.
    pub cost: Option<Costs>,
    /// What it saves its owner a year, people's time among it: today's primary site, with today's recovery or the
    /// cheapest lawful one, less the proposed.
    pub saving: Option<Estimate>,
    /// What moving it costs once.
    pub moving_cost: Estimate,
    /// Whether the proposed recovery has still to be tested.
    pub to_test: bool,
    /// The entry.
    pub source: Source,
}

impl Placement {
    /// Whether it should run or be recovered elsewhere than today.
    pub fn moves(&self) -> bool {
        self.primary.is_some() && (self.primary != self.primary_today || self.recovery != self.recovery_today)
    }
}

/// Modules of capacity to buy at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModulesBought {
    /// The site.
    pub site: String,
    /// How many.
    pub number: u32,
    /// What they cost a year.
    pub cost: Estimate,
    /// The entry.
    pub source: Source,
}

/// The load of one site beside what it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteLoad {
    /// The site.
    pub site: String,
    /// Power in kW, rack units, storage in TB, in this order.
    pub measures: Vec<Load>,
}

/// How much of one thing is used at a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// What: `power`, `rack units` or `storage`.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// What there is, modules bought among it; nothing where there is no limit or none is recorded.
    pub capacity: Option<f64>,
    /// What is used while every site stands.
    pub normal: f64,
    /// What is used while another site is lost.
    pub lost: Vec<WhenLost>,
}

/// What is used at a site while another is lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhenLost {
    /// The site that is lost.
    pub site: String,
    /// What is used.
    pub load: f64,
}

impl Load {
    /// The greatest load with any one site lost, and which.
    pub fn worst(&self) -> (f64, Option<&str>) {
        let mut worst = (self.normal, None);
        for lost in &self.lost {
            if lost.load > worst.0 {
                worst = (lost.load, Some(lost.site.as_str()));
            }
        }
        worst
    }

    /// Whether more is used than there is, beyond the rounding of sums.
    pub fn over(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.worst().0 > capacity + 1e-9 * (1.0 + capacity.abs()))
    }
}

/// What more would be needed for any placement to keep the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shortage {
    /// The sites that would have to hold more, together.
    pub sites: Vec<String>,
    /// The site whose loss they could not bear; nothing where it does not turn on one.
    pub lost: Option<String>,
    /// What: `power`, `rack units` or `storage`.
    pub what: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub short: f64,
}

/// What a guest would need at a host's site, beside what is agreed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgreementNeed {
    /// Whose workloads.
    pub guest: String,
    /// Whose site.
    pub host: String,
    /// The site.
    pub site: String,
    /// The most power it would draw, with any one site lost, in kW.
    pub power_kw: f64,
    /// The most rack units it would take.
    pub rack_units: f64,
    /// The storage it would take, in TB.
    pub storage_tb: f64,
    /// What stands in the way; empty where the agreements suffice.
    pub wanting: Vec<String>,
    /// The agreements.
    pub sources: Vec<Source>,
}

/// What an independent check of the placement found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What the placement costs, worked out anew.
    pub cost: Option<Estimate>,
    /// What is wrong with it.
    pub problems: Vec<String>,
}

/// Something wanting, or taken as given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: `parameters`, `sites`, `links`, `workloads`, `public cloud` or `today`.
    pub subject: String,
    /// What is wanting.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl Finding {
    pub(super) fn error(subject: &str, what: impl Into<String>, hint: &str, sources: Vec<Source>) -> Self {
        Finding { severity: Severity::Error, subject: subject.into(), what: what.into(), hint: hint.into(), sources }
    }

    pub(super) fn warning(subject: &str, what: impl Into<String>, hint: &str, sources: Vec<Source>) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(subject, what, hint, sources) }
    }
}
