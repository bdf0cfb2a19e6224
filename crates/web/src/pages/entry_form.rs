//! The form by which an entry is added or changed, and the page that asks before one is removed.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
