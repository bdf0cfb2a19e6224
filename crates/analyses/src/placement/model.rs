//! Sites, needs and ways of placing as a problem of numbers: the one translation that every placement goes through.

use penshaw_numerics::assignment;

/// What a workload needs of a site, or a site has.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Needs {
    /// Power in kW.
    pub power_kw: f64,
    /// Rack units.
    pub rack_units: f64,
    /// Storage in TB.
    pub storage_tb: f64,
}

/// What a site has; nothing where there is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Capacity {
    /// Power in kW.
    pub power_kw: Option<f64>,
    /// Rack units.
    pub rack_units: Option<f64>,
    /// Storage in TB.
    pub storage_tb: Option<f64>,
}

/// Modules of capacity that a site could add.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModuleOffer {
    /// The site.
    pub site: usize,
    /// What one adds.
    pub adds: Needs,
    /// What one costs a year, in pounds.
    pub cost: f64,
    /// How many there may be.
    pub most: u32,
}

/// One way to place a workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Where it runs.
    pub primary: usize,
    /// Where it is recovered.
    pub recovery: Option<usize>,
    /// What that is weighed at, in pounds a year.
    pub cost: f64,
}

/// A workload, with all ways to place it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// What it needs.
    pub needs: Needs,
    /// The ways.
    pub ways: Vec<Way>,
}

/// Workloads in groups that share a primary site, and sites that must hold them with any one of them lost.
///
/// ```text
/// storage at t:            Σ primaries at t + replica factor × Σ recoveries at t          ≤ capacity + modules
/// power, units at t, f lost: Σ primaries at t + Σ recoveries at t whose primary was at f  ≤ capacity + modules
/// ```
/// for every site t and every other site f. Two workloads that must stand apart take a place each of one at every site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// What each site has.
    pub sites: Vec<Capacity>,
    /// What could be bought.
    pub offers: Vec<ModuleOffer>,
    /// The groups, each with its workloads.
    pub groups: Vec<Vec<Member>>,
    /// Pairs of workloads (group, member) that must not run at one site.
    pub apart: Vec<[(usize, usize); 2]>,
    /// The share of the storage that a copy takes.
    pub replica_factor: f64,
}

/// What a resource of the problem stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// Storage at a site.
    Storage(usize),
    /// Power at a site while another is lost.
    Power(usize, usize),
    /// Rack units at a site while another is lost.
    Units(usize, usize),
    /// The one place at a site that a pair which must stand apart may take.
    Apart(usize, usize),
}

impl Model {
    /// The problem, and what each of its resources stands for.
    pub fn problem(&self) -> (assignment::Problem, Vec<Resource>) {
        let (meanings, capacities): (Vec<Resource>, Vec<f64>) = self.resources().into_iter().unzip();
        let known = Known(&meanings);
        let groups = self.groups.iter().enumerate();
        let items = groups.map(|(group, members)| assignment::Item {
            members: (members.iter().enumerate())
                .map(|(member, given)| self.member((group, member), given, &known))
                .collect(),
        });
        let modules = self.offers.iter().map(|offer| self.module(offer, &known));
        (assignment::Problem { items: items.collect(), capacities, modules: modules.collect() }, meanings)
    }

    /// Each resource with its capacity, in the order of [`Resource`].
    fn resources(&self) -> Vec<(Resource, f64)> {
        let mut resources = Vec::new();
        for (site, capacity) in self.sites.iter().enumerate() {
            resources.extend(capacity.storage_tb.map(|most| (Resource::Storage(site), most)));
            for lost in (0..self.sites.len()).filter(|lost| *lost != site) {
                resources.extend(capacity.power_kw.map(|most| (Resource::Power(site, lost), most)));
                resources.extend(capacity.rack_units.map(|most| (Resource::Units(site, lost), most)));
            }
        }
        for pair in 0..self.apart.len() {
            resources.extend((0..self.sites.len()).map(|site| (Resource::Apart(pair, site), 1.0)));
        }
        resources.sort_by_key(|(resource, _)| *resource);
        resources
    }

    fn member(&self, at: (usize, usize), member: &Member, known: &Known<'_>) -> assignment::Member {
        let pairs: Vec<usize> = (0..self.apart.len()).filter(|pair| self.apart[*pair].contains(&at)).collect();
        let choice = |way: &Way| {
            let mut uses = self.uses(&member.needs, way, known);
            uses.extend(pairs.iter().filter_map(|pair| known.used(Resource::Apart(*pair, way.primary), 1.0)));
            assignment::Choice { key: way.primary, cost: way.cost, uses }
        };
        assignment::Member { choices: member.ways.iter().map(choice).collect() }
    }

    fn uses(&self, needs: &Needs, way: &Way, known: &Known<'_>) -> Vec<(usize, f64)> {
        let mut uses = Vec::new();
        uses.extend(known.used(Resource::Storage(way.primary), needs.storage_tb));
        for lost in (0..self.sites.len()).filter(|lost| *lost != way.primary) {
            uses.extend(known.used(Resource::Power(way.primary, lost), needs.power_kw));
            uses.extend(known.used(Resource::Units(way.primary, lost), needs.rack_units));
        }
        if let Some(recovery) = way.recovery {
            uses.extend(known.used(Resource::Storage(recovery), needs.storage_tb * self.replica_factor));
            uses.extend(known.used(Resource::Power(recovery, way.primary), needs.power_kw));
            uses.extend(known.used(Resource::Units(recovery, way.primary), needs.rack_units));
        }
        uses
    }

    fn module(&self, offer: &ModuleOffer, known: &Known<'_>) -> assignment::Module {
        let mut adds = Vec::new();
        adds.extend(known.used(Resource::Storage(offer.site), offer.adds.storage_tb));
        for lost in 0..self.sites.len() {
            adds.extend(known.used(Resource::Power(offer.site, lost), offer.adds.power_kw));
            adds.extend(known.used(Resource::Units(offer.site, lost), offer.adds.rack_units));
        }
        assignment::Module { cost: offer.cost, most: offer.most, adds }
    }
}

/// The resources that there are, in order.
struct Known<'a>(&'a [Resource]);

impl Known<'_> {
    /// An amount of a resource, if there is a limit to it and the amount is one.
    fn used(&self, resource: Resource, amount: f64) -> Option<(usize, f64)> {
        let place = self.0.binary_search(&resource).ok()?;
        (amount > 0.0).then_some((place, amount))
    }
}
