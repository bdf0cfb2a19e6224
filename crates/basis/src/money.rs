//! Recorded money: whole pence, exact.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount of money as somebody recorded it, in whole pence.
///
/// It adds and subtracts exactly and is never multiplied by a fraction: what a
/// model works out is an [`Estimate`](crate::Estimate).
///
/// ```
/// use penshaw_basis::Money;
/// let rent: Money = "£270,000".parse()?;
/// assert_eq!(rent + Money::from_pence(50), Money::from_pence(27_000_050));
/// assert_eq!((-rent).to_string(), "−£270,000.00");
/// # Ok::<(), penshaw_basis::NotMoney>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// An amount of whole pence.
    pub const fn from_pence(pence: i64) -> Self {
        Money(pence)
    }

    /// An amount of whole pounds.
    pub const fn from_pounds(pounds: i64) -> Self {
        Money(pounds * 100)
    }

    /// The amount in pence.
    pub const fn pence(self) -> i64 {
        self.0
    }

    /// The amount in pounds, for a model that goes on in fractions.
    pub fn pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

/// The text is not an amount of money to the penny.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an amount of money: write pounds, such as 1250 or £1,250.50")]
pub struct NotMoney(String);

impl FromStr for Money {
    type Err = NotMoney;

    /// Reads pounds with at most two decimals; `£`, thousands commas, a leading
    /// minus and accountants' brackets for negatives are understood.
    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let refuse = || NotMoney(text.to_owned());
        let bare = text.trim();
        let (bare, bracketed) = match bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            Some(inner) => (inner, true),
            None => (bare, false),
        };
        let (bare, minus) = match bare.strip_prefix(['-', '−']) {
            Some(rest) => (rest, true),
            None => (bare, false),
        };
        let bare = bare.trim_start_matches('£').trim();
        let (pounds, pence) = bare.split_once('.').unwrap_or((bare, ""));
        if !well_grouped(pounds) || pence.len() > 2 || !pence.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse());
        }
        let pounds: i64 = pounds.replace(',', "").parse().map_err(|_| refuse())?;
        let pence: i64 = format!("{pence:0<2}").parse().map_err(|_| refuse())?;
        let size = pounds.checked_mul(100).and_then(|total| total.checked_add(pence)).ok_or_else(refuse)?;
        Ok(Money(if bracketed != minus { -size } else { size }))
    }
}

/// Whether the digits are plain, or grouped in threes by commas.
fn well_grouped(pounds: &str) -> bool {
    let mut groups = pounds.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = pounds.contains(',');
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    digits(first) && (!grouped || first.len() <= 3) && groups.all(|group| group.len() == 3 && digits(group))
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}£{}.{:02}", grouped(size / 100), size % 100)
    }
}

/// A whole number with a comma at each thousand.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        self.0 += other.0;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_officers_write_them() {
        for (text, pence) in
            [("1250", 125_000), ("£1,250.5", 125_050), ("-3.07", -307), ("(£2,000)", -200_000), (" £0.01 ", 1)]
        {
            assert_eq!(text.parse::<Money>(), Ok(Money::from_pence(pence)), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_amount_to_the_penny_is_refused() {
        for text in ["", "£", "1.234", "1,23", "12,34,567", "ten", "1e6", "NaN", "99999999999999999999"] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }
}
