//! Speed and memory beside the peers, as ratios from one run.

mod contracts;
mod decisions;
mod large;
mod licences;
mod matching;
mod matching_lists;
mod monte_carlo;
mod network;
mod overlap;
mod placement;
mod resilience;
mod skills;
mod web;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use wait4::Wait4;

use crate::run::{command, is_installed, root, run};

/// What a command took.
pub struct Took {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time.
    pub processor: f64,
    /// The most memory it held, in MB.
    pub memory: f64,
    /// What it printed.
    pub output: String,
}

/// Runs the benchmarks: the main job, a large partnership, and the peers where `PENSHAW_PEERS` names them.
///
/// # Errors
/// If a command cannot be run or fails.
pub fn bench() -> Result<()> {
    // `cargo xtask bench web` runs that part alone.
    let part = std::env::args().nth(2);
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if wanted("network") {
        network::bench()?;
    }
    if wanted("skills") {
        skills::bench()?;
    }
    if wanted("resilience") {
        resilience::bench()?;
    }
    if wanted("overlap") {
        overlap::bench()?;
    }
    if wanted("decisions") {
        decisions::bench()?;
    }
    if wanted("contracts") {
        contracts::bench(tempfile::tempdir()?.path())?;
    }
    // These need no more than their own examples.
    if matches!(part.as_deref(), Some("contracts" | "decisions" | "network" | "overlap" | "resilience" | "skills")) {
        return Ok(());
    }
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw"])?;
    let scratch = tempfile::tempdir()?;
    if wanted("appraise") {
        main_job(scratch.path())?;
        large::bench(scratch.path())?;
    }
    if wanted("monte_carlo") {
        monte_carlo::bench()?;
    }
    if wanted("matching") {
        matching::bench(scratch.path())?;
    }
    if wanted("licences") {
        licences::bench(scratch.path())?;
    }
    if wanted("placement") {
        placement::bench(scratch.path())?;
    }
    if wanted("web") {
        web::bench(scratch.path())?;
    }
    Ok(())
}

/// The path of our own command, built for release.
pub fn penshaw() -> String {
    built("penshaw")
}

/// The path of something built for release.
pub fn built(name: &str) -> String {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| root().join("target").display().to_string());
    Path::new(&target).join("release").join(name).display().to_string()
}

/// A Python that has these modules: the peers' own, or the machine's.
pub fn python(modules: &str) -> Option<String> {
    let out = std::env::var("PEERS_OUT").unwrap_or_else(|_| "/tmp/penshaw-peers".into());
    let own = Path::new(&out).join("venv/bin/python").display().to_string();
    let import = format!("import {modules}");
    let able = |python: &String| {
        let there = python.contains('/') || is_installed(python);
        there && command(python, &["-c", &import]).output().is_ok_and(|answer| answer.status.success())
    };
    [own, "python3".to_owned()].into_iter().find(able)
}

/// Runs a command to its end and measures the whole process.
///
/// # Errors
/// If it cannot be started or fails.
pub fn measured(program: &str, arguments: &[&str]) -> Result<Took> {
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{program} cannot be started"))?;
    let mut output = String::new();
    std::io::Read::read_to_string(&mut child.stdout.take().expect("its output is piped"), &mut output)?;
    let ended = child.wait4()?;
    let wall = begun.elapsed().as_secs_f64();
    if !ended.status.success() {
        bail!("{program} {} failed: run it by itself to see why", arguments.join(" "));
    }
    let usage = ended.rusage;
    Ok(Took {
        wall,
        processor: (usage.utime + usage.stime).as_secs_f64(),
        memory: usage.maxrss as f64 / (1024.0 * 1024.0),
        output,
    })
}

/// The middle one of several figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn main_job(scratch: &Path) -> Result<()> {
    let out = scratch.join("report").display().to_string();
    let runs: Vec<Took> = (0..5)
        .map(|_| measured(&penshaw(), &["appraise", "examples/sunderland_durham", "--out", &out]))
        .collect::<Result<_>>()?;
    println!(
        "appraise examples/sunderland_durham, five outputs, 100,000 trials (median of 5): {:.2} s wall, {:.2} s processor, {:.0} MB",
        median(runs.iter().map(|took| took.wall).collect()),
        median(runs.iter().map(|took| took.processor).collect()),
        median(runs.iter().map(|took| took.memory).collect()),
    );
    Ok(())
}
