//! The drawn map of sites and links, and the timeline of contracts and additions.

use std::f64::consts::TAU;

use penshaw_documents::{Block, Chart, ChartKind, Connection, ConnectionStyle, DayMarker, Place, Scale, Span};

use super::super::outcome::{Outcome, SiteAnswer, TermKind};
use super::{stands, tables};
use crate::named::{counted, name_of};

/// How far outside the others the sites without a position are laid out, as a share of their spread.
const OUTSIDE: f64 = 0.65;
/// The radius of the circle where no site has a position.
const ALONE: f64 = 1.0;

pub(in super::super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::Chart(Chart {
        id: "network-map".into(),
        caption: "Sites and links: thick where nothing goes round a link, dashed where one could be added".into(),
        alternative: stands(outcome),
        horizontal: "East".into(),
        vertical: "North".into(),
        kind: ChartKind::Map {
            places: places(&outcome.sites, outcome),
            connections: connections(outcome),
            scale: Scale::default(),
        },
        table: tables::links(outcome),
    })];
    blocks.push(Block::Table(tables::sites(outcome)));
    let unplaced = outcome.sites.iter().filter(|site| position(site).is_none()).count();
    if unplaced > 0 {
        let what = format!(
            "{} without latitude and longitude, laid out on a circle: not where they are.",
            counted(unplaced, "site is", "sites are")
        );
        blocks.push(Block::note("Positions", what));
    }
    blocks
}

fn position(site: &SiteAnswer) -> Option<(f64, f64)> {
    site.latitude.zip(site.longitude)
}

/// Where each site is drawn: where it is, or on a circle round the others.
fn places(sites: &[SiteAnswer], outcome: &Outcome) -> Vec<Place> {
    let known: Vec<(f64, f64)> = sites.iter().filter_map(position).collect();
    let (centre, radius) = circle(&known);
    let unplaced = sites.iter().filter(|site| position(site).is_none()).count();
    let mut next = 0;
    let place = |site: &SiteAnswer| {
        let (north, east) = position(site).unwrap_or_else(|| {
            let turn = TAU * f64::from(next) / unplaced as f64;
            next += 1;
            (centre.0 + radius * libm::cos(turn), centre.1 + radius * libm::sin(turn))
        });
        Place {
            label: outcome.site_name(&site.code),
            north,
            east,
            group: name_of(&outcome.partners, &site.authority).to_owned(),
            weight: None,
            marked: site.articulation,
        }
    };
    sites.iter().map(place).collect()
}

/// The middle of the positions, and the radius of a circle outside them.
fn circle(known: &[(f64, f64)]) -> ((f64, f64), f64) {
    let range = |of: fn(&(f64, f64)) -> f64| {
        let values = known.iter().map(of);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    if known.is_empty() {
        return ((0.0, 0.0), ALONE);
    }
    let ((south, north), (west, east)) = (range(|place| place.0), range(|place| place.1));
    let spread = (north - south).max(east - west);
    let radius = if spread > 0.0 { spread * OUTSIDE } else { ALONE };
    (((south + north) / 2.0, (west + east) / 2.0), radius)
}

fn connections(outcome: &Outcome) -> Vec<Connection> {
    let place = |code: &str| outcome.sites.iter().position(|site| site.code == code);
    let connection = |link: &super::super::LinkAnswer| {
        let style = match (link.possible, link.added, link.bridge) {
            (true, true, _) => ConnectionStyle::Added,
            (true, false, _) => ConnectionStyle::Possible,
            (false, _, true) => ConnectionStyle::Weak,
            (false, _, false) => ConnectionStyle::Plain,
        };
        Some(Connection { from: place(&link.from)?, to: place(&link.to)?, label: link.name.clone(), style })
    };
    outcome.links.iter().filter_map(connection).collect()
}

/// Contracts, agreements and additions as spans; nothing where none has both days.
pub(in super::super) fn timeline(outcome: &Outcome) -> Option<Block> {
    let mut spans = Vec::new();
    for term in &outcome.terms {
        let group = match term.kind {
            TermKind::Contract => "Contract",
            TermKind::Hosting => "Hosting agreement",
            TermKind::Addition => "Addition",
        };
        let span =
            |starts, ends, group: &str| Span { label: term.title.clone(), starts, ends, group: group.to_owned() };
        let Some(ends) = term.ends else { continue };
        // A term whose first day is not recorded is drawn from the day of the answer.
        let starts = term.starts.unwrap_or(outcome.on).min(ends);
        spans.push(span(starts, ends, group));
        spans.extend(term.extends_to.map(|last| span(ends, last, "Possible extension")));
    }
    if spans.is_empty() {
        return None;
    }
    let notices = outcome.terms.iter().filter_map(|term| {
        let day = term.notice_by?;
        (day >= outcome.on).then(|| DayMarker { label: format!("Notice on {}", term.title), day })
    });
    let today = DayMarker { label: "Day of the answer".into(), day: outcome.on };
    let first = outcome.road_map.iter().find(|event| !event.past);
    let alternative = match first {
        Some(event) => {
            format!("The next day that matters is {}: {}.", penshaw_documents::Value::Day(event.day), event.words)
        }
        None => "No day that matters lies ahead.".to_owned(),
    };
    Some(Block::Chart(Chart {
        id: "network-timeline".into(),
        caption: "When contracts and hosting end, and when additions can begin".into(),
        alternative,
        horizontal: "Day".into(),
        vertical: String::new(),
        kind: ChartKind::Timeline { spans, days: std::iter::once(today).chain(notices).collect() },
        table: tables::terms(outcome),
    }))
}
