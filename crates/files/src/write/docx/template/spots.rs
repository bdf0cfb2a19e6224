//! Where the places of a template stand in one of its parts.

use std::cmp::Reverse;
use std::ops::Range;

use super::TemplateError;
use super::line::{CONTROL, Line};
use super::names::{Offered, marks};
use super::package::tree_of;
use super::tree::{Id, Tree};

/// A part of a template with its places.
pub struct Story<'a> {
    pub name: &'a str,
    pub tree: Tree<'a>,
    /// Those within text boxes come before the paragraph that holds the box.
    pub spots: Vec<Spot>,
    /// Names that are not known, as they are written.
    pub unknown: Vec<String>,
    /// Words from braces on that hold no name.
    pub stray: Vec<String>,
}

/// A place, or several in one line.
pub enum Spot {
    /// A name typed in a paragraph of its own.
    Alone { place: usize, paragraph: Id, at: Range<usize> },
    /// Names typed among other words.
    Among { paragraph: Id, marks: Vec<(usize, Range<usize>)> },
    /// A content control.
    Control { place: usize, control: Id, holds: Holds },
}

/// What a content control holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holds {
    /// Words among others.
    Words,
    /// All the words of a paragraph.
    Line(Id),
    /// Paragraphs and tables.
    Blocks,
    /// A table's cell.
    Cell,
}

impl Spot {
    pub fn places(&self) -> Vec<usize> {
        match self {
            Spot::Alone { place, .. } | Spot::Control { place, .. } => vec![*place],
            Spot::Among { marks, .. } => marks.iter().map(|(place, _)| *place).collect(),
        }
    }

    /// Whether blocks find room in it.
    pub fn takes_blocks(&self) -> bool {
        !matches!(self, Spot::Among { .. } | Spot::Control { holds: Holds::Words, .. })
    }

    fn start(&self) -> Id {
        match self {
            Spot::Alone { paragraph, .. } | Spot::Among { paragraph, .. } => *paragraph,
            Spot::Control { holds: Holds::Line(paragraph), .. } => *paragraph,
            Spot::Control { control, .. } => *control,
        }
    }
}

impl<'a> Story<'a> {
    /// Finds the places of a part.
    pub fn read(name: &'a str, text: &'a str, offered: &Offered) -> Result<Self, TemplateError> {
        let tree = tree_of(name, text)?;
        let mut story = Story { name, tree, spots: Vec::new(), unknown: Vec::new(), stray: Vec::new() };
        let mut id = story.tree.root();
        while id < story.tree.all().end {
            id = story.find(id, offered);
        }
        let mut spots = std::mem::take(&mut story.spots);
        spots.sort_by_cached_key(|spot| story.order(spot.start()));
        story.spots = spots;
        Ok(story)
    }

    /// Adds the places that begin at an element; gives the element to look at next.
    fn find(&mut self, id: Id, offered: &Offered) -> Id {
        match self.tree.name(id) {
            "w:p" => self.line(id, offered),
            "w:sdt" => {
                let level = level(&self.tree, id);
                match place_of(&self.tree, id, offered) {
                    // Its paragraph has taken it.
                    Some(_) if level == Level::Words => return self.tree.after(id),
                    Some(place) if level != Level::Row => {
                        let holds = if level == Level::Cell { Holds::Cell } else { Holds::Blocks };
                        self.spots.push(Spot::Control { place, control: id, holds });
                        return self.tree.after(id);
                    }
                    Some(_) => {}
                    None => self.slips(id, offered),
                }
            }
            _ => {}
        }
        id + 1
    }

    fn line(&mut self, paragraph: Id, offered: &Offered) {
        let tree = &self.tree;
        let line = Line::of(tree, paragraph, |id| place_of(tree, id, offered).is_some());
        let (found, stray) = marks(&line.words);
        self.stray.extend(stray);
        let mut known = Vec::new();
        for mark in found {
            match offered.find(&mark.name) {
                Some(place) => known.push((place, mark.at)),
                None => self.unknown.push(mark.name),
            }
        }
        match known.as_slice() {
            [] => {}
            [(place, at)] if line.is_only(at) => {
                self.spots.push(Spot::Alone { place: *place, paragraph, at: at.clone() });
            }
            _ => self.spots.push(Spot::Among { paragraph, marks: known }),
        }
        for (at, control) in &line.controls {
            let Some(place) = place_of(&self.tree, *control, offered) else { continue };
            let alone = line.controls.len() == 1 && line.is_only(&(*at..*at + CONTROL.len()));
            let holds = if alone { Holds::Line(paragraph) } else { Holds::Words };
            self.spots.push(Spot::Control { place, control: *control, holds });
        }
    }

    /// Notes a control whose name is likely to mean a place; others are the template's own.
    fn slips(&mut self, control: Id, offered: &Offered) {
        let near = names(&self.tree, control).into_iter().find(|name| offered.is_near(name));
        self.unknown.extend(near);
    }

    /// The outermost paragraph first; in it, what stands deepest.
    fn order(&self, start: Id) -> (Id, Reverse<usize>, Id) {
        let paragraphs = || self.tree.holders(start).filter(|id| *id > 0 && self.tree.name(*id) == "w:p");
        (paragraphs().last().unwrap_or(start), Reverse(paragraphs().count()), start)
    }
}

/// The place that a control means by its tag or, where that is not known, by its title.
pub fn place_of(tree: &Tree, control: Id, offered: &Offered) -> Option<usize> {
    names(tree, control).iter().find_map(|name| offered.find(name))
}

/// A control's tag and title; none where it holds no words of its own.
fn names(tree: &Tree, control: Id) -> Vec<String> {
    let Some(properties) = tree.child(control, "w:sdtPr") else { return Vec::new() };
    let no_words =
        ["w:docPartObj", "w:picture", "w14:checkbox", "w15:repeatingSection", "w:bibliography", "w:citation"];
    if no_words.iter().any(|kind| tree.child(properties, kind).is_some()) {
        return Vec::new();
    }
    ["w:tag", "w:alias"].iter().filter_map(|name| tree.value_of(properties, name)).collect()
}

#[derive(PartialEq)]
enum Level {
    Words,
    Blocks,
    Cell,
    Row,
}

/// What a control stands among.
fn level(tree: &Tree, control: Id) -> Level {
    let among = tree.holders(control).find_map(|id| match tree.name(id) {
        "w:p" => Some(Level::Words),
        "w:tr" => Some(Level::Cell),
        "w:tbl" => Some(Level::Row),
        "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" | "w:smartTag" | "w:hyperlink" => None,
        _ => Some(Level::Blocks),
    });
    among.unwrap_or(Level::Blocks)
}

#[cfg(test)]
mod tests {
    use super::super::Place;
    use super::*;

    fn found(inside: &str) -> Vec<String> {
        let places = ["title", "purpose"].map(|name| Place { name: name.into(), blocks: Vec::new() });
        let text = format!("<w:document><w:body>{inside}</w:body></w:document>");
        let offered = Offered::of(&places);
        let story = Story::read("word/document.xml", &text, &offered).expect("it is sound");
        let mut found: Vec<String> = story.spots.iter().map(described).collect();
        found.extend(story.unknown.iter().map(|name| format!("unknown {name}")));
        found
    }

    fn described(spot: &Spot) -> String {
        match spot {
            Spot::Alone { place, .. } => format!("alone {place}"),
            Spot::Among { marks, .. } => format!("among {}", marks.len()),
            Spot::Control { place, holds: Holds::Line(_), .. } => format!("line {place}"),
            Spot::Control { place, holds, .. } => format!("{holds:?} {place}"),
        }
    }

    fn control(name: &str, inside: &str) -> String {
        format!("<w:sdt><w:sdtPr>{name}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>")
    }

    fn words(words: &str) -> String {
        format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    }

    #[test]
    fn typed_names_stand_alone_or_among_words() {
        assert_eq!(found(&words("{{ Title }}")), ["alone 0"]);
        assert_eq!(found(&words("Title: {{title}}, {{purpose}}")), ["among 2"]);
        assert_eq!(found(&words("{{titel}} and {{other}}")), ["unknown titel", "unknown other"]);
    }

    #[test]
    fn controls_are_known_by_tag_or_title_at_every_level() {
        let (tag, title) = ("<w:tag w:val=\"purpose\"/>", "<w:alias w:val=\"Title\"/>");
        let run = "<w:r><w:t>click</w:t></w:r>";
        assert_eq!(found(&control(tag, &words("click"))), ["Blocks 1"]);
        assert_eq!(found(&format!("<w:p>{}</w:p>", control(title, run))), ["line 0"]);
        assert_eq!(found(&format!("<w:p>{run}{}</w:p>", control(tag, run))), ["Words 1"]);
        let cell = control(tag, &format!("<w:tc>{}</w:tc>", words("click")));
        assert_eq!(found(&format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>")), ["Cell 1"]);
        let odd_tag = control("<w:alias w:val=\"Title\"/><w:tag w:val=\"goog_rdk_0\"/>", &words("click"));
        assert_eq!(found(&odd_tag), ["Blocks 0"]);
    }

    #[test]
    fn a_control_of_the_templates_own_is_left_and_a_slip_is_told() {
        let date = control("<w:alias w:val=\"Meeting date\"/>", &words("{{title}}"));
        assert_eq!(found(&date), ["alone 0"]);
        assert_eq!(found(&control("<w:tag w:val=\"purpos\"/>", &words("click"))), ["unknown purpos"]);
        assert_eq!(found(&control("<w:tag w:val=\"title\"/><w:docPartObj/>", &words("click"))), Vec::<String>::new());
    }

    #[test]
    fn places_in_a_text_box_come_before_the_paragraph_that_holds_it() {
        let inner = words("{{purpose}}");
        let boxed = format!(
            "<w:p><w:r><w:t>{{{{title}}}}</w:t></w:r><w:r><w:drawing><wp:anchor><w:txbxContent>{inner}\
             </w:txbxContent></wp:anchor></w:drawing></w:r></w:p>"
        );
        assert_eq!(found(&boxed), ["alone 1", "alone 0"]);
    }
}
