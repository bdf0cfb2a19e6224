//! The page that asks before an entry is removed.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{Refusal, ToRemove};
use penshaw_register::{Holder, Kind};

use super::{kind_of, typing, way_to, with_status};
use crate::components::{Button, Emphasis, InsetText, WarningText, button, inset_text, warning_text};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

/// How many of the entries that refer to it are named.
const NAMED: usize = 20;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/estate/{kind}/{owner}/entry/{reference}/remove", get(ask).post(remove))
}

async fn ask(
    viewer: Viewer,
    Path((kind, owner, reference)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    page(&viewer, &owner, kind_of(&kind)?, &reference, false).await
}

async fn remove(
    viewer: Viewer,
    Path((kind, owner, reference)): Path<(String, String, String)>,
    sent: Form,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let seen = sent.get(typing::SEEN).parse().unwrap_or(0);
    match viewer.web.operations.remove_entry(&viewer.actor, &owner, kind, &reference, seen).await {
        Ok(()) => {
            let whose = match kind.holder() {
                Holder::Authority => format!("owner={}&", values::path(&owner)),
                Holder::Partnership => String::new(),
            };
            Ok(Redirect::to(&format!("/estate/{}?{whose}done=removed", kind.key())).into_response())
        }
        Err(Refusal::ChangedMeanwhile { .. }) => {
            Ok(with_status(StatusCode::CONFLICT, page(&viewer, &owner, kind, &reference, true).await?))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn page(viewer: &Viewer, owner: &str, kind: Kind, reference: &str, changed: bool) -> Result<Response, Problem> {
    let found = viewer.web.operations.entry_to_remove(&viewer.actor, owner, kind, reference).await?;
    let title = format!("Remove {}?", values::title(&found.record).trim_end_matches('.'));
    let sheet = Sheet {
        title: &title,
        section: Section::Estate,
        way: way_to(kind, Some((owner, &found.record))),
        body: draw(&title, owner, &found, changed),
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

fn draw(title: &str, owner: &str, found: &ToRemove, changed: bool) -> Markup {
    let record = &found.record;
    let here = crate::pages::entry::address(owner, record.kind, &record.reference);
    html! {
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                span.govuk-caption-xl { (record.kind.sheet()) ", " (record.reference) }
                h1.govuk-heading-xl { (title) }
                @if changed {
                    (inset_text(&InsetText::from("Somebody else saved this entry after you opened this page. Look at it again before you remove it.")))
                }
                p.govuk-body {
                    "The entry leaves the register, and no later baseline or analysis holds it. Its history is kept, and so are the baselines that hold it already."
                }
                (referring(owner, found))
                form method="post" {
                    input type="hidden" name=(typing::SEEN) value=(found.number);
                    div.govuk-button-group {
                        (button(&Button { emphasis: Emphasis::Warning, ..Button::submit("Remove it") }))
                        a.govuk-link href=(here) { "Keep it" }
                    }
                }
            }
        }
    }
}

/// The entries that would then refer to nothing.
fn referring(owner: &str, found: &ToRemove) -> Markup {
    let count = found.referred_by.len();
    html! {
        @if count > 0 {
            (warning_text(&WarningText {
                content: format!(
                    "{count} {} to it. Change {} first, or what {} will lead nowhere.",
                    if count == 1 { "entry refers" } else { "entries refer" },
                    if count == 1 { "it" } else { "them" },
                    if count == 1 { "it refers to" } else { "they refer to" },
                ).into(),
                ..WarningText::default()
            }))
            ul.govuk-list.govuk-list--bullet {
                @for (kind, reference, title) in found.referred_by.iter().take(NAMED) {
                    li { a.govuk-link href=(crate::pages::entry::address(owner, *kind, reference)) { (title) } " (" (kind.sheet().to_lowercase()) ", " (reference) ")" }
                }
                @if count > NAMED { li { "and " (count - NAMED) " more" } }
            }
        }
    }
}
