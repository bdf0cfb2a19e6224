//! The lines of a map: several between the same two places fan out, and each style is told apart in grey.

use std::collections::BTreeMap;

use crate::{Connection, ConnectionStyle};

use super::canvas::{Canvas, PALETTE};
use super::labels::{Point, length};

/// The pieces of which a curve is made.
const PIECES: usize = 24;
/// How far a fan reaches to either side.
const REACH: f64 = 85.0;
/// The distance between the middles of two lines of a fan.
const GAP: f64 = 32.0;
/// How long an arrow's head is.
const HEAD: f64 = 8.0;

/// A line as it runs over the picture.
pub struct Link<'a> {
    /// What it stands for.
    pub connection: &'a Connection,
    /// The points it runs through.
    pub points: Vec<Point>,
}

/// How far the widest fan reaches to either side of a straight line.
pub fn reach(connections: &[Connection], places: usize) -> f64 {
    let most = fans(connections, places).values().map(Vec::len).max().unwrap_or(1);
    ((most as f64 - 1.0) / 2.0 * GAP).min(REACH)
}

/// The lines between places that are drawn, those between the same two fanned out.
pub fn laid<'a>(connections: &'a [Connection], places: &[Option<Point>], radius: f64) -> Vec<Link<'a>> {
    let mut links: Vec<(usize, Link)> = Vec::new();
    for ((low, high), members) in fans(connections, places.len()) {
        let (Some(from), Some(to)) = (places[low], places[high]) else { continue };
        for (place, &member) in members.iter().enumerate() {
            let connection = &connections[member];
            let mut points = match low == high {
                true => looped(from, radius + 5.0 + 4.0 * place as f64),
                false => bent((from, to), place as f64 - (members.len() as f64 - 1.0) / 2.0, members.len()),
            };
            if connection.from > connection.to {
                points.reverse();
            }
            links.push((member, Link { connection, points }));
        }
    }
    links.sort_by_key(|(member, _)| *member);
    links.into_iter().map(|(_, link)| link).collect()
}

/// The connections between each two places, by their indices.
fn fans(connections: &[Connection], places: usize) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut fans: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (member, connection) in connections.iter().enumerate() {
        let ends = (connection.from.min(connection.to), connection.from.max(connection.to));
        if ends.1 < places {
            fans.entry(ends).or_default().push(member);
        }
    }
    fans
}

/// A line bent sideways by so many steps of its fan; straight in its middle.
fn bent((from, to): (Point, Point), steps: f64, members: usize) -> Vec<Point> {
    let long = length((from, to));
    let half = ((members as f64 - 1.0) / 2.0).max(0.5);
    let gap = GAP.min(f64::max(long * 0.15, 6.0)).min(REACH / half);
    if steps == 0.0 || long == 0.0 {
        return vec![from, to];
    }
    let (across, down) = ((to.0 - from.0) / long, (to.1 - from.1) / long);
    let aside = steps * gap;
    (0..=PIECES)
        .map(|piece| {
            let share = piece as f64 / PIECES as f64;
            let bulge = 4.0 * share * (1.0 - share) * aside;
            let along = share * long;
            (from.0 + across * along - down * bulge, from.1 + down * along + across * bulge)
        })
        .collect()
}

/// A line from a place to itself: a ring above it.
fn looped((x, y): Point, radius: f64) -> Vec<Point> {
    let angle = |piece: usize| std::f64::consts::TAU * piece as f64 / PIECES as f64;
    let at = |piece| (x - radius * libm::sin(angle(piece)), y - radius + radius * libm::cos(angle(piece)));
    (0..=PIECES).map(at).collect()
}

/// The line, with an arrow that stops short of its place where something moves along it.
pub fn draw(canvas: &mut Canvas, link: &Link, radius: f64) {
    let paint = paint(link.connection.style);
    if link.connection.style != ConnectionStyle::Flow {
        canvas.polyline(&link.points, &paint);
        return;
    }
    let tip = shortened(&link.points, radius);
    let stem = shortened(&tip, HEAD * 0.8);
    canvas.polyline(&stem, &paint);
    arrow(canvas, &stem, &tip);
}

fn arrow(canvas: &mut Canvas, stem: &[Point], tip: &[Point]) {
    let (Some(&from), Some(&to)) = (stem.last(), tip.last()) else { return };
    let long = length((from, to));
    if long == 0.0 {
        return;
    }
    let (across, down) = ((to.0 - from.0) / long, (to.1 - from.1) / long);
    let foot = (to.0 - across * HEAD, to.1 - down * HEAD);
    let wing = |side: f64| (foot.0 - down * side * HEAD * 0.5, foot.1 + across * side * HEAD * 0.5);
    canvas.polygon(&[to, wing(1.0), wing(-1.0)], &format!("fill=\"{}\"", PALETTE[0]));
}

/// The line without so much of its end, though never without all of it.
fn shortened(points: &[Point], by: f64) -> Vec<Point> {
    let total: f64 = points.windows(2).map(|ends| length((ends[0], ends[1]))).sum();
    let mut rest = by.min(total * 0.45);
    let mut points = points.to_vec();
    while let [.., before, end] = points[..] {
        let long = length((before, end));
        points.pop();
        if rest < long {
            let share = rest / long;
            points.push((end.0 + (before.0 - end.0) * share, end.1 + (before.1 - end.1) * share));
            break;
        }
        rest -= long;
    }
    points
}

fn paint(style: ConnectionStyle) -> String {
    let (colour, width, dash) = match style {
        ConnectionStyle::Plain => ("#4d4d4d", 1.25, ""),
        ConnectionStyle::Weak => (PALETTE[3], 3.5, ""),
        ConnectionStyle::Possible => (PALETTE[0], 1.25, " stroke-dasharray=\"4 3\""),
        ConnectionStyle::Added => (PALETTE[0], 3.5, " stroke-dasharray=\"9 4\""),
        ConnectionStyle::Flow => (PALETTE[0], 1.75, ""),
    };
    format!("stroke=\"{colour}\" stroke-width=\"{width}\"{dash}")
}

/// What the key says of a style.
pub fn words(style: ConnectionStyle) -> &'static str {
    match style {
        ConnectionStyle::Plain => "There is another way round",
        ConnectionStyle::Weak => "Nothing goes round it",
        ConnectionStyle::Possible => "Could be added",
        ConnectionStyle::Added => "Would be added",
        ConnectionStyle::Flow => "Moves the way of the arrow",
    }
}

/// A short line in a style, for the key.
pub fn sample(canvas: &mut Canvas, (x, y): Point, style: ConnectionStyle) {
    let connection = Connection { from: 0, to: 1, label: String::new(), style };
    let link = Link { connection: &connection, points: vec![(x - 13.0, y), (x + 13.0, y)] };
    draw(canvas, &link, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(from: usize, to: usize) -> Connection {
        Connection { from, to, label: String::new(), style: ConnectionStyle::Flow }
    }

    #[test]
    fn flows_both_ways_run_apart_and_end_where_they_lead() {
        let places = [Some((0.0, 0.0)), Some((100.0, 0.0))];
        let connections = [connection(0, 1), connection(1, 0)];
        let links = laid(&connections, &places, 4.0);
        assert_eq!(links[0].points.last(), Some(&(100.0, 0.0)));
        assert_eq!(links[1].points.last(), Some(&(0.0, 0.0)));
        let middle = PIECES / 2;
        assert!((links[0].points[middle].1 - links[1].points[middle].1).abs() > 10.0);
    }

    #[test]
    fn lines_to_places_that_are_not_there_are_left_out() {
        assert!(laid(&[connection(0, 7)], &[Some((0.0, 0.0))], 4.0).is_empty());
        assert!(laid(&[connection(0, 1)], &[Some((0.0, 0.0)), None], 4.0).is_empty());
    }

    #[test]
    fn a_shortened_line_ends_before_its_place() {
        assert_eq!(shortened(&[(0.0, 0.0), (10.0, 0.0)], 2.0), [(0.0, 0.0), (8.0, 0.0)]);
        assert_eq!(shortened(&[(0.0, 0.0), (10.0, 0.0), (11.0, 0.0)], 2.0), [(0.0, 0.0), (9.0, 0.0)]);
    }
}
