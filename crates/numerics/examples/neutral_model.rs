//! Simulates a neutral model file (options, partners, lines, groups): `neutral_model FILE TRIALS [THREADS] [SEED]`, JSON on stdout.

use std::time::Instant;

use penshaw_numerics::Distribution;
use penshaw_numerics::simulation::{Contest, Group, Model, Settings, Target, simulate};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    discount_rate: f64,
    groups: Vec<FileGroup>,
    options: Vec<FileOption>,
}

#[derive(Deserialize)]
struct FileGroup {
    lines: Vec<usize>,
    corr: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct FileOption {
    name: String,
    partners: Vec<FilePartner>,
}

#[derive(Deserialize)]
struct FilePartner {
    name: String,
    lines: Vec<FileLine>,
}

#[derive(Deserialize)]
struct FileLine {
    kind: String,
    dist: Distribution,
    profile: Vec<f64>,
}

/// Targets in the file's order: each option's partners, then its total.
fn model(file: &File) -> (Model, Vec<String>) {
    let mut model = Model::default();
    let mut names = Vec::new();
    let mut contests: Vec<Vec<usize>> = vec![Vec::new(); file.options[0].partners.len() + 1];
    for option in &file.options {
        let mut total = Vec::new();
        for (at, partner) in option.partners.iter().enumerate() {
            let first = model.factors.len();
            let weights: Vec<(usize, f64)> =
                (first..).zip(partner.lines.iter().map(|line| weight(line, file.discount_rate))).collect();
            model.factors.extend(partner.lines.iter().map(|line| line.dist.clone()));
            model.groups.extend(file.groups.iter().map(|group| Group {
                factors: group.lines.iter().map(|line| first + line).collect(),
                correlation: group.corr.clone(),
            }));
            total.extend(weights.clone());
            contests[at].push(model.targets.len());
            model.targets.push(Target { constant: 0.0, weights });
            names.push(format!("{}/{}", option.name, partner.name));
        }
        contests[option.partners.len()].push(model.targets.len());
        model.targets.push(Target { constant: 0.0, weights: total });
        names.push(format!("{}/total", option.name));
    }
    model.contests = contests.into_iter().map(|targets| Contest { targets }).collect();
    (model, names)
}

/// The present value of one unit of the line's multiplier.
fn weight(line: &FileLine, rate: f64) -> f64 {
    let mut factor = 1.0;
    let mut sum = 0.0;
    for value in &line.profile {
        sum += value * factor;
        factor /= 1.0 + rate;
    }
    if line.kind == "cost" { -sum } else { sum }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, path, trials, rest @ ..] = arguments.as_slice() else {
        return Err("usage: neutral_model FILE TRIALS [THREADS] [SEED]".into());
    };
    let start = Instant::now();
    let file: File = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let (model, names) = model(&file);
    let settings = Settings {
        trials: trials.parse::<f64>()? as u64,
        seed: rest.get(1).map_or(Ok(1), |seed| seed.parse())?,
        threads: rest.first().map(|threads| threads.parse()).transpose()?,
    };
    let answer = simulate(&model, &settings)?;
    let seconds = start.elapsed().as_secs_f64();
    let targets: Vec<serde_json::Value> = names
        .iter()
        .zip(&answer.targets)
        .map(|(name, target)| serde_json::json!({"name": name, "result": target}))
        .collect();
    let out = serde_json::json!({
        "seconds": seconds,
        "trials_per_s": settings.trials as f64 / seconds,
        "draws_per_trial": answer.draws_per_trial,
        "draws_made_per_trial": answer.draws_made_per_trial,
        "quantile_method": answer.quantile_method,
        "targets": targets,
        "contests": answer.contests,
    });
    println!("{out}");
    Ok(())
}
