//! Speed and memory beside the peers, as ratios from one run.

use anyhow::Result;

/// Runs the benchmarks.
///
/// # Errors
/// If a command cannot be run.
pub fn bench() -> Result<()> {
    Ok(())
}
