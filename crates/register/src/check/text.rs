//! Which texts can be kept: those that every file form carries and that have one writing, so that they have one digest.

/// What spreadsheets print in cells that hold no value.
const FAULTS: &[&str] = &["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NUM!", "#NULL!"];

/// Whether a text is what a spreadsheet prints in place of a value, such as `#REF!` or `Err:502`.
pub fn is_spreadsheet_error(text: &str) -> bool {
    let text = text.trim();
    FAULTS.contains(&text) || text.starts_with("Err:")
}

/// A text as it is kept: without white space round it, with one character a line break,
/// and without the control characters that no file form carries.
///
/// ```
/// assert_eq!(penshaw_register::plain_text(" one\r\ntwo\0 "), "one\ntwo");
/// ```
pub fn plain_text(text: &str) -> String {
    if !text.contains(is_unprinted) {
        return text.trim().to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let printed: String = text.chars().filter(|letter| !is_unprinted(*letter)).collect();
    printed.trim().to_owned()
}

/// Why a text cannot be kept as it stands, if it cannot.
pub(super) fn misfit(text: &str) -> Option<String> {
    if text.contains(is_unprinted) {
        Some("the text holds a character that cannot be printed".into())
    } else if text.trim() != text {
        Some("the text begins or ends with a space or a line break".into())
    } else {
        is_spreadsheet_error(text).then(|| format!("{text} is what a spreadsheet writes where it has no value"))
    }
}

/// Whether a character is one that spreadsheets and databases refuse or change.
fn is_unprinted(letter: char) -> bool {
    letter != '\n' && letter != '\t' && letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}
