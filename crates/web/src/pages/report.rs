//! The report: its own words beside its live figures, its preview and its files.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
