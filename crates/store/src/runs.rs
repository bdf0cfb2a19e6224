//! Runs: what was worked out, with all that it rests on, kept as it was.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use penshaw_basis::Date;
use sea_orm::FromQueryResult;

use crate::rows::{at, date, day, maybe, text, timestamp};
use crate::sql::{all, insert, one};
use crate::{Changes, Connected, StoreError};

/// One working-out of everything, or of one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Names it.
    pub id: String,
    /// The question's name, or `report` for everything.
    pub analysis: String,
    /// The version of the question's shapes.
    pub version: i64,
    /// Whether it rests on baselines alone; else it is a working copy.
    pub frozen: bool,
    /// The day whose parameters were in force.
    pub on: Date,
    /// The seed of its sampling.
    pub seed: i64,
    /// How often the ranges were sampled.
    pub trials: i64,
    /// The digest of what was shared.
    pub joint_digest: String,
    /// The digest of the parameters.
    pub basis_digest: String,
    /// The input as JSON.
    pub input: Option<String>,
    /// The outcome as JSON, or what is missing.
    pub outcome: String,
    /// Whether it could be answered.
    pub answered: bool,
    /// The answer as a document, as JSON.
    pub document: Option<String>,
    /// How often the register had changed by then.
    pub revision: i64,
    /// When.
    pub made_at: Timestamp,
    /// Who asked for it.
    pub made_by: String,
}

/// Keeps a run with its files.
///
/// # Errors
/// If the database does not answer, or its disk is full.
pub async fn add(changes: &Changes, run: &Run, files: Vec<(String, Vec<u8>)>) -> Result<(), StoreError> {
    let row = vec![
        text(&run.id),
        text(&run.analysis),
        run.version.into(),
        run.frozen.into(),
        day(run.on),
        run.seed.into(),
        run.trials.into(),
        text(&run.joint_digest),
        text(&run.basis_digest),
        maybe(run.input.clone()),
        text(&run.outcome),
        run.answered.into(),
        maybe(run.document.clone()),
        run.revision.into(),
        at(run.made_at),
        text(&run.made_by),
    ];
    let into = "run (id, analysis, version, frozen, on_day, seed, trials, joint_digest, basis_digest, input, \
        outcome, answered, document, revision, made_at, made_by)";
    insert(changes, into, vec![row]).await?;
    let files = files.into_iter().map(|(name, bytes)| vec![text(&run.id), text(name), bytes.into()]);
    insert(changes, "run_file (run_id, name, bytes)", files.collect()).await
}

/// A run by its id.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, id: &str) -> Result<Option<Run>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM run WHERE id = $1", vec![text(id)]).await?;
    Ok(row.map(Run::from))
}

/// The newest run of a question.
///
/// # Errors
/// If the database does not answer.
pub async fn latest(on: &impl Connected, analysis: &str) -> Result<Option<Run>, StoreError> {
    let text_of = "SELECT * FROM run WHERE analysis = $1 ORDER BY made_at DESC, id LIMIT 1";
    let row: Option<Row> = one(on, text_of, vec![text(analysis)]).await?;
    Ok(row.map(Run::from))
}

/// The outcome of a run as JSON, without its input and document.
///
/// # Errors
/// If the database does not answer.
pub async fn outcome(on: &impl Connected, id: &str) -> Result<Option<String>, StoreError> {
    let row: Option<OutcomeRow> = one(on, "SELECT outcome FROM run WHERE id = $1", vec![text(id)]).await?;
    Ok(row.map(|row| row.outcome))
}

#[derive(FromQueryResult)]
struct OutcomeRow {
    outcome: String,
}

/// What a run says of itself, without its input, outcome and document.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// Names it.
    pub id: String,
    /// The question's name, or `report`.
    pub analysis: String,
    /// Whether it rests on baselines alone.
    pub frozen: bool,
    /// The digest of what was shared.
    pub joint_digest: String,
    /// The digest of the parameters.
    pub basis_digest: String,
    /// Whether it could be answered.
    pub answered: bool,
    /// How often the register had changed by then.
    pub revision: i64,
    /// When.
    pub made_at: Timestamp,
    /// Who asked for it.
    pub made_by: String,
}

/// Runs, the newest first: of one question, or of all.
///
/// # Errors
/// If the database does not answer.
pub async fn list(
    on: &impl Connected,
    analysis: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<Vec<Brief>, StoreError> {
    let columns = "id, analysis, frozen, joint_digest, basis_digest, answered, revision, made_at, made_by";
    let (filter, values) = match analysis {
        Some(name) => ("WHERE analysis = $1", vec![text(name)]),
        None => ("", vec![]),
    };
    let text_of = format!("SELECT {columns} FROM run {filter} ORDER BY made_at DESC, id LIMIT {limit} OFFSET {offset}");
    let rows: Vec<BriefRow> = all(on, &text_of, values).await?;
    Ok(rows.into_iter().map(Brief::from).collect())
}

/// The files of a run, each with its length in bytes, by name.
///
/// # Errors
/// If the database does not answer.
pub async fn files(on: &impl Connected, run: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let text_of = "SELECT name, CAST(LENGTH(bytes) AS BIGINT) AS length FROM run_file WHERE run_id = $1 ORDER BY name";
    let rows: Vec<FileLength> = all(on, text_of, vec![text(run)]).await?;
    Ok(rows.into_iter().map(|file| (file.name, file.length)).collect())
}

/// One file of a run.
///
/// # Errors
/// If the database does not answer.
pub async fn file(on: &impl Connected, run: &str, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let text_of = "SELECT bytes FROM run_file WHERE run_id = $1 AND name = $2";
    let row: Option<File> = one(on, text_of, vec![text(run), text(name)]).await?;
    Ok(row.map(|file| file.bytes))
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    analysis: String,
    version: i64,
    frozen: bool,
    on_day: NaiveDate,
    seed: i64,
    trials: i64,
    joint_digest: String,
    basis_digest: String,
    input: Option<String>,
    outcome: String,
    answered: bool,
    document: Option<String>,
    revision: i64,
    made_at: DateTime<Utc>,
    made_by: String,
}

impl From<Row> for Run {
    fn from(row: Row) -> Self {
        Run {
            id: row.id,
            analysis: row.analysis,
            version: row.version,
            frozen: row.frozen,
            on: date(row.on_day),
            seed: row.seed,
            trials: row.trials,
            joint_digest: row.joint_digest,
            basis_digest: row.basis_digest,
            input: row.input,
            outcome: row.outcome,
            answered: row.answered,
            document: row.document,
            revision: row.revision,
            made_at: timestamp(row.made_at),
            made_by: row.made_by,
        }
    }
}

#[derive(FromQueryResult)]
struct BriefRow {
    id: String,
    analysis: String,
    frozen: bool,
    joint_digest: String,
    basis_digest: String,
    answered: bool,
    revision: i64,
    made_at: DateTime<Utc>,
    made_by: String,
}

impl From<BriefRow> for Brief {
    fn from(row: BriefRow) -> Self {
        Brief {
            id: row.id,
            analysis: row.analysis,
            frozen: row.frozen,
            joint_digest: row.joint_digest,
            basis_digest: row.basis_digest,
            answered: row.answered,
            revision: row.revision,
            made_at: timestamp(row.made_at),
            made_by: row.made_by,
        }
    }
}

#[derive(FromQueryResult)]
struct File {
    bytes: Vec<u8>,
}

#[derive(FromQueryResult)]
struct FileLength {
    name: String,
    length: i64,
}
