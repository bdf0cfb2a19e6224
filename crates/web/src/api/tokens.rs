//! The caller's own tokens: seen and removed here, made on the account page alone.

use jiff::Timestamp;
use penshaw_operations::ApiToken;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::At;
use super::{Answer, done, words};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(remove))
}

#[derive(Serialize, ToSchema)]
struct Tokens {
    tokens: Vec<TokenSeen>,
}

/// A token, without its secret.
#[derive(Serialize, ToSchema)]
struct TokenSeen {
    /// Names it.
    id: String,
    /// What it is used for.
    label: String,
    /// What it may do.
    #[schema(schema_with = scopes)]
    scopes: Vec<String>,
    /// When it was made.
    created_at: Timestamp,
    /// When it stops working.
    expires_at: Timestamp,
    /// When it was last used, to the minute.
    used_at: Option<Timestamp>,
}

fn scopes() -> utoipa::openapi::schema::Array {
    utoipa::openapi::schema::Array::new(words::one_of(["read", "write"]))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct TokenPath {
    /// The token's id.
    #[param(min_length = 1)]
    token: String,
}

/// The caller's own tokens.
#[utoipa::path(get, path = "/tokens", tag = "Tokens", responses((status = 200, body = Tokens, description = "The tokens")))]
async fn list(caller: Caller, conditions: Conditions) -> Answer {
    let seen = |token: ApiToken| TokenSeen {
        id: token.id,
        label: token.label,
        scopes: token.scopes,
        created_at: token.created_at,
        expires_at: token.expires_at,
        used_at: token.used_at,
    };
    let own = caller.operations.api_tokens(&caller.actor).await?;
    Ok(conditions.answer(&Tokens { tokens: own.into_iter().map(seen).collect() }))
}

/// Removes one of the caller's own tokens: it stops working at once.
#[utoipa::path(delete, path = "/tokens/{token}", tag = "Tokens", params(TokenPath), responses((status = 204, description = "It works no longer")))]
async fn remove(caller: Caller, At(path): At<TokenPath>) -> Answer {
    caller.operations.remove_api_token(&caller.actor, &path.token).await?;
    Ok(done())
}
