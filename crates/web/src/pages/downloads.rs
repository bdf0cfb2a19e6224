//! Downloads: the entries of a kind as CSV or as a workbook, and the empty workbook that a body fills in.

use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use penshaw_operations::{Form, Refusal};
use penshaw_register::{Kind, PARTNERSHIP};

use crate::problem::Problem;
use crate::server::Web;
use crate::viewer::Viewer;

pub(super) const CSV: &str = "text/csv; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const ZIP: &str = "application/zip";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/estate/{kind}/{owner}/download.csv", get(csv))
        .route("/estate/{kind}/{owner}/download.xlsx", get(xlsx))
        .route("/template/{body}", get(template))
}

async fn csv(viewer: Viewer, Path((kind, owner)): Path<(String, String)>) -> Result<Response, Problem> {
    let (kind, bytes) = entries(&viewer, &kind, &owner, Form::Csv).await?;
    Ok(file(CSV, &format!("{owner}-{}.csv", kind.key()), bytes))
}

async fn xlsx(viewer: Viewer, Path((kind, owner)): Path<(String, String)>) -> Result<Response, Problem> {
    let (kind, bytes) = entries(&viewer, &kind, &owner, Form::Xlsx).await?;
    Ok(file(XLSX, &format!("{owner}-{}.xlsx", kind.key()), bytes))
}

async fn entries(viewer: &Viewer, kind: &str, owner: &str, form: Form) -> Result<(Kind, Vec<u8>), Problem> {
    let kind: Kind = kind.parse().map_err(|_| Refusal::NotThere { what: "kind of entry" })?;
    let bytes = viewer.web.operations.export_entries(&viewer.actor, owner, kind, form).await?;
    Ok((kind, bytes))
}

async fn template(viewer: Viewer, Path(body): Path<String>) -> Result<Response, Problem> {
    let bytes = viewer.web.operations.template(&viewer.actor, &body).await?;
    let name = if body == PARTNERSHIP { "partnership.xlsx" } else { "estate.xlsx" };
    Ok(file(XLSX, name, bytes))
}

/// A file to be kept, under a name that no browser or shell reads anything into.
pub(super) fn file(form: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let harmless = |letter: char| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    let name: String = name.chars().map(harmless).collect();
    let headers = [
        (header::CONTENT_TYPE, form.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
