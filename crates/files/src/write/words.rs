//! Words as every format may hold them: without control characters, with safe addresses and whole support.

use std::borrow::Cow;

use penshaw_basis::Source;
use penshaw_documents::Support;

/// The words without the characters that XML, HTML or a terminal must not be given.
///
/// Line breaks and tabs stay; a lone carriage return goes with the other controls.
pub fn clean(words: &str) -> Cow<'_, str> {
    if words.chars().all(allowed) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.chars().filter(|one| allowed(*one)).collect())
    }
}

/// Whether XML 1.0 (section 2.2) allows the character and it is no control.
fn allowed(one: char) -> bool {
    matches!(one, '\n' | '\t') || !(one.is_control() || matches!(one, '\u{FFFE}' | '\u{FFFF}'))
}

/// The words on one line.
pub fn one_line(words: &str) -> String {
    clean(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The address, if following it can only open a page, a message or a place in this document.
pub fn safe_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let known = ["https://", "http://", "mailto:", "#"];
    let local = address.starts_with('/') && !address.starts_with("//");
    let plain = !address.chars().any(|one| one.is_control() || one.is_whitespace());
    (plain && (local || known.iter().any(|start| address.starts_with(start)))).then_some(address)
}

/// The address of a publication on the web, where it has one.
pub fn published_at(source: &Source) -> Option<&str> {
    match source {
        Source::Publication { href, .. } => safe_address(href).filter(|href| href.starts_with("http")),
        _ => None,
    }
}

/// What stands after a value in formats without small print: ` (estimated) [1–3, 5]`.
pub fn after(support: &Support) -> String {
    let mut words = String::new();
    if let Some(confidence) = support.confidence {
        words.push_str(&format!(" ({confidence})"));
    }
    if !support.numbers.is_empty() {
        words.push_str(&format!(" [{}]", support.printed()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_what_xml_refuses_are_dropped() {
        assert_eq!(clean("a\u{0}\u{1b}[31m\u{9f}b\nc\u{FFFF}"), "a[31mb\nc");
    }

    #[test]
    fn an_address_that_could_run_is_refused() {
        for address in ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "//evil", "java\nscript:x", ""] {
            assert_eq!(safe_address(address), None, "{address}");
        }
        for address in ["https://www.gov.uk/a", "#source-1", "/runs/1", "mailto:a@b"] {
            assert_eq!(safe_address(address), Some(address));
        }
    }
}
