//! What an authority publishes of its decisions: seen as it would be, published, withdrawn; and handed to a committee system.

use axum::http::header;
use axum::response::IntoResponse;
use jiff::Timestamp;
use penshaw_operations::{PublicKind, PublishView, Published};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::Conditions;
use super::partnership::not_there;
use super::problem::ApiProblem;
use super::sent::{At, Sent};
use super::{Answer, words};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(show, publish)).routes(routes!(withdraw)).routes(routes!(committee_pack))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PublicationPath {
    /// The authority's code.
    #[param(min_length = 1)]
    authority: String,
    /// A notice, the report to a decision, or the statement of a decision.
    #[param(schema_with = words::public_kind)]
    kind: String,
    /// The reference of the notice or of the decision.
    #[param(min_length = 1)]
    reference: String,
}

impl PublicationPath {
    fn kind(&self) -> Result<PublicKind, ApiProblem> {
        PublicKind::of(&self.kind).ok_or_else(|| not_there("publication"))
    }
}

/// What would be published, and what was.
#[derive(Serialize, ToSchema)]
struct PublicationSeen {
    /// The title.
    title: Option<String>,
    /// Whether it is public as it stands.
    is_public: bool,
    /// The digest of what would be published, to be sent with the order to publish it.
    digest: Option<String>,
    /// Everything that it lacks; while there is any it cannot be published.
    lacks: Vec<String>,
    /// What anybody would read, as blocks.
    document: Value,
    /// The versions that were published, the newest first.
    versions: Vec<VersionSeen>,
}

/// One version of what was published.
#[derive(Serialize, ToSchema)]
struct VersionSeen {
    /// 1 for the first.
    version: i64,
    /// The digest of what was published.
    digest: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    published_at: Timestamp,
    /// Why it was withdrawn, where this version withdraws it.
    withdrawn: Option<String>,
}

impl From<&Published> for VersionSeen {
    fn from(one: &Published) -> Self {
        VersionSeen {
            version: one.version,
            digest: one.digest.clone(),
            published_at: one.published_at,
            withdrawn: one.withdrawn.clone(),
        }
    }
}

impl From<PublishView> for PublicationSeen {
    fn from(view: PublishView) -> Self {
        let document = |view: &PublishView| {
            let record = view.record.as_ref().ok()?;
            Some(serde_json::to_value(&record.document).expect("a document is plain data"))
        };
        PublicationSeen {
            title: view.record.as_ref().ok().map(|record| record.title.clone()),
            is_public: view.is_published(),
            digest: view.digest.clone(),
            document: document(&view).unwrap_or_default(),
            versions: view.versions.iter().map(VersionSeen::from).collect(),
            lacks: view.record.err().unwrap_or_default(),
        }
    }
}

/// What is to be published, as it was seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToPublish {
    /// The digest of what was seen.
    digest: String,
}

/// Why a publication is withdrawn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToWithdraw {
    /// What readers are told.
    #[schema(min_length = 1)]
    reason: String,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct PackPath {
    /// The authority's code.
    #[param(min_length = 1)]
    authority: String,
    /// Its reference of the decision.
    #[param(min_length = 1)]
    decision: String,
}

/// What would be published, and what was.
#[utoipa::path(get, path = "/publications/{authority}/{kind}/{reference}", tag = "Publications", params(PublicationPath),
    responses((status = 200, body = PublicationSeen, description = "What anybody would read, and the versions so far")))]
async fn show(caller: Caller, At(path): At<PublicationPath>, conditions: Conditions) -> Answer {
    let kind = path.kind()?;
    let view = caller.operations.publish_view(&caller.actor, &path.authority, kind, &path.reference).await?;
    Ok(conditions.answer(&PublicationSeen::from(view)))
}

/// Publishes it as it was seen: anybody may read it from then on.
#[utoipa::path(post, path = "/publications/{authority}/{kind}/{reference}", tag = "Publications", params(PublicationPath),
    request_body = ToPublish, responses((status = 200, body = PublicationSeen, description = "It is public")))]
async fn publish(caller: Caller, At(path): At<PublicationPath>, Sent(sent): Sent<ToPublish>) -> Answer {
    let (kind, operations) = (path.kind()?, &caller.operations);
    operations.publish_record(&caller.actor, &path.authority, kind, &path.reference, &sent.digest).await?;
    let view = operations.publish_view(&caller.actor, &path.authority, kind, &path.reference).await?;
    Ok(axum::Json(PublicationSeen::from(view)).into_response())
}

/// Withdraws what is public: its address stays and says why.
#[utoipa::path(post, path = "/publications/{authority}/{kind}/{reference}/withdraw", tag = "Publications",
    params(PublicationPath), request_body = ToWithdraw,
    responses((status = 200, body = PublicationSeen, description = "It is withdrawn")))]
async fn withdraw(caller: Caller, At(path): At<PublicationPath>, Sent(sent): Sent<ToWithdraw>) -> Answer {
    let (kind, operations) = (path.kind()?, &caller.operations);
    operations.withdraw_record(&caller.actor, &path.authority, kind, &path.reference, &sent.reason).await?;
    let view = operations.publish_view(&caller.actor, &path.authority, kind, &path.reference).await?;
    Ok(axum::Json(PublicationSeen::from(view)).into_response())
}

/// What a committee system takes of a decision: its fields, the agenda entry, notices, report and statement.
#[utoipa::path(get, path = "/committee-packs/{authority}/{decision}", tag = "Publications", params(PackPath),
    responses((status = 200, description = "The files", content((Vec<u8> = "application/zip")))))]
async fn committee_pack(caller: Caller, At(path): At<PackPath>) -> Answer {
    let bytes = caller.operations.hand_over(&caller.actor, &path.authority, &path.decision).await?;
    let name = "attachment; filename=\"committee-pack.zip\"";
    Ok(([(header::CONTENT_TYPE, "application/zip"), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}
