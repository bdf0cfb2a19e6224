//! Why there is no placement, and what would have to be added for one.

use penshaw_numerics::assignment::{self, Effort, Infeasible};

use super::estate::Estate;
use super::model::{Capacity, Member, Model, ModuleOffer, Needs, Resource};
use super::outcome::{Finding, Shortage};
use crate::named::{counted, sentence_list};

/// More relief than any estate is short of, in kW, U or TB a site.
const MOST_RELIEF: u32 = 1_000_000;

/// What to do where nothing fits.
const HINT: &str = "add capacity, record a further site, or loosen what must stand together or apart";

/// One of the three things that sites hold.
struct Measure {
    what: &'static str,
    unit: &'static str,
    of: fn(&Needs) -> f64,
    held: fn(&Capacity) -> Option<f64>,
}

const POWER: Measure = Measure { what: "power", unit: "kW", of: |needs| needs.power_kw, held: |site| site.power_kw };
const UNITS: Measure =
    Measure { what: "rack units", unit: "U", of: |needs| needs.rack_units, held: |site| site.rack_units };
const STORAGE: Measure =
    Measure { what: "storage", unit: "TB", of: |needs| needs.storage_tb, held: |site| site.storage_tb };

/// What the sites lack together, whatever is placed where: then no search is needed.
///
/// While a site is lost, the others run all that has a recovery; storage holds everything and its copies all the time.
pub(super) fn together(model: &Model, estate: &Estate) -> Vec<Shortage> {
    let members: Vec<&Member> = model.groups.iter().flatten().collect();
    let mut short = Vec::new();
    for lost in 0..model.sites.len() {
        let runs = |member: &&&Member| member.ways.iter().all(|way| way.primary != lost || way.recovery.is_some());
        for measure in [POWER, UNITS] {
            let needed = members.iter().filter(runs).map(|member| (measure.of)(&member.needs)).sum();
            short.extend(lacking(model, estate, &measure, Some(lost), needed));
        }
    }
    let copied = |member: &&Member| member.ways.iter().all(|way| way.recovery.is_some());
    let factor = |member: &&Member| 1.0 + if copied(member) { model.replica_factor } else { 0.0 };
    let needed = members.iter().map(|member| (STORAGE.of)(&member.needs) * factor(member)).sum();
    short.extend(lacking(model, estate, &STORAGE, None, needed));
    short
}

/// What the sites that stand lack of what is needed of them together, with every module that they could add.
fn lacking(model: &Model, estate: &Estate, measure: &Measure, lost: Option<usize>, needed: f64) -> Option<Shortage> {
    let standing: Vec<usize> = (0..model.sites.len()).filter(|site| Some(*site) != lost).collect();
    // A site without a limit holds whatever is needed.
    let held: f64 = standing.iter().map(|site| (measure.held)(&model.sites[*site])).sum::<Option<f64>>()?;
    let offers = model.offers.iter().filter(|offer| Some(offer.site) != lost);
    let added: f64 = offers.map(|offer| (measure.of)(&offer.adds) * f64::from(offer.most)).sum();
    let short = needed - held - added;
    (short > 1e-6 * (1.0 + needed)).then(|| Shortage {
        sites: standing.iter().map(|site| estate.code(*site).to_owned()).collect(),
        lost: lost.map(|lost| estate.code(lost).to_owned()),
        what: measure.what.to_owned(),
        unit: measure.unit.to_owned(),
        short,
    })
}

/// The reason in words, where the sites lack it together.
pub(super) fn told(short: &[Shortage]) -> Finding {
    let kinds = counted(short.len(), "sum of what is needed is", "sums of what is needed are");
    let what = format!("no placement keeps the rules: {kinds} more than the sites hold together");
    Finding::error("sites", what, HINT, Vec::new())
}

/// The reason in words.
pub(super) fn explained(why: &Infeasible, meanings: &[Resource], estate: &Estate) -> Finding {
    let of = |resource: usize| meanings.get(resource).map(|meaning| named(*meaning, estate)).unwrap_or_default();
    let what = match why {
        Infeasible::TooSmall { resource, needed, most, .. } => {
            format!(
                "no placement keeps the rules: {} holds {most:.1}, and {needed:.1} is needed of it whatever is chosen",
                of(*resource)
            )
        }
        Infeasible::Together { resources } if resources.len() <= 6 => {
            let names: Vec<String> = resources.iter().map(|resource| of(*resource)).collect();
            format!("no placement keeps the rules: what must be placed does not fit {} together", sentence_list(&names))
        }
        Infeasible::NotFound { nodes } => {
            format!("no placement was found within {nodes} steps, and none was proved impossible")
        }
        _ => "no placement keeps the rules".to_owned(),
    };
    Finding::error("sites", what, HINT, Vec::new())
}

fn named(meaning: Resource, estate: &Estate) -> String {
    let name = |site: usize| estate.sites[site].name.as_str();
    match meaning {
        Resource::Storage(site) => format!("the storage of {}", name(site)),
        Resource::Power(site, lost) => format!("the power of {} while {} is lost", name(site), name(lost)),
        Resource::Units(site, lost) => format!("the rack units of {} while {} is lost", name(site), name(lost)),
        Resource::Apart(_, site) => format!("the one place at {} of two that must stand apart", name(site)),
    }
}

/// The least that would have to be added, over all modules that are offered, counting a kW, a rack unit and a TB alike.
///
/// Nothing where even any capacity would not help: then what must stand together or apart contradicts itself.
pub(super) fn least(model: &Model, estate: &Estate, nodes: u64) -> Vec<Shortage> {
    let mut relieved = model.clone();
    relieved.groups.iter_mut().flatten().flat_map(|member| &mut member.ways).for_each(|way| way.cost = 0.0);
    relieved.offers.iter_mut().for_each(|offer| offer.cost = 0.0);
    let first = relieved.offers.len();
    let reliefs = reliefs(estate);
    relieved.offers.extend(reliefs.iter().map(|(offer, _)| *offer));
    let (problem, _) = relieved.problem();
    let Ok(solution) = assignment::solve(&problem, &Effort { gap: 0.0, nodes }) else { return Vec::new() };
    let added = reliefs.iter().zip(&solution.modules[first..]).filter(|(_, number)| **number > 0);
    added
        .map(|((offer, (what, unit)), number)| Shortage {
            sites: vec![estate.code(offer.site).to_owned()],
            lost: None,
            what: (*what).to_owned(),
            unit: (*unit).to_owned(),
            short: f64::from(*number),
        })
        .collect()
}

/// One unit of each capacity at each site, at a price of one.
fn reliefs(estate: &Estate) -> Vec<(ModuleOffer, (&'static str, &'static str))> {
    let one = |power_kw, rack_units, storage_tb| Needs { power_kw, rack_units, storage_tb };
    let kinds = [
        (one(1.0, 0.0, 0.0), ("power", "kW")),
        (one(0.0, 1.0, 0.0), ("rack units", "U")),
        (one(0.0, 0.0, 1.0), ("storage", "TB")),
    ];
    let sites = 0..estate.sites.len();
    sites
        .flat_map(|site| kinds.map(|(adds, what)| (ModuleOffer { site, adds, cost: 1.0, most: MOST_RELIEF }, what)))
        .collect()
}
