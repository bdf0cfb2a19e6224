//! Money, dates and dated parameters, each with its source.

mod clear_days;
mod deflator;
mod digest;
mod discount;
mod estimate;
mod financial_year;
mod money;
mod parameters;
mod source;

pub use clear_days::{CannotCount, ClearDays, DayCount, TakesEffect, WorkingCalendar};
pub use deflator::{Deflator, NoIndex};
pub use digest::{Digest, Digester};
pub use discount::{
    Band, DiscountFactor, DiscountRate, DiscountSchedule, NotASchedule, Timing, deflate, discounted_payback,
    net_present_value, nominal_rate, payback, peak_funding,
};
pub use estimate::Estimate;
pub use financial_year::{FinancialYear, NotAFinancialYear};
pub use jiff::civil::{Date, Time};
pub use money::{Money, NotMoney};
pub use parameters::{Basis, DatedValue, Parameter, ParameterError, ParameterErrors, ParameterProblem, Reference};
pub use source::{Cited, Confidence, NotASource, Source};
