//! The trail of every change: who, when, what, before and after, each row chained to the one before it.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use penshaw_basis::Digester;
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use crate::rows::{at, maybe, text, timestamp};
use crate::sql::{self, all, execute, number};
use crate::{Changes, Connected, StoreError};

/// A change, as the trail keeps it.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// Who, by the name of their account, or the command that was run.
    pub who: String,
    /// Who, as the account's id.
    pub person: Option<String>,
    /// What was done, such as `change_entry`.
    pub verb: String,
    /// For whom: an authority's code or `partnership`.
    pub body: String,
    /// To what, such as `contracts/C1`.
    pub subject: String,
    /// What stood there before, as JSON.
    pub before: Option<String>,
    /// What stands there now, as JSON.
    pub after: Option<String>,
}

/// A row of the trail.
#[derive(Clone, Debug)]
pub struct Row {
    /// 1, 2, 3… without a gap.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
    /// The hash of the row before.
    pub previous_hash: String,
    /// The hash of this row.
    pub hash: String,
}

/// What is wrong with the trail.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A row is not there.
    #[error("row {0} is missing")]
    Missing(i64),
    /// A row is not what was written.
    #[error("row {0} is not what was written: its hash differs")]
    Changed(i64),
    /// A row does not follow from the one before it.
    #[error("row {0} does not follow from the row before it")]
    Unchained(i64),
}

/// How many missing rows in a line are named: whoever forged a number should not fill the memory.
const MOST_MISSING: usize = 1_000;

/// The hash before the first row.
const BEGINNING: &str = "";

/// Adds a row to the trail, in the same changes as what it tells of.
///
/// # Errors
/// If the database does not answer.
pub async fn record(changes: &Changes, event: Event, when: Timestamp) -> Result<(), StoreError> {
    if sql::backend(changes) == DbBackend::Postgres {
        // Rows are chained one after another, so writers take turns until their changes are kept.
        changes.on().execute_unprepared("SELECT pg_advisory_xact_lock(20140619)").await?;
    }
    let last = sql::one::<Last>(changes, "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", vec![]).await?;
    let last = last.unwrap_or(Last { number: 0, hash: BEGINNING.to_owned() });
    let place = last.number + 1;
    let hash = hash(place, when, &event, &last.hash);
    let row = vec![
        place.into(),
        at(when),
        text(event.who),
        maybe(event.person),
        text(event.verb),
        text(event.body),
        text(event.subject),
        maybe(event.before),
        maybe(event.after),
        text(last.hash),
        text(hash),
    ];
    let into = "audit (number, at, who, person_id, verb, body, subject, before, after, previous_hash, hash)";
    sql::insert(changes, into, vec![row]).await
}

#[derive(FromQueryResult)]
struct Last {
    number: i64,
    hash: String,
}

fn hash(place: i64, when: Timestamp, event: &Event, previous: &str) -> String {
    let mut digester = Digester::new("penshaw audit 1");
    digester.part(&place.to_string()).part(&when.as_microsecond().to_string());
    for part in [&event.who, &event.verb, &event.body, &event.subject] {
        digester.part(part);
    }
    // What is not there differs from what is empty.
    for part in [&event.person, &event.before, &event.after] {
        match part {
            Some(words) => digester.part("some").part(words),
            None => digester.part("none"),
        };
    }
    digester.part(previous);
    digester.finish().as_str().to_owned()
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Of these bodies alone.
    pub bodies: &'a [String],
    /// About one subject alone.
    pub subject: Option<&'a str>,
    /// Before this row.
    pub before: Option<i64>,
    /// After this row: then the first that follow it.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

/// Rows of the trail, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn rows(on: &impl Connected, wanted: &Wanted<'_>) -> Result<Vec<Row>, StoreError> {
    if wanted.bodies.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<sea_orm::Value> = wanted.bodies.iter().map(text).collect();
    let mut text_of = format!("SELECT * FROM audit WHERE body IN ({})", sql::list(1, values.len()));
    if let Some(subject) = wanted.subject {
        values.push(text(subject));
        text_of += &format!(" AND subject = ${}", values.len());
    }
    if let Some(before) = wanted.before {
        values.push(before.into());
        text_of += &format!(" AND number < ${}", values.len());
    }
    if let Some(after) = wanted.after {
        values.push(after.into());
        text_of += &format!(" AND number > ${}", values.len());
    }
    let order = if wanted.after.is_some() { "ASC" } else { "DESC" };
    text_of += &format!(" ORDER BY number {order} LIMIT {}", wanted.limit);
    let rows: Vec<Kept> = all(on, &text_of, values).await?;
    let mut rows: Vec<Row> = rows.into_iter().map(Row::from).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.number));
    Ok(rows)
}

/// Proves that the trail is whole: every row there, unchanged, and chained to the one before it.
///
/// Returns how many rows there are and the hash of the last, to be noted elsewhere: a trail
/// whose end was cut off is whole in itself, and only that note shows it.
///
/// # Errors
/// [`StoreError`] if the database does not answer; else what is wrong, row by row.
pub async fn verify(on: &impl Connected) -> Result<Result<(i64, String), Vec<Broken>>, StoreError> {
    const AT_ONCE: i64 = 2_000;
    let mut broken = Vec::new();
    let (mut place, mut previous) = (0, BEGINNING.to_owned());
    // From below the first: a row that was put before it is found too.
    let mut seen = i64::MIN;
    loop {
        let text = format!("SELECT * FROM audit WHERE number > $1 ORDER BY number LIMIT {AT_ONCE}");
        let rows: Vec<Kept> = all(on, &text, vec![seen.into()]).await?;
        let ended = rows.is_empty();
        for row in rows.into_iter().map(Row::from) {
            broken.extend((place + 1..row.number).take(MOST_MISSING).map(Broken::Missing));
            if row.previous_hash != previous || row.number < 1 {
                broken.push(Broken::Unchained(row.number));
            }
            if hash(row.number, row.at, &row.event, &row.previous_hash) != row.hash {
                broken.push(Broken::Changed(row.number));
            }
            seen = row.number;
            (place, previous) = (row.number.max(0), row.hash);
        }
        if ended {
            break;
        }
    }
    Ok(if broken.is_empty() { Ok((place, previous)) } else { Err(broken) })
}

/// How many rows the trail has.
///
/// # Errors
/// If the database does not answer.
pub async fn count(on: &impl Connected) -> Result<i64, StoreError> {
    number(on, "SELECT COUNT(*) FROM audit", vec![]).await
}

#[derive(FromQueryResult)]
struct Kept {
    number: i64,
    at: DateTime<Utc>,
    who: String,
    person_id: Option<String>,
    verb: String,
    body: String,
    subject: String,
    before: Option<String>,
    after: Option<String>,
    previous_hash: String,
    hash: String,
}

impl From<Kept> for Row {
    fn from(kept: Kept) -> Self {
        let event = Event {
            who: kept.who,
            person: kept.person_id,
            verb: kept.verb,
            body: kept.body,
            subject: kept.subject,
            before: kept.before,
            after: kept.after,
        };
        Row { number: kept.number, at: timestamp(kept.at), event, previous_hash: kept.previous_hash, hash: kept.hash }
    }
}

/// Counts an attempt at something, so that any server knows of it.
///
/// # Errors
/// If the database does not answer.
pub async fn attempt(changes: &Changes, what: &str, when: Timestamp) -> Result<(), StoreError> {
    sql::insert(changes, "attempt (what, tried_at)", vec![vec![text(what), at(when)]]).await
}

/// Takes back an attempt that was right after all.
///
/// # Errors
/// If the database does not answer.
pub async fn take_back(changes: &Changes, what: &str, when: Timestamp) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM attempt WHERE what = $1 AND tried_at = $2", vec![text(what), at(when)]).await?;
    Ok(())
}

/// How often something was attempted since a moment.
///
/// # Errors
/// If the database does not answer.
pub async fn attempts(on: &impl Connected, what: &str, since: Timestamp) -> Result<i64, StoreError> {
    number(on, "SELECT COUNT(*) FROM attempt WHERE what = $1 AND tried_at > $2", vec![text(what), at(since)]).await
}

/// Forgets attempts: at one thing, or all before a moment.
///
/// # Errors
/// If the database does not answer.
pub async fn forget_attempts(changes: &Changes, what: Option<&str>, before: Timestamp) -> Result<(), StoreError> {
    match what {
        Some(what) => execute(changes, "DELETE FROM attempt WHERE what = $1", vec![text(what)]).await?,
        None => execute(changes, "DELETE FROM attempt WHERE tried_at < $1", vec![at(before)]).await?,
    };
    Ok(())
}
