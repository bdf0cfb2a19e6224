//! JSON files: which of the forms that are read a file is in, by its members.

use super::contents::Contents;
use super::gathered::{Gathered, place};
use super::owner::Owner;
use super::{decode, lgr, ocds};

/// Reads a file of JSON or JSON Lines.
pub(super) fn read(file: &str, bytes: &[u8], owner: Owner<'_>, gathered: &mut Gathered) {
    if let Some(wrong) = Contents::of(bytes).not_text("JSON") {
        return gathered.wrong(place(file, None), wrong);
    }
    let text = decode::text(bytes);
    if ocds::is_ocds(&ocds::members(&text)) {
        ocds::read_into(file, &text, owner, gathered);
    } else {
        lgr::read(file, &text, owner.holder, gathered);
    }
}
