//! How the decisions hang together today: each chain, what its reports said would happen, what is still to come.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use penshaw_files::write::html::body_linked;

use crate::layout::{Section, Sheet};
use crate::pages::analyses::answered::contents;
use crate::pages::analyses::sources::Linked;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/history", get(show))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let today = viewer.web.operations.decision_history(&viewer.actor).await?;
    let linked = Linked::of(&viewer, &today.document).await?;
    let drawn = body_linked(&today.document, &|source| linked.address(source));
    let title = today.document.title.as_str();
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { "By the entries as they stand on " (values::date(today.history.on)) "." }
        (contents(&drawn.contents))
        (drawn.text)
        (drawn.sources)
        h2.govuk-heading-m { "Beside this" }
        ul.govuk-list {
            li { a.govuk-link href="/report/papers#history" { "The same as a paper: PDF, Word, web page" } }
            li { a.govuk-link href="/estate/commitments" { "Commitments, to complete with owner and day" } }
        }
    };
    let way = vec![("Decisions".into(), "/decisions".into())];
    Ok(viewer.page(Sheet { title, section: Section::Decisions, way, body, ..Sheet::default() }).await)
}
