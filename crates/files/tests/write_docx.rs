//! The Word writer, on the sample document: its parts, their relationships, and what LibreOffice makes of it.

mod write_sample;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::process::Command;
use std::sync::LazyLock;

use penshaw_documents::{Block, Document};
use penshaw_files::write::docx;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use write_sample::{day, document};

/// The file's parts by name, in the order in which they are packed.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
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

static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(|| docx::write(&document(), day()).expect("it is written"));

fn sample() -> BTreeMap<String, Vec<u8>> {
    parts(SAMPLE.clone()).into_iter().collect()
}

/// An element's name and attributes.
type Element = (String, BTreeMap<String, String>);

/// Every element of a part, in order; the part must be well-formed.
fn elements(bytes: &[u8]) -> Vec<Element> {
    let text = std::str::from_utf8(bytes).expect("the part is UTF-8");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
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
        let value = String::from_utf8(attribute.value.as_bytes().to_vec()).expect("UTF-8");
        (String::from_utf8_lossy(attribute.key.as_ref().as_bytes()).into_owned(), value)
    });
    (String::from_utf8_lossy(start.name().as_ref().as_bytes()).into_owned(), attributes.collect())
}

fn named<'a>(elements: &'a [Element], name: &str) -> impl Iterator<Item = &'a BTreeMap<String, String>> {
    elements.iter().filter(move |(held, _)| held == name).map(|(_, attributes)| attributes)
}

fn values(elements: &[Element], name: &str) -> BTreeSet<String> {
    named(elements, name).map(|attributes| attributes["w:val"].clone()).collect()
}

#[test]
fn the_same_document_gives_the_same_bytes_with_the_types_first() {
    assert!(*SAMPLE == docx::write(&document(), day()).expect("it is written"));
    let names: Vec<String> = parts(SAMPLE.clone()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[0], "[Content_Types].xml");
    assert!(names[1..].is_sorted());
}

#[test]
fn every_part_is_well_formed_and_has_its_content_type() {
    let parts = sample();
    let types = elements(&parts["[Content_Types].xml"]);
    let overrides: BTreeMap<&str, &str> =
        named(&types, "Override").map(|part| (&*part["PartName"], &*part["ContentType"])).collect();
    let defaults: BTreeMap<&str, &str> =
        named(&types, "Default").map(|part| (&*part["Extension"], &*part["ContentType"])).collect();
    for name in overrides.keys() {
        assert!(parts.contains_key(&name[1..]), "{name} has a type and is not there");
    }
    for (name, bytes) in parts.iter().filter(|(name, _)| *name != "[Content_Types].xml") {
        let ending = name.rsplit('.').next().unwrap_or_default();
        match ending {
            "png" => {
                assert_eq!(defaults["png"], "image/png");
                assert!(bytes.starts_with(b"\x89PNG"));
            }
            "rels" => assert!(!elements(bytes).is_empty()),
            _ => {
                let content_type = overrides.get(format!("/{name}").as_str());
                assert!(content_type.is_some_and(|content_type| content_type.ends_with("+xml")), "{name}");
                assert!(!elements(bytes).is_empty());
            }
        }
    }
}

#[test]
fn every_relationship_leads_to_a_part_of_its_kind_and_every_use_has_one() {
    let parts = sample();
    let relationships = elements(&parts["word/_rels/document.xml.rels"]);
    let mut kinds = BTreeMap::new();
    for relationship in named(&relationships, "Relationship") {
        let kind = relationship["Type"].rsplit('/').next().unwrap_or_default().to_owned();
        let target = &relationship["Target"];
        let fits = match kind.as_str() {
            "hyperlink" => target.starts_with("https://") && relationship["TargetMode"] == "External",
            "image" => target.starts_with("media/") && target.ends_with(".png"),
            "theme" => target == "theme/theme1.xml",
            other => target.trim_end_matches("1.xml").trim_end_matches(".xml") == other,
        };
        assert!(fits, "{kind} leads to {target}");
        assert!(kind == "hyperlink" || parts.contains_key(&format!("word/{target}")), "{target} is not there");
        assert!(kinds.insert(relationship["Id"].clone(), kind).is_none());
    }
    let document = elements(&parts["word/document.xml"]);
    let used = [
        ("w:headerReference", "r:id", "header"),
        ("w:footerReference", "r:id", "footer"),
        ("a:blip", "r:embed", "image"),
        ("w:hyperlink", "r:id", "hyperlink"),
    ];
    for (name, attribute, kind) in used {
        let ids: Vec<&String> = named(&document, name).filter_map(|held| held.get(attribute)).collect();
        assert!(!ids.is_empty(), "{name} is used");
        assert!(ids.iter().all(|id| kinds[*id] == kind), "{name}");
    }
}

#[test]
fn every_style_numbering_and_bookmark_that_is_used_is_defined() {
    let parts = sample();
    let document = elements(&parts["word/document.xml"]);
    let defined: BTreeSet<String> =
        named(&elements(&parts["word/styles.xml"]), "w:style").map(|style| style["w:styleId"].clone()).collect();
    for name in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        let used = values(&document, name);
        assert!(!used.is_empty() && used.is_subset(&defined), "{name}: {used:?}");
    }
    let numbered: BTreeSet<String> =
        named(&elements(&parts["word/numbering.xml"]), "w:num").map(|list| list["w:numId"].clone()).collect();
    assert!(values(&document, "w:numId").is_subset(&numbered));
    let bookmarks: BTreeSet<&str> = named(&document, "w:bookmarkStart").map(|mark| &*mark["w:name"]).collect();
    let anchors: BTreeSet<&str> =
        named(&document, "w:hyperlink").filter_map(|link| link.get("w:anchor")).map(String::as_str).collect();
    assert!(anchors.contains("source_1") && anchors.is_subset(&bookmarks));
}

#[test]
fn tables_repeat_their_headings_and_say_what_they_show_and_pictures_have_words() {
    let parts = sample();
    let document = elements(&parts["word/document.xml"]);
    let count = |name: &str| named(&document, name).count();
    assert_eq!(count("w:tblHeader"), 8, "every table but the form");
    assert_eq!(count("w:tblCaption"), 9);
    assert_eq!(count("w:cantSplit"), count("w:tr") - 3, "every row but the form's three");
    let pictures: Vec<&str> = named(&document, "wp:docPr").map(|picture| &*picture["descr"]).collect();
    assert_eq!(pictures.len(), 5);
    assert!(pictures.iter().all(|words| words.starts_with("Staff cost six times")));
}

#[test]
fn numbered_paragraphs_and_the_marking_can_be_found_by_an_editor() {
    let parts = sample();
    let text = |name: &str| String::from_utf8(parts[name].clone()).expect("UTF-8");
    assert_eq!(text("word/document.xml").matches("w:val=\"NumberedParagraph\"").count(), 2);
    assert!(text("word/header1.xml").contains("Illustrative estate: not for decision"));
    assert!(text("word/footer1.xml").contains(" NUMPAGES "));
    assert!(text("docProps/core.xml").contains("2014-06-18T00:00:00Z"));
    assert!(text("word/styles.xml").contains("w:lang w:val=\"en-GB\""));
    assert!(!text("word/document.xml").contains(['\u{0}', '\u{1b}']));
}

#[test]
fn a_document_without_marking_sources_or_blocks_is_still_a_file() {
    let document = Document { title: "T".into(), blocks: vec![Block::PageBreak], ..Document::default() };
    let parts: BTreeMap<String, Vec<u8>> =
        parts(docx::write(&document, day()).expect("it is written")).into_iter().collect();
    assert!(!parts.contains_key("word/header1.xml"));
    assert_eq!(named(&elements(&parts["word/document.xml"]), "w:sectPr").count(), 1);
}

#[test]
fn libreoffice_finds_the_headings_as_headings() {
    let folder = tempfile::tempdir().expect("a folder for the check");
    let file = folder.path().join("report.docx");
    std::fs::write(&file, &*SAMPLE).expect("the folder can be written");
    let ran = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", "odt", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output();
    match ran {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // Written past the test harness, which would swallow it.
            let said = writeln!(
                std::io::stderr(),
                "SKIPPED: soffice is not installed, so no other program opened the Word file"
            );
            said.expect("standard error is open");
            return;
        }
        Err(error) => panic!("soffice could not be run: {error}"),
        Ok(_) => {}
    }
    let bytes = std::fs::read(folder.path().join("report.odt")).expect("soffice wrote the file");
    let parts: BTreeMap<String, Vec<u8>> = parts(bytes).into_iter().collect();
    let content = elements(&parts["content.xml"]);
    let levels: Vec<&str> = named(&content, "text:h").map(|heading| &*heading["text:outline-level"]).collect();
    assert_eq!(levels, ["1", "1", "1", "2", "3", "4", "1", "1", "1"]);
    assert_eq!(named(&content, "table:table-header-rows").count(), 8);
}
