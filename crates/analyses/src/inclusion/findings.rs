//! Collects what is wrong or wanting in the record, all of it at once.

use penshaw_basis::Source;

use super::outcome::Finding;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// What was found, errors first, each in the order in which it was found.
    pub(super) fn gravest_first(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}

/// Something that stands in the way of an answer.
pub(super) fn error(what: impl Into<String>, hint: &str, sources: &[Source]) -> Finding {
    Finding::error(what, hint, sources.to_vec())
}

/// Something that somebody should look at.
pub(super) fn warning(what: impl Into<String>, hint: &str, sources: &[Source]) -> Finding {
    Finding::warning(what, hint, sources.to_vec())
}
