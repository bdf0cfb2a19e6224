//! A band: the rung of one fixed ladder in which a figure stands, shown where its owner keeps the figure back.

use std::collections::BTreeMap;
use std::fmt;

use penshaw_basis::{FinancialYear, Money};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Field, FieldKind};

/// The rungs within each power of ten: 1, 2, 5, 10, 20, 50 and so on.
const RUNGS: [i64; 3] = [1, 2, 5];
/// Below this many pounds the ladder has no further rung: a narrower band would nearly be the figure.
const LEAST_POUNDS: i64 = 1_000;
/// Below this many of anything else the ladder has no further rung.
const LEAST_UNITS: i64 = 10;
/// From here on the ladder has no further rung either.
const MOST: i64 = 1_000_000_000_000_000;

/// A range on the ladder 1, 2, 5, 10, 20, 50…, in pounds or in a field's own unit.
///
/// The ladder is the same for every owner and field, and it begins at £1,000 and at 10
/// units, so that what a band tells never depends on who draws it. A figure that
/// stands on a rung belongs to the band above it; a negative figure has the band of
/// the same size below nought. It is shown and never added up.
///
/// ```
/// use penshaw_basis::Money;
/// use penshaw_register::Band;
/// assert_eq!(Band::of_money(Money::from_pounds(85_000)).to_string(), "£50,000 to £100,000");
/// assert_eq!(Band::of_money(Money::from_pounds(50_000)).to_string(), "£50,000 to £100,000");
/// assert_eq!(Band::of_number(3.2, "kW").to_string(), "0 to 10 kW");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Band {
    /// The least, in whole pounds or units; nothing where there is no rung below.
    pub from: Option<i64>,
    /// The most; nothing where there is no rung above.
    pub to: Option<i64>,
    /// `£`, or the unit of the field, which may be empty.
    pub unit: String,
}

impl Band {
    /// The band of an amount of money.
    pub fn of_money(amount: Money) -> Self {
        Band::of(amount.pounds(), LEAST_POUNDS, "£")
    }

    /// The band of a number in a unit.
    pub fn of_number(number: f64, unit: &str) -> Self {
        Band::of(number, LEAST_UNITS, unit)
    }

    fn of(figure: f64, least: i64, unit: &str) -> Self {
        let (from, to) = rungs_around(figure.abs(), least);
        let (from, to) = if figure < 0.0 { (to.map(|rung| -rung), Some(-from)) } else { (Some(from), to) };
        Band { from, to, unit: unit.to_owned() }
    }
}

/// The rungs between which a size stands.
fn rungs_around(size: f64, least: i64) -> (i64, Option<i64>) {
    let mut below = 0;
    let mut ten = least;
    while ten <= MOST {
        for rung in RUNGS.map(|step| step * ten) {
            if size < rung as f64 {
                return (below, Some(rung));
            }
            below = rung;
            if rung == MOST {
                return (below, None);
            }
        }
        ten *= 10;
    }
    (below, None)
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rung = |rung: i64| match self.unit.as_str() {
            "£" => Money::from_pounds(rung).to_string().trim_end_matches(".00").to_owned(),
            _ => Money::from_pounds(rung).to_string().trim_end_matches(".00").replacen('£', "", 1),
        };
        match (self.from, self.to) {
            (Some(from), Some(to)) => write!(f, "{} to {}", rung(from), rung(to))?,
            (Some(from), None) => write!(f, "{} or more", rung(from))?,
            (None, Some(to)) => write!(f, "{} or less", rung(to))?,
            (None, None) => f.write_str("any")?,
        }
        match self.unit.as_str() {
            "" | "£" => Ok(()),
            unit => write!(f, " {unit}"),
        }
    }
}

/// What is shown of a field in place of its figure: a band, or one for each year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Banded {
    /// The band of a single figure.
    One(Band),
    /// The band of each financial year's amount.
    ByYear(BTreeMap<FinancialYear, Band>),
}

impl fmt::Display for Banded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Banded::One(band) => band.fmt(f),
            Banded::ByYear(bands) => {
                let bands: Vec<String> = bands.iter().map(|(year, band)| format!("{year}: {band}")).collect();
                f.write_str(&bands.join("; "))
            }
        }
    }
}

/// The figures of a field: pence, or numbers in its unit, each for its year where it has years.
pub(crate) enum Figures {
    Pence(Vec<(Option<FinancialYear>, i64)>),
    Number(f64),
}

/// What a field holds as figures, where its kind has any; what is written otherwise has none.
pub(crate) fn figures(field: &Field, value: &Value) -> Option<Figures> {
    match field.kind {
        FieldKind::Money => Some(Figures::Pence(vec![(None, value.as_i64()?)])),
        FieldKind::AmountsByYear => {
            let amount = |(year, amount): (&String, &Value)| Some((Some(year.parse().ok()?), amount.as_i64()?));
            Some(Figures::Pence(value.as_object()?.iter().map(amount).collect::<Option<_>>()?))
        }
        FieldKind::Count | FieldKind::Number { .. } => {
            value.as_f64().filter(|number| number.is_finite()).map(Figures::Number)
        }
        _ => None,
    }
}

/// What a field may show in place of its figure.
pub(crate) fn banded(field: &Field, value: &Value) -> Option<Banded> {
    let of_pence = |pence: i64| Band::of_money(Money::from_pence(pence));
    match figures(field, value)? {
        Figures::Number(number) => Some(Banded::One(Band::of_number(number, unit_of(field)))),
        Figures::Pence(amounts) => match amounts.as_slice() {
            [(None, pence)] => Some(Banded::One(of_pence(*pence))),
            amounts => {
                let bands = amounts.iter().filter_map(|(year, pence)| Some(((*year)?, of_pence(*pence))));
                Some(Banded::ByYear(bands.collect()))
            }
        },
    }
}

/// The unit of a field's numbers.
pub(crate) fn unit_of(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Money | FieldKind::AmountsByYear => "£",
        FieldKind::Number { unit, .. } => unit,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pounds(pounds: i64) -> String {
        Band::of_money(Money::from_pounds(pounds)).to_string()
    }

    #[test]
    fn a_band_is_the_rung_below_and_the_rung_above() {
        assert_eq!(pounds(0), "£0 to £1,000");
        assert_eq!(pounds(1_000), "£1,000 to £2,000");
        assert_eq!(pounds(4_999), "£2,000 to £5,000");
        assert_eq!(pounds(123_456), "£100,000 to £200,000");
        assert_eq!(pounds(-250_000), "−£500,000 to −£200,000");
        assert_eq!(pounds(-1), "−£1,000 to £0");
        assert_eq!(Band::of_money(Money::from_pence(99_999)).to_string(), "£0 to £1,000");
        assert_eq!(Band::of_number(120.0, "").to_string(), "100 to 200");
    }

    #[test]
    fn the_ladder_has_a_top() {
        assert_eq!(Band::of_number(f64::MAX, "TB").to_string(), "1,000,000,000,000,000 or more TB");
        assert_eq!(Band::of_number(-1e18, "").to_string(), "−1,000,000,000,000,000 or less");
        assert_eq!(Band::of_number(9e14, "").to_string(), "500,000,000,000,000 to 1,000,000,000,000,000");
    }
}
