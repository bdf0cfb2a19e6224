//! Invitations: links by which somebody makes their account, once.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::FromQueryResult;

use crate::rows::{at, from_json, json, maybe_at, text, timestamp};
use crate::sql::{all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// A link by which somebody makes their account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of the secret in the link.
    pub token_hash: String,
    /// Who is invited.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// Bodies and roles that come with it.
    pub memberships: Vec<(String, String)>,
    /// Who invited them.
    pub invited_by: String,
    /// When the link stops working.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// Keeps an invitation.
///
/// # Errors
/// If the database does not answer.
pub async fn invite(changes: &Changes, invitation: &Invitation) -> Result<(), StoreError> {
    let row = vec![
        text(&invitation.token_hash),
        text(&invitation.email),
        text(&invitation.name),
        json(&invitation.memberships),
        text(&invitation.invited_by),
        at(invitation.expires_at),
        maybe_at(invitation.used_at),
    ];
    insert(changes, "invitation (token_hash, email, name, memberships, invited_by, expires_at, used_at)", vec![row])
        .await
}

/// The invitation of a link.
///
/// # Errors
/// If the database does not answer.
pub async fn find_invitation(on: &impl Connected, token_hash: &str) -> Result<Option<Invitation>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM invitation WHERE token_hash = $1", vec![text(token_hash)]).await?;
    row.map(Invitation::try_from).transpose()
}

/// Every invitation that was not used yet, the soonest to expire first.
///
/// # Errors
/// If the database does not answer.
pub async fn invitations(on: &impl Connected) -> Result<Vec<Invitation>, StoreError> {
    let rows: Vec<Row> =
        all(on, "SELECT * FROM invitation WHERE used_at IS NULL ORDER BY expires_at, email", vec![]).await?;
    rows.into_iter().map(Invitation::try_from).collect()
}

/// Marks an invitation as used, and says whether it could still be.
///
/// # Errors
/// If the database does not answer.
pub async fn use_invitation(changes: &Changes, token_hash: &str, when: Timestamp) -> Result<bool, StoreError> {
    let text_of = "UPDATE invitation SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at > $1";
    Ok(execute(changes, text_of, vec![at(when), text(token_hash)]).await? == 1)
}

/// Withdraws an invitation.
///
/// # Errors
/// If the database does not answer.
pub async fn withdraw(changes: &Changes, token_hash: &str) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM invitation WHERE token_hash = $1 AND used_at IS NULL", vec![text(token_hash)])
        .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    token_hash: String,
    email: String,
    name: String,
    memberships: String,
    invited_by: String,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Invitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Invitation {
            token_hash: row.token_hash,
            email: row.email,
            name: row.name,
            memberships: from_json("an invitation", &row.memberships)?,
            invited_by: row.invited_by,
            expires_at: timestamp(row.expires_at),
            used_at: row.used_at.map(timestamp),
        })
    }
}
