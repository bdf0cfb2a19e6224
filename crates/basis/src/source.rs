//! Where a figure comes from, and how sure it is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How sure a recorded figure is, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Checked against a document, such as an invoice or a contract.
    Verified,
    /// Stated by its owner and not checked.
    Reported,
    /// Judged, not recorded anywhere.
    Estimated,
}

impl Confidence {
    /// Every confidence, the surest first.
    pub const ALL: [Confidence; 3] = [Confidence::Verified, Confidence::Reported, Confidence::Estimated];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Confidence::Verified => "verified",
            Confidence::Reported => "reported",
            Confidence::Estimated => "estimated",
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a figure rests on.
///
/// It is written, in cases and in results, as one line of text:
/// `SCC/A12` (an entry), `parameter green_book/standard_discount_rate from 2003-04-01`,
/// `assumption: every partner stays`, or `Title <https://…>` (a publication).
///
/// ```
/// use penshaw_basis::Source;
/// let source: Source = "SCC/A12".parse()?;
/// assert_eq!(source, Source::entry("SCC", "A12"));
/// assert_eq!(source.to_string(), "SCC/A12");
/// # Ok::<(), penshaw_basis::NotASource>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Source {
    /// An entry of an authority's or of the partnership's register.
    Entry {
        /// The owner's code, such as `SCC`, or `partnership`.
        owner: String,
        /// The owner's own reference.
        reference: String,
    },
    /// A dated parameter, and the day from which the value used is in force.
    Parameter {
        /// Its name, which is its path below `parameters/`.
        name: String,
        /// The value's first day, as `2003-04-01`.
        from: String,
    },
    /// Something taken as given, in words.
    Assumption(String),
    /// A published document.
    Publication {
        /// Its title.
        title: String,
        /// Its address; may be empty where it has none.
        href: String,
    },
}

impl Source {
    /// An entry, by its owner's code and its reference.
    pub fn entry(owner: &str, reference: &str) -> Self {
        Source::Entry { owner: owner.to_owned(), reference: reference.to_owned() }
    }

    /// An assumption, in words.
    pub fn assumption(words: impl Into<String>) -> Self {
        Source::Assumption(words.into())
    }

    /// A published document.
    pub fn publication(title: impl Into<String>, href: impl Into<String>) -> Self {
        Source::Publication { title: title.into(), href: href.into() }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Entry { owner, reference } => write!(f, "{owner}/{reference}"),
            Source::Parameter { name, from } => write!(f, "parameter {name} from {from}"),
            Source::Assumption(words) => write!(f, "assumption: {words}"),
            Source::Publication { title, href } => write!(f, "{title} <{href}>"),
        }
    }
}

/// The text is not a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a source: write OWNER/REFERENCE, \"assumption: …\" or \"Title <address>\"")]
pub struct NotASource(String);

impl FromStr for Source {
    type Err = NotASource;

    fn from_str(text: &str) -> Result<Self, NotASource> {
        let refuse = || NotASource(text.to_owned());
        if let Some(words) = text.strip_prefix("assumption: ") {
            return Ok(Source::assumption(words));
        }
        if let Some(parameter) = text.strip_prefix("parameter ") {
            let (name, from) = parameter.split_once(" from ").ok_or_else(refuse)?;
            return Ok(Source::Parameter { name: name.to_owned(), from: from.to_owned() });
        }
        if let Some(inner) = text.strip_suffix('>') {
            let (title, href) = inner.split_once(" <").ok_or_else(refuse)?;
            return Ok(Source::publication(title, href));
        }
        match text.split_once('/') {
            Some((owner, reference)) if !owner.is_empty() && !reference.is_empty() => {
                Ok(Source::entry(owner, reference))
            }
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Source {
    type Error = NotASource;
    fn try_from(text: String) -> Result<Self, NotASource> {
        text.parse()
    }
}

impl From<Source> for String {
    fn from(source: Source) -> String {
        source.to_string()
    }
}

/// A value with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cited<T> {
    /// The value itself.
    pub value: T,
    /// What it rests on.
    pub sources: Vec<Source>,
}

impl<T> Cited<T> {
    /// A value with one source.
    pub fn new(value: T, source: Source) -> Self {
        Cited { value, sources: vec![source] }
    }
}
