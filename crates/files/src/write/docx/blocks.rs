//! Blocks as paragraphs, lists, forms and pictures.

use penshaw_documents::{Block, Chart, Document, Inline};

use super::front::{NAMESPACES, TEXT_WIDTH, TEXT_WIDTH_LANDSCAPE};
use super::package::Kind;
use super::runs::{Letters, Look, bookmark, run};
use super::widths::too_wide;
use super::{Body, picture};
use crate::write::WriteError;
use crate::write::words::{one_line, published_at};

/// Bullets' numbering; ordered lists come after it.
const BULLETS: usize = 1;

/// How far the words of numbered headings and of free-standing lists hang, in twentieths of a point.
const HEADING: u32 = 851;
const LIST: u32 = 425;

/// English Metric Units a twentieth of a point.
const EMU: i64 = 635;

impl Body<'_> {
    pub(super) fn document(&mut self, document: &Document) -> Result<(), WriteError> {
        self.xml.open("w:document", NAMESPACES);
        self.xml.open("w:body", &[]);
        self.words("Title", &document.title);
        for line in [&document.occasion, &document.author] {
            if !line.is_empty() {
                self.words("Subtitle", line);
            }
        }
        self.blocks(&document.blocks)?;
        if !self.sources_listed && !self.citations.sources().is_empty() {
            self.heading(2, None, "Sources", false);
            self.source_list();
        }
        if self.table_last {
            self.words("TableNote", "");
        }
        if let Some(margins) = &self.margins {
            margins.section(&mut self.xml, self.landscape);
        }
        self.xml.close("w:body");
        self.xml.close("w:document");
        Ok(())
    }

    pub(super) fn words(&mut self, style: &str, words: &str) {
        self.paragraph(&Look::of(style), |body| run(&mut body.xml, words, Letters::default()));
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Result<(), WriteError> {
        let mut new_page = false;
        for (place, block) in blocks.iter().enumerate() {
            if matches!(block, Block::PageBreak) {
                new_page = place > 0 || self.depth > 0;
                continue;
            }
            if self.depth == 0 {
                let landscape = self.wants_landscape(&blocks[place..]);
                self.turn(landscape);
            }
            if new_page && !matches!(block, Block::Heading { .. }) {
                self.paragraph(&Look { page_break_before: true, ..Look::of("TableNote") }, |_| {});
                new_page = false;
            }
            self.block(block, std::mem::take(&mut new_page))?;
        }
        Ok(())
    }

    /// Whether the next table is too wide for an upright page, with nothing but headings before it.
    fn wants_landscape(&self, blocks: &[Block]) -> bool {
        let next = blocks.iter().find(|block| !matches!(block, Block::Heading { .. } | Block::PageBreak));
        let table = match next {
            Some(Block::Table(table)) => table,
            Some(Block::Chart(chart)) => &chart.table,
            _ => return false,
        };
        too_wide(table, &self.citations.placed(table))
    }

    /// Ends the pages so far where the next are to lie the other way.
    fn turn(&mut self, landscape: bool) {
        if landscape == self.landscape {
            return;
        }
        let Some(margins) = &self.margins else { return };
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.value("w:pStyle", "TableNote");
        margins.section(&mut self.xml, self.landscape);
        self.xml.close("w:pPr");
        self.xml.close("w:p");
        self.landscape = landscape;
        self.width = if landscape { TEXT_WIDTH_LANDSCAPE } else { TEXT_WIDTH };
        self.table_last = false;
    }

    fn block(&mut self, block: &Block, new_page: bool) -> Result<(), WriteError> {
        match block {
            Block::Paragraph { number, .. } => self.under_number = number.is_some() && self.depth == 0,
            Block::List { .. } => {}
            _ => self.under_number = false,
        }
        match block {
            Block::Heading { level: 1, text, .. } if text == self.title => {}
            Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text, new_page),
            Block::Paragraph { number, text } => self.numbered(number.as_deref(), text),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Fields { caption, fields } => self.fields(caption, fields)?,
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart)?,
            Block::Note { label, text } => self.note(label, text),
            Block::SourceList => self.source_list(),
            Block::PageBreak => {}
        }
        Ok(())
    }

    /// The document's title is above Word's first heading, so a part's heading is the first.
    fn heading(&mut self, level: u8, number: Option<&str>, text: &str, new_page: bool) {
        let style = format!("Heading{}", level.clamp(2, 6) - 1);
        let look = Look { page_break_before: new_page, hanging: number.map(|_| HEADING), ..Look::of(&style) };
        let words = match number {
            Some(number) => format!("{number}\t{}", one_line(text)),
            None => one_line(text),
        };
        self.paragraph(&look, |body| run(&mut body.xml, &words, Letters::default()));
    }

    fn numbered(&mut self, number: Option<&str>, text: &[Inline]) {
        let style = if number.is_some() { "NumberedParagraph" } else { "BodyText" };
        self.paragraph(&Look::of(style), |body| {
            if let Some(number) = number {
                run(&mut body.xml, &format!("{number}\t"), Letters::default());
            }
            body.runs(text, Letters::default());
        });
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) {
        let (style, numbering) = if ordered {
            self.ordered_lists += 1;
            ("ListNumber", BULLETS + self.ordered_lists)
        } else {
            ("ListBullet", BULLETS)
        };
        let hanging = (!self.under_number).then_some(LIST);
        let look = Look { numbering: Some(numbering), hanging, ..Look::of(style) };
        for item in items {
            self.paragraph(&look, |body| body.runs(item, Letters::default()));
        }
    }

    fn note(&mut self, label: &str, text: &[Inline]) {
        self.words("NoteLabel", label);
        self.paragraph(&Look::of("Note"), |body| body.runs(text, Letters::default()));
    }

    fn chart(&mut self, chart: &Chart) -> Result<(), WriteError> {
        let picture = picture::draw(chart, i64::from(self.width) * EMU)?;
        self.pictures += 1;
        let number = self.pictures;
        let id = self.parts.add(Kind::Image, &format!("media/chart{number}.png"), picture.png);
        self.paragraph(&Look { with_next: true, ..Look::of("Caption") }, |body| {
            run(&mut body.xml, &one_line(&chart.caption), Letters::default());
        });
        let inline = Drawing {
            id: &id,
            number,
            name: &one_line(&chart.caption),
            alternative: &one_line(&chart.alternative),
            size: (picture.width, picture.height),
        };
        self.paragraph(&Look { with_next: true, ..Look::of("Figure") }, |body| inline.write(body));
        self.table(&chart.table);
        Ok(())
    }

    fn source_list(&mut self) {
        let first = !std::mem::replace(&mut self.sources_listed, true);
        let sources = self.citations.sources().to_vec();
        for (number, source) in (1..).zip(&sources) {
            let words = one_line(&self.citations.words(source));
            self.paragraph(&Look::of("Source"), |body| {
                let id = number.to_string();
                if first {
                    let name = bookmark(number);
                    body.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
                }
                run(&mut body.xml, &format!("[{number}]"), Letters::default());
                if first {
                    body.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
                }
                run(&mut body.xml, &format!("\t{words}"), Letters::default());
                if let Some(address) = published_at(source) {
                    run(&mut body.xml, ", ", Letters::default());
                    body.link(address, address, Letters::default());
                }
            });
        }
    }
}

/// A picture that stands in the line.
struct Drawing<'a> {
    id: &'a str,
    number: usize,
    name: &'a str,
    alternative: &'a str,
    size: (i64, i64),
}

impl Drawing<'_> {
    fn write(&self, body: &mut Body) {
        let number = self.number.to_string();
        let (wide, high) = (self.size.0.to_string(), self.size.1.to_string());
        let extent = [("cx", wide.as_str()), ("cy", high.as_str())];
        let shown = [("id", number.as_str()), ("name", self.name), ("descr", self.alternative)];
        let xml = &mut body.xml;
        for name in ["w:r", "w:drawing"] {
            xml.open(name, &[]);
        }
        xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
        xml.empty("wp:extent", &extent);
        xml.empty("wp:docPr", &shown);
        xml.open("a:graphic", &[]);
        xml.open("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")]);
        xml.element("pic:pic", &[], |xml| {
            xml.element("pic:nvPicPr", &[], |xml| {
                xml.empty("pic:cNvPr", &shown);
                xml.empty("pic:cNvPicPr", &[]);
            });
            xml.element("pic:blipFill", &[], |xml| {
                xml.empty("a:blip", &[("r:embed", self.id)]);
                xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
            });
            xml.element("pic:spPr", &[], |xml| {
                xml.element("a:xfrm", &[], |xml| {
                    xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                    xml.empty("a:ext", &extent);
                });
                xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
            });
        });
        for name in ["a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r"] {
            xml.close(name);
        }
    }
}
