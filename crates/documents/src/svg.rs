//! Draws a chart once, as SVG, for the page, the PDF and Word alike.
//!
//! Presentation attributes only: no style, no script, so that a picture works under a
//! strict content security policy. Lengths are in units of about one point: the picture
//! is 520 wide, as wide as the text of an A4 page.

mod axis;
mod bridge;
mod canvas;
mod ground;
mod hatch;
mod histogram;
mod key;
mod labels;
mod lines;
mod links;
mod map;
mod racks;
mod ramp;
mod rows;
mod scale;
mod shapes;
mod shelf;
mod tiles;
mod timeline;
mod words;

#[cfg(test)]
mod tests;

use crate::{Chart, ChartKind};
use canvas::Canvas;

pub use words::text_width;

/// The typeface of charts; the PDF and Word writers carry it.
pub const FONT_FAMILY: &str = "Liberation Sans, Arial, Helvetica, sans-serif";

/// The four faces of Liberation Sans: regular, bold, italic, bold italic.
///
/// They are carried in the program, so that nothing is taken from the machine it runs on.
pub const FONTS: [&[u8]; 4] = [
    include_bytes!("../../../assets/fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSans-Italic.ttf"),
    include_bytes!("../../../assets/fonts/LiberationSans-BoldItalic.ttf"),
];

/// The chart as one SVG element, with its caption as title and its alternative as description.
///
/// ```
/// use penshaw_documents::{Bar, Chart, ChartKind, Table, svg};
/// let chart = Chart {
///     id: "spend".into(),
///     caption: "Spend by area".into(),
///     alternative: "Hosting costs most.".into(),
///     horizontal: "Annual cost (£)".into(),
///     vertical: String::new(),
///     kind: ChartKind::Bars { bars: vec![Bar { label: "Hosting & links".into(), value: 250_000.0 }] },
///     table: Table::new("spend-table", "Spend by area", Vec::new()),
/// };
/// let picture = svg(&chart);
/// assert!(picture.starts_with("<svg ") && picture.contains("Hosting &amp; links"));
/// assert!(picture.contains("£250k"));
/// ```
pub fn svg(chart: &Chart) -> String {
    let mut canvas = Canvas::new();
    match &chart.kind {
        ChartKind::Bars { bars } => rows::bars(&mut canvas, chart, bars),
        ChartKind::Lines { steps, series } => lines::draw(&mut canvas, chart, steps, series),
        ChartKind::Tornado { middle, bands } => rows::tornado(&mut canvas, chart, *middle, bands),
        ChartKind::Histogram { from, width, counts, markers } => {
            let bins = histogram::Bins { from: *from, width: *width, counts };
            histogram::draw(&mut canvas, chart, &bins, markers);
        }
        ChartKind::Bridge { bars } => bridge::draw(&mut canvas, chart, bars),
        ChartKind::Map { places, connections, scale } => map::draw(&mut canvas, chart, places, connections, *scale),
        ChartKind::Tiles { measure, groups, scale } => tiles::draw(&mut canvas, chart, measure, groups, *scale),
        ChartKind::Racks { racks } => racks::draw(&mut canvas, chart, racks),
        ChartKind::Timeline { spans, days } => timeline::draw(&mut canvas, chart, spans, days),
    }
    canvas.finish(chart)
}
