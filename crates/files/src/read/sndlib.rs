//! Networks in the native format of SNDlib, a public library of test networks: nodes become sites, links become links.
//!
//! Each link is read as in place, with the capacity that is installed or, where none is, that of its
//! smallest module, whose cost is what putting it in costs. Larger modules are more of the same link over
//! the same route: as possible links they would promise a second way that is none. Demands, hop limits
//! and admissible paths have no entry and are named in a warning.
//!
//! Source: Orlowski, Wessäly, Pióro and Tomaszewski (2010), "SNDlib 1.0: survivable network design
//! library", Networks 55, 276–286.

use std::collections::{BTreeMap, BTreeSet};

use penshaw_basis::Confidence;
use penshaw_register::{Finding, Holder, Kind, MOST_MONEY_PENCE, Origin, Place, Record};
use serde_json::json;

use super::decode;
use super::gathered::{Draft, Gathered, place};
use super::nearest::shortened;

/// How the first line of a file in this format begins.
const FIRST: &str = "?SNDlib native format";
/// Sections that the register has an entry for, or that explain them.
const READ: [&str; 3] = ["META", "NODES", "LINKS"];
/// Mbit/s in a unit that a file may name.
const UNITS: [(&str, f64); 3] = [("KBITPERSEC", 0.001), ("MBITPERSEC", 1.0), ("GBITPERSEC", 1_000.0)];

/// Whether a file says that it is in this format.
pub fn is_native(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(FIRST.len() + 8)];
    decode::text(start).trim_start_matches('\u{feff}').trim_start().starts_with(FIRST)
}

/// Reads the text of a network as an authority's sites and links, with what is wrong by file and line.
///
/// ```
/// let text = "?SNDlib native format; type: network; version: 1.0
/// META (
///   unit = MBITPERSEC
/// )
/// NODES (
///   Hall ( -1.57 54.78 )
///   Works ( -1.38 54.90 )
/// )
/// LINKS (
///   L1 ( Hall Works ) 0.00 0.00 0.00 0.00 ( 155.00 272.00 622.00 816.00 )
/// )";
/// let (records, findings) = penshaw_files::read::sndlib::read(text, "hall.sndlib.txt");
/// assert_eq!(records.len(), 3);
/// assert_eq!(records[2].fields["capacity_mbps"], 155.0);
/// assert!(penshaw_files::read::has_errors(&findings) == false);
/// ```
pub fn read(text: &str, file: &str) -> (Vec<Record>, Vec<Finding>) {
    let mut gathered = Gathered::default();
    read_into(file, text.as_bytes(), Holder::Authority, &mut gathered);
    gathered.finish()
}

pub(super) fn read_into(file: &str, bytes: &[u8], holder: Holder, gathered: &mut Gathered) {
    if holder == Holder::Partnership {
        let what = "sites and links belong to one authority";
        return gathered.error(place(file, None), what, "move it to the authority's own folder");
    }
    let text = decode::text(bytes);
    let mut network = Network { file, gathered, sites: BTreeSet::new(), unit: None, left_out: BTreeSet::new() };
    network.read(&text);
    network.close();
}

struct Network<'a> {
    file: &'a str,
    gathered: &'a mut Gathered,
    /// The nodes read so far.
    sites: BTreeSet<String>,
    /// Mbit/s in the unit of capacities, where the file names it.
    unit: Option<f64>,
    /// Sections that are not read.
    left_out: BTreeSet<String>,
}

impl Network<'_> {
    fn read(&mut self, text: &str) {
        let mut section: Option<(String, usize)> = None;
        for (number, line) in text.lines().enumerate().skip(1) {
            let (number, line) = (number + 1, line.split('#').next().unwrap_or_default().trim());
            match &section {
                _ if line.is_empty() => {}
                None => section = self.begin(line, number),
                Some(_) if line == ")" => section = None,
                Some((name, _)) => {
                    let name = name.clone();
                    self.entry(&name, line, number);
                }
            }
        }
        if let Some((name, begun)) = section {
            let hint = "the file may have been cut short: fetch it again";
            self.gathered.error(self.at(begun), format!("the section {name} does not end"), hint);
        }
    }

    fn at(&self, line: usize) -> Place {
        place(self.file, format!("line {line}"))
    }

    /// The section that a line opens.
    fn begin(&mut self, line: &str, number: usize) -> Option<(String, usize)> {
        let Some(name) = line.strip_suffix('(').map(str::trim) else {
            let what = format!("\"{}\" begins no section", shortened(line));
            self.gathered.error(self.at(number), what, "a section begins with its name and a bracket: NODES (");
            return None;
        };
        if !READ.contains(&name) {
            self.left_out.insert(name.to_lowercase());
        }
        Some((name.to_owned(), number))
    }

    fn entry(&mut self, section: &str, line: &str, number: usize) {
        match section {
            "META" => self.meta(line),
            "NODES" => self.node(line, number),
            "LINKS" => self.link(line, number),
            _ => {}
        }
    }

    fn meta(&mut self, line: &str) {
        let Some((name, value)) = line.split_once('=') else { return };
        if name.trim() == "unit" {
            let named = UNITS.iter().find(|(unit, _)| *unit == value.trim());
            self.unit = named.map(|(_, megabits)| *megabits);
        }
    }

    fn node(&mut self, line: &str, number: usize) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (id, position) = match words[..] {
            [id] => (id, None),
            [id, "(", east, north, ")"] => (id, Some((east, north))),
            _ => return self.misfit(line, number, "a node is written as: Name ( longitude latitude )"),
        };
        let mut site = self.draft(Kind::Site, id, number);
        site.set("name", json!(id));
        if let Some((east, north)) = position {
            self.position(&mut site, east, north, number);
        }
        self.sites.insert(id.to_owned());
        self.gathered.take(site.record, site.sound);
    }

    fn position(&mut self, site: &mut Draft, east: &str, north: &str, number: usize) {
        let degrees = |word: &str, most: f64| number_of(word).filter(|degrees| degrees.abs() <= most);
        match (degrees(east, 180.0), degrees(north, 90.0)) {
            (Some(east), Some(north)) => {
                site.set("longitude", json!(east));
                site.set("latitude", json!(north));
            }
            _ => self.gathered.warning(
                self.at(number),
                format!("({east} {north}) is no longitude and latitude, and is left out"),
                "the site is drawn without a position; enter its latitude and longitude if they are known",
            ),
        }
    }

    fn link(&mut self, line: &str, number: usize) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let [id, "(", from, to, ")", installed, installed_cost, _routing, setup, "(", modules @ .., ")"] =
            words.as_slice()
        else {
            let form =
                "a link is written as: Name ( from to ) capacity cost routing-cost set-up-cost ( capacity cost … )";
            return self.misfit(line, number, form);
        };
        for site in [*from, *to] {
            if !self.sites.contains(site) {
                let what = format!("the link ends at \"{}\", which is no node", shortened(site));
                self.gathered.error(self.at(number), what, "correct the name, or add the node to NODES");
            }
        }
        let numbers: Option<Vec<f64>> =
            [installed, installed_cost, setup].into_iter().chain(modules.iter()).map(|word| number_of(word)).collect();
        let Some(numbers) = numbers.filter(|numbers| numbers.iter().all(|number| *number >= 0.0)) else {
            return self.misfit(line, number, "capacities and costs are numbers, none of them negative");
        };
        let mut link = self.draft(Kind::Link, id, number);
        link.set("name", json!(id));
        link.set("from_site", json!(from));
        link.set("to_site", json!(to));
        link.set("standing", json!("in place"));
        self.size(&mut link, &numbers, number);
        self.gathered.take(link.record, link.sound);
    }

    /// Capacity and cost: what is installed, else the smallest module with the cost of setting up.
    fn size(&mut self, link: &mut Draft, numbers: &[f64], number: usize) {
        let (installed, installed_cost, setup) = (numbers[0], numbers[1], numbers[2]);
        let modules = numbers[3..].chunks_exact(2);
        if !modules.remainder().is_empty() {
            let what = "the last module has a capacity and no cost, and is left out";
            self.gathered.warning(self.at(number), what, "give each module its capacity and its cost");
        }
        let smallest = modules.map(|module| (module[0], module[1])).min_by(|one, other| one.0.total_cmp(&other.0));
        let (capacity, cost) = match smallest {
            Some((capacity, cost)) if installed == 0.0 => (capacity, cost + setup),
            _ => (installed, installed_cost),
        };
        if capacity > 0.0 {
            link.set("capacity_mbps", json!(capacity * self.unit.unwrap_or(1.0)));
        }
        let pence = (cost * 100.0).round();
        if pence > MOST_MONEY_PENCE as f64 {
            let what = "the cost is larger than the register holds, and is left out";
            self.gathered.warning(self.at(number), what, "enter it if it is right");
        } else if pence > 0.0 {
            link.set("capital_cost", json!(pence as i64));
        }
    }

    fn misfit(&mut self, line: &str, number: usize, form: &str) {
        let what = format!("\"{}\" cannot be read, and is left out", shortened(line));
        self.gathered.error(self.at(number), what, form);
    }

    fn draft(&self, kind: Kind, id: &str, number: usize) -> Draft {
        let origin = Origin { place: self.at(number), cells: BTreeMap::new() };
        let mut draft = Draft::new(kind, id.to_owned(), origin);
        draft.record.confidence = Confidence::Estimated;
        draft
    }

    /// Says what the file leaves open and what is not read.
    fn close(self) {
        if self.unit.is_none() {
            self.gathered.warning(
                place(self.file, None),
                "no unit of capacity that is known is named: capacities are read as Mbit/s",
                "correct them if they are in another unit",
            );
        }
        self.gathered.warning(
            place(self.file, None),
            "costs have no currency: they are read as pounds",
            "use them to compare, or enter real prices",
        );
        if !self.left_out.is_empty() {
            let names: Vec<&str> = self.left_out.iter().map(String::as_str).collect();
            let what = format!("the register has no entry for {}", names.join(", "));
            self.gathered.warning(place(self.file, None), what, "nothing else of the file is lost");
        }
    }
}

/// The words of a line, brackets apart; commas count as spaces.
fn words(line: &str) -> Vec<String> {
    let apart = line.replace('(', " ( ").replace(')', " ) ").replace(',', " ");
    apart.split_whitespace().map(str::to_owned).collect()
}

fn number_of(word: &str) -> Option<f64> {
    word.parse().ok().filter(|number: &f64| number.is_finite())
}
