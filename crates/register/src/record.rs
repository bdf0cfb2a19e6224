//! A record: one entry as it is kept, before it is read as its own type.

use std::collections::BTreeMap;

use penshaw_basis::{Confidence, Digester, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Entry, Kind, Place, Problem, Severity};

/// One entry as it is kept: its kind, its reference and the fields that were written.
///
/// Money is whole pence, dates are `2014-06-18`, years are `2014/15`; a field in
/// which nothing was written is not there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The kind.
    pub kind: Kind,
    /// The owner's own reference.
    pub reference: String,
    /// The fields.
    pub fields: BTreeMap<String, Value>,
    /// How sure the whole record is.
    pub confidence: Confidence,
    /// How sure single fields are, where they differ from the whole.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub field_confidence: BTreeMap<String, Confidence>,
    /// Where it was read; no part of its digest.
    #[serde(skip)]
    pub origin: Origin,
}

/// Where a record was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The file and sheet, and the row, line or table.
    pub place: Place,
    /// The cell of each field, where the file has cells.
    pub cells: BTreeMap<String, String>,
}

impl Origin {
    /// The place of one field, or of the record where the field has none.
    pub fn of(&self, field: Option<&str>) -> Place {
        let cell = field.and_then(|field| self.cells.get(field));
        match cell {
            Some(cell) => Place { cell: Some(cell.clone()), ..self.place.clone() },
            None => self.place.clone(),
        }
    }
}

impl Record {
    /// A record without fields yet, as sure as its owner's word.
    pub fn new(kind: Kind, reference: impl Into<String>) -> Self {
        Record {
            kind,
            reference: reference.into(),
            fields: BTreeMap::new(),
            confidence: Confidence::Reported,
            field_confidence: BTreeMap::new(),
            origin: Origin::default(),
        }
    }

    /// The record of an entry, for entries that are made rather than read.
    pub fn of<E: Entry>(entry: &E, confidence: Confidence) -> Self {
        let value = serde_json::to_value(entry).expect("an entry is plain data");
        let Value::Object(mut fields) = value else { unreachable!("an entry is a structure") };
        fields.remove("reference");
        Record { fields: fields.into_iter().collect(), confidence, ..Record::new(E::KIND, entry.reference()) }
    }

    /// The record read as its own type.
    ///
    /// # Errors
    /// If a field does not hold what its kind says.
    pub fn read<E: Entry>(&self) -> Result<E, Problem> {
        self.parsed(self.fields.iter()).map_err(|error| Problem {
            severity: Severity::Error,
            field: self.first_unread::<E>(),
            what: format!("{} {} cannot be read: {error}", self.kind, self.reference),
            hint: "correct the field, or leave it empty".into(),
        })
    }

    fn parsed<'a, E: Entry>(&self, fields: impl Iterator<Item = (&'a String, &'a Value)>) -> serde_json::Result<E> {
        let mut object: serde_json::Map<String, Value> =
            fields.map(|(name, value)| (name.clone(), value.clone())).collect();
        object.insert("reference".into(), Value::String(self.reference.clone()));
        serde_json::from_value(Value::Object(object))
    }

    /// The first field, in the order of the sheet, that cannot be read even alone.
    fn first_unread<E: Entry>(&self) -> Option<&'static str> {
        let unread = |name: &&str| {
            let written = self.fields.get_key_value(*name);
            written.is_some_and(|written| self.parsed::<E>(std::iter::once(written)).is_err())
        };
        E::FIELDS.iter().map(|field| field.name).find(unread)
    }

    /// How sure one field is.
    pub fn confidence_of(&self, field: &str) -> Confidence {
        self.field_confidence.get(field).copied().unwrap_or(self.confidence)
    }

    /// The record as a source, for its owner's code.
    pub fn source(&self, owner: &str) -> Source {
        Source::entry(owner, &self.reference)
    }

    /// Adds the record's canonical bytes to a digest.
    pub fn digest_into(&self, digester: &mut Digester) {
        digester.part(self.kind.key()).part(&self.reference).part(self.confidence.word());
        digester.part(&self.fields.len().to_string());
        for (name, value) in &self.fields {
            digester.part(name).part(&canonical(value)).part(self.confidence_of(name).word());
        }
    }
}

/// Whether nothing was written in a field that has a value.
pub(crate) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => words.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether two values are the same in a digest.
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    one == other || canonical(one) == canonical(other)
}

/// The one text of a value: keys sorted, words as JSON escapes them, whole numbers
/// without a point and others as Rust's shortest form.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let sorted: BTreeMap<_, _> = map.iter().collect();
            let parts: Vec<String> =
                sorted.iter().map(|(key, value)| format!("{}:{}", quoted(key), canonical(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => {
            let parts: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", parts.join(","))
        }
        Value::String(words) => quoted(words),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(fraction) if is_whole(fraction) => (fraction as i64).to_string(),
            Some(fraction) => format!("{fraction:?}"),
            None => number.to_string(),
        },
        Value::Bool(answer) => answer.to_string(),
        Value::Null => "null".into(),
    }
}

/// Words between quotation marks, escaped by JSON's rules: Rust's own change with the tables of Unicode.
fn quoted(words: &str) -> String {
    serde_json::to_string(words).expect("words are plain data")
}

/// Whether 12.0 is to be the same as 12: below 2⁵³, where every whole number is its own fraction.
fn is_whole(fraction: f64) -> bool {
    fraction.fract() == 0.0 && fraction.abs() < 9_007_199_254_740_992.0
}
