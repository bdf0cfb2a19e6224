//! How the figures were worked out: the parameters, the trials, and what could not be applied as recorded.

use penshaw_documents::{Block, Inline, Value, inlines};

use super::{View, figure, text};
use crate::named::counted;

pub(super) fn blocks(view: &View) -> Vec<Block> {
    let mut blocks = vec![Block::heading(3, "How this was worked out"), rates(view), sampled(view)];
    let cautions = &view.outcome.cautions;
    if !cautions.is_empty() {
        blocks.push(Block::words("What could not be applied as it was recorded, or needs care:"));
        blocks.push(Block::List { ordered: false, items: cautions.iter().map(inlines).collect() });
    }
    blocks
}

fn rates(view: &View) -> Block {
    let outcome = view.outcome;
    let sources = &outcome.parameters;
    let later = outcome.rates.get(1..).unwrap_or_default();
    let mut runs = vec![text(format!("Year 0 is {}. ", outcome.base_year))];
    if let (Some(first), Some(last)) = (later.first(), later.last()) {
        runs.extend([text("A year's delay costs "), figure(Value::Percent(*first), sources)]);
        if first != last {
            runs.extend([text(", falling to "), figure(Value::Percent(*last), sources)]);
        }
        runs.push(text(". "));
    }
    let last = outcome.prices.last().copied().unwrap_or(1.0);
    runs.extend([
        text("Prices in the last year stand at "),
        figure(Value::Number { number: last, decimals: 3 }, sources),
        text(" times those of year 0, by the GDP deflator and the growth assumed after its last published year."),
    ]);
    Block::paragraph(runs)
}

fn sampled(view: &View) -> Block {
    let note = &view.outcome.simulation;
    if note.ranges == 0 {
        return Block::words("No figure has a range, so nothing was sampled: every trial gives the base case.");
    }
    let mut runs: Vec<Inline> = vec![text(format!(
        "{} sampled together in {} trials from seed {}: the same seed gives the same figures. Chance leaves the mean \
         NPSV of every option with a standard error of at most ",
        counted(note.ranges, "range was", "ranges were"),
        grouped(note.trials),
        note.seed
    ))];
    runs.push(figure(super::pounds(note.standard_error), &[]));
    runs.push(text(". "));
    if note.exact {
        runs.push(text("Percentiles are those of all trials."));
    } else {
        runs.push(text("Percentiles are taken from narrow bins and are exact to within "));
        runs.push(figure(super::pounds(note.quantile_error.max(1.0)), &[]));
        runs.push(text("."));
    }
    Block::paragraph(runs)
}

/// A whole number with its thousands marked.
fn grouped(number: u64) -> String {
    super::pounds(number as f64).to_string().replace('£', "")
}
