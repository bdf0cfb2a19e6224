//! Charts of one row a thing: bars, tornadoes, and bridges too long to stand upright.

use crate::{Band, Bar, Chart};

use super::canvas::{Anchor, Canvas, LEADING, PALETTE, SIZE, WIDTH, Words};
use super::scale::{Scale, extent, is_money, short};
use super::words::{text_width, wrap};

const LABEL_WIDTH: f64 = 190.0;
const LABEL_LINES: usize = 3;
const GAP: f64 = 5.0;

/// A row: its name, its spans, and the words at either end of them.
pub struct Row {
    /// Its name.
    pub label: String,
    /// From where to where, and in what paint; the later lie on top.
    pub spans: Vec<(f64, f64, String)>,
    /// Words to the left of the leftmost.
    pub left: String,
    /// Words to the right of the rightmost.
    pub right: String,
}

/// What stands about the rows.
pub struct About<'a> {
    /// Words along the axis.
    pub axis: &'a str,
    /// Words over the rows' names.
    pub names: &'a str,
    /// Swatches with words over the rows.
    pub legend: &'a [(&'a str, String)],
    /// A value marked from top to bottom, with its words.
    pub mark: Option<(f64, String)>,
    /// Whether the axis must show nought.
    pub from_zero: bool,
    /// Whether each row's end is joined to the next row.
    pub joined: bool,
}

/// The paint of a filled shape.
pub fn filled(colour: &str) -> String {
    format!("fill=\"{colour}\"")
}

/// A paint that stays apart from a filled one in grey: light, with a dark edge.
pub fn light(colour: &str, edge: &str) -> String {
    format!("fill=\"{colour}\" stroke=\"{edge}\" stroke-width=\"1\"")
}

/// One horizontal bar a thing, from nought.
pub fn bars(canvas: &mut Canvas, chart: &Chart, bars: &[Bar]) {
    let money = is_money(&chart.horizontal) || is_money(&chart.vertical);
    let row = |bar: &Bar| {
        let finite = bar.value.is_finite();
        let words = if finite { short(bar.value, money) } else { "–".to_owned() };
        let value = if finite { bar.value } else { 0.0 };
        let (left, right) = if value < 0.0 { (words, String::new()) } else { (String::new(), words) };
        Row { label: bar.label.clone(), spans: vec![(0.0, value, filled(PALETTE[0]))], left, right }
    };
    let rows: Vec<Row> = bars.iter().map(row).collect();
    let about = About {
        axis: &chart.horizontal,
        names: &chart.vertical,
        legend: &[],
        mark: None,
        from_zero: true,
        joined: false,
    };
    draw(canvas, &rows, &about, money);
}

/// Spans either side of a middle.
pub fn tornado(canvas: &mut Canvas, chart: &Chart, middle: f64, bands: &[Band]) {
    let money = is_money(&chart.horizontal) || is_money(&chart.vertical);
    let middle = if middle.is_finite() { middle } else { 0.0 };
    let low = light("#b8d4ea", PALETTE[0]);
    let high = light(PALETTE[0], PALETTE[0]);
    let row = |band: &Band| {
        let ends = [band.low, band.high].map(|end| if end.is_finite() { end } else { middle });
        let mut spans = vec![(middle, ends[0], low.clone()), (middle, ends[1], high.clone())];
        if (ends[0] - middle).abs() < (ends[1] - middle).abs() {
            spans.reverse();
        }
        let (least, most) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        Row {
            label: band.label.clone(),
            spans,
            left: if least < most { short(least, money) } else { String::new() },
            right: short(most, money),
        }
    };
    let rows: Vec<Row> = bands.iter().map(row).collect();
    let about = About {
        axis: &chart.horizontal,
        names: &chart.vertical,
        legend: &[("Input at its low end", low.clone()), ("Input at its high end", high.clone())],
        mark: Some((middle, format!("Central {}", short(middle, money)))),
        from_zero: false,
        joined: false,
    };
    draw(canvas, &rows, &about, money);
}

/// The rows with their axis.
pub fn draw(canvas: &mut Canvas, rows: &[Row], about: &About, money: bool) {
    let labels: Vec<Vec<String>> = rows.iter().map(|row| wrap(&row.label, SIZE, LABEL_WIDTH, LABEL_LINES)).collect();
    let top = head(canvas, about);
    let heights: Vec<f64> = labels.iter().map(|lines| f64::max(24.0, lines.len() as f64 * LEADING + 7.0)).collect();
    let bottom = top + heights.iter().sum::<f64>().max(24.0) + 4.0;
    let (left, scale) = scale(rows, &labels, about, money);
    axis(canvas, &scale, (left, top, bottom), about);
    let mut y = top + 2.0;
    for (place, row) in rows.iter().enumerate() {
        let middle = y + heights[place] / 2.0;
        canvas.lines_of_words(left - 8.0, middle, &labels[place], Anchor::End);
        draw_row(canvas, row, &scale, middle);
        let joins = about.joined && place + 1 < rows.len();
        if let (true, Some(span)) = (joins, row.spans.last()) {
            let x = scale.at(span.1);
            let next = middle + heights[place] / 2.0 + heights[place + 1] / 2.0;
            canvas.line((x, middle), (x, next), "stroke=\"#4d4d4d\" stroke-width=\"0.75\"");
        }
        y += heights[place];
    }
    if let Some((value, _)) = &about.mark {
        let x = scale.at(*value);
        canvas.line((x, top - 2.0), (x, bottom), "stroke=\"#1d1d1b\" stroke-width=\"1.5\"");
    }
}

/// The words over the rows; gives the top of the rows.
fn head(canvas: &mut Canvas, about: &About) -> f64 {
    let mut y = 10.0;
    let mut x = 2.0;
    for (words, paint) in about.legend {
        canvas.rectangle((x, y - 5.0), (x + 10.0, y + 5.0), paint);
        canvas.words(x + 15.0, y, &Words::new(words, Anchor::Start));
        x += 15.0 + text_width(words, SIZE) + 18.0;
    }
    if !about.legend.is_empty() {
        y += 20.0;
    }
    for line in wrap(about.names, SIZE, WIDTH, 2) {
        if !line.is_empty() {
            canvas.words(0.0, y, &Words::new(&line, Anchor::Start).grey());
            y += LEADING + 3.0;
        }
    }
    if about.mark.is_some() {
        y += LEADING + 2.0;
    }
    y - 4.0
}

/// The room for names, and the scale in what is left.
fn scale(rows: &[Row], labels: &[Vec<String>], about: &About, money: bool) -> (f64, Scale) {
    let widest =
        |words: &mut dyn Iterator<Item = &String>| words.map(|words| text_width(words, SIZE)).fold(0.0, f64::max);
    let left = widest(&mut labels.iter().flatten()) + 10.0;
    let spans = rows.iter().flat_map(|row| &row.spans);
    let mut values: Vec<f64> = spans.flat_map(|(from, to, _)| [*from, *to]).collect();
    values.extend(about.mark.iter().map(|(value, _)| *value));
    if about.from_zero {
        values.push(0.0);
    }
    let room = |words: f64| if words > 0.0 { words + GAP + 2.0 } else { 0.0 };
    let before = room(widest(&mut rows.iter().map(|row| &row.left)));
    let after = room(widest(&mut rows.iter().map(|row| &row.right)));
    let from = left + before;
    let to = WIDTH - after.max(24.0);
    let steps = ((to - from) / 60.0).clamp(3.0, 6.0);
    let scale = Scale::spanning(extent(values), steps, money).between(from, to);
    (left, scale)
}

/// The grid, its labels, the mark's words and the words along the axis.
fn axis(canvas: &mut Canvas, scale: &Scale, (left, top, bottom): (f64, f64, f64), about: &About) {
    for tick in scale.ticks() {
        let x = scale.at(tick);
        let words = scale.label(tick);
        canvas.grid_line((x, top), (x, bottom), tick == 0.0);
        canvas.words(x, bottom + 10.0, &Words::new(&words, Anchor::Middle).grey());
    }
    if let Some((value, words)) = &about.mark {
        let words = Words::new(words, Anchor::Middle).bold();
        canvas.words(scale.at(*value), top - 9.0, &words);
    }
    let mut y = bottom + 26.0;
    let width = WIDTH - left;
    for line in wrap(about.axis, SIZE, width, 3) {
        let middle = left + width / 2.0;
        canvas.words(middle, y, &Words::new(&line, Anchor::Middle).grey());
        y += LEADING;
    }
    canvas.height = y - LEADING + 9.0;
}

fn draw_row(canvas: &mut Canvas, row: &Row, scale: &Scale, middle: f64) {
    for (from, to, paint) in &row.spans {
        let (from, to) = (scale.at(*from), scale.at(*to));
        canvas.rectangle((from, middle - 8.0), (to, middle + 8.0), paint);
    }
    let ends = row.spans.iter().flat_map(|(from, to, _)| [*from, *to]);
    let (least, most) = extent(ends).unwrap_or((0.0, 0.0));
    let left = Words::new(&row.left, Anchor::End);
    canvas.words_on_white(scale.at(least) - GAP, middle, &left);
    let right = Words::new(&row.right, Anchor::Start);
    canvas.words_on_white(scale.at(most) + GAP, middle, &right);
}
