//! `penshaw simulate MODEL.json`: ranges on their own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, simulate_model};

use crate::show::{self, MOST_TRIALS};

/// Sample a model of ranges, in the neutral format of `docs/reference/neutral-model.md`
#[derive(Args)]
pub struct Simulate {
    /// The model
    model: PathBuf,
    /// How often it is sampled
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=MOST_TRIALS))]
    trials: u64,
    /// The seed of the sampling
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Threads to use; all of the machine's if left out. The answer is the same
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Simulate {
    /// Samples the model.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let threads = self.threads.map(|threads| threads as usize);
        let answer = simulate_model(&self.model, self.trials, self.seed, threads)?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}
