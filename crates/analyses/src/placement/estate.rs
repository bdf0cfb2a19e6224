//! The sites that workloads may stand at, and how far apart they are.

use std::collections::BTreeMap;

use penshaw_basis::Source;
use penshaw_register::{Link, Site};
use petgraph::algo::dijkstra;
use petgraph::graph::{NodeIndex, UnGraph};

use super::Input;
use super::costs::Parameters;
use super::model::{Capacity, ModuleOffer, Needs};
use super::outcome::{Finding, PlacedSite};
use crate::Owned;
use crate::named::sentence_list;

/// The sites, by their places in the register.
pub(super) struct Estate {
    pub(super) sites: Vec<PlacedSite>,
    pub(super) capacities: Vec<Capacity>,
    pub(super) offers: Vec<ModuleOffer>,
    /// What a kW costs to run for a year, in pounds.
    pub(super) running: Vec<Option<f64>>,
    /// Milliseconds one way between sites; from a site to itself nought.
    pub(super) latency: Vec<Vec<f64>>,
    /// Where an authority's people sit.
    homes: BTreeMap<String, usize>,
    index: BTreeMap<String, usize>,
}

impl Estate {
    /// The sites of the register, and what is wanting of them.
    pub(super) fn new(input: &Input, parameters: &Parameters, findings: &mut Vec<Finding>) -> Self {
        let sites: Vec<PlacedSite> = input.sites.iter().map(|site| placed(site, findings)).collect();
        let index = sites.iter().enumerate().map(|(place, site)| (site.code.clone(), place)).collect();
        let pounds = |site: &Owned<Site>| site.entry.running_cost_per_kw.map(|cost| cost.pounds());
        let mut estate = Estate {
            capacities: input.sites.iter().map(|site| capacity(&site.entry)).collect(),
            offers: offers(&input.sites, &sites, findings),
            running: input.sites.iter().map(pounds).collect(),
            latency: Vec::new(),
            homes: homes(&input.sites),
            sites,
            index,
        };
        estate.latency = estate.latencies(&input.links, parameters.costs.unrecorded_latency_ms, findings);
        estate
    }

    /// The place of a site that an entry of an owner names: its own by reference, another's as AUTHORITY/REFERENCE.
    pub(super) fn named(&self, owner: &str, site: &str) -> Option<usize> {
        self.index.get(&code(owner, site)).copied()
    }

    /// The site's code, such as `DCC/S1`.
    pub(super) fn code(&self, site: usize) -> &str {
        &self.sites[site].code
    }

    /// Where the people of an authority sit; the site itself where that is not known.
    pub(super) fn home(&self, owner: &str) -> Option<usize> {
        self.homes.get(owner).copied()
    }

    /// Whether the loss of one authority's sites would spare one of the two.
    pub(super) fn of_two_hands(&self, primary: usize, recovery: usize) -> bool {
        let (one, other) = (&self.sites[primary], &self.sites[recovery]);
        primary != recovery && (one.owner != other.owner || one.public_cloud || other.public_cloud)
    }

    /// The least latency between each two sites, over links that are in place.
    fn latencies(&self, links: &[Owned<Link>], unrecorded: f64, findings: &mut Vec<Finding>) -> Vec<Vec<f64>> {
        let mut graph = UnGraph::<(), f64, usize>::default();
        let nodes: Vec<NodeIndex<usize>> = self.sites.iter().map(|_| graph.add_node(())).collect();
        for link in links.iter().filter(|link| link.entry.standing.as_deref() != Some("possible")) {
            let end = |site: Option<&str>| site.and_then(|site| self.named(&link.owner, site));
            let ends = (end(link.entry.from_site.as_deref()), end(link.entry.to_site.as_deref()));
            let (Some(from), Some(to)) = ends else { continue };
            if link.entry.latency_ms.is_none() {
                findings.push(unmeasured(link, unrecorded));
            }
            graph.add_edge(nodes[from], nodes[to], link.entry.latency_ms.unwrap_or(unrecorded));
        }
        let from = |site: usize| {
            let reached = dijkstra(&graph, nodes[site], None, |link| *link.weight());
            nodes.iter().map(|node| reached.get(node).copied().unwrap_or(unrecorded)).collect()
        };
        let latency: Vec<Vec<f64>> = (0..nodes.len()).map(from).collect();
        findings.extend(self.unreached(&graph, unrecorded));
        latency
    }

    /// The sites that no link reaches.
    fn unreached(&self, graph: &UnGraph<(), f64, usize>, unrecorded: f64) -> Option<Finding> {
        let alone: Vec<&PlacedSite> = (self.sites.iter().enumerate())
            .filter(|(place, _)| graph.neighbors(NodeIndex::new(*place)).next().is_none())
            .map(|(_, site)| site)
            .collect();
        let names: Vec<&str> = alone.iter().map(|site| site.name.as_str()).collect();
        let verb = if alone.len() == 1 { "is" } else { "are" };
        (!alone.is_empty() && self.sites.len() > 1).then(|| {
            Finding::warning(
                "links",
                format!(
                    "{} {verb} reached by no link: {unrecorded} ms to every other site is assumed",
                    sentence_list(&names)
                ),
                "record the links with their latency, those to a public cloud among them",
                alone.iter().map(|site| site.source.clone()).collect(),
            )
        })
    }
}

/// The code by which a site is known: `DCC/S1`.
pub(super) fn code(owner: &str, site: &str) -> String {
    if site.contains('/') { site.to_owned() } else { format!("{owner}/{site}") }
}

fn unmeasured(link: &Owned<Link>, unrecorded: f64) -> Finding {
    Finding::warning(
        "links",
        format!("{} has no latency: {unrecorded} ms is assumed", link.entry.name),
        "measure the latency one way and record it",
        vec![link.source()],
    )
}

fn is_cloud(site: &Site) -> bool {
    site.use_of_site.as_deref() == Some("public cloud")
}

fn capacity(site: &Site) -> Capacity {
    Capacity { power_kw: site.power_kw, rack_units: site.rack_units, storage_tb: site.storage_tb }
}

/// A site, and a finding where it lacks what workloads need to know before they move there.
fn placed(site: &Owned<Site>, findings: &mut Vec<Finding>) -> PlacedSite {
    let entry = &site.entry;
    let source = Source::entry(&site.owner, &entry.reference);
    let public_cloud = is_cloud(entry);
    let wanted = [
        ("power", entry.power_kw.is_some() || public_cloud),
        ("rack units", entry.rack_units.is_some() || public_cloud),
        ("storage", entry.storage_tb.is_some() || public_cloud),
        ("running cost of a kW", entry.running_cost_per_kw.is_some()),
    ];
    let lacking: Vec<&str> = wanted.iter().filter(|(_, known)| !known).map(|(what, _)| *what).collect();
    if !lacking.is_empty() {
        let what = format!(
            "{} has no {} recorded or shared: what stands there stays, and nothing else is placed there",
            entry.name,
            sentence_list(&lacking)
        );
        findings.push(Finding::warning("sites", what, "record and share them", vec![source.clone()]));
    }
    PlacedSite {
        code: code(&site.owner, &entry.reference),
        owner: site.owner.clone(),
        name: entry.name.clone(),
        public_cloud,
        open: lacking.is_empty(),
        latitude: entry.latitude,
        longitude: entry.longitude,
        source,
    }
}

/// The modules that sites could add.
fn offers(sites: &[Owned<Site>], placed: &[PlacedSite], findings: &mut Vec<Finding>) -> Vec<ModuleOffer> {
    let mut offers = Vec::new();
    for (site, held) in sites.iter().enumerate() {
        let entry = &held.entry;
        let adds = Needs {
            power_kw: entry.module_power_kw.unwrap_or(0.0),
            rack_units: entry.module_rack_units.unwrap_or(0.0),
            storage_tb: entry.module_storage_tb.unwrap_or(0.0),
        };
        let most = entry.modules_most.and_then(|most| u32::try_from(most).ok());
        match (entry.module_cost, most) {
            (Some(cost), Some(most)) if most > 0 && adds != Needs::default() && placed[site].open => {
                offers.push(ModuleOffer { site, adds, cost: cost.pounds().max(0.0), most });
            }
            (None, None) if adds == Needs::default() => {}
            (_, Some(0)) => {}
            _ => findings.push(Finding::warning(
                "sites",
                format!("the modules of {} are not weighed", entry.name),
                "record what a module adds, what it costs a year, and how many there may be, besides the site's own capacity",
                vec![placed[site].source.clone()],
            )),
        }
    }
    offers
}

/// Where the people of each authority sit: its first office, else its first communications room, else its first site.
fn homes(sites: &[Owned<Site>]) -> BTreeMap<String, usize> {
    let rank = |site: &Site| match site.use_of_site.as_deref() {
        Some("office") => 0,
        Some("communications room") => 1,
        _ => 2,
    };
    let mut ordered: Vec<(usize, &Owned<Site>)> =
        sites.iter().enumerate().filter(|(_, site)| !is_cloud(&site.entry)).collect();
    ordered.sort_by_key(|(place, site)| (rank(&site.entry), *place));
    let mut homes = BTreeMap::new();
    for (place, site) in ordered {
        homes.entry(site.owner.clone()).or_insert(place);
    }
    homes
}
