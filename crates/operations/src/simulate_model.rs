//! Samples a model of ranges in the neutral format.

use std::path::Path;

use penshaw_analyses::appraisal::{NeutralModel, simulate};
use penshaw_numerics::simulation::Settings;

use crate::read_file::text;
use crate::{Answer, Refusal};

/// Samples a model.
///
/// # Errors
/// If the file cannot be read or is no model.
pub fn simulate_model(path: &Path, trials: u64, seed: u64, threads: Option<usize>) -> Result<Answer, Refusal> {
    let not_a_model = |what: String| Refusal::NotWhatItShouldBe { path: path.to_owned(), what };
    let model: NeutralModel = serde_json::from_str(&text(path)?).map_err(|error| not_a_model(error.to_string()))?;
    let simulated = simulate(&model, &Settings { trials, seed, threads }).map_err(|error| not_a_model(error.to_string()))?;
    Ok(Answer { document: simulated.document(), value: serde_json::to_value(&simulated).expect("plain data") })
}
