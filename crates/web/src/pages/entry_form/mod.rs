//! The form by which an entry is added or changed.

mod conflict;
mod fields;
mod remove;
pub(super) mod typing;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use penshaw_basis::Confidence;
use penshaw_operations::{EntryForm, Invalid, Refusal, Surroundings, TypedEntry};
use penshaw_register::{Holder, Kind, Record};

use crate::components::{
    Button, Choice, Details, Input, Legend, Radios, Select, SelectItem, Width, button, details, input, radios, select,
};
use crate::form::Form;
use crate::layout::{Section, Sheet, body_name, error_of};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) use conflict::differing;
pub(super) use fields::{choices, is_long, owners};

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/estate/{kind}/{owner}/new", get(ask_new).post(add))
        .route("/estate/{kind}/{owner}/entry/{reference}/change", get(ask_change).post(change))
        .merge(remove::routes())
}

/// The kind of an address.
pub(super) fn kind_of(key: &str) -> Result<Kind, Refusal> {
    let known = Kind::ALL.iter().find(|kind| kind.key() == key);
    known.copied().ok_or(Refusal::NotThere { what: "kind of entry" })
}

/// The way to an entry, for the head of a page about it.
pub(super) fn way_to(kind: Kind, entry: Option<(&str, &Record)>) -> Vec<(String, String)> {
    let mut way = vec![("Estate".into(), "/estate".into()), (kind.sheet().into(), format!("/estate/{}", kind.key()))];
    way.extend(entry.map(|(owner, record)| {
        (values::title(record).to_owned(), super::entry::address(owner, kind, &record.reference))
    }));
    way
}

/// A page with another status than 200.
pub(super) fn with_status(status: StatusCode, mut page: Response) -> Response {
    *page.status_mut() = status;
    page
}

async fn ask_new(
    viewer: Viewer,
    Path((kind, owner)): Path<(String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let form = viewer.web.operations.entry_form(&viewer.actor, &owner, kind, None).await?;
    let mut typed = typing::read(kind, &Form(asked));
    if typed.reference.is_empty() {
        typed.reference.clone_from(&form.around.next_reference);
    }
    if typed.confidence.is_empty() {
        typed.confidence = Confidence::Reported.word().to_owned();
    }
    Ok(page(&viewer, &form, &typed, &[]).await)
}

async fn add(viewer: Viewer, Path((kind, owner)): Path<(String, String)>, sent: Form) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let typed = typing::read(kind, &sent);
    let (record, wrong) = typed.read(kind);
    match save(&viewer, &owner, &record, wrong, None).await {
        Ok(()) => Ok(saved(&owner, &record)),
        Err(Refusal::Invalid(wrong)) => {
            let form = viewer.web.operations.entry_form(&viewer.actor, &owner, kind, None).await?;
            Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(&viewer, &form, &typed, &wrong).await))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn ask_change(
    viewer: Viewer,
    Path((kind, owner, reference)): Path<(String, String, String)>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let form = viewer.web.operations.entry_form(&viewer.actor, &owner, kind, Some(&reference)).await?;
    let mut typed = form.standing.as_ref().map(|(record, _)| TypedEntry::of(record)).unwrap_or_default();
    // What an address brings, such as a suggestion, stands in the form and is kept only when it is sent.
    typed.fields.extend(typing::read(kind, &Form(asked)).fields);
    Ok(page(&viewer, &form, &typed, &[]).await)
}

async fn change(
    viewer: Viewer,
    Path((kind, owner, reference)): Path<(String, String, String)>,
    sent: Form,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let mut typed = typing::read(kind, &sent);
    typed.reference.clone_from(&reference);
    let seen = sent.get(typing::SEEN).parse().unwrap_or(0);
    let operations = &viewer.web.operations;
    if sent.has(typing::AGAIN) {
        let form = operations.entry_form(&viewer.actor, &owner, kind, Some(&reference)).await?;
        return Ok(page(&viewer, &form, &typed, &[]).await);
    }
    let (record, wrong) = typed.read(kind);
    match save(&viewer, &owner, &record, wrong, Some(seen)).await {
        Ok(()) => Ok(saved(&owner, &record)),
        Err(Refusal::Invalid(wrong)) => {
            let mut form = operations.entry_form(&viewer.actor, &owner, kind, Some(&reference)).await?;
            // The number that was seen stays: what somebody else saved in between is still noticed.
            form.standing = form.standing.map(|(record, _)| (record, seen));
            Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(&viewer, &form, &typed, &wrong).await))
        }
        Err(Refusal::ChangedMeanwhile { .. }) => conflict::page(&viewer, &owner, &typed, &record).await,
        Err(refusal) => Err(refusal.into()),
    }
}

async fn save(
    viewer: &Viewer,
    owner: &str,
    record: &Record,
    wrong: Vec<Invalid>,
    seen: Option<i64>,
) -> Result<(), Refusal> {
    if !wrong.is_empty() {
        return Err(Refusal::Invalid(wrong));
    }
    viewer.web.operations.save_entry(&viewer.actor, owner, record, seen).await.map(|_| ())
}

fn saved(owner: &str, record: &Record) -> Response {
    let entry = super::entry::address(owner, record.kind, &record.reference);
    Redirect::to(&format!("{entry}?done=saved")).into_response()
}

async fn page(viewer: &Viewer, form: &EntryForm, typed: &TypedEntry, wrong: &[Invalid]) -> Response {
    let (around, standing) = (&form.around, form.standing.as_ref());
    let title = match standing {
        Some((record, _)) => format!("Change {}", values::title(record)),
        None => format!("Add an entry to {}", around.kind.sheet().to_lowercase()),
    };
    let sheet = Sheet {
        title: &title,
        section: Section::Estate,
        way: way_to(around.kind, standing.map(|(record, _)| (around.owner.as_str(), record))),
        errors: wrong,
        body: draw(&title, form, typed, wrong),
        ..Sheet::default()
    };
    viewer.page(sheet).await
}

fn draw(title: &str, form: &EntryForm, typed: &TypedEntry, wrong: &[Invalid]) -> Markup {
    let around = &form.around;
    let back = match &form.standing {
        Some((record, _)) => super::entry::address(&around.owner, around.kind, &record.reference),
        None => format!("/estate/{}", around.kind.key()),
    };
    html! {
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                span.govuk-caption-xl { (caption(around)) }
                h1.govuk-heading-xl { (title) }
                p.govuk-body { (around.kind.about()) " Fill in what is known. Fields without “required” may stay empty." }
                form method="post" novalidate {
                    (the_reference(form, typed, wrong))
                    @for field in around.kind.fields() { (fields::field(around, typed, wrong, field)) }
                    (sureness(around.kind, typed, wrong))
                    div.govuk-button-group {
                        (button(&Button::submit("Save")))
                        a.govuk-link href=(back) { "Cancel" }
                    }
                }
            }
        }
    }
}

pub(super) fn caption(around: &Surroundings) -> String {
    match around.kind.holder() {
        Holder::Partnership => format!("{}, held together", around.kind.sheet()),
        Holder::Authority => format!("{}, {}", around.kind.sheet(), body_name(&around.authorities, &around.owner)),
    }
}

/// The reference: asked for once, then fixed, since others refer to it.
fn the_reference(form: &EntryForm, typed: &TypedEntry, wrong: &[Invalid]) -> Markup {
    match &form.standing {
        Some((record, number)) => html! {
            input type="hidden" name=(typing::SEEN) value=(number);
            p.govuk-body id="reference" { strong { "Reference: " } (record.reference) }
        },
        None => input(&Input {
            hint: "A short name of your own for it, such as A1. It cannot be changed later.".into(),
            error: error_of(wrong, "reference"),
            value: &typed.reference,
            width: Width::Ten,
            autocomplete: "off",
            spellcheck: Some(false),
            ..Input::new("reference", "Reference (required)")
        }),
    }
}

/// What each confidence means.
pub(super) fn meaning(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Verified => "Checked against a document, such as an invoice or a contract.",
        Confidence::Reported => "Stated by its owner and not checked.",
        Confidence::Estimated => "Judged, and not recorded anywhere.",
    }
}

/// How sure the entry is, and single fields that differ.
fn sureness(kind: Kind, typed: &TypedEntry, wrong: &[Invalid]) -> Markup {
    let choice = |sure: Confidence| Choice {
        hint: meaning(sure).into(),
        ..Choice::new(sure.word(), values::capital(sure.word()))
    };
    let items = Confidence::ALL.map(choice).to_vec();
    let singly = html! {
        p.govuk-body { "Say it only of fields that are surer or less sure than the entry." }
        @for field in kind.fields() {
            @let name = format!("{}{}", typing::SURE, field.name);
            @let id = crate::layout::field_id(&name);
            (select(&Select {
                id: &id,
                value: typed.field_confidence.get(field.name).map_or("", String::as_str),
                ..Select::new(&name, field.label, words_of_sureness("As the entry"))
            }))
        }
    };
    html! {
        (radios(&Radios {
            error: error_of(wrong, "confidence"),
            value: &typed.confidence,
            ..Radios::new("confidence", Legend { classes: "govuk-fieldset__legend--s", ..Legend::from("How sure is what you entered?") }, items)
        }))
        (details(&Details {
            open: typed.field_confidence.values().any(|word| !word.is_empty()),
            ..Details::new("Some fields are surer or less sure", singly)
        }))
    }
}

/// The words for how sure something is, after what stands where nothing is said.
pub(super) fn words_of_sureness(nothing: &str) -> Vec<SelectItem> {
    let words = Confidence::ALL.iter().map(|sure| SelectItem::new(sure.word(), values::capital(sure.word())));
    [SelectItem::new("", nothing)].into_iter().chain(words).collect()
}
