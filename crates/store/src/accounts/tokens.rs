//! Tokens by which people's own programs act for them.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::FromQueryResult;

use crate::rows::{at, maybe_at, text, timestamp};
use crate::sql::{all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// A token by which a person's own programs act for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Names it.
    pub id: String,
    /// SHA-256 of the secret.
    pub token_hash: String,
    /// Whose it is.
    pub person: String,
    /// What they use it for.
    pub label: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// Keeps a token.
///
/// # Errors
/// If the database does not answer.
pub async fn add_token(changes: &Changes, token: &ApiToken) -> Result<(), StoreError> {
    let row = vec![
        text(&token.id),
        text(&token.token_hash),
        text(&token.person),
        text(&token.label),
        text(token.scopes.join(" ")),
        at(token.created_at),
        at(token.expires_at),
        maybe_at(token.used_at),
    ];
    let into = "api_token (id, token_hash, person_id, label, scopes, created_at, expires_at, used_at)";
    insert(changes, into, vec![row]).await
}

/// The token of a secret.
///
/// # Errors
/// If the database does not answer.
pub async fn find_token(on: &impl Connected, token_hash: &str) -> Result<Option<ApiToken>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM api_token WHERE token_hash = $1", vec![text(token_hash)]).await?;
    Ok(row.map(ApiToken::from))
}

/// A person's tokens, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn tokens_of(on: &impl Connected, person: &str) -> Result<Vec<ApiToken>, StoreError> {
    let text_of = "SELECT * FROM api_token WHERE person_id = $1 ORDER BY created_at DESC";
    let rows: Vec<Row> = all(on, text_of, vec![text(person)]).await?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// Notes that a token was used.
///
/// # Errors
/// If the database does not answer.
pub async fn token_used(changes: &Changes, id: &str, when: Timestamp) -> Result<(), StoreError> {
    execute(changes, "UPDATE api_token SET used_at = $1 WHERE id = $2", vec![at(when), text(id)]).await?;
    Ok(())
}

/// Removes a person's token, and says whether there was one.
///
/// # Errors
/// If the database does not answer.
pub async fn remove_token(changes: &Changes, person: &str, id: &str) -> Result<bool, StoreError> {
    let text_of = "DELETE FROM api_token WHERE id = $1 AND person_id = $2";
    Ok(execute(changes, text_of, vec![text(id), text(person)]).await? == 1)
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    token_hash: String,
    person_id: String,
    label: String,
    scopes: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
}

impl From<Row> for ApiToken {
    fn from(row: Row) -> Self {
        ApiToken {
            id: row.id,
            token_hash: row.token_hash,
            person: row.person_id,
            label: row.label,
            scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
            created_at: timestamp(row.created_at),
            expires_at: timestamp(row.expires_at),
            used_at: row.used_at.map(timestamp),
        }
    }
}
