//! One tile an area, shaded by a weight, the groups one below another.

use crate::{Chart, Scale, Tile, TileGroup};

use super::canvas::{Anchor, Canvas, GREY, LEADING, SIZE, WIDTH, Words};
use super::key::{self, Entry};
use super::ramp;
use super::words::wrap;

/// The largest and the smallest distance from tile to tile.
const LARGEST: f64 = 30.0;
const SMALLEST: f64 = 5.0;
/// The height that all tiles together should take at most.
const HEIGHT: f64 = 400.0;

/// The measure, the key, and the groups with their tiles.
pub fn draw(canvas: &mut Canvas, chart: &Chart, measure: &str, groups: &[TileGroup], scale: Scale) {
    let measure = if measure.is_empty() { chart.horizontal.as_str() } else { measure };
    let mut y = key::remark(canvas, 2.0, measure, 2);
    y = key::draw(canvas, y, &entries(groups, scale)) + 6.0;
    let pitch = pitch(groups);
    for group in groups {
        y = heading(canvas, group, y);
        y = tiles(canvas, &group.tiles, y, pitch, scale) + 8.0;
    }
    if groups.iter().all(|group| group.tiles.is_empty()) {
        y = key::remark(canvas, y, "No areas to show.", 1);
    }
    canvas.height = y + 2.0;
}

/// The largest distance at which all groups fit.
fn pitch(groups: &[TileGroup]) -> f64 {
    let mut pitch = LARGEST;
    let rows = |pitch: f64| groups.iter().map(|group| group.tiles.len().div_ceil(across(pitch))).sum::<usize>();
    while pitch > SMALLEST && rows(pitch) as f64 * pitch > HEIGHT {
        pitch -= 0.5;
    }
    pitch
}

/// How many tiles stand side by side.
fn across(pitch: f64) -> usize {
    (WIDTH / pitch) as usize
}

fn heading(canvas: &mut Canvas, group: &TileGroup, top: f64) -> f64 {
    let mut y = top;
    for line in wrap(&group.label, SIZE, WIDTH / 1.1, 2).iter().filter(|line| !line.is_empty()) {
        canvas.words(0.0, y + 7.0, &Words::new(line, Anchor::Start).bold());
        y += LEADING + 2.0;
    }
    y + 2.0
}

fn tiles(canvas: &mut Canvas, tiles: &[Tile], top: f64, pitch: f64, scale: Scale) -> f64 {
    let across = across(pitch);
    for (place, tile) in tiles.iter().enumerate() {
        let (row, column) = (place / across, place % across);
        let corner = (0.5 + column as f64 * pitch, top + row as f64 * pitch);
        canvas.named(&named(tile, scale), |canvas| draw_tile(canvas, tile, corner, pitch - pitch.min(15.0) * 0.1));
    }
    top + tiles.len().div_ceil(across) as f64 * pitch
}

/// The tile's name with its weight, and whether it is singled out.
fn named(tile: &Tile, scale: Scale) -> String {
    let weight = tile.weight.filter(|weight| weight.is_finite());
    let weight = weight.map_or("not known".to_owned(), |weight| format!("{:.2}", scale.value(weight)));
    let marked = if tile.marked { ", singled out" } else { "" };
    format!("{}: {weight}{marked}", tile.label)
}

fn draw_tile(canvas: &mut Canvas, tile: &Tile, (x, y): (f64, f64), size: f64) {
    let step = ramp::step(tile.weight);
    canvas.rectangle((x, y), (x + size, y + size), &ramp::paint(step));
    if step.is_none() {
        cross(canvas, (x, y), size);
    }
    if tile.marked {
        let paint = format!("fill=\"{}\"", ramp::contrast(step));
        canvas.circle((x + size / 2.0, y + size / 2.0), size * 0.22, &paint);
    }
}

fn cross(canvas: &mut Canvas, (x, y): (f64, f64), size: f64) {
    let paint = format!("stroke=\"{GREY}\" stroke-width=\"0.75\"");
    canvas.line((x, y), (x + size, y + size), &paint);
    canvas.line((x, y + size), (x + size, y), &paint);
}

fn entries(groups: &[TileGroup], scale: Scale) -> Vec<Entry<'_>> {
    let tiles = || groups.iter().flat_map(|group| &group.tiles);
    let corner = |(x, y): (f64, f64)| (x - 6.0, y - 6.0);
    let mut entries = ramp::entries(scale, move |canvas, at, paint| {
        let (x, y) = corner(at);
        canvas.rectangle((x, y), (x + 12.0, y + 12.0), paint);
    });
    if tiles().any(|tile| ramp::step(tile.weight).is_none()) {
        let tile = Tile { label: String::new(), weight: None, marked: false };
        entries.push(Entry::shape("Not known", move |canvas, at| draw_tile(canvas, &tile, corner(at), 12.0)));
    }
    if tiles().any(|tile| tile.marked) {
        entries.push(Entry::new("Singled out", marked_samples));
    }
    entries
}

/// A light tile and a dark one, both singled out.
fn marked_samples(canvas: &mut Canvas, (x, y): (f64, f64)) {
    for (left, weight) in [(-13.0, 0.3), (1.0, 0.9)] {
        let tile = Tile { label: String::new(), weight: Some(weight), marked: true };
        draw_tile(canvas, &tile, (x + left, y - 6.0), 12.0);
    }
}
