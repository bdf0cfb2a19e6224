//! The words that several resources use, as schemas: kinds of entry, confidences, roles, states.

use penshaw_basis::Confidence;
use penshaw_operations::{PACK_FILES, PART_2_FILES, PublicKind, Refusal, Role};
use penshaw_register::{Kind, Record};
use serde::{Deserialize, Deserializer};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::problem::ApiProblem;

/// The kind of that exact name.
///
/// # Errors
/// 404, if there is none.
pub(super) fn kind_of(key: &str) -> Result<Kind, ApiProblem> {
    let found = Kind::ALL.iter().copied().find(|kind| kind.key() == key);
    found.ok_or_else(|| Refusal::NotThere { what: "entry" }.into())
}

pub(super) fn kind() -> Object {
    one_of(Kind::ALL.iter().map(|kind| kind.key()))
}

pub(super) fn confidence() -> Object {
    one_of(Confidence::ALL.iter().map(|one| one.word()))
}

pub(super) fn pack_file() -> Object {
    one_of(PACK_FILES.into_iter().chain(PART_2_FILES))
}

pub(super) fn public_kind() -> Object {
    one_of(PublicKind::ALL.map(PublicKind::key))
}

/// A word of a list.
pub(super) fn one_of(words: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .enum_values(Some(words.into_iter().collect::<Vec<_>>()))
        .build()
}

/// A role, in the description.
pub(super) struct RoleWord;

impl PartialSchema for RoleWord {
    fn schema() -> RefOr<Schema> {
        one_of(Role::ALL.iter().map(|role| role.key())).into()
    }
}

impl ToSchema for RoleWord {
    fn name() -> std::borrow::Cow<'static, str> {
        "Role".into()
    }
}

/// A record of any kind as it is written, in the description: see [`kind_schemas`](super::kind_schemas).
#[derive(ToSchema)]
pub(super) struct AnyRecord;

/// A record of any kind as it is seen: fields that its owner keeps back are not there.
#[derive(ToSchema)]
pub(super) struct AnySeenRecord;

/// A record as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRecord {
    kind: Kind,
    reference: String,
    fields: std::collections::BTreeMap<String, serde_json::Value>,
    confidence: Confidence,
    #[serde(default)]
    field_confidence: std::collections::BTreeMap<String, Confidence>,
}

impl WrittenRecord {
    /// The record, if it is of the kind that the address names.
    ///
    /// # Errors
    /// 422, if it is of another, or a field is there in which nothing is written.
    pub(super) fn of(self, kind: Kind) -> Result<Record, ApiProblem> {
        if self.kind != kind {
            return Err(ApiProblem::invalid("kind", format!("Enter \"{kind}\", as the address says")));
        }
        let is_empty = |value: &serde_json::Value| match value {
            serde_json::Value::Null => true,
            serde_json::Value::String(words) => words.is_empty(),
            serde_json::Value::Array(items) => items.is_empty(),
            serde_json::Value::Object(items) => items.is_empty(),
            _ => false,
        };
        if let Some((name, _)) = self.fields.iter().find(|(_, value)| is_empty(value)) {
            return Err(ApiProblem::invalid(name, "Leave the field out where nothing is recorded"));
        }
        Ok(Record {
            fields: self.fields,
            confidence: self.confidence,
            field_confidence: self.field_confidence,
            ..Record::new(kind, self.reference)
        })
    }
}

/// A parameter that is left out where it is empty.
pub(super) fn filled<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<String>, D::Error> {
    let words = Option::<String>::deserialize(reader)?;
    Ok(words.filter(|words| !words.is_empty()))
}
