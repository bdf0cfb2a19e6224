//! A part's XML as elements over its own text, and edits that leave every other byte as it was.

use std::collections::BTreeMap;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// An element's place in its tree; those it holds come right after it.
pub type Id = usize;

/// What holds the outermost elements.
pub const TOP: Id = 0;

/// The most elements of a part: a thousand pages have about 300,000.
const MOST_ELEMENTS: usize = 2_000_000;

/// The most elements of which each holds the next; nested tables come to about 100.
const DEEPEST: usize = 1_000;

/// What is wrong with a part's XML.
#[derive(Debug)]
pub enum Flaw {
    /// It declares a document type.
    DocumentType,
    /// It has more elements than are read.
    TooMany,
    /// It is not well-formed.
    Broken(String),
}

struct Element<'a> {
    tag: BytesStart<'a>,
    parent: Id,
    /// The next element that it does not hold.
    after: Id,
    whole: Range<usize>,
    inside: Range<usize>,
    words: String,
}

/// The elements of a text, in order.
pub struct Tree<'a> {
    pub text: &'a str,
    elements: Vec<Element<'a>>,
}

impl<'a> Tree<'a> {
    /// The elements of a text of ours, which may have several outermost ones.
    pub fn of(text: &'a str) -> Result<Self, Flaw> {
        Tree::read(text, usize::MAX)
    }

    fn read(text: &'a str, most: usize) -> Result<Self, Flaw> {
        let broken = |why: &dyn std::fmt::Display| Flaw::Broken(why.to_string());
        let top = BytesStart::new("");
        let whole = 0..text.len();
        let top =
            Element { tag: top, parent: TOP, after: 0, whole: whole.clone(), inside: whole, words: String::new() };
        let mut tree = Tree { text, elements: vec![top] };
        let mut reader = Reader::from_str(text);
        let (mut open, mut depth, mut from) = (TOP, 0, 0);
        loop {
            let event = reader.read_event().map_err(|error| broken(&error))?;
            let to = reader.buffer_position() as usize;
            match event {
                Event::Start(_) if depth == DEEPEST => return Err(Flaw::TooMany),
                Event::Start(tag) => (open, depth) = (tree.add(tag, open, from..to)?, depth + 1),
                Event::Empty(tag) => {
                    tree.add(tag, open, from..to)?;
                }
                Event::End(_) => {
                    let after = tree.elements.len();
                    let element = &mut tree.elements[open];
                    (element.inside.end, element.whole.end, element.after) = (from, to, after);
                    (open, depth) = (element.parent, depth - 1);
                }
                Event::Text(words) => tree.elements[open].words.push_str(&words.xml10_content()),
                Event::CData(words) => tree.elements[open].words.push_str(&words.xml10_content()),
                Event::GeneralRef(name) => {
                    let written = format!("&{};", &*name);
                    let words = unescape(&written).map_err(|error| broken(&error))?;
                    tree.elements[open].words.push_str(&words);
                }
                Event::DocType(_) => return Err(Flaw::DocumentType),
                Event::Eof if open == TOP => break,
                Event::Eof => return Err(broken(&"it ends before its last tag")),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
            from = to;
            if tree.elements.len() > most {
                return Err(Flaw::TooMany);
            }
        }
        tree.elements[TOP].after = tree.elements.len();
        Ok(tree)
    }

    /// The elements of a part, which has one that holds all.
    pub fn of_part(text: &'a str) -> Result<Self, Flaw> {
        let tree = Tree::read(text, MOST_ELEMENTS)?;
        match tree.children(TOP).count() {
            1 => Ok(tree),
            count => Err(Flaw::Broken(format!("it has {count} outermost elements"))),
        }
    }

    fn add(&mut self, tag: BytesStart<'a>, parent: Id, at: Range<usize>) -> Result<Id, Flaw> {
        if let Some(error) = tag.attributes().find_map(Result::err) {
            return Err(Flaw::Broken(error.to_string()));
        }
        let id = self.elements.len();
        let inside = at.end..at.end;
        self.elements.push(Element { tag, parent, after: id + 1, whole: at, inside, words: String::new() });
        Ok(id)
    }

    /// The element that holds all others of a part.
    pub fn root(&self) -> Id {
        TOP + 1
    }

    pub fn name(&self, id: Id) -> &str {
        self.elements[id].tag.name().into_inner()
    }

    /// The name without its prefix.
    pub fn local(&self, id: Id) -> &str {
        let name = self.name(id);
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    pub fn attribute(&self, id: Id, name: &str) -> Option<String> {
        let attribute = self.elements[id].tag.try_get_attribute(name).ok().flatten()?;
        unescape(&attribute.value).ok().map(|value| value.into_owned())
    }

    /// The attribute `w:val`.
    pub fn value(&self, id: Id) -> Option<String> {
        self.attribute(id, "w:val")
    }

    /// The words that stand directly in it.
    pub fn words(&self, id: Id) -> &str {
        &self.elements[id].words
    }

    pub fn parent(&self, id: Id) -> Id {
        self.elements[id].parent
    }

    /// What holds it, from the nearest outwards.
    pub fn holders(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(self.parent(id)), |holder| (*holder != TOP).then(|| self.parent(*holder)))
    }

    /// The next element that it does not hold.
    pub fn after(&self, id: Id) -> Id {
        self.elements[id].after
    }

    /// All that it holds, in order.
    pub fn within(&self, id: Id) -> Range<Id> {
        id + 1..self.after(id)
    }

    pub fn all(&self) -> Range<Id> {
        self.within(TOP)
    }

    /// What it holds directly.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let end = self.after(id);
        let first = (id + 1 < end).then_some(id + 1);
        std::iter::successors(first, move |child| Some(self.after(*child)).filter(|next| *next < end))
    }

    pub fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).find(|child| self.name(*child) == name)
    }

    /// The value of a child's `w:val`.
    pub fn value_of(&self, id: Id, child: &str) -> Option<String> {
        self.value(self.child(id, child)?)
    }

    /// Where it stands in the text, tags and all.
    pub fn whole(&self, id: Id) -> Range<usize> {
        self.elements[id].whole.clone()
    }

    /// Where what it holds stands.
    pub fn inside(&self, id: Id) -> Range<usize> {
        self.elements[id].inside.clone()
    }

    pub fn raw(&self, id: Id) -> &'a str {
        &self.text[self.whole(id)]
    }

    /// Its first tag, as that of an element that holds something.
    pub fn opening(&self, id: Id) -> String {
        let tag = &self.text[self.whole(id).start..self.inside(id).start];
        tag.strip_suffix("/>").map_or(tag.to_owned(), |start| format!("{}>", start.trim_end()))
    }

    /// An edit that declares a prefix at the outermost element, unless it stands there.
    ///
    /// # Errors
    /// If the prefix stands there for something else.
    pub fn declare(&self, prefix: &str, address: &str, edits: &mut Edits) -> Result<(), String> {
        match self.attribute(self.root(), &format!("xmlns:{prefix}")) {
            Some(stands_for) if stands_for == address => Ok(()),
            Some(_) => Err(format!("the prefix {prefix} stands for something else")),
            None => {
                let tag = &self.text[self.whole(self.root()).start..self.inside(self.root()).start];
                let end = self.whole(self.root()).start + tag.trim_end_matches(['/', '>']).len();
                edits.put(end..end, format!(" xmlns:{prefix}=\"{address}\""));
                Ok(())
            }
        }
    }

    /// An edit that puts words after all that an element holds.
    pub fn append(&self, id: Id, words: &str, edits: &mut Edits) {
        let (inside, whole) = (self.inside(id), self.whole(id));
        if inside.end == whole.end {
            edits.put(whole, format!("{}{words}</{}>", self.opening(id), self.name(id)));
        } else {
            edits.put(inside.end..inside.end, words.to_owned());
        }
    }
}

/// What is to stand in place of parts of a text, by where the part begins and ends, in the order of saying.
#[derive(Default)]
pub struct Edits(BTreeMap<(usize, usize, usize), String>);

impl Edits {
    /// Puts words in place of a part; edits of what it holds are given up.
    pub fn put(&mut self, at: Range<usize>, words: String) {
        if !at.is_empty() {
            let held = self.0.range((at.start, 0, 0)..(at.end, at.end, usize::MAX)).map(|(key, _)| *key);
            let held: Vec<_> = held.filter(|(_, end, _)| *end <= at.end).collect();
            held.iter().for_each(|key| {
                self.0.remove(key);
            });
        }
        let order = self.0.range((at.start, at.end, 0)..=(at.start, at.end, usize::MAX)).count();
        self.0.insert((at.start, at.end, order), words);
    }

    /// A part of the text with the edits in it.
    pub fn applied(&self, text: &str, within: Range<usize>) -> String {
        let edits = self.0.range((within.start, 0, 0)..=(within.end, within.end, usize::MAX));
        let mut written = String::new();
        let mut from = within.start;
        for ((start, end, _), words) in edits.filter(|((_, end, _), _)| *end <= within.end) {
            written.push_str(&text[from..*start]);
            written.push_str(words);
            from = *end;
        }
        written.push_str(&text[from..within.end]);
        written
    }

    /// The edits' own words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_hold_those_after_them_and_words_are_read_as_meant() {
        let tree = Tree::of("<a x='1 &amp; 2'><b/>A &lt;<c>B<![CDATA[<]]>&#33;</c></a><d/>").expect("it is sound");
        let names: Vec<&str> = tree.all().map(|id| tree.name(id)).collect();
        assert_eq!(names, ["a", "b", "c", "d"]);
        assert_eq!(tree.children(TOP).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(tree.children(1).collect::<Vec<_>>(), [2, 3]);
        assert_eq!((tree.words(1), tree.words(3)), ("A <", "B<!"));
        assert_eq!(tree.attribute(1, "x").as_deref(), Some("1 & 2"));
        assert_eq!((tree.raw(2), tree.raw(3)), ("<b/>", "<c>B<![CDATA[<]]>&#33;</c>"));
    }

    #[test]
    fn flaws_are_found() {
        for broken in ["<a>", "<a></b>", "<a>&made_up;</a>", "<a x='1' x='2'/>", "<a", "<a/><b/>"] {
            assert!(matches!(Tree::of_part(broken), Err(Flaw::Broken(_))), "{broken}");
        }
        assert!(matches!(Tree::of_part("<!DOCTYPE a><a/>"), Err(Flaw::DocumentType)));
    }

    #[test]
    fn edits_change_their_parts_and_a_wider_edit_takes_the_place_of_those_within() {
        let text = "<a><b>one</b><c/></a>";
        let tree = Tree::of_part(text).expect("it is sound");
        let mut edits = Edits::default();
        edits.put(tree.inside(2), "two".into());
        tree.append(3, "three", &mut edits);
        tree.append(1, "<d/>", &mut edits);
        assert_eq!(edits.applied(text, 0..text.len()), "<a><b>two</b><c>three</c><d/></a>");
        edits.put(tree.whole(2), "x".into());
        assert_eq!(edits.applied(text, tree.inside(1)), "x<c>three</c><d/>");
    }
}
