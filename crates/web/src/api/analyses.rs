//! Analyses: the questions, their newest answers, and the asking of them.

use penshaw_operations::Answered;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::jobs::{JobSeen, accepted};
use super::runs::{BriefSeen, RunSeen};
use super::sent::{At, Sent};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(show)).routes(routes!(run)).routes(routes!(work_out))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct AnalysisPath {
    /// The analysis's name, such as `cost-shares`.
    #[param(min_length = 1)]
    name: String,
}

#[derive(Serialize, ToSchema)]
struct Analyses {
    analyses: Vec<AnalysisListed>,
}

/// A question.
#[derive(Serialize, ToSchema)]
struct AnalysisListed {
    /// Its name.
    name: &'static str,
    /// The question.
    question: &'static str,
    /// When it was last answered.
    latest: Option<BriefSeen>,
}

/// A question with its newest answer.
#[derive(Serialize, ToSchema)]
struct AnalysisSeen {
    /// Its name.
    name: &'static str,
    /// The question.
    question: &'static str,
    /// Its method in words, as Markdown.
    method: &'static str,
    /// Whether the caller may have it worked out.
    may_work_out: bool,
    /// Its newest run.
    run: Option<RunSeen>,
}

/// What is to be worked out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkOut {
    /// From the entries as they stand, rather than from each owner's newest baseline.
    #[serde(default)]
    standing: bool,
}

/// Every question, with when it was last answered.
#[utoipa::path(get, path = "/analyses", tag = "Work", responses((status = 200, body = Analyses, description = "The questions")))]
async fn list(caller: Caller, conditions: Conditions) -> Answer {
    let found = caller.operations.analyses(&caller.actor).await?;
    let analyses = found.questions.into_iter().map(|listed| AnalysisListed {
        name: listed.name,
        question: listed.question,
        latest: listed.newest.map(BriefSeen::from),
    });
    Ok(conditions.answer(&Analyses { analyses: analyses.collect() }))
}

/// A question with its newest answer.
#[utoipa::path(get, path = "/analyses/{name}", tag = "Work", params(AnalysisPath), responses((status = 200, body = AnalysisSeen, description = "The question")))]
async fn show(caller: Caller, At(path): At<AnalysisPath>, conditions: Conditions) -> Answer {
    let Answered { name, question, method, run, may_work_out } =
        caller.operations.latest_run(&caller.actor, &path.name).await?;
    let run = run.map(RunSeen::from);
    Ok(conditions.answer(&AnalysisSeen { name, question, method, may_work_out, run }))
}

/// Has a question answered, in the background.
#[utoipa::path(post, path = "/analyses/{name}/runs", tag = "Work", params(AnalysisPath), request_body = WorkOut, responses((status = 202, body = JobSeen, description = "The job that does it", headers(("Location" = String, description = "The job's address")))))]
async fn run(caller: Caller, At(path): At<AnalysisPath>, Sent(sent): Sent<WorkOut>) -> Answer {
    Ok(accepted(caller.operations.run_analysis(&caller.actor, &path.name, sent.standing).await?))
}

/// Has everything worked out and the report printed, in the background.
#[utoipa::path(post, path = "/work-out", tag = "Work", request_body = WorkOut, responses((status = 202, body = JobSeen, description = "The job that does it", headers(("Location" = String, description = "The job's address")))))]
async fn work_out(caller: Caller, Sent(sent): Sent<WorkOut>) -> Answer {
    Ok(accepted(caller.operations.work_out_report(&caller.actor, sent.standing).await?))
}
