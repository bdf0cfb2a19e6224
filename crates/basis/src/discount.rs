//! Discounting: rates, factors, net present value and payback.
//!
//! Rates are given as a schedule by years from the start of the appraisal, since the
//! Treasury's rate declines over the long term. A *rate* is a price of time per year; a
//! *factor* is what a pound of a later year is worth now: the two are different types.

use std::ops::Mul;

use serde::{Deserialize, Serialize};

use crate::Estimate;

/// The price of a year's delay, real or nominal, such as 0.035 per year.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DiscountRate(f64);

impl DiscountRate {
    /// A rate per year, as a fraction: 3.5 % is 0.035.
    pub const fn per_year(rate: f64) -> Self {
        DiscountRate(rate)
    }

    /// The rate as a fraction per year.
    pub const fn fraction(self) -> f64 {
        self.0
    }
}

/// What one pound of a later year is worth at the start of the appraisal.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DiscountFactor(f64);

impl DiscountFactor {
    /// The factor as a number, 1 in year 0 with payments at the year's end.
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl Mul<DiscountFactor> for Estimate {
    type Output = Estimate;
    fn mul(self, factor: DiscountFactor) -> Estimate {
        self * factor.0
    }
}

/// When in a year its payments are taken to fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// At its end: the way in which the Green Book's tables are printed. Year 0 is not discounted.
    #[default]
    YearEnd,
    /// In its middle: half a year's rate more is taken off each year, year 0 included.
    MidYear,
}

/// From one year of an appraisal on, the rate of that year and those after it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The rate applies to the years after this one.
    pub after_years: u32,
    /// The rate.
    pub rate: DiscountRate,
}

/// Discount rates by years from the start of an appraisal.
///
/// ```
/// use jiff::civil::date;
/// use penshaw_basis::{Basis, DiscountSchedule, Timing};
/// let schedule: DiscountSchedule =
///     Basis::standard().value("green_book/standard_discount_rate", date(2026, 4, 1))?.value;
/// let tenth = schedule.factor(10, Timing::YearEnd);
/// assert_eq!(format!("{:.4}", tenth.value()), "0.7089"); // as the Treasury prints it
/// # Ok::<(), penshaw_basis::ParameterError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "Vec<Band>", try_from = "Vec<Band>")]
pub struct DiscountSchedule(Vec<Band>);

/// The bands do not make a schedule.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotASchedule {
    /// Nothing is said about the first year.
    #[error("a schedule of discount rates begins with after_years = 0")]
    NoStart,
    /// A band begins before the one above it ends.
    #[error("the band after {after_years} years does not come later than the band above it")]
    OutOfOrder {
        /// Where the band begins.
        after_years: u32,
    },
    /// A rate that is surely a slip, such as 3.5 for 3.5 %.
    #[error("a discount rate of {rate} is not between -0.5 and 1: write 3.5 % as 0.035")]
    RateOutOfRange {
        /// The rate as written.
        rate: f64,
    },
}

impl TryFrom<Vec<Band>> for DiscountSchedule {
    type Error = NotASchedule;

    fn try_from(bands: Vec<Band>) -> Result<Self, NotASchedule> {
        if bands.first().is_none_or(|band| band.after_years != 0) {
            return Err(NotASchedule::NoStart);
        }
        if let Some(pair) = bands.windows(2).find(|pair| pair[0].after_years >= pair[1].after_years) {
            return Err(NotASchedule::OutOfOrder { after_years: pair[1].after_years });
        }
        if let Some(band) = bands.iter().find(|band| !(-0.5..1.0).contains(&band.rate.0)) {
            return Err(NotASchedule::RateOutOfRange { rate: band.rate.0 });
        }
        Ok(DiscountSchedule(bands))
    }
}

impl From<DiscountSchedule> for Vec<Band> {
    fn from(schedule: DiscountSchedule) -> Self {
        schedule.0
    }
}

impl DiscountSchedule {
    /// One rate for all years.
    ///
    /// # Panics
    /// If the rate is not between −0.5 and 1.
    pub fn flat(rate: DiscountRate) -> Self {
        DiscountSchedule::try_from(vec![Band { after_years: 0, rate }]).expect("the rate is between −0.5 and 1")
    }

    /// The bands, the earliest first.
    pub fn bands(&self) -> &[Band] {
        &self.0
    }

    /// The rate between the end of the year before and the end of this one.
    ///
    /// Year 30 is still in the first band of the standard schedule, year 31 in its second.
    pub fn rate(&self, year: u32) -> DiscountRate {
        let reached = self.0.iter().rev().find(|band| band.after_years < year);
        reached.unwrap_or(&self.0[0]).rate
    }

    /// What one pound of a year is worth at the start.
    ///
    /// Year end: `DF(t) = Π 1 / (1 + r_k)` over `k = 1 … t`, so that `DF(0) = 1`.
    /// Mid-year: `DF(t) / √(1 + r_{t+1})`, half of the next year's rate more.
    ///
    /// Source: HM Treasury, The Green Book (2026), chapter 6.
    pub fn factor(&self, year: u32, timing: Timing) -> DiscountFactor {
        let at_end = (1..=year).fold(1.0, |factor, k| factor / (1.0 + self.rate(k).0));
        self.placed(at_end, year, timing)
    }

    /// The factors of years 0, 1, 2 …, as many as are wanted.
    pub fn factors(&self, count: usize, timing: Timing) -> Vec<DiscountFactor> {
        let mut at_end = 1.0;
        (0_u32..)
            .take(count)
            .map(|year| {
                if year > 0 {
                    at_end /= 1.0 + self.rate(year).0;
                }
                self.placed(at_end, year, timing)
            })
            .collect()
    }

    fn placed(&self, at_end: f64, year: u32, timing: Timing) -> DiscountFactor {
        match timing {
            Timing::YearEnd => DiscountFactor(at_end),
            Timing::MidYear => DiscountFactor(at_end / (1.0 + self.rate(year + 1).0).sqrt()),
        }
    }
}

/// What flows of years 0, 1, 2 … are worth together at the start: `Σ flow_t × DF(t)`.
///
/// Year 0 is not discounted (with payments at the year's end), unlike in a spreadsheet's
/// `NPV()`, which discounts its first flow by a year. Real flows want a real schedule,
/// nominal flows a nominal one.
///
/// Source: HM Treasury, The Green Book (2026), chapter 6.
///
/// ```
/// use penshaw_basis::{DiscountRate, DiscountSchedule, Estimate, Timing, net_present_value};
/// let schedule = DiscountSchedule::flat(DiscountRate::per_year(0.035));
/// let flows = [-10.0, 2.5, 2.5, 2.5, 2.5].map(Estimate::from_pounds);
/// let worth = net_present_value(&flows, &schedule, Timing::YearEnd);
/// assert_eq!(format!("{:.4}", worth.pounds()), "-0.8173");
/// ```
pub fn net_present_value(flows: &[Estimate], schedule: &DiscountSchedule, timing: Timing) -> Estimate {
    discounted(flows, schedule, timing).into_iter().sum()
}

/// The years after which the flows together have first made good what was spent, or `None` if they never do.
///
/// Flows are of years 0, 1, 2 …; within the year in which the balance turns, it is taken to
/// turn evenly. Nothing spent is made good at once: 0 years. Where money is spent again later,
/// the first return is told; [`peak_funding`] shows what is needed in all.
///
/// ```
/// use penshaw_basis::{Estimate, payback};
/// let flows = [-5.0, 1.5, 1.5, 1.5, 1.5].map(Estimate::from_pounds);
/// assert_eq!(format!("{:.3}", payback(&flows).unwrap()), "3.333");
/// assert_eq!(payback(&flows[..3]), None);
/// ```
pub fn payback(flows: &[Estimate]) -> Option<f64> {
    let mut balance = 0.0;
    let mut spent = false;
    for (year, flow) in flows.iter().enumerate() {
        let before = balance;
        balance += flow.pounds();
        if spent && balance >= 0.0 {
            return Some(year as f64 - 1.0 - before / flow.pounds());
        }
        spent |= balance < 0.0;
    }
    (!spent).then_some(0.0)
}

/// The payback of the flows when each is discounted first.
///
/// ```
/// use penshaw_basis::{DiscountRate, DiscountSchedule, Estimate, Timing, discounted_payback};
/// let schedule = DiscountSchedule::flat(DiscountRate::per_year(0.035));
/// let flows = [-5.0, 1.5, 1.5, 1.5, 1.5].map(Estimate::from_pounds);
/// let years = discounted_payback(&flows, &schedule, Timing::YearEnd);
/// assert_eq!(format!("{:.3}", years.unwrap()), "3.610");
/// ```
pub fn discounted_payback(flows: &[Estimate], schedule: &DiscountSchedule, timing: Timing) -> Option<f64> {
    payback(&discounted(flows, schedule, timing))
}

/// The most that has to be found at any time before the flows make it good, never below zero.
///
/// ```
/// use penshaw_basis::{Estimate, peak_funding};
/// let flows = [-5.0, -2.0, 4.0, 4.0].map(Estimate::from_pounds);
/// assert_eq!(peak_funding(&flows), Estimate::from_pounds(7.0));
/// ```
pub fn peak_funding(flows: &[Estimate]) -> Estimate {
    let mut balance = 0.0;
    let mut deepest: f64 = 0.0;
    for flow in flows {
        balance += flow.pounds();
        deepest = deepest.min(balance);
    }
    Estimate::from_pounds(0.0 - deepest)
}

/// The nominal rate that goes with a real one and inflation: `(1 + r)(1 + i) − 1`.
///
/// Source: HM Treasury, The Green Book (2026), chapter 6.
///
/// ```
/// use penshaw_basis::{DiscountRate, nominal_rate};
/// let rate = nominal_rate(DiscountRate::per_year(0.035), 0.025);
/// assert_eq!(format!("{:.4}", rate.fraction()), "0.0609");
/// ```
pub fn nominal_rate(real: DiscountRate, inflation: f64) -> DiscountRate {
    DiscountRate((1.0 + real.0) * (1.0 + inflation) - 1.0)
}

/// A nominal amount of a later year in the prices of year 0: `nominal / (1 + i)^t`.
///
/// ```
/// use penshaw_basis::{Estimate, deflate};
/// let real = deflate(Estimate::from_pounds(1000.0), 0.02, 5);
/// assert_eq!(format!("{:.0}", real.pounds()), "906");
/// ```
pub fn deflate(nominal: Estimate, inflation: f64, years: u32) -> Estimate {
    let growth = (0..years).fold(1.0, |growth, _| growth * (1.0 + inflation));
    Estimate::from_pounds(nominal.pounds() / growth)
}

fn discounted(flows: &[Estimate], schedule: &DiscountSchedule, timing: Timing) -> Vec<Estimate> {
    let factors = schedule.factors(flows.len(), timing);
    flows.iter().zip(factors).map(|(flow, factor)| *flow * factor).collect()
}
