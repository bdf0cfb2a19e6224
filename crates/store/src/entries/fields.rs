//! Fields of the records that are kept as JSON, as both databases sort and filter by them.

use penshaw_register::{Field, FieldKind};
use sea_orm::DbBackend;

/// What entries are sorted by: amounts as amounts, words as words whatever their capitals.
pub(super) fn sorted(field: &Field, backend: DbBackend) -> String {
    let amount = matches!(
        field.kind,
        FieldKind::Money | FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion | FieldKind::YesNo
    );
    let name = field.name;
    match (backend, amount) {
        (DbBackend::Postgres, true) => format!("(body::jsonb #> '{{fields,{name}}}')"),
        // In the order of bytes, as SQLite has it.
        (DbBackend::Postgres, false) => format!("lower((body::jsonb #>> '{{fields,{name}}}') COLLATE \"C\")"),
        (_, true) => format!("json_extract(body, '$.fields.{name}')"),
        (_, false) => format!("lower(json_extract(body, '$.fields.{name}'))"),
    }
}

/// Whether a field holds a value: is it, or has it among its several words.
pub(super) fn holds(field: &Field, backend: DbBackend, value: &str) -> String {
    let several = matches!(field.kind, FieldKind::List | FieldKind::References(_));
    let name = field.name;
    match (backend, several) {
        (DbBackend::Postgres, true) => format!("jsonb_exists(body::jsonb #> '{{fields,{name}}}', {value})"),
        (DbBackend::Postgres, false) => format!("(body::jsonb #>> '{{fields,{name}}}') = {value}"),
        (_, true) => format!("EXISTS (SELECT 1 FROM json_each(body, '$.fields.{name}') WHERE value = {value})"),
        // SQLite reads yes and no as 1 and 0.
        (_, false) => format!(
            "CASE json_type(body, '$.fields.{name}') WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' \
             ELSE CAST(json_extract(body, '$.fields.{name}') AS TEXT) END = {value}"
        ),
    }
}
