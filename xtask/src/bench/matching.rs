//! The software catalogues of Amazon and Google, and then registers, matched by the peers and by us, in turn, in one run.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Took, measured, median, penshaw, python};

const ROUNDS: usize = 3;
/// The least F1 that is asked for, at a probability of one half and over all true pairs.
const TARGET: f64 = 0.72;

/// Writes the catalogues that the peers' own script prepared as ours are read.
const WRITE: &str = "
import csv, os, sys
source, out = sys.argv[1] + '/amazon-google/', sys.argv[2]
for name in ('amazon', 'google'):
    writer = csv.writer(open(f'{out}/{name}.csv', 'w', newline=''))
    writer.writerow('id name supplier description annual_cost'.split())
    for row in csv.DictReader(open(f'{source}{name}.csv', encoding='utf-8')):
        writer.writerow([row['id'], row['title'], row['manufacturer'], row['description'], row['price']])
pairs = open(f'{source}truth.csv').read().split('\\n', 1)[1]
open(f'{out}/truth.csv', 'w').write('left,right\\n' + pairs)
";

/// Compares F1, time and memory where the peers are there.
pub fn bench(scratch: &Path) -> Result<()> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS").map(PathBuf::from) else {
        println!("matching: PENSHAW_PEERS is unset, so nothing is compared; set it to the folder of the peers");
        return Ok(());
    };
    let folder = std::fs::canonicalize(peers.join("matching")).context("PENSHAW_PEERS/matching")?;
    let Some(python) = python("numpy, sklearn, rapidfuzz") else {
        println!("matching: no Python with numpy, scikit-learn and rapidfuzz was found");
        return Ok(());
    };
    let out = std::env::var("PEERS_OUT").unwrap_or_else(|_| "/tmp/penshaw-peers".into());
    let script = |name: &str| folder.join(name).display().to_string();
    measured(&python, &[&script("prep_ag_full.py")])?;
    let ours = scratch.display().to_string();
    measured(&python, &["-c", WRITE, &out, &ours])?;
    let file = |name: &str| scratch.join(name).display().to_string();
    let (left, right, truth) = (file("amazon.csv"), file("google.csv"), file("truth.csv"));
    let (mut theirs, mut own): (Vec<Took>, Vec<Took>) = (Vec::new(), Vec::new());
    let splink = Path::new(&out).join("venv-splink/bin/python");
    let mut splinks: Vec<Took> = Vec::new();
    for _ in 0..ROUNDS {
        if splink.exists() {
            splinks.push(measured(&splink.display().to_string(), &[&script("splink_ag.py")])?);
        }
        theirs.push(measured(&python, &[&script("baseline_ag.py"), "tfidf"])?);
        own.push(measured(&penshaw(), &["match", &left, &right, "--truth", &truth, "--json"])?);
    }
    let wall = |runs: &[Took]| median(runs.iter().map(|took| took.wall).collect());
    let peer: Value = serde_json::from_str(theirs[0].output.lines().last().unwrap_or_default())?;
    let answer: Value = serde_json::from_str(&own[0].output)?;
    let f1 = answer["f1"].as_f64().context("f1")?;
    println!("matching, Amazon and Google, all true pairs, no labels, median of {ROUNDS}, in turn:");
    println!(
        "  TF-IDF of words: F1 {} with its threshold chosen on the truth, {:.2} s, {:.0} MB",
        peer["mutual_best"]["F1"],
        wall(&theirs),
        theirs[0].memory
    );
    if let Some(first) = splinks.first() {
        let said: Value = serde_json::from_str(first.output.lines().last().unwrap_or_default())?;
        println!("  Splink: {said}, {:.2} s, {:.0} MB", wall(&splinks), first.memory);
    }
    println!(
        "  ours: F1 {f1:.4} at a probability of one half (precision {:.3}, recall {:.3}), {:.2} s, {:.0} MB",
        answer["precision"].as_f64().unwrap_or(0.0),
        answer["recall"].as_f64().unwrap_or(0.0),
        wall(&own),
        own[0].memory
    );
    if f1 < TARGET {
        println!("  that is below the {TARGET} that is asked for");
    }
    super::matching_lists::bench(&folder, &out)
}
