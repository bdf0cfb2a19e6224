//! What is recommended, why, what was rejected, and its adoption.

mod adoption;
mod reasons;
mod stands;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::html;
use penshaw_basis::Source;
use penshaw_operations::{Invalid, RecommendationView, Refusal, Verb};
use serde_json::Value;

use crate::components::Emphasis;
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::analyses::sources::Linked;
use crate::pages::analyses::{still_stands, work_out_form};
use crate::problem::Problem;
use crate::server::Web;
use crate::viewer::Viewer;

use adoption::Typed;
use reasons::Cited;

const CHANGED: &str =
    "The report changed while you decided. Look at what is recommended now, then send your decision again";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/recommendation", get(show)).route("/recommendation/adopt", post(adopt))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let view = viewer.web.operations.recommendation(&viewer.actor).await?;
    page(&viewer, &view, &Typed::default(), &[]).await
}

async fn adopt(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let typed = Typed::of_form(&form);
    let expected = form.get("revision").parse().unwrap_or_default();
    let decided = match typed.adoption(&form) {
        Ok(adoption) => {
            let done = if adoption.adopted { "adopted" } else { "set-aside" };
            let kept = operations.adopt_recommendation(&viewer.actor, form.get("run"), adoption, expected).await;
            kept.map(|()| done)
        }
        Err(wrong) => Err(Refusal::Invalid(wrong)),
    };
    let (status, wrong) = match decided {
        Ok(done) => return Ok(Redirect::to(&format!("/recommendation?done={done}")).into_response()),
        Err(Refusal::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        Err(Refusal::ChangedMeanwhile { .. }) => (StatusCode::CONFLICT, vec![Invalid::new("decision", CHANGED)]),
        Err(refusal) => return Err(refusal.into()),
    };
    let view = operations.recommendation(&viewer.actor).await?;
    let mut response = page(&viewer, &view, &typed, &wrong).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn page(
    viewer: &Viewer,
    view: &RecommendationView,
    typed: &Typed,
    wrong: &[Invalid],
) -> Result<Response, Problem> {
    let may_work_out = viewer.actor.may_somewhere(Verb::WorkOut);
    let body = match &view.report {
        None => html! {
            h1.govuk-heading-xl { "Recommendation" }
            p.govuk-body-l { "Nothing has been worked out yet, so there is no recommendation." }
            @if may_work_out { (work_out_form("/work-out", "Work everything out", Emphasis::Primary)) }
        },
        Some(report) => {
            let results = report.results();
            let recommended = &results["recommendation"];
            let linked = Linked::of_sources(viewer, &sources(recommended)).await?;
            let titles = report.document.as_ref().map(|document| document.titles.clone()).unwrap_or_default();
            let cited = Cited { linked, titles };
            html! {
                h1.govuk-heading-xl { "Recommendation" }
                (still_stands(report))
                (stands::stands(report, recommended, view))
                (adoption::stands(view))
                (reasons::reasons(recommended, &cited))
                (reasons::alternatives(recommended, &cited))
                (reasons::areas(recommended, &cited))
                (reasons::tests(recommended, &results["options"], &cited))
                (reasons::reopen(recommended))
                (crate::pages::report::checks(&serde_json::from_value::<Vec<_>>(results["findings"].clone()).unwrap_or_default()))
                (adoption::section(view, report, typed, wrong))
                @if may_work_out && report.changed.is_some() {
                    h2.govuk-heading-m { "Work it out again" }
                    (work_out_form("/work-out", "Work everything out again", Emphasis::Secondary))
                }
            }
        }
    };
    let sheet = Sheet { title: "Recommendation", section: Section::Report, errors: wrong, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

/// Every source that the recommendation names.
fn sources(recommended: &Value) -> Vec<Source> {
    let parts = ["reasons", "rejected", "areas", "tests"];
    let each = parts.iter().flat_map(|part| recommended[part].as_array().into_iter().flatten());
    each.flat_map(sources_of).collect()
}

/// The sources of one reason, alternative, area or test.
fn sources_of(of: &Value) -> Vec<Source> {
    serde_json::from_value(of["sources"].clone()).unwrap_or_default()
}
