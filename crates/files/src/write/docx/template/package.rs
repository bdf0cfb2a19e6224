//! A template's parts: read within limits, found by their relationships, and packed again in their order.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use super::TemplateError;
use super::tree::{Edits, Flaw, Id, Tree};
use crate::read::limits::{GREATEST_RATIO, LARGEST_FILE, LARGEST_UNPACKED, MOST_PARTS, RATIO_FROM};
use crate::write::bundle::zipped;
use crate::write::docx::package::{PACKAGE, WORD};
use crate::write::docx::xml::Xml;

/// The content type of the properties.
pub const PROPERTIES: &str = "application/vnd.openxmlformats-package.core-properties+xml";

/// The part that says of what type each part is.
const TYPES: &str = "[Content_Types].xml";

/// The largest part whose XML is read; a thousand pages take about 30 MB.
const LARGEST_XML: usize = 100_000_000;

/// A relationship of a part.
pub struct Relation {
    pub id: String,
    /// Its type, an address whose last word says what it is.
    pub kind: String,
    /// The part that it leads to, or an address outside the file.
    pub target: String,
    pub outside: bool,
}

impl Relation {
    pub fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The parts of a template in their order.
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    /// The part that holds the text.
    pub main: String,
}

impl Package {
    /// Unpacks a template, unless it is no Word file or more than is read.
    pub fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        recognise(bytes)?;
        if bytes.len() as u64 > LARGEST_FILE {
            let (has, most) = (bytes.len() as u64 / 1_000_000, LARGEST_FILE / 1_000_000);
            return Err(TemplateError::TooLarge { what: format!("has {has} MB; at most {most} MB are read") });
        }
        let mut package = Package { parts: unpacked(bytes)?, main: String::new() };
        package.main = package.main_part()?;
        Ok(package)
    }

    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)).map(|(_, bytes)| bytes.as_slice())
    }

    /// A part's text, without a mark of its byte order.
    pub fn text(&self, name: &str) -> Result<Option<&str>, TemplateError> {
        let Some(bytes) = self.bytes(name) else { return Ok(None) };
        if bytes.len() > LARGEST_XML {
            let what = format!("has {} MB of text in one part", bytes.len() / 1_000_000);
            return Err(TemplateError::TooLarge { what });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| damaged(name, "it is not UTF-8"))?;
        Ok(Some(text.trim_start_matches('\u{feff}')))
    }

    /// Puts a part in the place of another of that name, or after all.
    pub fn put(&mut self, name: &str, bytes: Vec<u8>) {
        match self.parts.iter_mut().find(|(held, _)| held.eq_ignore_ascii_case(name)) {
            Some((_, held)) => *held = bytes,
            None => self.parts.push((name.to_owned(), bytes)),
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// The folder of the part that holds the text, with its slash.
    pub fn folder(&self) -> &str {
        folder(&self.main)
    }

    /// The relationships of a part; those of the whole file for no name.
    pub fn relations(&self, part: &str) -> Result<Vec<Relation>, TemplateError> {
        let name = relations_of(part);
        let Some(text) = self.text(&name)? else { return Ok(Vec::new()) };
        let tree = tree_of(&name, text)?;
        let relation = |id| {
            let attribute = |name| tree.attribute(id, name).unwrap_or_default();
            let outside = attribute("TargetMode").eq_ignore_ascii_case("External");
            let target = attribute("Target");
            let target = if outside { target } else { resolved(folder(part), &target) };
            Relation { id: attribute("Id"), kind: attribute("Type"), target, outside }
        };
        Ok(tree.children(tree.root()).filter(|id| tree.local(*id) == "Relationship").map(relation).collect())
    }

    /// The parts of a kind that the text refers to, in the order of their names.
    pub fn related(&self, kind: &str) -> Result<Vec<String>, TemplateError> {
        let relations = self.relations(&self.main)?.into_iter();
        let mut names: Vec<String> = relations
            .filter(|relation| relation.is(kind) && !relation.outside)
            .map(|relation| relation.target)
            .collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Adds relationships to a part; the targets are parts or, where they are outside, addresses.
    pub fn relate(&mut self, part: &str, relations: &[Relation]) -> Result<(), TemplateError> {
        if relations.is_empty() {
            return Ok(());
        }
        let name = relations_of(part);
        let empty = format!("<Relationships xmlns=\"{PACKAGE}/relationships\"></Relationships>");
        let text = self.text(&name)?.unwrap_or(&empty);
        let text = appended(&name, text, |prefix| {
            let mut xml = Xml::piece();
            for relation in relations {
                let target = if relation.outside { relation.target.clone() } else { format!("/{}", relation.target) };
                let target = target.strip_prefix(&format!("/{}", folder(part))).map_or(target.clone(), str::to_owned);
                let mut attributes = vec![("Id", &*relation.id), ("Type", &*relation.kind), ("Target", &*target)];
                if relation.outside {
                    attributes.push(("TargetMode", "External"));
                }
                xml.empty(&format!("{prefix}Relationship"), &attributes);
            }
            written(xml)
        })?;
        self.put(&name, text.into_bytes());
        Ok(())
    }

    /// Says of what type new parts are; each is a name and its content type.
    pub fn describe(&mut self, new: &[(String, String)]) -> Result<(), TemplateError> {
        let text = self.text(TYPES)?.unwrap_or_default();
        let text = appended(TYPES, text, |prefix| {
            let mut xml = Xml::piece();
            for (name, content_type) in new {
                let attributes = [("PartName", &*format!("/{name}")), ("ContentType", content_type)];
                xml.empty(&format!("{prefix}Override"), &attributes);
            }
            written(xml)
        })?;
        self.put(TYPES, text.into_bytes());
        Ok(())
    }

    /// The file again: the types first, then the parts in the template's order, then new ones.
    pub fn pack(mut self) -> Result<Vec<u8>, TemplateError> {
        self.parts.sort_by_key(|(name, _)| name != TYPES);
        Ok(zipped(self.parts)?)
    }

    /// Finds the part that holds the text and makes sure that it is a Word document without macros.
    ///
    /// A template of Word's own kind (.dotx) becomes a document.
    fn main_part(&mut self) -> Result<String, TemplateError> {
        let types = self.text(TYPES)?.ok_or(TemplateError::NotWord { is: self.other_kind() })?;
        let tree = tree_of(TYPES, types)?;
        if types.contains("macroEnabled") || types.contains("vbaProject") {
            return Err(TemplateError::Macros);
        }
        let top = self.relations("")?.into_iter().find(|relation| relation.is("officeDocument"));
        let top = top.ok_or(TemplateError::NotWord { is: self.other_kind() })?;
        if top.kind.starts_with("http://purl.oclc.org/ooxml/") {
            return Err(TemplateError::Strict);
        }
        let stated = stated(&tree, &top.target);
        let content_type = stated.and_then(|id| tree.attribute(id, "ContentType")).unwrap_or_default();
        let (document, template) = (format!("{WORD}.document.main+xml"), format!("{WORD}.template.main+xml"));
        let mut edits = Edits::default();
        if content_type == template
            && let Some(stated) = stated
        {
            edits.put(tree.whole(stated), tree.raw(stated).replace(&template, &document));
        } else if content_type != document {
            return Err(TemplateError::NotWord { is: self.other_kind() });
        }
        let types = edits.applied(types, 0..types.len());
        self.put(TYPES, types.into_bytes());
        Ok(top.target)
    }

    /// What a ZIP is that is no Word file.
    fn other_kind(&self) -> &'static str {
        let holds = |start: &str| self.names().any(|name| name.starts_with(start));
        let kinds = [
            ("xl/", "a workbook"),
            ("ppt/", "a presentation"),
            ("content.xml", "a file of LibreOffice"),
            ("word/", "a damaged one"),
        ];
        kinds.into_iter().find(|(start, _)| holds(start)).map_or("a ZIP file", |(_, is)| is)
    }
}

/// The element that says of what type a part is: by its name, else by its ending.
fn stated(types: &Tree, part: &str) -> Option<Id> {
    let ending = part.rsplit('.').next().unwrap_or_default();
    let says = |id: &Id, name: &str, part: &str| {
        let value = types.attribute(*id, name).unwrap_or_default();
        value.trim_start_matches('/').eq_ignore_ascii_case(part)
    };
    let mut all = types.children(types.root());
    let by_name = all.find(|id| says(id, "PartName", part));
    by_name.or_else(|| types.children(types.root()).find(|id| says(id, "Extension", ending)))
}

/// Refuses what is no ZIP by its first bytes.
fn recognise(bytes: &[u8]) -> Result<(), TemplateError> {
    let starts = |start: &[u8]| bytes.starts_with(start);
    let is = if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(());
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(bytes, &name).is_some() {
            return Err(TemplateError::Locked);
        }
        "a file of Word before 2007 (.doc)"
    } else if starts(b"{\\rtf") {
        "rich text (.rtf)"
    } else if starts(b"%PDF") {
        "a PDF"
    } else if bytes.is_empty() {
        "an empty file"
    } else {
        "another kind of file"
    };
    Err(TemplateError::NotWord { is })
}

/// Every part with its name, in the file's order.
fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| opened(&error))?;
    if zip.len() > MOST_PARTS {
        return Err(TemplateError::TooLarge { what: format!("has {} parts", zip.len()) });
    }
    let (mut parts, mut unpacked) = (Vec::new(), 0);
    for place in 0..zip.len() {
        let part = zip.by_index(place).map_err(|error| opened(&error))?;
        let name = part.name().map_err(|error| opened(&error))?.into_owned();
        let packed = part.compressed_size();
        refuse_size(unpacked + part.size(), part.size(), packed)?;
        let mut bytes = Vec::new();
        let read = part.take(LARGEST_UNPACKED - unpacked + 1).read_to_end(&mut bytes);
        unpacked += read.map_err(|error| damaged(&name, error))? as u64;
        refuse_size(unpacked, bytes.len() as u64, packed)?;
        if name.ends_with('/') {
            continue;
        }
        let strange = name.starts_with('/') || name.contains(['\\', ':']) || name.split('/').any(|step| step == "..");
        if strange {
            return Err(damaged(&name, "its name leads out of the file"));
        }
        let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.to_lowercase().ends_with(end));
        if is_xml && memchr::memmem::find(&bytes, b"<!DOCTYPE").is_some() {
            return Err(TemplateError::DocumentType { part: name });
        }
        parts.push((name, bytes));
    }
    Ok(parts)
}

fn opened(error: &ZipError) -> TemplateError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => TemplateError::Locked,
        other => damaged("the ZIP", other),
    }
}

fn refuse_size(total: u64, part: u64, packed: u64) -> Result<(), TemplateError> {
    let too_dense = part > RATIO_FROM && part / GREATEST_RATIO > packed;
    if total <= LARGEST_UNPACKED && !too_dense {
        return Ok(());
    }
    let size = total.max(part) / 1_000_000;
    Err(TemplateError::TooLarge { what: format!("unpacks to more than is read ({size} MB or more)") })
}

pub fn damaged(part: &str, why: impl std::fmt::Display) -> TemplateError {
    TemplateError::Damaged { part: part.to_owned(), why: why.to_string() }
}

/// The elements of a part's text.
pub fn tree_of<'a>(part: &str, text: &'a str) -> Result<Tree<'a>, TemplateError> {
    Tree::of_part(text).map_err(|flaw| match flaw {
        Flaw::DocumentType => TemplateError::DocumentType { part: part.to_owned() },
        Flaw::TooMany => TemplateError::TooLarge { what: format!("has too many elements in {part}") },
        Flaw::Broken(why) => damaged(part, why),
    })
}

/// A part's text with elements after all that it holds, under the prefix of its outermost one.
pub fn appended(part: &str, text: &str, write: impl FnOnce(&str) -> String) -> Result<String, TemplateError> {
    let tree = tree_of(part, text)?;
    let name = tree.name(tree.root());
    let prefix = &name[..name.len() - tree.local(tree.root()).len()];
    let piece = write(prefix);
    let mut edits = Edits::default();
    tree.append(tree.root(), &piece, &mut edits);
    Ok(edits.applied(text, 0..text.len()))
}

/// The text of a piece of ours.
pub fn written(xml: Xml) -> String {
    String::from_utf8(xml.finish()).expect("what we write is UTF-8")
}

/// The folder of a part with its slash; nothing for a part outside any.
fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |slash| &part[..=slash])
}

fn relations_of(part: &str) -> String {
    let folder = folder(part);
    format!("{folder}_rels/{}.rels", &part[folder.len()..])
}

/// The part that a target means, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let path = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The highest number among names of a form such as `rId12`, of those that ours could meet.
pub fn highest<'a>(numbers: impl IntoIterator<Item = &'a str>) -> usize {
    const FAR: usize = 1_000_000;
    let numbers = numbers.into_iter().filter_map(|number| number.parse().ok());
    numbers.filter(|number| *number < FAR).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_seen_from_its_folder() {
        for (folder, target, part) in [
            ("word/", "styles.xml", "word/styles.xml"),
            ("word/", "/word/styles.xml", "word/styles.xml"),
            ("word/", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word/document.xml", "word/document.xml"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
        assert_eq!(relations_of("word/header1.xml"), "word/_rels/header1.xml.rels");
        assert_eq!(relations_of(""), "_rels/.rels");
    }

    #[test]
    fn ids_that_ours_could_not_meet_do_not_count() {
        assert_eq!(highest(["3", "12", "4294967295", "99999999999999999999", "x"]), 12);
        assert_eq!(highest([]), 0);
    }
}
