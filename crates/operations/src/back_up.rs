//! Backs a database up while it serves, and restores a backup into a new one.

use std::path::Path;

use penshaw_register::PARTNERSHIP;
use penshaw_store::backup;

use crate::Refusal;
use crate::actor::Actor;
use crate::load_folder::must_be_operator;
use crate::service::{Noted, Operations};

impl Operations {
    /// Writes a backup of the whole database to a new file. It is the operator's, and audited.
    ///
    /// # Errors
    /// If it is not the operator who asks, or the file is there already or cannot be written.
    pub async fn back_up(&self, actor: &Actor, path: &Path) -> Result<(), Refusal> {
        must_be_operator(actor)?;
        let changes = self.store().change().await?;
        self.note(&changes, actor, Noted::new("back_up", PARTNERSHIP, "database")).await?;
        changes.keep().await?;
        Ok(backup::backup(self.store(), path).await?)
    }
}

/// Restores a backup into a database that is not there yet, or is empty.
///
/// # Errors
/// If the backup is not whole or of a newer Penshaw, or the database is not empty.
pub async fn restore(path: &Path, address: &str) -> Result<(), Refusal> {
    Ok(backup::restore(path, address).await?)
}
