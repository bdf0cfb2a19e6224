//! Makes a partnership folder of files that name the bodies whose entries they hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use penshaw_basis::Date;
use penshaw_files::read::limits::LARGEST_PUBLISHED;
use penshaw_files::read::{
    BodiesAsked, Folder, OfBodies, OfBody, Tally, code_of, has_errors, of_bodies, same_authority,
};
use penshaw_files::write::folder as write;
use penshaw_register::{
    Authority, Baseline, Finding, Kind, Partnership, Place, Record, Severity, SharingChoice, Which, join,
};

use crate::{Refusal, read_file};

/// What is to be gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    /// The bodies that are wanted, by name; all where there are none.
    pub authorities: Vec<String>,
    /// The beginnings of the CPV codes of the contracts that are wanted; all where there are none.
    pub cpv: Vec<String>,
    /// What the partnership is called; after its files where nothing is said.
    pub name: Option<String>,
    /// The day of the entries; the newest day that the files speak of where nothing is said.
    pub on: Option<Date>,
}

/// What came of gathering.
#[derive(Clone, Debug)]
pub struct GatheredFiles {
    /// Everything that was found in the files.
    pub findings: Vec<Finding>,
    /// What was read, used and set aside, and what each authority has, in lines.
    pub summary: String,
}

/// Gathers the entries of every body that the files name into a new partnership folder, one folder a body.
///
/// Each authority shares everything: what the files hold is published, or was handed in to be compared.
///
/// # Errors
/// If a file cannot be read, no entries are found, or the folder is there already or cannot be written.
pub fn gather_files(files: &[PathBuf], asked: &Gathering, today: Date, out: &Path) -> Result<GatheredFiles, Refusal> {
    let mut found = Vec::new();
    for path in files {
        let bytes = bytes(path)?;
        let name = read_file::name(path);
        let wanted = BodiesAsked { bodies: &asked.authorities, cpv: &asked.cpv };
        let read = of_bodies(&name, &bytes, wanted);
        found.push((name, read));
    }
    let gathered = put_together(found, asked, today);
    if gathered.folder.partnership.authorities.is_empty() {
        let findings = gathered.folder.findings;
        return Err(match has_errors(&findings) {
            true => Refusal::Findings(findings),
            false => Refusal::NotNow {
                what: format!("the files hold no entries that were asked for ({})", gathered.lines.join("; ")),
                hint: "leave out --authority and --cpv to see what the files hold".into(),
            },
        });
    }
    let files = write::files(&(&gathered.folder).into())?;
    write::write(&files, out)?;
    let summary = gathered.summary();
    Ok(GatheredFiles { findings: gathered.folder.findings, summary })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let failed = |error| Refusal::File { path: path.to_owned(), error };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > LARGEST_PUBLISHED {
        let what =
            format!("{} MB is more than the {} MB that are read", size / 1_000_000, LARGEST_PUBLISHED / 1_000_000);
        return Err(Refusal::NotWhatItShouldBe { path: path.to_owned(), what });
    }
    read_file::bytes(path)
}

/// A partnership put together of files.
#[derive(Debug)]
pub struct PutTogether {
    /// The partnership, with what was found in the files.
    pub folder: Folder,
    /// What was read, used and set aside, a line a file.
    pub lines: Vec<String>,
}

/// Puts what files hold together as a partnership: pure, so that a page can show it before anything is kept.
pub fn put_together(found: Vec<(String, OfBodies)>, asked: &Gathering, today: Date) -> PutTogether {
    let mut putting = Putting::default();
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    for (file, read) in found {
        putting.newest = putting.newest.max(read.newest);
        putting.lines.push(format!("{file}: {}", counted(&read.tally)));
        putting.findings.extend(read.findings);
        for body in read.bodies {
            putting.add(&file, body);
        }
    }
    putting.say_missing(&asked.authorities, &names.join(", "));
    let on = asked.on.or(putting.newest).unwrap_or(today);
    let name = asked.name.clone().unwrap_or_else(|| format!("Gathered from {}", names.join(", ")));
    putting.finish(name, on)
}

fn counted(tally: &Tally) -> String {
    if tally.unit.is_empty() { "not read".into() } else { tally.to_string() }
}

/// What one body has, by kind and reference.
type Entries = BTreeMap<(Kind, String), Record>;

#[derive(Default)]
struct Putting {
    bodies: BTreeMap<String, Entries>,
    /// The name under which each name's entries are kept.
    known_as: BTreeMap<String, String>,
    newest: Option<Date>,
    findings: Vec<Finding>,
    lines: Vec<String>,
}

impl Putting {
    fn add(&mut self, file: &str, body: OfBody) {
        let known = self.known_as.get(&body.name).cloned().unwrap_or_else(|| {
            let same = self.bodies.keys().find(|known| same_authority(known, &body.name)).cloned();
            same.unwrap_or_else(|| body.name.clone())
        });
        self.known_as.insert(body.name, known.clone());
        let entries = self.bodies.entry(known.clone()).or_default();
        let (mut same, mut other) = (0, Vec::new());
        for record in body.records {
            match entries.get(&(record.kind, record.reference.clone())) {
                Some(standing) if standing.fields == record.fields => same += 1,
                Some(_) => other.push(record.reference),
                None => {
                    entries.insert((record.kind, record.reference.clone()), record);
                }
            }
        }
        if same > 0 {
            let what = format!("{same} entries of {known} are in an earlier file too, with the same in them");
            self.warn(file, what, "nothing is lost: each is kept once");
        }
        if !other.is_empty() {
            let what = format!(
                "{} entries of {known} are in an earlier file with something else in them, and are set aside: {}",
                other.len(),
                other.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
            );
            self.warn(file, what, "give the file that is right first");
        }
    }

    fn warn(&mut self, file: &str, what: String, hint: &str) {
        let place = Place { file: file.to_owned(), sheet: None, cell: None };
        self.findings.push(Finding { severity: Severity::Warning, place, what, hint: hint.into() });
    }

    /// Names the bodies that were asked for and of which nothing was found.
    fn say_missing(&mut self, asked: &[String], files: &str) {
        let is_there = |wanted: &String| self.bodies.keys().any(|name| same_authority(name, wanted));
        let missing: Vec<&String> = asked.iter().filter(|wanted| !is_there(wanted)).collect();
        for wanted in missing {
            let what = format!("no entries that can be used are of \"{wanted}\"");
            let hint = "write its name as the files do; what they hold of it may also be set aside, such as plans";
            self.warn(files, what, hint);
        }
    }

    fn finish(self, name: String, on: Date) -> PutTogether {
        let mut partnership = Partnership { name, ..Partnership::default() };
        let (mut baselines, mut choices, mut taken) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        for (name, entries) in self.bodies.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            let code = code_of(&name, &taken);
            taken.insert(code.clone());
            baselines.push(Baseline::freeze(&code, on, entries.into_values().collect()));
            choices.insert(code.clone(), vec![everything()]);
            let folder = code.to_lowercase();
            partnership.authorities.push(Authority { code, name, folder, ..Authority::default() });
        }
        let mut findings = self.findings;
        findings.sort();
        let folder = Folder { partnership, baselines, choices, parameters: BTreeMap::new(), findings };
        PutTogether { folder, lines: self.lines }
    }
}

/// The choice to share everything.
fn everything() -> SharingChoice {
    SharingChoice { kind: None, records: Which::All, fields: Which::All, shared: true, instead: None }
}

impl PutTogether {
    /// What was read, used and set aside, and what each authority has.
    pub fn summary(&self) -> String {
        let joint = join(&self.folder.partnership, &self.folder.baselines, &self.folder.choices);
        let mut lines = self.lines.clone();
        for baseline in &self.folder.baselines {
            let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
            baseline.records().iter().for_each(|record| *kinds.entry(record.kind.sheet()).or_default() += 1);
            let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            let name = self.folder.partnership.name_of(baseline.owner());
            lines.push(format!("{name} ({}): {}, as of {}", baseline.owner(), kinds.join(", "), baseline.on()));
        }
        let shared = joint.records().count();
        lines.push(format!("{shared} entries, all of them shared with the others: change that in each estate.toml"));
        lines.join("\n")
    }
}
