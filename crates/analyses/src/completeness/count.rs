//! What each partner shares and keeps back, counted by kind of entry and field.

use std::collections::BTreeMap;

use penshaw_basis::Confidence;
use penshaw_register::{Holder, JointRegister, Kind, Record};
use serde_json::Value;

use super::{FieldCount, KindCount};
use crate::named::Named;

/// The counts of every partner and kind of which anything is recorded, partners in their order.
pub(super) fn counts(joint: &JointRegister, partners: &[Named]) -> Vec<KindCount> {
    let mut counts: BTreeMap<(&str, Kind), KindCount> = BTreeMap::new();
    for (owner, record) in joint.records().filter(|(_, record)| is_own(record.kind)) {
        let count = of(&mut counts, owner, record.kind);
        count.entries += 1;
        for (field, value) in &record.fields {
            if !is_empty(value) {
                add(count.fields.entry(field.clone()).or_default(), record, field);
            }
        }
    }
    for withheld in joint.withheld().iter().filter(|withheld| is_own(withheld.kind)) {
        let count = of(&mut counts, &withheld.owner, withheld.kind);
        match withheld.field.as_str() {
            "record" => count.kept_back += 1,
            field => count.fields.entry(field.to_owned()).or_default().kept_back += 1,
        }
    }
    let place = |authority: &str| partners.iter().position(|partner| partner.code == authority);
    let mut counts: Vec<KindCount> = counts.into_values().collect();
    counts.sort_by_key(|count| (place(&count.authority), count.kind));
    counts
}

fn of<'counts, 'joint>(
    counts: &'counts mut BTreeMap<(&'joint str, Kind), KindCount>,
    owner: &'joint str,
    kind: Kind,
) -> &'counts mut KindCount {
    counts.entry((owner, kind)).or_insert_with(|| KindCount {
        authority: owner.to_owned(),
        kind,
        entries: 0,
        kept_back: 0,
        fields: BTreeMap::new(),
    })
}

fn is_own(kind: Kind) -> bool {
    kind.holder() == Holder::Authority
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(words) => words.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn add(count: &mut FieldCount, record: &Record, field: &str) {
    match record.confidence_of(field) {
        Confidence::Verified => count.verified += 1,
        Confidence::Reported => count.reported += 1,
        Confidence::Estimated => count.estimated += 1,
    }
}
