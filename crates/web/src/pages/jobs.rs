//! Work in the background: how far it has come, and where it leads once it is done.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_operations::Verb;
use penshaw_operations::jobs::{Job, State, Task};

use crate::components::{Button, Emphasis, button};
use crate::layout::Sheet;
use crate::problem::{Problem, sentence};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/job/{id}", get(show))
        .route("/job/{id}/fragment", get(fragment))
        .route("/job/{id}/cancel", post(cancel))
}

async fn show(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let job = viewer.web.operations.job(&viewer.actor, &id).await?;
    if job.state == State::Done || (job.state.is_ended() && of_import(&job).is_some()) {
        return Ok(Redirect::to(&leads_to(&job)).into_response());
    }
    let title = title(&job);
    let sheet = Sheet { title, body: draw(&viewer, title, &job), ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

/// What the script puts in place of what the page says, until the work has ended.
async fn fragment(viewer: Viewer, Path(id): Path<String>) -> Result<Markup, Problem> {
    let job = viewer.web.operations.job(&viewer.actor, &id).await?;
    Ok(stage(&job))
}

async fn cancel(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    viewer.web.operations.cancel_job(&viewer.actor, &id).await?;
    let job = viewer.web.operations.job(&viewer.actor, &id).await?;
    let back = of_import(&job).map_or_else(|| address(&job), |import| format!("/import/{import}"));
    Ok(Redirect::to(&format!("{back}?done=cancelled")).into_response())
}

/// The address of a job's own page.
pub(super) fn address(job: &Job) -> String {
    format!("/job/{}", values::path(&job.id))
}

fn of_import(job: &Job) -> Option<&str> {
    match &job.task {
        Task::ReadImport { import } | Task::CommitImport { import } => Some(import),
        Task::RunAnalysis { .. } | Task::WorkOut { .. } => None,
    }
}

/// The page to follow once the work has ended.
fn leads_to(job: &Job) -> String {
    if job.state != State::Done {
        return of_import(job).map_or_else(|| address(job), |import| format!("/import/{}", values::path(import)));
    }
    match &job.task {
        Task::ReadImport { import } => format!("/import/{}", values::path(import)),
        Task::CommitImport { import } => format!("/import/{}?done=committed", values::path(import)),
        Task::RunAnalysis { name, .. } => format!("/analyses/{}?done=worked-out", values::path(name)),
        Task::WorkOut { .. } => "/?done=worked-out".into(),
    }
}

fn title(job: &Job) -> &'static str {
    match (&job.task, job.state) {
        (_, State::Failed) => "It could not be done",
        (_, State::Cancelled) => "It was stopped",
        (Task::ReadImport { .. }, _) => "The file is being read",
        (Task::CommitImport { .. }, _) => "The import is being committed",
        (Task::RunAnalysis { .. } | Task::WorkOut { .. }, _) => "It is being worked out",
    }
}

fn draw(viewer: &Viewer, title: &str, job: &Job) -> Markup {
    html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { (title) }
            @if job.state.is_ended() { (ended(job)) } @else { (following(viewer, job)) }
        } }
    }
}

/// Why the work has ended without an answer, and what to do.
fn ended(job: &Job) -> Markup {
    let again = match &job.task {
        Task::RunAnalysis { name, .. } => format!("/analyses/{}", values::path(name)),
        _ => "/".to_owned(),
    };
    html! {
        @if job.state == State::Cancelled {
            p.govuk-body { "Somebody asked for it to stop. Nothing was changed by it." }
        } @else {
            p.govuk-body { (why(job)) }
        }
        p.govuk-body { a.govuk-link href=(again) { "Go back and ask for it again" } }
    }
}

/// Why a job failed, in the words for whoever asked for it.
pub(super) fn why(job: &Job) -> String {
    sentence(job.error.as_deref().unwrap_or("It was stopped"))
}

/// A job that has not ended: how far it has come, followed by the script where scripts run, and how to stop it.
pub(super) fn following(viewer: &Viewer, job: &Job) -> Markup {
    let here = address(job);
    html! {
        div data-progress=(format!("{here}/fragment")) aria-live="polite" { (stage(job)) }
        form method="post" action=(format!("{here}/cancel")) {
            div class="govuk-button-group govuk-!-margin-top-6" {
                @if may_stop(viewer, job) && !job.cancel {
                    (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Stop it") }))
                }
                a.govuk-link href=(here) { "Check again" }
            }
        }
        p.govuk-body { "You may leave this page: the work goes on." }
    }
}

fn may_stop(viewer: &Viewer, job: &Job) -> bool {
    let verb = if of_import(job).is_some() { Verb::Import } else { Verb::WorkOut };
    job.person == viewer.actor.person || viewer.actor.may(verb, &job.body)
}

/// What is being done and how much of it is; where it leads once it has ended.
fn stage(job: &Job) -> Markup {
    let words = match (job.state, job.cancel) {
        (State::Done, _) => "Done",
        (State::Failed, _) => "It could not be done",
        (State::Cancelled, _) => "It was stopped",
        (_, true) => "Stopping",
        (State::Waiting, _) => "Waiting for its turn",
        (State::Running, _) => &job.stage,
    };
    html! {
        div.penshaw-progress {
            p.govuk-body id="stage" { (words) "." }
            @if job.state.is_ended() {
                p.govuk-body data-done=(leads_to(job)) { a.govuk-link href=(leads_to(job)) { "Go on" } }
            } @else {
                progress max="100" value=(job.done) aria-labelledby="stage" { (job.done) "%" }
            }
        }
    }
}
