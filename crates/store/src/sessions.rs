//! Visits, and what was typed when one ended: kept in the database, so that any server knows of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::FromQueryResult;

use crate::rows::{at, from_json, json, maybe, text, timestamp};
use crate::sql::{execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// Somebody's visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the secret in the cookie.
    pub token_hash: String,
    /// Who it is, once they have said.
    pub person: Option<String>,
    /// Whether the second factor was given too.
    pub verified: bool,
    /// What pages need to remember in the meantime.
    pub state: BTreeMap<String, String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within a minute.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

/// Keeps a session that is new.
///
/// # Errors
/// If the database does not answer.
pub async fn add(changes: &Changes, session: &Session) -> Result<(), StoreError> {
    let row = vec![
        text(&session.token_hash),
        maybe(session.person.clone()),
        session.verified.into(),
        json(&session.state),
        at(session.created_at),
        at(session.seen_at),
        at(session.expires_at),
    ];
    let into = "session (token_hash, person_id, verified, state, created_at, seen_at, expires_at)";
    insert(changes, into, vec![row]).await
}

/// The session of a cookie, expired or not.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, token_hash: &str) -> Result<Option<Session>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM session WHERE token_hash = $1", vec![text(token_hash)]).await?;
    row.map(Session::try_from).transpose()
}

/// Changes what a session remembers.
///
/// # Errors
/// If the database does not answer.
pub async fn change(changes: &Changes, session: &Session) -> Result<(), StoreError> {
    let text_of = "UPDATE session SET person_id = $1, verified = $2, state = $3, seen_at = $4, expires_at = $5 \
        WHERE token_hash = $6";
    let values = vec![
        maybe(session.person.clone()),
        session.verified.into(),
        json(&session.state),
        at(session.seen_at),
        at(session.expires_at),
        text(&session.token_hash),
    ];
    execute(changes, text_of, values).await?;
    Ok(())
}

/// Ends a session, and says whether there was one: of two that end it, one alone is told so.
///
/// # Errors
/// If the database does not answer.
pub async fn end(changes: &Changes, token_hash: &str) -> Result<bool, StoreError> {
    Ok(execute(changes, "DELETE FROM session WHERE token_hash = $1", vec![text(token_hash)]).await? == 1)
}

/// Ends every session of a person.
///
/// # Errors
/// If the database does not answer.
pub async fn end_all(changes: &Changes, person: &str) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM session WHERE person_id = $1", vec![text(person)]).await?;
    Ok(())
}

/// Forgets sessions and held forms that ended before a moment.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(changes: &Changes, before: Timestamp) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM session WHERE expires_at < $1", vec![at(before)]).await?;
    execute(changes, "DELETE FROM held_form WHERE held_at < $1", vec![at(before)]).await?;
    Ok(())
}

/// What somebody had typed when their session ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldForm {
    /// Names it.
    pub id: String,
    /// Who typed it.
    pub person: String,
    /// The page that it was sent to.
    pub path: String,
    /// The fields and what was typed in them, in order.
    pub fields: Vec<(String, String)>,
    /// When it was sent.
    pub held_at: Timestamp,
}

/// Keeps what somebody had typed.
///
/// # Errors
/// If the database does not answer.
pub async fn hold(changes: &Changes, held: &HeldForm) -> Result<(), StoreError> {
    let row = vec![text(&held.id), text(&held.person), text(&held.path), json(&held.fields), at(held.held_at)];
    insert(changes, "held_form (id, person_id, path, body, held_at)", vec![row]).await
}

/// What a person had typed, by its id: nobody else's.
///
/// # Errors
/// If the database does not answer.
pub async fn held(on: &impl Connected, id: &str, person: &str) -> Result<Option<HeldForm>, StoreError> {
    let text_of = "SELECT * FROM held_form WHERE id = $1 AND person_id = $2";
    let row: Option<Held> = one(on, text_of, vec![text(id), text(person)]).await?;
    row.map(HeldForm::try_from).transpose()
}

/// Forgets what was typed, once it was sent again.
///
/// # Errors
/// If the database does not answer.
pub async fn let_go(changes: &Changes, id: &str) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM held_form WHERE id = $1", vec![text(id)]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    token_hash: String,
    person_id: Option<String>,
    verified: bool,
    state: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl TryFrom<Row> for Session {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Session {
            token_hash: row.token_hash,
            person: row.person_id,
            verified: row.verified,
            state: from_json("a session", &row.state)?,
            created_at: timestamp(row.created_at),
            seen_at: timestamp(row.seen_at),
            expires_at: timestamp(row.expires_at),
        })
    }
}

#[derive(FromQueryResult)]
struct Held {
    id: String,
    person_id: String,
    path: String,
    body: String,
    held_at: DateTime<Utc>,
}

impl TryFrom<Held> for HeldForm {
    type Error = StoreError;

    fn try_from(row: Held) -> Result<Self, StoreError> {
        Ok(HeldForm {
            id: row.id,
            person: row.person_id,
            path: row.path,
            fields: from_json("a held form", &row.body)?,
            held_at: timestamp(row.held_at),
        })
    }
}
