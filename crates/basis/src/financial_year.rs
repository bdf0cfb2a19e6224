//! The local-government financial year, 1 April to 31 March.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A financial year, named as councils name it: `2014/15` runs from
/// 1 April 2014 to 31 March 2015.
///
/// ```
/// use penshaw_basis::FinancialYear;
/// let year: FinancialYear = "2014/15".parse()?;
/// assert_eq!(year.starts(), jiff::civil::date(2014, 4, 1));
/// assert_eq!(FinancialYear::of(jiff::civil::date(2014, 3, 31)).to_string(), "2013/14");
/// assert_eq!((year + 2) - year, 2);
/// # Ok::<(), penshaw_basis::NotAFinancialYear>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FinancialYear(i16);

impl FinancialYear {
    /// The financial year that starts on 1 April of a calendar year.
    ///
    /// # Panics
    /// If the year is outside 1900 to 2999, which no record reaches.
    pub fn starting(year: i16) -> Self {
        assert!((1900..3000).contains(&year), "a financial year starts between 1900 and 2999");
        FinancialYear(year)
    }

    /// The financial year in which a day falls.
    pub fn of(day: Date) -> Self {
        FinancialYear(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// The calendar year in which it starts.
    pub const fn start_year(self) -> i16 {
        self.0
    }

    /// Its first day, 1 April.
    pub fn starts(self) -> Date {
        date(self.0, 4, 1)
    }

    /// Its last day, 31 March.
    pub fn ends(self) -> Date {
        date(self.0 + 1, 3, 31)
    }

    /// The years from this one on, as many as are wanted.
    pub fn following(self, count: usize) -> impl Iterator<Item = FinancialYear> {
        (self.0..).take(count).map(FinancialYear)
    }
}

impl std::ops::Add<i16> for FinancialYear {
    type Output = FinancialYear;
    fn add(self, years: i16) -> FinancialYear {
        FinancialYear(self.0 + years)
    }
}

impl std::ops::Sub for FinancialYear {
    type Output = i16;
    fn sub(self, earlier: FinancialYear) -> i16 {
        self.0 - earlier.0
    }
}

impl fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:02}", self.0, (self.0 + 1) % 100)
    }
}

/// The text does not name a financial year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a financial year: write it as 2014/15")]
pub struct NotAFinancialYear(String);

impl FromStr for FinancialYear {
    type Err = NotAFinancialYear;

    /// Reads `2014/15`, `2014-15` or `2014/2015`; the second year must follow the first.
    fn from_str(text: &str) -> Result<Self, NotAFinancialYear> {
        let refuse = || NotAFinancialYear(text.to_owned());
        let (first, second) = text.trim().split_once(['/', '-', '–']).ok_or_else(refuse)?;
        if first.len() != 4 || !(second.len() == 2 || second.len() == 4) {
            return Err(refuse());
        }
        let start: i16 = first.parse().map_err(|_| refuse())?;
        let end: i16 = second.parse().map_err(|_| refuse())?;
        let follows = end == if second.len() == 2 { (start + 1) % 100 } else { start + 1 };
        if !(1900..3000).contains(&start) || !follows {
            return Err(refuse());
        }
        Ok(FinancialYear(start))
    }
}

impl TryFrom<String> for FinancialYear {
    type Error = NotAFinancialYear;
    fn try_from(text: String) -> Result<Self, NotAFinancialYear> {
        text.parse()
    }
}

impl From<FinancialYear> for String {
    fn from(year: FinancialYear) -> String {
        year.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_year_that_does_not_follow_is_refused() {
        for text in ["2014/16", "2014", "14/15", "2014/2016", "1899/00", "20x4/15", ""] {
            assert!(text.parse::<FinancialYear>().is_err(), "{text}");
        }
        assert_eq!("1999/00".parse(), Ok(FinancialYear::starting(1999)));
    }
}
