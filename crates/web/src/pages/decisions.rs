//! Where every decision stands today: what stops it, what to do by when, what is published.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_files::write::html::body_linked;
use penshaw_operations::DecisionsToday;

use crate::layout::{Section, Sheet};
use crate::pages::analyses::answered::contents;
use crate::pages::analyses::sources::Linked;
use crate::pages::entry;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/decisions", get(show))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let today = viewer.web.operations.decisions_today(&viewer.actor).await?;
    let linked = Linked::of(&viewer, &today.document).await?;
    let drawn = body_linked(&today.document, &|source| linked.address(source));
    let body = html! {
        h1.govuk-heading-xl { "Decisions" }
        p.govuk-body-l { "Where each stands on " (values::date(today.on)) ", by the entries as they stand." }
        @if today.outcome.decisions.is_empty() {
            p.govuk-body { "No decision is recorded or shared. Record meetings, decisions and notices in the estate of your authority." }
        } @else {
            (contents(&drawn.contents))
            (drawn.text)
            (records(&today))
            (drawn.sources)
        }
        (beside())
    };
    Ok(viewer.page(Sheet { title: "Decisions", section: Section::Decisions, body, ..Sheet::default() }).await)
}

/// Each decision with where it is recorded and published from.
fn records(today: &DecisionsToday) -> Markup {
    html! {
        h2.govuk-heading-l { "Records" }
        ul.govuk-list.govuk-list--bullet {
            @for decision in &today.outcome.decisions {
                li {
                    a.govuk-link href=(entry::address(&decision.authority.code, penshaw_register::Kind::Decision, &decision.reference)) {
                        (decision.authority.name) ": " (decision.title)
                    }
                    @if let Some(earlier) = &decision.follows { ", which follows " (earlier) }
                }
            }
        }
    }
}

fn beside() -> Markup {
    html! {
        h2.govuk-heading-m { "Beside this" }
        ul.govuk-list {
            li { a.govuk-link href="/history" { "How the decisions hang together: mandate, update and what was promised" } }
            li { a.govuk-link href="/public" { "What anybody may read of it" } }
            li { a.govuk-link href="/alerts" { "What needs attention, and its calendar" } }
            li { a.govuk-link href="/analyses/decisions" { "The same question worked out on frozen baselines, with its method" } }
            li { a.govuk-link href="/analyses/governance" { "Who decides in the shared service" } }
        }
    }
}
