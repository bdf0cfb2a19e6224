//! Takes sites, links, their contracts, hosting agreements and workloads from the joint register.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Date;
use penshaw_register::{Contract, HostingAgreement, JointRegister, Link, Site, Workload};

use super::input::{self, Input};
use crate::{Missing, Need, named};

pub(super) fn gather(joint: &JointRegister, on: Date) -> Result<Input, Missing> {
    let codes: BTreeSet<&str> = joint.authorities().iter().map(|authority| authority.code.as_str()).collect();
    // A site of one's own is written by its reference, another's as AUTHORITY/REFERENCE.
    let full = |owner: &str, reference: &str| match reference.trim().split_once('/') {
        Some((other, _)) if codes.contains(other) => reference.trim().to_owned(),
        _ => format!("{owner}/{}", reference.trim()),
    };
    let links: Vec<input::Link> = joint.all::<Link>().iter().map(|held| link(held, &full)).collect();
    let sites = sites(joint, &full);
    if links.is_empty() || sites.is_empty() {
        return Err(missing(joint, links.is_empty(), sites.is_empty()));
    }
    let named_by_links: BTreeSet<&str> = links.iter().filter_map(|link| link.contract.as_deref()).collect();
    let contracts = joint.all::<Contract>().into_iter().filter_map(|held| {
        let code = format!("{}/{}", held.owner, held.reference);
        named_by_links.contains(code.as_str()).then(|| contract(code, held.entry))
    });
    let hosting = joint.all::<HostingAgreement>().into_iter().filter(|held| held.standing != "ended");
    Ok(Input {
        on,
        partners: named::partners(joint),
        sites,
        contracts: contracts.collect(),
        hosting: hosting
            .map(|held| {
                let site = held.site.as_deref().map(|site| full(&held.host, site));
                agreement(format!("{}/{}", held.owner, held.reference), site, held.entry)
            })
            .collect(),
        links,
    })
}

fn link(held: &penshaw_register::Held<Link>, full: &impl Fn(&str, &str) -> String) -> input::Link {
    let entry = &held.entry;
    let end = |site: &Option<String>| site.as_deref().map(|site| full(&held.owner, site));
    input::Link {
        code: format!("{}/{}", held.owner, entry.reference),
        name: entry.name.clone(),
        from: end(&entry.from_site),
        to: end(&entry.to_site),
        possible: entry.standing.as_deref() == Some("possible"),
        capacity_mbps: entry.capacity_mbps,
        latency_ms: entry.latency_ms,
        supplier: entry.supplier.clone(),
        routes: entry.routes.clone(),
        contract: entry.contract.as_ref().map(|contract| format!("{}/{contract}", held.owner)),
        annual_cost: entry.annual_cost,
        capital_cost: entry.capital_cost,
    }
}

fn sites(joint: &JointRegister, full: &impl Fn(&str, &str) -> String) -> Vec<input::Site> {
    let mut running: BTreeMap<String, (usize, Option<u64>)> = BTreeMap::new();
    for held in joint.all::<Workload>() {
        let Some(site) = &held.site else { continue };
        let (workloads, users) = running.entry(full(&held.owner, site)).or_default();
        *workloads += 1;
        *users = match (*users, held.users) {
            (None, more) => more,
            (some, None) => some,
            (Some(users), Some(more)) => Some(users.saturating_add(more)),
        };
    }
    let sites = joint.all::<Site>().into_iter().map(|held| {
        let code = format!("{}/{}", held.owner, held.reference);
        let (workloads, users) = running.get(&code).copied().unwrap_or_default();
        let Site { name, latitude, longitude, .. } = held.entry;
        input::Site { code, name, latitude, longitude, workloads, users }
    });
    sites.collect()
}

fn contract(code: String, entry: Contract) -> input::Contract {
    let Contract { title, supplier, starts, ends, notice_months, extension_months, .. } = entry;
    input::Contract { code, title, supplier, starts, ends, notice_months, extension_months }
}

fn agreement(code: String, site: Option<String>, entry: HostingAgreement) -> input::Hosting {
    let HostingAgreement { name, guest, host, starts, ends, notice_months, .. } = entry;
    input::Hosting { code, name, guest, host, site, starts, ends, notice_months }
}

fn missing(joint: &JointRegister, no_links: bool, no_sites: bool) -> Missing {
    let needs = joint.authorities().iter().flat_map(|authority| {
        let need = |what: &str, sheet: &str| Need {
            what: format!("{what} of {}", authority.name),
            of: authority.code.clone(),
            hint: format!("record them in the sheet {sheet}, and share them"),
        };
        let sites = no_sites.then(|| need("the sites", "Sites"));
        let links = no_links.then(|| need("the network links, with the site at each end,", "Links"));
        sites.into_iter().chain(links)
    });
    let needs: Vec<Need> = needs.collect();
    if needs.is_empty() {
        return Missing::one("the sites and the links between them", "partnership", "name the authorities first");
    }
    Missing { needs }
}
