//! What is wrong with an entry or a file, where, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing can be worked out until it is mended.
    Error,
    /// It can be worked out, and somebody should look.
    Warning,
}

/// Where in the files a finding stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, from the partnership folder.
    pub file: String,
    /// The sheet, for a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The cell (`C14`), line (`line 8`) or table (`[[lines]] 3`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for part in [&self.sheet, &self.cell].into_iter().flatten() {
            write!(f, ", {part}")?;
        }
        Ok(())
    }
}

/// Something wrong in a file, where it stands, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{word}: {}: {}\n  hint: {}", self.place, self.what, self.hint)
    }
}

/// Something wrong with a record, before its place in a file is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The field that is wrong, where it is one.
    pub field: Option<&'static str>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
}

impl Problem {
    /// Something that must be mended in one field.
    pub fn error(field: &'static str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { severity: Severity::Error, field: Some(field), what: what.into(), hint: hint.into() }
    }

    /// Something that somebody should look at.
    pub fn warning(field: &'static str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { severity: Severity::Warning, ..Problem::error(field, what, hint) }
    }
}
