//! The report: its own words beside its live figures, its preview and its files.

mod about;
mod downloads;
mod draft;
mod editor;
mod live;
mod read;
mod words;

use axum::Router;
use axum::routing::get;

use crate::server::Web;

pub(super) use downloads::files;
pub(super) use editor::checks;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/report", get(editor::show).post(editor::save))
        .route("/report/read", get(read::show))
        .route("/report/preview.pdf", get(downloads::preview))
        .route("/report/downloads", get(downloads::show))
        .route("/run/{id}/files/{name}", get(downloads::file))
}
