//! Pages about the service: accessibility, help, privacy, cookies.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
