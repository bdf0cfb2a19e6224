//! The JSON API: the same operations as the pages, with OpenAPI, tokens, and problems as JSON.

use axum::Router;

use crate::server::Web;

/// The routes below `/api`.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
}
