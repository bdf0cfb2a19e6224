//! The same model sampled by numpy and by us, in turn, in one run.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Took, measured, median, penshaw, python};
use crate::run::command;

const ROUNDS: usize = 3;

/// Compares speed, memory and answers, where the peers are there.
pub fn bench() -> Result<()> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS") else {
        println!("peers: PENSHAW_PEERS is unset, so nothing is compared; set it to the folder of the peers");
        return Ok(());
    };
    let folder =
        std::fs::canonicalize(PathBuf::from(peers).join("monte_carlo")).context("PENSHAW_PEERS/monte_carlo")?;
    let Some(python) = python("numpy, scipy") else {
        println!("peers: no Python with numpy and scipy was found; PEERS_OUT/venv is what the peers' prepare.sh makes");
        return Ok(());
    };
    let peer = Peer { python, folder };
    let mut drawn = 0.0;
    for trials in [1_000_000_u64, 10_000_000] {
        drawn = compare(&peer, trials)?;
    }
    raw_rate(drawn)
}

struct Peer {
    python: String,
    folder: PathBuf,
}

/// Compares one number of trials, and returns how many numbers of 64 bits we drew a second.
fn compare(peer: &Peer, trials: u64) -> Result<f64> {
    let script = peer.folder.join("mc_numpy.py").display().to_string();
    let model = peer.folder.join("model.json").display().to_string();
    let count = trials.to_string();
    let (mut theirs, mut ours): (Vec<Took>, Vec<Took>) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(measured(&peer.python, &[&script, "tuned", &count, "2"])?);
        ours.push(measured(&penshaw(), &["simulate", &model, "--trials", &count, "--threads", "2", "--json"])?);
    }
    let said: Value = serde_json::from_str(theirs[0].output.lines().last().unwrap_or_default())?;
    let own: Value = serde_json::from_str(&ours[0].output)?;
    let inner = |took: &Took| -> Result<f64> {
        let said: Value = serde_json::from_str(took.output.lines().last().unwrap_or_default())?;
        said["s"].as_f64().context("the peer says how long its loop took")
    };
    let loops: Vec<f64> = theirs.iter().map(inner).collect::<Result<_>>()?;
    let rate = |seconds: f64| trials as f64 / seconds;
    let whole = median(ours.iter().map(|took| took.wall).collect());
    println!("Monte Carlo, {trials} trials of the peers' model, 2 threads, median of {ROUNDS}, in turn:");
    println!("  numpy: {:.0} trials/s in its loop, {:.0} MB", rate(median(loops.clone())), theirs[0].memory);
    println!("  ours:  {:.0} trials/s for the whole process, {:.0} MB", rate(whole), ours[0].memory);
    println!("  ratio: {:.1} times numpy's", median(loops) / whole);
    println!("  answers: {}", agreement(&said, &own, trials)?);
    // A draw takes half of a number of 64 bits.
    let draws = own["draws_made_per_trial"].as_f64().context("draws_made_per_trial")?;
    Ok(rate(whole) * draws / 2.0)
}

/// How far our answers are from the peer's, in standard errors of the difference.
fn agreement(theirs: &Value, ours: &Value, trials: u64) -> Result<String> {
    let mut worst: f64 = 0.0;
    let mut compared = 0;
    for (place, option) in ours["options"].as_array().context("options")?.iter().enumerate() {
        let partners = option["partners"].as_array().context("partners")?;
        for (letter, own) in [("S", &partners[0]), ("D", &partners[1]), ("T", &option["total"])] {
            let peer: Vec<f64> = serde_json::from_value(theirs["q"][format!("{place}{letter}")].clone())?;
            let own: Vec<f64> = ["mean", "p10", "p50", "p90"]
                .iter()
                .map(|name| own[name].as_f64().context("a quantile"))
                .collect::<Result<_>>()?;
            // The normal's 10 % points are 1.2816 sd out; its density there is 0.1755/sd, at the median 0.3989/sd.
            let deviation = (peer[3] - peer[1]) / 2.5631;
            let errors = [1.0, 0.3 / 0.1755, 0.5 / 0.3989, 0.3 / 0.1755];
            for ((peer, own), error) in peer.iter().zip(&own).zip(errors) {
                let standard = error * deviation * (2.0 / trials as f64).sqrt();
                worst = worst.max((peer - own).abs() / standard);
                compared += 1;
            }
        }
    }
    Ok(format!(
        "{compared} means and quantiles compared; the farthest is {worst:.1} standard errors of the difference away"
    ))
}

fn raw_rate(drawn: f64) -> Result<()> {
    let arguments =
        ["run", "--release", "--quiet", "--locked", "--package", "penshaw-numerics", "--example", "raw_rate"];
    let answer = command("cargo", &arguments).output()?;
    let said: Value = serde_json::from_slice(&answer.stdout).context("raw_rate prints JSON")?;
    let raw = said["u64_per_second"].as_f64().context("u64_per_second")?;
    println!(
        "raw generator: {raw:.0} numbers of 64 bits a second on 2 threads; the last run of ours drew {drawn:.0}, {:.0} % of it",
        100.0 * drawn / raw
    );
    Ok(())
}
