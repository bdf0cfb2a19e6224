//! The map: places where they are, the lines between them, and names that stand clear of each other.

use crate::{Chart, Connection, ConnectionStyle, Place};

use super::canvas::{Anchor, Canvas, GREY, LEADING, SIZE, SMALL, WIDTH, Words};
use super::ground;
use super::key::{self, Entry, Groups};
use super::labels::{Area, Crowd, Placed, Point};
use super::links::{self, Link};
use super::words::wrap;
use super::{ramp, shapes, text_width};

/// How wide a name may be before it is shortened.
const NAME: f64 = 150.0;
/// How many names that found no room are listed under the map.
const LISTED: usize = 60;

/// The map as laid out.
struct Map<'a> {
    places: &'a [Place],
    groups: Groups<'a>,
    points: Vec<Option<Point>>,
    links: Vec<Link<'a>>,
    radius: f64,
    size: f64,
    top: f64,
    bottom: f64,
}

/// A name as drawn.
struct Name {
    words: String,
    placed: Placed,
    size: f64,
    numbered: bool,
}

/// The lines, the places, their names, the key, and the names that found no room.
pub fn draw(canvas: &mut Canvas, chart: &Chart, places: &[Place], connections: &[Connection]) {
    let top = key::remark(canvas, 2.0, &chart.vertical, 2);
    let map = laid_out(places, connections, top);
    let (names, listed) = names(&map);
    map.links.iter().for_each(|link| draw_link(canvas, link, map.radius));
    draw_places(canvas, &map);
    names.iter().for_each(|name| draw_name(canvas, name));
    let y = foot(canvas, chart, &map, map.bottom);
    canvas.height = list(canvas, &map, &listed, y) + 3.0;
}

fn laid_out<'a>(places: &'a [Place], connections: &'a [Connection], top: f64) -> Map<'a> {
    let named = places.iter().filter(|place| !place.label.is_empty()).count();
    let radius = match places.len() {
        ..=30 => 5.0,
        31..=100 => 4.0,
        _ => 3.0,
    };
    let aside = links::reach(connections, places.len());
    let mut points = ground::points(places, named, aside);
    ground::move_apart(places, &mut points, radius * 2.0 + 3.0, aside);
    let mut links = links::laid(connections, &points, radius);
    let drawn = points.iter().flatten().chain(links.iter().flat_map(|link| &link.points));
    let (least, most) = super::scale::extent(drawn.map(|point| point.1)).unwrap_or((0.0, 0.0));
    let moved = top + 22.0 - least;
    points.iter_mut().flatten().for_each(|point| point.1 += moved);
    links.iter_mut().flat_map(|link| &mut link.points).for_each(|point| point.1 += moved);
    let size = if named > 16 { SMALL } else { SIZE };
    let bottom = most + moved + 22.0;
    let groups = Groups::of(places.iter().map(|place| place.group.as_str()));
    Map { places, groups, points, links, radius, size, top, bottom }
}

/// The names that are drawn, and the places whose names are listed under the map instead.
fn names<'a>(map: &Map<'a>) -> (Vec<Name>, Vec<(String, &'a str)>) {
    let within = Area { left: 1.0, top: map.top, right: WIDTH - 1.0, bottom: map.bottom };
    let area = |place: &Place, point: Point| {
        let half = if place.marked { map.radius + 5.0 } else { map.radius + 1.0 };
        Area::about(point, (half * 2.0, half * 2.0))
    };
    let nowhere = Area::about((-900.0, -900.0), (0.0, 0.0));
    let areas = map.places.iter().zip(&map.points).map(|(place, point)| point.map_or(nowhere, |at| area(place, at)));
    let lines: Vec<Vec<Point>> = map.links.iter().map(|link| link.points.clone()).collect();
    let mut crowd = Crowd::new(within, areas.collect(), &lines);
    let (mut names, mut missed) = (Vec::new(), Vec::new());
    for place in ground::most_crowded_first(map.places, &map.points) {
        let words = wrap(&map.places[place].label, map.size, NAME, 1).remove(0);
        match crowd.beside(place, size(&words, map.size)) {
            Some(placed) => names.push(Name { words, placed, size: map.size, numbered: false }),
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
        let placed = crowd.beside(place, size(&number, map.size));
        let shown = if placed.is_some() { number.clone() } else { "–".to_owned() };
        names.extend(placed.map(|placed| Name { words: number, placed, size: map.size, numbered: true }));
        listed.push((shown, map.places[place].label.as_str()));
    }
    listed
}

/// The lines' names, where there is room.
fn name_lines(map: &Map, crowd: &mut Crowd, names: &mut Vec<Name>) {
    for (line, link) in map.links.iter().enumerate().filter(|(_, link)| !link.connection.label.is_empty()) {
        let words = wrap(&link.connection.label, SMALL, NAME, 1).remove(0);
        if let Some(placed) = crowd.along(line, size(&words, SMALL)) {
            names.push(Name { words, placed, size: SMALL, numbered: false });
        }
    }
}

fn size(words: &str, size: f64) -> (f64, f64) {
    (text_width(words, size) + 2.0, size + 1.0)
}

fn draw_link(canvas: &mut Canvas, link: &Link, radius: f64) {
    if link.connection.label.is_empty() {
        links::draw(canvas, link, radius + 1.5);
    } else {
        canvas.named(&link.connection.label, |canvas| links::draw(canvas, link, radius + 1.5));
    }
}

/// Places with a weight lie under those without.
fn draw_places(canvas: &mut Canvas, map: &Map) {
    for weighted in [true, false] {
        let places = map.places.iter().zip(&map.points).filter(|(place, _)| place.weight.is_some() == weighted);
        for (place, point) in places.filter_map(|(place, point)| Some((place, (*point)?))) {
            let draw = |canvas: &mut Canvas| draw_place(canvas, map, place, point);
            if place.label.is_empty() { draw(canvas) } else { canvas.named(&place.label, draw) }
        }
    }
}

fn draw_place(canvas: &mut Canvas, map: &Map, place: &Place, point: Point) {
    let group = map.groups.place(&place.group);
    let paint = match place.weight {
        Some(_) => ramp::paint(ramp::step(place.weight)),
        None => shapes::paint(group),
    };
    shapes::draw(canvas, group, point, map.radius, &paint);
    if place.marked {
        shapes::ring(canvas, point, map.radius);
    }
}

fn draw_name(canvas: &mut Canvas, name: &Name) {
    let (x, y) = name.placed.area.middle();
    if let Some((from, to)) = name.placed.leader {
        canvas.line(from, to, "stroke=\"#6b6b6b\" stroke-width=\"0.6\"");
    }
    let words = Words::new(&name.words, Anchor::Middle).sized(name.size);
    let words = if name.numbered { words.grey() } else { words };
    if name.placed.over_lines {
        canvas.words_on_white(x, y, &words);
    } else {
        canvas.words(x, y, &words);
    }
}

/// The key, and the words about places that have no position; gives the height under them.
fn foot(canvas: &mut Canvas, chart: &Chart, map: &Map, top: f64) -> f64 {
    let mut y = key::draw(canvas, top, &entries(map));
    y = key::remark(canvas, y, &chart.horizontal, 2);
    if map.places.iter().any(|place| place.weight.is_some()) {
        y = key::draw(canvas, y, &shades(map));
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
        entries.push(Entry::new("Ringed: singled out", |canvas, at| {
            canvas.circle(at, 3.0, &format!("fill=\"{GREY}\""));
            shapes::ring(canvas, at, 3.0);
        }));
    }
    entries
}

/// A group's shape: without its colour where all its places are shaded.
fn group_entry<'a>(map: &Map, group: usize, name: &str) -> Entry<'a> {
    let shaded = map.places.iter().filter(|place| place.group == name).all(|place| place.weight.is_some());
    let paint = if shaded { ramp::paint(Some(2)) } else { shapes::paint(group) };
    Entry::new(name, move |canvas, at| shapes::draw(canvas, group, at, 5.0, &paint))
}

fn shades<'a>(map: &Map) -> Vec<Entry<'a>> {
    let mut entries =
        ramp::entries(|canvas, (x, y), paint| canvas.rectangle((x + 1.0, y - 6.0), (x + 13.0, y + 6.0), paint));
    if map.places.iter().any(|place| place.weight.is_some_and(|weight| !weight.is_finite())) {
        entries.push(Entry::new("Not known", |canvas, at| canvas.circle(at, 5.0, &ramp::paint(None))));
    }
    entries
}

/// The names that found no room, in columns; gives the height under them.
fn list(canvas: &mut Canvas, map: &Map, listed: &[(String, &str)], top: f64) -> f64 {
    let columns = 3;
    let wide = WIDTH / columns as f64;
    let rows = listed.len().min(LISTED).div_ceil(columns);
    for (place, (number, name)) in listed.iter().take(LISTED).enumerate() {
        let (column, row) = (place / rows.max(1), place % rows.max(1));
        let (x, y) = (column as f64 * wide, top + 7.0 + row as f64 * LEADING);
        canvas.words(x + 16.0, y, &Words::new(number, Anchor::End).sized(SMALL).grey());
        let words = wrap(name, SMALL, wide - 28.0, 1).remove(0);
        canvas.words(x + 20.0, y, &Words::new(&words, Anchor::Start).sized(SMALL));
    }
    let y = top + rows as f64 * LEADING + if rows > 0 { 4.0 } else { 0.0 };
    let more = listed.len().saturating_sub(LISTED);
    if more == 0 {
        return y;
    }
    key::remark(canvas, y, &format!("And {more} more of {}, which the table names.", map.places.len()), 1)
}
