//! Work that takes a while: how far it has come, and the way to stop it.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
