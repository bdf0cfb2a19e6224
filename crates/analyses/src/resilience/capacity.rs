//! What each recovery site has left for the workloads of each authority, before anything fails.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_register::{HostingAgreement, Site};

use super::estate::{Estate, in_force, units_let};
use super::input::{Owned, owner_of};

/// Power in kW, rack units and storage in TB, in this order.
pub(super) type Measures = [f64; 3];

/// What is left, in pools from which workloads draw: the rest of each site, and what each guest is let at a site.
#[derive(Default)]
pub(super) struct Pools {
    /// What is left of each; infinite where it is not known.
    pub(super) left: Vec<f64>,
    /// The three pools of each authority at each recovery site.
    pub(super) of: BTreeMap<(String, String), [usize; 3]>,
    /// By how much a site is let or used beyond what it holds.
    pub(super) beyond: Vec<Beyond>,
}

/// A site whose use and letting together are beyond what it holds.
pub(super) struct Beyond {
    pub(super) site: String,
    pub(super) measure: usize,
    pub(super) used: f64,
    pub(super) let_to_guests: f64,
    pub(super) capacity: f64,
}

/// Names of the measures.
pub(super) const MEASURES: [&str; 3] = ["kW of power", "rack units", "TB of storage"];

/// What a site holds; nothing where it is not recorded.
pub(super) fn capacity(site: &Site) -> [Option<f64>; 3] {
    [site.power_kw, site.rack_units, site.storage_tb]
}

/// What an agreement lets.
pub(super) fn let_by(agreement: &HostingAgreement) -> [Option<f64>; 3] {
    [agreement.power_kw, units_let(agreement), agreement.storage_tb]
}

/// What each authority uses of each site.
pub(super) type Use = BTreeMap<(String, String), Measures>;

/// What each authority uses: the greater of what its hardware takes and what its workloads need there,
/// since workloads run on that hardware and are not to be counted twice.
pub(super) fn used(estate: &Estate) -> Use {
    let mut by_hardware = Use::new();
    for hardware in estate.hardware.values() {
        if let Some(site) = estate.site_of_hardware(hardware) {
            let of = by_hardware.entry((site.to_owned(), hardware.owner.clone())).or_default();
            add(of, [hardware.power_kw, hardware.entry.rack_units, None]);
        }
    }
    let mut used = Use::new();
    for workload in estate.workloads.values() {
        if let Some(site) = estate.site_of(workload) {
            let of = used.entry((site.to_owned(), workload.owner.clone())).or_default();
            add(of, [workload.power_kw, workload.entry.rack_units, workload.storage_tb]);
        }
    }
    for (key, hardware) in by_hardware {
        let of = used.entry(key).or_default();
        (0..3).for_each(|measure| of[measure] = of[measure].max(hardware[measure]));
    }
    used
}

fn add(to: &mut Measures, more: [Option<f64>; 3]) {
    (0..3).for_each(|measure| to[measure] += more[measure].unwrap_or(0.0));
}

/// The pools of every authority that recovers something at a site.
pub(super) fn pools(estate: &Estate) -> Pools {
    let used = used(estate);
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for workload in estate.workloads.values() {
        if let Some(site) = &workload.recovery_site {
            wanted.entry(site.clone()).or_default().insert(workload.owner.clone());
        }
    }
    let mut pools = Pools::default();
    let sites: BTreeSet<String> = wanted.keys().cloned().chain(estate.sites.keys().cloned()).collect();
    for site in sites {
        let authorities = wanted.remove(&site).unwrap_or_default();
        for measure in 0..3 {
            of_site(estate, &used, &site, measure, &authorities, &mut pools);
        }
    }
    pools
}

/// The pools of one measure of one site.
fn of_site(estate: &Estate, used: &Use, site: &str, measure: usize, authorities: &BTreeSet<String>, pools: &mut Pools) {
    let guests = guests(estate, site, measure);
    let uses = |authority: &str| used.get(&(site.to_owned(), authority.to_owned())).map_or(0.0, |of| of[measure]);
    let here = used.keys().filter(|(at, _)| at == site).map(|(_, authority)| authority.as_str());
    let own: f64 = here.filter(|authority| guests.iter().all(|(guest, _)| guest != authority)).map(uses).sum();
    let let_to_guests: f64 = guests.iter().map(|(guest, is_let)| is_let.max(uses(guest))).sum();
    let known = estate.sites.get(site).and_then(|known| capacity(known)[measure]);
    let mut rest = known.map_or(f64::INFINITY, |capacity| capacity - own - let_to_guests);
    if let Some(capacity) = known.filter(|_| rest < -1e-9) {
        pools.beyond.push(Beyond { site: site.to_owned(), measure, used: own, let_to_guests, capacity });
    }
    // What is beyond the site is taken from the last in priority: the first are kept running.
    let mut left: Vec<(&str, f64)> =
        guests.iter().map(|(guest, is_let)| (*guest, (is_let - uses(guest)).max(0.0))).collect();
    for (_, of_guest) in left.iter_mut().rev() {
        let cut = of_guest.min((-rest).max(0.0));
        *of_guest -= cut;
        rest += cut;
    }
    let shared = pools.left.len();
    pools.left.push(rest.max(0.0));
    for authority in authorities {
        let own_pool = left.iter().find(|(guest, _)| guest == authority).map(|(_, left)| {
            pools.left.push(*left);
            pools.left.len() - 1
        });
        pools.of.entry((site.to_owned(), authority.clone())).or_default()[measure] = own_pool.unwrap_or(shared);
    }
}

/// The guests to whom this measure of a site is let, with how much, the first in priority first.
fn guests<'a>(estate: &Estate<'a>, site: &str, measure: usize) -> Vec<(&'a str, f64)> {
    let mut guests: Vec<(&str, f64)> = Vec::new();
    let here = |one: &&&Owned<HostingAgreement>| in_force(one, estate.on) && estate.lets_at(one, site);
    for agreement in estate.agreements.iter().filter(here) {
        let Some(amount) = let_by(agreement)[measure] else { continue };
        if agreement.guest == owner_of(site) {
            continue;
        }
        match guests.iter_mut().find(|(guest, _)| *guest == agreement.guest) {
            Some((_, amounts)) => *amounts += amount,
            None => guests.push((&agreement.guest, amount)),
        }
    }
    guests
}
