//! How an amount of a cost-shares answer is shown: rounded once, so that what adds up in truth adds up in print.

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Cell, Inline, Value};
use penshaw_numerics::apportion::rounded_to_total;

use super::{Leaving, Method, Outcome, Shares, Unit};

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

    /// Amounts rounded as they are shown, so that they add up to the total's rounding, by the largest remainder.
    pub(super) fn adding_up(&self, amounts: &[f64], total: f64) -> Vec<f64> {
        let parts = if self.whole { 1.0 } else { 100.0 };
        let scaled: Vec<f64> = amounts.iter().map(|amount| amount * parts).collect();
        let rounded = rounded_to_total(&scaled, (total * parts).round() as i64);
        match rounded {
            Some(rounded) => rounded.into_iter().map(|part| part as f64 / parts).collect(),
            None => amounts.to_vec(),
        }
    }

    /// Amounts in cells, as [`Amounts::adding_up`] rounds them.
    pub(super) fn cells(&self, amounts: &[f64], total: f64) -> Vec<Cell> {
        self.adding_up(amounts, total).into_iter().map(|amount| self.cell(amount)).collect()
    }

    /// What each pays under a way of sharing, in the partners' order, as it is shown.
    pub(super) fn shares(&self, outcome: &Outcome, method: Method) -> Vec<f64> {
        self.adding_up(&in_order(outcome, &outcome.methods[&method].shares), outcome.grand_cost)
    }

    /// What each would pay alone, in the partners' order, as it is shown.
    pub(super) fn alone(&self, outcome: &Outcome) -> Vec<f64> {
        let alone = in_order(outcome, &outcome.stand_alone);
        self.adding_up(&alone, alone.iter().sum())
    }

    /// What a group that would leave pays, what it would pay apart, and the difference, all from what is shown.
    pub(super) fn leaving(&self, outcome: &Outcome, method: Method, group: &Leaving) -> [f64; 3] {
        let shares = self.shares(outcome, method);
        let members = outcome.members.iter().zip(&shares);
        let pay: f64 = members.filter(|(member, _)| group.members.contains(&member.code)).map(|(_, share)| share).sum();
        let apart = self.adding_up(&[group.apart], group.apart)[0];
        [pay, apart, pay - apart]
    }
}

/// Amounts in the order in which the partners are named.
pub(super) fn in_order(outcome: &Outcome, shares: &Shares) -> Vec<f64> {
    outcome.members.iter().map(|member| shares[&member.code]).collect()
}
