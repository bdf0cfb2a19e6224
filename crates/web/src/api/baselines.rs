//! Baselines: an owner's entries frozen as of a day, and what differs between two of them.

use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use penshaw_basis::Date;
use penshaw_operations::Frozen;
use penshaw_register::{Change, What};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::entry::ChangeSeen;
use super::partnership::not_there;
use super::sent::{Asked, At, Sent};
use super::sharing::OwnerPath;
use super::words::{self, filled};
use crate::server::Web;
use crate::values;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list, freeze)).routes(routes!(show)).routes(routes!(differences))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct BaselinePath {
    /// The owner's code, or `partnership`.
    #[param(min_length = 1)]
    owner: String,
    /// The baseline.
    #[param(min_length = 1)]
    baseline: String,
}

/// A baseline.
#[derive(Serialize, ToSchema)]
struct BaselineSeen {
    /// Names it.
    id: String,
    /// Whose it is.
    owner: String,
    /// The day that its entries are of.
    on: Date,
    /// The digest of owner, day and records.
    digest: String,
    /// How many entries it has.
    entries: i64,
    /// What it was frozen for.
    note: String,
    /// When it was frozen.
    frozen_at: Timestamp,
    /// Who froze it.
    frozen_by: String,
}

impl From<Frozen> for BaselineSeen {
    fn from(frozen: Frozen) -> Self {
        BaselineSeen {
            id: frozen.id,
            owner: frozen.owner,
            on: frozen.on,
            digest: frozen.digest,
            entries: frozen.entries,
            note: frozen.note,
            frozen_at: frozen.frozen_at,
            frozen_by: frozen.frozen_by,
        }
    }
}

#[derive(Serialize, ToSchema)]
struct Baselines {
    baselines: Vec<BaselineSeen>,
}

/// What is to be frozen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Freeze {
    /// The day that the entries are of, not in the future.
    on: Date,
    /// What it is frozen for.
    #[serde(default)]
    #[schema(max_length = 500)]
    note: String,
}

/// What differs.
#[derive(Serialize, ToSchema)]
struct Differences {
    /// The earlier baseline.
    earlier: BaselineSeen,
    /// The later one; null for the entries as they stand.
    later: Option<BaselineSeen>,
    /// How many records are the same in both.
    unchanged: usize,
    /// The records that differ.
    changes: Vec<RecordChanged>,
}

/// A record that differs.
#[derive(Serialize, ToSchema)]
struct RecordChanged {
    #[schema(schema_with = words::kind)]
    kind: &'static str,
    /// Its reference.
    reference: String,
    /// How it differs.
    #[schema(schema_with = became)]
    what: &'static str,
    /// The fields that differ.
    fields: Vec<ChangeSeen>,
}

fn became() -> utoipa::openapi::schema::Object {
    words::one_of(["added", "changed", "removed"])
}

/// An owner's baselines, the newest first; for its own members.
#[utoipa::path(get, path = "/baselines/{owner}", tag = "Baselines", params(OwnerPath), responses((status = 200, body = Baselines, description = "The baselines")))]
async fn list(caller: Caller, At(path): At<OwnerPath>, conditions: Conditions) -> Answer {
    let found = caller.operations.baselines(&caller.actor, &path.owner).await?;
    Ok(conditions.answer(&Baselines { baselines: found.into_iter().map(BaselineSeen::from).collect() }))
}

/// Freezes an owner's entries as they stand.
#[utoipa::path(post, path = "/baselines/{owner}", tag = "Baselines", params(OwnerPath), request_body = Freeze, responses((status = 201, body = BaselineSeen, description = "The baseline", headers(("Location" = String, description = "Its address")))))]
async fn freeze(caller: Caller, At(path): At<OwnerPath>, Sent(sent): Sent<Freeze>) -> Answer {
    let frozen = caller.operations.freeze_baseline(&caller.actor, &path.owner, sent.on, &sent.note).await?;
    let address = format!("/api/v1/baselines/{}/{}", values::path(&frozen.owner), frozen.id);
    let body = axum::Json(BaselineSeen::from(frozen));
    Ok((StatusCode::CREATED, [(header::LOCATION, address)], body).into_response())
}

/// A baseline; for its owner's members.
#[utoipa::path(get, path = "/baselines/{owner}/{baseline}", tag = "Baselines", params(BaselinePath), responses((status = 200, body = BaselineSeen, description = "The baseline")))]
async fn show(caller: Caller, At(path): At<BaselinePath>, conditions: Conditions) -> Answer {
    let found = caller.operations.baselines(&caller.actor, &path.owner).await?;
    let one = found.into_iter().find(|frozen| frozen.id == path.baseline).ok_or_else(|| not_there("baseline"))?;
    Ok(conditions.answer(&BaselineSeen::from(one)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Later {
    /// The later baseline; the entries as they stand where it is left out.
    #[serde(default, deserialize_with = "filled")]
    later: Option<String>,
}

/// What differs between a baseline and a later one, or the entries as they stand.
#[utoipa::path(get, path = "/baselines/{owner}/{baseline}/differences", tag = "Baselines", params(BaselinePath, Later), responses((status = 200, body = Differences, description = "What differs")))]
async fn differences(
    caller: Caller,
    At(path): At<BaselinePath>,
    Asked(asked): Asked<Later>,
    conditions: Conditions,
) -> Answer {
    let later = asked.later.as_deref();
    let compared = caller.operations.compare_baselines(&caller.actor, &path.owner, &path.baseline, later).await?;
    Ok(conditions.answer(&Differences {
        earlier: compared.earlier.into(),
        later: compared.later.map(BaselineSeen::from),
        unchanged: compared.difference.unchanged,
        changes: compared.difference.changes.into_iter().map(changed).collect(),
    }))
}

fn changed(change: Change) -> RecordChanged {
    let (what, fields) = match change.what {
        What::New => ("added", Vec::new()),
        What::Changed(fields) => ("changed", fields),
        What::NotInFile => ("removed", Vec::new()),
    };
    let fields = fields.into_iter().map(ChangeSeen::from).collect();
    RecordChanged { kind: change.kind.key(), reference: change.reference, what, fields }
}
