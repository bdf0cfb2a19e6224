//! Whose entries a file is read for.

use penshaw_register::Holder;

/// Whose entries are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    pub(super) holder: Holder,
    /// The authority's name, where it is known: files that name bodies are read for this one alone.
    pub(super) name: Option<&'a str>,
}

impl Owner<'_> {
    pub(super) fn of(holder: Holder) -> Self {
        Owner { holder, name: None }
    }
}
