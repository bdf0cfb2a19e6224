//! What the question needs: the entries that are shared, each with its owner, every reference written out with its owner.

use std::ops::Deref;

use penshaw_basis::{Date, Source};
use penshaw_register::{Entry, Hardware, HostingAgreement, Link, Rack, RecoveryTest, Site, Workload};
use serde::{Deserialize, Serialize};

use crate::named::Named;

/// What the question needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// The day on which it is asked: tests lapse and agreements end by it.
    pub on: Date,
    /// The partners, in the order of the report.
    #[serde(default)]
    pub partners: Vec<Named>,
    /// The sites.
    #[serde(default)]
    pub sites: Vec<Owned<Site>>,
    /// The racks.
    #[serde(default)]
    pub racks: Vec<Owned<Rack>>,
    /// The hardware.
    #[serde(default)]
    pub hardware: Vec<Owned<Hardware>>,
    /// What runs.
    #[serde(default)]
    pub workloads: Vec<Owned<Workload>>,
    /// Tests of recovery.
    #[serde(default)]
    pub tests: Vec<Owned<RecoveryTest>>,
    /// The links that are in place.
    #[serde(default)]
    pub links: Vec<Owned<Link>>,
    /// Who hosts whose equipment; the partners hold these entries together.
    #[serde(default)]
    pub agreements: Vec<Owned<HostingAgreement>>,
    /// The applications that workloads belong to, by reference with its owner, for their names.
    #[serde(default)]
    pub applications: Vec<Named>,
}

/// An entry with its owner. References in its fields carry their owner: `DCC/S1`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Owned<E> {
    /// The owner's code.
    pub owner: String,
    /// The entry.
    #[serde(flatten)]
    pub entry: E,
}

impl<E: Entry> Owned<E> {
    /// Its reference with its owner, such as `DCC/S1`.
    pub fn full(&self) -> String {
        format!("{}/{}", self.owner, self.entry.reference())
    }

    /// The entry as a source.
    pub fn source(&self) -> Source {
        Source::entry(&self.owner, self.entry.reference())
    }
}

impl<E> Deref for Owned<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.entry
    }
}

/// The reference with its owner in front, who is `owner` where the words name nobody.
///
/// ```
/// use penshaw_analyses::resilience::with_owner;
/// assert_eq!(with_owner("SCC", "S1"), "SCC/S1");
/// assert_eq!(with_owner("SCC", " DCC / S1 "), "DCC/S1");
/// ```
pub fn with_owner(owner: &str, reference: &str) -> String {
    match reference.split_once('/') {
        Some((other, own)) => format!("{}/{}", other.trim(), own.trim()),
        None => format!("{owner}/{}", reference.trim()),
    }
}

/// The source of a reference that carries its owner.
pub(super) fn source_of(full: &str) -> Source {
    match full.split_once('/') {
        Some((owner, reference)) => Source::entry(owner, reference),
        None => Source::assumption(format!("the name {full}")),
    }
}

/// The owner of a reference that carries its owner.
pub(super) fn owner_of(full: &str) -> &str {
    full.split_once('/').map_or(full, |(owner, _)| owner)
}
