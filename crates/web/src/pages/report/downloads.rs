//! The report's files: a list with what each is for, the files themselves, and the preview.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use penshaw_operations::RunView;

use crate::components::{Cell, Table, scroll_region, table};
use crate::layout::{Section, Sheet};
use crate::pages::analyses::{rests_on, still_stands};
use crate::problem::Problem;
use crate::viewer::Viewer;

/// A form of the report's files.
struct Form {
    name: &'static str,
    about: &'static str,
    media_type: &'static str,
}

const FORMS: [Form; 8] = [
    Form { name: "report.pdf", about: "The report to read and to publish: PDF", media_type: "application/pdf" },
    Form {
        name: "report.docx",
        about: "The report to edit: Word",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
    Form {
        name: "report.html",
        about: "The report as one web page that needs nothing else",
        media_type: "text/html; charset=utf-8",
    },
    Form {
        name: "report-part-ii.pdf",
        about: "Part II, not for publication: all of the report, PDF",
        media_type: "application/pdf",
    },
    Form {
        name: "report-part-ii.docx",
        about: "Part II, not for publication: Word",
        media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
    Form {
        name: "report-part-ii.html",
        about: "Part II, not for publication: one web page",
        media_type: "text/html; charset=utf-8",
    },
    Form {
        name: "workbook.xlsx",
        about: "The figures with formulas that recompute them: Excel",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
    Form { name: "results.json", about: "The results as data: JSON", media_type: "application/json" },
];

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let report = operations.latest_report(&viewer.actor).await?;
    let listed = match &report {
        Some(report) => operations.run_files(&viewer.actor, &report.run.id).await?,
        None => Vec::new(),
    };
    let body = html! {
        h1.govuk-heading-xl { "Download the report" }
        @match &report {
            None => p.govuk-body { "No report has been printed yet. There is one once everything was worked out." },
            Some(report) => {
                (still_stands(report))
                (files(report, &listed))
                (rests_on(report, &viewer.brief().await?.authorities))
                p.govuk-body { a.govuk-link href="/report/form" { "The report in your own Word form" } }
                p.govuk-body { a.govuk-link href="/runs?analysis=report" { "Earlier reports" } }
            }
        }
    };
    let way = vec![("Report".into(), "/report".into())];
    let sheet = Sheet { title: "Download the report", section: Section::Report, way, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

/// The files of a report, each with what it is for and how large it is.
pub(crate) fn files(report: &RunView, files: &[(String, i64)]) -> Markup {
    let row = |form: &Form| {
        let (_, length) = files.iter().find(|(name, _)| name == form.name)?;
        let address = format!("/run/{}/files/{}", report.run.id, form.name);
        let link = html! { a.govuk-link href=(address) download { (form.name) } };
        Some(vec![link.into(), form.about.into(), Cell::numeric(size(*length))])
    };
    let drawn = table(&Table {
        caption: "Files of the report".into(),
        caption_classes: "govuk-visually-hidden",
        head: vec![Cell::from("File"), "What it is".into(), Cell::numeric("Size")],
        rows: FORMS.iter().filter_map(row).collect(),
        first_cell_is_header: true,
        ..Table::default()
    });
    scroll_region("Files of the report", &drawn)
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", (bytes + 999) / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The media type of a file that ends so.
pub(super) fn media_type(extension: &str) -> &'static str {
    let form = FORMS.iter().find(|form| form.name.rsplit_once('.').is_some_and(|(_, end)| end == extension));
    form.map_or("application/octet-stream", |form| form.media_type)
}

pub(super) async fn file(viewer: Viewer, Path((id, name)): Path<(String, String)>) -> Result<Response, Problem> {
    let bytes = viewer.web.operations.run_file(&viewer.actor, &id, &name).await?;
    let media_type =
        FORMS.iter().find(|form| form.name == name).map_or("application/octet-stream", |form| form.media_type);
    let disposition = match FORMS.iter().find(|form| form.name == name) {
        Some(form) => format!("attachment; filename=\"{}\"", form.name),
        None => "attachment".to_owned(),
    };
    Ok(([(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}

/// The report as PDF with the words as they are saved; no run is kept of it.
pub(super) async fn preview(viewer: Viewer) -> Result<Response, Problem> {
    let bytes = viewer.web.operations.preview_report(&viewer.actor).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"report-preview.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}
