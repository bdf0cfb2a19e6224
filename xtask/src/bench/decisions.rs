//! The statutory days of ten thousand decisions, with their notices, papers and call-ins.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{built, measured};
use crate::run::run;

const DECISIONS: &str = "10000";
/// Seconds that all of them may take.
const TARGET: f64 = 0.1;

/// Times the answer, the rules read anew.
pub fn bench() -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw-analyses", "--example", "clock_rate"])?;
    let took = measured(&built("examples/clock_rate"), &[DECISIONS])?;
    let said: Value = serde_json::from_str(&took.output)?;
    let seconds = said["seconds"].as_f64().context("seconds")?;
    println!(
        "decisions, {DECISIONS} with {} steps and {} proposals: {seconds:.3} s (rules read in {:.3} s), {:.0} MB",
        said["steps"],
        said["proposals"],
        said["rules_read"].as_f64().unwrap_or_default(),
        took.memory
    );
    if seconds > TARGET {
        println!("  that is beyond the {TARGET} s it should take");
    }
    Ok(())
}
