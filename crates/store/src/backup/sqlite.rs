//! Backups of SQLite: a compact copy made by SQLite itself within one reading of the database.

use std::io;
use std::path::Path;

use sea_orm::FromQueryResult;

use super::{RESTORE, partial, private, settle};
use crate::migrations::{names, refuse_newer};
use crate::rows::text;
use crate::sql::{all, execute};
use crate::{Store, StoreError};

/// Copies the database into an empty file.
pub(super) async fn backup(store: &Store, path: &Path) -> Result<(), StoreError> {
    execute(store, "VACUUM INTO $1", vec![text(path.display().to_string())]).await?;
    Ok(())
}

/// Copies a backup to where no database is yet, once it was found whole.
pub(super) async fn restore(path: &Path, to: &Path) -> Result<(), StoreError> {
    let there = ["", "-wal", "-shm"].into_iter().find(|end| Path::new(&format!("{}{end}", to.display())).exists());
    if let Some(end) = there {
        let why = format!("{}{end} is there already: name a file that is not", to.display());
        return Err(StoreError::cannot(RESTORE, why));
    }
    if !path.is_file() {
        return Err(StoreError::cannot(RESTORE, format!("{} is no file", path.display())));
    }
    let partial = partial(to)?;
    let copied = copy(path, &partial).map_err(|error| unwritable(to, &error));
    let restored = match copied {
        Ok(()) => check(&partial).await.and_then(|()| settle(&partial, to).map_err(|error| unwritable(to, &error))),
        Err(error) => Err(error),
    };
    if restored.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    restored
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    io::copy(&mut std::fs::File::open(from)?, &mut private(to)?).map(drop)
}

fn unwritable(path: &Path, error: &io::Error) -> StoreError {
    StoreError::cannot(RESTORE, format!("{} cannot be written: {error}", path.display()))
}

#[derive(FromQueryResult)]
struct Told {
    told: String,
}

/// Whether a file is a register of this version or an older one, and every page of it is sound.
async fn check(path: &Path) -> Result<(), StoreError> {
    let damaged = |why: String| StoreError::cannot(RESTORE, format!("the backup is damaged or none: {why}"));
    let store = Store::look_into(path).await.map_err(|error| damaged(error.to_string()))?;
    let (wrong, taken) = (wrong(&store).await, names(&store).await);
    store.close().await;
    if let Some(why) = wrong.unwrap_or_else(|error| Some(error.to_string())) {
        return Err(damaged(why));
    }
    match taken? {
        none if none.is_empty() => Err(damaged("it holds no register".into())),
        taken => refuse_newer(&taken),
    }
}

/// What is wrong with a database, if anything is.
async fn wrong(store: &Store) -> Result<Option<String>, StoreError> {
    let told: Vec<Told> = all(store, "SELECT integrity_check AS told FROM pragma_integrity_check", vec![]).await?;
    let astray: Vec<Told> = all(
        store,
        "SELECT 'a row of ' || \"table\" || ' refers to none' AS told FROM pragma_foreign_key_check",
        vec![],
    )
    .await?;
    Ok(told.into_iter().chain(astray).map(|row| row.told).find(|told| told != "ok"))
}
