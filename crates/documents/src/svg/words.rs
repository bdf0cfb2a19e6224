//! How wide words are drawn, and where they are broken or shortened to fit.

/// Advance widths of Liberation Sans Regular for the characters from space to tilde,
/// in 2,048ths of the type size.
const ADVANCES: [u16; 95] = [
    569, 569, 727, 1139, 1139, 1821, 1366, 391, 682, 682, 797, 1196, 569, 682, 569, 569, 1139, 1139, 1139, 1139, 1139,
    1139, 1139, 1139, 1139, 1139, 569, 569, 1196, 1196, 1196, 1139, 2079, 1366, 1366, 1479, 1479, 1366, 1251, 1593,
    1479, 569, 1024, 1366, 1139, 1706, 1479, 1593, 1366, 1593, 1479, 1366, 1251, 1479, 1366, 1933, 1366, 1366, 1251,
    569, 569, 569, 961, 1139, 682, 1139, 1139, 1024, 1139, 1139, 569, 1139, 1139, 455, 455, 1024, 455, 1706, 1139,
    1139, 1139, 1139, 682, 1024, 569, 1139, 1024, 1479, 1024, 1024, 1024, 684, 532, 684, 1196,
];

/// The width of words set in Liberation Sans (or Arial, which is as wide) at a type size.
///
/// Characters outside the table are taken as wide as a capital, which is more than most need.
///
/// ```
/// // Ten digits of 1,139 / 2,048 em each.
/// assert!((penshaw_documents::text_width("0123456789", 10.0) - 55.6).abs() < 0.1);
/// ```
pub fn text_width(words: &str, size: f64) -> f64 {
    words.chars().map(advance).sum::<f64>() * size / 2048.0
}

fn advance(character: char) -> f64 {
    let place = (character as usize).wrapping_sub(0x20);
    let width = match (ADVANCES.get(place), character) {
        (Some(width), _) => *width,
        (None, '£' | '–' | '€' | '\u{df}'..='\u{ff}') => 1139,
        (None, '−' | '×') => 1196,
        (None, '±') => 1124,
        (None, '‘' | '’') => 455,
        (None, '“' | '”' | '·') => 682,
        (None, '\u{a0}') => 569,
        (None, '—' | '…' | '→') => 2048,
        (None, _) if character as u32 > 0x2e80 => 2048,
        (None, _) => 1479,
    };
    f64::from(width)
}

/// The words in lines no wider than a width, at most so many; what does not fit is
/// shortened with an ellipsis.
pub(super) fn wrap(words: &str, size: f64, width: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace().flat_map(breakable) {
        let line = lines.last_mut().expect("there is always a line");
        let joined = match (line.is_empty(), word.joined) {
            (true, _) => word.text.to_owned(),
            (false, true) => format!("{line}{}", word.text),
            (false, false) => format!("{line} {}", word.text),
        };
        if line.is_empty() || text_width(&joined, size) <= width {
            *line = joined;
        } else {
            lines.push(word.text.to_owned());
        }
    }
    let more = lines.len() > most;
    lines.truncate(most);
    let last = lines.len() - 1;
    for (place, line) in lines.iter_mut().enumerate() {
        *line = shortened(line, size, width, more && place == last);
    }
    lines
}

/// Whether the words fit in so many lines without being shortened.
pub(super) fn fits(words: &str, size: f64, width: f64, most: usize) -> bool {
    let lines = wrap(words, size, width, usize::MAX);
    lines.len() <= most && lines.iter().all(|line| !line.ends_with('…') || words.ends_with('…'))
}

struct Part<'a> {
    text: &'a str,
    joined: bool,
}

/// A word's parts: it may break after a hyphen or a slash.
fn breakable(word: &str) -> impl Iterator<Item = Part<'_>> {
    let parts = word.split_inclusive(['-', '/']).enumerate();
    parts.map(|(place, text)| Part { text, joined: place > 0 })
}

/// The line, cut with an ellipsis where it is too wide or where more follows it.
fn shortened(line: &str, size: f64, width: f64, more: bool) -> String {
    if !more && text_width(line, size) <= width {
        return line.to_owned();
    }
    let mut kept = line.to_owned();
    while !kept.is_empty() && text_width(&kept, size) + text_width("…", size) > width {
        kept.pop();
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ';', '-', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_between_words_and_shortened_only_when_they_must_be() {
        let lines = wrap("Shared service desk for two councils", 11.0, 90.0, 3);
        assert_eq!(lines, ["Shared service", "desk for two", "councils"]);
        let cut = wrap("Shared service desk for two councils", 11.0, 90.0, 2);
        assert_eq!(cut, ["Shared service", "desk for two…"]);
        assert!(text_width(&cut[1], 11.0) <= 90.0);
        assert_eq!(wrap("", 11.0, 90.0, 2), [""]);
    }

    #[test]
    fn a_word_wider_than_its_place_is_cut_with_an_ellipsis() {
        let lines = wrap("Disaggregation", 11.0, 40.0, 2);
        assert!(lines[0].ends_with('…') && text_width(&lines[0], 11.0) <= 40.0);
        assert!(!fits("Disaggregation", 11.0, 40.0, 2));
        assert!(fits("Two words", 11.0, 40.0, 2));
    }
}
