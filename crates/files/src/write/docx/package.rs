//! The file as a package of parts: content types, relationships, and a ZIP that is the same each time.

use super::xml::Xml;
use crate::write::WriteError;
use crate::write::bundle::zipped;
use std::collections::BTreeMap;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
pub const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// What a part is to the part that refers to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Styles,
    Numbering,
    Settings,
    Fonts,
    Theme,
    Header,
    Footer,
    Image,
    Link,
}

impl Kind {
    pub fn relationship(self) -> String {
        let name = match self {
            Kind::Styles => "styles",
            Kind::Numbering => "numbering",
            Kind::Settings => "settings",
            Kind::Fonts => "fontTable",
            Kind::Theme => "theme",
            Kind::Header => "header",
            Kind::Footer => "footer",
            Kind::Image => "image",
            Kind::Link => "hyperlink",
        };
        format!("{OFFICE}/{name}")
    }

    pub fn content_type(self) -> Option<String> {
        let name = match self {
            Kind::Styles => "styles",
            Kind::Numbering => "numbering",
            Kind::Settings => "settings",
            Kind::Fonts => "fontTable",
            Kind::Header => "header",
            Kind::Footer => "footer",
            Kind::Theme => return Some("application/vnd.openxmlformats-officedocument.theme+xml".to_owned()),
            Kind::Image | Kind::Link => return None,
        };
        Some(format!("{WORD}.{name}+xml"))
    }
}

/// The parts that the document refers to, numbered in the order of first use.
#[derive(Default)]
pub struct Parts {
    /// How many ids are somebody else's.
    before: usize,
    relations: Vec<(Kind, String)>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    /// No parts yet, beside so many ids of a template's own.
    pub fn after(before: usize) -> Self {
        Parts { before, ..Parts::default() }
    }

    /// Adds a part under `word/` and gives the id by which the document refers to it.
    pub fn add(&mut self, kind: Kind, name: &str, bytes: Vec<u8>) -> String {
        self.bytes.insert(format!("word/{name}"), bytes);
        self.relate(kind, name)
    }

    /// The id of a link to an address outside the file.
    pub fn link(&mut self, address: &str) -> String {
        let known = self.relations.iter().position(|(kind, target)| *kind == Kind::Link && target == address);
        match known {
            Some(place) => self.id(place),
            None => self.relate(Kind::Link, address),
        }
    }

    fn relate(&mut self, kind: Kind, target: &str) -> String {
        self.relations.push((kind, target.to_owned()));
        self.id(self.relations.len() - 1)
    }

    fn id(&self, place: usize) -> String {
        format!("rId{}", self.before + place + 1)
    }

    /// Each id with its kind and what it leads to, in the order of first use.
    pub fn relations(&self) -> impl Iterator<Item = (String, Kind, &str)> {
        let all = self.relations.iter().enumerate();
        all.map(|(place, (kind, target))| (self.id(place), *kind, target.as_str()))
    }

    /// The parts' bytes by name.
    pub fn into_bytes(self) -> BTreeMap<String, Vec<u8>> {
        self.bytes
    }

    /// Packs the parts with the document and its properties.
    pub fn pack(mut self, document: Vec<u8>, core: Vec<u8>, app: Vec<u8>) -> Result<Vec<u8>, WriteError> {
        let types = self.content_types();
        let relations = self.relationships();
        self.bytes.insert("word/_rels/document.xml.rels".into(), relations);
        self.bytes.insert("word/document.xml".into(), document);
        self.bytes.insert("docProps/core.xml".into(), core);
        self.bytes.insert("docProps/app.xml".into(), app);
        self.bytes.insert("_rels/.rels".into(), top());
        let first = [("[Content_Types].xml".to_owned(), types)];
        zipped(first.into_iter().chain(self.bytes))
    }

    fn content_types(&self) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("Types", &[("xmlns", &format!("{PACKAGE}/content-types"))]);
        let defaults = [
            ("png", "image/png"),
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
        ];
        for (ending, content_type) in defaults {
            xml.empty("Default", &[("Extension", ending), ("ContentType", content_type)]);
        }
        let mut part = |name: &str, content_type: &str| {
            xml.empty("Override", &[("PartName", name), ("ContentType", content_type)]);
        };
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        part("/word/document.xml", &format!("{WORD}.document.main+xml"));
        for (kind, target) in &self.relations {
            if let Some(content_type) = kind.content_type() {
                part(&format!("/word/{target}"), &content_type);
            }
        }
        xml.close("Types");
        xml.finish()
    }

    fn relationships(&self) -> Vec<u8> {
        let entries = self.relations().map(|(id, kind, target)| Relationship {
            id,
            kind: kind.relationship(),
            target: target.to_owned(),
            outside: kind == Kind::Link,
        });
        relationships(entries)
    }
}

struct Relationship {
    id: String,
    kind: String,
    target: String,
    outside: bool,
}

fn relationships(entries: impl IntoIterator<Item = Relationship>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", &format!("{PACKAGE}/relationships"))]);
    for entry in entries {
        let mut attributes = vec![("Id", &*entry.id), ("Type", &*entry.kind), ("Target", &*entry.target)];
        if entry.outside {
            attributes.push(("TargetMode", "External"));
        }
        xml.empty("Relationship", &attributes);
    }
    xml.close("Relationships");
    xml.finish()
}

/// What the package itself refers to.
fn top() -> Vec<u8> {
    let entry = |id: &str, kind: String, target: &str| Relationship {
        id: id.to_owned(),
        kind,
        target: target.to_owned(),
        outside: false,
    };
    relationships([
        entry("rId1", format!("{OFFICE}/officeDocument"), "word/document.xml"),
        entry("rId2", format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
        entry("rId3", format!("{OFFICE}/extended-properties"), "docProps/app.xml"),
    ])
}
