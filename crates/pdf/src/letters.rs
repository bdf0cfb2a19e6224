//! Words as the report's fonts can print them.

use crate::world::fonts;

/// What stands for a character that the fonts do not have.
const MISSING: char = '□';
/// A space of no width, at which a line may break.
pub const BREAK: char = '\u{200b}';

/// The words with every character replaced that the fonts lack, and without those that
/// print nothing: a name in another script must not stop a report.
pub fn printable(words: &str) -> String {
    words.chars().filter_map(letter).collect()
}

/// The words with a place to break in every piece longer than so many letters, such as
/// an address without spaces.
pub fn breakable(words: &str, most: usize) -> String {
    let mut broken = String::with_capacity(words.len());
    let mut run = 0;
    for character in words.chars() {
        run = if character.is_whitespace() { 0 } else { run + 1 };
        if run > most {
            broken.push(BREAK);
            run = 1;
        }
        broken.push(character);
    }
    broken
}

fn letter(character: char) -> Option<char> {
    match character {
        '\n' => Some('\n'),
        '\r' => None,
        '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        // PDF/A-2a refuses code points of private use.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some(MISSING),
        control if control.is_control() => None,
        known if has_glyph(known) => Some(known),
        _ => Some(MISSING),
    }
}

fn has_glyph(character: char) -> bool {
    character.is_ascii() || fonts().iter().all(|font| font.info().coverage.contains(character as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_too_long_for_a_line_get_places_to_break() {
        assert_eq!(breakable("abcdef gh", 4), "abcd\u{200b}ef gh");
        assert_eq!(breakable("abcd efgh", 4), "abcd efgh");
    }

    #[test]
    fn characters_without_a_glyph_are_shown_as_missing_and_invisible_ones_are_dropped() {
        assert_eq!(printable("Café £5 − “fine”\n"), "Café £5 − “fine”\n");
        assert_eq!(printable("✓\u{200b}東\u{0}\r\t\u{e000}"), "□□ □");
        assert!(has_glyph(MISSING));
    }
}
