//! Paragraphs and the runs of text within them.

use penshaw_documents::{Inline, Support};

use super::Body;
use super::xml::Xml;
use crate::write::words::{clean, safe_address};

/// How a paragraph looks beyond its style.
#[derive(Clone, Default)]
pub struct Look<'a> {
    pub style: &'a str,
    /// The numbering of a list.
    pub numbering: Option<usize>,
    pub page_break_before: bool,
    pub right: bool,
    /// Keeps it on the page of the paragraph after it.
    pub with_next: bool,
    /// Indents its words so far, in twentieths of a point, beside a number or a bullet.
    pub hanging: Option<u32>,
}

impl<'a> Look<'a> {
    pub fn of(style: &'a str) -> Self {
        Look { style, ..Look::default() }
    }

    /// The properties in the order that the format demands.
    pub fn write(&self, xml: &mut Xml) {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", self.style);
            if self.with_next {
                xml.empty("w:keepNext", &[]);
            }
            if self.page_break_before {
                xml.empty("w:pageBreakBefore", &[]);
            }
            if let Some(numbering) = self.numbering {
                xml.element("w:numPr", &[], |xml| {
                    xml.value("w:ilvl", "0");
                    xml.value("w:numId", &numbering.to_string());
                });
            }
            if let Some(hanging) = self.hanging.map(|hanging| hanging.to_string()) {
                xml.empty("w:ind", &[("w:left", &hanging), ("w:hanging", &hanging)]);
            }
            if self.right {
                xml.value("w:jc", "right");
            }
        });
    }
}

/// How the words of a run look.
#[derive(Clone, Copy, Default)]
pub struct Letters {
    /// A character style.
    pub style: Option<&'static str>,
    pub bold: bool,
    /// Half points, where the style's own size is too large.
    pub size: Option<u32>,
}

impl Letters {
    fn write(self, xml: &mut Xml) {
        if self.style.is_none() && !self.bold && self.size.is_none() {
            return;
        }
        xml.element("w:rPr", &[], |xml| {
            if let Some(style) = self.style {
                xml.value("w:rStyle", style);
            }
            if self.bold {
                xml.empty("w:b", &[]);
                xml.empty("w:bCs", &[]);
            }
            if let Some(size) = self.size.map(|size| size.to_string()) {
                xml.value("w:sz", &size);
                xml.value("w:szCs", &size);
            }
        });
    }

    pub fn styled(self, style: &'static str) -> Self {
        Letters { style: Some(style), ..self }
    }
}

/// One run of words, with its line breaks and tabs.
pub fn run(xml: &mut Xml, words: &str, letters: Letters) {
    let words = clean(words);
    if words.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        letters.write(xml);
        for (place, line) in words.split('\n').enumerate() {
            if place > 0 {
                xml.empty("w:br", &[]);
            }
            for (place, piece) in line.split('\t').enumerate() {
                if place > 0 {
                    xml.empty("w:tab", &[]);
                }
                if !piece.is_empty() {
                    xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.words(piece));
                }
            }
        }
    });
}

impl Body<'_> {
    /// A paragraph of what `inside` writes.
    pub(super) fn paragraph(&mut self, look: &Look, inside: impl FnOnce(&mut Self)) {
        self.xml.open("w:p", &[]);
        look.write(&mut self.xml);
        inside(self);
        self.xml.close("w:p");
        self.table_last = false;
    }

    pub(super) fn runs(&mut self, runs: &[Inline], letters: Letters) {
        let placed = self.citations.placed_in_text(runs);
        for (part, support) in runs.iter().zip(&placed) {
            match part {
                Inline::Text { text } => run(&mut self.xml, text, letters),
                Inline::Strong { text } => run(&mut self.xml, text, letters.styled("Strong")),
                Inline::Figure(figure) => run(&mut self.xml, &figure.value.to_string(), letters),
                Inline::Link { text, href } => self.link(text, href, letters),
            }
            self.beside(support, letters);
        }
    }

    /// The confidence, and the sources' numbers as links to their bookmarks.
    pub(super) fn beside(&mut self, support: &Support, letters: Letters) {
        let small = Letters { size: None, ..letters.styled("Support") };
        if let Some(confidence) = support.confidence {
            run(&mut self.xml, &format!("\u{a0}({confidence})"), small);
        }
        if support.numbers.is_empty() || !self.cited {
            return;
        }
        run(&mut self.xml, "\u{a0}[", small);
        for (place, (first, last)) in support.spans().into_iter().enumerate() {
            if place > 0 {
                run(&mut self.xml, ", ", small);
            }
            let words = if first == last { first.to_string() } else { format!("{first}–{last}") };
            let anchor = bookmark(first);
            self.xml.element("w:hyperlink", &[("w:anchor", &anchor), ("w:history", "1")], |xml| {
                run(xml, &words, small.styled("Citation"));
            });
        }
        run(&mut self.xml, "]", small);
    }

    pub(super) fn link(&mut self, words: &str, address: &str, letters: Letters) {
        let Some(address) = safe_address(address) else {
            run(&mut self.xml, words, letters);
            return;
        };
        let linked = letters.styled("Hyperlink");
        let id = self.parts.link(address);
        self.xml.element("w:hyperlink", &[("r:id", &id), ("w:history", "1")], |xml| run(xml, words, linked));
    }
}

/// The bookmark of a source.
pub fn bookmark(number: usize) -> String {
    format!("source_{number}")
}
