//! `penshaw match LEFT.csv RIGHT.csv`, and `penshaw match REGISTER.csv --within authority`: matching on its own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, match_catalogues, match_lists};

use crate::show;

/// Say which entries of two catalogues, or of many lists in one file, name the same product
///
/// Each catalogue has the columns `id` and `name`, and any of `supplier` (or `vendor`), `version`, `function`,
/// `description`, `annual_cost` and `users`. What agreement tells is learnt from the catalogues themselves.
/// Two catalogues: every pair with its probability, and why. One file with --within: the groups that name one product,
/// each with one entry of a list at most.
#[derive(Args)]
pub struct Match {
    /// The left catalogue, or the file of many lists
    left: PathBuf,
    /// The right catalogue
    #[arg(required_unless_present = "within", conflicts_with = "within")]
    right: Option<PathBuf>,
    /// The column that names the list each entry is in, such as authority
    #[arg(long, value_name = "COLUMN")]
    within: Option<String>,
    /// What is known to match, to say how well it is found: pairs with the columns `left` and `right`, or with --within
    /// what each entry is, with the columns `id` and `product_id`
    #[arg(long, value_name = "KNOWN.CSV")]
    truth: Option<PathBuf>,
    /// The least probability of a pair that is given
    #[arg(long, value_name = "PART", default_value_t = 0.5, value_parser = show::part)]
    least: f64,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Match {
    /// Matches the catalogues.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let truth = self.truth.as_deref();
        let (answer, warnings) = match (&self.right, self.within.as_deref().unwrap_or_default()) {
            (Some(right), _) => match_catalogues(&self.left, right, truth, self.least)?,
            (None, within) => match_lists(&self.left, within, truth, self.least)?,
        };
        show::findings(&warnings);
        show::print(&if self.json { answer.json() } else { answer.text(show::width()) });
        Ok(ExitCode::SUCCESS)
    }
}
