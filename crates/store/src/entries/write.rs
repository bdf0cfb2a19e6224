//! Writing entries: a version is added, the entry as it stands follows, and so does its shared part.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use penshaw_basis::Digester;
use penshaw_register::{Kind, Record};
use sea_orm::{FromQueryResult, Value};

use super::{find, search_words, sorted_by};
use crate::rows::{at, json, maybe, text};
use crate::sql::{all, execute, insert, number, upsert};
use crate::{Changes, StoreError};

/// Who writes, when, and through which import.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// Who, as the audit trail names them.
    pub by: &'a str,
    /// When.
    pub at: Timestamp,
    /// The import, where it is one.
    pub import: Option<&'a str>,
}

/// The shared part of a record, worked out by the owner's choices.
#[derive(Clone, Debug, Default)]
pub struct Projected {
    /// The part that is shared; nothing where none of it is.
    pub shared: Option<Record>,
    /// What is given instead of figures, by field.
    pub instead: BTreeMap<String, String>,
    /// The names of the fields that are kept back.
    pub kept: Vec<String>,
}

/// The digest of one record, for its owner alone.
pub fn digest_of(record: &Record) -> String {
    let mut digester = Digester::new("penshaw entry 1");
    record.digest_into(&mut digester);
    digester.finish().as_str().to_owned()
}

/// Writes one entry and returns its version's number.
///
/// `expected` is the number that its editor saw: nothing for an entry that is new.
///
/// # Errors
/// [`StoreError::ChangedMeanwhile`] if somebody else wrote it since.
pub async fn put(
    changes: &Changes,
    owner: &str,
    record: &Record,
    expected: Option<i64>,
    written: &Written<'_>,
) -> Result<i64, StoreError> {
    touch(changes, owner).await?;
    let record = &*plain(record);
    let standing = find(changes, owner, record.kind, &record.reference).await?;
    if standing.as_ref().map(|entry| entry.number) != expected {
        return Err(StoreError::ChangedMeanwhile { what: format!("{} {}", record.kind, record.reference) });
    }
    let next = next_number(changes, owner, record.kind, &record.reference).await?;
    add(changes, owner, record, next, written).await?;
    Ok(next)
}

/// Writes many entries at once, over whatever stands: for a register that is loaded from elsewhere.
///
/// # Errors
/// If the database does not answer.
pub async fn put_all(
    changes: &Changes,
    owner: &str,
    records: &[Record],
    written: &Written<'_>,
) -> Result<(), StoreError> {
    touch(changes, owner).await?;
    // Of two of one reference the last stands, as if they had been written one after another.
    let last: BTreeMap<(Kind, &str), &Record> =
        records.iter().map(|record| ((record.kind, record.reference.as_str()), record)).collect();
    let before = newest(changes, owner).await?;
    let number = |record: &Record| before.get(&key(record)).map_or(1, |newest| newest.number + 1);
    let plain: Vec<Cow<'_, Record>> = last.into_values().map(plain).collect();
    for some in plain.chunks(AT_ONCE) {
        let rows = some.iter().map(|record| version_row(owner, record, number(record), written));
        insert(changes, VERSION, rows.collect()).await?;
    }
    let now = newest(changes, owner).await?;
    for some in plain.chunks(AT_ONCE) {
        let rows = some.iter().map(|record| entry_row(owner, record, &now[&key(record)], written.at));
        upsert(changes, ENTRY, rows.collect(), OVER).await?;
    }
    Ok(())
}

/// How many rows are put together before they are written, so that a large register is not held twice.
const AT_ONCE: usize = 2_000;

const VERSION: &str =
    "entry_version (owner, kind, reference, number, body, digest, title, changed_at, changed_by, import_id)";

const ENTRY: &str = "entry (owner, kind, reference, version_id, number, title, search, confidence, body, changed_at)";

/// Over the entry that stands.
pub(crate) const OVER: &str = "ON CONFLICT (owner, kind, reference) DO UPDATE SET version_id = excluded.version_id, \
    number = excluded.number, title = excluded.title, search = excluded.search, confidence = excluded.confidence, \
    body = excluded.body, changed_at = excluded.changed_at";

/// The newest version of an entry.
#[derive(FromQueryResult)]
struct Newest {
    kind: String,
    reference: String,
    id: i64,
    number: i64,
}

fn key(record: &Record) -> (String, String) {
    (record.kind.key().to_owned(), record.reference.clone())
}

/// The newest version of every entry that an owner has ever had.
async fn newest(changes: &Changes, owner: &str) -> Result<BTreeMap<(String, String), Newest>, StoreError> {
    let text_of = "SELECT kind, reference, MAX(id) AS id, MAX(number) AS number FROM entry_version \
        WHERE owner = $1 GROUP BY kind, reference";
    let rows: Vec<Newest> = all(changes, text_of, vec![text(owner)]).await?;
    Ok(rows.into_iter().map(|row| ((row.kind.clone(), row.reference.clone()), row)).collect())
}

/// Removes one entry: its history stays.
///
/// # Errors
/// [`StoreError::ChangedMeanwhile`] if somebody else wrote it since `expected` was seen.
pub async fn remove(
    changes: &Changes,
    owner: &str,
    kind: Kind,
    reference: &str,
    expected: i64,
    written: &Written<'_>,
) -> Result<(), StoreError> {
    touch(changes, owner).await?;
    let standing = find(changes, owner, kind, reference).await?;
    if standing.map(|entry| entry.number) != Some(expected) {
        return Err(StoreError::ChangedMeanwhile { what: format!("{kind} {reference}") });
    }
    let row = end_row(owner, kind, reference, expected + 1, written);
    insert(changes, VERSION, vec![row]).await.map_err(|error| error.or_changed(|| format!("{kind} {reference}")))?;
    for table in ["entry", "shared_entry"] {
        let text_of = format!("DELETE FROM {table} WHERE owner = $1 AND kind = $2 AND reference = $3");
        execute(changes, &text_of, vec![text(owner), text(kind.key()), text(reference)]).await?;
    }
    Ok(())
}

/// A record without the letter NUL, which PostgreSQL keeps in no text: no other reader of the
/// register should fail by it.
pub(crate) fn plain(record: &Record) -> Cow<'_, Record> {
    if !record.reference.contains('\0') && !record.fields.values().any(has_nul) {
        return Cow::Borrowed(record);
    }
    let mut record = record.clone();
    record.reference.retain(|letter| letter != '\0');
    record.fields.values_mut().for_each(without_nul);
    Cow::Owned(record)
}

fn has_nul(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(words) => words.contains('\0'),
        serde_json::Value::Array(items) => items.iter().any(has_nul),
        serde_json::Value::Object(items) => items.values().any(has_nul),
        _ => false,
    }
}

fn without_nul(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(words) => words.retain(|letter| letter != '\0'),
        serde_json::Value::Array(items) => items.iter_mut().for_each(without_nul),
        serde_json::Value::Object(items) => items.values_mut().for_each(without_nul),
        _ => {}
    }
}

/// Says that an owner's entries or choices changed.
///
/// Writers begin with it: on PostgreSQL those of one owner then take turns, so that what one of
/// them has compared still stands when it writes.
///
/// # Errors
/// If the database does not answer.
pub async fn touch(changes: &Changes, owner: &str) -> Result<(), StoreError> {
    execute(changes, "UPDATE owner SET revision = revision + 1 WHERE code = $1", vec![text(owner)]).await?;
    Ok(())
}

async fn next_number(changes: &Changes, owner: &str, kind: Kind, reference: &str) -> Result<i64, StoreError> {
    let text_of = "SELECT COALESCE(MAX(number), 0) + 1 FROM entry_version \
        WHERE owner = $1 AND kind = $2 AND reference = $3";
    number(changes, text_of, vec![text(owner), text(kind.key()), text(reference)]).await
}

/// Adds the version of a record and makes it the one that stands.
async fn add(
    changes: &Changes,
    owner: &str,
    record: &Record,
    number: i64,
    written: &Written<'_>,
) -> Result<(), StoreError> {
    let what = || format!("{} {}", record.kind, record.reference);
    let row = version_row(owner, record, number, written);
    insert(changes, VERSION, vec![row]).await.map_err(|error| error.or_changed(what))?;
    let id = version_id(changes, owner, record.kind, &record.reference, number).await?;
    let newest = Newest { kind: record.kind.key().into(), reference: record.reference.clone(), id, number };
    upsert(changes, ENTRY, vec![entry_row(owner, record, &newest, written.at)], OVER).await
}

async fn version_id(
    changes: &Changes,
    owner: &str,
    kind: Kind,
    reference: &str,
    place: i64,
) -> Result<i64, StoreError> {
    let text_of = "SELECT id FROM entry_version WHERE owner = $1 AND kind = $2 AND reference = $3 AND number = $4";
    number(changes, text_of, vec![text(owner), text(kind.key()), text(reference), place.into()]).await
}

fn version_row(owner: &str, record: &Record, number: i64, written: &Written<'_>) -> Vec<Value> {
    vec![
        text(owner),
        text(record.kind.key()),
        text(&record.reference),
        number.into(),
        json(record),
        text(digest_of(record)),
        text(sorted_by(record)),
        at(written.at),
        text(written.by),
        maybe(written.import),
    ]
}

/// The version that says that an entry is no more.
fn end_row(owner: &str, kind: Kind, reference: &str, number: i64, written: &Written<'_>) -> Vec<Value> {
    vec![
        text(owner),
        text(kind.key()),
        text(reference),
        number.into(),
        maybe(None::<String>),
        maybe(None::<String>),
        text(""),
        at(written.at),
        text(written.by),
        maybe(written.import),
    ]
}

fn entry_row(owner: &str, record: &Record, newest: &Newest, when: Timestamp) -> Vec<Value> {
    vec![
        text(owner),
        text(record.kind.key()),
        text(&record.reference),
        newest.id.into(),
        newest.number.into(),
        text(sorted_by(record)),
        text(search_words(record)),
        text(record.confidence.word()),
        json(record),
        at(when),
    ]
}

/// Puts the shared part of one entry in place of the one that was there.
///
/// # Errors
/// If the database does not answer.
pub async fn show(
    changes: &Changes,
    owner: &str,
    kind: Kind,
    reference: &str,
    projected: &Projected,
    when: Timestamp,
) -> Result<(), StoreError> {
    let text_of = "DELETE FROM shared_entry WHERE owner = $1 AND kind = $2 AND reference = $3";
    execute(changes, text_of, vec![text(owner), text(kind.key()), text(reference)]).await?;
    insert(changes, SHARED, row(owner, projected, when).into_iter().collect()).await
}

/// Takes away all that others saw of an owner's entries, before they are shown by other choices.
///
/// # Errors
/// If the database does not answer.
pub async fn show_none(changes: &Changes, owner: &str) -> Result<(), StoreError> {
    touch(changes, owner).await?;
    execute(changes, "DELETE FROM shared_entry WHERE owner = $1", vec![text(owner)]).await?;
    Ok(())
}

/// Shows the shared parts of entries of which nothing was shown.
///
/// # Errors
/// If the database does not answer.
pub async fn show_some(
    changes: &Changes,
    owner: &str,
    projected: impl Iterator<Item = Projected> + Send,
    when: Timestamp,
) -> Result<(), StoreError> {
    let mut some = Vec::new();
    for part in projected {
        some.extend(row(owner, &part, when));
        if some.len() == 2_000 {
            insert(changes, SHARED, std::mem::take(&mut some)).await?;
        }
    }
    insert(changes, SHARED, some).await
}

const SHARED: &str =
    "shared_entry (owner, kind, reference, title, search, confidence, body, instead, kept, changed_at)";

fn row(owner: &str, projected: &Projected, when: Timestamp) -> Option<Vec<Value>> {
    let record = projected.shared.as_ref()?;
    Some(vec![
        text(owner),
        text(record.kind.key()),
        text(&record.reference),
        text(sorted_by(record)),
        text(search_words(record)),
        text(record.confidence.word()),
        json(record),
        json(&projected.instead),
        json(&projected.kept),
        at(when),
    ])
}
