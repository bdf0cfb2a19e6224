//! Charts: what they show and the table behind them; how they are drawn is in `svg`.

use penshaw_basis::Date;
use serde::{Deserialize, Serialize};

use crate::Table;

/// A chart with the table behind it, which every format prints too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Names the chart within its document.
    pub id: String,
    /// What the chart shows, in one line.
    pub caption: String,
    /// What a reader who cannot see it must know: the finding, not the shapes.
    pub alternative: String,
    /// The words along the horizontal axis, with the unit.
    pub horizontal: String,
    /// The words along the vertical axis, with the unit.
    pub vertical: String,
    /// What is drawn.
    pub kind: ChartKind,
    /// The numbers behind it.
    pub table: Table,
}

/// What a chart draws. Money is in pounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChartKind {
    /// One horizontal bar a thing, from nought.
    Bars {
        /// The bars, from the top.
        bars: Vec<Bar>,
    },
    /// A line a series over labelled steps, such as cumulative cash by year.
    Lines {
        /// The steps along the axis.
        steps: Vec<String>,
        /// The lines.
        series: Vec<Series>,
    },
    /// Horizontal spans either side of a middle, widest first: a tornado of sensitivities.
    Tornado {
        /// The middle, to which each span is compared.
        middle: f64,
        /// The spans, widest first.
        bands: Vec<Band>,
    },
    /// How often each range of an outcome came, with markers such as P10, P50 and P90.
    Histogram {
        /// The lower edge of the first bar.
        from: f64,
        /// The width of each bar.
        width: f64,
        /// How often each came.
        counts: Vec<u64>,
        /// Named places along the axis.
        markers: Vec<Marker>,
    },
    /// Steps from one total to another: a bridge, each step up or down.
    Bridge {
        /// The steps; the first and the last are totals that start from nought.
        bars: Vec<Bar>,
    },
    /// Places where they are, and the lines between them: sites and links, flows of recovery, small areas.
    Map {
        /// The places.
        places: Vec<Place>,
        /// The lines between them.
        connections: Vec<Connection>,
        /// What the shades measure, where places are shaded.
        #[serde(default)]
        scale: Scale,
    },
    /// One tile an area, in rows, shaded by a weight: a map of areas whose outlines are not known.
    Tiles {
        /// What the shade measures, with its unit.
        measure: String,
        /// The groups, each with its tiles in reading order.
        groups: Vec<TileGroup>,
        /// What the lightest and the darkest shade stand for.
        #[serde(default)]
        scale: Scale,
    },
    /// Racks from the front, each unit at its height, with who takes it.
    Racks {
        /// The racks, from the left.
        racks: Vec<RackFront>,
    },
    /// Spans of time over a dated axis, with days that matter.
    Timeline {
        /// The spans, from the top.
        spans: Vec<Span>,
        /// Days that matter, such as the day of the answer.
        days: Vec<DayMarker>,
    },
}

/// What the lightest and the darkest shade stand for: a weight of 0 and one of 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// The value of the lightest.
    pub least: f64,
    /// The value of the darkest.
    pub most: f64,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { least: 0.0, most: 1.0 }
    }
}

impl Scale {
    /// The value of a weight from 0 to 1.
    ///
    /// ```
    /// use penshaw_documents::Scale;
    /// assert_eq!(Scale { least: 2.0, most: 4.0 }.value(0.5), 3.0);
    /// ```
    pub fn value(self, weight: f64) -> f64 {
        self.least + weight * (self.most - self.least)
    }
}

/// A place on a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its name; places without one are drawn and not named.
    pub label: String,
    /// Degrees north, or any upward measure where places have no position on the ground.
    pub north: f64,
    /// Degrees east, or any measure to the right.
    pub east: f64,
    /// Whose it is, or of which sort: one shape and colour each, explained in a key.
    pub group: String,
    /// How much, from 0 to 1, where the place is shaded by a measure.
    pub weight: Option<f64>,
    /// Whether it is singled out, such as a site whose loss cuts others off.
    pub marked: bool,
}

/// A line between two places of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// The place it starts from, by its index.
    pub from: usize,
    /// The place it leads to, by its index.
    pub to: usize,
    /// Its name, printed where there is room; may be empty.
    pub label: String,
    /// How it is drawn.
    pub style: ConnectionStyle,
}

/// How a line of a map is drawn: each is told apart in grey too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStyle {
    /// It is there, and another way round exists: a solid line.
    Plain,
    /// It is there, and nothing goes round it: a thick line.
    Weak,
    /// It could be added: a dashed line.
    Possible,
    /// It would be added by the answer: a thick dashed line.
    Added,
    /// Something moves along it: a line with an arrow.
    Flow,
}

/// Tiles that belong together, such as the areas of one authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TileGroup {
    /// Its name.
    pub label: String,
    /// Its tiles in reading order.
    pub tiles: Vec<Tile>,
}

/// One area of a tile map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tile {
    /// Its name, shown to a reader who points at it.
    pub label: String,
    /// How much, from 0 to 1; nothing where it is not known.
    pub weight: Option<f64>,
    /// Whether it is singled out.
    pub marked: bool,
}

/// A rack from the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RackFront {
    /// Its name, with its site.
    pub label: String,
    /// How many units it has.
    pub units: u32,
    /// What stands or is let in it.
    pub blocks: Vec<RackBlock>,
}

/// Units of a rack that somebody takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RackBlock {
    /// What stands there.
    pub label: String,
    /// The lowest unit, from 1 at the foot.
    pub from_unit: u32,
    /// The highest unit.
    pub to_unit: u32,
    /// Whose it is: one colour and pattern each, explained in a key.
    pub group: String,
    /// Whether it is let and still empty.
    pub empty: bool,
}

/// A span of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// What it is.
    pub label: String,
    /// Its first day.
    pub starts: Date,
    /// Its last day.
    pub ends: Date,
    /// Of which sort it is: one colour each, explained in a key.
    pub group: String,
}

/// A day that matters on a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayMarker {
    /// What it is.
    pub label: String,
    /// The day.
    pub day: Date,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length.
    pub value: f64,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// A value a step.
    pub values: Vec<f64>,
}

/// One span of a tornado.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Its name.
    pub label: String,
    /// The outcome at the input's low end.
    pub low: f64,
    /// The outcome at the input's high end.
    pub high: f64,
}

/// A named place along an axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub value: f64,
}
