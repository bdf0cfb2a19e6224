//! The pictures: sites with their links and flows of recovery, and racks from the front.

use std::f64::consts::TAU;

use penshaw_documents::{
    Block, Cell, Chart, ChartKind, Column, Connection, ConnectionStyle, Place, RackBlock, RackFront, Row, Scale, Table,
    Value,
};

use super::words;
use crate::named::name_of;
use crate::resilience::input::owner_of;
use crate::resilience::{Outcome, RackPlace, RackUse, SiteStanding};

/// The most racks that are drawn.
const MOST_RACKS: usize = 8;
/// The most rows of the table behind a picture.
const MOST_ROWS: usize = 60;

/// The sites, the links between them, and where workloads would be recovered.
pub(super) fn map(outcome: &Outcome) -> Chart {
    let places = places(outcome);
    let weak = outcome.links.iter().filter(|link| link.weak).count();
    let worst = outcome
        .sites
        .first()
        .map_or_else(String::new, |site| format!(" The loss of {} stops most: {} workloads.", site.name, site.stops));
    Chart {
        id: "resilience-map".into(),
        caption: "Sites, the links between them, and where workloads would be recovered".into(),
        alternative: format!(
            "{} sites, {} links and {} flows of recovery; nothing goes round {weak} of the links.{worst}",
            outcome.sites.len(),
            outcome.links.len(),
            outcome.pairs.len()
        ),
        horizontal: String::new(),
        vertical: String::new(),
        kind: ChartKind::Map { places, connections: connections(outcome), scale: Scale::default() },
        table: connections_table(outcome),
    }
}

/// Each site where it is; on a circle where the place of one is not known, since distances would mislead.
fn places(outcome: &Outcome) -> Vec<Place> {
    let on_the_ground = outcome.sites.iter().all(|site| site.latitude.is_some() && site.longitude.is_some());
    let all = outcome.sites.len().max(1) as f64;
    let most = outcome.sites.iter().map(|site| site.stops).max().unwrap_or(0);
    let place = |(number, site): (usize, &SiteStanding)| {
        let angle = TAU * number as f64 / all;
        let (north, east) = match (on_the_ground, site.latitude, site.longitude) {
            (true, Some(north), Some(east)) => (north, east),
            _ => (libm::cos(angle), libm::sin(angle)),
        };
        Place {
            label: site.name.clone(),
            north,
            east,
            group: name_of(&outcome.partners, owner_of(&site.site)).to_owned(),
            weight: None,
            marked: most > 0 && site.stops == most,
        }
    };
    outcome.sites.iter().enumerate().map(place).collect()
}

fn connections(outcome: &Outcome) -> Vec<Connection> {
    let place = |full: &str| outcome.sites.iter().position(|site| site.site == full);
    let links = outcome.links.iter().filter_map(|link| {
        let style = if link.weak { ConnectionStyle::Weak } else { ConnectionStyle::Plain };
        Some(Connection { from: place(&link.from)?, to: place(&link.to)?, label: String::new(), style })
    });
    let flows = outcome.pairs.iter().filter_map(|pair| {
        Some(Connection {
            from: place(&pair.site)?,
            to: place(&pair.recovery_site)?,
            label: pair.workloads.to_string(),
            style: ConnectionStyle::Flow,
        })
    });
    links.chain(flows).collect()
}

fn connections_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("From"),
        Column::words("To"),
        Column::words("What"),
        Column::numbers("Workloads"),
        Column::words("Note"),
    ];
    let caption = "Flows of recovery, with how many workloads would move, and links, with how many stop without them";
    let mut table = Table::new("resilience-map-table", caption, columns);
    for pair in outcome.pairs.iter().take(MOST_ROWS) {
        let cell = |value: Value| Cell::new(value, pair.sources[..2].to_vec());
        table.push(Row::body(vec![
            cell(Value::text(&pair.site)),
            cell(Value::text(&pair.recovery_site)),
            cell(Value::text("recovery")),
            cell(Value::Count(pair.workloads as i64)),
            Cell::empty(),
        ]));
    }
    let room = MOST_ROWS.saturating_sub(table.rows.len());
    for link in outcome.links.iter().take(room) {
        let cell = |value: Value| Cell::new(value, link.sources.clone());
        table.push(Row::body(vec![
            cell(Value::text(&link.from)),
            cell(Value::text(&link.to)),
            cell(Value::text(format!("link {}", link.name))),
            cell(Value::Count(link.stops as i64)),
            cell(Value::text(if link.weak { "nothing goes round it" } else { "another way round exists" })),
        ]));
    }
    let all = outcome.pairs.len() + outcome.links.len();
    table.note = words::left_out(all, MOST_ROWS, "line", "lines").unwrap_or_default();
    table
}

/// The racks in which something has its place, those of several authorities first.
pub(super) fn racks(outcome: &Outcome) -> Vec<Block> {
    let mut racks: Vec<&RackUse> = outcome.racks.iter().collect();
    racks.sort_by_key(|rack| std::cmp::Reverse((rack.authorities.len(), rack.blocks.len())));
    let drawn: Vec<&RackUse> = racks.iter().copied().filter(|rack| !rack.blocks.is_empty()).take(MOST_RACKS).collect();
    let table = racks_table(outcome, &racks);
    let mut blocks = Vec::new();
    if !racks.is_empty() {
        blocks.push(Block::heading(3, "The racks"));
    }
    if drawn.is_empty() {
        blocks.extend((!racks.is_empty()).then_some(Block::Table(table)));
        return blocks;
    }
    let shared = outcome.racks.iter().filter(|rack| rack.authorities.len() > 1).count();
    blocks.push(Block::Chart(Chart {
        id: "resilience-racks".into(),
        caption: "Racks from the front: who takes which units".into(),
        alternative: format!(
            "{} racks; {shared} hold equipment or units of more than one authority.",
            outcome.racks.len()
        ),
        horizontal: String::new(),
        vertical: "Rack unit".into(),
        kind: ChartKind::Racks { racks: drawn.into_iter().map(|rack| front(outcome, rack)).collect() },
        table,
    }));
    blocks
}

fn front(outcome: &Outcome, rack: &RackUse) -> RackFront {
    let top = rack.blocks.iter().map(|block| block.to_unit).max().unwrap_or(0);
    let units = rack.units.map_or(top, |units| units as u64).clamp(1, 100) as u32;
    // A guest's equipment is drawn over the units that it is let: those that stay free are drawn as let.
    let stands = rack.blocks.iter().filter(|block| !block.let_to);
    let free = rack.blocks.iter().filter(|block| block.let_to).flat_map(|block| still_free(rack, block));
    let mut blocks: Vec<RackBlock> = stands
        .map(|block| (block.from_unit, block.to_unit, block))
        .chain(free)
        .filter(|(from, _, _)| (1..=u64::from(units)).contains(from))
        .map(|(from, to, block)| RackBlock {
            label: block.name.clone(),
            from_unit: from as u32,
            to_unit: to.min(u64::from(units)) as u32,
            group: name_of(&outcome.partners, &block.authority).to_owned(),
            empty: block.let_to,
        })
        .collect();
    blocks.sort_by_key(|block| block.from_unit);
    let site = rack.site.as_deref().unwrap_or("site not known");
    RackFront { label: format!("{}, {site}", rack.name), units, blocks }
}

/// The runs of units of a let block in which nothing stands.
fn still_free<'a>(rack: &RackUse, block: &'a RackPlace) -> Vec<(u64, u64, &'a RackPlace)> {
    let mut free = Vec::new();
    let mut from = block.from_unit;
    let mut standing: Vec<&RackPlace> = rack.blocks.iter().filter(|other| !other.let_to).collect();
    standing.sort_by_key(|other| other.from_unit);
    for other in standing.iter().filter(|other| other.to_unit >= block.from_unit && other.from_unit <= block.to_unit) {
        if other.from_unit > from {
            free.push((from, other.from_unit - 1, block));
        }
        from = from.max(other.to_unit.saturating_add(1));
    }
    if from <= block.to_unit {
        free.push((from, block.to_unit, block));
    }
    free
}

fn racks_table(outcome: &Outcome, racks: &[&RackUse]) -> Table {
    let columns = vec![
        Column::words("Rack"),
        Column::words("Units"),
        Column::words("What"),
        Column::words("Whose"),
        Column::words("In all"),
    ];
    let caption = "What stands in each rack and what is let in it";
    let mut table = Table::new("resilience-racks-table", caption, columns);
    let mut all = 0;
    for rack in racks {
        let label = rack.label();
        all += rack.blocks.len().max(1);
        let units = rack.units.map_or("units not known".to_owned(), |units| format!("of {}", words::number(units)));
        let power =
            rack.power_kw.map_or("power not known".to_owned(), |power| format!("of {} kW", words::number(power)));
        let in_all = format!("{} {units}; {} {power}", words::number(rack.taken), words::number(rack.drawn_kw));
        let summary = Cell::new(Value::text(in_all), rack.sources.clone());
        if rack.blocks.is_empty() && table.rows.len() < MOST_ROWS {
            let whose = rack.authorities.join(", ");
            table.push(Row::body(vec![
                Cell::words(label.clone()),
                Cell::words("–"),
                Cell::words("units not recorded"),
                Cell::words(whose),
                summary.clone(),
            ]));
        }
        for block in &rack.blocks {
            if table.rows.len() >= MOST_ROWS {
                break;
            }
            let cell = |words: String| Cell::new(Value::text(words), vec![block.source.clone()]);
            let what = if block.let_to { format!("{} (let)", block.name) } else { block.name.clone() };
            table.push(Row::body(vec![
                Cell::words(label.clone()),
                cell(format!("{} to {}", block.from_unit, block.to_unit)),
                cell(what),
                cell(name_of(&outcome.partners, &block.authority).to_owned()),
                summary.clone(),
            ]));
        }
    }
    table.note = words::left_out(all, MOST_ROWS, "row", "rows").unwrap_or_default();
    table
}
