//! What an authority shares, and the choices by which it decides.

mod fields;
mod overview;
mod preview;
mod subject;
mod words;

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new().merge(overview::routes()).merge(subject::routes())
}

/// The address at which an authority decides what it shares.
fn address(body: &str) -> String {
    format!("/sharing/{}", crate::values::path(body))
}
