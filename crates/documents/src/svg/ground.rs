//! From degrees to the picture: equal scales both ways, and places that coincide moved apart.
//!
//! The projection is the equirectangular one with the middle latitude as its standard
//! parallel: `x = east · cos(middle)`, `y = north`. Over a few hundred kilometres it keeps
//! directions and distances to well under the width of a place's shape.
//!
//! Source: Snyder (1987), "Map projections: a working manual", US Geological Survey
//! professional paper 1395, chapter 12.

use crate::Place;

use super::canvas::WIDTH;
use super::labels::{Point, length};
use super::scale::extent;

/// The room at the left and the right.
const MARGIN: f64 = 32.0;
/// How often places that touch are pushed apart.
const PUSHES: usize = 200;
/// The most places that are pushed apart; more of them are a picture of density.
const PUSHED: usize = 400;
/// The least extent that fills the picture, in degrees: about 200 metres. Less is drawn as one spot.
const SPOT: f64 = 0.002;
/// How close others must be to crowd a place.
const CLOSE: f64 = 60.0;

/// Where each place stands, from nought downwards; nothing where it has no position.
///
/// `aside` is the room that lines bent outwards need at the left and the right.
pub fn points(places: &[Place], named: usize, aside: f64) -> Vec<Option<Point>> {
    let sound = |measure: f64| measure.is_finite() && measure.abs() < 1e9;
    let sound = |place: &&Place| sound(place.north) && sound(place.east);
    let (south, north) = extent(places.iter().filter(sound).map(|place| place.north)).unwrap_or((0.0, 0.0));
    let (west, east) = extent(places.iter().filter(sound).map(|place| place.east)).unwrap_or((0.0, 0.0));
    let narrowing = narrowing(south, north);
    let (wide, high) = ((east - west) * narrowing, north - south);
    let scale = scale(wide, high, WIDTH - 2.0 * (MARGIN + aside), height(places.len(), named));
    let left = (WIDTH - wide * scale) / 2.0;
    let point = |place: &Place| (left + (place.east - west) * narrowing * scale, (north - place.north) * scale);
    places.iter().map(|place| sound(&place).then(|| point(place))).collect()
}

/// The cosine of the middle latitude; one where the measure cannot be degrees.
fn narrowing(south: f64, north: f64) -> f64 {
    if south < -90.0 || north > 90.0 {
        return 1.0;
    }
    libm::cos(((south + north) / 2.0).to_radians()).max(0.05)
}

/// Picture units a degree, so that both ways fit.
fn scale(wide: f64, high: f64, width: f64, height: f64) -> f64 {
    (width / wide.max(SPOT)).min(height / high.max(SPOT))
}

/// The height that a map with so many places and names may take.
fn height(places: usize, named: usize) -> f64 {
    match named.max(places / 8) {
        ..=4 => 220.0,
        5..=12 => 300.0,
        13..=30 => 400.0,
        31..=100 => 520.0,
        _ => 460.0,
    }
}

/// Pushes places that would cover each other apart, each as far as the other.
///
/// Shaded places are left where they are: they show where there are many.
pub fn move_apart(places: &[Place], points: &mut [Option<Point>], least: f64, aside: f64) {
    let moved = |place: &usize| points[*place].is_some() && places[*place].weight.is_none();
    let movable: Vec<usize> = (0..places.len()).filter(moved).collect();
    if movable.len() > PUSHED {
        return;
    }
    for _ in 0..PUSHES {
        let mut touched = false;
        for (order, &one) in movable.iter().enumerate() {
            for &other in &movable[order + 1..] {
                touched |= push(points, (one, other), least);
            }
        }
        if !touched {
            break;
        }
    }
    let (left, right) = (MARGIN / 2.0 + aside, WIDTH - MARGIN / 2.0 - aside);
    points.iter_mut().flatten().for_each(|point| point.0 = point.0.clamp(left, right));
}

/// Pushes two places apart if they are too close; whether they were.
fn push(points: &mut [Option<Point>], (one, other): (usize, usize), least: f64) -> bool {
    let (Some(from), Some(to)) = (points[one], points[other]) else { return false };
    let long = length((from, to));
    if long >= least - 0.01 {
        return false;
    }
    // Places at nearly the same point leave it in directions that differ from pair to pair: the golden angle.
    let angle = 2.399_963_229_728_653 * other as f64;
    let (across, down) = match long > 1.0 {
        true => ((to.0 - from.0) / long, (to.1 - from.1) / long),
        false => (libm::cos(angle), libm::sin(angle)),
    };
    let by = (least - long) / 2.0;
    points[one] = Some((from.0 - across * by, from.1 - down * by));
    points[other] = Some((to.0 + across * by, to.1 + down * by));
    true
}

/// The places that have a name: those singled out first, then those with most others close by.
pub fn most_crowded_first(places: &[Place], points: &[Option<Point>]) -> Vec<usize> {
    let named = |place: &usize| points[*place].is_some() && !places[*place].label.is_empty();
    let crowding = |place: usize| {
        let others = points.iter().flatten();
        points[place].map_or(0, |own| others.filter(|other| length((own, **other)) < CLOSE).count())
    };
    let named = (0..places.len()).filter(named);
    let mut order: Vec<(bool, usize, usize)> =
        named.map(|place| (places[place].marked, crowding(place), place)).collect();
    order.sort_by(|one, other| (other.0, other.1, one.2).cmp(&(one.0, one.1, other.2)));
    order.into_iter().map(|(_, _, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(north: f64, east: f64) -> Place {
        Place { label: "S".into(), north, east, group: String::new(), weight: None, marked: false }
    }

    #[test]
    fn a_degree_east_is_as_wide_as_the_cosine_of_the_latitude_says() {
        let points = points(&[place(59.5, 0.0), place(60.5, 0.0), place(60.0, 1.0)], 3, 0.0);
        let points: Vec<Point> = points.into_iter().flatten().collect();
        let north = points[0].1 - points[1].1;
        let east = points[2].0 - points[0].0;
        assert!((east / north - 0.5).abs() < 1e-9, "{east} against {north}");
    }

    #[test]
    fn places_at_one_point_are_moved_apart_within_the_picture() {
        let places = vec![place(54.9, -1.4); 9];
        let mut points = points(&places, 9, 0.0);
        move_apart(&places, &mut points, 13.0, 0.0);
        let points: Vec<Point> = points.into_iter().flatten().collect();
        for (order, one) in points.iter().enumerate() {
            for other in &points[order + 1..] {
                assert!(length((*one, *other)) > 10.0, "{one:?} and {other:?}");
            }
        }
    }
}
