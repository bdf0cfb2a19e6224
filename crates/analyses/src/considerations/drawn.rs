//! What the entries say of a heading, and the law that a sentence rests on.

use serde::Deserialize;

use super::Statement;

/// What the entries say of a heading, besides what is recorded under it.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// What bears on it.
    pub(super) statements: Vec<Statement>,
    /// What shows that nothing bears on it.
    pub(super) not_applicable: Option<Statement>,
    /// What is not recorded.
    pub(super) missing: Vec<String>,
    /// Why a parameter could not be read.
    pub(super) problems: Vec<String>,
}

/// The law behind a note.
#[derive(Deserialize)]
pub(super) struct Law {
    pub(super) title: String,
    pub(super) href: String,
}

/// The words with a full stop at their end.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
