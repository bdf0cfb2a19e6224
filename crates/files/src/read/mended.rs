//! Texts mended where a publisher's system broke them: line breaks left as "rn", letters read in the wrong encoding, HTML's entities.

use std::borrow::Cow;

/// The text as it was meant: borrowed where nothing had to be mended.
pub(super) fn mended(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for mend in [entities, encoding, line_breaks] {
        if let Some(better) = mend(&text) {
            text = Cow::Owned(better);
        }
    }
    text
}

/// What stands for a character in HTML, besides numbers and what XML knows.
const ENTITIES: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("pound", '£'),
    ("euro", '€'),
    ("copy", '©'),
    ("reg", '®'),
    ("deg", '°'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("eacute", 'é'),
];

/// The longest entity that is looked for: `&#x10ffff;`.
const LONGEST_ENTITY: usize = 10;

/// `&amp;`, `&#039;` and the like as the characters that they stand for.
fn entities(text: &str) -> Option<String> {
    if !text.contains('&') {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        mended.push_str(before);
        let end = from.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        match end.and_then(|end| Some((letter_of(&from[1..end])?, end))) {
            Some((letter, end)) => {
                mended.push(letter);
                rest = &from[end + 1..];
            }
            None => {
                mended.push('&');
                rest = &from[1..];
            }
        }
    }
    mended.push_str(rest);
    (mended != text).then_some(mended)
}

fn letter_of(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, letter)| *letter);
    known.or_else(|| quick_xml::escape::resolve_predefined_entity(entity)?.chars().next())
}

/// What UTF-8 looks like to a system that reads it as Windows-1252 or Latin-1.
const MISREAD: &[(&str, &str)] = &[
    ("Â£", "£"),
    ("Â\u{a0}", "\u{a0}"),
    ("Â©", "©"),
    ("Â®", "®"),
    ("Â°", "°"),
    ("Â·", "·"),
    ("â€™", "’"),
    ("â€˜", "‘"),
    ("â€œ", "“"),
    ("â€\u{9d}", "”"),
    ("â€“", "–"),
    ("â€”", "—"),
    ("â€¢", "•"),
    ("â€¦", "…"),
    ("â\u{80}\u{99}", "’"),
    ("â\u{80}\u{98}", "‘"),
    ("â\u{80}\u{9c}", "“"),
    ("â\u{80}\u{9d}", "”"),
    ("â\u{80}\u{93}", "–"),
    ("â\u{80}\u{94}", "—"),
    ("â\u{80}¢", "•"),
    ("â\u{80}¦", "…"),
];

fn encoding(text: &str) -> Option<String> {
    if !text.contains(['Â', 'â']) {
        return None;
    }
    let mut mended = text.to_owned();
    for (wrong, right) in MISREAD.iter().filter(|(wrong, _)| text.contains(wrong)) {
        mended = mended.replace(wrong, right);
    }
    (mended != text).then_some(mended)
}

/// Line breaks whose backslashes were lost, so that `\r\n` stands as "rn" or as a carriage return and an "n".
///
/// No English word holds "rnrn". A single "rn" is a line break only where no word can hold it: after a mark or a
/// space, and before a space, a capital, a digit or a bullet ("turn", "Modern Gov" and "www.rnib.org.uk" stay).
fn line_breaks(text: &str) -> Option<String> {
    if !text.contains("rn") && !text.contains("\rn") {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("rn").into_iter().chain(rest.find("\rn")).min() {
        let (before, from) = rest.split_at(at);
        let pair = if from.starts_with('\r') { "\rn" } else { "rn" };
        let run = from.len() - from.trim_start_matches(pair).len();
        let count = run / pair.len();
        let after = &from[run..];
        mended.push_str(before);
        if count > 1 || is_break(&mended, after, pair) {
            mended.extend(std::iter::repeat_n('\n', count));
        } else {
            mended.push_str(&from[..run]);
        }
        rest = after;
    }
    mended.push_str(rest);
    (mended != text).then_some(mended)
}

fn is_break(before: &str, after: &str, pair: &str) -> bool {
    let apart = |letter: char| letter.is_whitespace() || ".:;,!?)".contains(letter);
    let begins = |letter: char| {
        letter.is_whitespace() || letter.is_uppercase() || letter.is_ascii_digit() || "•*-–(".contains(letter)
    };
    let stands_apart = pair == "\rn" || before.chars().next_back().is_none_or(apart);
    stands_apart && after.chars().next().is_none_or(begins)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_breaks_without_their_backslashes_are_breaks_again() {
        for (wrong, right) in [
            ("& Town Quay.rnrnTo supply", "& Town Quay.\n\nTo supply"),
            ("tree pits.rnrnrnWorks", "tree pits.\n\n\nWorks"),
            ("spare partsrnrnAdditional information", "spare parts\n\nAdditional information"),
            ("contract are:rn Social Value", "contract are:\n Social Value"),
            ("one\rnTwo", "one\nTwo"),
            ("one\rn\rntwo", "one\n\ntwo"),
            ("end.rn", "end.\n"),
        ] {
            assert_eq!(mended(wrong), right);
        }
        for text in ["government return", "ModernGov", "see www.rnib.org.uk", "born in Horncastle", "rn", "a\rnext"] {
            assert!(matches!(mended(text), Cow::Borrowed(_)) || text == "rn", "{text}");
        }
    }

    #[test]
    fn entities_and_misread_letters_are_what_they_were() {
        for (wrong, right) in [
            ("Growth &amp; Development", "Growth & Development"),
            ("St John&#039;s &#x201C;Centre&#8221;", "St John's “Centre”"),
            ("&pound;5 &lt;net&gt;", "£5 <net>"),
            ("region of Â£20,000", "region of £20,000"),
            ("Councilâ€™s", "Council’s"),
            ("R & D &amp; more", "R & D & more"),
            ("a & b & c", "a & b & c"),
            ("AT&T; &unknown; &#xZZ;", "AT&T; &unknown; &#xZZ;"),
        ] {
            assert_eq!(mended(wrong), right);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_mended_without_a_panic_and_only_once(text in "[ rnRN.&#;a-c0-9Â£â€™\\r\\n]{0,40}") {
            let once = mended(&text).into_owned();
            prop_assert!(once.len() <= text.len());
        }
    }
}
