//! The kinds of entry and their fields, as the register declares them.

use penshaw_register::{Field, FieldKind, Holder, Kind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Answer;
use super::caller::Caller;
use super::conditions::Conditions;
use super::sent::At;
use super::words;
use crate::server::Web;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(kinds)).routes(routes!(one))
}

/// A kind of entry.
#[derive(Serialize, ToSchema)]
struct KindSeen {
    /// Its name in addresses and records.
    #[schema(schema_with = words::kind)]
    kind: &'static str,
    /// What it is called.
    label: &'static str,
    /// What it is.
    about: &'static str,
    /// Who holds entries of it.
    #[schema(schema_with = holder)]
    holder: &'static str,
    /// Its fields, in the order of the sheet.
    fields: Vec<FieldSeen>,
}

/// A field of a kind of entry.
#[derive(Serialize, ToSchema)]
struct FieldSeen {
    /// Its name in records.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What it holds; money is whole pence.
    #[schema(schema_with = holds)]
    holds: &'static str,
    /// The unit of a number.
    unit: Option<&'static str>,
    /// The words of a choice.
    choices: Option<&'static [&'static str]>,
    /// The kind of entry that a reference names.
    refers_to: Option<&'static str>,
    /// Whether every entry must have it.
    required: bool,
    /// Whether its owner may keep it back while sharing the rest.
    shareable: bool,
    /// What to write in it.
    help: &'static str,
    /// An example, as somebody types it.
    example: &'static str,
}

#[derive(Serialize, ToSchema)]
struct Kinds {
    kinds: Vec<KindSeen>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct KindPath {
    /// The kind of entry.
    #[param(schema_with = words::kind)]
    pub(super) kind: String,
}

/// Every kind of entry with its fields.
#[utoipa::path(get, path = "/kinds", tag = "Entries", responses((status = 200, body = Kinds, description = "The kinds")))]
async fn kinds(_: Caller, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&Kinds { kinds: Kind::ALL.iter().copied().map(seen).collect() }))
}

/// A kind of entry with its fields.
#[utoipa::path(get, path = "/kinds/{kind}", tag = "Entries", params(KindPath), responses((status = 200, body = KindSeen, description = "The kind")))]
async fn one(_: Caller, At(path): At<KindPath>, conditions: Conditions) -> Answer {
    Ok(conditions.answer(&seen(words::kind_of(&path.kind)?)))
}

fn seen(kind: Kind) -> KindSeen {
    KindSeen {
        kind: kind.key(),
        label: kind.sheet(),
        about: kind.about(),
        holder: match kind.holder() {
            Holder::Authority => "authority",
            Holder::Partnership => "partnership",
        },
        fields: kind.fields().iter().map(field).collect(),
    }
}

const HOLDS: [&str; 15] = [
    "text",
    "money",
    "number",
    "count",
    "proportion",
    "date",
    "financial_year",
    "money_by_year",
    "choice",
    "yes_no",
    "list",
    "reference",
    "references",
    "authority",
    "function",
];

fn holds() -> utoipa::openapi::schema::Object {
    words::one_of(HOLDS)
}

fn holder() -> utoipa::openapi::schema::Object {
    words::one_of(["authority", "partnership"])
}

fn field(field: &Field) -> FieldSeen {
    let (holds, unit, choices, refers_to) = match field.kind {
        FieldKind::Text => (0, None, None, None),
        FieldKind::Money => (1, Some("pence"), None, None),
        FieldKind::Number { unit, .. } => (2, Some(unit).filter(|unit| !unit.is_empty()), None, None),
        FieldKind::Count => (3, None, None, None),
        FieldKind::Proportion => (4, None, None, None),
        FieldKind::Date => (5, None, None, None),
        FieldKind::Year => (6, None, None, None),
        FieldKind::AmountsByYear => (7, Some("pence"), None, None),
        FieldKind::Choice(words) => (8, None, Some(words), None),
        FieldKind::YesNo => (9, None, None, None),
        FieldKind::List => (10, None, None, None),
        FieldKind::Reference(kind) => (11, None, None, Some(kind.key())),
        FieldKind::References(kind) => (12, None, None, Some(kind.key())),
        FieldKind::Authority | FieldKind::AuthorityOrJoint => (13, None, None, None),
        FieldKind::Function => (14, None, None, None),
    };
    FieldSeen {
        name: field.name,
        label: field.label,
        holds: HOLDS[holds],
        unit,
        choices,
        refers_to,
        required: field.required,
        shareable: field.shareable,
        help: field.help,
        example: field.example,
    }
}
