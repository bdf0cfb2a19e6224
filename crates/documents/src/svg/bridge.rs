//! The bridge: from one total to another, each step up or down.

use crate::{Bar, Chart};

use super::canvas::{Anchor, Canvas, LEADING, PALETTE, SIZE, WIDTH, Words};
use super::rows::{self, About, Row, filled, light};
use super::scale::{Scale, extent, is_money, short};
use super::words::{fits, text_width, wrap};

/// How many lines a step's name may take under its column.
const LINES: usize = 4;
const HEIGHT: f64 = 180.0;

/// A step as drawn: from where to where, and how.
struct Step<'a> {
    label: &'a str,
    from: f64,
    to: f64,
    words: String,
    paint: String,
}

impl Step<'_> {
    /// Whether its words stand under its column: it lies below nought.
    fn below(&self) -> bool {
        self.to < 0.0 && self.from <= 0.0
    }
}

/// Columns side by side where the names fit under them, and rows otherwise.
pub fn draw(canvas: &mut Canvas, chart: &Chart, bars: &[Bar]) {
    let money = is_money(&chart.horizontal) || is_money(&chart.vertical);
    let steps = steps(bars, money);
    let axis = if chart.vertical.is_empty() { &chart.horizontal } else { &chart.vertical };
    let under = if chart.vertical.is_empty() { "" } else { chart.horizontal.as_str() };
    let width = (WIDTH - 60.0) / (steps.len().max(1) as f64) - 6.0;
    let upright =
        steps.iter().all(|step| fits(step.label, SIZE, width, LINES) && text_width(&step.words, SIZE) <= width + 6.0);
    if upright {
        columns(canvas, &steps, axis, under, money);
    } else {
        lying(canvas, &steps, axis, money);
    }
}

fn steps(bars: &[Bar], money: bool) -> Vec<Step<'_>> {
    let mut height = 0.0;
    let mut steps = Vec::with_capacity(bars.len());
    for (place, bar) in bars.iter().enumerate() {
        let total = place == 0 || place + 1 == bars.len();
        let value = if bar.value.is_finite() { bar.value } else { 0.0 };
        let from = if total { 0.0 } else { height };
        height = if total { value } else { height + value };
        let plus = if !total && value > 0.0 { "+" } else { "" };
        let paint = match (total, value < 0.0) {
            (true, _) => filled(PALETTE[0]),
            (false, true) => light("#f9b797", "#a03c0b"),
            (false, false) => filled(PALETTE[2]),
        };
        steps.push(Step {
            label: &bar.label,
            from,
            to: height,
            words: format!("{plus}{}", short(value, money)),
            paint,
        });
    }
    steps
}

/// Each step a row, for names too long to stand under columns.
fn lying(canvas: &mut Canvas, steps: &[Step], axis: &str, money: bool) {
    let row = |step: &Step| {
        let down = step.to < step.from;
        let (left, right) = match down {
            true => (step.words.clone(), String::new()),
            false => (String::new(), step.words.clone()),
        };
        Row { label: step.label.to_owned(), spans: vec![(step.from, step.to, step.paint.clone())], left, right }
    };
    let rows: Vec<Row> = steps.iter().map(row).collect();
    let about = About { axis, names: "", legend: &[], mark: None, from_zero: true, joined: true };
    rows::draw(canvas, &rows, &about, money);
}

/// Each step a column.
fn columns(canvas: &mut Canvas, steps: &[Step], axis: &str, under: &str, money: bool) {
    let ends = steps.iter().flat_map(|step| [step.from, step.to]);
    let values = ends.chain([0.0]);
    let mut top = 10.0;
    for line in wrap(axis, SIZE, WIDTH, 2) {
        canvas.words(0.0, top, &Words::new(&line, Anchor::Start).grey());
        top += LEADING;
    }
    top += 14.0;
    let bottom = top + HEIGHT;
    let scale = Scale::covering(extent(values), 5.0, money).between(bottom, top);
    let labels = scale.labels();
    let left = labels.iter().map(|words| text_width(words, SIZE)).fold(0.0, f64::max) + 8.0;
    for (tick, words) in scale.ticks().into_iter().zip(&labels) {
        let y = scale.at(tick);
        canvas.grid_line((left, y), (WIDTH, y), tick == 0.0);
        canvas.words(left - 6.0, y, &Words::new(words, Anchor::End).grey());
    }
    let pitch = (WIDTH - left) / steps.len().max(1) as f64;
    let bottom = if steps.iter().any(Step::below) { bottom + 15.0 } else { bottom };
    let mut lowest: f64 = bottom;
    for (place, step) in steps.iter().enumerate() {
        let x = left + pitch * (place as f64 + 0.5);
        column(canvas, step, &scale, x, pitch);
        if place + 1 < steps.len() {
            let y = scale.at(step.to);
            let half = column_width(pitch) / 2.0;
            let paint = "stroke=\"#4d4d4d\" stroke-width=\"0.75\"";
            canvas.line((x + half, y), (x + pitch - half, y), paint);
        }
        let lines = wrap(step.label, SIZE, pitch - 4.0, LINES);
        let middle = bottom + 14.0 + LEADING * (lines.len() as f64 - 1.0) / 2.0;
        canvas.lines_of_words(x, middle, &lines, Anchor::Middle);
        lowest = lowest.max(bottom + 14.0 + LEADING * (lines.len() as f64 - 1.0));
    }
    foot(canvas, under, lowest);
}

fn column_width(pitch: f64) -> f64 {
    (pitch * 0.7).min(56.0)
}

fn column(canvas: &mut Canvas, step: &Step, scale: &Scale, x: f64, pitch: f64) {
    let half = column_width(pitch) / 2.0;
    let (from, to) = (scale.at(step.from), scale.at(step.to));
    canvas.rectangle((x - half, from), (x + half, to), &step.paint);
    let y = if step.below() { from.max(to) + 9.0 } else { from.min(to) - 8.0 };
    let words = Words::new(&step.words, Anchor::Middle);
    canvas.words_on_white(x, y, &words);
}

/// Words under everything; sets the height.
fn foot(canvas: &mut Canvas, under: &str, lowest: f64) {
    let mut y = lowest;
    for line in wrap(under, SIZE, WIDTH, 2) {
        if !line.is_empty() {
            y += LEADING + 3.0;
            canvas.words(WIDTH / 2.0, y, &Words::new(&line, Anchor::Middle).grey());
        }
    }
    canvas.height = y + 9.0;
}
