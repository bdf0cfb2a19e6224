//! The map: places where they are, the lines between them, and names that stand clear of each other.

use crate::{Chart, Connection, ConnectionStyle, Place, Scale};

use super::canvas::{Anchor, Canvas, GREY, LEADING, SIZE, SMALL, WIDTH, Words};
use super::ground;
use super::key::{self, Entry, Groups};
use super::labels::{Area, Crowd, Placed, Point};
use super::links::{self, Link};
use super::words::wrap;
use super::{ramp, shapes, text_width};

/// How wide a line of a name may be, and how many lines it may take.
const NAME: f64 = 120.0;
const LINES: usize = 3;
/// How many places are tried for a name: more would be a picture of names.
const NAMED: usize = 200;
/// How many names that found no room are listed under the map.
const LISTED: usize = 36;
/// The height of a row of them.
const ROW: f64 = 11.5;

/// Where nothing stands.
const NOWHERE: Area = Area { left: -900.0, top: -900.0, right: -900.0, bottom: -900.0 };

/// The map as laid out.
struct Map<'a> {
    places: &'a [Place],
    groups: Groups<'a>,
    points: Vec<Option<Point>>,
    links: Vec<Link<'a>>,
    /// The size of shapes: those with a weight, and the others.
    radii: (f64, f64),
    size: f64,
    top: f64,
    bottom: f64,
}

impl Map<'_> {
    fn radius(&self, place: &Place) -> f64 {
        if place.weight.is_some() { self.radii.0 } else { self.radii.1 }
    }

    /// How far a place reaches, with its ring.
    fn reach(&self, place: &Place) -> f64 {
        self.radius(place) + if place.marked { 4.5 } else { 1.0 }
    }
}

/// A name as drawn.
struct Name {
    lines: Vec<String>,
    placed: Placed,
    size: f64,
    numbered: bool,
}

/// The lines, the places, their names, the key, and the names that found no room.
pub fn draw(canvas: &mut Canvas, chart: &Chart, places: &[Place], connections: &[Connection], scale: Scale) {
    let top = key::remark(canvas, 2.0, &chart.vertical, 2);
    let map = laid_out(places, connections, top);
    let (names, listed) = names(&map);
    map.links.iter().for_each(|link| draw_link(canvas, &map, link));
    draw_places(canvas, &map);
    names.iter().for_each(|name| draw_name(canvas, name));
    let y = foot(canvas, chart, &map, scale);
    canvas.height = list(canvas, &map, &listed, y) + 3.0;
}

fn laid_out<'a>(places: &'a [Place], connections: &'a [Connection], top: f64) -> Map<'a> {
    let named = places.iter().filter(|place| !place.label.is_empty()).count();
    let radius = match places.len() {
        ..=30 => 5.0,
        31..=100 => 4.0,
        _ => 3.0,
    };
    let shaded = places.iter().any(|place| place.weight.is_some());
    let radii = (radius, if shaded { 5.5 } else { radius });
    let aside = links::reach(connections, places.len());
    let mut points = ground::points(places, named, aside);
    ground::move_apart(places, &mut points, radii.1 * 2.0 + 3.0, aside);
    let mut links = links::laid(connections, &points, radii.1);
    let drawn = points.iter().flatten().chain(links.iter().flat_map(|link| &link.points));
    let (least, most) = super::scale::extent(drawn.map(|point| point.1)).unwrap_or((0.0, 0.0));
    let moved = top + 22.0 - least;
    points.iter_mut().flatten().for_each(|point| point.1 += moved);
    links.iter_mut().flat_map(|link| &mut link.points).for_each(|point| point.1 += moved);
    let size = if named > 16 { SMALL } else { SIZE };
    let bottom = most + moved + 22.0;
    let groups = Groups::of(places.iter().map(|place| place.group.as_str()));
    Map { places, groups, points, links, radii, size, top, bottom }
}

/// The names that are drawn, and the places whose names are listed under the map instead.
fn names<'a>(map: &Map<'a>) -> (Vec<Name>, Vec<(String, &'a str)>) {
    let within = Area { left: 1.0, top: map.top, right: WIDTH - 1.0, bottom: map.bottom };
    let areas = |nameless: bool| {
        let places = map.places.iter().zip(&map.points);
        let places =
            places.map(move |(place, point)| (place, if can_be_covered(place) == nameless { *point } else { None }));
        let area = |(place, point): (&Place, Option<Point>)| {
            let wide = map.reach(place) * 2.0;
            point.map_or(NOWHERE, |point| Area::about(point, (wide, wide)))
        };
        places.map(area).collect::<Vec<Area>>()
    };
    let lines: Vec<Vec<Point>> = map.links.iter().map(|link| link.points.clone()).collect();
    let mut crowd = Crowd::new(within, areas(false), areas(true), &lines);
    let (mut names, mut missed) = (Vec::new(), Vec::new());
    for (order, place) in ground::most_crowded_first(map.places, &map.points).into_iter().enumerate() {
        if order >= NAMED {
            missed.push(place);
            continue;
        }
        let lines = wrap(&map.places[place].label, map.size, NAME, LINES);
        match crowd.beside(place, size(&lines, map.size)) {
            Some(placed) => names.push(Name { lines, placed, size: map.size, numbered: false }),
            None => missed.push(place),
        }
    }
    missed.sort_unstable();
    let listed = numbered(map, &mut crowd, &missed, &mut names);
    name_lines(map, &mut crowd, &mut names);
    (names, listed)
}

/// Numbers for the places whose names found no room.
fn numbered<'a>(map: &Map<'a>, crowd: &mut Crowd, missed: &[usize], names: &mut Vec<Name>) -> Vec<(String, &'a str)> {
    let mut listed = Vec::with_capacity(missed.len());
    for &place in missed {
        let number = (listed.len() + 1).to_string();
        let lines = vec![number.clone()];
        let tried = listed.len() < LISTED;
        let placed = if tried { crowd.beside(place, size(&lines, map.size)) } else { None };
        let shown = if placed.is_some() { number } else { "–".to_owned() };
        names.extend(placed.map(|placed| Name { lines, placed, size: map.size, numbered: true }));
        listed.push((shown, map.places[place].label.as_str()));
    }
    listed
}

/// The lines' names, where there is room.
fn name_lines(map: &Map, crowd: &mut Crowd, names: &mut Vec<Name>) {
    for (line, link) in map.links.iter().enumerate().filter(|(_, link)| !link.connection.label.is_empty()) {
        let lines = wrap(&link.connection.label, SMALL, NAME, 1);
        if let Some(placed) = crowd.along(line, size(&lines, SMALL)) {
            names.push(Name { lines, placed, size: SMALL, numbered: false });
        }
    }
}

/// How wide and how high lines of words are.
fn size(lines: &[String], size: f64) -> (f64, f64) {
    let widest = lines.iter().map(|line| text_width(line, size)).fold(0.0, f64::max);
    (widest + 2.0, size + 1.0 + (lines.len() as f64 - 1.0) * LEADING * size / SIZE)
}

/// Whether a name may stand on a place where nothing else is free: one of many, without a name.
fn can_be_covered(place: &Place) -> bool {
    place.label.is_empty() && place.weight.is_some() && !place.marked
}

/// A line stops short of the place that it leads to.
fn draw_link(canvas: &mut Canvas, map: &Map, link: &Link) {
    let reach = map.reach(&map.places[link.connection.to]) + 0.5;
    if link.connection.label.is_empty() {
        links::draw(canvas, link, reach);
    } else {
        canvas.named(&link.connection.label, |canvas| links::draw(canvas, link, reach));
    }
}

/// Places with a weight lie under those without, and those singled out on top.
fn draw_places(canvas: &mut Canvas, map: &Map) {
    let mut drawn: Vec<(&Place, Point)> =
        map.places.iter().zip(&map.points).filter_map(|(place, point)| Some((place, (*point)?))).collect();
    drawn.sort_by_key(|(place, _)| (place.marked, place.weight.is_none()));
    for (place, point) in drawn {
        let draw = |canvas: &mut Canvas| draw_place(canvas, map, place, point);
        if place.label.is_empty() { draw(canvas) } else { canvas.named(&place.label, draw) }
    }
}

fn draw_place(canvas: &mut Canvas, map: &Map, place: &Place, point: Point) {
    let group = map.groups.place(&place.group);
    let paint = match place.weight {
        Some(_) => ramp::paint(ramp::step(place.weight)),
        None => shapes::paint(group),
    };
    if place.marked {
        shapes::ring(canvas, point, map.radius(place));
    }
    shapes::draw(canvas, group, point, map.radius(place), &paint);
}

fn draw_name(canvas: &mut Canvas, name: &Name) {
    if let Some((from, to)) = name.placed.leader {
        canvas.line(from, to, "stroke=\"#6b6b6b\" stroke-width=\"0.6\"");
    }
    let (x, middle) = name.placed.area.middle();
    let leading = LEADING * name.size / SIZE;
    let top = middle - leading * (name.lines.len() as f64 - 1.0) / 2.0;
    for (place, line) in name.lines.iter().enumerate() {
        let y = top + leading * place as f64;
        let words = Words::new(line, Anchor::Middle).sized(name.size);
        let words = if name.numbered { words.grey() } else { words };
        if name.placed.over {
            canvas.words_on_white(x, y, &words);
        } else {
            canvas.words(x, y, &words);
        }
    }
}

/// The key, and the words about places that have no position; gives the height under them.
fn foot(canvas: &mut Canvas, chart: &Chart, map: &Map, scale: Scale) -> f64 {
    let mut y = key::draw(canvas, map.bottom, &entries(map));
    y = key::remark(canvas, y, &chart.horizontal, 2);
    if map.places.iter().any(|place| place.weight.is_some()) {
        y = key::draw(canvas, y, &shades(map, scale));
    }
    if map.points.iter().all(Option::is_none) {
        y = key::remark(canvas, y, "No places to show.", 1);
    }
    let lost = map.places.iter().zip(&map.points).filter(|(_, point)| point.is_none()).count();
    if lost > 0 {
        y = key::remark(canvas, y, &format!("Without a position, and not drawn: {lost}."), 1);
    }
    y
}

/// The groups, the styles of lines, and the ring.
fn entries<'a>(map: &'a Map<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = map.groups.named().map(|(group, name)| group_entry(map, group, name)).collect();
    let styles = [
        ConnectionStyle::Plain,
        ConnectionStyle::Weak,
        ConnectionStyle::Possible,
        ConnectionStyle::Added,
        ConnectionStyle::Flow,
    ];
    for style in styles.into_iter().filter(|style| map.links.iter().any(|link| link.connection.style == *style)) {
        entries.push(Entry::new(links::words(style), move |canvas, at| links::sample(canvas, at, style)));
    }
    if map.places.iter().any(|place| place.marked) {
        entries.push(Entry::shape("Ringed: singled out", |canvas, at| {
            shapes::ring(canvas, at, 3.0);
            canvas.circle(at, 3.0, &format!("fill=\"{GREY}\""));
        }));
    }
    entries
}

/// A group's shape: without its colour where all its places are shaded.
fn group_entry<'a>(map: &Map, group: usize, name: &str) -> Entry<'a> {
    let shaded = map.places.iter().filter(|place| place.group == name).all(|place| place.weight.is_some());
    let paint = if shaded { ramp::paint(Some(2)) } else { shapes::paint(group) };
    Entry::shape(name, move |canvas, at| shapes::draw(canvas, group, at, 5.0, &paint))
}

fn shades<'a>(map: &Map, scale: Scale) -> Vec<Entry<'a>> {
    let mut entries =
        ramp::entries(scale, |canvas, (x, y), paint| canvas.rectangle((x - 6.0, y - 6.0), (x + 6.0, y + 6.0), paint));
    if map.places.iter().any(|place| place.weight.is_some_and(|weight| !weight.is_finite())) {
        entries.push(Entry::shape("Not known", |canvas, at| canvas.circle(at, 5.0, &ramp::paint(None))));
    }
    entries
}

/// The names that found no room, in columns; gives the height under them.
fn list(canvas: &mut Canvas, map: &Map, listed: &[(String, &str)], top: f64) -> f64 {
    if listed.is_empty() {
        return top;
    }
    let top = key::remark(canvas, top, "Too close together to be named on the map:", 1) - 3.0;
    let columns = 3;
    let wide = WIDTH / columns as f64;
    let rows = listed.len().min(LISTED).div_ceil(columns);
    for (place, (number, name)) in listed.iter().take(LISTED).enumerate() {
        let (column, row) = (place / rows, place % rows);
        let (x, y) = (column as f64 * wide, top + 7.0 + row as f64 * ROW);
        canvas.words(x + 16.0, y, &Words::new(number, Anchor::End).sized(SMALL).grey());
        let words = wrap(name, SMALL, wide - 28.0, 1).remove(0);
        canvas.words(x + 20.0, y, &Words::new(&words, Anchor::Start).sized(SMALL));
    }
    let y = top + rows as f64 * ROW + 4.0;
    let more = listed.len().saturating_sub(LISTED);
    if more == 0 {
        return y;
    }
    key::remark(canvas, y, &format!("And {more} more of {}, which the table names.", map.places.len()), 1)
}
