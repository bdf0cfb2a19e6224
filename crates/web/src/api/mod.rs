//! The JSON API: the same operations as the pages, with OpenAPI, tokens, and problems as JSON.

mod analyses;
mod audit;
mod baselines;
mod caller;
mod conditions;
mod delivery;
mod document;
mod entries;
mod entry;
mod export;
mod imports;
mod jobs;
mod kind_schemas;
mod kinds;
mod opportunities;
mod paging;
mod partnership;
mod people;
mod problem;
mod publications;
mod report;
mod runs;
mod sent;
mod sharing;
mod tokens;
mod words;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use penshaw_operations::Refusal;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;

use self::problem::ApiProblem;
use crate::server::Web;

/// What a handler answers.
type Answer = Result<Response, ApiProblem>;

/// The routes below `/api`.
pub(crate) fn routes() -> Router<Web> {
    let (resources, described) = described().split_for_parts();
    let text = Bytes::from(document::complete(described).to_string());
    let openapi = get(move || async move { ([(header::CONTENT_TYPE, "application/json")], text) });
    resources
        .route("/api/openapi.json", openapi)
        .route("/api", any(unknown))
        .route("/api/{*rest}", any(unknown))
        .method_not_allowed_fallback(other_method)
        // Each resource has a limit of its own.
        .layer(DefaultBodyLimit::disable())
}

/// The API's description by OpenAPI 3.1, as `/api/openapi.json` gives it.
pub fn openapi() -> Value {
    document::complete(described().into_openapi())
}

fn described() -> OpenApiRouter<Web> {
    let resources = OpenApiRouter::default()
        .merge(partnership::routes())
        .merge(kinds::routes())
        .merge(entries::routes())
        .merge(entry::routes())
        .merge(sharing::routes())
        .merge(baselines::routes())
        .merge(imports::routes())
        .merge(jobs::routes())
        .merge(analyses::routes())
        .merge(opportunities::routes())
        .merge(runs::routes())
        .merge(report::routes())
        .merge(delivery::routes())
        .merge(publications::routes())
        .merge(people::routes())
        .merge(audit::routes())
        .merge(tokens::routes())
        .merge(export::routes());
    OpenApiRouter::with_openapi(document::beginning()).nest("/api/v1", resources)
}

async fn unknown() -> ApiProblem {
    Refusal::NotThere { what: "resource" }.into()
}

async fn other_method() -> ApiProblem {
    ApiProblem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "this resource does not take that method",
        "use one that Allow names",
    )
}

/// An answer without a body: it is done.
fn done() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
