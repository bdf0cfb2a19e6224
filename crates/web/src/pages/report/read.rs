//! The whole report as a page.

use axum::response::Response;
use maud::html;

use crate::layout::{Section, Sheet};
use crate::pages::analyses::{answer, rests_on, still_stands};
use crate::problem::Problem;
use crate::viewer::Viewer;

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let report = viewer.web.operations.latest_report(&viewer.actor).await?;
    let document = report.as_ref().and_then(|report| report.document.as_ref());
    let title = document.map_or("Report", |document| document.title.as_str());
    let body = html! {
        @if let Some(document) = document { span.govuk-caption-xl { (document.occasion) } }
        h1.govuk-heading-xl { (title) }
        @match &report {
            None => p.govuk-body { "No report has been printed yet. There is one once everything was worked out." },
            Some(report) => {
                p.govuk-body { a.govuk-link href="/report/downloads" { "Download it" } }
                (still_stands(report))
                (answer(&viewer, report, html! {}).await?)
                (rests_on(report, &viewer.brief().await?.authorities))
            }
        }
    };
    let way = vec![("Report".into(), "/report".into())];
    let sheet = Sheet { title, section: Section::Report, way, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}
