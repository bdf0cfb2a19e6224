//! The histogram: how often each range of an outcome came, with named places along it.

use crate::{Chart, Marker};

use super::canvas::{Anchor, Canvas, LEADING, PALETTE, SIZE, WIDTH, Words};
use super::scale::{Scale, extent, is_money, short};
use super::words::{text_width, wrap};

const HEIGHT: f64 = 155.0;

/// The bars' edges and heights.
pub struct Bins<'a> {
    /// The lower edge of the first.
    pub from: f64,
    /// How wide each is.
    pub width: f64,
    /// How often each came.
    pub counts: &'a [u64],
}

impl Bins<'_> {
    /// The lower edge of a bar.
    fn edge(&self, place: usize) -> f64 {
        let from = if self.from.is_finite() { self.from } else { 0.0 };
        let sound = self.width.is_finite() && self.width > 0.0;
        let width = if sound { self.width } else { 1.0 };
        from + width * place as f64
    }
}

/// A marker with the height of its words, in rows from the bars upwards.
struct Placed<'a> {
    marker: &'a Marker,
    words: String,
    row: usize,
}

/// The bars, the two axes and the markers.
pub fn draw(canvas: &mut Canvas, chart: &Chart, bins: &Bins, markers: &[Marker]) {
    let mut top = 10.0;
    for line in wrap(&chart.vertical, SIZE, WIDTH, 2) {
        canvas.words(0.0, top, &Words::new(&line, Anchor::Start).grey());
        top += LEADING;
    }
    let most = bins.counts.iter().copied().max().unwrap_or(0) as f64;
    let heights = Scale::covering(Some((0.0, most)), 4.0, false);
    let left = heights.labels().iter().map(|words| text_width(words, SIZE)).fold(0.0, f64::max) + 8.0;
    let money = is_money(&chart.horizontal);
    let values = values(bins, markers, money).between(left, WIDTH - 16.0);
    let placed = place(markers, &values, money, left);
    let rows = placed.iter().map(|placed| placed.row + 1).max().unwrap_or(0) as f64;
    let head = top;
    top += rows * (LEADING + 1.0) + 4.0;
    let bottom = top + HEIGHT;
    let heights = heights.between(bottom, top);
    grid(canvas, &heights, left);
    bars(canvas, bins, &values, &heights);
    for placed in &placed {
        let row = rows - 1.0 - placed.row as f64;
        mark(canvas, placed, &values, (head + row * (LEADING + 1.0), bottom, left));
    }
    foot(canvas, chart, &values, bottom, left);
}

/// The horizontal scale: the bars and the markers.
fn values(bins: &Bins, markers: &[Marker], money: bool) -> Scale {
    let edges = [bins.edge(0), bins.edge(bins.counts.len().max(1))];
    let all = edges.into_iter().chain(markers.iter().map(|marker| marker.value));
    Scale::spanning(extent(all), 6.0, money)
}

/// Words of markers that would overlap stand in rows over one another.
fn place<'a>(markers: &'a [Marker], values: &Scale, money: bool, left: f64) -> Vec<Placed<'a>> {
    let mut ends: Vec<f64> = Vec::new();
    let mut sorted: Vec<&Marker> = markers.iter().filter(|marker| marker.value.is_finite()).collect();
    sorted.sort_by(|one, other| one.value.total_cmp(&other.value));
    let mut placed = Vec::with_capacity(sorted.len());
    for marker in sorted {
        let words = format!("{} {}", marker.label, short(marker.value, money));
        let words = wrap(&words, SIZE, WIDTH - left, 1).remove(0);
        let width = text_width(&words, SIZE) * 1.1;
        let start = words_start(values.at(marker.value), width, left);
        let row = ends.iter().position(|end| *end + 10.0 <= start).unwrap_or(ends.len());
        if row == ends.len() {
            ends.push(0.0);
        }
        ends[row] = start + width;
        placed.push(Placed { marker, words, row });
    }
    placed
}

/// Where words of a width about a place begin, within the picture.
fn words_start(x: f64, width: f64, left: f64) -> f64 {
    (x - width / 2.0).min(WIDTH - width).max(left.min(WIDTH - width))
}

fn grid(canvas: &mut Canvas, heights: &Scale, left: f64) {
    for tick in heights.ticks() {
        let y = heights.at(tick);
        canvas.grid_line((left, y), (WIDTH - 16.0, y), false);
        canvas.words(left - 6.0, y, &Words::new(&heights.label(tick), Anchor::End).grey());
    }
}

fn bars(canvas: &mut Canvas, bins: &Bins, values: &Scale, heights: &Scale) {
    let paint = format!("fill=\"#8fb3d1\" stroke=\"{}\" stroke-width=\"0.5\"", PALETTE[0]);
    for (place, count) in bins.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (from, to) = (values.at(bins.edge(place)), values.at(bins.edge(place + 1)));
        let y = heights.at(*count as f64);
        canvas.rectangle((from, heights.at(0.0)), (to, y), &paint);
    }
}

fn mark(canvas: &mut Canvas, placed: &Placed, values: &Scale, (y, bottom, left): (f64, f64, f64)) {
    let x = values.at(placed.marker.value);
    let paint = format!("stroke=\"{}\" stroke-width=\"1.5\" stroke-dasharray=\"5 3\"", PALETTE[3]);
    canvas.line((x, y + 7.0), (x, bottom), &paint);
    let width = text_width(&placed.words, SIZE) * 1.1;
    let start = words_start(x, width, left);
    canvas.words(start, y, &Words::new(&placed.words, Anchor::Start).bold());
}

/// The horizontal axis and its words; sets the height.
fn foot(canvas: &mut Canvas, chart: &Chart, values: &Scale, bottom: f64, left: f64) {
    let paint = "stroke=\"#3d3d3d\" stroke-width=\"1.25\"";
    canvas.line((left, bottom), (WIDTH - 16.0, bottom), paint);
    for tick in values.ticks() {
        let x = values.at(tick);
        canvas.line((x, bottom), (x, bottom + 4.0), paint);
        canvas.words(x, bottom + 13.0, &Words::new(&values.label(tick), Anchor::Middle).grey());
    }
    if values.has_zero() {
        let x = values.at(0.0);
        canvas.line((x, bottom - HEIGHT), (x, bottom), paint);
    }
    let mut y = bottom + 29.0;
    for line in wrap(&chart.horizontal, SIZE, WIDTH - left, 2) {
        let middle = left + (WIDTH - left) / 2.0;
        canvas.words(middle, y, &Words::new(&line, Anchor::Middle).grey());
        y += LEADING;
    }
    canvas.height = y - LEADING + 9.0;
}
