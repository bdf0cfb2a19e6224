//! Publishing a notice, a report or a statement: what anybody would read, seen before it is published.

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_files::write::html::body_linked;
use penshaw_operations::{Invalid, PublicKind, PublishView, Refusal, Verb};
use penshaw_register::Kind;

use crate::components::{Button, Emphasis, Tag, TagColour, Textarea, WarningText, button, tag, textarea, warning_text};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::downloads::{ZIP, file};
use crate::pages::{entry, public};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/estate/{kind}/{owner}/entry/{reference}/publish", get(show).post(publish))
        .route("/estate/{kind}/{owner}/entry/{reference}/publish/withdraw", post(withdraw))
        .route("/estate/decisions/{owner}/entry/{reference}/publish/report", get(show_report).post(publish_report))
        .route("/estate/decisions/{owner}/entry/{reference}/publish/report/withdraw", post(withdraw_report))
        .route("/estate/decisions/{owner}/entry/{reference}/committee-pack.zip", get(committee_pack))
}

/// Whether an entry of a kind can be published.
pub(super) fn is_publishable(kind: Kind) -> bool {
    matches!(kind, Kind::Notice | Kind::Decision)
}

type Named = Path<(String, String, String)>;
type OfDecision = Path<(String, String)>;

/// What is published of an entry of a kind, besides the report to a decision.
fn kind_of(words: &str) -> Result<PublicKind, Refusal> {
    let known = PublicKind::of(words).filter(|kind| *kind != PublicKind::Report);
    known.ok_or(Refusal::NotThere { what: "entry" })
}

/// Where something is published: the page of its entry's publication, or of the report to it.
fn address(owner: &str, kind: PublicKind, reference: &str) -> String {
    let entry = entry::address(owner, kind.entry(), reference);
    match kind {
        PublicKind::Report => format!("{entry}/publish/report"),
        _ => format!("{entry}/publish"),
    }
}

async fn show(viewer: Viewer, Path((kind, owner, reference)): Named) -> Result<Response, Problem> {
    shown(&viewer, &owner, kind_of(&kind)?, &reference).await
}

async fn show_report(viewer: Viewer, Path((owner, reference)): OfDecision) -> Result<Response, Problem> {
    shown(&viewer, &owner, PublicKind::Report, &reference).await
}

async fn shown(viewer: &Viewer, owner: &str, kind: PublicKind, reference: &str) -> Result<Response, Problem> {
    let view = viewer.web.operations.publish_view(&viewer.actor, owner, kind, reference).await?;
    Ok(drawn(viewer, &view, &[]).await)
}

async fn drawn(viewer: &Viewer, view: &PublishView, errors: &[Invalid]) -> Response {
    let may = viewer.actor.may(Verb::Publish, &view.authority.code);
    let entry = entry::address(&view.authority.code, view.kind.entry(), &view.reference);
    let here = address(&view.authority.code, view.kind, &view.reference);
    let title = match view.kind {
        PublicKind::Notice => "Publish a notice",
        PublicKind::Report => "Publish the report to a decision",
        PublicKind::Statement => "Publish the statement of a decision",
    };
    let body = html! {
        span.govuk-caption-xl { (view.authority.name) }
        h1.govuk-heading-xl { (title) }
        (standing(view))
        @match &view.record {
            Err(lacks) => {
                p.govuk-body { "It cannot be published yet. It lacks:" }
                ul.govuk-list.govuk-list--bullet { @for what in lacks { li { (what) } } }
                p.govuk-body {
                    @if view.kind == PublicKind::Report { a.govuk-link href="/report" { "Go to the report" } " or " }
                    a.govuk-link href=(format!("{entry}/change")) { "add what the entry lacks" }
                }
            }
            Ok(record) => {
                @if !view.is_published() && may { (to_publish(view, &here)) }
                section aria-labelledby="preview" {
                    h2.govuk-heading-l id="preview" { "What anybody would read" }
                    (body_linked(&record.document, &|_| None).text)
                }
            }
        }
        @if view.versions.first().is_some_and(|newest| newest.withdrawn.is_none()) && may { (to_withdraw(&here, errors)) }
    };
    let way = vec![
        ("Estate".into(), "/estate".into()),
        (view.kind.entry().sheet().to_owned(), format!("/estate/{}", view.kind.entry().key())),
        (view.reference.clone(), entry.clone()),
    ];
    let sheet = Sheet { title, section: Section::Estate, way, errors, body, ..Sheet::default() };
    viewer.page(sheet).await
}

fn standing(view: &PublishView) -> Markup {
    html! {
        @match view.versions.first() {
            None => p.govuk-body { (tag(&Tag::new("Not published", TagColour::Grey))) },
            Some(newest) if newest.withdrawn.is_some() => p.govuk-body {
                (tag(&Tag::new("Withdrawn", TagColour::Orange))) " on " (values::moment(newest.published_at))
            },
            Some(newest) => p.govuk-body {
                (tag(&Tag::new("Public", TagColour::Green))) " as version " (newest.version) " since " (values::moment(newest.published_at)) ": "
                a.govuk-link href=(public::address(newest)) { "see the public page" }
                @if !view.is_published() { ". The entry has changed since." }
            },
        }
    }
}

fn to_publish(view: &PublishView, here: &str) -> Markup {
    html! {
        (warning_text(&WarningText::from("From then on anybody may read it, without signing in. Look whether it holds anything that is exempt or confidential.")))
        form method="post" action=(here) {
            input type="hidden" name="seen" value=(view.digest.as_deref().unwrap_or_default());
            (button(&Button::submit("Publish")))
        }
    }
}

fn to_withdraw(here: &str, errors: &[Invalid]) -> Markup {
    let error = errors.iter().find(|error| error.field == "reason").map(|error| error.what.as_str());
    html! {
        section.penshaw-part aria-labelledby="withdraw" {
            h2.govuk-heading-m id="withdraw" { "Withdraw it" }
            form method="post" action=(format!("{here}/withdraw")) {
                (textarea(&Textarea {
                    hint: "The address stays and says that it was withdrawn, and this".into(),
                    error,
                    rows: Some(2),
                    ..Textarea::new("reason", "Why it is withdrawn")
                }))
                (button(&Button { emphasis: Emphasis::Warning, ..Button::submit("Withdraw") }))
            }
        }
    }
}

async fn publish(viewer: Viewer, Path((kind, owner, reference)): Named, form: Form) -> Result<Redirect, Problem> {
    published(&viewer, &owner, kind_of(&kind)?, &reference, &form).await
}

async fn publish_report(viewer: Viewer, Path((owner, reference)): OfDecision, form: Form) -> Result<Redirect, Problem> {
    published(&viewer, &owner, PublicKind::Report, &reference, &form).await
}

async fn published(
    viewer: &Viewer,
    owner: &str,
    kind: PublicKind,
    reference: &str,
    form: &Form,
) -> Result<Redirect, Problem> {
    viewer.web.operations.publish_record(&viewer.actor, owner, kind, reference, form.get("seen")).await?;
    Ok(Redirect::to(&format!("{}?done=published", address(owner, kind, reference))))
}

async fn withdraw(viewer: Viewer, Path((kind, owner, reference)): Named, form: Form) -> Result<Response, Problem> {
    withdrawn(&viewer, &owner, kind_of(&kind)?, &reference, &form).await
}

async fn withdraw_report(
    viewer: Viewer,
    Path((owner, reference)): OfDecision,
    form: Form,
) -> Result<Response, Problem> {
    withdrawn(&viewer, &owner, PublicKind::Report, &reference, &form).await
}

async fn withdrawn(
    viewer: &Viewer,
    owner: &str,
    kind: PublicKind,
    reference: &str,
    form: &Form,
) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    match operations.withdraw_record(&viewer.actor, owner, kind, reference, form.get("reason")).await {
        Ok(()) => {
            let back = format!("{}?done=withdrawn-record", address(owner, kind, reference));
            Ok(Redirect::to(&back).into_response())
        }
        Err(Refusal::Invalid(errors)) => {
            let view = operations.publish_view(&viewer.actor, owner, kind, reference).await?;
            let mut response = drawn(viewer, &view, &errors).await;
            *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn committee_pack(viewer: Viewer, Path((owner, reference)): OfDecision) -> Result<Response, Problem> {
    let bytes = viewer.web.operations.hand_over(&viewer.actor, &owner, &reference).await?;
    Ok(file(ZIP, "committee-pack.zip", bytes))
}
