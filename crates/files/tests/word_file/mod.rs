//! Word files made by hand and taken apart: a template of a few parts, and what every Word file must hold to.
#![allow(dead_code)] // Each test file uses its own part.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A file's parts by name.
pub type Parts = BTreeMap<String, Vec<u8>>;

/// An element's name and attributes.
pub type Element = (String, BTreeMap<String, String>);

/// The file's parts by name.
pub fn parts(bytes: &[u8]) -> Parts {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("the file is a ZIP");
    (0..zip.len())
        .map(|place| {
            let mut part = zip.by_index(place).expect("the part opens");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("the part can be read");
            (part.name().expect("the name is UTF-8").into_owned(), bytes)
        })
        .collect()
}

pub fn zipped(parts: &Parts) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the file is written").into_inner()
}

/// A template of a text and a header, with three styles of its own.
pub fn template_parts(body: &str, header: &str) -> Parts {
    let text = |name: &str, inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{name} xmlns:w=\"{W}\" xmlns:r=\"{R}\">{inside}</w:{name}>"
        )
    };
    let style = |id: &str, name: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\" {more}><w:name w:val=\"{name}\"/></w:style>")
    };
    let styles = [
        style("Standard", "Normal", "w:default=\"1\""),
        style("berschrift1", "heading 1", ""),
        style("Answer", "Answer", ""),
    ];
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                   <w:pgMar w:left=\"1417\" w:right=\"1417\" w:top=\"1417\" w:bottom=\"1134\"/></w:sectPr>";
    let relationships = |all: &[(&str, &str, &str)]| {
        let each = all
            .iter()
            .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{R}/{kind}\" Target=\"{target}\"/>"));
        let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns=\"{namespace}\">{}</Relationships>", each.collect::<String>())
    };
    let types = [("document", "document.main"), ("styles", "styles"), ("header1", "header")]
        .map(|(name, kind)| format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"));
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{}</Types>",
        types.concat()
    );
    let parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relationships(&[("rId1", "officeDocument", "word/document.xml")])),
        ("word/document.xml", text("document", &format!("<w:body>{body}{section}</w:body>"))),
        ("word/header1.xml", text("hdr", header)),
        ("word/styles.xml", text("styles", &styles.concat())),
        (
            "word/_rels/document.xml.rels",
            relationships(&[("rId1", "styles", "styles.xml"), ("rId2", "header", "header1.xml")]),
        ),
    ];
    parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// A template of a text, with an empty header.
pub fn template(body: &str) -> Vec<u8> {
    zipped(&template_parts(body, "<w:p/>"))
}

/// A paragraph of one run.
pub fn paragraph(words: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"Answer\"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>{words}</w:t></w:r></w:p>")
}

/// A content control with a tag.
pub fn control(tag: &str, inside: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"{tag}\"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )
}

pub fn text(parts: &Parts, name: &str) -> String {
    String::from_utf8(parts[name].clone()).expect("the part is UTF-8")
}

/// Every element of a part, in order; the part must be well-formed.
pub fn elements(bytes: &[u8]) -> Vec<Element> {
    let text = std::str::from_utf8(bytes).expect("the part is UTF-8");
    let mut reader = Reader::from_str(text);
    let (mut found, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().expect("the part is well-formed") {
            Event::Start(start) => {
                depth += 1;
                found.push(element(&start));
            }
            Event::Empty(start) => found.push(element(&start)),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    found
}

fn element(start: &BytesStart) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("the attribute is well-formed");
        (attribute.key.into_inner().to_owned(), attribute.value.into_owned())
    });
    (start.name().into_inner().to_owned(), attributes.collect())
}

pub fn named<'a>(elements: &'a [Element], name: &str) -> impl Iterator<Item = &'a BTreeMap<String, String>> {
    elements.iter().filter(move |(held, _)| held == name).map(|(_, attributes)| attributes)
}

fn values(elements: &[Element], name: &str, attribute: &str) -> BTreeSet<String> {
    named(elements, name).filter_map(|held| held.get(attribute).cloned()).collect()
}

/// What a reader sees of a part: each paragraph's words, tabs and breaks left out.
pub fn lines(bytes: &[u8]) -> Vec<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(bytes).expect("the part is UTF-8"));
    // Paragraphs may hold text boxes, which hold paragraphs.
    let (mut lines, mut open, mut is_words) = (Vec::<String>::new(), Vec::new(), false);
    loop {
        let words = match reader.read_event().expect("the part is well-formed") {
            Event::Start(start) => {
                is_words = start.name().into_inner() == "w:t";
                if start.name().into_inner() == "w:p" {
                    open.push(lines.len());
                    lines.push(String::new());
                }
                continue;
            }
            Event::End(end) => {
                is_words = false;
                if end.name().into_inner() == "w:p" {
                    open.pop();
                }
                continue;
            }
            Event::Text(words) if is_words => words.into_inner().into_owned(),
            Event::GeneralRef(name) if is_words => {
                quick_xml::escape::unescape(&format!("&{};", &*name)).expect("it is known").into_owned()
            }
            Event::Eof => return lines,
            _ => continue,
        };
        lines[*open.last().expect("words stand in paragraphs")].push_str(&words);
    }
}

/// Asserts what every Word file must hold to: parts have types, references lead somewhere, ids are the only ones.
pub fn assert_sound(parts: &Parts) {
    let types = elements(&parts["[Content_Types].xml"]);
    let by_name = values(&types, "Override", "PartName");
    let by_ending = values(&types, "Default", "Extension");
    assert_eq!(named(&types, "Override").count(), by_name.len(), "no part has two types");
    for name in &by_name {
        assert!(parts.contains_key(&name[1..]), "{name} has a type and is not there");
    }
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap_or_default();
        assert!(by_name.contains(&format!("/{name}")) || by_ending.contains(ending), "{name} has no type");
    }
    let is_xml = |name: &str| name.ends_with(".xml") && name.starts_with("word/");
    let texts: BTreeMap<&String, Vec<Element>> =
        parts.iter().filter(|(name, _)| is_xml(name)).map(|(name, bytes)| (name, elements(bytes))).collect();
    for (name, elements) in &texts {
        assert_related(parts, name, elements);
    }
    let all: Vec<Element> = texts.values().flatten().cloned().collect();
    let anchors = values(&all, "w:hyperlink", "w:anchor");
    assert!(anchors.is_subset(&values(&all, "w:bookmarkStart", "w:name")), "every link has its bookmark: {anchors:?}");
    let starts: Vec<&String> = named(&all, "w:bookmarkStart").map(|mark| &mark["w:id"]).collect();
    assert_eq!(starts.iter().collect::<BTreeSet<_>>().len(), starts.len(), "bookmarks have ids of their own");
    let styles = values(&all, "w:style", "w:styleId");
    assert_eq!(named(&all, "w:style").count(), styles.len(), "no style is there twice");
    for name in ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"] {
        let used = values(&all, name, "w:val");
        assert!(used.is_subset(&styles), "{name}: {:?}", used.difference(&styles));
    }
    let (lists, none) = (values(&all, "w:num", "w:numId"), BTreeSet::from(["0".to_owned()]));
    let used = values(&all, "w:numId", "w:val");
    assert!(used.is_subset(&(&lists | &none)), "lists: {used:?} of {lists:?}");
    let forms = values(&all, "w:abstractNum", "w:abstractNumId");
    assert!(values(&all, "w:abstractNumId", "w:val").is_subset(&forms), "every list has its form");
    let pictures = values(&all, "wp:docPr", "id");
    assert_eq!(named(&all, "wp:docPr").count(), pictures.len(), "pictures have ids of their own");
}

/// Asserts that a part's references have relationships, and these their parts.
fn assert_related(parts: &Parts, name: &str, elements_of: &[Element]) {
    let (folder, file) = name.rsplit_once('/').expect("it stands in a folder");
    let relations = parts.get(&format!("{folder}/_rels/{file}.rels")).map(|bytes| elements(bytes)).unwrap_or_default();
    let ids = values(&relations, "Relationship", "Id");
    assert_eq!(named(&relations, "Relationship").count(), ids.len(), "{name}: ids are there once");
    for relation in named(&relations, "Relationship").filter(|relation| !relation.contains_key("TargetMode")) {
        let target =
            relation["Target"].strip_prefix('/').map_or(format!("{folder}/{}", relation["Target"]), str::to_owned);
        assert!(parts.contains_key(&target), "{name} refers to {target}");
    }
    for (element, attributes) in elements_of {
        for attribute in ["r:id", "r:embed"] {
            if let Some(id) = attributes.get(attribute) {
                assert!(ids.contains(id), "{name}: {element} refers to {id}");
            }
        }
    }
    let declared: BTreeSet<&str> = elements_of[0].1.keys().filter_map(|name| name.strip_prefix("xmlns:")).collect();
    for prefix in ["w", "r", "wp"] {
        let start = format!("{prefix}:");
        let used = elements_of
            .iter()
            .any(|(name, held)| name.starts_with(&start) || held.keys().any(|name| name.starts_with(&start)));
        assert!(!used || declared.contains(prefix), "{name} uses {prefix} without saying what it is");
    }
}
