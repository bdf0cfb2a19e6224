//! `penshaw load FOLDER`: a partnership folder into an empty database.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Actor, Refusal, Settings};

use super::serve::{Database, runtime};
use crate::show;

/// Load a partnership folder into an empty database
#[derive(Args)]
pub struct Load {
    /// The partnership folder, with its partnership.toml
    folder: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Load {
    /// Loads it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        runtime().block_on(async {
            let operations = self.database.operations(Settings::default()).await?;
            operations.load_folder(&Actor::operator("load"), &self.folder).await?;
            show::print("Loaded. Make the first administrator with `penshaw admin invite ADDRESS --name NAME`.");
            Ok(ExitCode::SUCCESS)
        })
    }
}
