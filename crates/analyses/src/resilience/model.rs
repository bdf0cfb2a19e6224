//! The estate in numbers: workloads in the order in which room is given, sites, lines and what each hangs on.

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use penshaw_basis::Source;
use penshaw_register::{Link, Workload};

use super::capacity::{Measures, Pools, pools};
use super::dependencies::Dependencies;
use super::estate::Estate;
use super::input::{Owned, owner_of};
use super::parameters::Parameters;
use super::recovery::{Standing, standing};

/// The estate in numbers.
pub(super) struct Model<'a> {
    pub(super) estate: &'a Estate<'a>,
    /// The authorities that own workloads or sites, in the order of the partners.
    pub(super) owners: Vec<&'a str>,
    /// Every site that is recorded or that a workload names, by its reference.
    pub(super) sites: Vec<String>,
    /// The sites of each owner at which people can work: all but public clouds.
    pub(super) user_sites: Vec<Vec<usize>>,
    /// What runs, in the order in which recovery sites give room.
    pub(super) workloads: Vec<Running<'a>>,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) dependencies: Dependencies,
    /// Owners at sites to which they need a link, to reach what runs or is recovered there.
    pub(super) reaches: Vec<Reach>,
    pub(super) pools: Pools,
}

/// A workload in numbers.
pub(super) struct Running<'a> {
    pub(super) entry: &'a Owned<Workload>,
    pub(super) name: String,
    pub(super) owner: usize,
    pub(super) site: Option<usize>,
    /// The site of its hardware, where that is another one.
    pub(super) site_of_hardware: Option<usize>,
    pub(super) recovery: Option<Recovering>,
    pub(super) standing: Standing,
    pub(super) users: u64,
}

/// Where a workload is recovered, and what it takes there.
pub(super) struct Recovering {
    pub(super) site: usize,
    /// The link that its owner needs; nothing at an own site.
    pub(super) reach: Option<usize>,
    pub(super) needs: Measures,
    pub(super) pools: [usize; 3],
    pub(super) states_all: bool,
}

/// A line between two known sites.
pub(super) struct Line<'a> {
    pub(super) ends: (usize, usize),
    /// The entries: one, or several where authorities recorded the same link each.
    pub(super) entries: Vec<&'a Owned<Link>>,
}

/// An owner that needs a link to a site.
pub(super) struct Reach {
    pub(super) site: usize,
    pub(super) owner: usize,
    /// Workloads that run there and can be reached while nothing has failed.
    pub(super) running: FixedBitSet,
    /// Those with all that depend on them.
    pub(super) closed: FixedBitSet,
    /// Whether it can be reached while nothing has failed.
    pub(super) at_rest: bool,
}

impl Line<'_> {
    pub(super) fn sources(&self) -> Vec<Source> {
        self.entries.iter().map(|link| link.source()).collect()
    }
}

impl<'a> Model<'a> {
    pub(super) fn new(estate: &'a Estate<'a>, parameters: &Parameters) -> Self {
        let sites = sites(estate);
        let owners = owners(estate);
        let user_sites = owners.iter().map(|owner| user_sites(estate, &sites, owner)).collect();
        let mut model = Model {
            estate,
            owners,
            lines: lines(estate, &sites),
            sites,
            user_sites,
            workloads: Vec::new(),
            dependencies: Dependencies::new(Vec::new()),
            reaches: Vec::new(),
            pools: pools(estate),
        };
        let mut standings: Vec<(&Owned<Workload>, Standing)> =
            estate.workloads.values().map(|entry| (*entry, standing(estate, parameters, entry))).collect();
        standings.sort_by(|(first, one), (second, other)| {
            let hours = |standing: &Standing| standing.required.recovery_time_hours.unwrap_or(f64::INFINITY);
            let order = one.priority.cmp(&other.priority).then(hours(one).total_cmp(&hours(other)));
            order.then_with(|| first.full().cmp(&second.full()))
        });
        for (entry, standing) in standings {
            let running = model.running(entry, standing);
            model.workloads.push(running);
        }
        model.dependencies = Dependencies::new(model.needs());
        model.fill_reaches();
        model
    }

    /// The index of a site.
    pub(super) fn site(&self, full: &str) -> Option<usize> {
        self.sites.binary_search_by(|site| site.as_str().cmp(full)).ok()
    }

    /// The index of an owner.
    fn owner(&self, code: &str) -> usize {
        self.owners.iter().position(|owner| *owner == code).expect("the owner of every workload and site is listed")
    }

    fn running(&mut self, entry: &'a Owned<Workload>, standing: Standing) -> Running<'a> {
        let owner = self.owner(&entry.owner);
        let site = self.estate.site_of(entry).and_then(|site| self.site(site));
        let hardware = self.estate.hardware_of(entry);
        let of_hardware = hardware.and_then(|hardware| self.estate.site_of_hardware(hardware));
        let site_of_hardware = of_hardware.and_then(|site| self.site(site)).filter(|other| Some(*other) != site);
        // Fills the table of what must be reached while nothing has failed.
        site.map(|site| self.reach(site, owner));
        Running {
            entry,
            name: entry.name.clone(),
            owner,
            site,
            site_of_hardware,
            recovery: self.recovering(entry, owner),
            standing,
            users: entry.users.unwrap_or(0),
        }
    }

    fn recovering(&mut self, entry: &'a Owned<Workload>, owner: usize) -> Option<Recovering> {
        let full = entry.recovery_site.as_deref()?;
        let site = self.site(full)?;
        let stated = [entry.power_kw, entry.entry.rack_units, entry.storage_tb];
        Some(Recovering {
            site,
            reach: self.reach(site, owner),
            needs: stated.map(|need| need.unwrap_or(0.0)),
            pools: self.pools.of[&(full.to_owned(), entry.owner.clone())],
            states_all: stated.iter().all(Option::is_some),
        })
    }

    /// The link that an owner needs to a site: none at an own site where people can work.
    fn reach(&mut self, site: usize, owner: usize) -> Option<usize> {
        if self.user_sites[owner].contains(&site) {
            return None;
        }
        let known = self.reaches.iter().position(|reach| (reach.site, reach.owner) == (site, owner));
        known.or_else(|| {
            let (running, closed) = (FixedBitSet::new(), FixedBitSet::new());
            self.reaches.push(Reach { site, owner, running, closed, at_rest: false });
            Some(self.reaches.len() - 1)
        })
    }

    fn needs(&self) -> Vec<Vec<usize>> {
        let place: BTreeMap<String, usize> =
            self.workloads.iter().enumerate().map(|(place, running)| (running.entry.full(), place)).collect();
        let of = |running: &Running| {
            let mut needs: Vec<usize> =
                running.entry.depends_on.iter().filter_map(|other| place.get(other).copied()).collect();
            needs.sort_unstable();
            needs.dedup();
            needs
        };
        self.workloads.iter().map(of).collect()
    }

    fn fill_reaches(&mut self) {
        let joined = self.joined(&FixedBitSet::new(), &[]);
        for at in 0..self.reaches.len() {
            let (site, owner) = (self.reaches[at].site, self.reaches[at].owner);
            let at_rest = self.can_reach(&joined, site, owner);
            let mut running = FixedBitSet::with_capacity(self.workloads.len());
            let here = self
                .workloads
                .iter()
                .enumerate()
                .filter(|(_, workload)| at_rest && workload.site == Some(site) && workload.owner == owner);
            here.for_each(|(place, _)| running.insert(place));
            let mut closed = running.clone();
            self.dependencies.close(&mut closed);
            self.reaches[at] = Reach { site, owner, running, closed, at_rest };
        }
    }

    /// Which sites are joined by the lines that are up: sites that are joined have the same number.
    pub(super) fn joined(&self, lines_down: &FixedBitSet, sites_down: &[usize]) -> Vec<usize> {
        let mut joined: Vec<usize> = (0..self.sites.len()).collect();
        fn root(joined: &mut [usize], mut site: usize) -> usize {
            while joined[site] != site {
                joined[site] = joined[joined[site]];
                site = joined[site];
            }
            site
        }
        for (place, line) in self.lines.iter().enumerate() {
            let (a, b) = line.ends;
            if !lines_down.contains(place) && !sites_down.contains(&a) && !sites_down.contains(&b) {
                let (a, b) = (root(&mut joined, a), root(&mut joined, b));
                joined[a.max(b)] = a.min(b);
            }
        }
        (0..joined.len()).for_each(|site| joined[site] = root(&mut joined, site));
        sites_down.iter().for_each(|down| joined[*down] = usize::MAX);
        joined
    }

    /// Whether a path of lines leads from a site to another site of an owner at which people can work, both up.
    pub(super) fn can_reach(&self, joined: &[usize], site: usize, owner: usize) -> bool {
        let here = joined[site];
        here != usize::MAX && self.user_sites[owner].iter().any(|own| *own != site && joined[*own] == here)
    }
}

fn sites(estate: &Estate) -> Vec<String> {
    let named = estate.workloads.values().flat_map(|workload| {
        let site = estate.site_of(workload).map(str::to_owned);
        let hardware = estate.hardware_of(workload).and_then(|hardware| estate.site_of_hardware(hardware));
        [site, hardware.map(str::to_owned), workload.recovery_site.clone()].into_iter().flatten()
    });
    let sites: BTreeSet<String> = named.chain(estate.sites.keys().cloned()).collect();
    sites.into_iter().collect()
}

fn owners<'a>(estate: &Estate<'a>) -> Vec<&'a str> {
    let partners = estate.input.partners.iter().map(|partner| partner.code.as_str());
    let workloads = estate.workloads.values().map(|workload| workload.owner.as_str());
    let recorded = estate.sites.values().map(|site| site.owner.as_str());
    let known: BTreeSet<&str> = workloads.chain(recorded).collect();
    let mut owners: Vec<&str> = partners.collect();
    owners.extend(known.into_iter().filter(|code| !estate.input.partners.iter().any(|partner| partner.code == *code)));
    owners
}

fn user_sites(estate: &Estate, sites: &[String], owner: &str) -> Vec<usize> {
    let is_cloud =
        |site: &String| estate.sites.get(site).is_some_and(|site| site.use_of_site.as_deref() == Some("public cloud"));
    let own = sites.iter().enumerate().filter(|(_, site)| owner_of(site) == owner && !is_cloud(site));
    own.map(|(place, _)| place).collect()
}

/// The lines between known sites. Where authorities each record a link of one name, one supplier and the same
/// ends, it is taken as one link: to take it as two would count on a second that may not be there.
fn lines<'a>(estate: &Estate<'a>, sites: &[String]) -> Vec<Line<'a>> {
    let place = |full: &Option<String>| sites.binary_search(full.as_ref()?).ok();
    let mut lines: BTreeMap<_, Line> = BTreeMap::new();
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    for link in estate.links.values().copied() {
        let (Some(from), Some(to)) = (place(&link.from_site), place(&link.to_site)) else { continue };
        if from == to {
            continue;
        }
        let ends = (from.min(to), from.max(to));
        let supplier = link.supplier.as_deref().map(one_spelling);
        let key = (ends, one_spelling(&link.name), supplier);
        let number = seen.entry((key.clone(), link.owner.as_str())).or_default();
        *number += 1;
        lines.entry((key, *number)).or_insert_with(|| Line { ends, entries: Vec::new() }).entries.push(link);
    }
    lines.into_values().collect()
}

/// A name as it is compared: without regard to case and to spaces around it.
pub(super) fn one_spelling(name: &str) -> String {
    name.trim().to_lowercase()
}
