//! The appraisal as blocks: in short for the report, in full for its annex.

mod charts;
mod doubt;
mod economic;
mod financial;
mod method;
mod series;
mod summary;
#[cfg(test)]
mod tests;

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Block, Cell, Inline, Row, Value};

use super::outcome::{OptionOutcome, Outcome};

pub use summary::summary;

/// The whole appraisal, headings from level 3.
pub fn full(outcome: &Outcome) -> Vec<Block> {
    let view = View::new(outcome);
    let mut blocks = economic::blocks(&view);
    blocks.extend(financial::blocks(&view));
    blocks.extend(doubt::blocks(&view));
    blocks.extend(method::blocks(&view));
    blocks
}

/// An outcome as it is shown.
struct View<'a> {
    outcome: &'a Outcome,
    /// The options that are drawn: the preferred way forward and those of the greatest NPSV.
    drawn: Vec<&'a str>,
}

/// How many options are drawn in charts.
const DRAWN: usize = 3;

impl<'a> View<'a> {
    fn new(outcome: &'a Outcome) -> Self {
        let mut ranked: Vec<&OptionOutcome> =
            outcome.options.iter().filter(|option| compared(outcome, option)).collect();
        let preferred = |option: &OptionOutcome| option.role == "preferred way forward";
        ranked.sort_by(|one, other| {
            let by_value = other.economic.npsv.total_cmp(&one.economic.npsv);
            preferred(other).cmp(&preferred(one)).then(by_value)
        });
        View { outcome, drawn: ranked.into_iter().take(DRAWN).map(|option| option.reference.as_str()).collect() }
    }

    /// The options that differ from business as usual.
    fn compared(&self) -> impl Iterator<Item = &'a OptionOutcome> {
        let outcome = self.outcome;
        outcome.options.iter().filter(move |option| compared(outcome, option))
    }

    /// The options that are drawn in charts.
    fn drawn(&self) -> impl Iterator<Item = &'a OptionOutcome> {
        self.compared().filter(|option| self.is_drawn(option))
    }

    fn is_drawn(&self, option: &OptionOutcome) -> bool {
        self.drawn.contains(&option.reference.as_str())
    }

    /// What the figures of an option rest on: its entries and the parameters.
    fn sources(&self, option: &OptionOutcome) -> Vec<Source> {
        let mut sources = option.sources.clone();
        sources.extend(self.outcome.parameters.iter().cloned());
        sources
    }
}

/// Whether there is anything to compare: not for business as usual, nor for an option that moves no money.
fn compared(outcome: &Outcome, option: &OptionOutcome) -> bool {
    let usual = outcome.business_as_usual();
    let is_usual = usual.is_some_and(|usual| usual.reference == option.reference);
    !is_usual && (!option.lines.is_empty() || usual.is_some_and(|usual| !usual.lines.is_empty()))
}

fn pounds(pounds: f64) -> Value {
    Value::Pounds(Estimate::from_pounds(pounds))
}

fn years(years: f64) -> Value {
    Value::Number { number: years, decimals: 1 }
}

/// A value with its sources; nothing to show rests on nothing.
fn cell(value: Value, sources: &[Source]) -> Cell {
    let sources = if value == Value::Nothing { &[] } else { sources };
    Cell::new(value, sources.to_vec())
}

/// A row that begins with words.
fn row(label: impl Into<String>, cells: Vec<Cell>) -> Row {
    Row::body(std::iter::once(Cell::words(label)).chain(cells).collect())
}

fn figure(value: Value, sources: &[Source]) -> Inline {
    Inline::figure(value, sources)
}

fn text(words: impl Into<String>) -> Inline {
    Inline::text(words)
}

/// Whose a line is, by name.
fn whose<'a>(view: &View<'a>, authority: &'a str) -> &'a str {
    match view.outcome.partners.iter().find(|partner| partner.code == authority) {
        Some(partner) => &partner.name,
        None => "All, by the cost key",
    }
}
