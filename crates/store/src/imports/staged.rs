//! The entries of an import before they are committed, and the one step that commits them.

use penshaw_register::{Kind, Record};
use sea_orm::{DbBackend, FromQueryResult, Value};

use super::Import;
use crate::entries::{OVER, Written, digest_of, plain, search_words, sorted_by, touch};
use crate::rows::{at, from_json, text};
use crate::sql::{all, backend, execute, insert, number};
use crate::{Changes, Connected, StoreError};

/// What a staged entry would change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is not there yet.
    New,
    /// It differs from the one that is there.
    Changed,
    /// It is there as it is.
    Same,
    /// It is there, and the file no longer holds it.
    Missing,
}

impl Change {
    /// Every change, in the order in which pages show them.
    pub const ALL: [Change; 4] = [Change::New, Change::Changed, Change::Same, Change::Missing];

    /// Its word in the database and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Changed => "changed",
            Change::Same => "same",
            Change::Missing => "missing",
        }
    }

    /// The change of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.word() == word)
    }
}

/// An entry of an import before it is committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// What it would change.
    pub change: Change,
    /// Its kind.
    pub kind: Kind,
    /// Its reference.
    pub reference: String,
    /// The record; nothing where the file no longer holds it.
    pub record: Option<Record>,
    /// The number of the entry that it was compared with.
    pub base_number: Option<i64>,
}

/// Stages entries, from a position in the file on.
///
/// # Errors
/// If the database does not answer.
pub async fn stage(changes: &Changes, import: &str, from: usize, entries: &[Staged]) -> Result<(), StoreError> {
    let rows = entries.iter().enumerate().map(|(place, entry)| row(import, (from + place) as i64, entry));
    let into = "staged_entry (import_id, position, change, kind, reference, title, search, confidence, body, digest, base_number)";
    insert(changes, into, rows.collect()).await
}

fn row(import: &str, position: i64, entry: &Staged) -> Vec<Value> {
    let record = entry.record.as_ref().map(plain);
    let record = record.as_deref();
    vec![
        text(import),
        position.into(),
        text(entry.change.word()),
        text(entry.kind.key()),
        text(&entry.reference),
        text(record.map(sorted_by).unwrap_or_default()),
        text(record.map(search_words).unwrap_or_default()),
        text(record.map_or("reported", |record| record.confidence.word())),
        record.map(|record| serde_json::to_string(record).expect("a record is plain data")).into(),
        record.map(digest_of).into(),
        entry.base_number.into(),
    ]
}

/// Forgets an import's staged entries.
///
/// # Errors
/// If the database does not answer.
pub async fn unstage(changes: &Changes, import: &str) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM staged_entry WHERE import_id = $1", vec![text(import)]).await?;
    Ok(())
}

/// Staged entries of one change, in the order of the file.
///
/// # Errors
/// If the database does not answer.
pub async fn staged(
    on: &impl Connected,
    import: &str,
    change: Change,
    offset: u64,
    limit: u64,
) -> Result<Vec<Staged>, StoreError> {
    let text_of = format!(
        "SELECT change, kind, reference, body, base_number FROM staged_entry \
         WHERE import_id = $1 AND change = $2 ORDER BY position LIMIT {limit} OFFSET {offset}"
    );
    let rows: Vec<Row> = all(on, &text_of, vec![text(import), text(change.word())]).await?;
    rows.into_iter().map(Staged::try_from).collect()
}

/// The records that a commit puts in place, after a position, each with its own.
///
/// # Errors
/// If the database does not answer.
pub async fn taken(
    on: &impl Connected,
    import: &str,
    after: i64,
    limit: u64,
) -> Result<Vec<(i64, Record)>, StoreError> {
    let text_of = format!(
        "SELECT position, body FROM staged_entry WHERE import_id = $1 AND position > $2 \
         AND change IN ('new', 'changed') ORDER BY position LIMIT {limit}"
    );
    let rows: Vec<Placed> = all(on, &text_of, vec![text(import), after.into()]).await?;
    rows.iter().map(|row| Ok((row.position, from_json("a staged entry", &row.body)?))).collect()
}

/// How many entries were changed by somebody else since the import was compared with them.
///
/// One that the file no longer holds counts only where the import removes it.
///
/// # Errors
/// If the database does not answer.
pub async fn moved_since(on: &impl Connected, import: &Import) -> Result<i64, StoreError> {
    let left = if import.remove_missing { "" } else { "AND s.change <> 'missing'" };
    // Asked of each staged entry by its key: a join would lean on what the database knows of an
    // import that it may never have looked at.
    let text_of = format!(
        "SELECT COUNT(*) FROM staged_entry s WHERE s.import_id = $2 {left} AND COALESCE(s.base_number, 0) <> \
         COALESCE((SELECT e.number FROM entry e \
         WHERE e.owner = $1 AND e.kind = s.kind AND e.reference = s.reference), 0)"
    );
    number(on, &text_of, vec![text(&import.owner), text(&import.id)]).await
}

/// Commits an import's staged entries: all of them in these changes, or none. Nothing is shown of
/// them to others until [`show_some`](crate::entries::show_some) says what.
///
/// # Errors
/// [`StoreError::ChangedMeanwhile`] if somebody else changed one of them since the import was
/// compared with them.
pub async fn commit(changes: &Changes, import: &Import, written: &Written<'_>) -> Result<(), StoreError> {
    touch(changes, &import.owner).await?;
    look_over(changes, "staged_entry, entry, entry_version").await?;
    if moved_since(changes, import).await? > 0 {
        return Err(StoreError::ChangedMeanwhile { what: format!("the register of {}", import.owner) });
    }
    add_versions(changes, import, written).await?;
    stand(changes, import, written).await?;
    if import.remove_missing {
        remove_missing(changes, import).await?;
    }
    no_longer_shown(changes, import).await?;
    look_over(changes, "entry, entry_version").await
}

/// Lets PostgreSQL look over tables that changed much at once: until it does by itself, a minute
/// or more later, it takes an owner's many new entries for one, and finds each by reading all. Another import that
/// does so at the same time is not waited for.
async fn look_over(changes: &Changes, tables: &str) -> Result<(), StoreError> {
    if backend(changes) == DbBackend::Postgres {
        execute(changes, &format!("ANALYZE (SKIP_LOCKED) {tables}"), vec![]).await?;
    }
    Ok(())
}

async fn add_versions(changes: &Changes, import: &Import, written: &Written<'_>) -> Result<(), StoreError> {
    let taken = if import.remove_missing { "'new', 'changed', 'missing'" } else { "'new', 'changed'" };
    let text_of = format!(
        "INSERT INTO entry_version (owner, kind, reference, number, body, digest, title, changed_at, changed_by, import_id) \
         SELECT $1, s.kind, s.reference, COALESCE((SELECT MAX(v.number) FROM entry_version v \
         WHERE v.owner = $1 AND v.kind = s.kind AND v.reference = s.reference), 0) + 1, \
         s.body, s.digest, s.title, $2, $3, $4 FROM staged_entry s \
         WHERE s.import_id = $4 AND s.change IN ({taken}) ORDER BY s.position"
    );
    let values = vec![text(&import.owner), at(written.at), text(written.by), text(&import.id)];
    execute(changes, &text_of, values).await?;
    Ok(())
}

/// Makes the import's versions those that stand. Each is found by its key, not by a join: see [`moved_since`].
async fn stand(changes: &Changes, import: &Import, written: &Written<'_>) -> Result<(), StoreError> {
    let newest = |column: &str| {
        format!(
            "(SELECT v.{column} FROM entry_version v WHERE v.owner = $1 AND v.kind = s.kind \
             AND v.reference = s.reference ORDER BY v.number DESC LIMIT 1)"
        )
    };
    let text_of = format!(
        "INSERT INTO entry (owner, kind, reference, version_id, number, title, search, confidence, body, changed_at) \
         SELECT $1, s.kind, s.reference, {}, {}, s.title, s.search, s.confidence, s.body, $2 FROM staged_entry s \
         WHERE s.import_id = $3 AND s.change IN ('new', 'changed') {OVER}",
        newest("id"),
        newest("number")
    );
    execute(changes, &text_of, vec![text(&import.owner), at(written.at), text(&import.id)]).await?;
    Ok(())
}

async fn remove_missing(changes: &Changes, import: &Import) -> Result<(), StoreError> {
    let text_of = "DELETE FROM entry WHERE owner = $1 AND (kind, reference) IN \
        (SELECT kind, reference FROM staged_entry WHERE import_id = $2 AND change = 'missing')";
    execute(changes, text_of, vec![text(&import.owner), text(&import.id)]).await?;
    Ok(())
}

/// Takes away what others saw of the entries that changed or were removed.
async fn no_longer_shown(changes: &Changes, import: &Import) -> Result<(), StoreError> {
    let gone = if import.remove_missing { "'changed', 'missing'" } else { "'changed'" };
    let text_of = format!(
        "DELETE FROM shared_entry WHERE owner = $1 AND (kind, reference) IN \
         (SELECT kind, reference FROM staged_entry WHERE import_id = $2 AND change IN ({gone}))"
    );
    execute(changes, &text_of, vec![text(&import.owner), text(&import.id)]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Row {
    change: String,
    kind: String,
    reference: String,
    body: Option<String>,
    base_number: Option<i64>,
}

#[derive(FromQueryResult)]
struct Placed {
    position: i64,
    body: String,
}

impl TryFrom<Row> for Staged {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Staged {
            change: Change::of(&row.change).ok_or_else(|| StoreError::unreadable("a staged change", &row.change))?,
            kind: row.kind.parse().map_err(|error| StoreError::unreadable("a staged kind", error))?,
            reference: row.reference,
            record: row.body.map(|body| from_json("a staged entry", &body)).transpose()?,
            base_number: row.base_number,
        })
    }
}
