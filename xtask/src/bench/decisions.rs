//! The statutory days of ten thousand decisions, with their notices, papers and call-ins.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{built, measured};
use crate::run::run;

const DECISIONS: &str = "10000";
/// Seconds that the days of all of them may take.
const TARGET: f64 = 0.1;

/// Times the answer, the rules read anew.
pub fn bench() -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw-analyses", "--example", "clock_rate"])?;
    let took = measured(&built("examples/clock_rate"), &[DECISIONS])?;
    let said: Value = serde_json::from_str(&took.output)?;
    let number = |name: &str| said[name].as_f64().with_context(|| name.to_owned());
    println!(
        "decisions, {DECISIONS}: their days alone {:.3} s; with {} steps, stops, findings and {} proposals {:.3} s; rules read once in {:.3} s; {:.0} MB",
        number("counting")?,
        said["steps"],
        said["proposals"],
        number("seconds")?,
        number("rules_read")?,
        took.memory
    );
    if number("counting")? > TARGET {
        println!("  the days take longer than the {TARGET} s they should");
    }
    Ok(())
}
