//! Several files as one ZIP; the same files give the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::WriteError;

/// The files, by name, as a ZIP.
///
/// ```
/// let zip = penshaw_files::write::bundle::write(&[("a.txt".to_owned(), b"words".to_vec())])?;
/// assert!(zip.starts_with(b"PK"));
/// # Ok::<(), penshaw_files::write::WriteError>(())
/// ```
///
/// # Errors
/// If two files have one name.
pub fn write(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, WriteError> {
    zipped(files.iter().map(|(name, bytes)| (name, bytes)))
}

/// Parts as a ZIP, in the order given, of a fixed day.
pub(super) fn zipped(
    parts: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>,
) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in parts {
        zip.start_file(name.as_ref(), options)?;
        zip.write_all(bytes.as_ref())?;
    }
    Ok(zip.finish()?.into_inner())
}
