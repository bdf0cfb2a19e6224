//! Entries of one kind edited as a table: options, lines and risks above all.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
