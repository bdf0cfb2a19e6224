//! How a place looks in the template: its paragraph's and its letters' properties, for the words that fill it.

use super::tree::{Id, Tree};

/// Properties by name, as they are written.
pub type Properties = Vec<(String, String)>;

/// The space between paragraphs that have none of their own, in twentieths of a point.
const SPACE: &str = "120";

/// The paragraph's properties that stand after its spacing.
const AFTER_SPACING: &[&str] = &[
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
];

/// Marks of changes and of sections, which belong to their own paragraph alone.
const OF_THEIR_OWN: &[&str] = &["w:sectPr", "w:pPrChange", "w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo"];

/// How a place looks.
#[derive(Default)]
pub struct Look {
    paragraph: Properties,
    letters: Properties,
    /// Whether paragraphs of it stand so near to one another that a second needs space before it.
    pub is_tight: bool,
    /// How far it is set in, in twentieths of a point.
    pub set_in: i64,
    /// Whether it begins a page.
    pub begins_page: bool,
}

impl Look {
    /// The look of a paragraph, and of words with some properties in it.
    pub fn of(tree: &Tree, paragraph: Option<Id>, letters: Option<Id>) -> Self {
        let own = |id: Option<Id>| id.map(|id| properties(tree, id)).unwrap_or_default();
        let shared = |mut all: Properties| {
            all.retain(|(name, _)| !OF_THEIR_OWN.contains(&name.as_str()));
            all
        };
        let of_paragraph = paragraph.and_then(|paragraph| tree.child(paragraph, "w:pPr"));
        let indent = of_paragraph.and_then(|id| tree.child(id, "w:ind"));
        let left = indent.and_then(|id| tree.attribute(id, "w:left").or_else(|| tree.attribute(id, "w:start")));
        let begins_page = of_paragraph.and_then(|id| tree.child(id, "w:pageBreakBefore"));
        let is_off = |id| tree.value(id).is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"));
        Look {
            paragraph: shared(own(of_paragraph)),
            letters: shared(own(letters)),
            is_tight: false,
            set_in: left.and_then(|left| left.parse().ok()).unwrap_or(0),
            begins_page: begins_page.is_some_and(|id| !is_off(id)),
        }
    }

    /// The properties of a plain paragraph: the first that stands in the place, or a later one.
    pub fn paragraph(&self, is_first: bool) -> String {
        let mut all = self.paragraph.clone();
        if !is_first {
            all.retain(|(name, _)| name != "w:pageBreakBefore");
            if self.is_tight {
                all.retain(|(name, _)| name != "w:spacing");
                let place = all.iter().position(|(name, _)| AFTER_SPACING.contains(&name.as_str()));
                let spacing = format!("<w:spacing w:before=\"{SPACE}\" w:after=\"0\"/>");
                all.insert(place.unwrap_or(all.len()), ("w:spacing".to_owned(), spacing));
            }
        }
        element("w:pPr", &all)
    }

    /// The properties of words: the place's own beside those that our writer gives.
    ///
    /// `style` is the character style that our writer asks for, and the template's id of it.
    pub fn letters(&self, ours: Properties, style: Option<(&str, String)>) -> String {
        let mut given = ours;
        given.retain(|(name, _)| name != "w:rStyle");
        let mut own: Vec<&(String, String)> = self.letters.iter().collect();
        let mut first = Properties::new();
        match style {
            Some(("Strong", _)) => given.extend(["w:b", "w:bCs"].map(|name| (name.to_owned(), format!("<{name}/>")))),
            Some(("Support" | "Citation", id)) => {
                own.retain(|(name, _)| name == "w:rFonts");
                first.push(character_style(&id));
            }
            Some((_, id)) => {
                own.retain(|(name, _)| !matches!(name.as_str(), "w:rStyle" | "w:color" | "w:u"));
                first.push(character_style(&id));
            }
            None => {}
        }
        own.retain(|(name, _)| !given.iter().any(|(other, _)| other == name));
        let place = own.iter().take_while(|(name, _)| matches!(name.as_str(), "w:rStyle" | "w:rFonts")).count();
        first.extend(own[..place].iter().map(|property| (*property).clone()));
        first.extend(given);
        first.extend(own[place..].iter().map(|property| (*property).clone()));
        element("w:rPr", &first)
    }

    /// A run of plain words.
    pub fn run(&self, words: &str) -> String {
        format!("<w:r>{}{}</w:r>", element("w:rPr", &self.letters), text(words))
    }
}

fn character_style(id: &str) -> (String, String) {
    ("w:rStyle".to_owned(), format!("<w:rStyle w:val=\"{id}\"/>"))
}

/// Words as an element of a run.
pub fn text(words: &str) -> String {
    let words = crate::write::words::clean(words);
    format!("<w:t xml:space=\"preserve\">{}</w:t>", quick_xml::escape::partial_escape(words))
}

/// What an element holds, by name.
pub fn properties(tree: &Tree, id: Id) -> Properties {
    tree.children(id).map(|child| (tree.name(child).to_owned(), tree.raw(child).to_owned())).collect()
}

/// An element that holds properties; nothing where there are none.
pub fn element(name: &str, properties: &Properties) -> String {
    if properties.is_empty() {
        return String::new();
    }
    let inside: String = properties.iter().map(|(_, written)| written.as_str()).collect();
    format!("<{name}>{inside}</{name}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Look {
        let tree = Tree::of(text).expect("it is sound");
        let run = tree.all().find(|id| tree.name(*id) == "w:rPr" && tree.name(tree.parent(*id)) == "w:r");
        Look::of(&tree, Some(1), run)
    }

    #[test]
    fn later_paragraphs_keep_the_look_without_its_page_break_and_with_space_where_there_is_none() {
        let mut look = look(
            "<w:p><w:pPr><w:pStyle w:val=\"A\"/><w:pageBreakBefore/><w:ind w:left=\"300\"/><w:sectPr/></w:pPr></w:p>",
        );
        assert_eq!(look.set_in, 300);
        assert_eq!(
            look.paragraph(true),
            "<w:pPr><w:pStyle w:val=\"A\"/><w:pageBreakBefore/><w:ind w:left=\"300\"/></w:pPr>"
        );
        look.is_tight = true;
        assert_eq!(
            look.paragraph(false),
            "<w:pPr><w:pStyle w:val=\"A\"/><w:spacing w:before=\"120\" w:after=\"0\"/><w:ind w:left=\"300\"/></w:pPr>"
        );
    }

    #[test]
    fn words_look_as_the_place_does_and_what_our_writer_adds_comes_on_top() {
        let look =
            look("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"A\"/><w:color w:val=\"C\"/><w:rPrChange/></w:rPr></w:r></w:p>");
        let (fonts, colour) = ("<w:rFonts w:ascii=\"A\"/>", "<w:color w:val=\"C\"/>");
        assert_eq!(look.letters(Vec::new(), None), format!("<w:rPr>{fonts}{colour}</w:rPr>"));
        assert_eq!(
            look.letters(Vec::new(), Some(("Strong", "Strong".into()))),
            format!("<w:rPr>{fonts}<w:b/><w:bCs/>{colour}</w:rPr>")
        );
        assert_eq!(
            look.letters(Vec::new(), Some(("Citation", "X".into()))),
            format!("<w:rPr><w:rStyle w:val=\"X\"/>{fonts}</w:rPr>")
        );
        assert_eq!(look.run("a < b"), format!("<w:r><w:rPr>{fonts}{colour}</w:rPr>{}</w:r>", text("a < b")));
        assert_eq!(Look::default().letters(Vec::new(), None), "");
    }
}
