//! The report in an authority's own Word form: the form is sent, and comes back filled.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use penshaw_operations::{FORM_PLACES, Invalid, LARGEST_UPLOAD, Refusal};

use super::downloads::media_type;
use crate::components::{Button, Cell, FileUpload, Table, button, file_upload, scroll_region, table};
use crate::layout::{Section, Sheet, error_of};
use crate::pages::downloads::file;
use crate::pages::upload::{self, Sent};
use crate::problem::Problem;
use crate::viewer::Viewer;

const TITLE: &str = "The report in your own Word form";

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    Ok(drawn(&viewer, &[]).await)
}

async fn drawn(viewer: &Viewer, wrong: &[Invalid]) -> Response {
    let hint = format!(
        "A Word file (.docx) of at most {}\u{a0}MB. A template that ends in .dotx or holds macros is to be saved as .docx first.",
        LARGEST_UPLOAD / 1_000_000
    );
    let body = html! {
        h1.govuk-heading-xl { (TITLE) }
        p.govuk-body-l { "Your authority’s form keeps its look: what the newest report says is put where the form names it." }
        form method="post" enctype="multipart/form-data" action="/report/form" novalidate {
            (file_upload(&FileUpload {
                hint: hint.into(), accept: ".docx", error: error_of(wrong, "file"), javascript: false,
                ..FileUpload::new("file", "Form")
            }))
            (button(&Button::submit("Fill it")))
        }
        section aria-labelledby="places" {
            h2.govuk-heading-l id="places" { "How a form names its places" }
            p.govuk-body {
                "Type a name between two braces, such as " code { "{{purpose}}" }
                ", in the text, a table’s cell, a header or a footer; or give a content control that name as its tag. "
                "A name alone in its paragraph takes lists and tables too."
            }
            (scroll_region("Names of places", &names()))
        }
    };
    let way = vec![("Report".into(), "/report".into()), ("Download the report".into(), "/report/downloads".into())];
    let sheet = Sheet { title: TITLE, section: Section::Report, way, errors: wrong, body, ..Sheet::default() };
    viewer.page(sheet).await
}

fn names() -> Markup {
    let row = |(names, about): &(&str, &str)| {
        let names = html! { @for name in names.split(' ') { code.penshaw-wrap { (name) } " " } };
        vec![names.into(), Cell::from(*about)]
    };
    table(&Table {
        caption: "Names of places".into(),
        caption_classes: "govuk-visually-hidden",
        head: ["Names", "What stands there"].map(Cell::from).to_vec(),
        rows: FORM_PLACES.iter().map(row).collect(),
        first_cell_is_header: true,
        ..Table::default()
    })
}

pub(super) async fn fill(viewer: Viewer, request: Request) -> Result<Response, Problem> {
    let (name, bytes) = match upload::receive(request).await {
        Sent::Whole { bytes, .. } if bytes.is_empty() => return refused(&viewer, "Select the form: a Word file").await,
        Sent::Whole { name, bytes } => (name, bytes),
        Sent::TooLarge(_) => return Err(Refusal::TooLarge { megabytes: LARGEST_UPLOAD / 1_000_000 }.into()),
        Sent::CutOff => return refused(&viewer, "The file did not arrive whole: send it again").await,
    };
    match viewer.web.operations.fill_form(&viewer.actor, &name, bytes).await {
        Ok(form) => Ok(file(media_type("docx"), "report-form.docx", form.bytes)),
        Err(refusal @ (Refusal::Form { .. } | Refusal::NotNow { .. })) => refused(&viewer, &refusal.to_string()).await,
        Err(refusal) => Err(refusal.into()),
    }
}

async fn refused(viewer: &Viewer, what: &str) -> Result<Response, Problem> {
    let mut response = drawn(viewer, &[Invalid::new("file", what)]).await.into_response();
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
