//! The map: places where every area has a position, tiles in the order of names and codes where not.

use penshaw_documents::{Chart, ChartKind, Place, Scale, Table, Tile, TileGroup, Value};

use super::need::label;
use crate::inclusion::outcome::{AreaNeed, Outcome, Vintage};
use crate::named::{name_of, sentence_list};

/// What a map marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The areas of highest need.
    Highest,
    /// The areas that a programme reaches.
    Reached,
}

impl Shown {
    fn marks(self, area: &AreaNeed) -> bool {
        match self {
            Shown::Highest => area.highest,
            Shown::Reached => !area.reached_by.is_empty(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Shown::Highest => "those of highest need are marked",
            Shown::Reached => "those that a programme reaches are marked",
        }
    }
}

/// The areas shaded by need, those shown marked, with the table behind it.
pub(super) fn chart(outcome: &Outcome, vintage: &Vintage, shown: Shown, table: Table) -> Chart {
    let span = span(vintage);
    let placed = vintage.areas.iter().all(|area| area.latitude.is_some() && area.longitude.is_some());
    let name = match shown {
        Shown::Highest => "need",
        Shown::Reached => "reach",
    };
    let (horizontal, vertical) = if placed { ("Degrees east", "Degrees north") } else { ("", "") };
    Chart {
        id: format!("inclusion-map-{name}-{}", vintage.vintage),
        caption: caption(vintage, shown, placed, span),
        alternative: alternative(outcome, vintage, shown),
        horizontal: horizontal.into(),
        vertical: vertical.into(),
        kind: if placed { places(outcome, vintage, shown, span) } else { tiles(outcome, vintage, shown, span) },
        table,
    }
}

/// The least and the highest need.
fn span(vintage: &Vintage) -> (f64, f64) {
    let needs = vintage.areas.iter().filter_map(|area| area.need);
    needs.fold((f64::MAX, f64::MIN), |(least, most), need| (least.min(need), most.max(need)))
}

/// The shade of a need: nought for the least, one for the highest.
fn shade(need: Option<f64>, (least, most): (f64, f64)) -> Option<f64> {
    need.map(|need| if most > least { (need - least) / (most - least) } else { 1.0 })
}

fn caption(vintage: &Vintage, shown: Shown, placed: bool, (least, most): (f64, f64)) -> String {
    let number = |number| Value::Number { number, decimals: 2 };
    let order = if placed {
        ""
    } else if vintage.areas.iter().all(|area| area.name.is_some()) {
        " A tile is an area, in the order of names, whose numbers run roughly from north to south."
    } else {
        " A tile is an area, in the order of codes: neighbours in number are mostly near one another, but it is no map of the ground."
    };
    format!(
        "Need of the small areas of {}, from {} (lightest) to {} (darkest); {}.{order}",
        vintage.vintage,
        number(least),
        number(most),
        shown.words()
    )
}

fn alternative(outcome: &Outcome, vintage: &Vintage, shown: Shown) -> String {
    let marked: Vec<String> = vintage
        .authorities
        .iter()
        .map(|own| {
            let areas = vintage.areas.iter().filter(|area| area.authority == own.authority);
            let marked = areas.filter(|area| shown.marks(area)).count();
            format!("{marked} of {} in {}", own.areas, name_of(&outcome.partners, &own.authority))
        })
        .collect();
    let what = match shown {
        Shown::Highest => "Areas of highest need",
        Shown::Reached => "Areas that a programme reaches",
    };
    format!("{what}: {}.", sentence_list(&marked))
}

fn tiles(outcome: &Outcome, vintage: &Vintage, shown: Shown, span: (f64, f64)) -> ChartKind {
    let group = |authority: &str| TileGroup {
        label: name_of(&outcome.partners, authority).to_owned(),
        tiles: vintage
            .areas
            .iter()
            .filter(|area| area.authority == authority)
            .map(|area| Tile { label: told(area), weight: shade(area.need, span), marked: shown.marks(area) })
            .collect(),
    };
    ChartKind::Tiles {
        measure: "need, 0 to 10".into(),
        groups: vintage.authorities.iter().map(|own| group(&own.authority)).collect(),
        scale: Scale { least: span.0, most: span.1 },
    }
}

/// An area with its need, for a reader who points at it.
fn told(area: &AreaNeed) -> String {
    match area.need {
        Some(number) => format!("{}: {}", label(area), Value::Number { number, decimals: 2 }),
        None => format!("{}: not known", label(area)),
    }
}

fn places(outcome: &Outcome, vintage: &Vintage, shown: Shown, span: (f64, f64)) -> ChartKind {
    let place = |area: &AreaNeed| {
        Some(Place {
            // Hundreds of names would cover the map; the table names the areas that matter.
            label: String::new(),
            north: area.latitude?,
            east: area.longitude?,
            group: name_of(&outcome.partners, &area.authority).to_owned(),
            weight: shade(area.need, span),
            marked: shown.marks(area),
        })
    };
    ChartKind::Map {
        places: vintage.areas.iter().filter_map(place).collect(),
        connections: Vec::new(),
        scale: Scale { least: span.0, most: span.1 },
    }
}
