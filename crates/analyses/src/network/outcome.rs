//! What the question answers.

use penshaw_basis::{Date, Estimate, Money, Source};
use penshaw_register::Opportunity;
use serde::{Deserialize, Serialize};

pub use crate::Finding;
use crate::named::{Named, name_of};

/// The network, what each failure cuts, and what would survive it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The day on which it was asked.
    pub on: Date,
    /// The partners.
    pub partners: Vec<Named>,
    /// The sites.
    pub sites: Vec<SiteAnswer>,
    /// The links, each once, whoever recorded it.
    pub links: Vec<LinkAnswer>,
    /// The parts that hang together today, the largest first, by the codes of their sites.
    pub parts: Vec<Vec<String>>,
    /// What the links in place cost in a year, of those that say so, in pence.
    pub annual_cost: Money,
    /// Sites whose loss cuts others off, by code.
    pub articulation_points: Vec<String>,
    /// Links that nothing goes round, by code.
    pub bridges: Vec<String>,
    /// Every single failure: of sites, links, routes and suppliers.
    pub failures: Vec<Failure>,
    /// Links that look like two ways and are one.
    pub apparent_diversity: Vec<ApparentDiversity>,
    /// The cheapest additions; nothing where they could not be worked out.
    pub additions: Option<Additions>,
    /// Links without which, each on its own, no failure would cut more once the additions are there, by
    /// code; nothing where the network is too large to try each.
    pub spare: Option<Vec<String>>,
    /// Contracts, hosting agreements and additions, each with its days, the earliest end first.
    pub terms: Vec<Term>,
    /// The dated road map, the earliest day first.
    pub road_map: Vec<Event>,
    /// What is wrong or wanting in the record.
    pub findings: Vec<Finding>,
    /// What the additions cost, for an option to adopt.
    pub opportunities: Vec<Opportunity>,
}

/// A site and its place in the network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SiteAnswer {
    /// Its owner and reference.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its owner's code.
    pub authority: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How many links in place end there.
    pub links: usize,
    /// Whether its loss cuts others off.
    pub articulation: bool,
    /// How many workloads that are shared run there.
    pub workloads: usize,
    /// How many people use them; nothing where that is not known.
    pub users: Option<u64>,
}

/// A link, with what all who recorded it say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkAnswer {
    /// The owner and reference of the entry that records it first.
    pub code: String,
    /// Every entry that records it.
    pub recorded_by: Vec<String>,
    /// Its name.
    pub name: String,
    /// The site at one end, by code.
    pub from: String,
    /// The site at the other end, by code.
    pub to: String,
    /// Whether it could be bought; otherwise it is in place.
    pub possible: bool,
    /// Whether the answer adds it.
    pub added: bool,
    /// Whether nothing goes round it.
    pub bridge: bool,
    /// What it carries, in Mbit/s.
    pub capacity_mbps: Option<f64>,
    /// Who provides it.
    pub supplier: Option<String>,
    /// Ducts, poles and exchanges that it passes.
    pub routes: Vec<String>,
    /// What it costs in a year, in pence.
    pub annual_cost: Option<Money>,
    /// What putting it in costs once, in pence.
    pub capital_cost: Option<Money>,
    /// For a possible link, its cost over the years that count, in pounds.
    pub whole_life: Option<Estimate>,
}

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failing {
    /// A site, with all links that end there.
    Site,
    /// One link.
    Link,
    /// A duct, pole or exchange, with all links that pass it.
    Route,
    /// A supplier, with all its links.
    Supplier,
}

impl Failing {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Failing::Site => "site",
            Failing::Link => "link",
            Failing::Route => "route",
            Failing::Supplier => "supplier",
        }
    }
}

/// A single failure and what it cuts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// What fails.
    pub failing: Failing,
    /// The code of the site or link; the name of the route or supplier.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The links that it takes away, by code.
    pub links: Vec<String>,
    /// Sites cut off from the greater part that they hang together with today, group by group: the sites
    /// of a group still reach one another.
    pub cut_off: Vec<Vec<String>>,
    /// The same once the additions are there: what no possible link could keep together.
    pub cut_off_after: Vec<Vec<String>>,
    /// Whose sites are cut off today, by code.
    pub authorities: Vec<String>,
    /// Workloads that are shared and run at sites that are cut off today.
    pub workloads: usize,
    /// How many people use them; nothing where that is not known.
    pub users: Option<u64>,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl Failure {
    /// Whether it cuts something today.
    pub fn cuts(&self) -> bool {
        !self.cut_off.is_empty()
    }
}

/// Links that look like several ways and fail together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApparentDiversity {
    /// The sites that the links serve, by code: two for parallel links, one where all links of a site are meant.
    pub sites: Vec<String>,
    /// The links, by code.
    pub links: Vec<String>,
    /// Whether they share a route or a supplier.
    pub failing: Failing,
    /// The route or supplier.
    pub shares: String,
}

/// The cheapest additions and what proves that they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Additions {
    /// How many possible links could be chosen from: those with a cost.
    pub considered: usize,
    /// Those to add, by code.
    pub added: Vec<String>,
    /// What putting them in costs once, in pence.
    pub capital_cost: Money,
    /// What they cost in a year, in pence.
    pub annual_cost: Money,
    /// Over how many years the cost is counted.
    pub years: u32,
    /// The cost of putting them in and of those years, not discounted, in pounds.
    pub whole_life: Estimate,
    /// No additions that do as much cost less, in pounds.
    pub bound: Estimate,
    /// Whether the bound meets the cost.
    pub proven: bool,
    /// How many partly decided choices were looked at.
    pub looked_at: u64,
    /// The first day on which an addition could be in use.
    pub can_begin: Option<Date>,
    /// What the years and the lead time rest on.
    pub sources: Vec<Source>,
}

/// Something with days: a contract, a hosting agreement, an addition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The entry's owner and reference.
    pub code: String,
    /// What it is.
    pub kind: TermKind,
    /// Its title.
    pub title: String,
    /// The supplier or the host.
    pub with: String,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// The last day on which notice can be given for its end.
    pub notice_by: Option<Date>,
    /// The last day if it is extended as far as its own terms allow.
    pub extends_to: Option<Date>,
    /// The links that end with it, by code.
    pub links: Vec<String>,
    /// Sites that its end would cut off if nothing takes its place, by code.
    pub cuts_off: Vec<String>,
}

/// What has days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// A contract for links.
    Contract,
    /// An agreement to host equipment.
    Hosting,
    /// A link that the answer adds.
    Addition,
}

/// A day of the road map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The day.
    pub day: Date,
    /// What happens.
    pub kind: EventKind,
    /// The entry it is about, by owner and reference.
    pub code: String,
    /// In words.
    pub words: String,
    /// Whether the day is past.
    pub past: bool,
}

/// What happens on a day of the road map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The last day for notice.
    NoticeBy,
    /// A contract or agreement ends.
    Ends,
    /// The longest extension ends.
    ExtensionEnds,
    /// Buying an addition must begin, or can.
    BuyingBegins,
    /// An addition can be in use.
    CanBegin,
}

impl Outcome {
    /// The name of a site, with its authority's where another site has the same name.
    pub fn site_name(&self, code: &str) -> String {
        let Some(site) = self.sites.iter().find(|site| site.code == code) else { return code.to_owned() };
        match self.sites.iter().filter(|other| other.name == site.name).count() {
            0 | 1 => site.name.clone(),
            _ => format!("{} ({})", site.name, name_of(&self.partners, &site.authority)),
        }
    }

    /// The link of that code.
    pub fn link(&self, code: &str) -> Option<&LinkAnswer> {
        self.links.iter().find(|link| link.code == code)
    }

    /// The links that are there.
    pub fn in_place(&self) -> impl Iterator<Item = &LinkAnswer> {
        self.links.iter().filter(|link| !link.possible)
    }

    /// The links that the answer adds.
    pub fn added(&self) -> impl Iterator<Item = &LinkAnswer> {
        self.links.iter().filter(|link| link.added)
    }

    /// The failures that cut something today.
    pub fn cutting(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().filter(|failure| failure.cuts())
    }

    /// The failures that still cut something once the additions are there.
    pub fn not_survived(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().filter(|failure| !failure.cut_off_after.is_empty())
    }
}

impl LinkAnswer {
    /// The entries that record it.
    pub fn sources(&self) -> Vec<Source> {
        self.recorded_by.iter().map(|code| super::source(code)).collect()
    }
}
