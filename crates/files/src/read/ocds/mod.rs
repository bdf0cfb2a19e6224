//! The Open Contracting Data Standard 1.1: releases, records and packages of them, read as contracts.
//!
//! Releases of one procurement are put together by their days; awards and contracts in force become contracts of the
//! register, and what is only planned is set aside and counted. What the schema of the standard refuses is told, and
//! what can be used of it is used and marked as estimated.

mod compile;
mod contract;
mod fields;
mod json;
mod schema;
mod stream;
mod supplier;
pub(crate) mod terms;

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Date;
use penshaw_register::Holder;
use serde_json::{Map, Value};

use super::authority_name::same_authority;
use super::gathered::{Draft, Gathered, place};
use super::notes::{Notes, counted};
use super::owner::Owner;
use super::tally::Tally;
use compile::{Version, compile, lighten};
use contract::Procurement;
use json::{instant, objects, text};
use stream::Part;

pub(super) use stream::members;

/// What is wanted of a file of releases.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted<'a> {
    /// The names of the bodies whose procurements are read; everybody's where there are none.
    pub(super) buyers: &'a [String],
    /// The beginnings of the CPV codes that are wanted; all where there are none.
    pub(super) cpv: &'a [String],
}

/// A contract and the body that made it.
pub(super) struct Bought {
    pub(super) buyer: Option<String>,
    pub(super) draft: Draft,
}

/// What a file of releases holds.
pub(super) struct Releases {
    pub(super) contracts: Vec<Bought>,
    pub(super) tally: Tally,
    /// The day of the newest release.
    pub(super) newest: Option<Date>,
}

/// Whether a document with members of these names is one of the standard.
pub(super) fn is_ocds(members: &[String]) -> bool {
    let has = |name: &str| members.iter().any(|member| member == name);
    has("releases") || has("records") || (has("ocid") && !has("nodes"))
}

/// Reads the contracts of one owner.
pub(super) fn read_into(file: &str, text: &str, owner: Owner<'_>, gathered: &mut Gathered) {
    if owner.holder == Holder::Partnership {
        let what = "contracts belong to one authority";
        return gathered.error(place(file, None), what, "move the file to the authority's own folder");
    }
    let own: Vec<String> = owner.name.iter().map(|name| (*name).to_owned()).collect();
    let Some(releases) = read(file, text, Wanted { buyers: &own, cpv: &[] }, gathered) else { return };
    let buyers: BTreeSet<&str> = releases.contracts.iter().filter_map(|bought| bought.buyer.as_deref()).collect();
    if owner.name.is_none() && buyers.len() > 1 {
        let what = format!("the file holds contracts of {} bodies, and all of them are read", buyers.len());
        gathered.warning(place(file, None), what, "\"penshaw gather\" makes a folder for each body");
    }
    for bought in releases.contracts {
        gathered.take(bought.draft.record, bought.draft.sound);
    }
}

/// Reads what is wanted of a file, and says how much of it was used; nothing where it is not JSON.
pub(super) fn read(file: &str, text: &str, wanted: Wanted<'_>, gathered: &mut Gathered) -> Option<Releases> {
    let mut reading = Reading {
        wanted,
        notes: Notes::default(),
        tally: Tally::of("releases and records"),
        newest: None,
        procurements: BTreeMap::new(),
        others: BTreeMap::new(),
        of_others: BTreeSet::new(),
        ids: BTreeMap::new(),
    };
    if let Err(error) = stream::each(text, |part, at| reading.part(part, at)) {
        let what = format!("it is not whole JSON, and nothing of it is read: {error}");
        gathered.error(place(file, None), what, "fetch or export it again: it may have been cut short");
        return None;
    }
    Some(reading.finish(file, gathered))
}

/// A file while it is read.
struct Reading<'a> {
    wanted: Wanted<'a>,
    notes: Notes,
    tally: Tally,
    newest: Option<Date>,
    /// The releases of each procurement, by its ocid.
    procurements: BTreeMap<String, Vec<Version>>,
    /// How many releases are of others, by their names.
    others: BTreeMap<String, u64>,
    /// The procurements of others.
    of_others: BTreeSet<String>,
    /// The procurement of each release's id.
    ids: BTreeMap<String, String>,
}

/// What a file's findings say to do about what is not theirs to mend.
const ASK: &str = "what can be used is used; ask the publisher to correct it";

impl Reading<'_> {
    fn part(&mut self, part: Part, at: String) {
        match part {
            Part::Release(release) => self.release(release, at),
            Part::Record(record) => self.record(record, at),
            Part::NotAList(found) => {
                self.notes.tell(format!("the releases or records are {found}, not a list, and not read"), ASK, &at, "");
            }
            Part::Package(members) => self.package(&members, &at),
        }
    }

    fn package(&mut self, members: &Map<String, Value>, at: &str) {
        for name in ["uri", "publisher", "publishedDate", "version"] {
            if members.get(name).is_none_or(Value::is_null) {
                let what = format!("the package has no \"{name}\", which the OCDS schema requires");
                self.notes.tell(what, "nothing of the contracts is lost; ask the publisher to add it", at, "");
            }
        }
        if let Some(version) = members.get("version").and_then(Value::as_str)
            && version != "1.1"
        {
            let what = format!("the package is of version {version} of the standard and is read as 1.1");
            self.notes.tell(what, "look over the contracts: names may have changed between versions", at, "");
        }
    }

    fn release(&mut self, release: Value, at: String) {
        self.tally.read += 1;
        if !release.is_object() {
            self.notes.tell("a release is not an object, and is set aside", ASK, &at, "");
            return self.tally.set_aside("that are no releases", 1);
        }
        let doubtful = schema::check(&release, &at, &mut self.notes);
        self.keep(release, at, false, doubtful);
    }

    /// A record: what it comes to if it says so, or else its releases put together.
    fn record(&mut self, record: Value, at: String) {
        self.tally.read += 1;
        if let Some(compiled) = record.get("compiledRelease").filter(|compiled| compiled.is_object()) {
            let mut compiled = compiled.clone();
            if let (None, Some(ocid)) = (text(&compiled, "ocid"), text(&record, "ocid")) {
                compiled["ocid"] = ocid.into();
            }
            let at = format!("{at}/compiledRelease");
            let doubtful = schema::check(&compiled, &at, &mut self.notes);
            return self.keep(compiled, at, true, doubtful);
        }
        let embedded: Vec<(usize, &Value)> =
            objects(&record, "releases").enumerate().filter(|(_, release)| release.get("ocid").is_some()).collect();
        if embedded.is_empty() {
            let linked = objects(&record, "releases").any(|release| release.get("url").is_some());
            let (why, hint) = match linked {
                true => (
                    "that only give the addresses of their releases",
                    "fetch the releases, or the record with its compiled release",
                ),
                false => ("without any release that can be read", ASK),
            };
            self.notes.tell(
                format!("records {why} are set aside"),
                hint,
                &at,
                &text(&record, "ocid").unwrap_or_default(),
            );
            return self.tally.set_aside(format!("records {why}"), 1);
        }
        let mut doubtful = false;
        let mut versions = Vec::new();
        for (number, release) in embedded {
            let at = format!("{at}/releases/{number}");
            doubtful |= schema::check(release, &at, &mut self.notes);
            versions.push(version(release, at, false, doubtful));
        }
        if let Some(compiled) = compile(versions) {
            self.keep(compiled.release, at, true, doubtful);
        }
    }

    /// Keeps a release that is wanted, without what nothing is read from.
    fn keep(&mut self, mut release: Value, at: String, compiled: bool, doubtful: bool) {
        let Some(ocid) = text(&release, "ocid").or_else(|| text(&release, "id")) else {
            let hint = "ask the publisher: without an ocid the same contract cannot be known again";
            self.notes.tell("releases without an ocid and an id are set aside", hint, &at, "");
            return self.tally.set_aside("without an ocid and an id", 1);
        };
        let dated = text(&release, "date").and_then(|date| json::day(&date));
        self.newest = self.newest.max(dated);
        if let Some(id) = text(&release, "id") {
            let known = self.ids.entry(id.clone()).or_insert_with(|| ocid.clone());
            if *known != ocid {
                self.notes.tell("releases of several procurements have the same id", ASK, &at, &id);
            }
        }
        let buyers = supplier::buyers(&release);
        if !buyers.is_empty() && !self.is_wanted(&buyers) {
            *self.others.entry(buyers[0].clone()).or_default() += 1;
            self.of_others.insert(ocid);
            return;
        }
        lighten(&mut release);
        self.procurements.entry(ocid).or_default().push(version(&release, at, compiled, doubtful));
    }

    fn is_wanted(&self, buyers: &[String]) -> bool {
        let wanted = self.wanted.buyers;
        wanted.is_empty() || buyers.iter().any(|buyer| wanted.iter().any(|name| same_authority(name, buyer)))
    }

    fn finish(mut self, file: &str, gathered: &mut Gathered) -> Releases {
        let mut contracts = Vec::new();
        for (ocid, versions) in std::mem::take(&mut self.procurements) {
            contracts.extend(self.procurement(file, &ocid, versions));
        }
        let of_others: u64 = self.others.values().sum();
        self.tally.set_aside(format!("of other bodies ({})", counted(&self.others)), of_others);
        std::mem::take(&mut self.notes).finish(file, gathered);
        gathered.warning(place(file, None), self.tally.to_string(), self.hint());
        Releases { contracts, tally: self.tally, newest: self.newest }
    }

    fn hint(&self) -> &'static str {
        match (self.tally.used, self.others.is_empty(), self.wanted.buyers.is_empty()) {
            (0, false, false) => {
                "if the authority buys under another name, correct its name, or the buyer's in the file"
            }
            _ => "look at the number: what is set aside is not in the register",
        }
    }

    /// The contracts of one procurement.
    fn procurement(&mut self, file: &str, ocid: &str, versions: Vec<Version>) -> Vec<Bought> {
        let count = versions.len() as u64;
        let Some(compiled) = compile(versions) else { return Vec::new() };
        let buyers = supplier::buyers(&compiled.release);
        if buyers.is_empty() && !self.wanted.buyers.is_empty() {
            if self.of_others.contains(ocid) {
                self.tally.set_aside("of procurements of other bodies", count);
                return Vec::new();
            }
            let hint = "take the file out if the contracts are another body's";
            self.notes.tell(
                "procurements that name no buyer are taken as the authority's own",
                hint,
                &compiled.at,
                ocid,
            );
        }
        self.tally.set_aside("there twice", compiled.twice);
        self.tally.set_aside("superseded by newer ones", compiled.superseded);
        let procurement = Procurement {
            ocid,
            release: &compiled.release,
            file,
            at: &compiled.at,
            doubtful: compiled.doubtful,
            is_merged: compiled.superseded > 0,
            cpv: self.wanted.cpv,
        };
        match procurement.contracts(&mut self.notes) {
            Ok(drafts) => {
                self.tally.used += 1;
                let buyer = buyers.into_iter().next();
                drafts.into_iter().map(|draft| Bought { buyer: buyer.clone(), draft }).collect()
            }
            Err(why) => {
                self.tally.set_aside(why, 1);
                Vec::new()
            }
        }
    }
}

fn version(release: &Value, at: String, compiled: bool, doubtful: bool) -> Version {
    let published = text(release, "date").and_then(|date| instant(&date));
    Version { published, compiled, at, json: release.to_string().into(), doubtful }
}
