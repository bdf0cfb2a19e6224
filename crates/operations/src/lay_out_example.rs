//! Lays out the example of 2014 in a folder, to look at and to change.

use std::fs;
use std::path::{Path, PathBuf};

use rust_embed::Embed;

use crate::Refusal;

#[derive(Embed)]
#[folder = "../../examples/sunderland_durham"]
struct Example;

/// Writes the example's files below a folder and returns its path. Files that are there already,
/// changed perhaps, are left as they are.
///
/// # Errors
/// If a file cannot be written.
pub fn lay_out_example(out: &Path) -> Result<PathBuf, Refusal> {
    let folder = out.join("sunderland_durham");
    for name in Example::iter() {
        let path = folder.join(name.as_ref());
        if path.exists() {
            continue;
        }
        let file = Example::get(&name).expect("a listed file is embedded");
        write(&path, &file.data).map_err(|error| Refusal::File { path: path.clone(), error })?;
    }
    Ok(folder)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}
