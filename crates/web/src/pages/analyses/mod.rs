//! The questions, each one's answer with its charts and tables, and everything that was worked out before.

mod answer;
pub(super) mod answered;
mod list;
mod method;
mod parameters;
mod runs;
pub(super) mod sources;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use crate::form::Form;
use crate::problem::Problem;
use crate::server::Web;
use crate::viewer::Viewer;

pub(super) use answered::{answer, rests_on, still_stands};
pub(super) use list::work_out_form;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/analyses", get(list::show))
        .route("/analyses/{name}", get(answer::show))
        .route("/analyses/{name}/work-out", post(work_out_one))
        .route("/work-out", post(work_everything_out))
        .route("/runs", get(runs::show))
        .route("/run/{id}", get(answer::show_run))
        .route("/run/{id}/outcome.json", get(answer::outcome))
        .route("/parameters", get(parameters::show))
}

async fn work_out_one(viewer: Viewer, Path(name): Path<String>, form: Form) -> Result<Response, Problem> {
    let job = viewer.web.operations.run_analysis(&viewer.actor, &name, form.has("standing")).await?;
    Ok(Redirect::to(&format!("/job/{}", job.id)).into_response())
}

async fn work_everything_out(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let job = viewer.web.operations.work_out_report(&viewer.actor, form.has("standing")).await?;
    Ok(Redirect::to(&format!("/job/{}", job.id)).into_response())
}
