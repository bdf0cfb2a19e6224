//! The picture under construction: shapes and words as SVG, kept inside its edges.

use crate::Chart;

use super::FONT_FAMILY;
use super::words::text_width;

/// The width of every picture.
pub const WIDTH: f64 = 520.0;
/// The size of words.
pub const SIZE: f64 = 11.0;
/// The distance between lines of words.
pub const LEADING: f64 = 13.0;
/// The size of words where many stand close together.
pub const SMALL: f64 = 9.0;
/// The colour of words.
pub const INK: &str = "#1d1d1b";
/// The colour of words that matter less.
pub const GREY: &str = "#4d4d4d";
const GRID: &str = "#dcdcdc";

/// Colours that are told apart in grey and by colour-blind readers.
///
/// Source: Government Analysis Function, "Data visualisation: colours in charts"
/// (categorical palette).
pub const PALETTE: [&str; 6] = ["#12436d", "#f46a25", "#28a197", "#801650", "#3d3d3d", "#a285d1"];

/// Where words stand about their point.
#[derive(Clone, Copy, PartialEq)]
pub enum Anchor {
    /// They begin there.
    Start,
    /// They are centred there.
    Middle,
    /// They end there.
    End,
}

/// A picture under construction.
pub struct Canvas {
    body: String,
    /// Its height, set when the layout is known.
    pub height: f64,
}

/// Words to draw.
pub struct Words<'a> {
    /// The words.
    pub text: &'a str,
    /// Where they stand.
    pub anchor: Anchor,
    /// Their colour.
    pub colour: &'a str,
    /// Whether they are bold.
    pub bold: bool,
    /// Their size.
    pub size: f64,
}

impl<'a> Words<'a> {
    /// Words in ink.
    pub fn new(text: &'a str, anchor: Anchor) -> Self {
        Words { text, anchor, colour: INK, bold: false, size: SIZE }
    }

    /// The same in grey.
    pub fn grey(self) -> Self {
        Words { colour: GREY, ..self }
    }

    /// The same in bold.
    pub fn bold(self) -> Self {
        Words { bold: true, ..self }
    }

    /// The same at another size.
    pub fn sized(self, size: f64) -> Self {
        Words { size, ..self }
    }

    /// How wide they are drawn.
    pub fn width(&self) -> f64 {
        text_width(self.text, self.size) * if self.bold { 1.1 } else { 1.0 }
    }
}

impl Canvas {
    /// An empty picture.
    pub fn new() -> Self {
        Canvas { body: String::new(), height: 0.0 }
    }

    /// A filled rectangle between two corners, in any order; never thinner than a hair.
    pub fn rectangle(&mut self, from: (f64, f64), to: (f64, f64), paint: &str) {
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let wide = (to.0 - from.0).abs().max(0.75);
        let high = (to.1 - from.1).abs().max(0.75);
        self.push(&format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {paint}/>",
            number(x),
            number(y),
            number(wide),
            number(high)
        ));
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: &str) {
        self.push(&format!(
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" {paint}/>",
            number(from.0),
            number(from.1),
            number(to.0),
            number(to.1)
        ));
    }

    /// A light line of the grid, or the darker line at nought.
    pub fn grid_line(&mut self, from: (f64, f64), to: (f64, f64), zero: bool) {
        let (colour, width) = if zero { ("#3d3d3d", 1.25) } else { (GRID, 0.75) };
        self.line(from, to, &format!("stroke=\"{colour}\" stroke-width=\"{width}\""));
    }

    /// A line through points.
    pub fn polyline(&mut self, points: &[(f64, f64)], paint: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        self.push(&format!("<polyline points=\"{}\" fill=\"none\" {paint}/>", points.join(" ")));
    }

    /// A closed shape through points.
    pub fn polygon(&mut self, points: &[(f64, f64)], paint: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        self.push(&format!("<polygon points=\"{}\" {paint}/>", points.join(" ")));
    }

    /// A circle.
    pub fn circle(&mut self, centre: (f64, f64), radius: f64, paint: &str) {
        self.push(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {paint}/>",
            number(centre.0),
            number(centre.1),
            number(radius)
        ));
    }

    /// A shape along a path of SVG commands, whose numbers were printed by [`number`].
    pub fn path(&mut self, commands: &str, paint: &str) {
        if !commands.is_empty() {
            self.push(&format!("<path d=\"{commands}\" {paint}/>"));
        }
    }

    /// Shapes with a name, shown to a reader who points at them.
    pub fn named(&mut self, name: &str, shapes: impl FnOnce(&mut Canvas)) {
        self.push(&format!("<g><title>{}</title>", escape(name)));
        shapes(self);
        self.push("</g>");
    }

    /// Words whose middle height is at `y`, moved sideways as far as keeps them in the picture.
    pub fn words(&mut self, x: f64, y: f64, words: &Words) {
        if words.text.is_empty() {
            return;
        }
        let width = words.width();
        let (anchor, before) = match words.anchor {
            Anchor::Start => ("start", 0.0),
            Anchor::Middle => ("middle", width / 2.0),
            Anchor::End => ("end", width),
        };
        let x = x.min(WIDTH - (width - before)).max(before);
        let weight = if words.bold { " font-weight=\"bold\"" } else { "" };
        let size = if words.size == SIZE { String::new() } else { format!(" font-size=\"{}\"", number(words.size)) };
        self.push(&format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{}\"{weight}{size}>{}</text>",
            number(x),
            number(y + words.size * 0.355),
            words.colour,
            escape(words.text)
        ));
    }

    /// Words that stay legible over the grid: they stand on white.
    pub fn words_on_white(&mut self, x: f64, y: f64, words: &Words) {
        if words.text.is_empty() {
            return;
        }
        let width = words.width();
        let left = match words.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        let paint = "fill=\"#ffffff\"";
        let half = words.size * 6.0 / SIZE;
        self.rectangle((left - 1.5, y - half), (left + width + 1.5, y + half), paint);
        self.words(x, y, words);
    }

    /// Lines of words whose block is centred at `y`.
    pub fn lines_of_words(&mut self, x: f64, y: f64, lines: &[String], anchor: Anchor) {
        self.sized_lines(x, y, lines, anchor, SIZE);
    }

    /// The same at another size.
    pub fn sized_lines(&mut self, x: f64, y: f64, lines: &[String], anchor: Anchor, size: f64) {
        let leading = LEADING * size / SIZE;
        let top = y - leading * (lines.len() as f64 - 1.0) / 2.0;
        for (place, line) in lines.iter().enumerate() {
            self.words(x, top + leading * place as f64, &Words::new(line, anchor).sized(size));
        }
    }

    /// The finished picture.
    pub fn finish(self, chart: &Chart) -> String {
        let id = identifier(&chart.id);
        let height = number(self.height);
        let wide = number(WIDTH);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{height}\" \
             viewBox=\"0 0 {wide} {height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\" font-family=\"{FONT_FAMILY}\" \
             font-size=\"{SIZE}\">\n<title id=\"{id}-title\">{}</title>\n\
             <desc id=\"{id}-description\">{}</desc>\n{}</svg>",
            escape(&chart.caption),
            escape(&chart.alternative),
            self.body
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// A coordinate with two decimals at most.
///
/// # Panics
/// If it is not finite: the charts keep such numbers out.
pub fn number(length: f64) -> String {
    assert!(length.is_finite(), "a coordinate of a chart must be finite");
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

/// Words as SVG text or attribute, without what XML does not allow.
pub fn escape(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\t' | '\n' | '\r' => text.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => text.push(other),
        }
    }
    text
}

/// The chart's name as an identifier that needs no quoting.
fn identifier(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!("chart-{}", name.chars().map(plain).collect::<String>())
}
