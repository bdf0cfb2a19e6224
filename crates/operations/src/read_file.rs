//! Reads a file that a person named.

use std::fs;
use std::path::Path;

use crate::Refusal;

/// The largest text file that is read: a model or a table of this size was made by mistake.
const BYTES_AT_MOST: u64 = 64 * 1024 * 1024;

/// The name of a file, as findings and answers say it.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The bytes of a file, however many.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    fs::read(path).map_err(|error| Refusal::File { path: path.to_owned(), error })
}

/// The text of a file.
///
/// # Errors
/// If it cannot be read, is too large or is not UTF-8 text.
pub(crate) fn text(path: &Path) -> Result<String, Refusal> {
    let failed = |error| Refusal::File { path: path.to_owned(), error };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > BYTES_AT_MOST {
        let what = format!("{} MB is more than the {} MB that are read", size >> 20, BYTES_AT_MOST >> 20);
        return Err(Refusal::NotWhatItShouldBe { path: path.to_owned(), what });
    }
    String::from_utf8(bytes(path)?)
        .map_err(|_| Refusal::NotWhatItShouldBe { path: path.to_owned(), what: "it is not UTF-8 text".into() })
}
