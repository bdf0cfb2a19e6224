//! Accounts: who can sign in and with what, invitations, and tokens for people's own programs.

mod invitations;
mod tokens;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::FromQueryResult;

use crate::rows::{at, maybe, text, timestamp};
use crate::sql::{all, execute, insert, number, one};
use crate::{Changes, Connected, StoreError};

pub use invitations::{Invitation, find_invitation, invitations, invite, use_invitation, withdraw};
pub use tokens::{ApiToken, add_token, find_token, remove_token, token_used, tokens_of};

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Names them.
    pub id: String,
    /// Their address, in small letters.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// The hash of their password, for local accounts.
    pub password_hash: Option<String>,
    /// The secret of their authenticator app, for local accounts.
    pub totp_secret: Option<String>,
    /// The last time step of a code that they used.
    pub totp_last_step: i64,
    /// Issuer and subject at their identity provider.
    pub oidc_subject: Option<String>,
    /// Whether they can no longer sign in.
    pub disabled: bool,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// Makes an account.
///
/// # Errors
/// If there is one of that address already, or the database does not answer.
pub async fn add(changes: &Changes, person: &Person) -> Result<(), StoreError> {
    let row = vec![
        text(&person.id),
        text(person.email.trim().to_lowercase()),
        text(&person.name),
        maybe(person.password_hash.clone()),
        maybe(person.totp_secret.clone()),
        person.totp_last_step.into(),
        maybe(person.oidc_subject.clone()),
        person.disabled.into(),
        at(person.created_at),
    ];
    let into =
        "person (id, email, name, password_hash, totp_secret, totp_last_step, oidc_subject, disabled, created_at)";
    insert(changes, into, vec![row]).await
}

/// Changes an account: everything but its id, its address and when it was made.
///
/// # Errors
/// If the database does not answer.
pub async fn change(changes: &Changes, person: &Person) -> Result<(), StoreError> {
    let text_of = "UPDATE person SET name = $1, password_hash = $2, totp_secret = $3, totp_last_step = $4, \
        oidc_subject = $5, disabled = $6 WHERE id = $7";
    let values = vec![
        text(&person.name),
        maybe(person.password_hash.clone()),
        maybe(person.totp_secret.clone()),
        person.totp_last_step.into(),
        maybe(person.oidc_subject.clone()),
        person.disabled.into(),
        text(&person.id),
    ];
    execute(changes, text_of, values).await?;
    Ok(())
}

/// Notes that a code of an authenticator app was used, and says whether nobody used it, or a
/// later one, before.
///
/// # Errors
/// If the database does not answer.
pub async fn use_step(changes: &Changes, person: &str, step: i64) -> Result<bool, StoreError> {
    let text_of = "UPDATE person SET totp_last_step = $1 WHERE id = $2 AND totp_last_step < $1";
    Ok(execute(changes, text_of, vec![step.into(), text(person)]).await? == 1)
}

/// The account of that id.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, id: &str) -> Result<Option<Person>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM person WHERE id = $1", vec![text(id)]).await?;
    Ok(row.map(Person::from))
}

/// The account of that address, whatever its letters' case.
///
/// # Errors
/// If the database does not answer.
pub async fn with_email(on: &impl Connected, email: &str) -> Result<Option<Person>, StoreError> {
    let email = email.trim().to_lowercase();
    let row: Option<Row> = one(on, "SELECT * FROM person WHERE email = $1", vec![text(email)]).await?;
    Ok(row.map(Person::from))
}

/// The account that an identity provider's subject belongs to.
///
/// # Errors
/// If the database does not answer.
pub async fn with_subject(on: &impl Connected, subject: &str) -> Result<Option<Person>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM person WHERE oidc_subject = $1", vec![text(subject)]).await?;
    Ok(row.map(Person::from))
}

/// Every account, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn everybody(on: &impl Connected) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<Row> = all(on, "SELECT * FROM person ORDER BY name, email", vec![]).await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// How many accounts there are.
///
/// # Errors
/// If the database does not answer.
pub async fn count(on: &impl Connected) -> Result<i64, StoreError> {
    number(on, "SELECT COUNT(*) FROM person", vec![]).await
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    email: String,
    name: String,
    password_hash: Option<String>,
    totp_secret: Option<String>,
    totp_last_step: i64,
    oidc_subject: Option<String>,
    disabled: bool,
    created_at: DateTime<Utc>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Person {
            id: row.id,
            email: row.email,
            name: row.name,
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_last_step: row.totp_last_step,
            oidc_subject: row.oidc_subject,
            disabled: row.disabled,
            created_at: timestamp(row.created_at),
        }
    }
}
