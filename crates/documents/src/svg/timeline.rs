//! Spans of time in rows over a dated axis, with the days that matter.

use crate::{Chart, DayMarker, Span, Value};

use super::axis::{Axis, Tick};
use super::canvas::{Anchor, Canvas, INK, LEADING, PALETTE, SIZE, SMALL, WIDTH, Words};
use super::hatch::{self, Filling};
use super::key::{self, Entry, Groups};
use super::words::{text_width, wrap};

/// The height that the rows should take together.
const HEIGHT: f64 = 590.0;
/// How long the point of a span is that goes on beyond the axis.
const POINT: f64 = 7.0;

/// The names of the rows at one size.
struct Names {
    lines: Vec<Vec<String>>,
    size: f64,
    /// The room above and under a name.
    gap: f64,
}

impl Names {
    fn leading(&self) -> f64 {
        LEADING * self.size / SIZE
    }

    fn height(&self, row: usize) -> f64 {
        f64::max(14.0, self.lines[row].len() as f64 * self.leading()) + self.gap
    }

    fn total(&self) -> f64 {
        (0..self.lines.len()).map(|row| self.height(row)).sum()
    }
}

/// A day with its words, in rows from the spans upwards.
struct Marked {
    x: f64,
    start: f64,
    words: String,
    row: usize,
}

/// The key, the days, the spans and the axis.
pub fn draw(canvas: &mut Canvas, chart: &Chart, spans: &[Span], days: &[DayMarker]) {
    let mut y = key::remark(canvas, 2.0, &chart.vertical, 2);
    let groups = Groups::of(spans.iter().map(|span| span.group.as_str()));
    let names = names(spans);
    let left = names.lines.iter().flatten().map(|line| text_width(line, names.size)).fold(0.0, f64::max) + 14.0;
    let axis = Axis::over(spans, days).between(left.max(20.0), WIDTH - 14.0);
    y = key::draw(canvas, y, &entries(&groups, spans, &axis));
    let marked = marked(days, &axis);
    let rows = marked.iter().map(|marked| marked.row + 1).max().unwrap_or(0);
    let top = y + rows as f64 * (LEADING + 1.0) + 4.0;
    let bottom = top + names.total().max(24.0) + 4.0;
    let low = foot(canvas, &axis, (top, bottom));
    let mut row_top = top + 2.0;
    for (row, span) in spans.iter().enumerate() {
        let middle = row_top + names.height(row) / 2.0;
        canvas.sized_lines(axis.left - 8.0, middle, &names.lines[row], Anchor::End, names.size);
        draw_span(canvas, span, &axis, middle, groups.place(&span.group));
        row_top += names.height(row);
    }
    draw_days(canvas, &marked, (top, bottom));
    canvas.height = key::remark(canvas, low, &chart.horizontal, 2) + 2.0;
}

/// The rows' names, the smaller and the shorter the more rows there are.
fn names(spans: &[Span]) -> Names {
    let looks = [(SIZE, 190.0, 3, 5.0), (SMALL, 190.0, 3, 4.0), (SMALL, 230.0, 2, 2.0), (SMALL, 230.0, 1, 0.5)];
    let look = |(size, width, most, gap): (f64, f64, usize, f64)| Names {
        lines: spans.iter().map(|span| wrap(&span.label, size, width, most)).collect(),
        size,
        gap,
    };
    let fitting = looks.into_iter().map(look).find(|names| names.total() <= HEIGHT);
    fitting.unwrap_or_else(|| look(looks[3]))
}

/// The bar of a span; where it goes on beyond the axis it ends in a point.
fn draw_span(canvas: &mut Canvas, span: &Span, axis: &Axis, middle: f64, group: usize) {
    let (starts, ends) = (span.starts.min(span.ends), span.starts.max(span.ends));
    let (before, after) = (axis.starts_after(starts), axis.ends_before(ends));
    let from = axis.start_of(starts) + if before { POINT } else { 0.0 };
    let to = axis.end_of(ends) - if after { POINT } else { 0.0 };
    let dates = format!("{}: {} to {}", span.label, Value::Day(starts), Value::Day(ends));
    canvas.named(&dates, |canvas| {
        let to = to.max(from + 3.0);
        hatch::rectangle(canvas, (from, middle - 5.5), (to, middle + 5.5), group, Filling::Full);
        let paint = format!("fill=\"{}\"", PALETTE[group % PALETTE.len()]);
        if before {
            canvas.polygon(&[(from - POINT, middle), (from, middle - 6.0), (from, middle + 6.0)], &paint);
        }
        if after {
            canvas.polygon(&[(to + POINT, middle), (to, middle - 6.0), (to, middle + 6.0)], &paint);
        }
    });
}

/// The grid, the axis and its dates; gives the height under them.
fn foot(canvas: &mut Canvas, axis: &Axis, (top, bottom): (f64, f64)) -> f64 {
    let ticks = axis.ticks();
    for Tick { x, major, .. } in &ticks {
        let colour = if *major { "#8c8c8c" } else { "#dcdcdc" };
        canvas.line((*x, top), (*x, bottom), &format!("stroke=\"{colour}\" stroke-width=\"0.75\""));
    }
    let paint = "stroke=\"#3d3d3d\" stroke-width=\"1.25\"";
    canvas.line((axis.left, bottom), (axis.right, bottom), paint);
    let mut low = bottom;
    for (row, words) in [|tick: &Tick| tick.upper.clone(), |tick: &Tick| tick.lower.clone()].iter().enumerate() {
        let y = bottom + 11.0 + row as f64 * LEADING;
        let mut edge = f64::MIN;
        for tick in &ticks {
            let (words, wide) = (words(tick), text_width(&words(tick), SIZE));
            let start = (tick.x - wide / 2.0).min(WIDTH - wide);
            if !words.is_empty() && start >= edge {
                canvas.words(start, y, &Words::new(&words, Anchor::Start).grey());
                edge = start + wide + 5.0;
                low = y;
            }
        }
    }
    low + 10.0
}

/// The days with their words, in rows so that none touches another.
fn marked(days: &[DayMarker], axis: &Axis) -> Vec<Marked> {
    let mut sorted: Vec<&DayMarker> = days.iter().collect();
    sorted.sort_by_key(|day| std::cmp::Reverse(day.day));
    let mut marked: Vec<Marked> = Vec::with_capacity(days.len());
    for day in sorted {
        let words = wrap(&format!("{}, {}", day.label, Value::Day(day.day)), SIZE, WIDTH - 8.0, 1).remove(0);
        let wide = text_width(&words, SIZE);
        let x = axis.start_of(day.day);
        let start = if x + 4.0 + wide <= WIDTH { x + 4.0 } else { (x - 4.0 - wide).max(0.0) };
        let touches = |other: &&Marked| {
            let end = other.start + text_width(&other.words, SIZE);
            start < end + 8.0 && other.start < start + wide + 8.0 || (start..=start + wide).contains(&other.x)
        };
        let row = marked.iter().filter(touches).map(|other| other.row + 1).max().unwrap_or(0);
        marked.push(Marked { x, start, words, row });
    }
    marked
}

/// Each day's line from its words to the axis, with a white edge so that it stands out on dark
/// spans; the words stand on white over all lines.
fn draw_days(canvas: &mut Canvas, marked: &[Marked], (top, bottom): (f64, f64)) {
    let height = |marked: &Marked| top - 8.0 - marked.row as f64 * (LEADING + 1.0);
    for marked in marked {
        let (from, to) = ((marked.x, height(marked) - 6.0), (marked.x, bottom));
        canvas.line((marked.x, top), to, "stroke=\"#ffffff\" stroke-width=\"3.5\"");
        canvas.line(from, to, &format!("stroke=\"{INK}\" stroke-width=\"1.5\" stroke-dasharray=\"5 2\""));
    }
    for marked in marked {
        canvas.words_on_white(marked.start, height(marked), &Words::new(&marked.words, Anchor::Start));
    }
}

/// The groups, and the point of spans that go on beyond the axis.
fn entries<'a>(groups: &Groups<'a>, spans: &[Span], axis: &Axis) -> Vec<Entry<'a>> {
    let group = |(group, name): (usize, &'a str)| {
        Entry::new(name, move |canvas: &mut Canvas, (x, y): (f64, f64)| {
            hatch::rectangle(canvas, (x - 12.0, y - 5.5), (x + 12.0, y + 5.5), group, Filling::Full);
        })
    };
    let mut entries: Vec<Entry> = groups.named().map(group).collect();
    if spans.iter().any(|span| axis.starts_after(span.starts) || axis.ends_before(span.ends)) {
        entries.push(Entry::new("Goes on beyond the axis", |canvas, (x, y)| {
            canvas.rectangle((x - 12.0, y - 5.5), (x + 5.0, y + 5.5), "fill=\"#3d3d3d\"");
            canvas.polygon(&[(x + 12.0, y), (x + 5.0, y - 6.0), (x + 5.0, y + 6.0)], "fill=\"#3d3d3d\"");
        }));
    }
    entries
}
