//! Files that name the bodies whose entries they hold: OCDS packages, award notices, LGR estates, spending and registers of contracts.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_register::{Finding, Holder, Kind, Record};
use serde::Deserialize;

use super::authority_name::same_authority;
use super::contents::Contents;
use super::gathered::{Gathered, place};
use super::limits::LARGEST_PUBLISHED;
use super::notes::counted;
use super::ocds::{self, Bought, Wanted};
use super::tally::Tally;
use super::written::Wrong;
use super::{by_place, decode, delimited, ending, lgr, notices, pasted, published, rows, too_large_for};

/// What is wanted of files that name bodies.
#[derive(Clone, Copy, Debug, Default)]
pub struct BodiesAsked<'a> {
    /// The names of the bodies that are wanted; all where there are none.
    pub bodies: &'a [String],
    /// The beginnings of the CPV codes of the contracts that are wanted; all where there are none.
    pub cpv: &'a [String],
}

/// What a file holds of one body.
#[derive(Clone, Debug)]
pub struct OfBody {
    /// Its name, as the file writes it.
    pub name: String,
    /// Its entries.
    pub records: Vec<Record>,
}

/// What a file that names bodies holds.
#[derive(Clone, Debug, Default)]
pub struct OfBodies {
    /// Each body once, in the order of their names.
    pub bodies: Vec<OfBody>,
    /// What is wrong with the file and with each entry on its own, and how much of it was used.
    pub findings: Vec<Finding>,
    /// How much was read, used and set aside.
    pub tally: Tally,
    /// The newest day that the file speaks of as published or paid.
    pub newest: Option<Date>,
}

/// Reads a file that names the bodies whose entries it holds.
///
/// ```
/// use penshaw_files::read::{BodiesAsked, of_bodies};
/// let csv = b"Body Name,Date,Transaction Number,Net Amount,Supplier Name\n\
///     Example District Council,30/04/2025,100,21250,Example Software Ltd\n\
///     Next District Council,30/04/2025,101,900,Example Software Ltd\n";
/// let found = of_bodies("spend.csv", csv, BodiesAsked::default());
/// assert_eq!(found.bodies[1].name, "Next District Council");
/// assert_eq!((found.tally.read, found.tally.used), (2, 2));
/// ```
pub fn of_bodies(name: &str, bytes: &[u8], asked: BodiesAsked<'_>) -> OfBodies {
    let mut reading = Reading {
        file: name,
        asked,
        shared: Gathered::default(),
        bodies: BTreeMap::new(),
        known_as: BTreeMap::new(),
        found: OfBodies::default(),
    };
    if bytes.len() as u64 > LARGEST_PUBLISHED {
        reading.shared.wrong(place(name, None), too_large_for(bytes.len() as u64, LARGEST_PUBLISHED));
    } else {
        match ending(name).as_str() {
            "json" | "jsonl" | "ndjson" => reading.json(bytes),
            "csv" | "tsv" => reading.csv(bytes),
            _ => reading.shared.error(
                place(name, None),
                "it is no file that names bodies, and is not read",
                "give JSON of OCDS or LGR, or CSV with a column of the body's name; put other files into a body's own folder",
            ),
        }
    }
    reading.finish()
}

struct Reading<'a> {
    file: &'a str,
    asked: BodiesAsked<'a>,
    /// Findings of the file as a whole.
    shared: Gathered,
    bodies: BTreeMap<String, Gathered>,
    /// The name under which each name's entries are gathered.
    known_as: BTreeMap<String, String>,
    found: OfBodies,
}

/// The members of LGR's files that say whose they are.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Lgr {
    council_name: Option<String>,
    vesting_date: Option<String>,
    successors: Vec<Successor>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Successor {
    name: String,
}

impl Reading<'_> {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { buyers: self.asked.bodies, cpv: self.asked.cpv }
    }

    fn is_wanted(&self, body: &str) -> bool {
        self.asked.bodies.is_empty() || self.asked.bodies.iter().any(|wanted| same_authority(wanted, body))
    }

    /// What is gathered of a body, whose name may be written in several ways.
    fn body(&mut self, name: &str) -> &mut Gathered {
        let known = self.known_as.get(name).cloned().unwrap_or_else(|| {
            let same = self.bodies.keys().find(|known| same_authority(known, name)).cloned();
            let known = same.unwrap_or_else(|| name.to_owned());
            self.known_as.insert(name.to_owned(), known.clone());
            known
        });
        self.bodies.entry(known).or_default()
    }

    fn json(&mut self, bytes: &[u8]) {
        if let Some(wrong) = Contents::of(bytes).not_text("JSON") {
            return self.shared.wrong(place(self.file, None), wrong);
        }
        let text = decode::text(bytes);
        if ocds::is_ocds(&ocds::members(&text)) {
            let mut shared = std::mem::take(&mut self.shared);
            let releases = ocds::read(self.file, &text, self.wanted(), &mut shared);
            self.shared = shared;
            if let Some(releases) = releases {
                self.found.tally = releases.tally;
                self.found.newest = releases.newest;
                self.bought(releases.contracts);
            }
            return;
        }
        self.lgr(&text);
    }

    fn lgr(&mut self, text: &str) {
        let said: Lgr = serde_json::from_str(text).unwrap_or_default();
        self.found.tally = Tally { unit: "estates", read: 1, ..Tally::default() };
        if let (Some(day), None) = (&said.vesting_date, &said.council_name) {
            let names: Vec<&str> = said.successors.iter().map(|successor| successor.name.as_str()).collect();
            let what = format!(
                "it is a plan of reorganisation and is set aside: vesting day {day}, successors {}",
                if names.is_empty() { "not named".to_owned() } else { names.join(", ") }
            );
            self.found.tally.set_aside("plan of reorganisation", 1);
            let hint = "the register has no entry for it: keep the file, and record directions and consents by hand";
            return self.shared.warning(place(self.file, None), what, hint);
        }
        let name = said.council_name.unwrap_or_default();
        if !name.is_empty() && !self.is_wanted(&name) {
            self.found.tally.set_aside(format!("of other bodies ({name})"), 1);
            let what = format!("the estate is {name}'s, and is set aside");
            return self.shared.warning(place(self.file, None), what, "ask for that body too if it is wanted");
        }
        let file = self.file;
        let mut own = Gathered::default();
        lgr::read(file, text, Holder::Authority, &mut own);
        if name.is_empty() || own.is_empty() {
            self.found.tally.set_aside("estate that cannot be read", 1);
            self.shared.extend(own);
        } else {
            self.found.tally.used = 1;
            self.body(&name).extend(own);
        }
    }

    fn csv(&mut self, bytes: &[u8]) {
        if let Some(wrong) = Contents::of(bytes).not_text("CSV") {
            return self.shared.wrong(place(self.file, None), wrong);
        }
        let sheet = delimited::sheet(self.file, &decode::text(bytes), &mut self.shared);
        if notices::is_notices(&sheet) {
            let mut shared = std::mem::take(&mut self.shared);
            let found = notices::read(&sheet, self.wanted(), &mut shared);
            self.shared = shared;
            self.found.tally = found.tally;
            self.found.newest = found.newest;
            return self.bought(found.contracts);
        }
        let by_body = published::kind_of(&sheet).map(|kind| (kind, published::by_body(sheet, kind)));
        let Some((kind, Ok(tables))) = by_body else {
            let what = "no column names the body whose entries the lines are, and nothing is read";
            let hint = "head a column \"Body Name\", or put the file into the body's own folder";
            return self.shared.error(place(self.file, None), what, hint);
        };
        self.tables(kind, tables);
    }

    fn tables(&mut self, kind: Kind, tables: BTreeMap<String, super::sheet::Sheet>) {
        self.found.tally = Tally::of("lines");
        let mut others: BTreeMap<String, u64> = BTreeMap::new();
        for (name, table) in tables {
            let headings = table.rows.iter().take_while(|row| row.number < published::first_line(&table, kind)).count();
            let lines = (table.rows.len() - headings) as u64;
            self.found.tally.read += lines;
            if name.is_empty() {
                self.found.tally.set_aside("that name no body", lines);
                let what = format!("{lines} lines name no body, and are set aside");
                self.shared.warning(place(self.file, None), what, "write the body's name in each line");
            } else if self.is_wanted(&name) {
                let mut own = Gathered::default();
                rows::read_held(&table, kind, Holder::Authority, &mut own);
                let used = own.len() as u64;
                self.found.tally.used += used;
                self.found.tally.set_aside("without a supplier, or with mistakes", lines.saturating_sub(used));
                self.found.newest = self.found.newest.max(own.newest("paid_on"));
                self.body(&name).extend(own);
            } else {
                others.insert(name, lines);
            }
        }
        self.found.tally.set_aside(format!("of other bodies ({})", counted(&others)), others.values().sum());
        self.shared.warning(
            place(self.file, None),
            self.found.tally.to_string(),
            "look at the number: what is set aside is not in the register",
        );
    }

    fn bought(&mut self, contracts: Vec<Bought>) {
        let mut nobody = 0;
        for Bought { buyer, draft } in contracts {
            match buyer {
                Some(buyer) => self.body(&buyer).take(draft.record, draft.sound),
                None => nobody += 1,
            }
        }
        if nobody > 0 {
            let what = format!("{nobody} contracts name no buyer, and are set aside");
            let hint = "put the file into the buyer's own folder, where they are read as its own";
            self.shared.wrong(place(self.file, None), Wrong::new(what, hint));
        }
    }

    fn finish(mut self) -> OfBodies {
        let (_, mut findings) = self.shared.finish();
        for (name, gathered) in self.bodies {
            let (records, found) = gathered.finish();
            findings.extend(found);
            self.found.bodies.push(OfBody { name, records });
        }
        let mut limited = Gathered::default();
        limited.findings = by_place(findings);
        pasted::limit(self.file, 0, &mut limited);
        self.found.findings = limited.findings;
        self.found
    }
}
