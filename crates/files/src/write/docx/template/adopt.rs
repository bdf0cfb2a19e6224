//! What our writer wrote, taken into a template: its styles, lists and bookmarks, and the look of the place.

use std::ops::Range;

use super::lists::Lists;
use super::look::{Look, Properties, element, properties};
use super::package::written;
use super::styles::Styles;
use super::tree::{Edits, Id, TOP, Tree};
use crate::write::docx::xml::Xml;

/// The names that things of ours have in a template.
pub struct Names {
    pub styles: Styles,
    pub lists: Lists,
    /// The highest id of the template's bookmarks.
    pub bookmarks: usize,
    /// What our bookmarks' names begin with, so that none is the template's.
    pub mark: String,
}

impl Names {
    /// A piece of ours as it stands in the template.
    pub fn adopted(&mut self, piece: &str, look: &Look) -> String {
        let tree = Tree::of(piece).expect("what we write is well-formed");
        let first = tree.children(TOP).next();
        let mut edits = Edits::default();
        // What is held comes before what holds it, whose edit may take its place.
        for id in tree.all().rev() {
            let edit = match tree.name(id) {
                "w:p" => self.paragraph(&tree, id, look, first == Some(id)),
                "w:r" => self.run(&tree, id, look),
                "w:rStyle" | "w:tblStyle" => {
                    let style = self.styles.id(&tree.value(id).unwrap_or_default());
                    Some((tree.whole(id), valued(tree.name(id), &style)))
                }
                "w:bookmarkStart" | "w:bookmarkEnd" => Some((tree.whole(id), self.bookmark(&tree, id))),
                "w:hyperlink" => tree.attribute(id, "w:anchor").map(|anchor| {
                    let tag = tree.whole(id).start..tree.inside(id).start;
                    (tag, tree.opening(id).replace(&anchor, &self.marked(&anchor)))
                }),
                _ => None,
            };
            if let Some((at, words)) = edit {
                edits.put(at, words);
            }
        }
        edits.applied(piece, 0..piece.len())
    }

    /// The runs of a piece that is one paragraph, as they stand in a paragraph of the template.
    pub fn adopted_runs(&mut self, piece: &str, look: &Look) -> String {
        let piece = self.adopted(piece, look);
        let tree = Tree::of(&piece).expect("what we write is well-formed");
        let runs = tree.children(TOP + 1).filter(|id| tree.name(*id) != "w:pPr");
        runs.map(|id| tree.raw(id)).collect()
    }

    /// A paragraph's properties: the place's own for plain ones, else ours with the template's styles and lists.
    fn paragraph(&mut self, tree: &Tree, id: Id, look: &Look, is_first: bool) -> Option<(Range<usize>, String)> {
        let own = tree.child(id, "w:pPr")?;
        let style = tree.value_of(own, "w:pStyle")?;
        let outermost = tree.parent(id) == TOP;
        if outermost && style == "BodyText" {
            return Some((tree.whole(own), look.paragraph(is_first)));
        }
        let theirs = self.styles.id(&style);
        let mut all = properties(tree, own);
        let numbered = tree.child(own, "w:numPr").and_then(|id| tree.value_of(id, "w:numId")?.parse().ok());
        let set_in = if outermost { look.set_in } else { 0 };
        let list = match (style.as_str(), numbered) {
            ("ListBullet", _) if self.lists.own_bullets() => None,
            ("ListNumber", Some(ours)) => Some((self.lists.own_level().unwrap_or(0), self.lists.number(ours))),
            (_, Some(ours)) => Some((0, self.lists.number(ours))),
            // Our numbers are printed: the template's would stand before them.
            (_, None) => self.styles.list(&theirs).map(|_| (0, 0)),
        };
        let of_the_template = match style.as_str() {
            "ListBullet" => self.lists.own_bullets(),
            "ListNumber" => self.lists.own_level().is_some(),
            _ => false,
        };
        if of_the_template {
            all.retain(|(name, _)| name != "w:ind");
        } else if set_in > 0 {
            set_further_in(tree, own, set_in, &mut all);
        }
        all.retain(|(name, _)| name != "w:numPr");
        if let Some((level, number)) = list {
            let place = all.iter().take_while(|(name, _)| BEFORE_LISTS.contains(&name.as_str())).count();
            all.insert(place, ("w:numPr".to_owned(), list_words(level, number)));
        }
        for (name, words) in all.iter_mut().filter(|(name, _)| name == "w:pStyle") {
            *words = valued(name, &theirs);
        }
        Some((tree.whole(own), element("w:pPr", &all)))
    }

    /// A run's properties, where its paragraph is text that looks as the place does.
    fn run(&mut self, tree: &Tree, id: Id, look: &Look) -> Option<(Range<usize>, String)> {
        let paragraph = tree.holders(id).find(|holder| tree.name(*holder) == "w:p")?;
        let is_text = matches!(
            style_of(tree, paragraph).as_deref(),
            Some("BodyText" | "NumberedParagraph" | "ListBullet" | "ListNumber")
        );
        if !is_text || tree.parent(paragraph) != TOP {
            return None;
        }
        let own = tree.child(id, "w:rPr");
        let ours: Properties = own.map(|own| properties(tree, own)).unwrap_or_default();
        let style = own.and_then(|own| tree.value_of(own, "w:rStyle"));
        let theirs = style.as_deref().filter(|style| *style != "Strong").map(|style| self.styles.id(style));
        let style = style.as_deref().map(|style| (style, theirs.unwrap_or_default()));
        let words = look.letters(ours, style);
        let at = own.map_or(tree.inside(id).start..tree.inside(id).start, |own| tree.whole(own));
        Some((at, words))
    }

    fn bookmark(&self, tree: &Tree, id: Id) -> String {
        let number: usize = tree.attribute(id, "w:id").and_then(|number| number.parse().ok()).unwrap_or(0);
        let number = (self.bookmarks + number).to_string();
        let name = tree.attribute(id, "w:name").map(|name| self.marked(&name));
        let mut attributes = vec![("w:id", number.as_str())];
        attributes.extend(name.as_deref().map(|name| ("w:name", name)));
        let mut xml = Xml::piece();
        xml.empty(tree.name(id), &attributes);
        written(xml)
    }

    fn marked(&self, bookmark: &str) -> String {
        format!("{}{bookmark}", self.mark)
    }
}

/// The paragraph's properties that stand before its list.
const BEFORE_LISTS: &[&str] =
    &["w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl"];

fn style_of(tree: &Tree, paragraph: Id) -> Option<String> {
    tree.value_of(tree.child(paragraph, "w:pPr")?, "w:pStyle")
}

fn valued(name: &str, value: &str) -> String {
    let mut xml = Xml::piece();
    xml.value(name, value);
    written(xml)
}

fn list_words(level: usize, number: usize) -> String {
    let mut xml = Xml::piece();
    xml.element("w:numPr", &[], |xml| {
        xml.value("w:ilvl", &level.to_string());
        xml.value("w:numId", &number.to_string());
    });
    written(xml)
}

/// Sets a list of ours as far in as the place, and as far again as lists hang.
fn set_further_in(tree: &Tree, own: Id, set_in: i64, all: &mut Properties) {
    let Some(indent) = tree.child(own, "w:ind") else { return };
    let number = |name| tree.attribute(indent, name).and_then(|value| value.parse::<i64>().ok()).unwrap_or(0);
    let mut xml = Xml::piece();
    let (left, hanging) = ((number("w:left") + set_in).to_string(), number("w:hanging").to_string());
    xml.empty("w:ind", &[("w:left", &left), ("w:hanging", &hanging)]);
    let words = written(xml);
    all.iter_mut().filter(|(name, _)| name == "w:ind").for_each(|(_, held)| *held = words.clone());
}
