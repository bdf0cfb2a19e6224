//! `penshaw backup FILE` and `penshaw restore FILE`: the whole database, while it serves, and back.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use penshaw_operations::{Actor, Refusal, Settings, restore};

use super::serve::{Database, runtime};
use crate::show;

/// Write a backup of a database to a new file, while it serves
#[derive(Args)]
pub struct Backup {
    /// The file to write
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// Restore a backup into a database that is not there yet, or is empty
#[derive(Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

impl Backup {
    /// Writes it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        runtime().block_on(async {
            let operations = self.database.operations(Settings::default()).await?;
            operations.back_up(&Actor::operator("backup"), &self.file).await?;
            show::print(&format!("{} holds the whole database. Keep it safe.", self.file.display()));
            Ok(ExitCode::SUCCESS)
        })
    }
}

impl Restore {
    /// Restores it.
    pub fn run(self) -> Result<ExitCode, Refusal> {
        runtime().block_on(async {
            restore(&self.file, &self.database.address).await?;
            show::print("Restored. Prove the audit trail with `penshaw audit verify`.");
            Ok(ExitCode::SUCCESS)
        })
    }
}
