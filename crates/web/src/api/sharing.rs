//! What an authority shares: its choices, in the order in which they are read.

use penshaw_operations::{Refusal, Sharing};
use penshaw_register::{Instead, Kind, SharingChoice, Which};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::problem::ApiProblem;
use super::sent::{At, Sent};
use super::words;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(show, put))
}

/// An owner, in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct OwnerPath {
    /// The owner's code, or `partnership`.
    #[param(min_length = 1)]
    pub(super) owner: String,
}

/// What an authority shares.
#[derive(Serialize, ToSchema)]
struct SharingSeen {
    /// The authority's code.
    owner: String,
    /// Its choices, in the order in which they are read: the last that speaks of a field decides.
    choices: Vec<Choice>,
    /// How much of each kind is shared by them.
    counts: Vec<SharedOfKind>,
    /// Whether the caller may change them.
    may_share: bool,
}

/// How much of a kind is shared.
#[derive(Serialize, ToSchema)]
struct SharedOfKind {
    #[schema(schema_with = words::kind)]
    kind: &'static str,
    /// Entries there are.
    entries: usize,
    /// Entries of which something is shared.
    shared: usize,
    /// Figures and words kept back in entries that are shared.
    kept_fields: usize,
}

/// The choices that are to stand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Choices {
    /// The choices, in the order in which they are read.
    #[schema(max_items = 1_000)]
    choices: Vec<Choice>,
}

/// One choice.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Choice {
    /// The kind it is about; every kind where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    #[schema(schema_with = words::kind, required = false)]
    kind: Option<Kind>,
    /// The references of the entries it is about, or `"all"`.
    #[serde(default)]
    records: AllOrSome,
    /// The fields it is about, or `"all"`.
    #[serde(default)]
    fields: AllOrSome,
    /// Whether they are shared.
    shared: bool,
    /// What is given in place of figures that are kept back.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    #[schema(schema_with = instead, required = false)]
    instead: Option<Instead>,
}

/// A value that is there: where there is none, its name is left out.
fn said<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    T::deserialize(reader).map(Some)
}

fn instead() -> utoipa::openapi::schema::Object {
    words::one_of(Instead::ALL.iter().map(|one| one.word()))
}

/// `"all"`, or a list of names.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
enum AllOrSome {
    All(All),
    Some(Vec<String>),
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum All {
    All,
}

impl Default for AllOrSome {
    fn default() -> Self {
        AllOrSome::All(All::All)
    }
}

impl From<AllOrSome> for Which {
    fn from(written: AllOrSome) -> Self {
        match written {
            AllOrSome::All(All::All) => Which::All,
            AllOrSome::Some(names) => Which::Only(names),
        }
    }
}

impl From<Which> for AllOrSome {
    fn from(which: Which) -> Self {
        match which {
            Which::All => AllOrSome::default(),
            Which::Only(names) => AllOrSome::Some(names),
        }
    }
}

fn seen(sharing: Sharing) -> SharingSeen {
    let choice = |choice: SharingChoice| Choice {
        kind: choice.kind,
        records: choice.records.into(),
        fields: choice.fields.into(),
        shared: choice.shared,
        instead: choice.instead,
    };
    let count = |(kind, count): (Kind, penshaw_operations::SharedCount)| SharedOfKind {
        kind: kind.key(),
        entries: count.entries,
        shared: count.shared,
        kept_fields: count.kept_fields,
    };
    SharingSeen {
        owner: sharing.authority.code,
        choices: sharing.choices.into_iter().map(choice).collect(),
        counts: sharing.counts.into_iter().map(count).collect(),
        may_share: sharing.may_share,
    }
}

/// What an authority shares; for its own members.
#[utoipa::path(get, path = "/sharing/{owner}", tag = "Sharing", params(OwnerPath), responses((status = 200, body = SharingSeen, description = "The choices; their ETag changes with them and with the entries")))]
async fn show(caller: Caller, At(path): At<OwnerPath>, conditions: Conditions) -> Answer {
    let sharing = caller.operations.sharing(&caller.actor, &path.owner).await?;
    Ok(conditions.answer_as(sharing.revision, &seen(sharing)))
}

/// Puts choices in place of those that stood.
#[utoipa::path(put, path = "/sharing/{owner}", tag = "Sharing",
    params(OwnerPath, ("If-Match" = Option<String>, Header, description = "The ETag of the choices as they were read")),
    request_body = Choices,
    responses((status = 200, body = SharingSeen, description = "The choices as they stand now", headers(("ETag" = String, description = "Their state")))))]
async fn put(caller: Caller, At(path): At<OwnerPath>, conditions: Conditions, Sent(sent): Sent<Choices>) -> Answer {
    let standing = caller.operations.sharing(&caller.actor, &path.owner).await?;
    conditions.must_be_there()?;
    caller.actor.must(penshaw_operations::Verb::Share, &path.owner)?;
    let revision = standing.revision;
    if !conditions.matches(revision) {
        return Err(ApiProblem::changed(serde_json::to_value(seen(standing)).ok()));
    }
    if sent.choices.len() > 1_000 {
        return Err(ApiProblem::invalid("choices", "Enter at most 1,000 choices"));
    }
    let choices: Vec<SharingChoice> = sent.choices.into_iter().map(choice).collect();
    match caller.operations.share_entries(&caller.actor, &path.owner, &choices, Some(revision)).await {
        Ok(()) => {}
        Err(Refusal::ChangedMeanwhile { .. }) => {
            let now = caller.operations.sharing(&caller.actor, &path.owner).await?;
            return Err(ApiProblem::changed(serde_json::to_value(seen(now)).ok()));
        }
        Err(refusal) => return Err(refusal.into()),
    }
    let now = caller.operations.sharing(&caller.actor, &path.owner).await?;
    Ok(super::conditions::changed_to(now.revision, &seen(now)))
}

fn choice(choice: Choice) -> SharingChoice {
    SharingChoice {
        kind: choice.kind,
        records: choice.records.into(),
        fields: choice.fields.into(),
        shared: choice.shared,
        instead: choice.instead,
    }
}
