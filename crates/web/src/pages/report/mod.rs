//! The report: its own words beside its live figures, its preview and its files.

mod about;
mod commitments;
mod downloads;
mod draft;
mod editor;
mod form;
mod live;
mod papers;
mod read;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::pages::upload;
use crate::server::Web;

pub(super) use downloads::files;
pub(super) use editor::checks;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/report", get(editor::show).post(editor::save))
        .route("/report/read", get(read::show))
        .route("/report/preview.pdf", get(downloads::preview))
        .route("/report/downloads", get(downloads::show))
        .route("/report/form", get(form::show).post(form::fill).layer(DefaultBodyLimit::max(upload::LONGEST as usize)))
        .route("/report/papers", get(papers::show))
        .route("/report/papers/{name}", get(papers::file))
        .route("/report/commitments", get(commitments::show).post(commitments::record))
        .route("/run/{id}/files/{name}", get(downloads::file))
}
