//! `penshaw demo`: the example of 2014, from its files to its report pack.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Asked, Refusal, appraise_folder, lay_out_example, pack_paths, verdict};

use crate::show;

/// Work out the example of Sunderland and Durham, 2014, and write its report pack
#[derive(Args)]
pub struct Demo {
    /// Where to put the example's files and its report pack
    #[arg(long, value_name = "DIR", default_value = "penshaw-demo")]
    out: PathBuf,
}

impl Demo {
    /// Lays out the example and appraises it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let folder = lay_out_example(&self.out)?;
        let report = self.out.join("report");
        let (pack, warnings) = appraise_folder(&folder, &Asked { seed: 1, ..Asked::default() }, &report)?;
        show::findings(&warnings);
        show::findings(&pack.findings);
        show::print(&verdict(&pack));
        show::print("The report pack:");
        for path in pack_paths(&report) {
            show::print(&format!("  {}", path.display()));
        }
        show::print(&format!("The files that it came from, to change and appraise again: {}", folder.display()));
        Ok(ExitCode::SUCCESS)
    }
}
