//! Downloads of entries.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
