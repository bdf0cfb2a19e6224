//! What the release schema of OCDS 1.1.5 refuses, in plain words and told once for each kind of mistake.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use crate::read::nearest::shortened;
use crate::read::notes::Notes;

/// How many mistakes of one release are looked at: a release that is something else altogether has hundreds.
const MOST_OF_ONE: usize = 100;

static RELEASE: LazyLock<Validator> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("schema/release-schema.json")).expect("the schema is JSON");
    jsonschema::draft4::options().should_validate_formats(true).build(&schema).expect("the schema is a schema")
});

/// Tells what the schema refuses in a release; whether it refuses anything.
pub(super) fn check(release: &Value, at: &str, notes: &mut Notes) -> bool {
    if RELEASE.is_valid(release) {
        return false;
    }
    let name = release.get("ocid").and_then(Value::as_str).unwrap_or("a release without an ocid");
    for error in RELEASE.iter_errors(release).take(MOST_OF_ONE) {
        let pointer = error.instance_path().to_string();
        let (what, hint) = said(&error, &generic(&pointer));
        notes.tell(what, hint, &format!("{at}{pointer}"), name);
    }
    true
}

/// A pointer without the numbers of items: `/awards/0/id` is `awards/id`.
fn generic(pointer: &str) -> String {
    let parts = pointer.split('/').filter(|part| !part.is_empty() && !part.bytes().all(|byte| byte.is_ascii_digit()));
    let name = parts.collect::<Vec<_>>().join("/");
    if name.is_empty() { "the release".to_owned() } else { shortened(&name) }
}

fn said(error: &ValidationError<'_>, at: &str) -> (String, String) {
    let what = match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!("{at} has no \"{}\", which the OCDS schema requires", property.as_str().unwrap_or_default())
        }
        ValidationErrorKind::Type { .. } => {
            format!("{at} is {}, which the OCDS schema refuses", kind_of(error.instance()))
        }
        ValidationErrorKind::Enum { .. } => {
            format!("{at} is \"{}\", which is no code of the OCDS schema", shortened(&plain(error.instance())))
        }
        ValidationErrorKind::Format { format } => {
            let wanted = if format == "date-time" { "a day with its time and zone" } else { "a whole web address" };
            format!("{at} is not {wanted}, as the OCDS schema requires")
        }
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MinLength { .. } => {
            format!("{at} is empty, which the OCDS schema refuses")
        }
        ValidationErrorKind::UniqueItems => format!("{at} lists the same item twice, which the OCDS schema refuses"),
        _ => format!("{at} is refused by the OCDS schema: {}", shortened(&error.to_string())),
    };
    (what, "what can be used is used; ask the publisher to correct it".to_owned())
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::gathered::Gathered;

    fn told(release: &Value) -> Vec<String> {
        let (mut notes, mut gathered) = (Notes::default(), Gathered::default());
        check(release, "/releases/0", &mut notes);
        notes.finish("a.json", &mut gathered);
        gathered.findings.iter().map(|finding| format!("{}: {}", finding.place, finding.what)).collect()
    }

    #[test]
    fn what_the_schema_refuses_is_said_with_its_pointer() {
        let sound = json!({ "ocid": "o-1", "id": "1", "date": "2025-01-01T00:00:00Z", "tag": ["award"], "initiationType": "tender" });
        assert_eq!(told(&sound), [] as [&str; 0]);
        let mut wrong = sound.clone();
        wrong["awards"] =
            json!([{ "value": { "amount": "dear", "currency": "Pounds" } }, { "id": "2", "date": "soon" }]);
        wrong["tag"] = json!([]);
        assert_eq!(
            told(&wrong),
            [
                "a.json, /releases/0/awards/0: awards has no \"id\", which the OCDS schema requires (1: o-1)",
                "a.json, /releases/0/awards/1/date: awards/date is not a day with its time and zone, as the OCDS schema requires (1: o-1)",
                "a.json, /releases/0/awards/0/value/amount: awards/value/amount is a text, which the OCDS schema refuses (1: o-1)",
                "a.json, /releases/0/awards/0/value/currency: awards/value/currency is \"Pounds\", which is no code of the OCDS schema (1: o-1)",
                "a.json, /releases/0/tag: tag is empty, which the OCDS schema refuses (1: o-1)",
            ]
        );
    }
}
