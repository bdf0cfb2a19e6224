//! The proof that a written file gives back what was written: it is read before anybody else reads it.

use penshaw_basis::Date;
use penshaw_register::{Change, Partnership, Record, SharingChoice, What, difference};

use super::FolderError;
use crate::read::{self, PARTNERSHIP_FILE, is_parameter_path};

/// Refuses what `partnership.toml` would not give back.
pub(super) fn partnership(text: &str, wanted: &Partnership, on: Option<Date>) -> Result<(), FolderError> {
    let what = match read::partnership_of(text) {
        Some((read, day)) if read == *wanted && day == on => return Ok(()),
        Some((read, _)) => differing_part(&read, wanted),
        None => "the partnership".to_owned(),
    };
    Err(FolderError::NotCarried { file: PARTNERSHIP_FILE.into(), what })
}

fn differing_part(read: &Partnership, wanted: &Partnership) -> String {
    if read.name != wanted.name {
        return "the partnership's name".into();
    }
    if read.marking != wanted.marking {
        return "the marking".into();
    }
    let lost = wanted.authorities.iter().find(|authority| !read.authorities.contains(authority));
    match lost {
        Some(authority) => format!("the authority {}", authority.name),
        None if read.report != wanted.report => "the report's details".into(),
        None => "the day of the partnership's entries".into(),
    }
}

/// Refuses what `estate.toml` would not give back.
pub(super) fn estate(file: &str, text: &str, on: Option<Date>, choices: &[SharingChoice]) -> Result<(), FolderError> {
    let (day, read) = read::estate_of(file, text);
    if day == on && read == choices {
        return Ok(());
    }
    let number = read.iter().zip(choices).take_while(|(read, wanted)| read == wanted).count() + 1;
    let what = if day == on { format!("sharing choice {number}") } else { "the day of its entries".into() };
    Err(FolderError::NotCarried { file: file.to_owned(), what })
}

/// Refuses entries that a file would not give back.
pub(super) fn entries(file: &str, bytes: &[u8], wanted: &[Record]) -> Result<(), FolderError> {
    let read = read::records_of(file, bytes, wanted[0].kind.holder());
    let found = difference(wanted, &read);
    found
        .changes
        .first()
        .map_or(Ok(()), |change| Err(FolderError::NotCarried { file: file.to_owned(), what: named(change) }))
}

fn named(change: &Change) -> String {
    let entry = format!("entry {}", change.reference);
    match &change.what {
        What::Changed(fields) => {
            let label = fields.first().map(|field| match change.kind.field(&field.name) {
                Some(declared) => declared.label.to_lowercase(),
                None => field.name.clone(),
            });
            label.map_or(entry.clone(), |label| format!("the {label} of {entry}"))
        }
        What::New | What::NotInFile => entry,
    }
}

/// Refuses a parameter file that would not be read, or not from there.
pub(super) fn parameter(path: &str, text: &str) -> Result<(), FolderError> {
    if !is_parameter_path(path) {
        return Err(FolderError::Name { name: path.to_owned(), of: "a file of parameters".into() });
    }
    if text.starts_with('\u{feff}') || text.len() as u64 > read::limits::LARGEST_FILE {
        return Err(FolderError::NotCarried { file: format!("parameters/{path}"), what: "the parameter".into() });
    }
    Ok(())
}
