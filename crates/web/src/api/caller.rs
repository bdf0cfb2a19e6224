//! Who calls the API: known by a personal token alone, never by a cookie, so that no other site can call for them.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use penshaw_operations::{Actor, Operations, Refusal};

use super::problem::ApiProblem;
use crate::server::Web;

/// Whoever a token acts for.
pub(super) struct Caller {
    pub(super) actor: Actor,
    pub(super) operations: Operations,
}

impl FromRequestParts<Web> for Caller {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, ApiProblem> {
        let token = token(parts).ok_or(Refusal::SignedOut)?;
        let visitor = web.operations.bearer(token).await?;
        let actor = visitor.actor.ok_or(Refusal::SignedOut)?;
        Ok(Caller { actor, operations: web.operations.clone() })
    }
}

/// The token of `Authorization: Bearer …`, where there is exactly one such header.
fn token(parts: &Parts) -> Option<&str> {
    let mut said = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (one, None) = (said.next()?, said.next()) else { return None };
    let (scheme, token) = one.to_str().ok()?.split_once(' ')?;
    let token = token.trim_start();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with("penshaw_")).then_some(token)
}
