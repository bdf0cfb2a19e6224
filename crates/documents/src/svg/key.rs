//! The key of a chart: what its shapes, lines, patterns and shades stand for.

use super::canvas::{Anchor, Canvas, LEADING, SIZE, WIDTH, Words};
use super::words::{text_width, wrap};

/// How wide a line or a pattern is drawn, and how wide a shape.
const WIDE: f64 = 26.0;
const NARROW: f64 = 14.0;
const GAP: f64 = 6.0;

/// Draws a sample about its middle.
type Sample<'a> = Box<dyn Fn(&mut Canvas, (f64, f64)) + 'a>;

/// One line of the key.
pub struct Entry<'a> {
    /// Its sample.
    sample: Sample<'a>,
    /// How wide the sample is.
    width: f64,
    /// What the sample stands for.
    words: String,
}

impl<'a> Entry<'a> {
    /// An entry with a line or a pattern, drawn about a middle.
    pub fn new(words: impl Into<String>, sample: impl Fn(&mut Canvas, (f64, f64)) + 'a) -> Self {
        Entry { sample: Box::new(sample), width: WIDE, words: words.into() }
    }

    /// An entry with a shape, drawn about a middle.
    pub fn shape(words: impl Into<String>, sample: impl Fn(&mut Canvas, (f64, f64)) + 'a) -> Self {
        Entry { width: NARROW, ..Entry::new(words, sample) }
    }
}

/// The entries side by side, in as many rows as they need; gives the height under them.
pub fn draw(canvas: &mut Canvas, top: f64, entries: &[Entry]) -> f64 {
    let (mut x, mut y) = (0.0, top);
    let mut high = 0.0;
    for entry in entries {
        let lines = wrap(&entry.words, SIZE, WIDTH - entry.width - GAP, 3);
        let widest = lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max);
        let width = entry.width + GAP + widest;
        if x > 0.0 && x + width > WIDTH {
            (x, y) = (0.0, y + high);
            high = 0.0;
        }
        let extra = LEADING * (lines.len() as f64 - 1.0);
        (entry.sample)(canvas, (x + entry.width / 2.0, y + 8.0 + extra / 2.0));
        canvas.lines_of_words(x + entry.width + GAP, y + 8.0 + extra / 2.0, &lines, Anchor::Start);
        high = f64::max(high, 18.0 + extra);
        x += width + 18.0;
    }
    y + high
}

/// Words under or over a picture, in grey; gives the height under them.
pub fn remark(canvas: &mut Canvas, top: f64, words: &str, most: usize) -> f64 {
    let mut y = top;
    for line in wrap(words, SIZE, WIDTH, most).iter().filter(|line| !line.is_empty()) {
        canvas.words(0.0, y + 8.0, &Words::new(line, Anchor::Start).grey());
        y += LEADING;
    }
    if y > top { y + 4.0 } else { top }
}

/// The groups of a chart, in the order in which they come first.
pub struct Groups<'a>(Vec<&'a str>);

impl<'a> Groups<'a> {
    /// The groups that things belong to.
    pub fn of(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut groups: Vec<&str> = Vec::new();
        for name in names {
            if !groups.contains(&name) {
                groups.push(name);
            }
        }
        Groups(groups)
    }

    /// The place of a group among them.
    pub fn place(&self, name: &str) -> usize {
        self.0.iter().position(|group| *group == name).unwrap_or(0)
    }

    /// The groups that have a name, with their places.
    pub fn named(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        self.0.iter().copied().enumerate().filter(|(_, name)| !name.is_empty())
    }
}
