//! Who a request comes from, in one question: session or token, account, roles, and how new the register is.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::{DbBackend, FromQueryResult};

use crate::rows::{text, timestamp};
use crate::sql::{self, one};
use crate::{Connected, StoreError};

/// Who a request comes from.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The person's id, once they have said who they are.
    pub person: Option<String>,
    /// What colleagues call them.
    pub name: String,
    /// Whether their account is closed.
    pub disabled: bool,
    /// Whether the second factor was given too; always of a token.
    pub verified: bool,
    /// Bodies and roles.
    pub memberships: Vec<(String, String)>,
    /// When the session began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// What the token may do; nothing of a session.
    pub scopes: Vec<String>,
    /// The token's id; nothing of a session.
    pub token: Option<String>,
    /// Rises whenever anything that pages show of the register changes.
    pub revision: i64,
}

/// How often anything that pages show of the register has changed.
const REVISION: &str = "(SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM owner) + \
    (SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM partnership)";

/// How often anything that pages show of the register has changed.
///
/// # Errors
/// If the database does not answer.
pub async fn revision(on: &impl Connected) -> Result<i64, StoreError> {
    sql::number(on, &format!("SELECT {REVISION}"), vec![]).await
}

/// The visit of a session's cookie.
///
/// # Errors
/// If the database does not answer.
pub async fn of_session(on: &impl Connected, token_hash: &str) -> Result<Option<Visit>, StoreError> {
    let text_of = format!(
        "SELECT s.person_id, p.name, p.disabled, s.verified, {} AS memberships, s.created_at, s.seen_at, \
         s.expires_at, NULL AS scopes, NULL AS token, {REVISION} AS revision \
         FROM session s LEFT JOIN person p ON p.id = s.person_id WHERE s.token_hash = $1",
        memberships(on, "s.person_id")
    );
    let row: Option<Row> = one(on, &text_of, vec![text(token_hash)]).await?;
    Ok(row.map(Visit::from))
}

/// The visit of a program's token.
///
/// # Errors
/// If the database does not answer.
pub async fn of_token(on: &impl Connected, token_hash: &str) -> Result<Option<Visit>, StoreError> {
    let text_of = format!(
        "SELECT t.person_id, p.name, p.disabled, TRUE AS verified, {} AS memberships, t.created_at, \
         COALESCE(t.used_at, t.created_at) AS seen_at, t.expires_at, t.scopes, t.id AS token, {REVISION} AS revision \
         FROM api_token t JOIN person p ON p.id = t.person_id WHERE t.token_hash = $1",
        memberships(on, "t.person_id")
    );
    let row: Option<Row> = one(on, &text_of, vec![text(token_hash)]).await?;
    Ok(row.map(Visit::from))
}

/// `SCC=approver SCC=finance`, as one text.
fn memberships(on: &impl Connected, person: &str) -> String {
    let joined = match sql::backend(on) {
        DbBackend::Postgres => "STRING_AGG(m.body || '=' || m.role, ' ')",
        _ => "GROUP_CONCAT(m.body || '=' || m.role, ' ')",
    };
    format!("(SELECT {joined} FROM membership m WHERE m.person_id = {person})")
}

#[derive(FromQueryResult)]
struct Row {
    person_id: Option<String>,
    name: Option<String>,
    disabled: Option<bool>,
    verified: bool,
    memberships: Option<String>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    scopes: Option<String>,
    token: Option<String>,
    revision: i64,
}

impl From<Row> for Visit {
    fn from(row: Row) -> Self {
        let memberships = row.memberships.unwrap_or_default();
        let pairs = memberships.split(' ').filter_map(|pair| pair.rsplit_once('='));
        Visit {
            person: row.person_id,
            name: row.name.unwrap_or_default(),
            disabled: row.disabled.unwrap_or(false),
            verified: row.verified,
            memberships: pairs.map(|(body, role)| (body.to_owned(), role.to_owned())).collect(),
            created_at: timestamp(row.created_at),
            seen_at: timestamp(row.seen_at),
            expires_at: timestamp(row.expires_at),
            scopes: row.scopes.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            token: row.token,
            revision: row.revision,
        }
    }
}
