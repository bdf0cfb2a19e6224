//! Registers of many authorities matched by Splink and by us, in turn, in one run, at ten thousand entries to a million.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Took, measured, median, penshaw};

/// Each register, how many entries it has, and how often each of the two runs.
const REGISTERS: [(&str, f64, usize); 3] = [("10k", 1e4, 3), ("100k", 1e5, 3), ("1m", 1e6, 1)];
/// What is asked for at a million: this part of the peer's time, and of its memory.
const TIME: f64 = 0.1;
const MEMORY: f64 = 0.25;

/// Compares F1, time and memory on the registers that the peers' script made under `out`.
///
/// `PENSHAW_MATCHING` may name the registers that are wanted, such as `10k,100k`.
pub fn bench(folder: &Path, out: &str) -> Result<()> {
    let python = Path::new(out).join("venv-splink/bin/python");
    if !python.exists() {
        println!("matching of registers: no Splink; run prepare.sh splink registers in the folder of the peers");
        return Ok(());
    }
    let wanted = std::env::var("PENSHAW_MATCHING").ok();
    let script = folder.join("splink_registers.py").display().to_string();
    let mut times: Vec<(f64, f64)> = Vec::new();
    for (name, entries, rounds) in REGISTERS {
        let prefix = Path::new(out).join(format!("registers/reg_{name}")).display().to_string();
        if wanted.as_ref().is_some_and(|wanted| !wanted.split(',').any(|one| one == name)) {
            continue;
        }
        if !Path::new(&format!("{prefix}.csv")).exists() {
            println!("matching of registers: no {prefix}.csv; run prepare.sh registers in the folder of the peers");
            continue;
        }
        let (register, truth) = (format!("{prefix}.csv"), format!("{prefix}.truth.csv"));
        let (mut theirs, mut own): (Vec<Took>, Vec<Took>) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            theirs.push(measured(&python.display().to_string(), &[&script, &prefix])?);
            own.push(measured(
                &penshaw(),
                &["match", &register, "--within", "authority", "--truth", &truth, "--json"],
            )?);
        }
        let peer: Value = serde_json::from_str(theirs[0].output.lines().last().unwrap_or_default())?;
        let answer: Value = serde_json::from_str(&own[0].output)?;
        times.push((entries, report(name, (&peer, &theirs), (&answer, &own))?));
    }
    if let (Some((few, quick)), Some((many, slow))) = (times.first(), times.last())
        && few < many
    {
        let power = (slow / quick).log10() / (many / few).log10();
        println!(
            "  growth: {:.0} times the entries take us {:.0} times as long: n^{power:.2}",
            many / few,
            slow / quick
        );
    }
    Ok(())
}

/// Says how both did; returns our seconds.
fn report(name: &str, (peer, theirs): (&Value, &[Took]), (answer, own): (&Value, &[Took])) -> Result<f64> {
    let wall = |runs: &[Took]| median(runs.iter().map(|took| took.wall).collect());
    let memory = |runs: &[Took]| median(runs.iter().map(|took| took.memory).collect());
    let f1 = |of: &Value, what: &str| of.as_f64().with_context(|| format!("{what} of {name}"));
    let (pairs, groups) = (f1(&peer["pair"]["F1"], "their pairs")?, f1(&peer["cluster"]["F1"], "their clusters")?);
    let (our_pairs, our_groups) = (f1(&answer["pair_f1"], "our pairs")?, f1(&answer["group_f1"], "our groups")?);
    println!("matching of a register of {name} entries, no labels, median of {}, in turn:", own.len());
    println!(
        "  Splink: F1 {pairs:.4} of pairs and {groups:.4} of clusters, thresholds chosen on the truth, {:.1} s, {:.0} MB",
        wall(theirs),
        memory(theirs)
    );
    println!(
        "  ours: F1 {our_pairs:.4} of pairs at a probability of one half and {our_groups:.4} of groups, {:.1} s, {:.0} MB",
        wall(own),
        memory(own)
    );
    let (time, space) = (wall(own) / wall(theirs), memory(own) / memory(theirs));
    println!("  ratio: {time:.3} of its time, {space:.2} of its memory");
    if our_pairs < pairs || our_groups < groups {
        println!("  that is below the peer's F1, which is asked for");
    }
    if name == "1m" && (time > TIME || space > MEMORY) {
        println!("  that is above the {TIME} of its time or the {MEMORY} of its memory that are asked for");
    }
    Ok(wall(own))
}
