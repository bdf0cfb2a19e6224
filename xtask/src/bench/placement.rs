//! The same instances placed by HiGHS, by SCIP and by us, in turn, in one run; and OR-Library's files to their published optima.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::{Took, built, measured, median, penshaw, python};
use crate::run::run;

/// Each instance, how often it is placed by all, and the seconds that a peer may take.
const INSTANCES: [(&str, usize, &str); 4] =
    [("s4w50", 3, "60"), ("s4w200", 3, "60"), ("s4w500", 3, "120"), ("s6w200", 1, "120")];
/// All are asked for the best but for so much of its cost.
const GAP: f64 = 1e-4;

/// Reads an instance and an answer of ours, and checks every row of the peers' own model and the cost.
const CHECK: &str = "
import json, sys
sys.path.insert(0, sys.argv[1])
import gen
instance, answer = json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
names = [site['name'] for site in instance['sites']]
pairs = gen.pairs(instance)
taken = {('m', site): answer['modules'][name] for site, name in enumerate(names)}
for workload, one in enumerate(answer['placement']):
    assert one['workload'] == instance['workloads'][workload]['name']
    taken[('y', workload, pairs.index((names.index(one['primary']), names.index(one['recovery']))))] = 1
for columns, least, most in gen.rows(instance):
    used = sum(amount * taken.get(column, 0) for column, amount in columns)
    assert least - 1e-7 <= used <= most + 1e-7, (used, least, most)
costs = gen.columns(instance)
for column, number in taken.items():
    assert costs[column][1] <= number <= costs[column][2], column
print(json.dumps(sum(costs[column][0] * number for column, number in taken.items())))
";

/// Compares times and costs where the peers are there, and solves OR-Library's files where they lie beside them.
pub fn bench(scratch: &Path) -> Result<()> {
    let Some(peers) = std::env::var_os("PENSHAW_PEERS").map(PathBuf::from) else {
        println!("placement: PENSHAW_PEERS is unset, so nothing is compared; set it to the folder of the peers");
        return Ok(());
    };
    or_library(&peers.join("../data/orlib"))?;
    let folder = fs::canonicalize(peers.join("placement")).context("PENSHAW_PEERS/placement")?;
    let Some(python) = python("numpy, highspy, ortools") else {
        println!("placement: no Python with numpy, highspy and ortools was found; install them into PEERS_OUT/venv");
        return Ok(());
    };
    for (instance, rounds, limit) in INSTANCES {
        compare(&Peer { python: &python, folder: &folder, limit }, instance, rounds, scratch)?;
    }
    Ok(())
}

struct Peer<'a> {
    python: &'a str,
    folder: &'a Path,
    limit: &'a str,
}

impl Peer<'_> {
    fn place(&self, solver: &str, instance: &str) -> Result<Took> {
        let script = self.folder.join("solve.py").display().to_string();
        measured(self.python, &[&script, solver, instance, self.limit])
    }

    /// What our answer costs by the peers' model, once every one of its rows was found to hold.
    fn check(&self, instance: &str, answer: &str, scratch: &Path) -> Result<f64> {
        let written = scratch.join("answer.json");
        fs::write(&written, answer)?;
        let arguments = ["-c", CHECK, &self.folder.display().to_string(), instance, &written.display().to_string()];
        Ok(measured(self.python, &arguments)?.output.trim().parse()?)
    }
}

fn compare(peer: &Peer, name: &str, rounds: usize, scratch: &Path) -> Result<()> {
    let path = peer.folder.join(format!("inst/{name}.json")).display().to_string();
    let (mut highs, mut scip, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        highs.push(peer.place("highs", name)?);
        scip.push(peer.place("scip", name)?);
        ours.push(measured(&penshaw(), &["place", &path, "--gap", &GAP.to_string(), "--json"])?);
    }
    println!("placement of {name}, gap {GAP}, whole process, median of {rounds}, in turn:");
    for (solver, runs) in [("HiGHS", &highs), ("SCIP", &scip)] {
        let said: Value = serde_json::from_str(runs[0].output.lines().last().unwrap_or_default())?;
        println!("  {solver}: {}, cost {}, bound {}, {}", took(runs), said["obj"], said["bound"], said["status"]);
    }
    let own: Value = serde_json::from_str(&ours[0].output)?;
    let cost = peer.check(&path, &ours[0].output, scratch)?;
    let said = own["objective"].as_f64().context("objective")?;
    ensure!((cost - said).abs() < 1e-6 * cost, "the peers' model says {cost}, and we {said}");
    println!(
        "  ours: {}, cost {cost:.2}, bound {:.2}, {}",
        took(&ours),
        own["bound"].as_f64().unwrap_or(0.0),
        own["status"]
    );
    println!(
        "  ratio: {:.1} times as fast as HiGHS, {:.1} as SCIP; every row of the peers' model holds for our answer",
        wall(&highs) / wall(&ours),
        wall(&scip) / wall(&ours)
    );
    Ok(())
}

fn wall(runs: &[Took]) -> f64 {
    median(runs.iter().map(|took| took.wall).collect())
}

fn took(runs: &[Took]) -> String {
    let processor = median(runs.iter().map(|took| took.processor).collect());
    format!("{:.2} s, {processor:.2} s processor, {:.0} MB", wall(runs), runs[0].memory)
}

fn or_library(folder: &Path) -> Result<()> {
    let example = ["build", "--release", "--locked", "--package", "penshaw-numerics", "--example", "or_library"];
    run("cargo", &example)?;
    let answer = measured(&built("examples/or_library"), &[&folder.display().to_string()])?;
    let solved: Vec<Value> = serde_json::from_str(&answer.output)?;
    for set in ["cap", "gap"] {
        let of_set = || solved.iter().filter(|one| one["name"].as_str().is_some_and(|name| name.starts_with(set)));
        let seconds: Vec<f64> = of_set().filter_map(|one| one["seconds"].as_f64()).collect();
        let differs = |one: &&Value| {
            let (found, published) = (one["found"].as_f64(), one["published"].as_f64());
            found.zip(published).is_none_or(|(found, published)| (found - published).abs() > 0.001)
        };
        let off: Vec<&Value> = of_set().filter(differs).collect();
        if !off.is_empty() {
            bail!("OR-Library {set}: not the published optimum: {off:?}");
        }
        println!(
            "OR-Library {set}: {} of {} to the published optimum, {:.2} s in all, {:.2} s the longest",
            seconds.len(),
            of_set().count(),
            seconds.iter().sum::<f64>(),
            seconds.iter().copied().fold(0.0, f64::max)
        );
    }
    Ok(())
}
