//! Modelled money: pounds with fractions, rounded only where it is shown.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use serde::{Deserialize, Serialize};

use crate::Money;
use crate::money::grouped;

/// An amount that a model worked out, in pounds and fractions of a penny.
///
/// It never goes back into a record; to show it, round it once with
/// [`to_money`](Estimate::to_money).
///
/// ```
/// use penshaw_basis::{Estimate, Money};
/// let half = Estimate::from(Money::from_pence(1)) * 0.5;
/// assert_eq!(half.to_money(), Money::from_pence(1)); // half away from zero
/// assert_eq!((-half).to_money(), Money::from_pence(-1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Estimate(f64);

impl Estimate {
    /// Nothing.
    pub const ZERO: Estimate = Estimate(0.0);

    /// An estimate in pounds.
    ///
    /// # Panics
    /// If the number is not finite: a model that divides by nothing has a bug.
    pub fn from_pounds(pounds: f64) -> Self {
        assert!(pounds.is_finite(), "an estimate must be a finite number of pounds");
        Estimate(pounds)
    }

    /// The estimate in pounds.
    pub const fn pounds(self) -> f64 {
        self.0
    }

    /// The nearest penny, halves away from zero.
    pub fn to_money(self) -> Money {
        Money::from_pence((self.0 * 100.0).round() as i64)
    }

    /// The nearest whole pound, as reports print it: `£1,234` or `−£1,234`.
    pub fn to_whole_pounds(self) -> String {
        let pounds = self.0.round() as i64;
        let sign = if pounds < 0 { "−" } else { "" };
        format!("{sign}£{}", grouped(pounds.unsigned_abs()))
    }
}

impl From<Money> for Estimate {
    fn from(amount: Money) -> Self {
        Estimate(amount.pounds())
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_money().fmt(f)
    }
}

impl Add for Estimate {
    type Output = Estimate;
    fn add(self, other: Estimate) -> Estimate {
        Estimate(self.0 + other.0)
    }
}

impl Sub for Estimate {
    type Output = Estimate;
    fn sub(self, other: Estimate) -> Estimate {
        Estimate(self.0 - other.0)
    }
}

impl Neg for Estimate {
    type Output = Estimate;
    fn neg(self) -> Estimate {
        Estimate(-self.0)
    }
}

impl Mul<f64> for Estimate {
    type Output = Estimate;
    fn mul(self, factor: f64) -> Estimate {
        Estimate(self.0 * factor)
    }
}

impl AddAssign for Estimate {
    fn add_assign(&mut self, other: Estimate) {
        self.0 += other.0;
    }
}

impl Sum for Estimate {
    fn sum<I: Iterator<Item = Estimate>>(amounts: I) -> Estimate {
        amounts.fold(Estimate::ZERO, Add::add)
    }
}
