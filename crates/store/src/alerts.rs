//! Alerts: whose turn it is to send them, who was told of which, and how each person wants to be told.

use jiff::Timestamp;
use penshaw_basis::Date;
use sea_orm::FromQueryResult;

use crate::rows::{at, day, maybe, text};
use crate::sql::{all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

/// How a person wants to be told of alerts.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Reader {
    /// The person's id.
    pub person_id: String,
    /// Whether alerts are sent by mail.
    pub mails: bool,
    /// The hash of the secret in the address of their calendar.
    pub calendar_hash: Option<String>,
}

impl Reader {
    /// Somebody who has chosen nothing yet: by mail, without a calendar.
    pub fn of(person: &str) -> Self {
        Reader { person_id: person.to_owned(), mails: true, calendar_hash: None }
    }
}

/// Takes a day's alerts, and says whether no other server had taken them.
///
/// # Errors
/// If the database does not answer.
pub async fn take_day(changes: &Changes, on: Date, now: Timestamp) -> Result<bool, StoreError> {
    let text_of = "INSERT INTO alert_round (on_day, taken_at) VALUES ($1, $2) ON CONFLICT (on_day) DO NOTHING";
    Ok(execute(changes, text_of, vec![day(on), at(now)]).await? == 1)
}

/// Gives a day's alerts back: its mail could not be sent, and is tried again.
///
/// # Errors
/// If the database does not answer.
pub async fn give_day_back(changes: &Changes, on: Date) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM alert_round WHERE on_day = $1", vec![day(on)]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Sent {
    alert: String,
}

/// The alerts of which a person was told by mail.
///
/// # Errors
/// If the database does not answer.
pub async fn sent_to(on: &impl Connected, person: &str) -> Result<Vec<String>, StoreError> {
    let text_of = "SELECT alert FROM alert_sent WHERE person_id = $1 ORDER BY alert";
    let rows: Vec<Sent> = all(on, text_of, vec![text(person)]).await?;
    Ok(rows.into_iter().map(|row| row.alert).collect())
}

/// Notes that a person was told of alerts by mail.
///
/// # Errors
/// If they were told of one of them before, or the database does not answer.
pub async fn sent(changes: &Changes, person: &str, alerts: &[String], now: Timestamp) -> Result<(), StoreError> {
    let rows = alerts.iter().map(|alert| vec![text(person), text(alert), at(now)]).collect();
    insert(changes, "alert_sent (person_id, alert, sent_at)", rows).await
}

/// Forgets that a person was told of alerts whose cause is gone, so that they are told if it comes again.
///
/// # Errors
/// If the database does not answer.
pub async fn forget(changes: &Changes, person: &str, alerts: &[String]) -> Result<(), StoreError> {
    for alert in alerts {
        let text_of = "DELETE FROM alert_sent WHERE person_id = $1 AND alert = $2";
        execute(changes, text_of, vec![text(person), text(alert)]).await?;
    }
    Ok(())
}

/// How a person wants to be told.
///
/// # Errors
/// If the database does not answer.
pub async fn reader(on: &impl Connected, person: &str) -> Result<Reader, StoreError> {
    let text_of = "SELECT person_id, mails, calendar_hash FROM alert_reader WHERE person_id = $1";
    let chosen = one(on, text_of, vec![text(person)]).await?;
    Ok(chosen.unwrap_or_else(|| Reader::of(person)))
}

/// Whose calendar an address names, by the hash of its secret.
///
/// # Errors
/// If the database does not answer.
pub async fn reader_of_calendar(on: &impl Connected, calendar_hash: &str) -> Result<Option<Reader>, StoreError> {
    let text_of = "SELECT person_id, mails, calendar_hash FROM alert_reader WHERE calendar_hash = $1";
    one(on, text_of, vec![text(calendar_hash)]).await
}

/// Keeps how a person wants to be told.
///
/// # Errors
/// If there is no such person, or the database does not answer.
pub async fn choose(changes: &Changes, reader: &Reader) -> Result<(), StoreError> {
    let text_of = "INSERT INTO alert_reader (person_id, mails, calendar_hash) VALUES ($1, $2, $3) \
        ON CONFLICT (person_id) DO UPDATE SET mails = $2, calendar_hash = $3";
    let values = vec![text(&reader.person_id), reader.mails.into(), maybe(reader.calendar_hash.clone())];
    execute(changes, text_of, values).await?;
    Ok(())
}
