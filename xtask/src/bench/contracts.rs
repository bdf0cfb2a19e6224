//! The plan of a thousand contracts, to the proved optimum, beside HiGHS on the same problem.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Took, built, measured, median, python};
use crate::run::run;

const CONTRACTS: &str = "1000";
const SEEDS: [&str; 3] = ["1", "2", "3"];
/// Seconds that the whole answer may take.
const TARGET: f64 = 10.0;
/// Seconds that the peer may take.
const LIMIT: &str = "120";
const PEER: &str = include_str!("contracts_highs.py");

/// Plans three registers, each of a thousand contracts, and compares cost and time.
pub fn bench(scratch: &Path) -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw-analyses", "--example", "contracts_rate"])?;
    let peer = python("numpy, highspy");
    if peer.is_none() {
        println!("contracts: no Python with numpy and highspy was found, so that nothing is compared");
    }
    let script = scratch.join("contracts_highs.py").display().to_string();
    fs::write(&script, PEER)?;
    let mut ratios = Vec::new();
    for seed in SEEDS {
        let problem = scratch.join(format!("contracts{seed}.json")).display().to_string();
        let ours = measured(&built("examples/contracts_rate"), &[CONTRACTS, seed, &problem])?;
        let said: Value = serde_json::from_str(&ours.output)?;
        let number = |said: &Value, name: &str| said[name].as_f64().with_context(|| name.to_owned());
        let (cost, seconds) = (number(&said, "cost")?, number(&said, "seconds")?);
        println!(
            "contracts, {CONTRACTS} of seed {seed}: {} planned in {} groups, {} together, {seconds:.2} s, {:.0} MB; costs \
             {cost:.2}, bound {:.2}, proved {}, against {:.2} one by one",
            said["planned"],
            said["groups"],
            said["together"],
            ours.memory,
            number(&said, "bound")?,
            said["proved"],
            number(&said, "apart")?,
        );
        ensure!(said["proved"] == Value::Bool(true), "the plan of seed {seed} was not proved");
        if seconds > TARGET {
            println!("  that is beyond the {TARGET} s it should take");
        }
        if let Some(python) = &peer {
            ratios.push(compare(&measured(python, &[&script, &problem, LIMIT])?, cost, seconds)?);
        }
    }
    if !ratios.is_empty() {
        println!("  ratio: {:.1} times as fast as HiGHS (median), the whole answer beside its solving", median(ratios));
    }
    Ok(())
}

/// What the peer found, and how many times as long it took.
fn compare(took: &Took, cost: f64, seconds: f64) -> Result<f64> {
    let said: Value = serde_json::from_str(took.output.lines().last().unwrap_or_default())?;
    let number = |name: &str| said[name].as_f64().with_context(|| name.to_owned());
    let (theirs, bound) = (number("cost")? / 100.0, number("bound")? / 100.0);
    println!(
        "  HiGHS: {}, {} columns, {} rows, costs {theirs:.2}, bound {bound:.2}, {:.2} s, {:.0} MB",
        said["status"],
        said["columns"],
        said["rows"],
        number("seconds")?,
        took.memory
    );
    ensure!(cost <= theirs + 0.01, "HiGHS found {theirs}, and we {cost}");
    ensure!(cost >= bound - 0.01, "HiGHS proves that nothing costs less than {bound}, and we say {cost}");
    Ok(number("seconds")? / seconds)
}
