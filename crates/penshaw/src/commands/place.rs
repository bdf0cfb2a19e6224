//! `penshaw place INSTANCE.json`: placement on its own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, place_instance};

use crate::show;

/// Place workloads on sites at least cost, with proof, in the neutral format of `docs/reference/neutral-instance.md`
#[derive(Args)]
pub struct Place {
    /// The instance
    instance: PathBuf,
    /// How much dearer than the best it may be, as a part of the cost; 0 asks for the best
    #[arg(long, value_name = "PART", default_value_t = 0.0001, value_parser = show::part)]
    gap: f64,
    /// How many nodes of the search tree may be opened. The answer does not depend on the machine's speed
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    nodes: u64,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Place {
    /// Places the workloads.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let answer = place_instance(&self.instance, self.gap, self.nodes)?;
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}
