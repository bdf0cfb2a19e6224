//! Templates that are refused: each error says what is wrong and what to do.

mod word_file;

use std::io::{Cursor, Write as _};

use penshaw_documents::{Block, Document};
use penshaw_files::write::docx::{Place, TemplateError, fill};
use proptest::prelude::*;
use word_file::{Parts, control, elements, paragraph, parts, template, template_parts, text, zipped};

fn refused(template: &[u8]) -> TemplateError {
    let places =
        ["title", "purpose_of_report"].map(|name| Place { name: name.into(), blocks: vec![Block::words("x")] });
    let day = jiff::civil::date(2014, 6, 18);
    fill(template, &Document::default(), &places, day).expect_err("the template is refused")
}

/// A sound template, but for words in the place of others in one part.
fn changed(part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut parts: Parts = template_parts(&paragraph("{{title}}"), "<w:p/>");
    let changed = text(&parts, part).replace(from, to);
    assert_ne!(changed, text(&parts, part));
    parts.insert(part.to_owned(), changed.into_bytes());
    zipped(&parts)
}

#[test]
fn every_unknown_name_is_told_at_once_with_the_nearest_that_is_known() {
    let body = paragraph("{{titel}} of {{ Nobody knows }}") + &control("purpose_of_reprt", &paragraph("here"));
    let parts = template_parts(&body, &paragraph("{{TITEL}} {{meeting_day}}"));
    let error = refused(&zipped(&parts));
    let TemplateError::Unknown { names, known } = &error else { panic!("{error}") };
    assert_eq!(names, &["titel", "Nobody knows", "purpose_of_reprt", "meeting_day"]);
    assert_eq!(known, &["title", "purpose_of_report", "sources"]);
    let said = error.to_string();
    for words in ["\"titel\" (did you mean \"title\"?)", "\"meeting_day\"", "(did you mean \"purpose_of_report\"?)"] {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_template_without_places_is_told_how_to_name_them() {
    let error = refused(&template(&paragraph("Title of report:")));
    assert!(matches!(&error, TemplateError::NoPlace { known } if known[0] == "title"));
    assert!(error.to_string().contains("{{title}}"), "{error}");
    let own = control("meeting_day", &paragraph("here"));
    assert!(matches!(refused(&template(&own)), TemplateError::NoPlace { .. }), "a control may be the template's own");
}

#[test]
fn braces_that_name_nothing_are_told() {
    let error = refused(&template(&(paragraph("{{title}}") + &paragraph("Of {{purpose_of_report} and more"))));
    assert!(
        matches!(&error, TemplateError::Braces { words } if words[0] == "{{purpose_of_report} and more"),
        "{error}"
    );
}

#[test]
fn what_is_no_word_document_is_named_for_what_it_is() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "an empty file"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 x}", "rich text"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "before 2007"),
        (b"plain words", "another kind of file"),
    ];
    for (bytes, is) in cases {
        let error = refused(bytes);
        assert!(matches!(error, TemplateError::NotWord { .. }) && error.to_string().contains(is), "{error}");
    }
    let workbook = include_bytes!("read_data/estate.xlsx");
    assert!(matches!(refused(workbook), TemplateError::NotWord { is: "a workbook" }));
    let of_libreoffice = include_bytes!("read_data/estate.ods");
    assert!(matches!(refused(of_libreoffice), TemplateError::NotWord { is: "a file of LibreOffice" }));
    let mut other = Parts::new();
    other.insert("notes.txt".into(), b"x".to_vec());
    assert!(matches!(refused(&zipped(&other)), TemplateError::NotWord { is: "a ZIP file" }));
}

#[test]
fn a_template_with_macros_or_under_a_password_is_refused() {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    assert!(matches!(refused(&changed("[Content_Types].xml", main, macros)), TemplateError::Macros));
    let binary = "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
    assert!(matches!(refused(&changed("[Content_Types].xml", "</Types>", binary)), TemplateError::Macros));
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(matches!(refused(&locked), TemplateError::Locked));
}

#[test]
fn a_template_of_words_own_kind_becomes_a_document() {
    let kind = "wordprocessingml.template.main+xml";
    let template = changed("[Content_Types].xml", "wordprocessingml.document.main+xml", kind);
    let places = [Place { name: "title".into(), blocks: vec![Block::words("x")] }];
    let filled = fill(&template, &Document::default(), &places, jiff::civil::date(2014, 6, 18)).expect("it is filled");
    assert!(!text(&word_file::parts(&filled.bytes), "[Content_Types].xml").contains("template"));
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("word/document.xml", packed).expect("a part begins");
    for _ in 0..20 {
        zip.write_all(&vec![b' '; 1_000_000]).expect("a part is written");
    }
    let bomb = zip.finish().expect("it is written").into_inner();
    assert!(bomb.len() < 100_000);
    assert!(matches!(refused(&bomb), TemplateError::TooLarge { .. }));
}

#[test]
fn broken_parts_and_document_types_are_refused_by_their_name() {
    let broken = refused(&changed("word/document.xml", "</w:body>", ""));
    assert!(matches!(&broken, TemplateError::Damaged { part, .. } if part == "word/document.xml"), "{broken}");
    let typed = "<!DOCTYPE w:styles [<!ENTITY a \"aaaa\">]><w:styles";
    let typed = refused(&changed("word/styles.xml", "<w:styles", typed));
    assert!(matches!(&typed, TemplateError::DocumentType { part } if part == "word/styles.xml"), "{typed}");
    assert!(matches!(refused(&changed("word/document.xml", "{{", "&made_up;{{")), TemplateError::Damaged { .. }));
    let missing = refused(&changed("word/_rels/document.xml.rels", "header1.xml", "header9.xml"));
    assert!(matches!(&missing, TemplateError::Damaged { part, .. } if part == "word/header9.xml"), "{missing}");
    let strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument";
    let usual = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    assert!(matches!(refused(&changed("_rels/.rels", usual, strict)), TemplateError::Strict));
    assert!(matches!(refused(&template("")[..200]), TemplateError::Damaged { .. }));
}

#[test]
fn a_part_whose_name_leads_out_of_the_file_is_refused() {
    let mut parts = template_parts(&paragraph("{{title}}"), "<w:p/>");
    parts.insert("word/../../x.xml".into(), b"<a/>".to_vec());
    assert!(matches!(refused(&zipped(&parts)), TemplateError::Damaged { .. }));
}

/// What a careless or a hostile hand may leave in a part.
const PIECES: &[&str] = &[
    "",
    "{{",
    "}}",
    "{{title}}",
    "<w:p>",
    "</w:p>",
    "<w:p><w:r><w:t>{{purpose_of_report}}</w:t></w:r></w:p>",
    "<w:sdt><w:sdtPr><w:tag w:val=\"title\"/></w:sdtPr><w:sdtContent>",
    "</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr><w:tag w:val=\"title\"/></w:sdtPr></w:sdt>",
    "<w:tbl><w:tr><w:tc>",
    "<w:br/>",
    "<w:sectPr><w:pgSz w:w=\"-1\"/><w:pgMar w:left=\"99999999999\"/></w:sectPr>",
    "<w:numId w:val=\"4294967295\"/>",
    "&#x1F600;",
    "&",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_template_it_is_filled_soundly_or_refused(
        changes in prop::collection::vec((0.0..1.0_f64, 0..PIECES.len(), 0..40_usize), 1..4),
        part in prop::sample::select(vec!["word/document.xml", "word/header1.xml", "word/styles.xml", "word/numbering.xml"]),
    ) {
        let sheet = include_bytes!("fixtures/executive_summary_sheet.docx");
        let mut changed = parts(sheet);
        let mut words: Vec<char> = text(&changed, part).chars().collect();
        for (place, piece, taken) in changes {
            let from = (words.len() as f64 * place) as usize;
            let to = (from + taken).min(words.len());
            words.splice(from..to, PIECES[piece].chars());
        }
        changed.insert(part.to_owned(), words.into_iter().collect::<String>().into_bytes());
        let list = Block::List { ordered: true, items: vec![penshaw_documents::inlines("x")] };
        let places = OF_THE_SHEET.iter().map(|name| Place { name: (*name).into(), blocks: vec![Block::words("x"), list.clone()] });
        let places: Vec<Place> = places.collect();
        if let Ok(filled) = fill(&zipped(&changed), &Document::default(), &places, jiff::civil::date(2014, 6, 18)) {
            let filled = parts(&filled.bytes);
            filled.iter().filter(|(name, _)| name.ends_with(".xml")).for_each(|(_, bytes)| {
                elements(bytes);
            });
        }
    }
}

const OF_THE_SHEET: &[&str] = &[
    "title",
    "author",
    "meeting",
    "authority",
    "part",
    "purpose_of_report",
    "description_of_decision",
    "is_the_decision_consistent_with_the_budget_policy_framework",
    "suggested_reasons_for_decision",
    "alternative_options_to_be_considered_and_recommended_to_be_rejected",
    "impacts_analysed",
    "is_this_a_key_decision_as_defined_in_the_constitution",
    "is_it_included_in_the_28_day_notice_of_decisions",
    "relevant_scrutiny_committee",
    "body",
];
