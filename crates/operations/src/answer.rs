//! An answer that prints as text or as JSON.

use penshaw_documents::Document;
use serde_json::Value;

/// One answer in both forms that a terminal wants.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The answer as a document.
    pub document: Document,
    /// The answer as data.
    pub value: Value,
}

impl Answer {
    /// The answer as indented JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(&self.value).expect("an answer is plain data")
    }

    /// The answer as text, for a terminal of that width.
    pub fn text(&self, width: usize) -> String {
        penshaw_files::write::text::write(&self.document, width)
    }
}
