//! Imports: files that somebody brought, the entries staged from them, and their commit in one step.

mod staged;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use penshaw_register::{Finding, Kind};
use sea_orm::FromQueryResult;

use crate::rows::{at, from_json, json, maybe, text, timestamp};
use crate::sql::{self, all, execute, insert, one};
use crate::{Changes, Connected, StoreError};

pub use staged::{Change, Staged, commit, moved_since, stage, staged, taken, unstage};

/// A file that somebody brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Names it.
    pub id: String,
    /// Whose entries it holds.
    pub owner: String,
    /// The file's name, made safe.
    pub file_name: String,
    /// The kind of entry, where the file does not say it.
    pub kind: Option<Kind>,
    /// How far it has come.
    pub state: State,
    /// What it would change, once it was read.
    pub summary: Option<Summary>,
    /// Whether entries that the file no longer holds are removed.
    pub remove_missing: bool,
    /// When it was brought.
    pub made_at: Timestamp,
    /// Who brought it.
    pub made_by: String,
    /// Who brought it, as the account's id.
    pub person: Option<String>,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The file is there and not read yet.
    Uploaded,
    /// It was read: what it would change can be looked at.
    Ready,
    /// It has been committed.
    Committed,
    /// Somebody gave it up.
    GivenUp,
    /// It could not be read at all.
    Failed,
}

/// What an import would change.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// Entries that are not there yet.
    pub new: u64,
    /// Entries that differ.
    pub changed: u64,
    /// Entries that are there as they are.
    pub same: u64,
    /// Entries that are there and not in the file, of the kinds that the file holds.
    pub missing: u64,
    /// Findings that must be mended first.
    pub errors: u64,
    /// Findings that somebody should look at.
    pub warnings: u64,
}

impl State {
    const ALL: [(State, &str); 5] = [
        (State::Uploaded, "uploaded"),
        (State::Ready, "ready"),
        (State::Committed, "committed"),
        (State::GivenUp, "given_up"),
        (State::Failed, "failed"),
    ];

    /// Its word in the database and in JSON.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("failed", |(_, word)| word)
    }

    fn of(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(state, _)| *state).ok_or_else(|| StoreError::unreadable("an import's state", word))
    }
}

/// Keeps a file that somebody brought.
///
/// # Errors
/// If the database does not answer, or its disk is full.
pub async fn add(changes: &Changes, import: &Import, bytes: Vec<u8>) -> Result<(), StoreError> {
    let row = vec![
        text(&import.id),
        text(&import.owner),
        text(&import.file_name),
        maybe(import.kind.map(Kind::key)),
        bytes.into(),
        text(import.state.word()),
        maybe(None::<String>),
        import.remove_missing.into(),
        at(import.made_at),
        text(&import.made_by),
        maybe(import.person.clone()),
    ];
    let into =
        "import (id, owner, file_name, kind, bytes, state, summary, remove_missing, made_at, made_by, person_id)";
    insert(changes, into, vec![row]).await
}

const COLUMNS: &str = "id, owner, file_name, kind, state, summary, remove_missing, made_at, made_by, person_id";

/// An import by its id.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, id: &str) -> Result<Option<Import>, StoreError> {
    let row: Option<Row> = one(on, &format!("SELECT {COLUMNS} FROM import WHERE id = $1"), vec![text(id)]).await?;
    row.map(Import::try_from).transpose()
}

/// An import by its id, held until the changes are kept: nobody moves it on in the meantime.
///
/// # Errors
/// If the database does not answer.
pub async fn hold(changes: &Changes, id: &str) -> Result<Option<Import>, StoreError> {
    let held = sql::held(changes);
    let text_of = format!("SELECT {COLUMNS} FROM import WHERE id = $1 {held}");
    let row: Option<Row> = one(changes, &text_of, vec![text(id)]).await?;
    row.map(Import::try_from).transpose()
}

/// An owner's imports, the newest first.
///
/// # Errors
/// If the database does not answer.
pub async fn of(on: &impl Connected, owner: &str) -> Result<Vec<Import>, StoreError> {
    let text_of = format!("SELECT {COLUMNS} FROM import WHERE owner = $1 ORDER BY made_at DESC LIMIT 100");
    let rows: Vec<Row> = all(on, &text_of, vec![text(owner)]).await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// The file itself.
///
/// # Errors
/// If the database does not answer.
pub async fn bytes(on: &impl Connected, id: &str) -> Result<Vec<u8>, StoreError> {
    let row: Option<File> = one(on, "SELECT bytes FROM import WHERE id = $1", vec![text(id)]).await?;
    Ok(row.map(|file| file.bytes).unwrap_or_default())
}

/// Says how far an import has come. Its file is let go of once nothing more is to be done with it.
///
/// # Errors
/// If the database does not answer.
pub async fn set(changes: &Changes, import: &Import) -> Result<(), StoreError> {
    let text_of = "UPDATE import SET state = $1, summary = $2, remove_missing = $3 WHERE id = $4";
    let values = vec![
        text(import.state.word()),
        import.summary.as_ref().map(|summary| serde_json::to_string(summary).expect("a summary is plain data")).into(),
        import.remove_missing.into(),
        text(&import.id),
    ];
    execute(changes, text_of, values).await?;
    if matches!(import.state, State::Committed | State::GivenUp) {
        let none: Vec<u8> = Vec::new();
        execute(changes, "UPDATE import SET bytes = $1 WHERE id = $2", vec![none.into(), text(&import.id)]).await?;
        unstage(changes, &import.id).await?;
    }
    Ok(())
}

/// Keeps what is wrong in an import's file, in place of what was found before.
///
/// # Errors
/// If the database does not answer.
pub async fn set_findings(changes: &Changes, id: &str, findings: &[Finding]) -> Result<(), StoreError> {
    execute(changes, "DELETE FROM import_finding WHERE import_id = $1", vec![text(id)]).await?;
    let rows = (1_i64..).zip(findings).map(|(position, finding)| {
        let severity = match finding.severity {
            penshaw_register::Severity::Error => "error",
            penshaw_register::Severity::Warning => "warning",
        };
        vec![text(id), position.into(), text(severity), json(finding)]
    });
    insert(changes, "import_finding (import_id, position, severity, body)", rows.collect()).await
}

/// What is wrong in an import's file, in the order in which somebody would mend it.
///
/// # Errors
/// If the database does not answer.
pub async fn findings(on: &impl Connected, id: &str, offset: u64, limit: u64) -> Result<Vec<Finding>, StoreError> {
    let text_of =
        format!("SELECT body FROM import_finding WHERE import_id = $1 ORDER BY position LIMIT {limit} OFFSET {offset}");
    let rows: Vec<Body> = all(on, &text_of, vec![text(id)]).await?;
    rows.iter().map(|row| from_json("a finding", &row.body)).collect()
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    owner: String,
    file_name: String,
    kind: Option<String>,
    state: String,
    summary: Option<String>,
    remove_missing: bool,
    made_at: DateTime<Utc>,
    made_by: String,
    person_id: Option<String>,
}

impl TryFrom<Row> for Import {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let kind = row.kind.map(|key| key.parse::<Kind>());
        Ok(Import {
            id: row.id,
            owner: row.owner,
            file_name: row.file_name,
            kind: kind.transpose().map_err(|error| StoreError::unreadable("an import's kind", error))?,
            state: State::of(&row.state)?,
            summary: row.summary.map(|words| from_json("an import's summary", &words)).transpose()?,
            remove_missing: row.remove_missing,
            made_at: timestamp(row.made_at),
            made_by: row.made_by,
            person: row.person_id,
        })
    }
}

#[derive(FromQueryResult)]
struct File {
    bytes: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Body {
    body: String,
}
