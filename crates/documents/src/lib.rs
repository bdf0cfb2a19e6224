//! Format-free blocks: text, figures with their sources, tables that may carry formulas, charts.
//!
//! An analysis and a report are written once as a [`Document`]; HTML, PDF, Word,
//! Excel and plain text are printed from it and so agree to the penny.

mod chart;
mod citations;
mod document;
mod figure;
mod formula;
mod support;
mod svg;
mod table;

pub use chart::{
    Band, Bar, Chart, ChartKind, Connection, ConnectionStyle, DayMarker, Marker, Place, RackBlock, RackFront, Scale,
    Series, Span, Tile, TileGroup,
};
pub use citations::Citations;
pub use document::{Block, Document, Inline, Marking, inlines};
pub use figure::{Figure, MONTHS, Value};
pub use formula::{At, Evaluation, Formula, Range, evaluate};
pub use support::{Placed, Support, source_words};
pub use svg::{FONT_FAMILY, FONTS, svg, text_width};
pub use table::{Cell, Column, Row, RowKind, Table, Workbook, Worksheet};
