//! Imports: a file uploaded or pasted, its preview, its difference, its commit.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
