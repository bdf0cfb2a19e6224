//! Charts: what they show and the table behind them; how they are drawn is in `svg`.

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
