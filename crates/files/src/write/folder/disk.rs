//! Files put on the disk as one new folder, all of them or none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::FolderError;

/// Writes files into a new folder: they are complete beside it before it bears its name.
///
/// # Errors
/// If the folder is there already or a file cannot be written; then nothing is there.
pub fn write(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> Result<(), FolderError> {
    if fs::symlink_metadata(folder).is_ok() {
        return Err(FolderError::Exists(folder.to_owned()));
    }
    let beside = beside(folder);
    let put = fill(files, &beside).and_then(|()| {
        fs::rename(&beside, folder).map_err(|error| FolderError::File { path: folder.to_owned(), error })
    });
    if put.is_err() {
        // What cannot be taken away either is hidden, and its name says that it is unfinished.
        let _ = fs::remove_dir_all(&beside);
    }
    put
}

/// A folder on the same disk, so that giving it its name is one step.
fn beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    folder.with_file_name(format!(".{name}.unfinished-{}", std::process::id()))
}

fn fill(files: &BTreeMap<String, Vec<u8>>, folder: &Path) -> Result<(), FolderError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| FolderError::File { path, error }
    };
    fs::create_dir(folder).map_err(failed(folder))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(failed(above))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    Ok(())
}
