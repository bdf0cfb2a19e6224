//! Imports: a file uploaded or pasted, its preview, its difference, its commit.

mod preview;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Query, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_operations::imports::{Change, Import, State};
use penshaw_operations::{Brought, Invalid, LARGEST_UPLOAD, Refusal, Verb};
use penshaw_register::{Authority, Holder, Kind, PARTNERSHIP};
use serde::Deserialize;

use crate::components::{
    Button, Cell, Emphasis, FileUpload, Label, Select, SelectItem, Table, Tag, TagColour, Textarea, button,
    file_upload, scroll_region, select, table, tag, textarea,
};
use crate::form::Form;
use crate::layout::{Section, Sheet, body_name, error_of};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

use super::paging::PER_PAGE;
use super::upload::{self, Sent};
use preview::Shown;

/// The forms of file that are read.
const ACCEPTED: &str = ".xlsx,.ods,.csv,.json,.txt";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/imports/{body}", get(list).post(bring).layer(DefaultBodyLimit::max(upload::LONGEST as usize)))
        .route("/import/{id}", get(show))
        .route("/import/{id}/commit", post(commit))
        .route("/import/{id}/again", post(again))
        .route("/import/{id}/give-up", post(give_up))
}

async fn list(viewer: Viewer, Path(body): Path<String>) -> Result<Response, Problem> {
    drawn(&viewer, &body, &Form::default(), &[]).await
}

/// The page of a body's imports, with what was typed and what must be corrected of it.
async fn drawn(viewer: &Viewer, body: &str, typed: &Form, wrong: &[Invalid]) -> Result<Response, Problem> {
    let imports = viewer.web.operations.imports(&viewer.actor, body).await?;
    let whose = body_name(&viewer.brief().await?.authorities, body);
    let title = format!("Imports: {whose}");
    let may_import = viewer.actor.may(Verb::Import, body);
    let drawn = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { "Bring a file, look at what it would change, then commit it or give it up. Nothing is changed before you commit." }
        @if may_import {
            div.govuk-grid-row { div.govuk-grid-column-two-thirds {
                (file_form(body, wrong))
                (cells_form(body, typed, wrong))
            } }
        } @else {
            p.govuk-body { "You may look at imports. To bring a file, ask an administrator for the role of estate editor." }
        }
        (brought(&imports))
    };
    let sheet =
        Sheet { title: &title, section: Section::Estate, way: way(), errors: wrong, body: drawn, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn way() -> Vec<(String, String)> {
    vec![("Estate".into(), "/estate".into())]
}

fn file_form(body: &str, wrong: &[Invalid]) -> Markup {
    let hint = format!(
        "An Excel (.xlsx), OpenDocument (.ods), CSV or JSON file of at most {}\u{a0}MB. A CSV file says by its name what it holds, such as contracts.csv.",
        LARGEST_UPLOAD / 1_000_000
    );
    html! {
        h2.govuk-heading-l { "Bring a file" }
        p.govuk-body {
            "Nothing to bring yet? "
            a.govuk-link href=(format!("/template/{}", values::path(body))) download { "Download the workbook to fill in" }
            " (Excel)."
        }
        form method="post" enctype="multipart/form-data" action=(format!("/imports/{}", values::path(body))) novalidate {
            (file_upload(&FileUpload {
                hint: hint.into(), accept: ACCEPTED, error: error_of(wrong, "file"),
                // The button that scripts would put in its place is called otherwise than it reads.
                javascript: false,
                ..FileUpload::new("file", "File")
            }))
            (button(&Button::submit("Read the file")))
        }
    }
}

fn cells_form(body: &str, typed: &Form, wrong: &[Invalid]) -> Markup {
    let holder = if body == PARTNERSHIP { Holder::Partnership } else { Holder::Authority };
    let kinds = Kind::ALL.iter().filter(|kind| kind.holder() == holder);
    let items = kinds.map(|kind| SelectItem::new(kind.key(), kind.sheet()));
    let items = [SelectItem::new("", "Choose")].into_iter().chain(items).collect();
    html! {
        h2.govuk-heading-l { "Or paste cells from a spreadsheet" }
        form method="post" action=(format!("/imports/{}", values::path(body))) novalidate {
            (select(&Select {
                value: typed.get("kind"), error: error_of(wrong, "kind"), ..Select::new("kind", "What the cells are", items)
            }))
            (textarea(&Textarea {
                hint: "Copy the row of headings too.".into(), rows: Some(6), spellcheck: Some(false),
                value: typed.get("text"), error: error_of(wrong, "text"), ..Textarea::new("text", Label::from("Cells"))
            }))
            (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Read the cells") }))
        }
    }
}

fn brought(imports: &[Import]) -> Markup {
    if imports.is_empty() {
        return html! { h2.govuk-heading-l { "Earlier imports" } p.govuk-body { "There are none yet." } };
    }
    let rows = imports.iter().map(|import| {
        vec![
            html! { a.govuk-link.penshaw-wrap href=(format!("/import/{}", values::path(&import.id))) { (import.file_name) } }.into(),
            state(import).into(),
            changes(import).into(),
            values::moment(import.made_at).into(),
            (&*import.made_by).into(),
        ]
    });
    let drawn = table(&Table {
        caption: "Earlier imports".into(),
        caption_classes: "govuk-table__caption--l",
        head: ["File", "State", "What it changes", "When", "Who"].into_iter().map(Cell::from).collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region("Earlier imports", &drawn)
}

fn state(import: &Import) -> Markup {
    let errors = import.summary.as_ref().is_some_and(|summary| summary.errors > 0);
    let (words, colour) = match import.state {
        State::Uploaded => ("Not read yet", TagColour::Grey),
        State::Ready if errors => ("To mend", TagColour::Red),
        State::Ready => ("To commit", TagColour::Yellow),
        State::Committed => ("Committed", TagColour::Green),
        State::GivenUp => ("Given up", TagColour::Grey),
        State::Failed => ("Not read", TagColour::Red),
    };
    tag(&Tag::new(words, colour))
}

fn changes(import: &Import) -> String {
    let Some(summary) = &import.summary else { return String::new() };
    let removed = if import.state == State::Committed && !import.remove_missing { 0 } else { summary.missing };
    let gone = if import.state == State::Committed { "removed" } else { "no longer in it" };
    let parts = [(summary.new, "new"), (summary.changed, "changed"), (removed, gone), (summary.errors, "to mend")];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> = said.map(|(count, what)| format!("{} {what}", values::grouped(*count as i64))).collect();
    if said.is_empty() { "nothing".into() } else { said.join(", ") }
}

/// Takes a file or pasted cells, and leads on to the import's own page.
async fn bring(
    viewer: Result<Viewer, Response>,
    Path(body): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let viewer = match viewer {
        Ok(viewer) => viewer,
        Err(elsewhere) => return Ok(upload::while_taking(request.into_body().into_data_stream(), elsewhere)),
    };
    if let Err(refusal) = viewer.web.operations.may_import(&viewer.actor, &body).await {
        let answer = Problem(refusal).into_response();
        return Ok(upload::while_taking(request.into_body().into_data_stream(), answer));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        bring_file(&viewer, &body, request).await
    } else {
        bring_cells(&viewer, &body, request).await
    }
}

async fn bring_file(viewer: &Viewer, body: &str, request: Request) -> Result<Response, Problem> {
    let none = Form::default();
    match upload::receive(request).await {
        Sent::Whole { name, bytes } => taken(viewer, body, Brought::File { name, bytes }, &none).await,
        Sent::TooLarge(rest) => {
            let wrong = [Invalid::new("file", too_large())];
            let page = drawn(viewer, body, &none, &wrong).await?;
            let answer = (StatusCode::PAYLOAD_TOO_LARGE, page).into_response();
            Ok(match rest {
                Some(rest) => upload::while_taking(rest, answer),
                None => answer,
            })
        }
        Sent::CutOff => {
            let wrong = [Invalid::new("file", "The file did not arrive whole. Select it again and send it once more")];
            let page = drawn(viewer, body, &none, &wrong).await?;
            Ok((StatusCode::BAD_REQUEST, page).into_response())
        }
    }
}

fn too_large() -> String {
    let megabytes = LARGEST_UPLOAD / 1_000_000;
    format!(
        "The file must be smaller than {megabytes} MB. Split it, or take out pictures and sheets that hold no entries"
    )
}

async fn bring_cells(viewer: &Viewer, body: &str, request: Request) -> Result<Response, Problem> {
    let typed = match Form::from_request(request, &()).await {
        Ok(typed) => typed,
        Err(too_large) => return Ok(too_large),
    };
    let Ok(kind) = typed.get("kind").parse() else {
        let wrong = [Invalid::new("kind", "Select what the cells are")];
        let page = drawn(viewer, body, &typed, &wrong).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let text = typed.0.iter().find(|(name, _)| name == "text").map(|(_, text)| text.clone()).unwrap_or_default();
    taken(viewer, body, Brought::Pasted { kind, text }, &typed).await
}

async fn taken(viewer: &Viewer, body: &str, brought: Brought, typed: &Form) -> Result<Response, Problem> {
    match viewer.web.operations.bring_file(&viewer.actor, body, brought).await {
        Ok((import, _)) => Ok(Redirect::to(&format!("/import/{}", values::path(&import.id))).into_response()),
        Err(Refusal::Invalid(wrong)) => {
            let page = drawn(viewer, body, typed, &wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(refusal) => Err(Problem(refusal)),
    }
}

/// What the address of an import asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    show: String,
    page: Option<u64>,
}

async fn show(viewer: Viewer, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let (operations, page) = (&viewer.web.operations, asked.page.unwrap_or(1).max(1));
    let change = Change::of(&asked.show).unwrap_or(Change::Changed);
    let mut view = operations.view_import(&viewer.actor, &id, change, page, PER_PAGE).await?;
    let shown = Shown::asked(&asked.show, &view);
    if shown.change().is_some_and(|wanted| wanted != change) {
        let wanted = shown.change().unwrap_or(change);
        view = operations.view_import(&viewer.actor, &id, wanted, page, PER_PAGE).await?;
    }
    let authorities: Vec<Authority> = viewer.brief().await?.authorities.clone();
    let whose = body_name(&authorities, &view.import.owner);
    let mut way = way();
    way.push((format!("Imports: {whose}"), format!("/imports/{}", values::path(&view.import.owner))));
    let title = format!("Import of {}", view.import.file_name);
    let body = preview::draw(&viewer, &title, &whose, &view, shown, page);
    let sheet = Sheet { title: &title, section: Section::Estate, way, wide: true, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

async fn commit(viewer: Viewer, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let remove_missing = form.get("remove_missing") == "yes";
    viewer.web.operations.commit_import(&viewer.actor, &id, remove_missing).await?;
    Ok(Redirect::to(&format!("/import/{}", values::path(&id))).into_response())
}

async fn again(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    viewer.web.operations.compare_again(&viewer.actor, &id).await?;
    Ok(Redirect::to(&format!("/import/{}", values::path(&id))).into_response())
}

async fn give_up(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Problem> {
    viewer.web.operations.give_import_up(&viewer.actor, &id).await?;
    Ok(Redirect::to(&format!("/import/{}?done=given-up", values::path(&id))).into_response())
}
