//! `penshaw match LEFT.csv RIGHT.csv`: matching on its own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, match_catalogues};

use crate::show;

/// Say which entries of two catalogues name the same product, how probably, and why
///
/// Each catalogue has the columns `id` and `name`, and any of `supplier`, `version`, `function`, `description` and
/// `annual_cost`. What agreement tells is learnt from the catalogues themselves.
#[derive(Args)]
pub struct Match {
    /// The left catalogue
    left: PathBuf,
    /// The right catalogue
    right: PathBuf,
    /// Pairs that are known to match, with the columns `left` and `right`: say how well they are found
    #[arg(long, value_name = "PAIRS.CSV")]
    truth: Option<PathBuf>,
    /// The least probability of a pair that is given
    #[arg(long, value_name = "PART", default_value_t = 0.5, value_parser = show::part)]
    least: f64,
    /// Print the pairs as JSON
    #[arg(long)]
    json: bool,
}

impl Match {
    /// Matches the catalogues.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let (answer, warnings) = match_catalogues(&self.left, &self.right, self.truth.as_deref(), self.least)?;
        show::findings(&warnings);
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}
