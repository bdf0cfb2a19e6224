//! The sharing rule: what each owner chose to share of its records, and the join that obeys it.

use std::collections::BTreeMap;

use penshaw_basis::Digester;
use serde::{Deserialize, Serialize};

use crate::joint::{Shared, Withheld};
use crate::{Baseline, Holder, JointRegister, Kind, Partnership, Record};

/// One choice of an owner. Choices are read in order; the last that speaks of a
/// record or field decides. What no choice speaks of is not shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingChoice {
    /// The kind it is about; every kind where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The records it is about.
    #[serde(default)]
    pub records: Which,
    /// The fields it is about, of those that the owner may keep back.
    #[serde(default)]
    pub fields: Fields,
    /// Whether they are shared.
    pub shared: bool,
}

/// Which records a choice is about: `"all"`, or a list of references.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(untagged, from = "ListOrAll", into = "ListOrAll")]
pub enum Which {
    /// Every record of the kind.
    #[default]
    All,
    /// These.
    Only(Vec<String>),
}

/// Which fields a choice is about: `"all"`, or a list of their names.
pub type Fields = Which;

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum ListOrAll {
    Word(String),
    List(Vec<String>),
}

impl From<ListOrAll> for Which {
    fn from(written: ListOrAll) -> Self {
        match written {
            ListOrAll::Word(word) if word == "all" => Which::All,
            ListOrAll::Word(word) => Which::Only(vec![word]),
            ListOrAll::List(list) => Which::Only(list),
        }
    }
}

impl From<Which> for ListOrAll {
    fn from(which: Which) -> Self {
        match which {
            Which::All => ListOrAll::Word("all".into()),
            Which::Only(list) => ListOrAll::List(list),
        }
    }
}

impl Which {
    fn speaks_of(&self, name: &str) -> bool {
        match self {
            Which::All => true,
            Which::Only(list) => list.iter().any(|listed| listed == name),
        }
    }
}

/// Joins what the owners share into the one register that analyses read.
///
/// The partnership's own records are shared by being there. `choices` holds each
/// authority's choices by its code.
pub fn join(
    partnership: &Partnership,
    baselines: &[Baseline],
    choices: &BTreeMap<String, Vec<SharingChoice>>,
) -> JointRegister {
    let mut records = Vec::new();
    let mut withheld = Vec::new();
    let mut digests = BTreeMap::new();
    for baseline in baselines {
        let own = choices.get(baseline.owner()).map(Vec::as_slice).unwrap_or_default();
        let mut digester = Digester::new("penshaw shared projection 1");
        for record in baseline.records() {
            let (shared, kept) = project(record, own);
            withheld.extend(kept.into_iter().map(|field| Withheld {
                owner: baseline.owner().to_owned(),
                kind: record.kind,
                field,
            }));
            if let Some(shared) = shared {
                shared.digest_into(&mut digester);
                records.push(Shared { owner: baseline.owner().to_owned(), record: shared });
            }
        }
        digests.insert(baseline.owner().to_owned(), digester.finish());
    }
    let on = baselines.iter().map(Baseline::on).max();
    JointRegister::made(partnership.clone(), records, withheld, digests, on)
}

/// What is shared of a record, and which of its fields are kept back; the record
/// itself counts as the field "record" where all of it is.
fn project(record: &Record, choices: &[SharingChoice]) -> (Option<Record>, Vec<String>) {
    if record.kind.holder() == Holder::Partnership {
        return (Some(record.clone()), Vec::new());
    }
    let about: Vec<&SharingChoice> = choices
        .iter()
        .filter(|choice| choice.kind.is_none_or(|kind| kind == record.kind))
        .filter(|choice| choice.records.speaks_of(&record.reference))
        .collect();
    let whole = about.iter().rev().find(|choice| choice.shared || choice.fields == Which::All);
    if !whole.is_some_and(|choice| choice.shared) {
        return (None, vec!["record".to_owned()]);
    }
    let mut shared = record.clone();
    let mut kept = Vec::new();
    for field in record.kind.fields().iter().filter(|field| field.shareable) {
        let says = about.iter().rev().find(|choice| choice.fields.speaks_of(field.name));
        let open = says.is_some_and(|choice| choice.shared);
        if !open && shared.fields.remove(field.name).is_some() {
            shared.field_confidence.remove(field.name);
            kept.push(field.name.to_owned());
        }
    }
    (Some(shared), kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Application;

    fn baseline() -> Baseline {
        let mut record = Record::new(Kind::Application, "A1");
        record.fields.insert("name".into(), json!("Academy"));
        record.fields.insert("users".into(), json!(120));
        record.fields.insert("annual_cost".into(), json!(8_500_000));
        Baseline::freeze("SCC", jiff::civil::date(2014, 3, 31), vec![record])
    }

    fn joined(choices: Vec<SharingChoice>) -> JointRegister {
        let choices = BTreeMap::from([("SCC".to_owned(), choices)]);
        join(&Partnership::default(), &[baseline()], &choices)
    }

    fn choice(fields: Which, shared: bool) -> SharingChoice {
        SharingChoice { kind: Some(Kind::Application), records: Which::All, fields, shared }
    }

    #[test]
    fn nothing_is_shared_until_its_owner_says_so() {
        let joint = joined(Vec::new());
        assert!(joint.all::<Application>().is_empty());
        assert_eq!(joint.withheld().len(), 1);
    }

    #[test]
    fn a_price_kept_back_is_not_in_the_joint_register_and_is_counted() {
        let price = Which::Only(vec!["annual_cost".into()]);
        let joint = joined(vec![choice(Which::All, true), choice(price, false)]);
        let applications = joint.all::<Application>();
        assert_eq!(applications[0].entry.users, Some(120));
        assert_eq!(applications[0].entry.annual_cost, None);
        assert_eq!(joint.withheld()[0].field, "annual_cost");
    }

    #[test]
    fn the_digest_of_what_is_shared_does_not_tell_what_is_kept_back() {
        let price = || Which::Only(vec!["annual_cost".into()]);
        let kept = joined(vec![choice(Which::All, true), choice(price(), false)]);
        let mut cheaper = Record::new(Kind::Application, "A1");
        cheaper.fields.insert("name".into(), json!("Academy"));
        cheaper.fields.insert("users".into(), json!(120));
        cheaper.fields.insert("annual_cost".into(), json!(100));
        let baseline = Baseline::freeze("SCC", jiff::civil::date(2014, 3, 31), vec![cheaper]);
        let choices = BTreeMap::from([("SCC".to_owned(), vec![choice(Which::All, true), choice(price(), false)])]);
        let other = join(&Partnership::default(), &[baseline], &choices);
        assert_eq!(kept.digest(), other.digest());
    }
}
