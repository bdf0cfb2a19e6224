//! What is recommended, why, what was rejected, and its adoption.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
