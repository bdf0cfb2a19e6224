//! Public test networks read, analysed, presented and drawn, each within a second.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::command;

/// The networks, by the names of their files.
const NETWORKS: [&str; 3] = ["abilene", "polska", "nobel-eu"];
/// How long each may take from reading to drawing, in seconds.
const MOST: f64 = 1.0;

/// Times the networks that lie beside the peers.
pub fn bench() -> Result<()> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS") else {
        println!("networks: PENSHAW_PEERS is unset, so none are timed; set it to the folder of the peers");
        return Ok(());
    };
    let folder = PathBuf::from(peers).join("../data/sndlib");
    let files = NETWORKS.map(|name| folder.join(format!("{name}.txt")).display().to_string());
    let example =
        ["run", "--release", "--quiet", "--locked", "--package", "penshaw-files", "--example", "network_speed"];
    let arguments: Vec<&str> = example.into_iter().chain(["--"]).chain(files.iter().map(String::as_str)).collect();
    let answer = command("cargo", &arguments).output()?;
    if !answer.status.success() {
        bail!("the networks were not read: {}", String::from_utf8_lossy(&answer.stderr));
    }
    for line in String::from_utf8(answer.stdout)?.lines() {
        let said: Value = serde_json::from_str(line).context("network_speed prints JSON")?;
        let whole = said["whole_s"].as_f64().context("whole_s")?;
        println!(
            "network {}: {} sites, {} links read, analysed and drawn in {:.1} ms",
            said["network"],
            said["sites"],
            said["links"],
            whole * 1_000.0
        );
        if whole > MOST {
            bail!("{} took {whole:.2} s, more than {MOST} s", said["network"]);
        }
    }
    Ok(())
}
