//! What people may do, and for whom.

use sea_orm::FromQueryResult;

use crate::rows::text;
use crate::sql::{self, all, execute, insert};
use crate::{Changes, Connected, StoreError};

/// A role that a person has in a body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct Membership {
    /// The person's id.
    pub person_id: String,
    /// The authority's code, or `partnership`.
    pub body: String,
    /// The role's key.
    pub role: String,
}

/// A person's roles.
///
/// # Errors
/// If the database does not answer.
pub async fn of(on: &impl Connected, person: &str) -> Result<Vec<Membership>, StoreError> {
    let text_of = "SELECT person_id, body, role FROM membership WHERE person_id = $1 ORDER BY body, role";
    all(on, text_of, vec![text(person)]).await
}

/// Everybody's roles.
///
/// # Errors
/// If the database does not answer.
pub async fn everybody(on: &impl Connected) -> Result<Vec<Membership>, StoreError> {
    all(on, "SELECT person_id, body, role FROM membership ORDER BY person_id, body, role", vec![]).await
}

/// Puts a person's roles in one body in place of those that they had there.
///
/// # Errors
/// If there is no such body, or the database does not answer.
pub async fn set(changes: &Changes, person: &str, body: &str, roles: &[String]) -> Result<(), StoreError> {
    let text_of = "DELETE FROM membership WHERE person_id = $1 AND body = $2";
    execute(changes, text_of, vec![text(person), text(body)]).await?;
    let rows = roles.iter().map(|role| vec![text(person), text(body), text(role)]).collect();
    insert(changes, "membership (person_id, body, role)", rows).await
}

#[derive(FromQueryResult)]
struct PersonId {
    person_id: String,
}

/// Those with an open account who have a role in a body, held until the changes are kept: of two
/// changes that take it from somebody, the later sees what the earlier left.
///
/// # Errors
/// If the database does not answer.
pub async fn hold(changes: &Changes, body: &str, role: &str) -> Result<Vec<String>, StoreError> {
    let held = sql::held(changes);
    let text_of = format!(
        "SELECT m.person_id FROM membership m JOIN person p ON p.id = m.person_id \
         WHERE m.body = $1 AND m.role = $2 AND NOT p.disabled ORDER BY m.person_id {held}"
    );
    let rows: Vec<PersonId> = all(changes, &text_of, vec![text(body), text(role)]).await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}
