//! Fills the places of one part of a template.

use std::ops::Range;

use penshaw_documents::{Block, Inline};

use super::TemplateError;
use super::adopt::Names;
use super::line::{CONTROL, Line};
use super::look::{Look, properties, text};
use super::names::Offered;
use super::package::{damaged, written};
use super::page::Pages;
use super::said;
use super::spots::{Holds, Spot, Story, place_of};
use super::styles::spacing;
use super::tree::{Edits, Id, TOP, Tree};
use crate::write::WriteError;
use crate::write::docx::Body;
use crate::write::docx::front::NAMESPACES;
use crate::write::docx::xml::Xml;

/// The space that two paragraphs must have between them, in twentieths of a point.
const TIGHT: i64 = 60;

/// What fills a template: our writer, the names in the template, and the places offered.
pub struct Filling<'a> {
    pub body: Body<'a>,
    pub names: Names,
    pub offered: &'a Offered<'a>,
}

impl Filling<'_> {
    /// The text of a part with its places filled.
    pub fn story(&mut self, story: &Story, pages: &Pages) -> Result<String, TemplateError> {
        let mut part = Part { tree: &story.tree, pages, offered: self.offered, edits: Edits::default() };
        for spot in &story.spots {
            self.spot(spot, &mut part)?;
        }
        let Part { tree, mut edits, .. } = part;
        for (name, address) in NAMESPACES {
            let prefix = name.trim_start_matches("xmlns:");
            let uses = [format!("<{prefix}:"), format!(" {prefix}:")];
            if edits.words().any(|words| uses.iter().any(|used| words.contains(used))) {
                tree.declare(prefix, address, &mut edits).map_err(|why| damaged(story.name, why))?;
            }
        }
        Ok(edits.applied(tree.text, 0..tree.text.len()))
    }

    fn spot(&mut self, spot: &Spot, part: &mut Part) -> Result<(), TemplateError> {
        match spot {
            Spot::Among { paragraph, marks } => {
                let said = marks.iter().map(|(place, at)| (at.clone(), self.said(*place)));
                part.write_words(*paragraph, &said.collect::<Vec<_>>());
                Ok(())
            }
            Spot::Alone { place, paragraph, at } => self.alone(*place, *paragraph, at, part),
            Spot::Control { place, control, holds } => self.control(*place, *control, *holds, part),
        }
    }

    fn said(&self, place: usize) -> String {
        said::words(self.offered.blocks(place), &self.body.citations)
    }

    /// A name typed in a paragraph of its own: words in that paragraph, or blocks in its place.
    fn alone(&mut self, place: usize, paragraph: Id, at: &Range<usize>, part: &mut Part) -> Result<(), TemplateError> {
        let line = part.line(paragraph);
        let touched = line.at(at);
        let Some((first, before, after)) = touched.first().copied() else { return Ok(()) };
        let letters = part.tree.child(part.tree.parent(first), "w:rPr");
        let look = self.look(part.tree, Some(paragraph), letters);
        if let Some(words) = self.plain(place) {
            let runs = self.runs(words.clone(), &look)?;
            part.write_words(paragraph, &[(at.clone(), String::new())]);
            part.write_runs(first, (before, &runs, after));
            return Ok(());
        }
        let piece = self.piece(place, paragraph, &look, part, !part.ends_well(paragraph))?;
        if piece.is_empty() {
            part.write_words(paragraph, &[(at.clone(), String::new())]);
            return Ok(());
        }
        let kept = line.kept(part.tree, at, &part.edits);
        let words = carrying(&piece, kept) + &part.sections(paragraph);
        part.edits.put(part.tree.whole(paragraph), words);
        Ok(())
    }

    /// A content control: it stays, and what it holds is replaced.
    fn control(&mut self, place: usize, control: Id, holds: Holds, part: &mut Part) -> Result<(), TemplateError> {
        let tree = part.tree;
        let Some(content) = tree.child(control, "w:sdtContent") else { return Ok(()) };
        let paragraph = match holds {
            Holds::Line(paragraph) => Some(paragraph),
            Holds::Words => None,
            Holds::Blocks | Holds::Cell => tree.within(content).find(|id| tree.name(*id) == "w:p"),
        };
        let look = self.look(tree, paragraph, letters_of(tree, control, content));
        if holds == Holds::Words {
            let words = look.run(&self.said(place));
            part.edits.put(tree.whole(control), controlled(tree, control, &words, false));
            return Ok(());
        }
        if let Some(words) = self.plain(place) {
            let runs = self.runs(words.clone(), &look)?;
            let written = match holds {
                Holds::Line(_) | Holds::Words => runs,
                Holds::Blocks => format!("<w:p>{}{runs}</w:p>", look.paragraph(true)) + &part.sections(content),
                Holds::Cell => celled(tree, content, &format!("<w:p>{}{runs}</w:p>", look.paragraph(true))),
            };
            part.edits.put(tree.whole(control), controlled(tree, control, &written, false));
            return Ok(());
        }
        let within = match holds {
            Holds::Cell => tree.within(content).find(|id| tree.name(*id) == "w:p").unwrap_or(content),
            _ => content,
        };
        let mut piece = self.piece(place, within, &look, part, true)?;
        if piece.is_empty() {
            piece = format!("<w:p>{}</w:p>", look.paragraph(true));
        }
        match holds {
            Holds::Line(paragraph) => {
                let line = part.line(paragraph);
                let at = line.controls.iter().find(|(_, id)| *id == control).map_or(0, |(at, _)| *at);
                let piece = carrying(&piece, line.kept(tree, &(at..at + CONTROL.len()), &part.edits));
                let words = controlled(tree, control, &piece, true) + &part.sections(paragraph);
                part.edits.put(tree.whole(paragraph), words);
            }
            Holds::Cell => {
                let words = controlled(tree, control, &celled(tree, content, &piece), true);
                part.edits.put(tree.whole(control), words);
            }
            Holds::Blocks | Holds::Words => {
                let words = controlled(tree, control, &(piece + &part.sections(content)), true);
                part.edits.put(tree.whole(control), words);
            }
        }
        Ok(())
    }

    fn look(&self, tree: &Tree, paragraph: Option<Id>, letters: Option<Id>) -> Look {
        let mut look = Look::of(tree, paragraph, letters);
        let properties = paragraph.and_then(|paragraph| tree.child(paragraph, "w:pPr"));
        let style = properties.and_then(|properties| tree.value_of(properties, "w:pStyle"));
        let own = properties.map_or((None, None), |properties| spacing(tree, properties));
        let of_style = self.names.styles.space(style.as_deref());
        look.is_tight = own.0.unwrap_or(of_style.0) + own.1.unwrap_or(of_style.1) < TIGHT;
        look
    }

    /// The words of a place that holds one plain paragraph and nothing else, or nothing at all.
    fn plain(&self, place: usize) -> Option<&Vec<Inline>> {
        const NONE: &Vec<Inline> = &Vec::new();
        match self.offered.blocks(place) {
            [] => Some(NONE),
            [Block::Paragraph { number: None, text }] => Some(text),
            _ => None,
        }
    }

    fn runs(&mut self, words: Vec<Inline>, look: &Look) -> Result<String, WriteError> {
        let piece = self.body.piece(&[Block::paragraph(words)])?;
        Ok(self.names.adopted_runs(&piece, look))
    }

    /// The blocks of a place as they stand where an element does.
    fn piece(
        &mut self,
        place: usize,
        at: Id,
        look: &Look,
        part: &Part,
        ends_with_paragraph: bool,
    ) -> Result<String, TemplateError> {
        let tree = part.tree;
        let is_within = |id: Id| {
            matches!(tree.name(id), "w:tc" | "w:txbxContent" | "w:hdr" | "w:ftr" | "w:footnotes" | "w:endnotes")
        };
        let is_page = !tree.holders(at).any(is_within);
        let mut blocks = self.offered.blocks(place).to_vec();
        blocks.retain(|block| is_page || !matches!(block, Block::PageBreak));
        self.body.width = part.pages.width(tree, at);
        self.body.depth = usize::from(!is_page);
        let begins_with_table = matches!(blocks.first(), Some(Block::Fields { .. }));
        let mut piece = String::new();
        if begins_with_table && (part.stands_after_table(at) || look.begins_page) {
            piece = self.body.space();
        }
        piece.push_str(&self.body.piece(&blocks)?);
        if self.body.table_last && ends_with_paragraph {
            piece.push_str(&self.body.space());
        }
        let adopted = self.names.adopted(&piece, look);
        let begins_plain = matches!(blocks.first(), Some(Block::Paragraph { number: None, .. }));
        if look.begins_page && !begins_plain && is_page {
            let page = "<w:r><w:br w:type=\"page\"/></w:r>".to_owned();
            return Ok(carrying(&adopted, (page, String::new())));
        }
        Ok(adopted)
    }
}

impl Body<'_> {
    /// Blocks as a piece of a text.
    fn piece(&mut self, blocks: &[Block]) -> Result<String, WriteError> {
        self.xml = Xml::piece();
        self.under_number = false;
        self.table_last = false;
        self.blocks(blocks)?;
        Ok(written(std::mem::replace(&mut self.xml, Xml::piece())))
    }

    /// A small empty paragraph.
    fn space(&mut self) -> String {
        self.xml = Xml::piece();
        self.words("TableNote", "");
        written(std::mem::replace(&mut self.xml, Xml::piece()))
    }
}

/// A part while its places are filled.
struct Part<'a> {
    tree: &'a Tree<'a>,
    pages: &'a Pages,
    offered: &'a Offered<'a>,
    edits: Edits,
}

impl Part<'_> {
    fn line(&self, paragraph: Id) -> Line {
        Line::of(self.tree, paragraph, |id| place_of(self.tree, id, self.offered).is_some())
    }

    /// Puts words in the place of others, each run keeping its look.
    fn write_words(&mut self, paragraph: Id, marks: &[(Range<usize>, String)]) {
        for (id, words) in self.line(paragraph).replaced(marks) {
            let words = if words.is_empty() && self.tree.name(id) != "w:t" { words } else { text(&words) };
            self.edits.put(self.tree.whole(id), words);
        }
    }

    /// Puts runs in the middle of the run that holds some words.
    fn write_runs(&mut self, words: Id, (before, runs, after): (&str, &str, &str)) {
        let tree = self.tree;
        let run = tree.parent(words);
        let alone = tree.children(run).all(|id| id == words || tree.name(id) == "w:rPr");
        if alone && before.is_empty() && after.is_empty() {
            self.edits.put(tree.whole(run), runs.to_owned());
            return;
        }
        let kept = |words: &str| if words.is_empty() { String::new() } else { text(words) };
        let properties = tree.child(run, "w:rPr").map_or("", |id| tree.raw(id));
        let written = format!("{}</w:r>{runs}{}{properties}{}", kept(before), tree.opening(run), kept(after));
        self.edits.put(tree.whole(words), written);
    }

    /// Whether a paragraph follows, or one that ends a section is to.
    fn ends_well(&self, paragraph: Id) -> bool {
        let tree = self.tree;
        let following = tree.children(tree.parent(paragraph)).skip_while(|id| *id != paragraph).skip(1);
        let next = following.map(|id| tree.name(id)).find(|name| !name.ends_with("Start") && !name.ends_with("End"));
        next == Some("w:p") || !self.sections(paragraph).is_empty()
    }

    fn stands_after_table(&self, id: Id) -> bool {
        let tree = self.tree;
        let before = tree.children(tree.parent(id)).take_while(|other| *other != id).last();
        before.is_some_and(|before| tree.name(before) == "w:tbl")
    }

    /// Empty paragraphs that end the sections which something ends that is replaced.
    fn sections(&self, id: Id) -> String {
        let tree = self.tree;
        let of_now = |id: &Id| tree.name(*id) == "w:sectPr" && tree.name(tree.parent(*id)) == "w:pPr";
        let ends = tree.within(id).filter(of_now);
        ends.map(|id| format!("<w:p><w:pPr>{}</w:pPr></w:p>", tree.raw(id))).collect()
    }
}

/// A piece with what was kept of the paragraph that it replaces, in its first and its last paragraph.
fn carrying(piece: &str, (before, after): (String, String)) -> String {
    let tree = Tree::of(piece).expect("what we write is well-formed");
    let mut edits = Edits::default();
    let paragraph = |id: Option<Id>| id.filter(|id| tree.name(*id) == "w:p");
    let bare = |words: &str| if words.is_empty() { String::new() } else { format!("<w:p>{words}</w:p>") };
    match paragraph(tree.children(TOP).next()) {
        Some(first) => {
            let place = tree.child(first, "w:pPr").map_or(tree.inside(first).start, |own| tree.whole(own).end);
            edits.put(place..place, before);
        }
        None => edits.put(0..0, bare(&before)),
    }
    match paragraph(tree.children(TOP).last()) {
        Some(last) => tree.append(last, &after, &mut edits),
        None => edits.put(piece.len()..piece.len(), bare(&after)),
    }
    edits.applied(piece, 0..piece.len())
}

/// The properties of the words that a control is to hold: those of its own where it holds only what it asks for.
fn letters_of(tree: &Tree, control: Id, content: Id) -> Option<Id> {
    let own = tree.child(control, "w:sdtPr");
    let asks = own.is_some_and(|own| tree.child(own, "w:showingPlcHdr").is_some());
    let run = tree.within(content).find(|id| tree.name(*id) == "w:r");
    let held = run.filter(|_| !asks).and_then(|run| tree.child(run, "w:rPr"));
    held.or_else(|| own.and_then(|own| tree.child(own, "w:rPr")))
}

/// A control that holds something else: no longer what it asks for, nor bound to a property that would replace it.
fn controlled(tree: &Tree, control: Id, content: &str, holds_blocks: bool) -> String {
    let several = holds_blocks || content.matches("<w:r>").count() > 1;
    let goes = |name: &str| match name {
        "w:showingPlcHdr" | "w:dataBinding" | "w15:dataBinding" => true,
        "w:text" | "w:comboBox" | "w:dropDownList" | "w:date" => several,
        _ => false,
    };
    let mut inside = String::new();
    for child in tree.children(control) {
        match tree.name(child) {
            "w:sdtPr" => {
                let kept = properties(tree, child).into_iter().filter(|(name, _)| !goes(name));
                let kept: String = kept.map(|(_, words)| words).collect();
                inside.push_str(&format!("<w:sdtPr>{kept}</w:sdtPr>"));
            }
            "w:sdtContent" => inside.push_str(&format!("<w:sdtContent>{content}</w:sdtContent>")),
            _ => inside.push_str(tree.raw(child)),
        }
    }
    format!("{}{inside}</w:sdt>", tree.opening(control))
}

/// What a control of a cell holds, with something else in its first cell.
fn celled(tree: &Tree, content: Id, inside: &str) -> String {
    let mut written = String::new();
    let mut is_first = true;
    for child in tree.children(content) {
        if tree.name(child) == "w:tc" && std::mem::take(&mut is_first) {
            let own = tree.child(child, "w:tcPr").map_or("", |own| tree.raw(own));
            written.push_str(&format!("{}{own}{inside}</w:tc>", tree.opening(child)));
        } else {
            written.push_str(tree.raw(child));
        }
    }
    written
}
