//! Mathematics without council words: distributions, correlation, simulation, losses, roots, quantiles, apportionment, graphs, counts of what is distinct, linkage, assignment, transport, scheduling, availability.

pub mod apportion;
pub mod assignment;
pub mod availability;
mod beta;
pub mod copula;
pub mod distinct;
pub mod distribution;
pub mod facility;
pub mod graph;
pub mod linkage;
pub mod losses;
pub mod normal;
pub mod quantiles;
pub mod roots;
pub mod scheduling;
pub mod simulation;
pub mod survivable;
pub mod transport;

pub use distribution::{Distribution, DistributionError};
