//! What differs between two lists of one owner's records: an import and the register, or two baselines.

use std::cmp::Ordering;

use penshaw_basis::Confidence;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::record::{is_nothing, same};
use crate::{Kind, Record};

/// What differs between two lists of records, by kind and reference.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The records that differ, in the order of their kinds and references.
    pub changes: Vec<Change>,
    /// How many records are the same in both.
    pub unchanged: usize,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// Its reference.
    pub reference: String,
    /// How it differs.
    pub what: What,
}

/// How a record differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It stands only in the later list.
    New,
    /// It stands in both, and these fields differ, in the order of the sheet.
    Changed(Vec<FieldChange>),
    /// It stands only in the earlier list. An import that does not name a record says
    /// nothing of it: whoever imports decides whether it is to go.
    NotInFile,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's name; `confidence` for the confidence of the whole record.
    pub name: String,
    /// What it held, where it held anything.
    pub before: Option<Value>,
    /// What it holds, where it holds anything.
    pub after: Option<Value>,
    /// How sure it was and is, where that differs by more than the confidence of the whole record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<(Confidence, Confidence)>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many records stand only in the later list.
    pub fn added(&self) -> usize {
        self.count(|what| *what == What::New)
    }

    /// How many records stand in both lists and differ.
    pub fn changed(&self) -> usize {
        self.count(|what| matches!(what, What::Changed(_)))
    }

    /// How many records stand only in the earlier list.
    pub fn not_in_file(&self) -> usize {
        self.count(|what| *what == What::NotInFile)
    }

    fn count(&self, is: impl Fn(&What) -> bool) -> usize {
        self.changes.iter().filter(|change| is(&change.what)).count()
    }
}

/// What differs between two lists of one owner's records, by kind and reference.
///
/// Where a list holds two records of one kind and reference, the last one stands, as
/// in a [baseline](crate::Baseline). A field in which nothing was written is the same
/// as one that is not there, and 12.0 is the same as 12.
///
/// ```
/// use penshaw_register::{Kind, Record, What, difference};
/// let before = [Record::new(Kind::Site, "S1"), Record::new(Kind::Site, "S2")];
/// let mut renamed = before[0].clone();
/// renamed.fields.insert("name".into(), "North".into());
/// let found = difference(&before, &[renamed]);
/// assert!(matches!(&found.changes[0].what, What::Changed(fields) if fields[0].name == "name"));
/// assert_eq!(found.changes[1].what, What::NotInFile);
/// ```
pub fn difference(before: &[Record], after: &[Record]) -> Difference {
    let (before, after) = (in_order(before), in_order(after));
    let mut difference = Difference::default();
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => key(old).cmp(&key(new)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return difference,
        };
        let earlier = if order.is_le() { old.next() } else { None };
        let later = if order.is_ge() { new.next() } else { None };
        difference.add(earlier.copied(), later.copied());
    }
}

impl Difference {
    fn add(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let (record, what) = match (before, after) {
            (Some(before), Some(after)) => match changed_fields(before, after) {
                fields if fields.is_empty() => {
                    self.unchanged += 1;
                    return;
                }
                fields => (after, What::Changed(fields)),
            },
            (Some(before), None) => (before, What::NotInFile),
            (None, Some(after)) => (after, What::New),
            (None, None) => return,
        };
        self.changes.push(Change { kind: record.kind, reference: record.reference.clone(), what });
    }
}

fn key(record: &Record) -> (Kind, &str) {
    (record.kind, &record.reference)
}

/// The records by kind and reference, the last of those that share both.
fn in_order(records: &[Record]) -> Vec<&Record> {
    let mut sorted: Vec<&Record> = records.iter().collect();
    sorted.sort_by(|one, other| key(one).cmp(&key(other)));
    // The sort keeps the order of equals, so that the last of them was written last.
    sorted.reverse();
    sorted.dedup_by(|one, other| key(one) == key(other));
    sorted.reverse();
    sorted
}

/// The fields that differ, as the sheet orders them, those that are not declared after them.
fn changed_fields(before: &Record, after: &Record) -> Vec<FieldChange> {
    if before.fields == after.fields
        && before.confidence == after.confidence
        && before.field_confidence == after.field_confidence
    {
        return Vec::new();
    }
    let declared = before.kind.fields().iter().map(|field| field.name);
    let strangers = before.fields.keys().chain(after.fields.keys()).map(String::as_str);
    let mut strangers: Vec<&str> = strangers.filter(|name| before.kind.field(name).is_none()).collect();
    strangers.sort_unstable();
    strangers.dedup();
    let mut changes: Vec<FieldChange> =
        declared.chain(strangers).filter_map(|name| changed_field(name, before, after)).collect();
    changes.extend(changed_confidence(before, after));
    changes
}

fn changed_field(name: &str, before: &Record, after: &Record) -> Option<FieldChange> {
    let old = before.fields.get(name).filter(|value| !is_nothing(value));
    let new = after.fields.get(name).filter(|value| !is_nothing(value));
    let is_same = match (old, new) {
        (Some(old), Some(new)) => same(old, new),
        (None, None) => return None,
        _ => false,
    };
    let (was, is) = (before.confidence_of(name), after.confidence_of(name));
    let with_the_whole = (was, is) == (before.confidence, after.confidence);
    let confidence = (old.is_some() && new.is_some() && was != is && !with_the_whole).then_some((was, is));
    (!is_same || confidence.is_some()).then(|| FieldChange {
        name: name.to_owned(),
        before: old.cloned(),
        after: new.cloned(),
        confidence,
    })
}

fn changed_confidence(before: &Record, after: &Record) -> Option<FieldChange> {
    let word = |record: &Record| Some(Value::from(record.confidence.word()));
    (before.confidence != after.confidence).then(|| FieldChange {
        name: "confidence".into(),
        before: word(before),
        after: word(after),
        confidence: None,
    })
}
