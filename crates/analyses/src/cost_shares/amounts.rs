//! How an amount of a cost-shares answer is shown: rounded once, so that what adds up in truth adds up in print.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Inline, Value};
use penshaw_numerics::apportion::rounded_to_total;

use super::{Outcome, Unit};

/// From this many pounds on, amounts are shown in whole pounds: pence would feign exactness.
const WHOLE_POUNDS_FROM: f64 = 100_000.0;

/// How the amounts of one answer are shown.
pub(super) struct Amounts<'a> {
    unit: Unit,
    whole: bool,
    sources: &'a [Source],
}

impl<'a> Amounts<'a> {
    pub(super) fn of(outcome: &'a Outcome) -> Self {
        let whole = outcome.unit == Unit::Pounds && outcome.grand_cost.abs() >= WHOLE_POUNDS_FROM;
        Amounts { unit: outcome.unit, whole, sources: &outcome.sources }
    }

    /// What an axis says of the unit.
    pub(super) fn axis(&self) -> &'static str {
        match self.unit {
            Unit::Pounds => "£",
            Unit::AsGiven => "in the unit of the table",
        }
    }

    /// The amount as a value.
    pub(super) fn value(&self, amount: f64) -> Value {
        match self.unit {
            Unit::Pounds if self.whole => Value::Pounds(Estimate::from_pounds(amount)),
            Unit::Pounds => Value::Pence(Estimate::from_pounds(amount)),
            Unit::AsGiven => Value::Number { number: amount, decimals: 2 },
        }
    }

    /// The amount in a sentence.
    pub(super) fn inline(&self, amount: f64) -> Inline {
        Inline::figure(self.value(amount), self.sources)
    }

    /// The amount in a cell.
    pub(super) fn cell(&self, amount: f64) -> Cell {
        Cell::new(self.value(amount), self.sources.to_vec())
    }

    /// Amounts in cells, rounded so that they add up to the total's rounding, by the largest remainder.
    pub(super) fn adding_up(&self, amounts: &[f64], total: f64) -> Vec<Cell> {
        let parts = if self.whole { 1.0 } else { 100.0 };
        let scaled: Vec<f64> = amounts.iter().map(|amount| amount * parts).collect();
        let rounded = rounded_to_total(&scaled, (total * parts).round() as i64);
        let shown: Vec<f64> = match rounded {
            Some(rounded) => rounded.into_iter().map(|part| part as f64 / parts).collect(),
            None => amounts.to_vec(),
        };
        shown.into_iter().map(|amount| self.cell(amount)).collect()
    }
}
