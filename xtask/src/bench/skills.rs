//! The question of skills asked of a large estate: 2,000 posts, 150 skills, five authorities, three courses.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Took, built, measured, median};
use crate::run::run;

const ROUNDS: usize = 5;
/// Seconds that the whole answer may take.
const TARGET: f64 = 1.0;

/// Times the whole answer and tells how far the trials are from the exact answer.
pub fn bench() -> Result<()> {
    run("cargo", &["build", "--release", "--locked", "--package", "penshaw-analyses", "--example", "skills_rate"])?;
    let runs: Vec<Took> = (0..ROUNDS).map(|_| measured(&built("examples/skills_rate"), &[])).collect::<Result<_>>()?;
    let answers: Vec<Value> =
        runs.iter().map(|took| serde_json::from_str(&took.output).context("JSON")).collect::<Result<_>>()?;
    let number = |answer: &Value, name: &str| answer[name].as_f64().with_context(|| name.to_owned());
    let seconds = median(answers.iter().map(|answer| number(answer, "seconds")).collect::<Result<_>>()?);
    let first = &answers[0];
    println!(
        "skills, {} posts × {} skills, {} trials of {} courses (median of {ROUNDS}): {seconds:.2} s, {:.0} MB; \
         expected {:.3} uncovered, sampled {:.3}, the farthest course {:.3} away",
        first["posts"],
        first["skills"],
        first["trials"],
        first["courses"],
        median(runs.iter().map(|took| took.memory).collect()),
        number(first, "expected")?,
        number(first, "sampled")?,
        number(first, "farthest_from_exact")?,
    );
    if seconds > TARGET {
        println!("  that is beyond the {TARGET} s it should take");
    }
    Ok(())
}
