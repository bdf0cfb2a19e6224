//! Baselines: what was frozen, freezing, and what differs between two.

use axum::Router;

use crate::server::Web;

pub(super) fn routes() -> Router<Web> {
    Router::new()
}
