//! Work in the background: any server takes it, and another takes it over when that one dies.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sea_orm::{DbBackend, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::rows::{at, from_json, json, maybe, maybe_at, text, timestamp};
use crate::sql::{self, all, execute, insert, number, one};
use crate::{Changes, Connected, Store, StoreError};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Read an import's file and compare it with what stands.
    ReadImport {
        /// The import.
        import: String,
    },
    /// Commit an import.
    CommitImport {
        /// The import.
        import: String,
    },
    /// Answer one question.
    RunAnalysis {
        /// Its name.
        name: String,
        /// Whether from the entries as they stand rather than from baselines.
        standing: bool,
    },
    /// Work everything out and print the report pack.
    WorkOut {
        /// Whether from the entries as they stand rather than from baselines.
        standing: bool,
    },
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No server has taken it yet.
    Waiting,
    /// A server has it.
    Running,
    /// It is done.
    Done,
    /// It could not be done.
    Failed,
    /// Somebody stopped it.
    Cancelled,
}

impl State {
    const ALL: [(State, &str); 5] = [
        (State::Waiting, "waiting"),
        (State::Running, "running"),
        (State::Done, "done"),
        (State::Failed, "failed"),
        (State::Cancelled, "cancelled"),
    ];

    /// Its word in the database and in JSON.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("failed", |(_, word)| word)
    }

    /// Whether nothing more will happen to it.
    pub fn is_ended(self) -> bool {
        matches!(self, State::Done | State::Failed | State::Cancelled)
    }

    fn of(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(state, _)| *state).ok_or_else(|| StoreError::unreadable("a job's state", word))
    }
}

/// Work in the background.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub id: String,
    /// What is to be done.
    pub task: Task,
    /// For whom.
    pub body: String,
    /// Who asked for it.
    pub asked_by: String,
    /// Who asked for it, as the account's id.
    pub person: Option<String>,
    /// How far it has come.
    pub state: State,
    /// What is being done, in words.
    pub stage: String,
    /// How much of it is done, in hundredths.
    pub done: i64,
    /// Whether somebody asked for it to stop.
    pub cancel: bool,
    /// How often a server began it.
    pub attempts: i64,
    /// The server that has it.
    pub taken_by: Option<String>,
    /// Where the answer is, once done.
    pub result: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Asks for work.
///
/// # Errors
/// If the database does not answer.
pub async fn add(changes: &Changes, job: &Job) -> Result<(), StoreError> {
    let row = vec![
        text(&job.id),
        json(&job.task),
        text(&job.body),
        text(&job.asked_by),
        maybe(job.person.clone()),
        text(job.state.word()),
        text(&job.stage),
        job.done.into(),
        job.cancel.into(),
        job.attempts.into(),
        maybe(job.taken_by.clone()),
        maybe_at(None),
        maybe(job.result.clone()),
        maybe(job.error.clone()),
        at(job.asked_at),
        maybe_at(job.ended_at),
    ];
    let into = "job (id, task, body, asked_by, person_id, state, stage, done, cancel, attempts, taken_by, \
        lease_until, result, error, asked_at, ended_at)";
    insert(changes, into, vec![row]).await
}

/// A job by its id.
///
/// # Errors
/// If the database does not answer.
pub async fn find(on: &impl Connected, id: &str) -> Result<Option<Job>, StoreError> {
    let row: Option<Row> = one(on, "SELECT * FROM job WHERE id = $1", vec![text(id)]).await?;
    row.map(Job::try_from).transpose()
}

/// A person's newest jobs.
///
/// # Errors
/// If the database does not answer.
pub async fn of(on: &impl Connected, person: &str, limit: u64) -> Result<Vec<Job>, StoreError> {
    let text_of = format!("SELECT * FROM job WHERE person_id = $1 ORDER BY asked_at DESC LIMIT {limit}");
    let rows: Vec<Row> = all(on, &text_of, vec![text(person)]).await?;
    rows.into_iter().map(Job::try_from).collect()
}

/// The newest job about an import.
///
/// # Errors
/// If the database does not answer.
pub async fn about(on: &impl Connected, import: &str) -> Result<Option<Job>, StoreError> {
    let text_of = "SELECT * FROM job WHERE task IN ($1, $2) ORDER BY asked_at DESC, id LIMIT 1";
    let tasks = [Task::ReadImport { import: import.to_owned() }, Task::CommitImport { import: import.to_owned() }];
    let row: Option<Row> = one(on, text_of, tasks.iter().map(json).collect()).await?;
    row.map(Job::try_from).transpose()
}

/// Takes the job that has waited longest, or whose server let its lease run out.
///
/// # Errors
/// If the database does not answer.
pub async fn take(
    store: &Store,
    server: &str,
    now: Timestamp,
    lease_until: Timestamp,
) -> Result<Option<Job>, StoreError> {
    let free = "state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < $1)";
    // Most of the time there is nothing to take: ask before writing.
    if number(store, &format!("SELECT COUNT(*) FROM job WHERE {free}"), vec![at(now)]).await? == 0 {
        return Ok(None);
    }
    let skip = if sql::backend(store) == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    // The outer condition holds even where two servers chose the same row.
    let text_of = format!(
        "UPDATE job SET state = 'running', taken_by = $2, lease_until = $3, attempts = attempts + 1 \
         WHERE id = (SELECT id FROM job WHERE {free} ORDER BY asked_at LIMIT 1 {skip}) AND {free} RETURNING *"
    );
    let changes = store.change().await?;
    let row: Option<Row> = one(&changes, &text_of, vec![at(now), text(server), at(lease_until)]).await?;
    changes.keep().await?;
    row.map(Job::try_from).transpose()
}

/// Says how far a job has come and keeps it for this server; says whether it should go on.
///
/// It should stop where somebody asked for that, or another server has taken it.
///
/// # Errors
/// If the database does not answer.
pub async fn progress(
    store: &Store,
    job: &Job,
    stage: &str,
    done: i64,
    lease_until: Timestamp,
) -> Result<bool, StoreError> {
    let text_of = "UPDATE job SET stage = $1, done = $2, lease_until = $3 \
        WHERE id = $4 AND taken_by = $5 AND attempts = $6 AND state = 'running' AND NOT cancel";
    let values = vec![
        text(stage),
        done.into(),
        at(lease_until),
        text(&job.id),
        maybe(job.taken_by.clone()),
        job.attempts.into(),
    ];
    let changes = store.change().await?;
    let ours = execute(&changes, text_of, values).await? == 1;
    changes.keep().await?;
    Ok(ours)
}

/// Keeps a job for its server for longer, while it is at work.
///
/// # Errors
/// If the database does not answer.
pub async fn renew(store: &Store, job: &Job, lease_until: Timestamp) -> Result<(), StoreError> {
    let text_of =
        "UPDATE job SET lease_until = $1 WHERE id = $2 AND taken_by = $3 AND attempts = $4 AND state = 'running'";
    let values = vec![at(lease_until), text(&job.id), maybe(job.taken_by.clone()), job.attempts.into()];
    let changes = store.change().await?;
    execute(&changes, text_of, values).await?;
    changes.keep().await
}

/// Lets go of a server's jobs, so that any server takes them at once. That it stopped is no fault of theirs.
///
/// # Errors
/// If the database does not answer.
pub async fn hand_back(store: &Store, server: &str) -> Result<(), StoreError> {
    let text_of = "UPDATE job SET state = 'waiting', taken_by = NULL, lease_until = NULL, attempts = attempts - 1 \
        WHERE taken_by = $1 AND state = 'running'";
    let changes = store.change().await?;
    execute(&changes, text_of, vec![text(server)]).await?;
    changes.keep().await
}

/// Whether a job is still this server's, in the changes that finish it.
///
/// # Errors
/// If the database does not answer.
pub async fn is_ours(changes: &Changes, job: &Job) -> Result<bool, StoreError> {
    // Held until the changes are kept: nobody takes it over between the answer and the end.
    let held = sql::held(changes);
    let text_of = format!(
        "SELECT attempts FROM job WHERE id = $1 AND taken_by = $2 AND attempts = $3 \
         AND state = 'running' AND NOT cancel {held}"
    );
    let values = vec![text(&job.id), maybe(job.taken_by.clone()), job.attempts.into()];
    Ok(number(changes, &text_of, values).await? > 0)
}

/// Ends a job.
///
/// # Errors
/// If the database does not answer.
pub async fn end(
    changes: &Changes,
    job: &Job,
    state: State,
    result: Option<String>,
    error: Option<String>,
    when: Timestamp,
) -> Result<(), StoreError> {
    let text_of = "UPDATE job SET state = $1, done = CASE WHEN $1 = 'done' THEN 100 ELSE done END, result = $2, \
        error = $3, ended_at = $4, lease_until = NULL WHERE id = $5 AND attempts = $6";
    let values = vec![text(state.word()), maybe(result), maybe(error), at(when), text(&job.id), job.attempts.into()];
    execute(changes, text_of, values).await?;
    Ok(())
}

/// Asks for a job to stop. One that no server has yet stops at once.
///
/// # Errors
/// If the database does not answer.
pub async fn cancel(changes: &Changes, id: &str, when: Timestamp) -> Result<(), StoreError> {
    let text_of = "UPDATE job SET cancel = TRUE, ended_at = CASE WHEN state = 'waiting' THEN $1 ELSE ended_at END, \
        state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END WHERE id = $2 AND ended_at IS NULL";
    execute(changes, text_of, vec![at(when), text(id)]).await?;
    Ok(())
}

/// How many jobs wait or run.
///
/// # Errors
/// If the database does not answer.
pub async fn waiting(on: &impl Connected) -> Result<i64, StoreError> {
    number(on, "SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running')", vec![]).await
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    task: String,
    body: String,
    asked_by: String,
    person_id: Option<String>,
    state: String,
    stage: String,
    done: i64,
    cancel: bool,
    attempts: i64,
    taken_by: Option<String>,
    result: Option<String>,
    error: Option<String>,
    asked_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Job {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Job {
            id: row.id,
            task: from_json("a job's task", &row.task)?,
            body: row.body,
            asked_by: row.asked_by,
            person: row.person_id,
            state: State::of(&row.state)?,
            stage: row.stage,
            done: row.done,
            cancel: row.cancel,
            attempts: row.attempts,
            taken_by: row.taken_by,
            result: row.result,
            error: row.error,
            asked_at: timestamp(row.asked_at),
            ended_at: row.ended_at.map(timestamp),
        })
    }
}
