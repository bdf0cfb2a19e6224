//! Entries as they stand and as they stood: each change adds a version, and nothing is lost.

mod fields;
mod list;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use penshaw_register::{FieldKind, Kind, Record};
use sea_orm::FromQueryResult;
use serde_json::Value;

use crate::rows::{from_json, text, timestamp};
use crate::sql::{all, number, one};
use crate::{Connected, StoreError};

pub use list::{Count, Listed, Sort, Wanted, count, counts, list};
pub(crate) use write::{OVER, digest_of, plain};
pub use write::{Projected, Written, put, put_all, remove, show, show_all, touch};

/// An entry as it stands, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Whose it is.
    pub owner: String,
    /// The record.
    pub record: Record,
    /// Its version's number, so that two editors notice each other.
    pub number: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// The shared part of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedEntry {
    /// Whose it is.
    pub owner: String,
    /// The part that is shared.
    pub record: Record,
    /// What is given instead of figures, by field.
    pub instead: BTreeMap<String, String>,
    /// The names of the fields that are kept back.
    pub kept: Vec<String>,
    /// When the shared part last changed.
    pub changed_at: Timestamp,
}

/// A state that an entry has had.
#[derive(Clone, Debug)]
pub struct Version {
    /// Names it.
    pub id: i64,
    /// 1 for the first, and so on.
    pub number: i64,
    /// The record; nothing where this version removed the entry.
    pub record: Option<Record>,
    /// When it was written.
    pub changed_at: Timestamp,
    /// Who wrote it.
    pub changed_by: String,
    /// The import that brought it, where one did.
    pub import: Option<String>,
}

/// An entry as it stands, for a member of its owner.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, owner: &str, kind: Kind, reference: &str) -> Result<Option<Entry>, StoreError> {
    let text_of = "SELECT owner, number, body, changed_at FROM entry WHERE owner = $1 AND kind = $2 AND reference = $3";
    let row: Option<Whole> = one(on, text_of, vec![text(owner), text(kind.key()), text(reference)]).await?;
    row.map(Entry::try_from).transpose()
}

/// The shared part of an entry, for anybody of the partnership.
///
/// # Errors
/// If the database does not answer.
pub async fn find_shared(
    on: &impl Connected,
    owner: &str,
    kind: Kind,
    reference: &str,
) -> Result<Option<SharedEntry>, StoreError> {
    let text_of = "SELECT owner, body, instead, kept, changed_at FROM shared_entry \
        WHERE owner = $1 AND kind = $2 AND reference = $3";
    let row: Option<Part> = one(on, text_of, vec![text(owner), text(kind.key()), text(reference)]).await?;
    row.map(SharedEntry::try_from).transpose()
}

/// Every entry of an owner as it stands, by kind and reference.
///
/// # Errors
/// If the database does not answer.
pub async fn all_of(on: &impl Connected, owner: &str) -> Result<Vec<Entry>, StoreError> {
    let text_of = "SELECT owner, number, body, changed_at FROM entry WHERE owner = $1 ORDER BY kind, reference";
    let rows: Vec<Whole> = all(on, text_of, vec![text(owner)]).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Every entry of a kind of an owner as it stands, by reference.
///
/// # Errors
/// If the database does not answer.
pub async fn of_kind(on: &impl Connected, owner: &str, kind: Kind) -> Result<Vec<Entry>, StoreError> {
    let text_of = "SELECT owner, number, body, changed_at FROM entry WHERE owner = $1 AND kind = $2 ORDER BY reference";
    let rows: Vec<Whole> = all(on, text_of, vec![text(owner), text(kind.key())]).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// Everything that owners share of a kind, or of every kind.
///
/// # Errors
/// If the database does not answer.
pub async fn all_shared(on: &impl Connected, owner: &str) -> Result<Vec<SharedEntry>, StoreError> {
    let text_of = "SELECT owner, body, instead, kept, changed_at FROM shared_entry \
        WHERE owner = $1 ORDER BY kind, reference";
    let rows: Vec<Part> = all(on, text_of, vec![text(owner)]).await?;
    rows.into_iter().map(SharedEntry::try_from).collect()
}

/// Every state that an entry has had, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn history(
    on: &impl Connected,
    owner: &str,
    kind: Kind,
    reference: &str,
) -> Result<Vec<Version>, StoreError> {
    let text_of = "SELECT id, number, body, changed_at, changed_by, import_id FROM entry_version \
        WHERE owner = $1 AND kind = $2 AND reference = $3 ORDER BY number DESC LIMIT 500";
    let rows: Vec<State> = all(on, text_of, vec![text(owner), text(kind.key()), text(reference)]).await?;
    rows.into_iter().map(Version::try_from).collect()
}

/// How often an owner's entries or choices have changed: what was read before is out of date.
///
/// # Errors
/// If the database does not answer.
pub async fn revision(on: &impl Connected, owner: &str) -> Result<i64, StoreError> {
    number(on, "SELECT revision FROM owner WHERE code = $1", vec![text(owner)]).await
}

/// The sum of all owners' revisions: changes whenever anything does.
///
/// # Errors
/// If the database does not answer.
pub async fn revisions(on: &impl Connected) -> Result<i64, StoreError> {
    number(on, "SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM owner", vec![]).await
}

#[derive(FromQueryResult)]
struct Whole {
    owner: String,
    number: i64,
    body: String,
    changed_at: DateTime<Utc>,
}

impl TryFrom<Whole> for Entry {
    type Error = StoreError;

    fn try_from(row: Whole) -> Result<Self, StoreError> {
        Ok(Entry {
            owner: row.owner,
            record: from_json("an entry", &row.body)?,
            number: row.number,
            changed_at: timestamp(row.changed_at),
        })
    }
}

#[derive(FromQueryResult)]
struct Part {
    owner: String,
    body: String,
    instead: String,
    kept: String,
    changed_at: DateTime<Utc>,
}

impl TryFrom<Part> for SharedEntry {
    type Error = StoreError;

    fn try_from(row: Part) -> Result<Self, StoreError> {
        Ok(SharedEntry {
            owner: row.owner,
            record: from_json("a shared entry", &row.body)?,
            instead: from_json("what a shared entry gives instead", &row.instead)?,
            kept: from_json("what a shared entry keeps back", &row.kept)?,
            changed_at: timestamp(row.changed_at),
        })
    }
}

#[derive(FromQueryResult)]
struct State {
    id: i64,
    number: i64,
    body: Option<String>,
    changed_at: DateTime<Utc>,
    changed_by: String,
    import_id: Option<String>,
}

impl TryFrom<State> for Version {
    type Error = StoreError;

    fn try_from(row: State) -> Result<Self, StoreError> {
        Ok(Version {
            id: row.id,
            number: row.number,
            record: row.body.map(|body| from_json("a version of an entry", &body)).transpose()?,
            changed_at: timestamp(row.changed_at),
            changed_by: row.changed_by,
            import: row.import_id,
        })
    }
}

/// The words that name an entry in lists: its first text, or its reference.
pub fn title(record: &Record) -> String {
    const LETTERS: usize = 120;
    let texts = record.kind.fields().iter().filter(|field| field.kind == FieldKind::Text);
    let first =
        texts.filter_map(|field| record.fields.get(field.name)?.as_str()).find(|words| !words.trim().is_empty());
    first.map_or_else(|| record.reference.clone(), |words| words.chars().take(LETTERS).collect())
}

/// The words that name an entry, in small letters: lists are sorted by them, and people do not
/// look for capitals apart.
pub(crate) fn sorted_by(record: &Record) -> String {
    title(record).to_lowercase()
}

/// The words of an entry in small letters, to search in.
pub fn search_words(record: &Record) -> String {
    let mut words = record.reference.to_lowercase();
    for value in record.fields.values() {
        match value {
            Value::String(said) => push(&mut words, said),
            Value::Array(several) => several.iter().filter_map(Value::as_str).for_each(|said| push(&mut words, said)),
            _ => {}
        }
    }
    words
}

fn push(words: &mut String, said: &str) {
    words.push('\n');
    words.push_str(&said.to_lowercase());
}
