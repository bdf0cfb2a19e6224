//! A document as Word: real styles, lists, tables, pictures with alternatives, and sources as bookmarks.
//!
//! [`write`] lays out pages of our own; [`fill`] puts the same blocks into an authority's own template.

mod blocks;
mod front;
mod package;
mod picture;
mod runs;
mod table;
mod template;
mod widths;
mod xml;

use penshaw_basis::Date;
use penshaw_documents::{Citations, Document};

use super::WriteError;
use package::{Kind, Parts};
pub use template::{Filled, Place, TemplateError, fill};
use xml::Xml;

/// The document as a DOCX file; the same document and day give the same bytes.
pub fn write(document: &Document, created: Date) -> Result<Vec<u8>, WriteError> {
    let mut parts = Parts::default();
    parts.add(Kind::Styles, "styles.xml", include_bytes!("styles.xml").to_vec());
    parts.add(Kind::Settings, "settings.xml", include_bytes!("settings.xml").to_vec());
    parts.add(Kind::Fonts, "fontTable.xml", include_bytes!("fontTable.xml").to_vec());
    parts.add(Kind::Theme, "theme/theme1.xml", include_bytes!("theme.xml").to_vec());
    let header = document.marking.as_ref().map(|marking| {
        let bytes = front::header(marking);
        parts.add(Kind::Header, "header1.xml", bytes)
    });
    let footer = parts.add(Kind::Footer, "footer1.xml", front::footer(document));
    let mut body = Body::new(document, parts, Some(front::Margins { header, footer }));
    body.document(document)?;
    let Body { xml, mut parts, ordered_lists, .. } = body;
    parts.add(Kind::Numbering, "numbering.xml", front::numbering(ordered_lists));
    parts.pack(xml.finish(), front::core(document, created), front::app())
}

/// The text while it is written, and what it has used so far.
struct Body<'a> {
    xml: Xml,
    parts: Parts,
    /// The header and footer of our own pages; none on a template's, which never turn.
    margins: Option<front::Margins>,
    citations: Citations,
    /// Whether figures lead to a list of sources.
    cited: bool,
    title: &'a str,
    /// Ordered lists so far: each has its own numbering, which starts from one.
    ordered_lists: usize,
    /// Pictures and bookmarks so far, for ids that differ.
    pictures: usize,
    sources_listed: bool,
    /// Whether the text stands under a numbered paragraph, whose lists are set further in.
    under_number: bool,
    /// Whether the pages being written lie on their side.
    landscape: bool,
    /// The width between the margins, or of the cell being written, in twentieths of a point.
    width: u32,
    /// How many table cells the text stands in.
    depth: usize,
    /// Whether a table stands last, after which Word wants a paragraph.
    table_last: bool,
}

impl<'a> Body<'a> {
    fn new(document: &'a Document, parts: Parts, margins: Option<front::Margins>) -> Self {
        Body {
            xml: Xml::new(),
            parts,
            margins,
            citations: Citations::of(document),
            cited: true,
            title: &document.title,
            ordered_lists: 0,
            pictures: 0,
            sources_listed: false,
            under_number: false,
            landscape: false,
            width: front::TEXT_WIDTH,
            depth: 0,
            table_last: false,
        }
    }
}
