//! Where things stand in the tables of lines.

use penshaw_documents::{At, Formula, Range};

use super::{Given, OptionOutcome, id};

/// 1 where the amounts are cash of each year, 0 where they are prices of year 0.
pub(super) const NOMINAL: usize = 4;
/// The multiple of the amounts: the mean of the range, or a probability.
pub(super) const MULTIPLE: usize = 5;
/// What optimism bias adds.
pub(super) const UPLIFT: usize = 6;
/// 1 where it counts as a cost in the economic case.
pub(super) const COST: usize = 7;
/// 1 where it counts as a benefit.
pub(super) const BENEFIT: usize = 8;
/// The part of it that is the first partner's cash, with its sign; the others follow.
pub(super) const CASH: usize = 9;
/// The column of the kind of money.
pub(super) const FLOW: usize = 3;

impl Given<'_> {
    /// The column of a year's amount.
    pub(super) fn amount(&self, year: usize) -> usize {
        CASH + self.partners + year
    }

    /// In `real-O1`, `cash-O1` and `years`: the column of a year.
    pub(super) fn year(&self, year: usize) -> usize {
        1 + year
    }

    /// In `real-O1` and `cash-O1`: the column of present values.
    pub(super) fn present(&self) -> usize {
        1 + self.years
    }

    /// In `real-O1`: the column of cash beyond NPSV.
    pub(super) fn beyond(&self) -> usize {
        2 + self.years
    }

    /// All years of a row.
    pub(super) fn all_years(&self, table: &str, row: usize) -> Range {
        Range::of_row(table, row, self.year(0)..=self.year(self.years - 1))
    }

    /// `Σ amount × factor` over the years of a row.
    pub(super) fn discounted(&self, table: &str, row: usize) -> Formula {
        Formula::SumProduct(self.all_years(table, row), self.all_years("years", 1))
    }
}

/// `Σ weight × amount` over an option's lines; nought where it has none.
pub(super) fn weighted(option: &OptionOutcome, weight: usize, amount: usize) -> Formula {
    match option.lines.len().checked_sub(1) {
        Some(last) => Formula::SumProduct(
            Range::of_column(&id("lines", option), weight, 0..=last),
            Range::of_column(&id("real", option), amount, 0..=last),
        ),
        None => Formula::Number(0.0),
    }
}

/// What an option's lines of one kind of money add to cash beyond NPSV.
pub(super) fn beyond(given: &Given, option: &OptionOutcome, flow: &str) -> Formula {
    match option.lines.len().checked_sub(1) {
        Some(last) => Formula::SumWhere {
            criteria: Range::of_column(&id("lines", option), FLOW, 0..=last),
            equals: flow.to_owned(),
            amounts: Range::of_column(&id("real", option), given.beyond(), 0..=last),
        },
        None => Formula::Number(0.0),
    }
}

/// A cell of an option's line.
pub(super) fn of_line(option: &OptionOutcome, line: usize, column: usize) -> Formula {
    Formula::Cell(At::new(id("lines", option), line, column))
}
