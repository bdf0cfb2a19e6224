//! Why there is no placement, and the least that would have to be added for one.

use penshaw_numerics::assignment::{self, Effort, Infeasible};

use super::estate::Estate;
use super::model::{Model, ModuleOffer, Needs, Resource};
use super::outcome::{Finding, Shortage};
use crate::named::sentence_list;

/// More relief than any estate is short of, in kW, U or TB a site.
const MOST_RELIEF: u32 = 1_000_000;

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
    Finding::error(
        "sites",
        what,
        "add capacity, record a further site, or loosen what must stand together or apart",
        Vec::new(),
    )
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
            site: estate.code(offer.site).to_owned(),
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
