//! What each owner chose to share, in the order in which the choices are read.

use penshaw_register::SharingChoice;
use sea_orm::FromQueryResult;

use crate::rows::{from_json, json, text};
use crate::sql::{all, execute, insert};
use crate::{Changes, Connected, StoreError};

#[derive(FromQueryResult)]
struct Kept {
    body: String,
}

/// An owner's choices, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn choices(on: &impl Connected, owner: &str) -> Result<Vec<SharingChoice>, StoreError> {
    let rows: Vec<Kept> =
        all(on, "SELECT body FROM sharing_choice WHERE owner = $1 ORDER BY position", vec![text(owner)]).await?;
    rows.iter().map(|row| from_json("a sharing choice", &row.body)).collect()
}

/// Puts an owner's choices in place of those that stood. What others see follows only
/// once the entries' shared parts are written anew, in the same changes.
///
/// # Errors
/// If the database does not answer.
pub async fn choose(changes: &Changes, owner: &str, choices: &[SharingChoice]) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM sharing_choice WHERE owner = $1", vec![text(owner)]).await?;
    let rows = (1_i64..).zip(choices).map(|(position, choice)| vec![text(owner), position.into(), json(choice)]);
    insert(changes, "sharing_choice (owner, position, body)", rows.collect()).await
}
