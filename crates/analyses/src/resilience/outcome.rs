//! What stops, for whom and for how long: the answer in all its parts.

use std::fmt;

use penshaw_basis::{Date, Money, Source};
use serde::{Deserialize, Serialize};

pub use crate::Finding;
use crate::named::Named;

/// What stops if something fails, and how it comes back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners, in the order of the report.
    pub partners: Vec<Named>,
    /// What was tried.
    pub tried: Tried,
    /// Every single failure that stops something, the gravest first.
    pub singles: Vec<Effect>,
    /// The gravest double failures.
    pub doubles: Vec<Effect>,
    /// The gravest double failures that do more together than each does alone.
    pub worse_together: Vec<Effect>,
    /// Each workload's recovery: needed, promised, tested; the gravest first.
    pub recoveries: Vec<Recovery>,
    /// The agreements of hosting, by host, priority and reference.
    pub agreements: Vec<Agreement>,
    /// The racks in which something has a place.
    pub racks: Vec<RackUse>,
    /// The sites.
    pub sites: Vec<SiteStanding>,
    /// The links in place that lead from one known site to another.
    pub links: Vec<LinkStanding>,
    /// The pairs of sites between which workloads would be recovered.
    pub pairs: Vec<PairOfSites>,
    /// Within how many months a test must lie to count; nothing where the parameter could not be read.
    pub tested_within_months: Option<u32>,
    /// What is wrong or wanting, the gravest first.
    pub findings: Vec<Finding>,
    /// What the method rests on.
    pub sources: Vec<Source>,
}

/// How many failures were tried, and what came of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Workloads in all.
    pub workloads: usize,
    /// Single failures by kind, each with how many were tried.
    pub kinds: Vec<(FailureKind, usize)>,
    /// Single failures.
    pub singles: usize,
    /// Single failures that stop something.
    pub singles_that_stop: usize,
    /// Pairs of failures.
    pub pairs: usize,
    /// Pairs that stop something.
    pub pairs_that_stop: usize,
    /// Pairs that do more together than each does alone.
    pub pairs_worse_together: usize,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FailureKind {
    /// A whole site.
    #[serde(rename = "site")]
    Site,
    /// A room of a site.
    #[serde(rename = "room")]
    Room,
    /// A power feed of a site.
    #[serde(rename = "power feed")]
    PowerFeed,
    /// A link.
    #[serde(rename = "link")]
    Link,
    /// A duct, pole or exchange that links pass.
    #[serde(rename = "route")]
    Route,
    /// A supplier of links or workloads.
    #[serde(rename = "supplier")]
    Supplier,
    /// A service outside the register.
    #[serde(rename = "shared service")]
    SharedService,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailureKind::Site => "site",
            FailureKind::Room => "room",
            FailureKind::PowerFeed => "power feed",
            FailureKind::Link => "link",
            FailureKind::Route => "route",
            FailureKind::Supplier => "supplier",
            FailureKind::SharedService => "shared service",
        })
    }
}

/// One thing that fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FailurePart {
    /// What sort of thing it is.
    pub kind: FailureKind,
    /// Its name with what tells it apart.
    pub name: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// What one failure, or two at once, does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// What fails: one thing or two.
    pub failure: Vec<FailurePart>,
    /// Workloads that stop.
    pub stopped: usize,
    /// Of these, those that stop of themselves; the others depend on them.
    pub directly: usize,
    /// Of these, those that run and cannot be reached by their owner.
    pub cut_off: usize,
    /// Users of the workloads that stop, each counted for each workload that states its users.
    pub users: u64,
    /// For whom they stop, in the order of the partners.
    pub authorities: Vec<StoppedFor>,
    /// Workloads that come back within a time that a test has shown.
    pub back_tested: usize,
    /// Workloads for which a time is promised and no test that counts has shown it.
    pub back_promised: usize,
    /// Workloads of which it is not known when they come back.
    pub not_known: usize,
    /// The longest time of those that come back, in hours.
    pub longest_hours: Option<f64>,
    /// Why it is not known, with how many workloads for each reason; dependants follow what they depend on.
    pub why_not_known: Vec<(Why, usize)>,
    /// Workloads that stop only because both fail at once.
    pub only_together: usize,
    /// Workloads whose recovery is lost only because both fail at once.
    pub recovery_lost: usize,
    /// What each recovery site must carry while it lasts.
    pub carried: Vec<Carried>,
    /// The workloads that stop, as many as are listed: those that stop of themselves first.
    pub listed: Vec<Stopped>,
}

/// For whom workloads stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoppedFor {
    /// The authority's code.
    pub authority: String,
    /// How many of its workloads.
    pub workloads: usize,
}

/// A workload that stops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stopped {
    /// Its reference with its owner.
    pub workload: String,
    /// Its name.
    pub name: String,
    /// Whether it stops of itself, or only because it depends on one that does.
    pub directly: bool,
    /// After how many hours it is back, where that is known.
    pub hours: Option<f64>,
    /// Whether that time was tested, is promised, or is not known.
    pub basis: BackBasis,
    /// Why it is not known.
    pub why: Option<Why>,
}

/// What the time until a workload is back rests on, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BackBasis {
    /// A test that counts.
    #[serde(rename = "tested")]
    Tested,
    /// An agreement's promise.
    #[serde(rename = "promised")]
    Promised,
    /// Nothing.
    #[serde(rename = "not known")]
    NotKnown,
}

/// Why it is not known when a workload comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// It needs a supplier or service that has failed, wherever it runs.
    #[serde(rename = "it needs what failed wherever it runs")]
    NeedsWhatFailed,
    /// No recovery site is recorded.
    #[serde(rename = "no recovery site is recorded")]
    NoRecoverySite,
    /// It would be recovered at its own site.
    #[serde(rename = "its recovery site is its own site")]
    OwnSite,
    /// The recovery site has failed too.
    #[serde(rename = "its recovery site fails too")]
    RecoverySiteLost,
    /// No link in place leads from the recovery site to a site of the owner.
    #[serde(rename = "no link leads to its recovery site")]
    NoLink,
    /// The recovery site has no room for it.
    #[serde(rename = "its recovery site has no room for it")]
    NoRoom,
    /// No test counts and nothing is promised.
    #[serde(rename = "untested, and nothing is promised")]
    Untested,
    /// It depends on a workload of which it is not known.
    #[serde(rename = "it depends on one of which it is not known")]
    DependsOnOne,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::NeedsWhatFailed => "it needs what failed wherever it runs",
            Why::NoRecoverySite => "no recovery site is recorded",
            Why::OwnSite => "its recovery site is its own site",
            Why::RecoverySiteLost => "its recovery site fails too",
            Why::NoLink => "no link leads to its recovery site",
            Why::NoRoom => "its recovery site has no room for it",
            Why::Untested => "untested, and nothing is promised",
            Why::DependsOnOne => "it depends on one of which it is not known",
        })
    }
}

/// What a recovery site must carry for one authority while a failure lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The recovery site, with its owner.
    pub site: String,
    /// The authority whose workloads are recovered there.
    pub authority: String,
    /// The agreements under which they are, by reference with their owner.
    pub agreements: Vec<String>,
    /// The priority of the first of them: 1 first.
    pub priority: Option<u64>,
    /// Workloads to carry.
    pub workloads: usize,
    /// Power, in kW.
    pub power_kw: Load,
    /// Rack units.
    pub rack_units: Load,
    /// Storage, in TB.
    pub storage_tb: Load,
    /// Workloads that do not state all they need, so that it is more than is shown.
    pub without_figures: usize,
    /// Workloads for which there is no room, in the order in which room is given.
    pub left_out: Vec<String>,
}

/// What is needed of a measure, and what there is of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// What the recovered workloads need.
    pub needed: f64,
    /// What is left for them; nothing where it is not known.
    pub left: Option<f64>,
}

impl Load {
    /// By how much it falls short; nothing where it does not.
    pub fn short(self) -> Option<f64> {
        self.left.map(|left| self.needed - left).filter(|short| *short > 1e-9)
    }
}

/// A recovery time and a recovery point, in hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// How soon it is back (RTO), in hours.
    pub recovery_time_hours: Option<f64>,
    /// How much work may be lost (RPO), in hours.
    pub recovery_point_hours: Option<f64>,
}

/// What a workload's tests show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TestStanding {
    /// The latest test failed.
    #[serde(rename = "failed")]
    Failed,
    /// It passed or passed in part, and the copy was not started.
    #[serde(rename = "copy not started")]
    CopyNotStarted,
    /// It was never tested.
    #[serde(rename = "never tested")]
    Never,
    /// A day is recorded, and no result.
    #[serde(rename = "no result recorded")]
    NoResult,
    /// It passed in part.
    #[serde(rename = "partial")]
    Partial,
    /// It passed, and whether the copy was started is not recorded.
    #[serde(rename = "copy not known")]
    CopyNotKnown,
    /// It passed too long ago to count.
    #[serde(rename = "lapsed")]
    Lapsed,
    /// It passed, the copy was started, and lately enough: it counts.
    #[serde(rename = "passed")]
    Passed,
}

impl fmt::Display for TestStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TestStanding::Failed => "failed",
            TestStanding::CopyNotStarted => "the copy was not started",
            TestStanding::Never => "never tested",
            TestStanding::NoResult => "no result recorded",
            TestStanding::Partial => "passed in part",
            TestStanding::CopyNotKnown => "whether the copy can be started is not recorded",
            TestStanding::Lapsed => "lapsed",
            TestStanding::Passed => "passed",
        })
    }
}

/// The class of recovery that two times reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A class of the scale; 0 is the soonest.
    Of(u32),
    /// Slower than every class of the scale.
    BeyondAll,
    /// One of the two times is not known.
    NotKnown,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Class::Of(class) => write!(f, "{class}"),
            Class::BeyondAll => f.write_str("beyond the scale"),
            Class::NotKnown => f.write_str("not known"),
        }
    }
}

/// How one workload is recovered: needed, promised, tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recovery {
    /// Its reference with its owner.
    pub workload: String,
    /// Its name.
    pub name: String,
    /// The name of its application.
    pub application: Option<String>,
    /// Where it runs, with the site's owner.
    pub site: Option<String>,
    /// Where it would be recovered, with the site's owner.
    pub recovery_site: Option<String>,
    /// What its owner needs.
    pub required: Times,
    /// What the agreements promise.
    pub promised: Times,
    /// What the latest test reached, whether or not it counts.
    pub tested: Times,
    /// The day of the latest test.
    pub tested_on: Option<Date>,
    /// Whether the copy was started in it.
    pub copy_started: Option<bool>,
    /// What the tests show.
    pub standing: TestStanding,
    /// The longest tested time of it and of all that it depends on, in hours; nothing where one of them is untested.
    pub with_dependencies_hours: Option<f64>,
    /// The class that its owner needs.
    pub class_required: Class,
    /// The class that tests have shown, with all that it depends on.
    pub class_shown: Class,
    /// The sites that it and all that it depends on run at.
    pub sites_needed: usize,
    /// The availability that the tiers of those sites are designed for, in a row; nothing where one is not known.
    pub availability: Option<f64>,
    /// Single failures that stop it.
    pub stopped_by: usize,
    /// What it rests on.
    pub sources: Vec<Source>,
}

/// An agreement of hosting, as it stands on the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Its reference with its owner.
    pub agreement: String,
    /// Its name.
    pub name: String,
    /// Who hosts.
    pub host: String,
    /// Whose equipment is hosted.
    pub guest: String,
    /// The site, with its owner.
    pub site: Option<String>,
    /// The rack, with its owner.
    pub rack: Option<String>,
    /// Rack units that are let.
    pub rack_units: Option<f64>,
    /// Power that is let, in kW.
    pub power_kw: Option<f64>,
    /// Storage that is let, in TB.
    pub storage_tb: Option<f64>,
    /// What the guest pays in a year.
    pub annual_price: Option<Money>,
    /// Whose equipment is kept running first: 1 first.
    pub priority: Option<u64>,
    /// Notice, in months.
    pub notice_months: Option<f64>,
    /// What the host promises.
    pub promised: Times,
    /// How far it has come.
    pub standing: String,
    /// Its last day.
    pub ends: Option<Date>,
    /// Whether it is in force on the day.
    pub in_force: bool,
    /// The entry.
    pub source: Source,
}

/// What stands in a rack, and what is let in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RackUse {
    /// Its reference with its owner.
    pub rack: String,
    /// Its name.
    pub name: String,
    /// Its site, with its owner.
    pub site: Option<String>,
    /// Its units; nothing where they are not known.
    pub units: Option<f64>,
    /// Units that are taken or let.
    pub taken: f64,
    /// Power that it can draw, in kW.
    pub power_kw: Option<f64>,
    /// Power that its hardware draws, in kW.
    pub drawn_kw: f64,
    /// Authorities whose equipment or units are in it.
    pub authorities: Vec<String>,
    /// What has its place in it, from the foot.
    pub blocks: Vec<RackPlace>,
    /// The entries.
    pub sources: Vec<Source>,
}

/// Units of a rack that somebody takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RackPlace {
    /// What stands there, or under which agreement it is let.
    pub name: String,
    /// Whose it is.
    pub authority: String,
    /// The lowest unit.
    pub from_unit: u64,
    /// The highest unit.
    pub to_unit: u64,
    /// Whether it is let rather than taken.
    pub let_to: bool,
    /// The entry.
    pub source: Source,
}

/// A site: its tier, and what hangs on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteStanding {
    /// Its reference with its owner.
    pub site: String,
    /// Its name.
    pub name: String,
    /// Whether an entry for it is shared.
    pub recorded: bool,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Its tier.
    pub tier: Option<String>,
    /// Whose scheme the tier is of.
    pub tier_scheme: Option<String>,
    /// Whether somebody else has certified it.
    pub tier_certified: Option<bool>,
    /// The availability that its tier is designed for, from 0 to 1.
    pub availability: Option<f64>,
    /// Hours in a year that this leaves it away.
    pub hours_away: Option<f64>,
    /// Workloads that run there.
    pub workloads: usize,
    /// Workloads that would be recovered there.
    pub recovered_here: usize,
    /// Workloads that stop if it fails.
    pub stops: usize,
    /// The entry.
    pub source: Source,
}

/// A link in place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkStanding {
    /// Its name.
    pub name: String,
    /// One end, with the site's owner.
    pub from: String,
    /// The other end.
    pub to: String,
    /// Whether nothing goes round it: without it its ends are not joined.
    pub weak: bool,
    /// Workloads that stop if it fails.
    pub stops: usize,
    /// The entries.
    pub sources: Vec<Source>,
}

/// Two sites between which workloads would be recovered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairOfSites {
    /// Where they run, with the site's owner.
    pub site: String,
    /// Where they would be recovered.
    pub recovery_site: String,
    /// How many workloads.
    pub workloads: usize,
    /// Of these, those that come back without anybody doing anything.
    pub automatic: usize,
    /// The availability of both, if they failed independently; nothing where a tier is not known.
    pub independent: Option<f64>,
    /// What they have in common.
    pub in_common: Vec<String>,
    /// The share of failures that takes both, from 0 to 1.
    pub common_share: f64,
    /// The availability with common causes subtracted.
    pub with_common_cause: Option<f64>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl Outcome {
    /// The effect of one single failure.
    pub fn single(&self, kind: FailureKind, name: &str) -> Option<&Effect> {
        self.singles.iter().find(|effect| effect.failure[0].kind == kind && effect.failure[0].name == name)
    }
}
