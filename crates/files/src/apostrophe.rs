//! The apostrophe before a text that a spreadsheet would take for a formula: set when CSV is written, taken off when it is read.

use std::borrow::Cow;

/// What makes a spreadsheet take a cell for a formula, wide forms included.
///
/// Source: OWASP, "CSV injection", <https://owasp.org/www-community/attacks/CSV_Injection>.
const BEGINS_A_FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet takes for a formula.
///
/// A text that begins with apostrophes and would be a formula without them gets one
/// more, so that taking one off always gives the text back.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text.trim_start_matches('\'')) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was guarded.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(bare) if is_formula(bare.trim_start_matches('\'')) => bare,
        _ => text,
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(BEGINS_A_FORMULA)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_formula_is_guarded_and_a_word_with_an_apostrophe_is_not() {
        for text in ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "＝1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "'tis", "'", "a=b", "''s-Hertogenbosch"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_is_read_as_it_was(text in "['=+@a-]{0,4}.{0,5}") {
            prop_assert!(!is_formula(&guarded(&text)));
            let once = guarded(&text).into_owned();
            prop_assert_eq!(unguarded(&once), text.as_str());
        }
    }
}
