//! The sharing rule: what each owner chose to share of its records, and the join that obeys it.

use std::collections::BTreeMap;

use penshaw_basis::Digester;
use serde::{Deserialize, Serialize};

use crate::joint::Shown;
use crate::projection::project;
use crate::subtotal::Adding;
use crate::{Baseline, JointRegister, Kind, Partnership, Record};

/// One choice of an owner. Choices are read in order; the last that speaks of a
/// record or field decides. What no choice speaks of is not shared.
///
/// - A choice speaks of a record if it is of the record's kind, names the record,
///   and names a field that the kind has ("all" names every field).
/// - To share a field is to share its record with it: the reference, the confidence
///   and the fields that always go with the entry, such as its title. So
///   `kind = "contracts", fields = ["title"], shared = true` alone shares every
///   contract's title and nothing that the owner may keep back.
/// - To keep back "all", or a field that always goes with the entry, is to keep back
///   the whole record; a later choice shares again only the fields that it names.
/// - To keep back any other field leaves the rest of the record as it was.
/// - `instead` gives a band or a subtotal for the figures that the choice keeps back.
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
    /// What is given in place of figures that are kept back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
}

/// What an owner gives in place of a figure that it keeps back. Neither is a figure,
/// and neither enters a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Instead {
    /// For each entry, the [band](crate::Band) in which its figure stands.
    Band,
    /// For all such entries of the kind together, their number and sum: a [subtotal](crate::Subtotal).
    Subtotal,
}

impl Instead {
    /// Both.
    pub const ALL: [Instead; 2] = [Instead::Band, Instead::Subtotal];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Instead::Band => "band",
            Instead::Subtotal => "subtotal",
        }
    }
}

/// Which records a choice is about: `"all"`, or a list of references.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "ListOrAll", into = "ListOrAll")]
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
    pub(crate) fn speaks_of(&self, name: &str) -> bool {
        match self {
            Which::All => true,
            Which::Only(list) => list.iter().any(|listed| listed == name),
        }
    }
}

impl SharingChoice {
    /// Whether the choice speaks of the record itself, or of a field that it may have.
    pub(crate) fn speaks_of(&self, record: &Record) -> bool {
        let named = |kind: Kind| kind.fields().iter().any(|field| self.fields.speaks_of(field.name));
        self.kind.is_none_or(|kind| kind == record.kind)
            && self.records.speaks_of(&record.reference)
            && (self.fields == Which::All || named(record.kind))
    }

    /// Whether it keeps back the whole of a record that it speaks of.
    pub(crate) fn keeps_back_whole(&self, kind: Kind) -> bool {
        let mut open = kind.fields().iter().filter(|field| !field.shareable);
        !self.shared && (self.fields == Which::All || open.any(|field| self.fields.speaks_of(field.name)))
    }

    /// Whether it gives this in place of the figures that it keeps back of a kind, entry by entry.
    pub(crate) fn gives(&self, instead: Instead, kind: Kind) -> bool {
        !self.shared && self.instead == Some(instead) && !self.keeps_back_whole(kind)
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
    let mut joining = Joining::default();
    for baseline in baselines {
        let own = choices.get(baseline.owner()).map(Vec::as_slice).unwrap_or_default();
        joining.add(baseline, own);
    }
    let digests = joining.digesters.into_iter().map(|(owner, digester)| (owner, digester.finish())).collect();
    let on = baselines.iter().map(Baseline::on).max();
    JointRegister::made(partnership.clone(), joining.shown, digests, on)
}

/// What was joined so far.
#[derive(Default)]
struct Joining {
    shown: Shown,
    digesters: BTreeMap<String, Digester>,
}

impl Joining {
    fn add(&mut self, baseline: &Baseline, choices: &[SharingChoice]) {
        let owner = baseline.owner();
        let digesters = &mut self.digesters;
        let digester =
            digesters.entry(owner.to_owned()).or_insert_with(|| Digester::new("penshaw shared projection 1"));
        let mut adding = Adding::default();
        for record in baseline.records() {
            let projection = project(owner, record, choices);
            adding.add(record, &projection.subtotalled);
            projection.digest_into(digester);
            self.shown.add(owner, record, projection);
        }
        let subtotals = adding.given(owner);
        subtotals.iter().for_each(|subtotal| subtotal.digest_into(digester));
        self.shown.subtotals.extend(subtotals);
    }
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
        SharingChoice { kind: Some(Kind::Application), records: Which::All, fields, shared, instead: None }
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
