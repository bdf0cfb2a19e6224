//! The entries of a kind: searched, filtered, sorted, page by page, as far as the caller may see them.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::Timestamp;
use penshaw_operations::{ListAsked, Listed, MOST_ON_A_PAGE};
use penshaw_register::Record;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::entry::{self, with_location};
use super::kinds::KindPath;
use super::paging::{PER_PAGE, Pages};
use super::sent::{Asked, At, Sent};
use super::words::{self, AnyRecord, AnySeenRecord, WrittenRecord, filled, kind_of};
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(list)).routes(routes!(add))
}

/// What a list is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Of one owner alone, by its code.
    #[serde(default, deserialize_with = "filled")]
    owner: Option<String>,
    /// Words that each entry must hold.
    #[serde(default, deserialize_with = "filled")]
    words: Option<String>,
    /// Of one confidence alone.
    #[param(schema_with = words::confidence, required = false)]
    confidence: Option<penshaw_basis::Confidence>,
    /// What they are sorted by: `title`, `reference`, `owner`, `confidence`, `changed` or a field's name.
    #[serde(default, deserialize_with = "filled")]
    sort: Option<String>,
    /// Which way.
    #[param(schema_with = order, required = false)]
    order: Option<Order>,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000)]
    page: Option<u64>,
    /// How many on a page; 50 where nothing is said.
    #[param(minimum = 1, maximum = 1_000)]
    per_page: Option<u64>,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Order {
    Ascending,
    Descending,
}

fn order() -> utoipa::openapi::schema::Object {
    words::one_of(["ascending", "descending"])
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
struct EntryList {
    /// How many there are on all pages.
    total: u64,
    /// Which page this is.
    page: u64,
    /// How many are on a page.
    per_page: u64,
    /// The entries.
    entries: Vec<EntryListed>,
}

/// An entry in a list.
#[derive(Serialize, ToSchema)]
struct EntryListed {
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
}

/// Counted from 1 to as far as lists go.
pub(super) fn page(asked: Option<u64>) -> Result<u64, super::problem::ApiProblem> {
    within("page", asked.unwrap_or(1), 1_000_000)
}

/// From 1 to the most that are given at once.
pub(super) fn per_page(asked: Option<u64>, most: u64) -> Result<u64, super::problem::ApiProblem> {
    within("per_page", asked.unwrap_or(PER_PAGE), most)
}

pub(super) fn within(name: &str, number: u64, most: u64) -> Result<u64, super::problem::ApiProblem> {
    let fits = (1..=most).contains(&number);
    let problem = || super::problem::ApiProblem::unreadable(name, format!("enter a number from 1 to {most}"));
    if fits { Ok(number) } else { Err(problem()) }
}

/// The entries of a kind, as far as the caller may see them.
#[utoipa::path(get, path = "/entries/{kind}", tag = "Entries", params(KindPath, ListQuery), responses((status = 200, body = EntryList, description = "A page of the entries; `Link` names the others", headers(("Link" = String, description = "The first, previous, next and last page")))))]
async fn list(
    caller: Caller,
    At(path): At<KindPath>,
    Asked(asked): Asked<ListQuery>,
    conditions: Conditions,
) -> Answer {
    let kind = kind_of(&path.kind)?;
    let (page, per_page) = (page(asked.page)?, per_page(asked.per_page, MOST_ON_A_PAGE)?);
    let confidence = asked.confidence.map(|one| one.word().to_owned());
    let descending = asked.order == Some(Order::Descending);
    let question = ListAsked {
        owner: asked.owner.clone(),
        words: asked.words.clone().unwrap_or_default(),
        confidence: confidence.clone(),
        holding: None,
        sort: asked.sort.clone().unwrap_or_default(),
        descending,
        page,
        per_page,
    };
    let list = caller.operations.list_entries(&caller.actor, kind, &question).await?;
    let order = descending.then(|| "descending".to_owned());
    let per = asked.per_page.map(|number| number.to_string());
    let named = [
        ("owner", asked.owner),
        ("words", asked.words),
        ("confidence", confidence),
        ("sort", asked.sort),
        ("order", order),
        ("per_page", per),
    ];
    let pages = Pages {
        address: &format!("/api/v1/entries/{kind}"),
        asked: named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
        page,
        last: list.total.div_ceil(per_page).max(1),
    };
    let entries = list.entries.into_iter().map(listed).collect();
    Ok(pages.link(conditions.answer(&EntryList { total: list.total, page, per_page, entries })))
}

fn listed(entry: Listed) -> EntryListed {
    EntryListed {
        owner: entry.owner,
        whole: entry.whole,
        changed_at: entry.changed_at,
        record: entry.record,
        instead: entry.instead,
        kept: entry.kept,
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct OwnerPath {
    /// The kind of entry.
    #[param(schema_with = words::kind)]
    kind: String,
    /// The owner's code, or `partnership`.
    #[param(min_length = 1)]
    owner: String,
}

/// Adds an entry.
#[utoipa::path(post, path = "/entries/{kind}/{owner}", tag = "Entries", params(OwnerPath), request_body = AnyRecord, responses((status = 201, body = entry::EntrySeen, description = "The entry as it stands now", headers(("ETag" = String, description = "Its version"), ("Location" = String, description = "Its address")))))]
async fn add(caller: Caller, At(path): At<OwnerPath>, Sent(sent): Sent<WrittenRecord>) -> Answer {
    let kind = kind_of(&path.kind)?;
    let record = sent.of(kind)?;
    caller.operations.save_entry(&caller.actor, &path.owner, &record, None).await?;
    let (number, seen) = entry::seen(&caller, kind, &path.owner, &record.reference).await?;
    let body = (StatusCode::CREATED, axum::Json(&seen)).into_response();
    Ok(with_location(body, number, &path.owner, kind, &record.reference))
}
