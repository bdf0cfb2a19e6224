//! `penshaw appraise FOLDER --out DIR`: the main job.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Asked, Date, Refusal, appraise_folder, compare_with, pack_paths, verdict};

use crate::show::{self, MOST_TRIALS};

/// Work everything out from a partnership folder and write the report pack
#[derive(Args)]
pub struct Appraise {
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
    /// Where to write report.pdf, report.docx, report.html, workbook.xlsx and results.json
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// An earlier results.json: say which figures moved since, and why
    #[arg(long, value_name = "RESULTS.JSON")]
    against: Option<PathBuf>,
    /// The day whose parameters are in force, such as 2014-06-18; the newest baseline's if left out
    #[arg(long, value_name = "DATE", value_parser = crate::show::day)]
    on: Option<Date>,
    /// How often the ranges are sampled; 100,000 if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_TRIALS))]
    trials: Option<u64>,
    /// The seed of the sampling: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Appraise {
    /// Appraises the folder.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let asked = Asked { on: self.on, trials: self.trials, seed: self.seed };
        // Read before anything is written: --out may be where the earlier results lie.
        let earlier = self.against.as_deref().map(penshaw_operations::read_results).transpose()?;
        let (pack, warnings) = appraise_folder(&self.folder, &asked, &self.out)?;
        show::findings(&warnings);
        show::findings(&pack.findings);
        show::print(&verdict(&pack));
        for path in pack_paths(&pack, &self.out) {
            show::print(&format!("  {}", path.display()));
        }
        if let Some(earlier) = earlier {
            show::print(&compare_with(&earlier, &pack).to_string());
        }
        Ok(ExitCode::SUCCESS)
    }
}
