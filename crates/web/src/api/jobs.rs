//! Jobs: work that goes on in the background, and how far it has come.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use penshaw_operations::jobs::{Job, Task};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::At;
use super::{Answer, done, words};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(show, stop))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct JobPath {
    /// The job.
    #[param(min_length = 1)]
    job: String,
}

/// Work in the background.
#[derive(Serialize, ToSchema)]
pub(super) struct JobSeen {
    /// Names it, under `/jobs`.
    id: String,
    /// What is to be done.
    #[schema(schema_with = tasks)]
    task: &'static str,
    /// The import or the analysis that it is about.
    about: Option<String>,
    /// For whom.
    body: String,
    /// Who asked for it.
    asked_by: String,
    /// How far it has come.
    #[schema(schema_with = states)]
    state: &'static str,
    /// What is being done, in words.
    stage: String,
    /// How much of it is done, in hundredths.
    done: i64,
    /// The run that it made, under `/runs`.
    result: Option<String>,
    /// Why it failed.
    error: Option<String>,
    /// When it was asked for.
    asked_at: Timestamp,
    /// When it ended.
    ended_at: Option<Timestamp>,
}

fn tasks() -> utoipa::openapi::schema::Object {
    words::one_of(["read_import", "commit_import", "run_analysis", "work_out"])
}

fn states() -> utoipa::openapi::schema::Object {
    words::one_of(["waiting", "running", "done", "failed", "cancelled"])
}

impl From<Job> for JobSeen {
    fn from(job: Job) -> Self {
        let (task, about) = match job.task {
            Task::ReadImport { import } => ("read_import", Some(import)),
            Task::CommitImport { import } => ("commit_import", Some(import)),
            Task::RunAnalysis { name, .. } => ("run_analysis", Some(name)),
            Task::WorkOut { .. } => ("work_out", None),
        };
        JobSeen {
            id: job.id,
            task,
            about,
            body: job.body,
            asked_by: job.asked_by,
            state: job.state.word(),
            stage: job.stage,
            done: job.done,
            result: job.result,
            error: job.error,
            asked_at: job.asked_at,
            ended_at: job.ended_at,
        }
    }
}

/// A job that was asked for: its address is where to look again.
pub(super) fn accepted(job: Job) -> Response {
    let address = format!("/api/v1/jobs/{}", job.id);
    (StatusCode::ACCEPTED, [(header::LOCATION, address)], axum::Json(JobSeen::from(job))).into_response()
}

/// How far a job has come.
#[utoipa::path(get, path = "/jobs/{job}", tag = "Work", params(JobPath), responses((status = 200, body = JobSeen, description = "The job")))]
async fn show(caller: Caller, At(path): At<JobPath>, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&JobSeen::from(caller.operations.job(&caller.actor, &path.job).await?)))
}

/// Stops a job: what it has worked out is dropped.
#[utoipa::path(delete, path = "/jobs/{job}", tag = "Work", params(JobPath), responses((status = 204, description = "It stops, unless it has ended already")))]
async fn stop(caller: Caller, At(path): At<JobPath>) -> Answer {
    caller.operations.cancel_job(&caller.actor, &path.job).await?;
    Ok(done())
}
