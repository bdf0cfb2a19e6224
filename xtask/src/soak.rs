//! The long runs: servers that are killed again and again while people write.

use anyhow::Result;

use crate::needs;
use crate::run::run;

/// Runs what `cargo test` leaves out because it takes minutes.
///
/// `PENSHAW_SOAK_MINUTES` says how long each takes (5), `PENSHAW_SOAK_SEED` by what chance (1).
///
/// # Errors
/// If anything is missing or fails.
pub fn soak() -> Result<()> {
    needs::provide()?;
    run("cargo", &["test", "--workspace", "--test", "soak", "--locked", "--", "--nocapture", "--test-threads=1"])
}
