//! One schema a kind of entry, drawn from its FIELDS: as a record is written, and as it is seen.

use penshaw_basis::Confidence;
use penshaw_register::{Field, FieldKind, Kind, MOST_COUNTED, MOST_MONEY_PENCE};
use serde_json::{Map, Value, json};

/// Every schema by its name, among them those of a record of any kind.
pub(super) fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    for kind in Kind::ALL {
        schemas.insert(format!("{kind:?}Fields"), fields(*kind));
        schemas.insert(written(*kind), record(*kind, true));
        schemas.insert(seen(*kind), record(*kind, false));
    }
    schemas.insert("AnyRecord".into(), any("A record of any kind, as it is written.", written));
    schemas.insert("AnySeenRecord".into(), any("A record of any kind, as far as the caller may see it.", seen));
    schemas
}

fn written(kind: Kind) -> String {
    format!("{kind:?}Record")
}

fn seen(kind: Kind) -> String {
    format!("{kind:?}Seen")
}

fn reference_to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn any(about: &str, name: fn(Kind) -> String) -> Value {
    let each: Vec<Value> = Kind::ALL.iter().map(|kind| reference_to(&name(*kind))).collect();
    let mapping: Map<String, Value> = Kind::ALL
        .iter()
        .map(|kind| (kind.key().to_owned(), format!("#/components/schemas/{}", name(*kind)).into()))
        .collect();
    json!({ "description": about, "oneOf": each, "discriminator": { "propertyName": "kind", "mapping": mapping } })
}

fn record(kind: Kind, is_written: bool) -> Value {
    let mut fields = reference_to(&format!("{kind:?}Fields"));
    if is_written {
        let required: Vec<&str> = kind.fields().iter().filter(|field| field.required).map(|field| field.name).collect();
        fields = json!({ "allOf": [fields, { "type": "object", "required": required }] });
    }
    let confidences: Map<String, Value> =
        kind.fields().iter().map(|field| (field.name.to_owned(), confidence())).collect();
    let about = match is_written {
        true => kind.about().to_owned(),
        false => format!("{} Fields that its owner keeps back are not there.", kind.about()),
    };
    json!({
        "type": "object",
        "description": about,
        "required": ["kind", "reference", "fields", "confidence"],
        "additionalProperties": false,
        "properties": {
            "kind": { "const": kind.key(), "type": "string" },
            "reference": reference(is_written),
            "fields": fields,
            "confidence": confidence(),
            "field_confidence": {
                "type": "object",
                "description": "How sure single fields are, where they differ from the whole.",
                "additionalProperties": false,
                "properties": confidences,
            },
        },
    })
}

/// Lengths are of bytes, so that a limit in letters is below ours.
fn reference(is_written: bool) -> Value {
    let about = "The owner's own reference.";
    match is_written {
        true => json!({
            "type": "string", "description": about, "minLength": 1, "maxLength": 100,
            "pattern": REFERENCE,
        }),
        false => json!({ "type": "string", "description": about }),
    }
}

fn confidence() -> Value {
    let words: Vec<&str> = Confidence::ALL.iter().map(|one| one.word()).collect();
    json!({ "type": "string", "enum": words })
}

fn fields(kind: Kind) -> Value {
    let properties: Map<String, Value> =
        kind.fields().iter().map(|field| (field.name.to_owned(), described(field))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn described(field: &Field) -> Value {
    let mut schema = shape(field.kind);
    let unit = match field.kind {
        FieldKind::Money | FieldKind::AmountsByYear => " In JSON: whole pence.".to_owned(),
        FieldKind::Number { unit, .. } if !unit.is_empty() => format!(" Unit: {unit}."),
        _ => String::new(),
    };
    schema["title"] = field.label.into();
    schema["description"] = format!("{}{unit}", field.help).into();
    schema
}

fn shape(kind: FieldKind) -> Value {
    let text = || json!({ "type": "string", "minLength": 1, "pattern": TEXT });
    let pence = || json!({ "type": "integer", "minimum": -MOST_MONEY_PENCE, "maximum": MOST_MONEY_PENCE });
    match kind {
        FieldKind::Text | FieldKind::Reference(_) | FieldKind::Authority | FieldKind::AuthorityOrJoint => text(),
        FieldKind::Money => pence(),
        FieldKind::Number { least, most, .. } => number(least, most),
        FieldKind::Count => json!({ "type": "integer", "minimum": 0, "maximum": MOST_COUNTED }),
        FieldKind::Proportion => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        FieldKind::Date => json!({
            "type": "string", "format": "date",
            "pattern": "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        }),
        FieldKind::Year => json!({ "type": "string", "pattern": YEAR }),
        FieldKind::AmountsByYear => json!({
            "type": "object", "minProperties": 1,
            "patternProperties": { YEAR: pence() }, "additionalProperties": false,
        }),
        FieldKind::Choice(words) => json!({ "type": "string", "enum": words }),
        FieldKind::YesNo => json!({ "type": "boolean" }),
        FieldKind::List | FieldKind::References(_) => json!({ "type": "array", "minItems": 1, "items": text() }),
        FieldKind::Function => json!({ "type": "string", "pattern": "^[0-9]{1,6}$" }),
    }
}

/// A reference: printed, without the signs that part one reference or address from the next.
const REFERENCE: &str = r"^[^\s/;\x00-\x1f\x7f-\x9f]([^/;\x00-\x1f\x7f-\x9f]*[^\s/;\x00-\x1f\x7f-\x9f])?$";

/// Text without white space round it and without characters that cannot be printed.
const TEXT: &str = r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x08\x0b-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f])?$";

/// A financial year, such as 2014/15.
const YEAR: &str = "^(19|2[0-9])[0-9]{2}/[0-9]{2}$";

fn number(least: f64, most: f64) -> Value {
    let mut schema = json!({ "type": "number" });
    for (name, bound) in [("minimum", least), ("maximum", most)] {
        if bound.abs() != f64::MAX {
            schema[name] = bound.into();
        }
    }
    schema
}
