//! PostgreSQL's own programs, wherever the system keeps them.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

/// Names the folder of PostgreSQL's programs, where they are not found by themselves.
pub(crate) const FOLDER: &str = "PENSHAW_POSTGRES_BIN";

/// A program of PostgreSQL's: from the folder that is named, the newest that Debian keeps, or the path.
#[cfg(feature = "testing")]
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    program_for(name, u32::MAX)
}

/// The same for a server of that version. An older server does not know all that a newer program asks of it.
pub(crate) fn program_for(name: &str, major: u32) -> Option<PathBuf> {
    let named = std::env::var_os(FOLDER).map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = named.into_iter().chain(installed(major)).chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The folders of the versions that Debian has installed: the one that is wanted, then the newest.
fn installed(major: u32) -> Vec<PathBuf> {
    let versions = std::fs::read_dir(Path::new("/usr/lib/postgresql")).into_iter().flatten().flatten();
    let mut numbered: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    numbered.sort_unstable_by_key(|(version, _)| (*version != major, Reverse(*version)));
    numbered.into_iter().map(|(_, folder)| folder).collect()
}
