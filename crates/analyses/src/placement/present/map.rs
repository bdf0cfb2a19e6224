//! The sites on a map, with what would be recovered where.

use std::collections::BTreeMap;

use penshaw_documents::{
    Block, Cell, Chart, ChartKind, Column, Connection, ConnectionStyle, Place, Row, Scale, Table, Value,
};

use super::super::outcome::{Outcome, PlacedSite};
use super::tables::site_name;
use crate::named::{counted, name_of};

/// How far a public cloud is drawn above the northernmost site, in degrees.
const CLOUD_ABOVE: f64 = 0.1;

/// The map with its table; nothing where nothing is recovered anywhere.
pub(super) fn flows(outcome: &Outcome) -> Option<Block> {
    let mut flows: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for placement in &outcome.workloads {
        let at = |code: &Option<String>| outcome.sites.iter().position(|site| Some(&site.code) == code.as_ref());
        if let (Some(primary), Some(recovery)) = (at(&placement.primary), at(&placement.recovery)) {
            *flows.entry((primary, recovery)).or_default() += 1;
        }
    }
    let connection = |(&(from, to), &number): (&(usize, usize), &usize)| Connection {
        from,
        to,
        label: counted(number, "workload", "workloads"),
        style: ConnectionStyle::Flow,
    };
    (!flows.is_empty()).then(|| {
        Block::Chart(Chart {
            id: "placement-map".into(),
            caption: caption(outcome).into(),
            alternative: alternative(outcome, &flows),
            horizontal: "East".into(),
            vertical: "North".into(),
            kind: ChartKind::Map {
                places: places(outcome),
                connections: flows.iter().map(connection).collect(),
                scale: Scale::default(),
            },
            table: table(outcome, &flows),
        })
    })
}

fn caption(outcome: &Outcome) -> &'static str {
    if positioned(outcome) {
        "Where workloads would run, with arrows to where they would be recovered; public clouds are drawn above"
    } else {
        "Where workloads would run, with arrows to where they would be recovered; one row an authority, not to scale"
    }
}

/// Whether every site on the ground has a place.
fn positioned(outcome: &Outcome) -> bool {
    let mut grounded = outcome.sites.iter().filter(|site| !site.public_cloud).peekable();
    grounded.peek().is_some() && grounded.all(|site| site.latitude.is_some() && site.longitude.is_some())
}

fn places(outcome: &Outcome) -> Vec<Place> {
    let at = if positioned(outcome) { on_the_ground(outcome) } else { in_rows(outcome) };
    let place = |(site, (north, east)): (&PlacedSite, (f64, f64))| Place {
        label: site_name(outcome, &site.code),
        north,
        east,
        group: if site.public_cloud { "Public cloud".into() } else { name_of(&outcome.partners, &site.owner).into() },
        weight: None,
        marked: false,
    };
    outcome.sites.iter().zip(at).map(place).collect()
}

fn on_the_ground(outcome: &Outcome) -> Vec<(f64, f64)> {
    let grounded: Vec<(f64, f64)> = outcome
        .sites
        .iter()
        .filter(|site| !site.public_cloud)
        .filter_map(|site| site.latitude.zip(site.longitude))
        .collect();
    let north = grounded.iter().map(|(north, _)| *north).fold(f64::NEG_INFINITY, f64::max) + CLOUD_ABOVE;
    let middle = grounded.iter().map(|(_, east)| *east).sum::<f64>() / grounded.len() as f64;
    let mut clouds = 0.0;
    let place = |site: &PlacedSite| {
        if site.public_cloud {
            clouds += 1.0;
            return (north, middle + CLOUD_ABOVE * (clouds - 1.0));
        }
        site.latitude.zip(site.longitude).unwrap_or_default()
    };
    outcome.sites.iter().map(place).collect()
}

/// One row an authority, from above, public clouds on top.
fn in_rows(outcome: &Outcome) -> Vec<(f64, f64)> {
    let mut rows: Vec<&str> = Vec::new();
    let mut along: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places = Vec::new();
    for site in &outcome.sites {
        let row = if site.public_cloud {
            0
        } else {
            1 + rows.iter().position(|owner| *owner == site.owner).unwrap_or_else(|| {
                rows.push(&site.owner);
                rows.len() - 1
            })
        };
        let place = along.entry(row).or_default();
        // Rows are shifted against each other, so that no arrow runs through a third site.
        places.push((-(row as f64), *place as f64 + 0.3 * row as f64));
        *place += 1;
    }
    places
}

fn alternative(outcome: &Outcome, flows: &BTreeMap<(usize, usize), usize>) -> String {
    let name = |site: usize| site_name(outcome, &outcome.sites[site].code);
    let said: Vec<String> = flows
        .iter()
        .map(|(&(from, to), &number)| {
            format!("{} from {} to {}", counted(number, "workload", "workloads"), name(from), name(to))
        })
        .collect();
    format!("Recovery would go: {}.", said.join("; "))
}

fn table(outcome: &Outcome, flows: &BTreeMap<(usize, usize), usize>) -> Table {
    let columns = vec![Column::words("Runs at"), Column::words("Recovered at"), Column::numbers("Workloads")];
    let mut table = Table::new("placement-flows", "What would be recovered where", columns);
    for (&(from, to), &number) in flows {
        let (from, to) = (&outcome.sites[from], &outcome.sites[to]);
        let sources = outcome
            .workloads
            .iter()
            .filter(|placement| {
                placement.primary.as_ref() == Some(&from.code) && placement.recovery.as_ref() == Some(&to.code)
            })
            .map(|placement| placement.source.clone());
        table.push(Row::body(vec![
            Cell::words(site_name(outcome, &from.code)),
            Cell::words(site_name(outcome, &to.code)),
            Cell::new(Value::Count(i64::try_from(number).unwrap_or(i64::MAX)), sources.collect()),
        ]));
    }
    table
}
