//! What an authority shares, and the choices by which it decides.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
