//! Every pair of failures of 20 sites, 200 links and 5,000 workloads, in one process on one thread.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Took, measured, median};
use crate::run::{root, run};

const ROUNDS: usize = 3;

/// Times the answer on the largest estate it is meant for.
pub fn bench() -> Result<()> {
    let example = ["--package", "penshaw-analyses", "--example", "resilience_large"];
    run("cargo", &[&["build", "--release", "--locked"], &example[..]].concat())?;
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| root().join("target").display().to_string());
    let program = Path::new(&target).join("release/examples/resilience_large").display().to_string();
    let runs: Vec<Took> = (0..ROUNDS).map(|_| measured(&program, &[])).collect::<Result<_>>()?;
    let said: Vec<Value> =
        runs.iter().map(|took| serde_json::from_str(took.output.trim())).collect::<Result<_, _>>()?;
    let seconds: Vec<f64> =
        said.iter().map(|said| said["seconds"].as_f64().context("seconds")).collect::<Result<_>>()?;
    println!(
        "resilience of {} workloads, {} failures and all {} pairs of them (median of {ROUNDS}): {:.2} s to answer, {:.2} s wall with making the estate, {:.0} MB at most",
        said[0]["workloads"],
        said[0]["failures"],
        said[0]["pairs"],
        median(seconds),
        median(runs.iter().map(|took| took.wall).collect()),
        runs.iter().map(|took| took.memory).fold(0.0, f64::max),
    );
    Ok(())
}
