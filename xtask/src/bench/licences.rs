//! Raw inventories counted by DuckDB and by us, in turn, in one run: the same groups and the same sum, time and memory.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{Took, measured, median, penshaw, python};

/// Each inventory, and how often it is counted by both.
const INVENTORIES: [(&str, usize); 2] = [("1e7", 3), ("1e8", 3)];
/// What `COPY` writes beside a Parquet file, so that both read the same rows as CSV.
const AS_CSV: &str = "
import duckdb, sys
duckdb.execute(f\"copy (select * from '{sys.argv[1]}') to '{sys.argv[2]}' (header)\")
";

/// Compares where the peers and their inventories are there.
pub fn bench(scratch: &Path) -> Result<()> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS").map(PathBuf::from) else {
        println!("licences: PENSHAW_PEERS is unset, so nothing is compared; set it to the folder of the peers");
        return Ok(());
    };
    let group = std::fs::canonicalize(peers.join("grouping/group.py")).context("PENSHAW_PEERS/grouping")?;
    let Some(python) = python("duckdb") else {
        println!("licences: no Python with duckdb was found; install it into PEERS_OUT/venv");
        return Ok(());
    };
    let out = std::env::var("PEERS_OUT").unwrap_or_else(|_| "/tmp/penshaw-peers".into());
    for (size, rounds) in INVENTORIES {
        let parquet = Path::new(&out).join(format!("installs_{size}.parquet"));
        if !parquet.is_file() {
            println!("licences: {size} rows are not there; prepare.sh installs makes them");
            continue;
        }
        compare(&python, &group, &parquet, size, rounds)?;
        let csv = scratch.join(format!("installs_{size}.csv"));
        measured(&python, &["-c", AS_CSV, &parquet.display().to_string(), &csv.display().to_string()])?;
        compare(&python, &group, &csv, size, 1)?;
        std::fs::remove_file(csv)?;
    }
    Ok(())
}

fn compare(python: &str, group: &Path, file: &Path, size: &str, rounds: usize) -> Result<()> {
    let (group, path) = (group.display().to_string(), file.display().to_string());
    let (mut duckdb, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        duckdb.push(measured(python, &[&group, "duckdb", &path, "2"])?);
        ours.push(measured(&penshaw(), &["inventory", &path, "--json"])?);
    }
    let peer: Value = serde_json::from_str(duckdb[0].output.lines().last().unwrap_or_default())?;
    let own: Value = serde_json::from_str(&ours[0].output)?;
    ensure!(
        (&peer["groups"], &peer["sum_distinct"]) == (&own["groups"], &own["devices"]),
        "DuckDB counts {} groups and {}, and we {} and {}",
        peer["groups"],
        peer["sum_distinct"],
        own["groups"],
        own["devices"]
    );
    let form = file.extension().unwrap_or_default().to_string_lossy().to_uppercase();
    println!(
        "licences: {size} rows of {form}, {} groups, {} devices in all, median of {rounds}, in turn:",
        own["groups"], own["devices"]
    );
    println!("  DuckDB: {}", took(&duckdb));
    println!("  ours: {}; {} bytes went to temporary files", took(&ours), own["spilled_bytes"]);
    println!(
        "  ratio: {:.2} times as fast, in {:.2} of the memory",
        wall(&duckdb) / wall(&ours),
        memory(&ours) / memory(&duckdb)
    );
    Ok(())
}

fn wall(runs: &[Took]) -> f64 {
    median(runs.iter().map(|took| took.wall).collect())
}

fn memory(runs: &[Took]) -> f64 {
    median(runs.iter().map(|took| took.memory).collect())
}

fn took(runs: &[Took]) -> String {
    let processor = median(runs.iter().map(|took| took.processor).collect());
    format!("{:.2} s, {processor:.2} s processor, {:.0} MB", wall(runs), memory(runs))
}
