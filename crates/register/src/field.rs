//! What a field of an entry is: the one declaration that forms, templates, checks and sharing are drawn from.

use crate::Kind;

/// One field of a kind of entry.
#[derive(Debug)]
pub struct Field {
    /// Its name in files and JSON, such as `annual_cost`.
    pub name: &'static str,
    /// Its heading on sheets and pages, such as "Annual cost".
    pub label: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether every entry must have it.
    pub required: bool,
    /// Whether its owner may keep it back while sharing the rest of the entry.
    pub shareable: bool,
    /// What to write in it, in one sentence.
    pub help: &'static str,
    /// An example of it.
    pub example: &'static str,
}

/// What a field holds, and with it the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// Pounds, recorded as whole pence; may be negative only where the kind's check allows it.
    Money,
    /// A number from `least` to `most`, in `unit`.
    Number {
        /// The unit as printed, such as "kW"; empty for a bare number.
        unit: &'static str,
        /// The least that makes sense.
        least: f64,
        /// The most that makes sense.
        most: f64,
    },
    /// A whole number from nought.
    Count,
    /// A proportion from 0 to 1, which may be written as a percentage.
    Proportion,
    /// A day.
    Date,
    /// A financial year, such as 2014/15.
    Year,
    /// Pounds for each of several financial years; on a sheet, one column a year.
    AmountsByYear,
    /// One of the words given.
    Choice(&'static [&'static str]),
    /// Yes or no.
    YesNo,
    /// Several words, separated by semicolons on a sheet.
    List,
    /// The reference of an entry of the same owner.
    Reference(Kind),
    /// The references of entries of the same owner, separated by semicolons on a sheet.
    References(Kind),
    /// The code of an authority of the partnership.
    Authority,
    /// The code of an authority of the partnership, or `joint`.
    AuthorityOrJoint,
    /// An identifier of the LGA/ESD list of local government functions.
    Function,
}

impl FieldKind {
    /// Whether it holds figures that could be added up, so that a band or a subtotal may stand for them.
    pub fn is_figure(self) -> bool {
        matches!(self, FieldKind::Money | FieldKind::AmountsByYear | FieldKind::Count | FieldKind::Number { .. })
    }
}

/// A number that is not negative, in a unit.
pub const fn at_least_zero(unit: &'static str) -> FieldKind {
    FieldKind::Number { unit, least: 0.0, most: f64::MAX }
}

/// The largest amount of money, ten thousand million pounds: more than any authority spends,
/// and small enough that the sum of every amount in a file is exact.
pub const MOST_MONEY_PENCE: i64 = 1_000_000_000_000;

/// The largest count; a greater one is a slip of the keyboard.
pub const MOST_COUNTED: u64 = 1_000_000_000;
