//! The question of skills asked of a large estate: 2,000 posts, 150 skills, five authorities, three courses.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::median;
use crate::run::command;

const ROUNDS: usize = 5;
/// Seconds that the whole answer may take.
const TARGET: f64 = 1.0;

/// Times the whole answer and tells how far the trials are from the exact answer.
pub fn bench() -> Result<()> {
    let answers: Vec<Value> = (0..ROUNDS).map(|_| ask()).collect::<Result<_>>()?;
    let number = |answer: &Value, name: &str| answer[name].as_f64().with_context(|| name.to_owned());
    let seconds = median(answers.iter().map(|answer| number(answer, "seconds")).collect::<Result<_>>()?);
    let last = &answers[0];
    println!(
        "skills, {} posts × {} skills, {} trials of {} courses (median of {ROUNDS}): {seconds:.2} s; expected {:.3} uncovered, \
         sampled {:.3}, the farthest course {:.3} away",
        last["posts"],
        last["skills"],
        last["trials"],
        last["courses"],
        number(last, "expected")?,
        number(last, "sampled")?,
        number(last, "farthest_from_exact")?,
    );
    if seconds > TARGET {
        println!("  that is beyond the {TARGET} s it should take");
    }
    Ok(())
}

fn ask() -> Result<Value> {
    let arguments =
        ["run", "--release", "--quiet", "--locked", "--package", "penshaw-analyses", "--example", "skills_rate"];
    let answer = command("cargo", &arguments).output()?;
    if !answer.status.success() {
        bail!("skills_rate failed: run it by itself to see why");
    }
    serde_json::from_slice(&answer.stdout).context("skills_rate prints JSON")
}
