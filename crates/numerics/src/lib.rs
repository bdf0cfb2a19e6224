//! Mathematics without council words: distributions, correlation, simulation, roots, quantiles, apportionment, graphs.

pub mod apportion;
mod beta;
pub mod copula;
pub mod distribution;
pub mod graph;
pub mod normal;
pub mod quantiles;
pub mod roots;
pub mod simulation;
pub mod survivable;

pub use distribution::{Distribution, DistributionError};
