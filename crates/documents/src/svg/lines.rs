//! The line chart: a line a series over labelled steps, each named at its end.

use crate::{Chart, Series};

use super::canvas::{Anchor, Canvas, LEADING, PALETTE, SIZE, WIDTH, Words};
use super::scale::{Scale, extent, is_money};
use super::words::{text_width, wrap};

const NAME_WIDTH: f64 = 120.0;
const DASHES: [&str; 6] = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 2"];

/// The edges of the plot.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// A line's name as drawn: its lines of words and the height of their middle.
struct Name {
    series: usize,
    lines: Vec<String>,
    end: (f64, f64),
    y: f64,
}

/// The lines, the two axes, and the names at the lines' ends.
pub fn draw(canvas: &mut Canvas, chart: &Chart, steps: &[String], series: &[Series]) {
    let money = is_money(&chart.vertical) || is_money(&chart.horizontal);
    let mut top = 10.0;
    for line in wrap(&chart.vertical, SIZE, WIDTH, 2) {
        canvas.words(0.0, top, &Words::new(&line, Anchor::Start).grey());
        top += LEADING;
    }
    let names: Vec<Vec<String>> = series.iter().map(|one| wrap(&one.label, SIZE, NAME_WIDTH, 3)).collect();
    let widest =
        |words: &mut dyn Iterator<Item = &String>| words.map(|words| text_width(words, SIZE)).fold(0.0, f64::max);
    let total: f64 = names.iter().map(|lines| lines.len() as f64 * LEADING + 4.0).sum();
    let scale = Scale::covering(values(series, money), 5.0, money);
    let room = widest(&mut names.iter().flatten());
    let plot = Plot {
        left: widest(&mut scale.labels().iter()) + 8.0,
        right: WIDTH - if room > 0.0 { room + 26.0 } else { 16.0 },
        top: top + 2.0,
        bottom: top + 2.0 + f64::max(195.0, total),
    };
    let scale = scale.between(plot.bottom, plot.top);
    grid(canvas, &plot, &scale);
    foot(canvas, chart, steps, &plot);
    let points: Vec<Vec<Option<(f64, f64)>>> =
        series.iter().map(|one| points(one, steps.len(), &plot, &scale)).collect();
    for (place, points) in points.iter().enumerate() {
        line(canvas, place, points);
    }
    for name in named(names, &points, &plot) {
        draw_name(canvas, &name, &plot);
    }
}

/// The range of the values, with nought unless they all lie far from it.
fn values(series: &[Series], money: bool) -> Option<(f64, f64)> {
    let (low, high) = extent(series.iter().flat_map(|one| one.values.iter().copied()))?;
    let near = (high - low) > 0.2 * low.abs().max(high.abs());
    Some(if money || near { (low.min(0.0), high.max(0.0)) } else { (low, high) })
}

fn grid(canvas: &mut Canvas, plot: &Plot, scale: &Scale) {
    for tick in scale.ticks() {
        let y = scale.at(tick);
        canvas.grid_line((plot.left, y), (plot.right, y), tick == 0.0);
        canvas.words(plot.left - 6.0, y, &Words::new(&scale.label(tick), Anchor::End).grey());
    }
}

/// Where a step stands: the first and the last a little inside the edges.
fn step_at(place: usize, steps: usize, plot: &Plot) -> f64 {
    if steps < 2 {
        return (plot.left + plot.right) / 2.0;
    }
    let (from, to) = (plot.left + 12.0, plot.right - 6.0);
    from + (to - from) * place as f64 / (steps - 1) as f64
}

/// The steps' names, every so many where all would touch; sets the height.
fn foot(canvas: &mut Canvas, chart: &Chart, steps: &[String], plot: &Plot) {
    let pitch = (plot.right - plot.left - 18.0) / (steps.len().max(2) - 1) as f64;
    let limit = (plot.right - plot.left).min(140.0);
    let widest = steps.iter().map(|step| text_width(step, SIZE)).fold(0.0, f64::max).min(limit);
    let every = ((widest + 10.0) / pitch).ceil().max(1.0) as usize;
    for (place, step) in steps.iter().enumerate() {
        let x = step_at(place, steps.len(), plot);
        let paint = "stroke=\"#4d4d4d\" stroke-width=\"0.75\"";
        canvas.line((x, plot.bottom), (x, plot.bottom + 4.0), paint);
        if place.is_multiple_of(every) {
            let words = wrap(step, SIZE, limit, 1).remove(0);
            canvas.words(x, plot.bottom + 13.0, &Words::new(&words, Anchor::Middle).grey());
        }
    }
    let mut y = plot.bottom + 29.0;
    let width = plot.right - plot.left;
    for line in wrap(&chart.horizontal, SIZE, width, 2) {
        let middle = plot.left + width / 2.0;
        canvas.words(middle, y, &Words::new(&line, Anchor::Middle).grey());
        y += LEADING;
    }
    canvas.height = y - LEADING + 9.0;
}

fn points(series: &Series, steps: usize, plot: &Plot, scale: &Scale) -> Vec<Option<(f64, f64)>> {
    let values = series.values.iter().take(steps).enumerate();
    values.map(|(place, value)| value.is_finite().then(|| (step_at(place, steps, plot), scale.at(*value)))).collect()
}

/// A line with a marker a step; a value that is not a number leaves a gap.
fn line(canvas: &mut Canvas, series: usize, points: &[Option<(f64, f64)>]) {
    let colour = PALETTE[series % PALETTE.len()];
    let dash = match DASHES[series % DASHES.len()] {
        "" => String::new(),
        dash => format!(" stroke-dasharray=\"{dash}\""),
    };
    let paint = format!("stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"{dash}");
    for run in points.split(Option::is_none) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        if run.len() > 1 {
            canvas.polyline(&run, &paint);
        }
        if points.len() <= 24 {
            run.iter().for_each(|point| marker(canvas, series, *point));
        }
    }
}

/// A marker whose shape names the series, also in grey.
fn marker(canvas: &mut Canvas, series: usize, (x, y): (f64, f64)) {
    let paint = format!("fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"0.75\"", PALETTE[series % PALETTE.len()]);
    match series % 4 {
        0 => canvas.circle((x, y), 3.6, &paint),
        1 => canvas.rectangle((x - 3.3, y - 3.3), (x + 3.3, y + 3.3), &paint),
        2 => canvas.polygon(&[(x, y - 4.4), (x + 4.2, y + 3.2), (x - 4.2, y + 3.2)], &paint),
        _ => canvas.polygon(&[(x, y - 4.6), (x + 4.6, y), (x, y + 4.6), (x - 4.6, y)], &paint),
    }
}

/// The names beside the lines' ends, moved apart until none overlaps another.
fn named(names: Vec<Vec<String>>, points: &[Vec<Option<(f64, f64)>>], plot: &Plot) -> Vec<Name> {
    let mut named: Vec<Name> = names
        .into_iter()
        .enumerate()
        .filter_map(|(series, lines)| {
            let end = points[series].iter().flatten().last().copied()?;
            Some(Name { series, lines, end, y: end.1 })
        })
        .collect();
    named.sort_by(|one, other| one.y.total_cmp(&other.y));
    let half = |name: &Name| name.lines.len() as f64 * LEADING / 2.0 + 2.0;
    let mut edge = plot.top - 8.0;
    for name in &mut named {
        name.y = name.y.max(edge + half(name));
        edge = name.y + half(name);
    }
    let mut edge = plot.bottom + 8.0;
    for name in named.iter_mut().rev() {
        name.y = name.y.min(edge - half(name));
        edge = name.y - half(name);
    }
    named
}

fn draw_name(canvas: &mut Canvas, name: &Name, plot: &Plot) {
    let x = plot.right + 18.0;
    if (name.y - name.end.1).abs() > 4.0 || name.end.0 < plot.right - 8.0 {
        let from = (name.end.0 + 5.0, name.end.1);
        canvas.line(from, (x - 8.0, name.y), "stroke=\"#8c8c8c\" stroke-width=\"0.5\"");
    }
    marker(canvas, name.series, (x - 4.0, name.y));
    canvas.lines_of_words(x + 4.0, name.y, &name.lines, Anchor::Start);
}
