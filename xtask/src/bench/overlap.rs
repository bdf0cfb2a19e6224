//! Where the same thing is run twice, asked of two large registers and of two hundred authorities.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{built, measured};
use crate::run::run;

/// Authorities, applications of each, and the seconds that the whole answer may take.
const REGISTERS: [(&str, &str, f64); 2] = [("2", "2000", 2.0), ("200", "500", 60.0)];

/// Times the answer and how it is shown.
pub fn bench() -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw-analyses", "--example", "overlap_rate"])?;
    for (authorities, each, target) in REGISTERS {
        let took = measured(&built("examples/overlap_rate"), &[authorities, each])?;
        let said: Value = serde_json::from_str(&took.output)?;
        let seconds = said["shown_after"].as_f64().context("shown_after")?;
        println!(
            "overlap, {authorities} authorities of {each} applications: {seconds:.2} s, {:.0} MB; {} groups, {} savings",
            took.memory, said["groups"], said["savings"]
        );
        if seconds > target {
            println!("  that is beyond the {target} s it should take");
        }
    }
    Ok(())
}
