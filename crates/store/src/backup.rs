//! Backups that are consistent while the database is in use, and what they are restored to.

mod postgres;
mod sqlite;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::{Store, StoreError};

const BACKUP: &str = "the backup";
const RESTORE: &str = "restoring the backup";

/// Writes a backup to a new file: the database as it stands at one moment, while others go on writing.
///
/// Of SQLite the file is a database of its own, of PostgreSQL what `pg_dump` writes in its custom
/// format. Nobody but its owner may read it. It is complete once this returns, and not there before.
///
/// # Errors
/// If there is such a file already, the disk is full, or PostgreSQL's programs are not there.
pub async fn backup(store: &Store, path: &Path) -> Result<(), StoreError> {
    let partial = partial(path)?;
    private(&partial).map_err(|error| not_written(&partial, &error))?;
    let written = match store.is_sqlite() {
        true => sqlite::backup(store, &partial).await,
        false => postgres::backup(store, &partial).await,
    };
    let named = written.and_then(|()| settle(&partial, path).map_err(|error| not_written(path, &error)));
    if named.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    named
}

/// Restores a backup to where nothing is yet: an SQLite file that is not there, or an empty
/// database on PostgreSQL.
///
/// # Errors
/// If something is there already, the file is no backup of that database or is damaged, it is of
/// a newer Penshaw, or PostgreSQL's programs are not there. Then nothing is restored.
pub async fn restore(path: &Path, address: &str) -> Result<(), StoreError> {
    match address.strip_prefix("sqlite:") {
        Some(to) => sqlite::restore(path, Path::new(to.trim_start_matches("//"))).await,
        None => postgres::restore(path, address).await,
    }
}

/// The name of the file while it is written, beside the one that it will have.
fn partial(path: &Path) -> Result<PathBuf, StoreError> {
    if path.exists() {
        return Err(StoreError::cannot(BACKUP, format!("{} is there already: name a new file", path.display())));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    Ok(path.with_file_name(name))
}

/// Makes an empty file that nobody else may read: what is in a register is not for everybody on the machine.
fn private(path: &Path) -> io::Result<File> {
    let _ = std::fs::remove_file(path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Gives a file its name once every byte of it is on the disk, and not over another's.
fn settle(partial: &Path, path: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    std::fs::hard_link(partial, path)?;
    std::fs::remove_file(partial)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // The name is on the disk too; Windows has no such thing as a folder that is opened.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn not_written(path: &Path, error: &io::Error) -> StoreError {
    StoreError::cannot(BACKUP, format!("{} cannot be written: {error}", path.display()))
}
