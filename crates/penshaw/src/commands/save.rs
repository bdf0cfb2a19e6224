//! `penshaw save FOLDER`: the whole register of a database as a partnership folder.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Actor, Refusal, Settings};

use super::serve::{Database, runtime};
use crate::show;

/// Write the whole register of a database as a partnership folder
#[derive(Args)]
pub struct Save {
    /// The folder to write, which must not be there yet
    folder: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Save {
    /// Writes it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        runtime().block_on(async {
            let operations = self.database.operations(Settings::default()).await?;
            operations.save_folder(&Actor::operator("save"), &self.folder).await?;
            show::print(&format!(
                "Written to {}: everything that every authority has recorded. Keep it safe.",
                self.folder.display()
            ));
            Ok(ExitCode::SUCCESS)
        })
    }
}
