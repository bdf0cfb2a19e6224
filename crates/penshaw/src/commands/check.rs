//! `penshaw check FOLDER`: what is wrong, where, and what to do.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Refusal, check_folder};

use crate::show;

/// Check a partnership folder: every finding with its file, sheet and cell
#[derive(Args)]
pub struct Check {
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
}

impl Check {
    /// Checks the folder.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        let checked = check_folder(&self.folder)?;
        show::findings(&checked.findings);
        show::print(&checked.summary);
        Ok(if checked.errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}
