//! Why a template could not be filled, and what to do.

use crate::read::nearest;
use crate::write::WriteError;

/// Why a template could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It is no Word file of the form that is read.
    #[error("the template is not a Word document but {is}: open it in Word and save it as Word Document (.docx)")]
    NotWord {
        /// What it is.
        is: &'static str,
    },
    /// It is encrypted.
    #[error("the template is under a password: take it off in Word (File, Info, Protect Document) and save it again")]
    Locked,
    /// It holds macros.
    #[error("the template holds macros: save it in Word as Word Document (.docx), which leaves them out")]
    Macros,
    /// It is of the form whose namespaces are others.
    #[error(
        "the template is of the Strict form of Open XML: save it in Word as Word Document (.docx), \
         not as Strict Open XML Document"
    )]
    Strict,
    /// It holds more than is read.
    #[error("the template {what}: take out pictures and pages that a form does not need, and save it again")]
    TooLarge {
        /// What is too much of it.
        what: String,
    },
    /// Its ZIP or a part's XML is broken.
    #[error("the template is damaged ({part}: {why}): open it in Word, let it be repaired, and save it again")]
    Damaged {
        /// The part.
        part: String,
        /// What is wrong with it.
        why: String,
    },
    /// A part declares a document type, by which XML can be made to grow without end.
    #[error(
        "the template's part {part} declares a document type, which no word processor writes: \
         open it in Word and save it under another name"
    )]
    DocumentType {
        /// The part.
        part: String,
    },
    /// It names places that nothing is offered for.
    #[error("{}", unknown(names, known))]
    Unknown {
        /// The names as the template writes them, each once, in its order.
        names: Vec<String>,
        /// The names that are known.
        known: Vec<String>,
    },
    /// It has braces that name nothing.
    #[error(
        "the template has braces that name no place: {}; write two braces, a name and two braces, \
         such as {{{{title}}}}, or take them out",
        quoted(words)
    )]
    Braces {
        /// The words from each of the braces on.
        words: Vec<String>,
    },
    /// It has no place at all.
    #[error(
        "the template has no place to fill: type a name between two braces where it is to stand, \
         such as {{{{{}}}}}, or give a content control that name as its tag; the names are {}",
        first(known), known.join(", ")
    )]
    NoPlace {
        /// The names that are known.
        known: Vec<String>,
    },
    /// What stands in a place could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

fn unknown(names: &[String], known: &[String]) -> String {
    let each = names.iter().map(|name| match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("\"{name}\" (did you mean \"{near}\"?)"),
        None => format!("\"{name}\""),
    });
    let each = listed(each.collect());
    let what = if names.len() == 1 { "a place that is" } else { "places that are" };
    format!("the template names {what} not known: {}; correct the template; the names are {}", each, known.join(", "))
}

fn quoted(words: &[String]) -> String {
    listed(words.iter().map(|words| format!("\"{words}\"")).collect())
}

/// The first of many, so that somebody can read them.
fn listed(mut all: Vec<String>) -> String {
    const READ: usize = 20;
    let more = all.len().saturating_sub(READ);
    all.truncate(READ);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    all.join(", ") + &rest
}

fn first(known: &[String]) -> &str {
    known.first().map_or("title", String::as_str)
}
