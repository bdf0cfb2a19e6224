//! Styles: the template's own where it has them, ours added where it lacks them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::TemplateError;
use super::package::{appended, tree_of};
use super::tree::{Edits, Id, Tree};
use crate::write::docx::xml::Xml;

/// The styles of our own writer.
static OURS: LazyLock<Tree<'static>> =
    LazyLock::new(|| Tree::of_part(include_str!("../styles.xml")).expect("our own styles are sound"));

/// A template without a part of styles.
pub const NONE: &str = "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"></w:styles>";

/// The longest chain of styles, each based on the next, that is followed.
const LONGEST_CHAIN: usize = 50;

/// What is asked of a style of the template.
struct Style {
    kind: String,
    based_on: Option<String>,
    /// The list and the level that it numbers its paragraphs by.
    list: Option<String>,
    level: Option<String>,
    /// The space before and after its paragraphs, in twentieths of a point.
    before: Option<i64>,
    after: Option<i64>,
}

/// The template's styles, and those of ours that it is given.
pub struct Styles {
    theirs: BTreeMap<String, Style>,
    /// Ids by kind and by name in small letters.
    named: BTreeMap<(String, String), String>,
    /// The style of each kind that stands where none is said.
    usual: BTreeMap<String, String>,
    /// The space before and after paragraphs whose styles do not say.
    space: (i64, i64),
    /// The template's id for each of ours.
    ids: BTreeMap<String, String>,
    added: Vec<String>,
    /// The list of our bullets.
    bullets: usize,
    /// Whether a style was added that uses it.
    pub uses_bullets: bool,
}

impl Styles {
    /// The styles of a template's part.
    pub fn of(part: &str, text: &str, bullets: usize) -> Result<Self, TemplateError> {
        let tree = tree_of(part, text)?;
        let (mut theirs, mut named, mut usual) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for id in tree.children(tree.root()).filter(|id| tree.name(*id) == "w:style") {
            let Some(style_id) = tree.attribute(id, "w:styleId") else { continue };
            let kind = kind(&tree, id);
            named.entry((kind.clone(), name(&tree, id))).or_insert_with(|| style_id.clone());
            if tree.attribute(id, "w:default").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on")) {
                usual.insert(kind, style_id.clone());
            }
            theirs.insert(style_id, style(&tree, id));
        }
        let space = tree.all().find(|id| tree.name(*id) == "w:pPrDefault").map_or((None, None), |id| {
            tree.child(id, "w:pPr").map_or((None, None), |properties| spacing(&tree, properties))
        });
        let space = (space.0.unwrap_or(0), space.1.unwrap_or(0));
        let (ids, added) = (BTreeMap::new(), Vec::new());
        Ok(Styles { theirs, named, usual, space, ids, added, bullets, uses_bullets: false })
    }

    /// The template's id of a style of ours, which is added where the template has none of its name or id.
    pub fn id(&mut self, ours: &str) -> String {
        if let Some(id) = self.ids.get(ours) {
            return id.clone();
        }
        let Some(element) = ours_of(ours) else { return ours.to_owned() };
        match self.theirs(ours) {
            Some(id) => {
                self.ids.insert(ours.to_owned(), id.clone());
                id
            }
            None => self.add(ours, element),
        }
    }

    /// The template's own style that stands for one of ours: by its name, by its id, or as the usual one of its kind.
    pub fn theirs(&self, ours: &str) -> Option<String> {
        let element = ours_of(ours)?;
        let kind = kind(&OURS, element);
        let by_name = self.named.get(&(kind.clone(), name(&OURS, element))).cloned();
        let by_id = self.theirs.get(ours).filter(|style| style.kind == kind).map(|_| ours.to_owned());
        let is_usual = OURS.attribute(element, "w:default").is_some();
        by_name.or(by_id).or_else(|| self.usual.get(&kind).filter(|_| is_usual).cloned())
    }

    fn add(&mut self, ours: &str, element: Id) -> String {
        let taken = self.theirs.contains_key(ours);
        let id = if taken { format!("Penshaw{ours}") } else { ours.to_owned() };
        // Before what it refers to, which may refer to it.
        self.ids.insert(ours.to_owned(), id.clone());
        let mut edits = Edits::default();
        let opening = OURS.whole(element).start..OURS.inside(element).start;
        let mut tag = OURS.opening(element).replace(&format!("\"{ours}\""), &format!("\"{id}\""));
        if self.usual.contains_key(&kind(&OURS, element)) {
            tag = tag.replace(" w:default=\"1\"", "");
        }
        edits.put(opening, tag);
        for held in OURS.within(element) {
            let Some(value) = OURS.value(held) else { continue };
            let value = match OURS.name(held) {
                "w:basedOn" | "w:next" => self.id(&value),
                "w:name" if taken => format!("Penshaw {value}"),
                "w:numId" => {
                    self.uses_bullets = true;
                    self.bullets.to_string()
                }
                _ => continue,
            };
            let mut xml = Xml::piece();
            xml.value(OURS.name(held), &value);
            edits.put(OURS.whole(held), super::package::written(xml));
        }
        self.added.push(edits.applied(OURS.text, OURS.whole(element)));
        id
    }

    /// The part with the styles that were added; nothing where there are none.
    pub fn finish(&self, part: &str, text: &str) -> Result<Option<String>, TemplateError> {
        if self.added.is_empty() {
            return Ok(None);
        }
        appended(part, text, |_| self.added.concat()).map(Some)
    }

    /// The list and the level by which a style of the template numbers its paragraphs.
    pub fn list(&self, id: &str) -> Option<(usize, usize)> {
        let list = self.chain(id).find_map(|style| style.list.as_deref())?.parse().ok().filter(|list| *list > 0)?;
        let level = self.chain(id).find_map(|style| style.level.as_deref()).and_then(|level| level.parse().ok());
        Some((list, level.unwrap_or(0)))
    }

    /// The space before and after a paragraph of a style; of the usual style where none is said.
    pub fn space(&self, id: Option<&str>) -> (i64, i64) {
        let id = id.or_else(|| self.usual.get("paragraph").map(String::as_str)).unwrap_or_default();
        let before = self.chain(id).find_map(|style| style.before).unwrap_or(self.space.0);
        let after = self.chain(id).find_map(|style| style.after).unwrap_or(self.space.1);
        (before, after)
    }

    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let based_on = |style: &&Style| self.theirs.get(style.based_on.as_deref()?);
        std::iter::successors(self.theirs.get(id), based_on).take(LONGEST_CHAIN)
    }
}

fn ours_of(id: &str) -> Option<Id> {
    OURS.children(OURS.root()).find(|style| OURS.attribute(*style, "w:styleId").as_deref() == Some(id))
}

fn kind(tree: &Tree, style: Id) -> String {
    tree.attribute(style, "w:type").unwrap_or_else(|| "paragraph".to_owned())
}

fn name(tree: &Tree, style: Id) -> String {
    tree.value_of(style, "w:name").unwrap_or_default().to_lowercase()
}

fn style(tree: &Tree, id: Id) -> Style {
    let properties = tree.child(id, "w:pPr");
    let numbering = properties.and_then(|properties| tree.child(properties, "w:numPr"));
    let (before, after) = properties.map_or((None, None), |properties| spacing(tree, properties));
    Style {
        kind: kind(tree, id),
        based_on: tree.value_of(id, "w:basedOn"),
        list: numbering.and_then(|numbering| tree.value_of(numbering, "w:numId")),
        level: numbering.and_then(|numbering| tree.value_of(numbering, "w:ilvl")),
        before,
        after,
    }
}

/// The space before and after that a paragraph's properties ask for.
pub fn spacing(tree: &Tree, properties: Id) -> (Option<i64>, Option<i64>) {
    let Some(spacing) = tree.child(properties, "w:spacing") else { return (None, None) };
    let side = |name| tree.attribute(spacing, name).and_then(|value| value.parse().ok());
    (side("w:before"), side("w:after"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(inside: &str) -> Styles {
        let text = NONE.replace("</w:styles>", &format!("{inside}</w:styles>"));
        Styles::of("word/styles.xml", &text, 7).expect("they are sound")
    }

    fn style(kind: &str, id: &str, inside: &str) -> String {
        format!("<w:style w:type=\"{kind}\" w:styleId=\"{id}\">{inside}</w:style>")
    }

    #[test]
    fn a_style_of_the_template_is_found_by_name_then_by_id() {
        let german = style("paragraph", "berschrift1", "<w:name w:val=\"Heading 1\"/>");
        let mut styles = styles(&(german + &style("paragraph", "Caption", "<w:name w:val=\"Legend\"/>")));
        assert_eq!(styles.id("Heading1"), "berschrift1");
        assert_eq!(styles.id("Caption"), "Caption");
        assert!(styles.added.is_empty());
    }

    #[test]
    fn a_style_that_is_lacking_is_added_with_what_it_is_based_on() {
        let usual = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Standard\"/></w:style>";
        let mut styles = styles(usual);
        assert_eq!(styles.id("ListBullet"), "ListBullet");
        let added = styles.added.concat();
        assert!(added.contains("w:styleId=\"BodyText\"") && added.contains("<w:basedOn w:val=\"Standard\"/>"));
        assert!(added.contains("<w:numId w:val=\"7\"/>") && styles.uses_bullets);
        assert!(!added.contains("w:styleId=\"Normal\""));
    }

    #[test]
    fn an_id_that_is_taken_by_another_kind_is_left_to_it() {
        let mut styles = styles(&style("character", "Source", "<w:name w:val=\"Source\"/>"));
        assert_eq!(styles.id("Source"), "PenshawSource");
        assert!(styles.added.concat().contains("<w:name w:val=\"Penshaw Source\"/>"));
    }

    #[test]
    fn numbering_and_space_come_down_the_chain() {
        let first = "<w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr><w:spacing w:after=\"80\"/></w:pPr>";
        let second = "<w:basedOn w:val=\"A\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr>";
        let none = "<w:basedOn w:val=\"A\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr>";
        let all = [("A", first), ("B", second), ("C", none)].map(|(id, inside)| style("paragraph", id, inside));
        let styles = styles(&all.concat());
        assert_eq!((styles.list("B"), styles.list("C")), (Some((3, 1)), None));
        assert_eq!(styles.space(Some("B")), (0, 80));
    }
}
