//! Names of places: how they are typed, and which of those offered they mean.

use std::borrow::Cow;
use std::ops::Range;

use penshaw_documents::Block;

use super::Place;
use crate::read::nearest;

/// The place of the list of sources, which every template may have.
pub const SOURCES: &str = "sources";

/// The most letters between braces that are taken for a name.
const LONGEST: usize = 200;

/// The places offered, and the list of sources.
pub struct Offered<'a> {
    places: Vec<(String, Cow<'a, str>, Cow<'a, [Block]>)>,
    offered: usize,
}

impl<'a> Offered<'a> {
    pub fn of(places: &'a [Place]) -> Self {
        let offered = places.iter().map(|place| (plain(&place.name), Cow::from(&place.name), Cow::from(&place.blocks)));
        let mut all: Vec<_> = offered.collect();
        if !all.iter().any(|(name, ..)| name == SOURCES) {
            all.push((SOURCES.to_owned(), SOURCES.into(), vec![Block::SourceList].into()));
        }
        Offered { places: all, offered: places.len() }
    }

    /// The place that a name means.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        self.places.iter().position(|(known, ..)| *known == name)
    }

    /// Whether a name is likely to mean a place, with a slip.
    pub fn is_near(&self, name: &str) -> bool {
        nearest(&plain(name), self.places.iter().map(|(known, ..)| known.as_str())).is_some()
    }

    pub fn blocks(&self, place: usize) -> &[Block] {
        &self.places[place].2
    }

    /// Every name that a template may use.
    pub fn names(&self) -> Vec<String> {
        self.places.iter().map(|(_, name, _)| name.to_string()).collect()
    }

    /// Those offered by the caller that are not used, in order.
    pub fn left_over(&self, used: &[usize]) -> Vec<String> {
        let all = self.places[..self.offered].iter().enumerate();
        all.filter(|(place, _)| !used.contains(place)).map(|(_, (_, name, _))| name.to_string()).collect()
    }
}

/// A name as names are compared: words in small letters, joined by underscores.
pub fn plain(name: &str) -> String {
    // Word writes these within words to say where they may be broken.
    let whole: String = name.chars().filter(|one| !matches!(one, '\u{ad}' | '\u{200b}'..='\u{200d}')).collect();
    let words = whole.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// A name typed between two braces, and where it stands with them.
#[derive(Debug, PartialEq)]
pub struct Mark {
    pub at: Range<usize>,
    pub name: String,
}

/// The names typed in a text, and the words from each of the braces on that hold none.
pub fn marks(text: &str) -> (Vec<Mark>, Vec<String>) {
    let (mut marks, mut stray) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(start) = next_braces(text, from) {
        let rest = &text[start + 2..];
        let closed = |end: &usize| text[start..].starts_with("{{") && rest[*end..].starts_with("}}");
        let end = rest.find(['{', '}']).filter(closed);
        from = start + 2 + end.map_or(0, |end| end + 2);
        let name = end.map(|end| rest[..end].trim()).filter(|name| name.len() <= LONGEST && !plain(name).is_empty());
        match name {
            Some(name) => marks.push(Mark { at: start..from, name: name.to_owned() }),
            None => stray.push(text[start..].split_whitespace().take(4).collect::<Vec<_>>().join(" ")),
        }
    }
    (marks, stray)
}

fn next_braces(text: &str, from: usize) -> Option<usize> {
    let found = text.as_bytes()[from..].windows(2).position(|two| matches!(two, b"{{" | b"}}"));
    found.map(|place| from + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        marks(text).0.into_iter().map(|mark| mark.name).collect()
    }

    #[test]
    fn letter_case_spaces_and_signs_between_words_do_not_matter() {
        for name in ["purpose_of_report", " Purpose of Report: ", "PURPOSE-OF\u{a0}REPORT", "pur\u{ad}pose of report"] {
            assert_eq!(plain(name), "purpose_of_report");
        }
        assert_eq!(plain(" : "), "");
    }

    #[test]
    fn names_are_found_with_their_braces() {
        let text = "of {{ meeting }} and {{Title}}.";
        assert_eq!(names(text), ["meeting", "Title"]);
        assert_eq!(marks(text).0[0].at, 3..16);
        assert!(marks(text).1.is_empty());
        assert_eq!(names("{one} { {two}}"), Vec::<String>::new());
    }

    #[test]
    fn braces_that_hold_no_name_are_told() {
        assert_eq!(marks("{{title} and {{author}}").1, ["{{title} and {{author}}"]);
        assert_eq!(names("{{title} and {{author}}"), ["author"]);
        assert_eq!(marks("{{ }} title}} of").1, ["{{ }} title}} of", "}} of"]);
    }

    #[test]
    fn the_list_of_sources_is_always_known_and_never_left_over() {
        let places = [Place { name: "title".into(), blocks: Vec::new() }];
        let offered = Offered::of(&places);
        assert_eq!(offered.names(), ["title", "sources"]);
        assert_eq!(offered.find("SOURCES"), Some(1));
        assert_eq!(offered.left_over(&[]), ["title"]);
        assert!(offered.is_near("tilte") && !offered.is_near("goog_rdk_0"));
    }
}
