//! The analysts' views: one a kind of entry, its columns drawn from the kind's fields.

use std::fmt::Write as _;

use penshaw_basis::Digester;
use penshaw_register::{Field, FieldKind, Kind};

/// What the schema says of itself; the digest of its views follows.
pub(super) const ABOUT: &str =
    "Penshaw's views for analysts: your own authority's entries whole, and what others share.";

/// A column of a view.
struct Column {
    name: String,
    sql: String,
    holds: &'static str,
    about: String,
}

/// What the schema of this version's views says of itself.
pub(super) fn about() -> String {
    let mut digester = Digester::new("penshaw analysts' views 1");
    digester.part(&views("analysts"));
    format!("{ABOUT} [{}]", digester.finish().as_str())
}

/// Makes the schema and its views anew.
pub(super) fn sql(schema: &str, about: &str) -> String {
    format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE;\nCREATE SCHEMA {schema};\n{}COMMENT ON SCHEMA {schema} IS {};\n",
        views(schema),
        quoted(about)
    )
}

fn views(schema: &str) -> String {
    Kind::ALL.iter().map(|&kind| view(schema, kind)).collect()
}

/// One view. `security_invoker`: the reader's own rights and policies hold, not those of the
/// view's owner. `security_barrier`: no condition of the reader's sees a row before the view's own.
/// `OFFSET 0`: the record is read as JSON once for all columns.
fn view(schema: &str, kind: Kind) -> String {
    let (columns, key) = (columns(kind), kind.key());
    let selected: Vec<String> =
        columns.iter().map(|column| format!("{} AS {}", column.sql, name(&column.name))).collect();
    let mut sql = format!(
        "CREATE VIEW {schema}.{key} WITH (security_invoker = true, security_barrier = true) AS SELECT {selected} FROM (\n\
         SELECT me.owner, own.entry, FALSE AS shared_part, '{{}}'::jsonb AS instead, '[]'::jsonb AS kept \
         FROM analyst_role me, (SELECT body::jsonb AS entry FROM entry OFFSET 0) own \
         WHERE me.role_name = current_user::text AND own.entry ->> 'kind' = '{key}'\n\
         UNION ALL SELECT other.owner, other.body::jsonb, TRUE, other.instead::jsonb, other.kept::jsonb \
         FROM analyst_role me JOIN shared_entry other ON other.owner <> me.owner \
         WHERE me.role_name = current_user::text AND other.kind = '{key}'\nOFFSET 0) seen;\n\
         COMMENT ON VIEW {schema}.{key} IS {about};\n",
        selected = selected.join(",\n"),
        about = quoted(kind.about()),
    );
    for column in &columns {
        let _ = writeln!(sql, "COMMENT ON COLUMN {schema}.{key}.{} IS {};", name(&column.name), quoted(&column.about));
    }
    sql
}

fn columns(kind: Kind) -> Vec<Column> {
    let column = |name: &str, sql: &str, holds, about: &str| Column {
        name: name.to_owned(),
        sql: sql.to_owned(),
        holds,
        about: about.to_owned(),
    };
    let mut columns = vec![
        column("owner", "seen.owner", "text", "Whose entry it is: an authority's code, or \"partnership\"."),
        column("reference", "seen.entry ->> 'reference'", "text", "The owner's own reference."),
        column("confidence", "seen.entry ->> 'confidence'", "text", "How sure the whole entry is."),
        column("shared_part", "seen.shared_part", "yes or no", "Whether this is the part that another owner shares."),
        column("kept_back", &words("seen.kept"), "texts", "The names of the fields that their owner keeps back."),
        column("given_instead", "seen.instead", "JSON", "Bands that are given instead of figures, by field."),
    ];
    let taken: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    columns.extend(kind.fields().iter().map(|field| of_field(field, &taken)));
    columns
}

/// The column of a field. One that is named like a column of every view says that it is the field.
fn of_field(field: &Field, taken: &[String]) -> Column {
    let is_taken = taken.iter().any(|name| name == field.name);
    let (sql, holds) = value(field);
    Column {
        name: if is_taken { format!("{}_field", field.name) } else { field.name.to_owned() },
        sql,
        holds,
        about: format!("{}. {}{}", field.label, field.help, unit(field.kind)),
    }
}

fn unit(kind: FieldKind) -> String {
    match kind {
        FieldKind::Number { unit, .. } if !unit.is_empty() => format!(" Unit: {unit}."),
        FieldKind::Choice(words) => format!(" One of: {}.", words.join(", ")),
        _ => String::new(),
    }
}

/// A field as SQL, and what it holds. What is not of its kind is nothing, not an error: one
/// entry that is wrong must not keep anybody from all the others.
fn value(field: &Field) -> (String, &'static str) {
    let value = format!("(seen.entry #> '{{fields,{}}}')", field.name);
    let words_of = format!("(seen.entry #>> '{{fields,{}}}')", field.name);
    let when = |json: &str, sql: &str| format!("CASE jsonb_typeof({value}) WHEN '{json}' THEN {sql} END");
    match field.kind {
        FieldKind::Money => (when("number", &pounds(&words_of)), "pounds"),
        FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion => {
            (when("number", &format!("{words_of}::numeric")), "number")
        }
        FieldKind::Date => {
            let day = format!("jsonb_path_query_first({value}, '$.datetime(\"YYYY-MM-DD\")', '{{}}', true)");
            (format!("({day} #>> '{{}}')::date"), "day")
        }
        FieldKind::YesNo => (when("boolean", &format!("{words_of}::boolean")), "yes or no"),
        FieldKind::List | FieldKind::References(_) => (words(&value), "texts"),
        FieldKind::AmountsByYear => {
            let amount = pounds("(one.value #>> '{}')");
            let pounds = format!(
                "(SELECT jsonb_object_agg(one.key, {amount}) FROM jsonb_each({value}) one \
                 WHERE jsonb_typeof(one.value) = 'number')"
            );
            (when("object", &pounds), "pounds by financial year, as JSON")
        }
        FieldKind::Text
        | FieldKind::Year
        | FieldKind::Choice(_)
        | FieldKind::Reference(_)
        | FieldKind::Authority
        | FieldKind::AuthorityOrJoint
        | FieldKind::Function => (words_of, "text"),
    }
}

/// Whole pence as pounds with two decimals.
fn pounds(pence: &str) -> String {
    format!("round({pence}::numeric / 100, 2)")
}

fn words(value: &str) -> String {
    format!("CASE jsonb_typeof({value}) WHEN 'array' THEN ARRAY(SELECT jsonb_array_elements_text({value})) END")
}

/// A name between quotation marks: a field may be named like a word of SQL.
fn name(name: &str) -> String {
    format!("\"{name}\"")
}

fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

/// The views as Markdown.
pub(crate) fn described() -> String {
    Kind::ALL.iter().map(|&kind| described_kind(kind)).collect::<Vec<_>>().join("\n")
}

fn described_kind(kind: Kind) -> String {
    let mut text = format!(
        "### `analysts.{}`\n\n{}\n\n| column | holds | what it is |\n|---|---|---|\n",
        kind.key(),
        kind.about()
    );
    for column in columns(kind) {
        let _ = writeln!(text, "| `{}` | {} | {} |", column.name, column.holds, column.about.replace('|', "\\|"));
    }
    text
}
