//! Maps, tiles, racks and timelines as the analyses make them.

use penshaw_basis::Date;

use super::LONG;
use crate::{
    ChartKind, Connection, ConnectionStyle, DayMarker, Place, RackBlock, RackFront, Scale, Span, Tile, TileGroup,
};

const STYLES: [ConnectionStyle; 5] = [
    ConnectionStyle::Plain,
    ConnectionStyle::Weak,
    ConnectionStyle::Possible,
    ConnectionStyle::Added,
    ConnectionStyle::Flow,
];

/// Fifty German cities, degrees north and east.
///
/// Source: Orlowski and others (2010), "SNDlib 1.0: survivable network design library",
/// Networks 55(3), 276–286: the nodes of germany50.
const CITIES: [(&str, f64, f64); 50] = [
    ("Aachen", 50.76, 6.04),
    ("Augsburg", 48.33, 10.9),
    ("Bayreuth", 49.93, 11.59),
    ("Berlin", 52.52, 13.39),
    ("Bielefeld", 52.04, 8.5),
    ("Braunschweig", 52.28, 10.55),
    ("Bremen", 53.11, 8.85),
    ("Bremerhaven", 53.54, 8.58),
    ("Chemnitz", 50.84, 12.93),
    ("Darmstadt", 49.89, 8.65),
    ("Dortmund", 51.51, 7.45),
    ("Dresden", 51.03, 13.73),
    ("Duesseldorf", 51.25, 6.77),
    ("Erfurt", 50.98, 11.04),
    ("Essen", 51.46, 7.02),
    ("Flensburg", 54.77, 9.45),
    ("Frankfurt", 50.12, 8.71),
    ("Freiburg", 47.98, 7.8),
    ("Fulda", 50.56, 9.69),
    ("Giessen", 50.57, 8.67),
    ("Greifswald", 54.09, 13.4),
    ("Hamburg", 53.57, 9.99),
    ("Hannover", 52.38, 9.72),
    ("Kaiserslautern", 49.43, 7.75),
    ("Karlsruhe", 49.01, 8.41),
    ("Kassel", 51.32, 9.51),
    ("Kempten", 47.72, 10.32),
    ("Kiel", 54.34, 10.12),
    ("Koblenz", 50.4, 7.52),
    ("Koeln", 50.94, 6.87),
    ("Konstanz", 47.66, 9.18),
    ("Leipzig", 51.34, 12.38),
    ("Magdeburg", 52.14, 11.64),
    ("Mannheim", 49.49, 8.49),
    ("Muenchen", 48.15, 11.57),
    ("Muenster", 51.97, 7.6),
    ("Norden", 53.6, 7.21),
    ("Nuernberg", 49.57, 11.03),
    ("Oldenburg", 53.11, 8.21),
    ("Osnabrueck", 52.28, 8.03),
    ("Passau", 48.57, 13.46),
    ("Regensburg", 49.0, 12.09),
    ("Saarbruecken", 49.23, 7.03),
    ("Schwerin", 53.55, 11.45),
    ("Siegen", 50.91, 8.03),
    ("Stuttgart", 48.74, 9.1),
    ("Trier", 49.75, 6.68),
    ("Ulm", 48.4, 9.99),
    ("Wesel", 51.39, 6.37),
    ("Wuerzburg", 49.78, 9.97),
];

pub fn place(label: &str, north: f64, east: f64, group: &str) -> Place {
    Place { label: label.into(), north, east, group: group.into(), weight: None, marked: false }
}

pub fn connection(from: usize, to: usize, label: &str, style: ConnectionStyle) -> Connection {
    Connection { from, to, label: label.into(), style }
}

/// A network of fifty places; each two are joined if no third lies in the circle between them.
pub fn network() -> ChartKind {
    let groups = ["Sunderland", "Durham", "Health service", "Fire & rescue"];
    let city = |(index, (name, north, east)): (usize, &(&str, f64, f64))| Place {
        marked: index % 17 == 3,
        ..place(name, *north, *east, groups[index * 7 % 4])
    };
    let squared = |one: usize, other: usize| {
        let (north, east) = (CITIES[one].1 - CITIES[other].1, (CITIES[one].2 - CITIES[other].2) * 0.63);
        north * north + east * east
    };
    let joined = |one: usize, other: usize| {
        (0..50).all(|third| squared(one, third) + squared(third, other) >= squared(one, other))
    };
    let pairs = (0..50).flat_map(|one| (one + 1..50).map(move |other| (one, other)));
    let pairs = pairs.filter(|(one, other)| joined(*one, *other));
    let style = |place: usize| STYLES[if place.is_multiple_of(9) { place / 9 % 4 } else { 0 }];
    let connections = pairs.enumerate().map(|(place, (from, to))| connection(from, to, "", style(place)));
    ChartKind::Map {
        places: CITIES.iter().enumerate().map(city).collect(),
        connections: connections.collect(),
        scale: Scale::default(),
    }
}

/// Two sites with a link of every style between them, and one more flow back.
pub fn two_sites() -> ChartKind {
    let places = vec![
        Place { marked: true, ..place("Moorside data centre, Sunderland", 54.872, -1.43, "Sunderland") },
        place("County Hall, Durham", 54.785, -1.586, "Durham"),
    ];
    let names = ["10 Gbit/s, ends 2028", "1 Gbit/s", "Dark fibre", "Recovery link", "Copies every night"];
    let mut connections: Vec<Connection> =
        STYLES.iter().zip(names).map(|(style, name)| connection(0, 1, name, *style)).collect();
    connections.push(connection(1, 0, "Copies back", ConnectionStyle::Flow));
    ChartKind::Map { places, connections, scale: Scale::default() }
}

/// So many shaded small areas about two named sites.
pub fn areas(count: usize) -> ChartKind {
    let area = |index: usize| {
        let (ring, angle) = (libm::sqrt(index as f64) / 90.0, index as f64 * 2.399_963);
        Place {
            label: String::new(),
            north: 54.8 + ring * libm::sin(angle),
            east: -1.5 + 1.7 * ring * libm::cos(angle),
            group: if index.is_multiple_of(3) { "Sunderland" } else { "Durham" }.into(),
            weight: Some((index * 37 % 101) as f64 / 100.0),
            marked: index == 5,
        }
    };
    let mut places: Vec<Place> = (0..count).map(area).collect();
    places.push(place("Moorside", 54.872, -1.43, "Site"));
    places.push(place("County Hall", 54.785, -1.586, "Site"));
    ChartKind::Map { places, connections: Vec::new(), scale: Scale::default() }
}

/// Places with long names at nearly one point, more than there is room for.
pub fn crowded(count: usize) -> ChartKind {
    let at = |index: usize| place(&format!("{LONG} {index}"), 54.9 + index as f64 * 1e-6, -1.4, "Durham & <all>");
    let places: Vec<Place> = (0..count).map(at).collect();
    let connections = (1..count).map(|to| connection(0, to, LONG, STYLES[to % 5])).collect();
    ChartKind::Map { places, connections, scale: Scale::default() }
}

pub fn tiles(counts: &[usize]) -> ChartKind {
    let tile = |index: usize| Tile {
        label: format!("County Durham {index:03}A & <on>"),
        weight: (!index.is_multiple_of(41)).then_some((index * 61 % 100) as f64 / 99.0),
        marked: index % 53 == 7,
    };
    let group = |(place, count): (usize, &usize)| TileGroup {
        label: format!("{} {place}", if place == 1 { LONG } else { "Sunderland" }),
        tiles: (0..*count).map(tile).collect(),
    };
    let groups = counts.iter().enumerate().map(group).collect();
    ChartKind::Tiles {
        measure: "Risk of digital exclusion (index from 0 to 1)".into(),
        groups,
        scale: Scale::default(),
    }
}

fn block(label: &str, from_unit: u32, to_unit: u32, group: &str) -> RackBlock {
    RackBlock { label: label.into(), from_unit, to_unit, group: group.into(), empty: false }
}

pub fn racks(count: usize) -> ChartKind {
    let groups = ["Sunderland", "Durham", "Fire & rescue", "Health <NHS>", "Schools", "Supplier", "Police"];
    let rack = |index: usize| {
        let mut blocks = vec![
            block("Power distribution", 1, 2, groups[0]),
            block("Storage array", 3, 8, groups[index % 7]),
            block("Virtual machine hosts 1 to 4", 9, 12, groups[(index + 1) % 7]),
            RackBlock { empty: true, ..block("Let to Durham until 1 June 2028", 20, 29, groups[(index + 1) % 7]) },
            RackBlock { empty: true, ..block("Let", 30, 31, groups[0]) },
            block("Firewall", 39, 39, groups[(index + 2) % 7]),
            block("Core switch & patch panel <A>", 41, 41, groups[(index + 3) % 7]),
            block("Switch", 42, 42, groups[(index + 4) % 7]),
        ];
        if index == 1 {
            blocks.push(block("Backup", 7, 10, groups[4]));
            blocks.push(block("Beyond the top", 50, 52, groups[4]));
        }
        RackFront { label: format!("Rack {}, Moorside data centre", index + 1), units: 42, blocks }
    };
    ChartKind::Racks { racks: (0..count).map(rack).collect() }
}

fn day(month: i32) -> Date {
    Date::new((2026 + month.div_euclid(12)) as i16, (month.rem_euclid(12) + 1) as i8, 8).expect("a day of the sample")
}

/// So many spans that begin some months apart and last a while.
pub fn timeline(count: usize, apart: i32) -> ChartKind {
    let groups = ["Contract", "Notice period", "Move & <test>", "Option to extend"];
    let span = |index: usize| {
        let starts = index as i32 * apart;
        let label = if index % 5 == 2 { LONG.to_owned() } else { format!("Hosting of revenues and benefits {index}") };
        Span { label, starts: day(starts), ends: day(starts + 7 + index as i32 % 4), group: groups[index % 4].into() }
    };
    let marker = |(month, label): (i32, &str)| DayMarker { label: label.into(), day: day(month) };
    let days = [(2, "Decision of both cabinets"), (3, "Vesting day"), (4, "Exit"), (11, "Lease ends & <keys>")];
    ChartKind::Timeline { spans: (0..count).map(span).collect(), days: days.map(marker).to_vec() }
}

/// A timeline with a span that has no end in sight.
pub fn endless() -> ChartKind {
    let ChartKind::Timeline { mut spans, days } = timeline(4, 3) else { unreachable!("a timeline was made") };
    spans[1].ends = Date::MAX;
    ChartKind::Timeline { spans, days }
}

/// Everything, by name, for the tests that hold for every picture.
pub fn all() -> Vec<(&'static str, ChartKind)> {
    vec![
        ("network", network()),
        ("two-sites", two_sites()),
        ("areas", areas(1_000)),
        ("crowded", crowded(30)),
        ("crowd", crowded(260)),
        ("tiles", tiles(&[185, 331])),
        ("few-tiles", tiles(&[7, 0, 12])),
        ("racks", racks(3)),
        ("many-racks", racks(11)),
        ("one-rack", racks(1)),
        ("timeline", timeline(9, 2)),
        ("long-timeline", timeline(40, 4)),
        ("endless", endless()),
    ]
}

/// Pictures of nothing, of one thing, and of things that are wrong.
pub fn odd() -> Vec<ChartKind> {
    let lost = place("Lost", f64::NAN, 1.0, "");
    let far = Place { weight: Some(f64::INFINITY), ..place("Far", 1e300, -1e300, "Far") };
    let same = || vec![place("A", 54.9, -1.4, ""), place("B", 54.9, -1.4, ""), place("C", 54.9, -1.4, "")];
    let wrong = vec![connection(0, 0, "Loop", ConnectionStyle::Flow), connection(0, 9, "Off", STYLES[0])];
    let nowhere = Date::MIN;
    let span = Span { label: LONG.into(), starts: Date::MAX, ends: nowhere, group: String::new() };
    let rack = RackFront { label: String::new(), units: 0, blocks: vec![block(LONG, u32::MAX, 0, "")] };
    let huge = RackFront { label: LONG.into(), units: u32::MAX, blocks: vec![block(LONG, 5, 1, LONG)] };
    vec![
        ChartKind::Map { places: Vec::new(), connections: Vec::new(), scale: Scale::default() },
        ChartKind::Map {
            places: vec![place("Only", 54.9, -1.4, "")],
            connections: wrong.clone(),
            scale: Scale::default(),
        },
        ChartKind::Map { places: same(), connections: wrong, scale: Scale::default() },
        ChartKind::Map {
            places: vec![lost, far, place("North", 520_000.0, 430_000.0, "")],
            connections: Vec::new(),
            scale: Scale::default(),
        },
        ChartKind::Tiles { measure: String::new(), groups: Vec::new(), scale: Scale::default() },
        tiles(&[6_000]),
        ChartKind::Racks { racks: Vec::new() },
        ChartKind::Racks { racks: vec![rack, huge] },
        ChartKind::Timeline { spans: Vec::new(), days: Vec::new() },
        ChartKind::Timeline {
            spans: vec![span.clone(); 3],
            days: vec![DayMarker { label: LONG.into(), day: nowhere }],
        },
        ChartKind::Timeline { spans: Vec::new(), days: vec![DayMarker { label: LONG.into(), day: day(3) }; 5] },
    ]
}
