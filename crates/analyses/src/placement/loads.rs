//! The load of each site while all stand and while each other one is lost, added up anew from the placement.

use super::estate::Estate;
use super::model::{ModuleOffer, Needs};
use super::outcome::{Load, SiteLoad, WhenLost};

/// A workload at its sites.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) needs: Needs,
    pub(super) primary: usize,
    pub(super) recovery: Option<usize>,
}

/// The load of every site, with the modules bought.
pub(super) fn loads(
    estate: &Estate,
    placed: &[Placed],
    replica_factor: f64,
    bought: &[(ModuleOffer, u32)],
) -> Vec<SiteLoad> {
    (0..estate.sites.len())
        .map(|site| {
            let capacity = &estate.capacities[site];
            let added = |amount: fn(&Needs) -> f64| -> f64 {
                let here = bought.iter().filter(|(offer, _)| offer.site == site);
                here.map(|(offer, number)| amount(&offer.adds) * f64::from(*number)).sum()
            };
            let held = |base: Option<f64>, amount| base.map(|base| base + added(amount));
            let power: fn(&Needs) -> f64 = |needs| needs.power_kw;
            let units: fn(&Needs) -> f64 = |needs| needs.rack_units;
            let storage: fn(&Needs) -> f64 = |needs| needs.storage_tb;
            SiteLoad {
                site: estate.code(site).to_owned(),
                measures: vec![
                    running(estate, placed, site, ("power", "kW"), held(capacity.power_kw, power), power),
                    running(estate, placed, site, ("rack units", "U"), held(capacity.rack_units, units), units),
                    stored(placed, site, held(capacity.storage_tb, storage), replica_factor),
                ],
            }
        })
        .collect()
}

/// Power or rack units: primaries, and while another site is lost the recoveries of what ran there.
fn running(
    estate: &Estate,
    placed: &[Placed],
    site: usize,
    (what, unit): (&str, &str),
    capacity: Option<f64>,
    amount: fn(&Needs) -> f64,
) -> Load {
    let sum = |counts: &dyn Fn(&Placed) -> bool| -> f64 {
        placed.iter().filter(|placed| counts(placed)).map(|placed| amount(&placed.needs)).sum()
    };
    let normal = sum(&|placed| placed.primary == site);
    let while_lost = |lost: usize| WhenLost {
        site: estate.code(lost).to_owned(),
        load: normal + sum(&|placed| placed.primary == lost && placed.recovery == Some(site)),
    };
    let lost = (0..estate.sites.len()).filter(|lost| *lost != site).map(while_lost).collect();
    Load { what: what.into(), unit: unit.into(), capacity, normal, lost }
}

/// Storage: primaries and copies, which are held all the time.
fn stored(placed: &[Placed], site: usize, capacity: Option<f64>, replica_factor: f64) -> Load {
    let primaries: f64 =
        placed.iter().filter(|placed| placed.primary == site).map(|placed| placed.needs.storage_tb).sum();
    let copies: f64 =
        placed.iter().filter(|placed| placed.recovery == Some(site)).map(|placed| placed.needs.storage_tb).sum();
    let normal = primaries + replica_factor * copies;
    Load { what: "storage".into(), unit: "TB".into(), capacity, normal, lost: Vec::new() }
}
