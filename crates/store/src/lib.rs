//! The register in a database: SQLite by default, PostgreSQL for teams.
//!
//! Reads are functions over anything [`Connected`]: the [`Store`] itself, or [`Changes`] that
//! are being made. Writes take [`Changes`], which are kept together or not at all.

pub mod accounts;
pub mod alerts;
pub mod analysts;
pub mod audit;
pub mod backup;
pub mod baselines;
mod connect;
pub mod entries;
mod error;
pub mod imports;
pub mod jobs;
pub mod memberships;
mod migrations;
pub mod partnership;
mod programs;
pub mod publications;
mod rows;
pub mod runs;
pub mod sessions;
pub mod sharing;
mod sql;
#[cfg(feature = "testing")]
pub mod testing;
pub mod visits;

pub use connect::{Changes, Connected, Store};
pub use error::StoreError;
pub use migrations::describe;
