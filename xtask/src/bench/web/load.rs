//! Load on a page, by wrk: on ours, and on the peer's by its own script.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::server::Server;

/// How a page answered under load.
pub struct Load {
    /// Requests a second.
    pub per_second: f64,
    /// Milliseconds in which half of them were answered.
    pub p50: f64,
    /// Milliseconds in which ninety-nine of a hundred were.
    pub p99: f64,
}

/// Loads a page of ours, with a session's cookie.
pub fn wrk(server: &Server, address: &str, seconds: u32, connections: u32) -> Result<Load> {
    let mut command = Command::new("wrk");
    command.arg("-t2");
    measured(command, server, address, seconds, connections)
}

/// Loads a page of ours from one core, beside a server that is held to another.
pub fn wrk_from_core(core: usize, server: &Server, address: &str, seconds: u32, connections: u32) -> Result<Load> {
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string(), "wrk", "-t1"]);
    measured(command, server, address, seconds, connections)
}

fn measured(mut command: Command, server: &Server, address: &str, seconds: u32, connections: u32) -> Result<Load> {
    let output = command
        .args(["--latency", "--timeout", "30s"])
        .arg(format!("-c{connections}"))
        .arg(format!("-d{seconds}s"))
        .args(["-H", &format!("Cookie: {}", server.cookie())])
        .arg(format!("{}{address}", server.base()))
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if said.contains("Non-2xx") {
        bail!("{address} was refused under load:\n{said}");
    }
    let after = |label: &str| said.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
    let time =
        |label: &str| after(label).and_then(milliseconds).with_context(|| format!("wrk gave no {label}:\n{said}"));
    let per_second = after("Requests/sec:").and_then(|rate| rate.parse().ok()).context("wrk gave no rate")?;
    Ok(Load { per_second, p50: time("50%")?, p99: time("99%")? })
}

/// `12.34ms`, `1.20s` or `850us`.
fn milliseconds(words: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1_000.0)];
    let (unit, factor) = units.iter().find(|(unit, _)| words.ends_with(unit))?;
    Some(words.strip_suffix(unit)?.parse::<f64>().ok()? * factor)
}

fn venv() -> PathBuf {
    let out = std::env::var("PEERS_OUT").unwrap_or_else(|_| "/tmp/penshaw-peers".into());
    Path::new(&out).join("venv")
}

/// Fills the peer's table.
pub fn fill_django(folder: &Path) -> Result<()> {
    let python = venv().join("bin/python");
    let output = Command::new(&python).arg("app.py").current_dir(folder).output();
    let output = output.with_context(|| format!("{} is what the peers' prepare.sh makes", python.display()))?;
    if !output.status.success() {
        bail!(
            "the peer's table could not be filled; prepare.sh venv registers makes what it needs:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(())
}

/// Loads a page of the peer by its own script, which starts and stops its server.
pub fn django(folder: &Path, page: &str, seconds: u32) -> Result<Load> {
    let output = Command::new("bash")
        .arg(folder.join("load.sh"))
        .args([page, &seconds.to_string(), "8"])
        .env("VENV", venv())
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let answer: Value = serde_json::from_str(said.lines().last().unwrap_or_default())
        .with_context(|| format!("the peer's load.sh said:\n{said}"))?;
    let time = |name: &str| answer[name].as_str().and_then(milliseconds).unwrap_or(f64::NAN);
    let per_second = answer["rps"].as_f64().context("the peer gave no rate")?;
    Ok(Load { per_second, p50: time("p50"), p99: time("p99") })
}
