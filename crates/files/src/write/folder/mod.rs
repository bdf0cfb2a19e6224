//! A partnership folder, written so that reading it gives back what was written, or refused where it would not.

mod disk;
mod proof;
mod toml_text;

use std::collections::BTreeMap;
use std::path::PathBuf;

use penshaw_register::{Authority, Baseline, Kind, PARTNERSHIP, Partnership, SharingChoice};

use super::entries;
use crate::read::{ESTATE_FILE, Folder, PARTNERSHIP_FILE, is_plain_path};

pub use disk::write;

/// What a partnership folder holds.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// What each authority has, and what the partners hold together; one baseline an owner.
    pub baselines: &'a [Baseline],
    /// What each authority chose to share, by its code.
    pub choices: &'a BTreeMap<String, Vec<SharingChoice>>,
    /// The partnership's own parameters: the text of each file, by its path below `parameters/`.
    pub parameters: &'a BTreeMap<String, String>,
}

impl<'a> From<&'a Folder> for Contents<'a> {
    fn from(folder: &'a Folder) -> Self {
        Contents {
            partnership: &folder.partnership,
            baselines: &folder.baselines,
            choices: &folder.choices,
            parameters: &folder.parameters,
        }
    }
}

/// Why a partnership folder was not written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something would not be read back as it is.
    #[error("{file} cannot hold {what} as it stands")]
    NotCarried {
        /// The file that would hold it.
        file: String,
        /// What it is.
        what: String,
    },
    /// A folder or file would have a name that leads out, or that some computers refuse.
    #[error("\"{name}\" cannot be the name of {of}")]
    Name {
        /// The name.
        name: String,
        /// What bears it.
        of: String,
    },
    /// Baselines or choices of somebody who is not of the partnership.
    #[error("{0} is no authority of this partnership")]
    Stranger(String),
    /// Two baselines of one owner.
    #[error("{0} has two baselines")]
    TwoBaselines(String),
    /// Something is there already.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The computer did not let it be written.
    #[error("{path} cannot be written: {error}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the computer says.
        error: std::io::Error,
    },
}

impl FolderError {
    /// What to do, in one line.
    pub fn hint(&self) -> &'static str {
        match self {
            FolderError::NotCarried { .. } => "correct it first: the check of the register says what is wrong with it",
            FolderError::Name { .. } => "use letters, digits, spaces and hyphens, and no name of a device",
            FolderError::Stranger(_) => "add it to the authorities, or leave out what it has",
            FolderError::TwoBaselines(_) => "give one of them",
            FolderError::Exists(_) => "name a folder that is not there yet",
            FolderError::File { .. } => "check that the folder above it is there and that you may write into it",
        }
    }
}

/// The files of a partnership folder, by their paths in it.
///
/// Entries are CSV, one file a kind, on which a person can go on working. Nothing is
/// lost: every file is read back before it is given out, and what it would not give
/// back is refused. Reading the folder adds a baseline without entries for an owner
/// that has none.
///
/// # Errors
/// [`FolderError`], for what the files would not carry.
pub fn files(contents: &Contents<'_>) -> Result<BTreeMap<String, Vec<u8>>, FolderError> {
    refuse_strangers(contents)?;
    let mut files = BTreeMap::new();
    let joint = contents.baseline(PARTNERSHIP)?;
    let text = toml_text::partnership(contents.partnership, joint.map(Baseline::on));
    proof::partnership(&text, contents.partnership, joint.map(Baseline::on))?;
    files.insert(PARTNERSHIP_FILE.to_owned(), text.into_bytes());
    if let Some(baseline) = joint {
        add_entries(PARTNERSHIP, baseline, &mut files)?;
    }
    for authority in &contents.partnership.authorities {
        add_authority(contents, authority, &mut files)?;
    }
    for (path, text) in contents.parameters {
        proof::parameter(path, text)?;
        files.insert(format!("parameters/{path}"), text.clone().into_bytes());
    }
    Ok(files)
}

impl Contents<'_> {
    fn baseline(&self, owner: &str) -> Result<Option<&Baseline>, FolderError> {
        let mut of_owner = self.baselines.iter().filter(|baseline| baseline.owner() == owner);
        let first = of_owner.next();
        match of_owner.next() {
            Some(_) => Err(FolderError::TwoBaselines(owner.to_owned())),
            None => Ok(first),
        }
    }
}

fn refuse_strangers(contents: &Contents<'_>) -> Result<(), FolderError> {
    let owners = contents.baselines.iter().map(Baseline::owner).filter(|owner| *owner != PARTNERSHIP);
    let choosers = contents.choices.keys().map(String::as_str);
    let mut strangers = owners.chain(choosers).filter(|code| contents.partnership.authority(code).is_none());
    strangers.next().map_or(Ok(()), |code| Err(FolderError::Stranger(code.to_owned())))
}

/// Adds what one authority has and shares.
fn add_authority(
    contents: &Contents<'_>,
    authority: &Authority,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), FolderError> {
    let folder = authority.folder.trim_end_matches('/');
    if !is_plain_path(folder) {
        let of = format!("the folder of {}", authority.name);
        return Err(FolderError::Name { name: authority.folder.clone(), of });
    }
    let baseline = contents.baseline(&authority.code)?;
    let choices = contents.choices.get(&authority.code).map(Vec::as_slice).unwrap_or_default();
    let path = format!("{folder}/{ESTATE_FILE}");
    let text = toml_text::estate(baseline.map(Baseline::on), choices);
    proof::estate(&path, &text, baseline.map(Baseline::on), choices)?;
    files.insert(path, text.into_bytes());
    baseline.map_or(Ok(()), |baseline| add_entries(folder, baseline, files))
}

/// Adds one CSV file for each kind of which the owner has entries.
fn add_entries(folder: &str, baseline: &Baseline, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), FolderError> {
    for of_kind in baseline.records().chunk_by(|one, other| one.kind == other.kind) {
        let kind: Kind = of_kind[0].kind;
        let path = format!("{folder}/{}.csv", kind.key());
        let bytes = entries::csv(kind, of_kind);
        proof::entries(&path, &bytes, of_kind)?;
        files.insert(path, bytes);
    }
    Ok(())
}
