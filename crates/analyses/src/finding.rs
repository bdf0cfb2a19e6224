//! Something wanting or wrong in what was recorded, and the words in which answers tell of it.

use penshaw_basis::Source;
use penshaw_documents::{Inline, Value};
use penshaw_register::Severity;
use serde::{Deserialize, Serialize};

use crate::named::capitalised;

/// Something wanting or wrong in what was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is.
    pub what: String,
    /// What to do.
    pub hint: String,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl Finding {
    /// Something that makes an answer wrong until it is mended.
    pub(crate) fn error(what: impl Into<String>, hint: impl Into<String>, sources: Vec<Source>) -> Self {
        Finding { severity: Severity::Error, what: what.into(), hint: hint.into(), sources }
    }

    /// Something to look at.
    pub(crate) fn warning(what: impl Into<String>, hint: impl Into<String>, sources: Vec<Source>) -> Self {
        Finding { severity: Severity::Warning, ..Finding::error(what, hint, sources) }
    }

    /// What it is and what to do, as a point of a list.
    pub(crate) fn told(&self) -> Vec<Inline> {
        told(self.severity, &self.what, &self.hint, &self.sources)
    }
}

/// What is wanting and what to do, as a point of a list; the words of `what` open to their sources.
pub(crate) fn told(severity: Severity, what: &str, hint: &str, sources: &[Source]) -> Vec<Inline> {
    let mend = (severity == Severity::Error).then(|| Inline::strong("Must be mended: "));
    let said = [Inline::figure(Value::text(what), sources), Inline::text(format!(" {}.", capitalised(hint)))];
    mend.into_iter().chain(said).collect()
}
