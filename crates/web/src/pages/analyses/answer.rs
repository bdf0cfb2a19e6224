//! One question with its newest answer; and any run, however old, as it was answered then.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use penshaw_analyses::Analysis;
use penshaw_analyses::overlap::Overlap;
use penshaw_operations::{Answered, REPORT, RunView};

use super::answered::{answer, method_help, rests_on, still_stands};
use super::work_out_form;
use crate::components::{Emphasis, inset_text};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

pub(super) async fn show(viewer: Viewer, Path(name): Path<String>) -> Result<Response, Problem> {
    let answered = viewer.web.operations.latest_run(&viewer.actor, &name).await?;
    let body = draw(&viewer, &answered).await?;
    let sheet = Sheet {
        title: answered.question,
        section: Section::Analyses,
        way: vec![("Analyses".into(), "/analyses".into())],
        body,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

async fn draw(viewer: &Viewer, answered: &Answered) -> Result<Markup, Problem> {
    let earlier = format!("/runs?analysis={}", answered.name);
    let action = format!("/analyses/{}/work-out", answered.name);
    let words = if answered.run.is_some() { "Work it out again" } else { "Work it out" };
    let stale = answered.run.as_ref().is_none_or(|run| run.changed.is_some());
    let emphasis = if stale { Emphasis::Primary } else { Emphasis::Secondary };
    Ok(html! {
        h1.govuk-heading-xl { (answered.question) }
        @match &answered.run {
            None => {
                p.govuk-body-l { "This has not been worked out yet." }
                (method_help(answered.method))
            }
            Some(run) => {
                (still_stands(run))
                (answer(viewer, run, method_help(answered.method)).await?)
            }
        }
        @if let Some(run) = &answered.run {
            (rests_on(run, &viewer.brief().await?.authorities))
            @if answered.name == Overlap::NAME {
                p.govuk-body { a.govuk-link href="/matches" { "Review the matches" } }
            }
            p.govuk-body { a.govuk-link href="/opportunities" { "Savings and costs that the answers offer" } }
            p.govuk-body { a.govuk-link href=(earlier) { "Earlier answers to this question" } }
        }
        @if answered.may_work_out {
            section.penshaw-part.penshaw-no-print aria-labelledby="work-out" {
                h2.govuk-heading-m id="work-out" { (words) }
                (work_out_form(&action, words, emphasis))
            }
        }
    })
}

/// A run as it was worked out then.
pub(super) async fn show_run(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let run = viewer.web.operations.run(&viewer.actor, &id).await?;
    let files = viewer.web.operations.run_files(&viewer.actor, &id).await?;
    let is_report = run.run.analysis == REPORT;
    let title = if is_report { "A report as it was worked out".to_owned() } else { run.question().to_owned() };
    let newest = if is_report { "/report/read".to_owned() } else { format!("/analyses/{}", run.run.analysis) };
    let body = html! {
        span.govuk-caption-xl { "As worked out on " (values::moment(run.run.made_at)) }
        h1.govuk-heading-xl { (title) }
        (inset_text(&html! {
            "This is kept as it was. " a.govuk-link href=(newest) { "Go to the newest" } "."
        }.into()))
        @if !files.is_empty() {
            h2.govuk-heading-m { "Its files" }
            (crate::pages::report::files(&run, &files))
        }
        (answer(&viewer, &run, html! {}).await?)
        (rests_on(&run, &viewer.brief().await?.authorities))
    };
    let section = if is_report { Section::Report } else { Section::Analyses };
    let earlier = (String::from("Worked out before"), format!("/runs?analysis={}", run.run.analysis));
    let way = vec![("Analyses".into(), "/analyses".into()), earlier];
    let sheet = Sheet { title: &title, section, way, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

/// A run's outcome as data.
pub(super) async fn outcome(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    let RunView { run, .. } = viewer.web.operations.run(&viewer.actor, &id).await?;
    let name = format!("attachment; filename=\"{}-{}.json\"", run.analysis, run.on);
    let headers = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, run.outcome).into_response())
}
