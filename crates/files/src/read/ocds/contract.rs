//! The awards and contracts of a procurement as records of contracts.

use std::collections::BTreeMap;

use penshaw_register::{Kind, Origin};
use serde_json::Value;

use super::fields::Reading;
use super::json::{object, objects, text};
use crate::read::gathered::{Draft, place};
use crate::read::notes::Notes;

/// A procurement whose contracts are read.
pub(super) struct Procurement<'a> {
    pub(super) ocid: &'a str,
    pub(super) release: &'a Value,
    pub(super) file: &'a str,
    pub(super) at: &'a str,
    /// Whether the schema refuses something in it.
    pub(super) doubtful: bool,
    /// Whether it was put together of several releases, so that its lists are not those of the file.
    pub(super) is_merged: bool,
    /// The beginnings of the CPV codes that are wanted; all where there are none.
    pub(super) cpv: &'a [String],
}

/// An award with its contract, or without one yet.
#[derive(Clone, Copy)]
pub(super) struct Agreed<'a> {
    pub(super) award: &'a Value,
    pub(super) contract: &'a Value,
    /// Whether its award has other contracts too.
    pub(super) one_of_several: bool,
    /// The list it stands in, and where.
    list: (&'static str, usize),
}

impl Procurement<'_> {
    /// The contracts that are or were in force; why there are none, where there are none.
    pub(super) fn contracts(&self, notes: &mut Notes) -> Result<Vec<Draft>, &'static str> {
        let agreed = self.agreed();
        if agreed.is_empty() {
            return Err("planned procurements without an award");
        }
        let mut why = None;
        let (in_force, others): (Vec<_>, Vec<_>) = agreed.into_iter().partition(|one| not_in_force(one).is_none());
        for one in &others {
            let reason = not_in_force(one).expect("it was parted for that");
            why = Some(reason);
            if !in_force.is_empty() {
                let what = format!("an award of the procurement is set aside: {reason}");
                notes.tell(what, "nothing to do if that is so", &self.pointer(one), self.ocid);
            }
        }
        let several = in_force.len() > 1;
        let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
        for one in &in_force {
            let Some(reference) = self.reference(one) else {
                let hint = "ask the publisher for an id of each award and contract";
                notes.tell("an award or contract has no id, and is set aside", hint, &self.pointer(one), self.ocid);
                why = Some("whose awards have no id");
                continue;
            };
            if drafts.contains_key(&reference) {
                let what = "two awards or contracts of one procurement have the same id; the first is read";
                notes.tell(what, "ask the publisher which of them is right", &self.pointer(one), &reference);
                continue;
            }
            let draft = self.contract(one, &reference, several, notes);
            if self.is_wanted(&draft) {
                drafts.insert(reference, draft);
            } else {
                why = Some("outside the CPV codes asked for");
            }
        }
        match why {
            Some(why) if drafts.is_empty() => Err(why),
            _ => Ok(drafts.into_values().collect()),
        }
    }

    /// Every contract with its award, and every award without a contract.
    fn agreed(&self) -> Vec<Agreed<'_>> {
        let awards: Vec<&Value> = objects(self.release, "awards").collect();
        let contracts: Vec<&Value> = objects(self.release, "contracts").collect();
        let of = |contract: &Value| text(contract, "awardID");
        let mut agreed = Vec::new();
        for (number, contract) in contracts.iter().enumerate() {
            let award_id = of(contract);
            let award = awards.iter().find(|award| award_id.is_some() && text(award, "id") == award_id);
            let award = award.copied().or((awards.len() == 1 && award_id.is_none()).then(|| awards[0]));
            let siblings = contracts.iter().filter(|other| of(other) == award_id).count();
            agreed.push(Agreed {
                award: award.unwrap_or(&Value::Null),
                contract,
                one_of_several: siblings > 1,
                list: ("contracts", number),
            });
        }
        for (number, award) in awards.iter().enumerate() {
            if !agreed.iter().any(|one| std::ptr::eq(one.award, *award)) {
                agreed.push(Agreed { award, contract: &Value::Null, one_of_several: false, list: ("awards", number) });
            }
        }
        agreed
    }

    fn pointer(&self, one: &Agreed<'_>) -> String {
        if self.is_merged { self.at.to_owned() } else { format!("{}/{}/{}", self.at, one.list.0, one.list.1) }
    }

    /// The reference of a contract: the procurement's ocid and the ids of its award and, where there are several, of itself.
    fn reference(&self, one: &Agreed<'_>) -> Option<String> {
        if let Some(own) = text(object(one.contract, "penshaw"), "reference") {
            return Some(own);
        }
        let (award, contract) =
            (text(one.award, "id").or_else(|| text(one.contract, "awardID")), text(one.contract, "id"));
        let id = match (award, contract) {
            (Some(award), Some(contract)) if one.one_of_several => format!("{award}-{contract}"),
            (Some(award), _) => award,
            (None, contract) => contract?,
        };
        let whole = if id.starts_with(self.ocid) { id } else { format!("{}-{id}", self.ocid) };
        Some(whole.replace([';', '\n', '\t'], "-"))
    }

    fn is_wanted(&self, draft: &Draft) -> bool {
        let codes = draft.record.fields.get("classification").and_then(Value::as_array);
        let codes = || codes.into_iter().flatten().filter_map(Value::as_str);
        self.cpv.is_empty() || self.cpv.iter().any(|start| codes().any(|code| code.starts_with(start.as_str())))
    }

    fn contract(&self, one: &Agreed<'_>, reference: &str, several: bool, notes: &mut Notes) -> Draft {
        let pointer = self.pointer(one);
        let origin =
            Origin { place: place(self.file, (!pointer.is_empty()).then(|| pointer.clone())), cells: BTreeMap::new() };
        let draft = Draft::new(Kind::Contract, reference.to_owned(), origin);
        Reading::of(self, one, pointer, draft, notes).read(several)
    }
}

/// Why an award or contract is not in force, if it is not.
fn not_in_force(one: &Agreed<'_>) -> Option<&'static str> {
    let status = text(one.contract, "status").or_else(|| text(one.award, "status")).unwrap_or_default();
    match status.to_lowercase().as_str() {
        "cancelled" => Some("cancelled"),
        "unsuccessful" => Some("not awarded to anybody"),
        "pending" => Some("awarded and not in force yet"),
        "terminated" if text(object(one.contract, "period"), "endDate").is_none() => {
            Some("ended on a day that is not given")
        }
        _ => None,
    }
}
