//! What the question needs. Entries are named by their owner and reference: `SCC/S1`.

use penshaw_basis::{Date, Money};
use serde::{Deserialize, Serialize};

use crate::named::Named;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked.
    pub on: Date,
    /// The partners.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The sites that are shared.
    #[serde(default)]
    pub sites: Vec<Site>,
    /// The links that are shared, in place and possible.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The contracts that the links name.
    #[serde(default)]
    pub contracts: Vec<Contract>,
    /// The hosting agreements that have not ended.
    #[serde(default)]
    pub hosting: Vec<Hosting>,
}

/// A site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// Its owner and reference.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How many workloads that are shared run there.
    pub workloads: usize,
    /// How many people use them, of those that say so; nothing where none does.
    pub users: Option<u64>,
}

/// A link as one authority records it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Link {
    /// Its owner and reference.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The site at one end.
    pub from: Option<String>,
    /// The site at the other.
    pub to: Option<String>,
    /// Whether it could be bought; otherwise it is in place.
    pub possible: bool,
    /// What it carries, in Mbit/s.
    pub capacity_mbps: Option<f64>,
    /// How long a packet takes one way, in milliseconds.
    pub latency_ms: Option<f64>,
    /// Who provides it.
    pub supplier: Option<String>,
    /// Ducts, poles and exchanges that it passes.
    pub routes: Vec<String>,
    /// The contract it is bought under.
    pub contract: Option<String>,
    /// What it costs in a year, in pence.
    pub annual_cost: Option<Money>,
    /// What putting it in costs once, in pence.
    pub capital_cost: Option<Money>,
}

/// A contract that links name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Contract {
    /// Its owner and reference.
    pub code: String,
    /// Its title.
    pub title: String,
    /// With whom it is made.
    pub supplier: Option<String>,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// The notice that ends it, in months.
    pub notice_months: Option<f64>,
    /// How long it may be extended, in months.
    pub extension_months: Option<f64>,
}

/// An agreement by which one authority hosts another's equipment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hosting {
    /// Its owner and reference.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Whose equipment is hosted.
    pub guest: String,
    /// Who hosts it.
    pub host: String,
    /// The site.
    pub site: Option<String>,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// The notice that ends it, in months.
    pub notice_months: Option<f64>,
}
