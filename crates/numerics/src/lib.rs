//! Mathematics without council words: distributions, correlation, simulation, roots, quantiles, apportionment.

pub mod apportion;
pub mod availability;
mod beta;
pub mod copula;
pub mod distribution;
pub mod normal;
pub mod quantiles;
pub mod roots;
pub mod simulation;

pub use distribution::{Distribution, DistributionError};
