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
use crate::sql::{self, all, number, one};
use crate::{Connected, StoreError};

pub use list::{Count, Listed, Sort, Wanted, count, counts, list};
pub(crate) use write::{OVER, plain};
pub use write::{Projected, Written, digest_of, put, put_all, remove, show, show_none, show_some, touch};

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

/// Some of an owner's entries as they stand, by kind and reference, from after one on.
///
/// # Errors
/// If the database does not answer.
pub async fn some_of(
    on: &impl Connected,
    owner: &str,
    after: Option<(Kind, &str)>,
    limit: u64,
) -> Result<Vec<Entry>, StoreError> {
    let further = if after.is_some() { "AND (kind, reference) > ($2, $3)" } else { "" };
    let text_of = format!(
        "SELECT owner, number, body, changed_at FROM entry WHERE owner = $1 {further} ORDER BY kind, reference LIMIT {limit}"
    );
    let after = after.into_iter().flat_map(|(kind, reference)| [text(kind.key()), text(reference)]);
    let rows: Vec<Whole> = all(on, &text_of, [text(owner)].into_iter().chain(after).collect()).await?;
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

/// Those of an owner's entries of a kind that have one of these references, in no order.
///
/// # Errors
/// If the database does not answer.
pub async fn named(
    on: &impl Connected,
    owner: &str,
    kind: Kind,
    references: &[&str],
) -> Result<Vec<Entry>, StoreError> {
    if references.is_empty() {
        return Ok(Vec::new());
    }
    let text_of = format!(
        "SELECT owner, number, body, changed_at FROM entry WHERE owner = $1 AND kind = $2 AND reference IN ({})",
        sql::list(3, references.len())
    );
    let values = [text(owner), text(kind.key())].into_iter().chain(references.iter().map(|one| text(*one)));
    let rows: Vec<Whole> = all(on, &text_of, values.collect()).await?;
    rows.into_iter().map(Entry::try_from).collect()
}

/// What it takes to see whether an entry differs from another state of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The owner's own reference.
    pub reference: String,
    /// Its version's number.
    pub number: i64,
    /// The digest of its record.
    pub digest: String,
}

/// An owner's entries of a kind without what they hold, by reference, from after one on.
///
/// # Errors
/// If the database does not answer.
pub async fn known(
    on: &impl Connected,
    owner: &str,
    kind: Kind,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<Known>, StoreError> {
    let further = if after.is_some() { "AND e.reference > $3" } else { "" };
    let text_of = format!(
        "SELECT e.reference, e.number, v.digest FROM entry e JOIN entry_version v ON v.id = e.version_id \
         WHERE e.owner = $1 AND e.kind = $2 {further} ORDER BY e.reference LIMIT {limit}"
    );
    let values = [text(owner), text(kind.key())].into_iter().chain(after.map(text));
    let rows: Vec<KnownRow> = all(on, &text_of, values.collect()).await?;
    let known =
        |row: KnownRow| Known { reference: row.reference, number: row.number, digest: row.digest.unwrap_or_default() };
    Ok(rows.into_iter().map(known).collect())
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

/// The kinds of an owner's entries of these references: of its whole entries, or of what it shares alone.
///
/// # Errors
/// If the database does not answer.
pub async fn kinds_of(
    on: &impl Connected,
    owner: &str,
    references: &[&str],
    whole: bool,
) -> Result<Vec<(String, Kind)>, StoreError> {
    let table = if whole { "entry" } else { "shared_entry" };
    let mut found = Vec::new();
    for some in references.chunks(500) {
        let places = sql::list(2, some.len());
        let text_of = format!(
            "SELECT reference, kind FROM {table} WHERE owner = $1 AND reference IN ({places}) ORDER BY reference, kind"
        );
        let values = [owner].iter().chain(some).map(|one| text(*one)).collect();
        let rows: Vec<Placed> = all(on, &text_of, values).await?;
        found.extend(rows.into_iter().filter_map(|row| Some((row.reference, row.kind.parse().ok()?))));
    }
    Ok(found)
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

#[derive(FromQueryResult)]
struct Placed {
    reference: String,
    kind: String,
}

#[derive(FromQueryResult)]
struct Whole {
    owner: String,
    number: i64,
    body: String,
    changed_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct KnownRow {
    reference: String,
    number: i64,
    digest: Option<String>,
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
