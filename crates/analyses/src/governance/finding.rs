//! What stands in the way of a scheme, with the law that says so.

use penshaw_basis::Source;
use penshaw_documents::Inline;
use penshaw_register::Severity;
use serde::{Deserialize, Serialize};

use super::law::Reference;
use crate::finding::told;

/// Something unlawful, doubtful or wanting in a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters: an error means that the scheme cannot be as it is recorded.
    pub severity: Severity,
    /// What it is.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// The authority for it: statute, regulation or case; empty where it is a matter of practice.
    pub law: Vec<Source>,
    /// The entries and parameters that it rests on.
    pub sources: Vec<Source>,
}

impl Finding {
    /// Something that cannot be as it is recorded.
    pub(super) fn error(what: impl Into<String>, hint: impl Into<String>, sources: &[Source]) -> Self {
        let (what, hint, sources) = (what.into(), hint.into(), sources.to_vec());
        Finding { severity: Severity::Error, what, hint, law: Vec::new(), sources }
    }

    /// Something to look at.
    pub(super) fn warning(what: impl Into<String>, hint: impl Into<String>, sources: &[Source]) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(what, hint, sources) }
    }

    /// The same, with the law that says so and the parameter that holds it.
    pub(super) fn by(mut self, law: &[Reference], parameter: &[Source]) -> Self {
        self.law.extend(law.iter().map(Reference::source));
        self.sources.extend_from_slice(parameter);
        self
    }

    /// What it is, what to do and the law, as a point of a list.
    pub(super) fn told(&self) -> Vec<Inline> {
        let mut words = told(self.severity, &self.what, &self.hint, &self.sources);
        for source in &self.law {
            if let Source::Publication { title, href } = source {
                words.push(Inline::text(" "));
                words.push(Inline::Link { text: format!("{title}."), href: href.clone() });
            }
        }
        words
    }
}
