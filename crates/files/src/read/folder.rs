//! A partnership folder: `partnership.toml`, one folder of estate files per authority, and parameters.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use penshaw_basis::Date;
use penshaw_register::{
    Authority, Baseline, Finding, Holder, PARTNERSHIP, Partnership, Record, SharingChoice, check_together,
};
use toml::de::DeTable;

use super::estate::{self, ESTATE_FILE, Estate};
use super::gathered::{Gathered, place};
use super::limits::LARGEST_FILE;
use super::owner::Owner;
use super::partnership::{self, PARTNERSHIP_FILE};
use super::safe_name::is_plain_path;
use super::sndlib;
use super::toml_text::{Lines, TOML_HINT};
use super::written::Wrong;
use super::{by_place, decode, ending, gather, too_large};

/// The folder of a partnership's own parameters, which lie over those that come with Penshaw.
const PARAMETERS: &str = "parameters";
/// How many bytes of a text say whether it is a note.
const LONGEST_START: u64 = 64;

/// A partnership folder as it was read.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The partnership.
    pub partnership: Partnership,
    /// What each authority has, in the order of the authorities, then what the partners hold together.
    pub baselines: Vec<Baseline>,
    /// What each authority chose to share, by its code.
    pub choices: BTreeMap<String, Vec<SharingChoice>>,
    /// The partnership's own parameters: the text of each file, by its path below `parameters/`.
    pub parameters: BTreeMap<String, String>,
    /// Everything that is wrong, of the files and of the records, errors first.
    pub findings: Vec<Finding>,
}

/// Why a folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at the path.
    #[error("there is no folder {0}")]
    NoSuchFolder(PathBuf),
    /// The path is a file.
    #[error("{0} is a file, not a partnership folder")]
    NotAFolder(PathBuf),
    /// The folder is no partnership folder.
    #[error("{0} has no partnership.toml")]
    NoPartnership(PathBuf),
    /// `partnership.toml` cannot be understood.
    #[error("partnership.toml, line {line}: {message}")]
    NotToml {
        /// The line of the first mistake.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// The computer did not let it be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the computer says.
        error: std::io::Error,
    },
}

impl ReadError {
    /// What to do, in one line.
    pub fn hint(&self) -> &'static str {
        match self {
            ReadError::NoSuchFolder(_) => "check the path; it is read from the folder you are in",
            ReadError::NotAFolder(_) => "give the folder that holds partnership.toml",
            ReadError::NoPartnership(_) => {
                "a partnership folder holds partnership.toml and one folder of estate files per authority"
            }
            ReadError::NotToml { .. } => TOML_HINT,
            ReadError::Unreadable { .. } => "check that you may read it",
        }
    }
}

/// Reads a partnership folder: all of it, and all that is wrong with it.
///
/// # Errors
/// Only for what makes reading impossible; everything else is a finding.
pub fn folder(path: &Path) -> Result<Folder, ReadError> {
    let root = open(path)?;
    let text = partnership_text(&root)?;
    let (table, errors) = DeTable::parse_recoverable(&text);
    if let Some(error) = errors.first() {
        let lines = Lines::of(PARTNERSHIP_FILE, &text);
        let line = lines.line(error.span().map_or(0, |span| span.start));
        return Err(ReadError::NotToml { line, message: super::nearest::shortened(error.message()) });
    }
    let mut joint = Gathered::default();
    let (partnership, on) = partnership::read(&text, table.get_ref(), &mut joint);
    let mut reading = Reading { root, findings: Vec::new() };
    let mut estates: Vec<OwnedRecords> = Vec::new();
    let mut choices = BTreeMap::new();
    for authority in &partnership.authorities {
        let (records, estate) = reading.authority(authority, on);
        choices.insert(authority.code.clone(), estate.choices);
        estates.push(OwnedRecords { owner: authority.code.clone(), on: estate.on, records });
    }
    reading.partnership_files(&mut joint);
    let (records, findings) = joint.finish();
    reading.findings.extend(findings);
    estates.push(OwnedRecords { owner: PARTNERSHIP.to_owned(), on, records });
    let parameters = reading.parameters();
    let baselines = freeze(estates);
    reading.findings.extend(check_together(&partnership, &baselines));
    Ok(Folder { partnership, baselines, choices, parameters, findings: by_place(reading.findings) })
}

fn open(path: &Path) -> Result<PathBuf, ReadError> {
    match fs::metadata(path) {
        Ok(found) if !found.is_dir() => Err(ReadError::NotAFolder(path.to_owned())),
        Ok(_) => path.canonicalize().map_err(|error| ReadError::Unreadable { path: path.to_owned(), error }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(ReadError::NoSuchFolder(path.to_owned())),
        Err(error) => Err(ReadError::Unreadable { path: path.to_owned(), error }),
    }
}

fn partnership_text(root: &Path) -> Result<String, ReadError> {
    let path = root.join(PARTNERSHIP_FILE);
    if !path.exists() {
        return Err(ReadError::NoPartnership(root.to_owned()));
    }
    let unreadable = |error| ReadError::Unreadable { path: path.clone(), error };
    let size = fs::metadata(&path).map_err(unreadable)?.len();
    if size > LARGEST_FILE {
        let what = too_large(size).what;
        return Err(unreadable(std::io::Error::new(std::io::ErrorKind::FileTooLarge, what)));
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    Ok(decode::text(&bytes).into_owned())
}

/// The records of one owner before they are frozen.
struct OwnedRecords {
    owner: String,
    on: Option<Date>,
    records: Vec<Record>,
}

/// Freezes every owner's records. An owner without a day takes the newest of the others: for an
/// authority that is a finding already, and for the partnership it is the rule.
fn freeze(estates: Vec<OwnedRecords>) -> Vec<Baseline> {
    let newest = estates.iter().filter_map(|estate| estate.on).max();
    let otherwise = newest.unwrap_or(Date::constant(1970, 1, 1));
    let frozen = estates
        .into_iter()
        .map(|estate| Baseline::freeze(estate.owner, estate.on.unwrap_or(otherwise), estate.records));
    frozen.collect()
}

/// The folder while it is read.
struct Reading {
    /// The folder itself, with every link followed.
    root: PathBuf,
    findings: Vec<Finding>,
}

impl Reading {
    /// One authority's records, each checked on its own, and what its estate file says.
    fn authority(&mut self, authority: &Authority, on: Option<Date>) -> (Vec<Record>, Estate) {
        let mut gathered = Gathered::default();
        let name = authority.folder.trim_end_matches('/').to_owned();
        let Some(files) = self.files(&name, &mut gathered) else {
            self.findings.extend(gathered.findings);
            return (Vec::new(), Estate { on, ..Estate::default() });
        };
        let mut estate = Estate::default();
        let mut entries = 0;
        for (file, path) in files {
            if file.rsplit('/').next() == Some(ESTATE_FILE) {
                if let Some(bytes) = read(&file, &path, &mut gathered) {
                    estate = estate::read(&file, &decode::text(&bytes), &mut gathered);
                }
            } else if is_of_entries(&file, &path) {
                entries += 1;
                let owner = Owner { holder: Holder::Authority, name: Some(&authority.name) };
                entries_of(&file, &path, owner, &mut gathered);
            }
        }
        let file = format!("{name}/{ESTATE_FILE}");
        estate.on = estate.on.or(on);
        if estate.on.is_none() {
            let what = format!("nothing says of which day {}'s entries are", authority.name);
            gathered.error(place(&file, None), what, "write on = 2014-03-31 at the top of the file, with your day");
        }
        let (records, findings) = gathered.finish();
        let mut later = Gathered::default();
        later.findings = findings;
        if records.is_empty() && entries == 0 {
            let hint = "put a workbook or CSV files into it; \"penshaw template estate.xlsx\" writes an empty one";
            later.warning(place(&name, None), "the folder has no files of entries", hint);
        }
        estate::check_choices(&file, authority, &estate, &records, &mut later);
        self.findings.extend(later.findings);
        (records, estate)
    }

    /// The partners' own files, which need not be there.
    fn partnership_files(&self, joint: &mut Gathered) {
        if !self.root.join(PARTNERSHIP).exists() {
            return;
        }
        for (file, path) in self.files(PARTNERSHIP, joint).unwrap_or_default() {
            if is_of_entries(&file, &path) {
                entries_of(&file, &path, Owner::of(Holder::Partnership), joint);
            }
        }
    }

    /// The partnership's own parameters, by their paths below the folder.
    fn parameters(&mut self) -> BTreeMap<String, String> {
        let mut gathered = Gathered::default();
        let mut parameters = BTreeMap::new();
        let mut folders = vec![PARAMETERS.to_owned()];
        while let Some(name) = folders.pop() {
            if !self.root.join(&name).is_dir() {
                continue;
            }
            for (file, path) in self.listed(&name, &mut gathered).unwrap_or_default() {
                if path.is_dir() {
                    folders.push(file);
                } else if ending(&file) == "toml"
                    && let Some(bytes) = read(&file, &path, &mut gathered)
                {
                    let below = file[PARAMETERS.len() + 1..].to_owned();
                    parameters.insert(below, decode::text(&bytes).into_owned());
                }
            }
        }
        self.findings.extend(gathered.findings);
        parameters
    }

    /// The files of a folder, by name; folders in it are not looked into.
    fn files(&self, name: &str, gathered: &mut Gathered) -> Option<Vec<(String, PathBuf)>> {
        let listed = self.listed(name, gathered)?;
        let (folders, files): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(_, path)| path.is_dir());
        for (folder, _) in folders {
            gathered.warning(place(&folder, None), "the folder is not looked into", "move its files one folder up");
        }
        Some(files)
    }

    /// What lies in a folder and may be read, with its name from the partnership folder.
    fn listed(&self, name: &str, gathered: &mut Gathered) -> Option<Vec<(String, PathBuf)>> {
        let path = self.inside(name, gathered)?;
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => {
                gathered.error(
                    place(name, None),
                    format!("the folder cannot be read: {error}"),
                    "check that you may read it",
                );
                return None;
            }
        };
        let mut names: Vec<String> = Vec::new();
        for entry in entries.flatten() {
            match entry.file_name().into_string() {
                Ok(name) if is_hidden(&name) => {}
                Ok(name) => names.push(name),
                Err(_) => {
                    gathered.warning(place(name, None), "a file's name is not text, and it is not read", "rename it")
                }
            }
        }
        names.sort();
        let named = names.into_iter().map(|file| format!("{name}/{file}"));
        Some(named.filter_map(|file| Some((file.clone(), self.inside(&file, gathered)?))).collect())
    }

    /// The path of a name below the folder, every link followed; a finding if it leads out.
    fn inside(&self, name: &str, gathered: &mut Gathered) -> Option<PathBuf> {
        let plain = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if !plain || name.contains('\\') {
            let what = "the folder lies outside the partnership folder";
            gathered.error(place(name, None), what, "name a folder inside it, without \"..\"");
            return None;
        }
        match self.root.join(name).canonicalize() {
            Ok(path) if path.starts_with(&self.root) => Some(path),
            Ok(_) => {
                let what = "it is a link that leads out of the partnership folder";
                gathered.error(place(name, None), what, "put the file itself in its place");
                None
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                gathered.error(
                    place(name, None),
                    "there is no such folder",
                    "create it, or correct its name in partnership.toml",
                );
                None
            }
            Err(error) => {
                gathered.error(place(name, None), format!("it cannot be read: {error}"), "check that you may read it");
                None
            }
        }
    }
}

/// Whether a file at that path below `parameters/` would be read.
pub(crate) fn is_parameter_path(path: &str) -> bool {
    is_plain_path(path) && ending(path) == "toml" && !path.split('/').any(is_hidden)
}

/// Hidden files, and those that Excel and LibreOffice keep beside an open workbook.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "Thumbs.db" || name == "desktop.ini"
}

/// Notes beside the entries need no finding; a network in SNDlib's format is text and no note.
fn is_of_entries(file: &str, path: &Path) -> bool {
    match ending(file).as_str() {
        "md" => false,
        "txt" => {
            let mut start = Vec::new();
            let opened = fs::File::open(path).and_then(|open| open.take(LONGEST_START).read_to_end(&mut start));
            opened.is_ok() && sndlib::is_native(&start)
        }
        _ => true,
    }
}

fn entries_of(file: &str, path: &Path, owner: Owner<'_>, gathered: &mut Gathered) {
    if let Some(bytes) = read(file, path, gathered) {
        gather(file, &bytes, owner, gathered);
    }
}

/// The bytes of a file, which is measured before it is opened.
fn read(file: &str, path: &Path, gathered: &mut Gathered) -> Option<Vec<u8>> {
    let bytes = fs::metadata(path).and_then(|found| match found.len() {
        _ if !found.is_file() => Ok(Err(Wrong::new("it is not a file", "put a file in its place"))),
        size if size > LARGEST_FILE => Ok(Err(too_large(size))),
        _ => fs::read(path).map(Ok),
    });
    let unreadable = |error| Wrong::new(format!("it cannot be read: {error}"), "check that you may read it");
    match bytes.unwrap_or_else(|error| Err(unreadable(error))) {
        Ok(bytes) => Some(bytes),
        Err(wrong) => {
            gathered.wrong(place(file, None), wrong);
            None
        }
    }
}
