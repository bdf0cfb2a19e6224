//! The long runs: servers that are killed again and again while people write.

use anyhow::Result;

use crate::needs;
use crate::run::run;

/// Runs what `cargo test` leaves out because it takes minutes: `crates/penshaw/tests/service` with real
/// servers, `walks` with a real browser, and `soak`.
///
/// `PENSHAW_SOAK_MINUTES` says how long each takes (5), `PENSHAW_SOAK_SEED` by what chance (1).
///
/// # Errors
/// If anything is missing or fails.
pub fn soak() -> Result<()> {
    needs::provide()?;
    let long = ["test", "--package", "penshaw", "--features", "long-tests", "--locked", "--no-fail-fast"];
    run("cargo", &[&long[..], &["--test", "service", "--test", "walks"]].concat())?;
    run(
        "cargo",
        &["test", "--package", "penshaw", "--test", "soak", "--locked", "--", "--nocapture", "--test-threads=1"],
    )
}
