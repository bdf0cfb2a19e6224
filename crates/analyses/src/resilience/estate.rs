//! The entries in one order, found by their references: the same whatever order they were given in.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{Entry, Hardware, HostingAgreement, Link, Rack, RecoveryTest, Site, Workload};

use super::input::{Input, Owned, owner_of};

/// Everything that the question reads, sorted.
pub(super) struct Estate<'a> {
    pub(super) input: &'a Input,
    pub(super) on: Date,
    pub(super) sites: BTreeMap<String, &'a Owned<Site>>,
    pub(super) racks: BTreeMap<String, &'a Owned<Rack>>,
    pub(super) hardware: BTreeMap<String, &'a Owned<Hardware>>,
    pub(super) workloads: BTreeMap<String, &'a Owned<Workload>>,
    pub(super) links: BTreeMap<String, &'a Owned<Link>>,
    /// By host, priority and reference.
    pub(super) agreements: Vec<&'a Owned<HostingAgreement>>,
    /// The tests of each workload up to the day, the latest last.
    pub(super) tests: BTreeMap<&'a str, Vec<&'a Owned<RecoveryTest>>>,
    applications: BTreeMap<&'a str, &'a str>,
}

fn by_reference<E: Entry>(entries: &[Owned<E>]) -> BTreeMap<String, &Owned<E>> {
    entries.iter().map(|entry| (entry.full(), entry)).collect()
}

impl<'a> Estate<'a> {
    pub(super) fn new(input: &'a Input) -> Self {
        let mut agreements: Vec<&Owned<HostingAgreement>> = input.agreements.iter().collect();
        agreements.sort_by_key(|agreement| (agreement.host.clone(), priority(agreement), agreement.full()));
        let mut tests: BTreeMap<&str, Vec<&Owned<RecoveryTest>>> = BTreeMap::new();
        for test in input.tests.iter().filter(|test| test.tested_on.is_some_and(|day| day <= input.on)) {
            tests.entry(&test.workload).or_default().push(test);
        }
        tests.values_mut().for_each(|tests| tests.sort_by_key(|test| (test.tested_on, test.full())));
        let applications = input.applications.iter();
        Estate {
            input,
            on: input.on,
            sites: by_reference(&input.sites),
            racks: by_reference(&input.racks),
            hardware: by_reference(&input.hardware),
            workloads: by_reference(&input.workloads),
            links: by_reference(&input.links),
            agreements,
            tests,
            applications: applications.map(|named| (named.code.as_str(), named.name.as_str())).collect(),
        }
    }

    /// The site that hardware stands at: its own word, or that of its rack.
    pub(super) fn site_of_hardware(&self, hardware: &'a Owned<Hardware>) -> Option<&'a str> {
        let of_rack = || self.rack_of(hardware).and_then(|rack| rack.entry.site.as_deref());
        hardware.entry.site.as_deref().or_else(of_rack)
    }

    /// The room that hardware stands in: that of its rack, or its own word.
    pub(super) fn room_of(&self, hardware: &'a Owned<Hardware>) -> Option<&'a str> {
        let of_rack = self.rack_of(hardware).and_then(|rack| rack.entry.room.as_deref());
        of_rack.or(hardware.entry.room.as_deref()).map(str::trim).filter(|room| !room.is_empty())
    }

    /// The feeds that hardware hangs on: its own, or all that reach its rack where it names none.
    pub(super) fn feeds_of(&self, hardware: &'a Owned<Hardware>) -> &'a [String] {
        match self.rack_of(hardware) {
            Some(rack) if hardware.entry.feeds.is_empty() => &rack.entry.feeds,
            _ => &hardware.entry.feeds,
        }
    }

    pub(super) fn rack_of(&self, hardware: &Owned<Hardware>) -> Option<&'a Owned<Rack>> {
        self.racks.get(hardware.entry.rack.as_deref()?).copied()
    }

    pub(super) fn hardware_of(&self, workload: &Owned<Workload>) -> Option<&'a Owned<Hardware>> {
        self.hardware.get(workload.entry.hardware.as_deref()?).copied()
    }

    /// The site that a workload runs at: its own word, or that of its hardware.
    pub(super) fn site_of(&self, workload: &'a Owned<Workload>) -> Option<&'a str> {
        let of_hardware = || self.hardware_of(workload).and_then(|hardware| self.site_of_hardware(hardware));
        workload.entry.site.as_deref().or_else(of_hardware)
    }

    /// The agreements in force under which an authority may use a site, the first in priority first.
    pub(super) fn agreements_for(&self, guest: &str, site: &str) -> Vec<&'a Owned<HostingAgreement>> {
        let lets = |agreement: &&&Owned<HostingAgreement>| {
            agreement.guest == guest && in_force(agreement, self.on) && self.lets_at(agreement, site)
        };
        self.agreements.iter().filter(lets).copied().collect()
    }

    /// Whether an agreement is about a site: the one it names, or any of the host's where it names none.
    pub(super) fn lets_at(&self, agreement: &Owned<HostingAgreement>, site: &str) -> bool {
        match agreement.site.as_deref() {
            Some(named) => named == site,
            None => owner_of(site) == agreement.host,
        }
    }

    /// The name of a site, or its reference where no entry is shared.
    pub(super) fn site_name(&self, site: &str) -> String {
        match self.sites.get(site) {
            Some(known) => format!("{} ({site})", known.name),
            None => site.to_owned(),
        }
    }

    /// The name of the application that a workload belongs to.
    pub(super) fn application(&self, workload: &Owned<Workload>) -> Option<String> {
        self.applications.get(workload.application.as_deref()?).map(|name| (*name).to_owned())
    }
}

/// An agreement's place in the order in which equipment is kept running; those without one come last.
pub(super) fn priority(agreement: &HostingAgreement) -> u64 {
    agreement.priority.unwrap_or(u64::MAX)
}

/// Whether an agreement is in force on a day.
pub(super) fn in_force(agreement: &HostingAgreement, on: Date) -> bool {
    agreement.standing == "in force"
        && agreement.starts.is_none_or(|starts| starts <= on)
        && agreement.ends.is_none_or(|ends| on <= ends)
}

/// The units that an agreement lets.
pub(super) fn units_let(agreement: &HostingAgreement) -> Option<f64> {
    let (from, to) = (agreement.from_unit?, agreement.to_unit?);
    (to >= from).then(|| (to - from + 1) as f64)
}
