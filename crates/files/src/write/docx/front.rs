//! What stands round the text: header, footer, numbering, properties, pages.

use penshaw_basis::Date;
use penshaw_documents::{Document, Marking};

use super::xml::Xml;
use crate::write::words::one_line;

/// The namespace of Word's own elements.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The namespaces that the text uses.
pub const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:w", W),
    ("xmlns:r", R),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// A4 and its margins, in twentieths of a point.
const A4_SHORT: u32 = 11_906;
const A4_LONG: u32 = 16_838;
const MARGIN: u32 = 1_134;

/// The width of the text on an upright page, and on one that lies on its side.
pub const TEXT_WIDTH: u32 = A4_SHORT - 2 * MARGIN;
pub const TEXT_WIDTH_LANDSCAPE: u32 = A4_LONG - 2 * MARGIN;

/// The ids of the header and the footer.
pub struct Margins {
    pub header: Option<String>,
    pub footer: String,
}

impl Margins {
    /// The properties of the pages written so far.
    pub fn section(&self, xml: &mut Xml, landscape: bool) {
        xml.element("w:sectPr", &[], |xml| {
            if let Some(header) = &self.header {
                xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", header)]);
            }
            xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", &self.footer)]);
            let (short, long) = (A4_SHORT.to_string(), A4_LONG.to_string());
            if landscape {
                xml.empty("w:pgSz", &[("w:w", &long), ("w:h", &short), ("w:orient", "landscape")]);
            } else {
                xml.empty("w:pgSz", &[("w:w", &short), ("w:h", &long)]);
            }
            let margin = MARGIN.to_string();
            xml.empty(
                "w:pgMar",
                &[
                    ("w:top", "1304"),
                    ("w:right", &margin),
                    ("w:bottom", "1134"),
                    ("w:left", &margin),
                    ("w:header", "567"),
                    ("w:footer", "510"),
                    ("w:gutter", "0"),
                ],
            );
        });
    }
}

pub fn header(marking: &Marking) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:hdr", &NAMESPACES[..2], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Header"));
            run(xml, &one_line(&marking.words));
        });
    });
    xml.finish()
}

/// The title, and at the right margin the page's number and how many there are.
pub fn footer(document: &Document) -> Vec<u8> {
    let mut xml = Xml::new();
    let title: String = one_line(&document.title).chars().take(90).collect();
    xml.element("w:ftr", &NAMESPACES[..2], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Footer"));
            run(xml, &title);
            xml.element("w:r", &[], |xml| {
                let right = [("w:relativeTo", "margin"), ("w:alignment", "right"), ("w:leader", "none")];
                xml.empty("w:ptab", &right);
            });
            run(xml, "Page ");
            field(xml, " PAGE ");
            run(xml, " of ");
            field(xml, " NUMPAGES ");
        });
    });
    xml.finish()
}

fn run(xml: &mut Xml, words: &str) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.words(words));
    });
}

fn field(xml: &mut Xml, instruction: &str) {
    xml.element("w:fldSimple", &[("w:instr", instruction)], |xml| run(xml, "1"));
}

/// Bullets as numbering 1; as many ordered lists after it, each from one.
pub fn numbering(ordered_lists: usize) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:numbering", &[("xmlns:w", W)], |xml| {
        list_level(xml, "0", "bullet", "•", None);
        list_level(xml, "1", "decimal", "%1.", Some("ListNumber"));
        for list in 0..=ordered_lists {
            xml.element("w:num", &[("w:numId", &(list + 1).to_string())], |xml| {
                xml.value("w:abstractNumId", if list == 0 { "0" } else { "1" });
                if list > 0 {
                    xml.element("w:lvlOverride", &[("w:ilvl", "0")], |xml| xml.value("w:startOverride", "1"));
                }
            });
        }
    });
    xml.finish()
}

/// The form of a list of one level; a style where it is that style's own.
pub fn list_level(xml: &mut Xml, id: &str, format: &str, words: &str, style: Option<&str>) {
    xml.element("w:abstractNum", &[("w:abstractNumId", id)], |xml| {
        xml.value("w:multiLevelType", "singleLevel");
        xml.element("w:lvl", &[("w:ilvl", "0")], |xml| {
            xml.value("w:start", "1");
            xml.value("w:numFmt", format);
            if let Some(style) = style {
                xml.value("w:pStyle", style);
            }
            xml.value("w:lvlText", words);
            xml.value("w:lvlJc", "left");
            xml.element("w:pPr", &[], |xml| xml.empty("w:ind", &[("w:left", "1276"), ("w:hanging", "425")]));
        });
    });
}

pub fn core(document: &Document, created: Date) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let day = format!("{created}T00:00:00Z");
    xml.element("cp:coreProperties", &namespaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.words(&one_line(&document.title)));
        xml.element("dc:subject", &[], |xml| xml.words(&one_line(&document.occasion)));
        xml.element("dc:creator", &[], |xml| xml.words(&one_line(&document.author)));
        xml.element("dc:language", &[], |xml| xml.words("en-GB"));
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.words(&day));
        }
    });
    xml.finish()
}

pub fn app() -> Vec<u8> {
    let mut xml = Xml::new();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.element("Properties", &[("xmlns", namespace)], |xml| {
        xml.element("Application", &[], |xml| xml.words("Penshaw"));
    });
    xml.finish()
}
