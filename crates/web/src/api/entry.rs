//! One entry: read, put in place, removed, and how it came to be what it is. No change is made unseen: `If-Match`.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use penshaw_operations::{Happened, HistoryStep, Refusal, Verb};
use penshaw_register::{FieldChange, Kind, Record};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::caller::Caller;
use super::conditions::{Conditions, tag};
use super::problem::ApiProblem;
use super::sent::{At, Sent};
use super::words::{self, AnyRecord, AnySeenRecord, WrittenRecord, kind_of};
use super::{Answer, done};
use crate::server::Web;
use crate::values;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(show, put, remove)).routes(routes!(history))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct EntryPath {
    /// The kind of entry.
    #[param(schema_with = words::kind)]
    kind: String,
    /// The owner's code, or `partnership`.
    #[param(min_length = 1)]
    owner: String,
    /// The owner's own reference.
    #[param(min_length = 1)]
    reference: String,
}

/// One entry, as the caller may see it.
#[derive(Serialize, ToSchema)]
pub(super) struct EntrySeen {
    /// Whose it is.
    owner: String,
    /// Whether it is whole; else it is what its owner shares.
    whole: bool,
    /// When what is seen of it last changed.
    changed_at: Timestamp,
    /// The record, or its shared part.
    #[schema(value_type = AnySeenRecord)]
    record: Record,
    /// What is given instead of figures, by field.
    instead: BTreeMap<String, String>,
    /// The fields that are kept back.
    kept: Vec<String>,
    /// Whether the caller may change it.
    may_edit: bool,
}

/// How an entry came to be what it is, the newest step first.
#[derive(Serialize, ToSchema)]
struct History {
    steps: Vec<StepSeen>,
}

#[derive(Serialize, ToSchema)]
struct StepSeen {
    /// 1 for the first, and so on.
    number: i64,
    /// When.
    at: Timestamp,
    /// Who.
    by: String,
    /// What became of it.
    #[schema(schema_with = became)]
    what: &'static str,
    /// The fields that changed.
    changes: Vec<ChangeSeen>,
    /// The import that brought it, where one did.
    import: Option<String>,
}

fn became() -> utoipa::openapi::schema::Object {
    words::one_of(["added", "changed", "removed"])
}

/// A field that changed.
#[derive(Serialize, ToSchema)]
pub(super) struct ChangeSeen {
    /// The field's name; `confidence` for that of the whole record.
    name: String,
    /// What it held; null where it held nothing.
    #[schema(value_type = Value)]
    before: Value,
    /// What it holds; null where it holds nothing.
    #[schema(value_type = Value)]
    after: Value,
}

impl From<FieldChange> for ChangeSeen {
    fn from(change: FieldChange) -> Self {
        let (mut before, mut after) = (change.before.unwrap_or_default(), change.after.unwrap_or_default());
        if let Some((was, is)) = change.confidence.filter(|_| before == after) {
            (before, after) = (was.word().into(), is.word().into());
        }
        ChangeSeen { name: change.name, before, after }
    }
}

/// An entry as the caller may see it, with its version's number where they see it whole.
pub(super) async fn seen(
    caller: &Caller,
    kind: Kind,
    owner: &str,
    reference: &str,
) -> Result<(Option<i64>, EntrySeen), ApiProblem> {
    let view = caller.operations.view_entry(&caller.actor, owner, kind, reference).await?;
    let number = view.own.as_ref().map(|own| own.number);
    let seen = EntrySeen {
        owner: view.owner,
        whole: number.is_some(),
        changed_at: view.changed_at,
        record: view.record,
        instead: view.instead,
        kept: view.kept,
        may_edit: view.own.is_some_and(|own| own.may_edit),
    };
    Ok((number, seen))
}

/// An entry, as far as the caller may see it.
#[utoipa::path(get, path = "/entries/{kind}/{owner}/{reference}", tag = "Entries", params(EntryPath), responses((status = 200, body = EntrySeen, description = "The entry; its ETag is its version's number")))]
async fn show(caller: Caller, At(path): At<EntryPath>, conditions: Conditions) -> Answer {
    let (number, seen) = seen(&caller, kind_of(&path.kind)?, &path.owner, &path.reference).await?;
    Ok(match number {
        Some(number) => conditions.answer_as(number, &seen),
        // A version's number would tell of changes that are not shared.
        None => conditions.answer(&seen),
    })
}

/// Puts an entry in place of the one that stands (`If-Match`), or adds it (`If-None-Match: *`).
#[utoipa::path(put, path = "/entries/{kind}/{owner}/{reference}", tag = "Entries",
    params(EntryPath, ("If-Match" = Option<String>, Header, description = "The ETag of the entry as it was read"), ("If-None-Match" = Option<String>, Header, description = "`*`, to add an entry that is not there yet")),
    request_body = AnyRecord,
    responses((status = 200, body = EntrySeen, description = "The entry as it stands now", headers(("ETag" = String, description = "Its version"))),
        (status = 201, body = EntrySeen, description = "The entry was added", headers(("ETag" = String, description = "Its version"), ("Location" = String, description = "Its address")))))]
async fn put(
    caller: Caller,
    At(path): At<EntryPath>,
    conditions: Conditions,
    Sent(sent): Sent<WrittenRecord>,
) -> Answer {
    let kind = kind_of(&path.kind)?;
    let record = sent.of(kind)?;
    if record.reference != path.reference {
        return Err(ApiProblem::invalid("reference", format!("Enter \"{}\", as the address says", path.reference)));
    }
    let is_new = conditions.is_new();
    let expected = match is_new {
        true => absent(&caller, kind, &path).await?,
        false => standing(&caller, kind, &path, &conditions).await?,
    };
    if let Err(refusal) = caller.operations.save_entry(&caller.actor, &path.owner, &record, expected).await {
        return Err(changed(&caller, kind, &path, refusal).await);
    }
    let (number, seen) = seen(&caller, kind, &path.owner, &path.reference).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    let body = (status, axum::Json(&seen)).into_response();
    Ok(with_location(body, number, &path.owner, kind, &path.reference))
}

/// Removes an entry: its history stays.
#[utoipa::path(delete, path = "/entries/{kind}/{owner}/{reference}", tag = "Entries",
    params(EntryPath, ("If-Match" = Option<String>, Header, description = "The ETag of the entry as it was read")),
    responses((status = 204, description = "It is removed")))]
async fn remove(caller: Caller, At(path): At<EntryPath>, conditions: Conditions) -> Answer {
    let kind = kind_of(&path.kind)?;
    let expected = standing(&caller, kind, &path, &conditions).await?.unwrap_or_default();
    let removed = caller.operations.remove_entry(&caller.actor, &path.owner, kind, &path.reference, expected).await;
    match removed {
        Ok(()) => Ok(done()),
        Err(refusal) => Err(changed(&caller, kind, &path, refusal).await),
    }
}

/// How an entry came to be what it is; for its owner's members.
#[utoipa::path(get, path = "/entries/{kind}/{owner}/{reference}/history", tag = "Entries", params(EntryPath), responses((status = 200, body = History, description = "Every step, the newest first")))]
async fn history(caller: Caller, At(path): At<EntryPath>, conditions: Conditions) -> Answer {
    let kind = kind_of(&path.kind)?;
    let view = caller.operations.view_entry(&caller.actor, &path.owner, kind, &path.reference).await?;
    let own = view.own.ok_or(Refusal::NotAllowed { what: Verb::SeeOwn.words() })?;
    Ok(conditions.answer(&History { steps: own.history.into_iter().map(step).collect() }))
}

fn step(step: HistoryStep) -> StepSeen {
    let (what, changes) = match step.what {
        Happened::Added => ("added", Vec::new()),
        Happened::Changed(fields) => ("changed", fields),
        Happened::Removed => ("removed", Vec::new()),
    };
    StepSeen {
        number: step.number,
        at: step.at,
        by: step.by,
        what,
        changes: changes.into_iter().map(ChangeSeen::from).collect(),
        import: step.import,
    }
}

/// Makes sure that an entry which is to be added is not there yet.
async fn absent(caller: &Caller, kind: Kind, path: &EntryPath) -> Result<Option<i64>, ApiProblem> {
    if !caller.actor.reads_whole_of(&path.owner) || !caller.actor.may(Verb::edit(kind), &path.owner) {
        // The operation refuses in its own words.
        return Ok(None);
    }
    match seen(caller, kind, &path.owner, &path.reference).await {
        Ok((_, seen)) => Err(ApiProblem::changed(serde_json::to_value(seen).ok())),
        Err(_) => Ok(None),
    }
}

/// The number of the version that stands, if the caller says that they saw that one.
async fn standing(
    caller: &Caller,
    kind: Kind,
    path: &EntryPath,
    conditions: &Conditions,
) -> Result<Option<i64>, ApiProblem> {
    conditions.must_be_there()?;
    let theirs = caller.actor.reads_whole_of(&path.owner).then_some(());
    theirs.ok_or(Refusal::NotThere { what: "entry" })?;
    let (number, seen) = seen(caller, kind, &path.owner, &path.reference).await?;
    caller.actor.must(Verb::edit(kind), &path.owner)?;
    match number {
        Some(number) if conditions.matches(number) => Ok(Some(number)),
        _ => Err(ApiProblem::changed(serde_json::to_value(seen).ok())),
    }
}

/// Somebody else was faster: with what stands there now.
async fn changed(caller: &Caller, kind: Kind, path: &EntryPath, refusal: Refusal) -> ApiProblem {
    if !matches!(refusal, Refusal::ChangedMeanwhile { .. }) {
        return refusal.into();
    }
    let now = seen(caller, kind, &path.owner, &path.reference).await.ok();
    ApiProblem::changed(now.and_then(|(_, seen)| serde_json::to_value(seen).ok()))
}

/// Adds an entry's tag and address to an answer.
pub(super) fn with_location(
    mut response: Response,
    number: Option<i64>,
    owner: &str,
    kind: Kind,
    reference: &str,
) -> Response {
    let headers = response.headers_mut();
    if let Some(Ok(tag)) = number.map(|number| HeaderValue::from_str(&tag(number))) {
        headers.insert(header::ETAG, tag);
    }
    let address = format!("/api/v1/entries/{kind}/{}/{}", values::path(owner), values::path(reference));
    if let Ok(address) = HeaderValue::from_str(&address) {
        headers.insert(header::LOCATION, address);
    }
    response
}
