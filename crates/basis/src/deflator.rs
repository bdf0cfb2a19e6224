//! Prices of one year in the prices of another, by the GDP deflator.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Basis, Cited, Estimate, FinancialYear, ParameterError};

/// A price index by calendar year, the growth assumed after its last year, and how
/// financial years are drawn from calendar years.
///
/// The index of 2014/15 is our own derivation: three quarters of 2014 and one of 2015.
/// After the last published year the index grows at one assumed rate.
/// Sources: HM Treasury, GDP deflators at market prices; The Green Book (2026), chapter 6.
///
/// ```
/// use jiff::civil::date;
/// use penshaw_basis::{Basis, Deflator, Estimate};
/// let deflator = Deflator::gdp(&Basis::standard(), date(2026, 4, 1))?.value;
/// let bid = Estimate::from_pounds(400_000.0);
/// let today = deflator.to_prices_of_calendar_year(bid, 2014, 2024).unwrap();
/// assert_eq!(today.to_whole_pounds(), "£535,817");
/// # Ok::<(), penshaw_basis::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deflator {
    index: BTreeMap<i16, f64>,
    growth: f64,
    share_of_first_year: f64,
}

/// Why prices cannot be converted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoIndex {
    /// The index begins later.
    #[error("prices of {year} cannot be converted: the price index begins in {first}")]
    TooEarly {
        /// The calendar year that was asked for.
        year: i16,
        /// The first year of the index.
        first: i16,
    },
    /// The series cannot serve as an index.
    #[error("a price index needs every year from its first to its last, each above zero")]
    NotAnIndex,
}

#[derive(Deserialize)]
struct FinancialYearWeights {
    first_calendar_year: f64,
}

impl Deflator {
    /// An index by calendar year, without gaps and above zero; the growth per year after its
    /// last year; the share that a financial year takes of the calendar year in which it starts.
    pub fn new(index: BTreeMap<i16, f64>, growth: f64, share_of_first_year: f64) -> Result<Self, NoIndex> {
        let years = index.first_key_value().zip(index.last_key_value());
        let (first, last) = years.map(|(first, last)| (*first.0, *last.0)).ok_or(NoIndex::NotAnIndex)?;
        let whole = index.len() == usize::try_from(last - first).unwrap_or(0) + 1;
        let sound = index.values().all(|value| value.is_finite() && *value > 0.0);
        if whole && sound && growth > -1.0 && (0.0..=1.0).contains(&share_of_first_year) {
            Ok(Deflator { index, growth, share_of_first_year })
        } else {
            Err(NoIndex::NotAnIndex)
        }
    }

    /// The GDP deflator of the parameters, with the three sources on which it rests.
    pub fn gdp(basis: &Basis, on: Date) -> Result<Cited<Deflator>, ParameterError> {
        const NAME: &str = "indices/gdp_deflator";
        let index: Cited<BTreeMap<i16, f64>> = basis.value(NAME, on)?;
        let growth: Cited<f64> = basis.value("indices/gdp_deflator_growth", on)?;
        let weights: Cited<FinancialYearWeights> = basis.value("indices/financial_year_weights", on)?;
        let value = Deflator::new(index.value, growth.value, weights.value.first_calendar_year)
            .map_err(|cause| ParameterError::WrongShape { name: NAME.to_owned(), reason: cause.to_string() })?;
        let sources = [index.sources, growth.sources, weights.sources].concat();
        Ok(Cited { value, sources })
    }

    /// The index of a calendar year: as published, or grown on from the last published year.
    pub fn calendar_index(&self, year: i16) -> Result<f64, NoIndex> {
        if let Some(published) = self.index.get(&year) {
            return Ok(*published);
        }
        let (first, last) = (self.first_year(), self.last_published_year());
        if year < first {
            return Err(NoIndex::TooEarly { year, first });
        }
        Ok((last..year).fold(self.index[&last], |index, _| index * (1.0 + self.growth)))
    }

    /// The index of a financial year: the first calendar year's share of it and the rest of the second's.
    pub fn index(&self, year: FinancialYear) -> Result<f64, NoIndex> {
        let first = self.calendar_index(year.start_year())?;
        let second = self.calendar_index(year.start_year() + 1)?;
        Ok(self.share_of_first_year * first + (1.0 - self.share_of_first_year) * second)
    }

    /// An amount in the prices of one financial year, in those of another: `amount × I(to) / I(from)`.
    pub fn to_prices_of(&self, amount: Estimate, from: FinancialYear, to: FinancialYear) -> Result<Estimate, NoIndex> {
        Ok(amount * (self.index(to)? / self.index(from)?))
    }

    /// An amount in the prices of one calendar year, in those of another: `amount × I(to) / I(from)`.
    pub fn to_prices_of_calendar_year(&self, amount: Estimate, from: i16, to: i16) -> Result<Estimate, NoIndex> {
        Ok(amount * (self.calendar_index(to)? / self.calendar_index(from)?))
    }

    /// The first calendar year of the index.
    pub fn first_year(&self) -> i16 {
        self.index.first_key_value().map_or(0, |(year, _)| *year)
    }

    /// The last calendar year that was published; later ones are assumed.
    pub fn last_published_year(&self) -> i16 {
        self.index.last_key_value().map_or(0, |(year, _)| *year)
    }
}
