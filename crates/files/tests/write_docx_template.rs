//! Filling an authority's own Word template: where places may stand, and what becomes of everything else.

mod word_file;
mod write_sample;

use std::io::Write as _;
use std::process::Command;
use std::sync::LazyLock;

use penshaw_documents::{Block, Document, Inline, Marking, Value, inlines};
use penshaw_files::write::docx::{Filled, Place, fill};
use word_file::{
    Parts, assert_sound, control, elements, lines, named, paragraph, parts, template, template_parts, text, zipped,
};
use write_sample::{day, document};

const SHEET: &[u8] = include_bytes!("fixtures/executive_summary_sheet.docx");

fn place(name: &str, blocks: Vec<Block>) -> Place {
    Place { name: name.into(), blocks }
}

fn said(name: &str, words: &str) -> Place {
    place(name, vec![Block::words(words)])
}

fn short() -> Document {
    Document { title: "Shared ICT".into(), author: "Assistant Chief Executive".into(), ..Document::default() }
}

fn filled(template: &[u8], places: &[Place]) -> Parts {
    let filled = fill(template, &short(), places, day()).expect("it is filled");
    let parts = parts(&filled.bytes);
    assert_sound(&parts);
    parts
}

fn body(parts: &Parts) -> String {
    text(parts, "word/document.xml")
}

fn decision() -> Vec<Block> {
    let items =
        ["note the work undertaken;", "support continued joint working; and", "close the shared service model."];
    let list = Block::List { ordered: false, items: items.map(inlines).to_vec() };
    vec![Block::words("Cabinet is requested to:"), list]
}

/// What is offered for the fixture: every field of the sheet, and the whole of the sample document.
fn of_the_sheet() -> Vec<Place> {
    let document = document();
    let mut blocks = document.blocks;
    blocks.retain(|block| !matches!(block, Block::SourceList));
    vec![
        said("title", &document.title),
        said("author", &document.author),
        said("meeting", "18 June 2014"),
        said("authority", "Sunderland City Council"),
        said("part", "I"),
        said("not_for_publication", "Not for publication"),
        said("purpose_of_report", "To advise Cabinet of the work undertaken to determine the business case."),
        place("description_of_decision", decision()),
        said("is_the_decision_consistent_with_the_budget_policy_framework", "Yes"),
        place("suggested_reasons_for_decision", vec![Block::words("The first."), Block::words("The second.")]),
        said("alternative_options_to_be_considered_and_recommended_to_be_rejected", "To go on."),
        place(
            "impacts_analysed",
            vec![Block::List { ordered: false, items: ["Equality: Y", "Privacy: N/A"].map(inlines).to_vec() }],
        ),
        said("is_this_a_key_decision_as_defined_in_the_constitution", "Yes"),
        said("is_it_included_in_the_28_day_notice_of_decisions", "Yes"),
        said("Relevant Scrutiny Committee", "Scrutiny Committee & its panel"),
        place("body", blocks),
    ]
}

static FILLED: LazyLock<Filled> =
    LazyLock::new(|| fill(SHEET, &document(), &of_the_sheet(), day()).expect("the sheet is filled"));

#[test]
fn the_executive_summary_sheet_is_filled_and_sound() {
    let parts = parts(&FILLED.bytes);
    assert_sound(&parts);
    assert_eq!(FILLED.left_over, ["not_for_publication"]);
    assert_eq!(lines(&parts["word/header1.xml"]), ["CABINET MEETING – 18 June 2014"]);
    assert!(lines(&parts["word/footer1.xml"])[0].starts_with("Sunderland City Council: page "));
    let lines = lines(&parts["word/document.xml"]);
    assert!(!lines.iter().any(|line| line.contains("{{") || line.contains("Click here")));
    let after = |label: &str, line: &str| {
        let at = lines.iter().position(|held| held == label).unwrap_or_else(|| panic!("{label} is there"));
        assert_eq!(lines[at + 1], line);
    };
    after("Title of Report:", "Shared ICT Service: outcome of the evaluation");
    after("Author(s):", "Executive Director of Commercial and Corporate Services");
    after("Description of Decision:", "Cabinet is requested to:");
    after("Relevant Scrutiny Committee:", "Scrutiny Committee & its panel");
    after("Cabinet 18 June 2014", "Report of the Executive Director of Commercial and Corporate Services");
    assert!(lines.contains(&"Impacts analysed: Equality: Y; Privacy: N/A".to_owned()));
    assert!(lines.iter().any(|line| line.starts_with("[1]")), "the sources are listed");
}

#[test]
fn the_same_template_places_and_day_give_the_same_bytes() {
    assert!(*FILLED == fill(SHEET, &document(), &of_the_sheet(), day()).expect("the sheet is filled"));
}

#[test]
fn parts_without_places_come_through_byte_for_byte() {
    let (before, after) = (parts(SHEET), parts(&FILLED.bytes));
    for name in ["word/settings.xml", "word/fontTable.xml", "docProps/app.xml", "_rels/.rels"] {
        assert!(before[name] == after[name], "{name}");
    }
    let mut own = template_parts(&paragraph("{{title}}"), "<w:p><w:r><w:t>Draft</w:t></w:r></w:p>");
    own.insert("customXml/item1.xml".into(), b"<a xmlns='urn:x'> <b/></a>\r\n".to_vec());
    own.insert("customXml/item2.xml".into(), b"\xFF\xFE<\0a\0/\0>\0".to_vec());
    let after = filled(&zipped(&own), &[said("title", "T")]);
    for (name, bytes) in own
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "word/document.xml" | "[Content_Types].xml" | "_rels/.rels"))
    {
        assert!(after[name] == *bytes, "{name}");
    }
}

#[test]
fn the_properties_are_those_of_the_document_and_the_templates_author_is_not_named() {
    let parts = parts(&FILLED.bytes);
    let core = text(&parts, "docProps/core.xml");
    assert!(!core.contains("A. N. Officer") && !core.contains("Executive summary sheet"));
    assert!(core.contains("<dc:title>Shared ICT Service: outcome of the evaluation</dc:title>"));
    assert!(core.contains("<cp:lastModifiedBy>Executive Director"));
    assert!(core.contains("<cp:revision>0</cp:revision>") && core.contains("2014-06-18T00:00:00Z"));
    let marked = Document { marking: Some(Marking { words: "Draft".into() }), ..short() };
    let filled = fill(&template(&paragraph("{{title}}")), &marked, &[said("title", "T")], day()).expect("it is filled");
    let parts = word_file::parts(&filled.bytes);
    assert_sound(&parts);
    assert!(text(&parts, "docProps/core.xml").contains("<cp:contentStatus>Draft</cp:contentStatus>"));
}

#[test]
fn a_name_that_word_has_split_over_runs_is_filled_in_the_look_of_the_first() {
    let split = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">To: {{ Pur</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
                 <w:bookmarkStart w:id=\"4\" w:name=\"here\"/><w:r><w:t>pose</w:t></w:r><w:bookmarkEnd w:id=\"4\"/>\
                 <w:r><w:t>}</w:t></w:r><w:r><w:t xml:space=\"preserve\">}, and so on</w:t></w:r></w:p>";
    let parts = filled(&template(split), &[said("purpose", "tell & ask")]);
    assert_eq!(lines(&parts["word/document.xml"])[0], "To: tell & ask, and so on");
    let body = body(&parts);
    assert!(body.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">To: tell &amp; ask</w:t>"));
    assert!(body.contains("w:name=\"here\""));
}

#[test]
fn one_plain_paragraph_keeps_the_look_of_the_form() {
    let words = vec![Inline::text("It costs "), Inline::strong("too much"), Inline::text(".")];
    let parts = filled(&template(&paragraph("{{purpose}}")), &[place("purpose", vec![Block::paragraph(words)])]);
    let body = body(&parts);
    assert!(body.contains("<w:p><w:pPr><w:pStyle w:val=\"Answer\"/></w:pPr><w:r><w:rPr><w:i/></w:rPr>"));
    assert!(body.contains("<w:rPr><w:b/><w:bCs/><w:i/></w:rPr><w:t xml:space=\"preserve\">too much</w:t>"));
    assert!(!parts.contains_key("word/numbering.xml"), "no list is used");
}

#[test]
fn blocks_take_the_place_of_the_paragraph_with_the_templates_styles_where_it_has_them() {
    let document = document();
    let offered = [place("body", document.blocks.clone())];
    let template = template(&(paragraph("Before") + &paragraph("{{body}}") + &paragraph("After")));
    let filled = fill(&template, &document, &offered, day()).expect("it is filled");
    let parts = parts(&filled.bytes);
    assert_sound(&parts);
    let lines = lines(&parts["word/document.xml"]);
    assert_eq!((lines[0].as_str(), lines[lines.len() - 1].as_str()), ("Before", "After"));
    let all = elements(&parts["word/document.xml"]);
    assert!(named(&all, "w:pStyle").any(|style| style["w:val"] == "berschrift1"), "the template's own heading");
    assert_eq!(named(&all, "w:tbl").count(), 10, "the widest table stands in two parts");
    assert!(lines.iter().any(|line| line.starts_with("Cash by partner and year (£), part 2 of 2")));
    assert_eq!(named(&all, "w:drawing").count(), 5);
    assert_eq!(named(&all, "w:sectPr").count(), 1, "the pages stay the template's own");
    let width: u32 =
        named(&all, "w:gridCol").take(2).map(|column| column["w:w"].parse::<u32>().expect("a width")).sum();
    assert_eq!(width, 11_906 - 2 * 1_417, "tables are as wide as the template's text");
    let styles = elements(&parts["word/styles.xml"]);
    let ids: Vec<&str> = named(&styles, "w:style").map(|style| &*style["w:styleId"]).collect();
    assert!(ids.contains(&"PenshawTable") && !ids.contains(&"Normal") && !ids.contains(&"Heading1"));
    assert!(parts.contains_key("word/media/chart5.png"));
}

#[test]
fn figures_lead_to_their_sources_only_where_these_are_listed() {
    let cited = vec![Block::paragraph(vec![
        Inline::text("It costs "),
        Inline::figure(Value::Count(7), &[penshaw_basis::Source::entry("SCC", "C1")]),
    ])];
    let offered = [place("purpose", cited)];
    let without = filled(&template(&paragraph("{{purpose}}")), &offered);
    assert_eq!(lines(&without["word/document.xml"])[0], "It costs 7");
    let with = filled(&template(&(paragraph("{{purpose}}") + &paragraph("{{sources}}"))), &offered);
    let lines = lines(&with["word/document.xml"]);
    assert_eq!(lines[..2], ["It costs 7\u{a0}[1]", "[1]SCC: register entry C1"]);
    assert!(body(&with).contains("w:anchor=\"source_1\""));
    let among = filled(&template(&(paragraph("{{purpose}}") + &paragraph("See {{sources}}"))), &offered);
    assert_eq!(word_file::lines(&among["word/document.xml"])[..2], ["It costs 7", "See SCC: register entry C1"]);
}

#[test]
fn ids_of_the_template_are_left_to_it() {
    let mark = "<w:p><w:bookmarkStart w:id=\"1\" w:name=\"source_1\"/><w:bookmarkEnd w:id=\"1\"/></w:p>";
    let body = mark.to_owned() + &paragraph("{{body}}") + &paragraph("{{sources}}");
    let mut own = template_parts(&body, &paragraph("{{link}}"));
    own.insert("word/media/chart1.png".into(), b"a crest".to_vec());
    own.insert("word/media/chart2.gif".into(), b"a flag".to_vec());
    let types = text(&own, "[Content_Types].xml").replace("</Types>", "<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"gif\" ContentType=\"image/gif\"/></Types>");
    own.insert("[Content_Types].xml".into(), types.into_bytes());
    let address = Inline::Link { text: "gov.uk".into(), href: "https://www.gov.uk/".into() };
    let document = document();
    let offered = [place("body", document.blocks.clone()), place("link", vec![Block::paragraph(vec![address])])];
    let filled = fill(&zipped(&own), &document, &offered, day()).expect("it is filled");
    let parts = parts(&filled.bytes);
    assert_sound(&parts);
    assert_eq!(parts["word/media/chart1.png"], b"a crest");
    assert!(parts.contains_key("word/media/chart3.png"));
    assert!(text(&parts, "word/document.xml").contains("w:anchor=\"p_source_1\""));
    assert!(
        text(&parts, "word/_rels/header1.xml.rels").contains("https://www.gov.uk/"),
        "headers have their own links"
    );
}

#[test]
fn a_section_that_ends_with_a_place_still_ends() {
    let section = "<w:sectPr><w:pgSz w:w=\"8391\" w:h=\"11907\"/></w:sectPr>";
    let ends = format!("<w:p><w:pPr>{section}</w:pPr><w:r><w:t>{{{{purpose}}}}</w:t></w:r></w:p>");
    let parts = filled(&template(&ends), &[place("purpose", decision())]);
    let body = body(&parts);
    assert_eq!(body.matches("<w:sectPr").count(), 2);
    assert!(body.contains(&format!("<w:p><w:pPr>{section}</w:pPr></w:p>")));
}

#[test]
fn a_cell_takes_blocks_and_ends_with_a_paragraph() {
    let cell = format!("<w:tc><w:tcPr><w:tcW w:w=\"4000\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", paragraph("{{money}}"));
    let table = format!("<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl><w:p/>");
    let sample = document().blocks.into_iter().find(|block| matches!(block, Block::Table(_))).expect("it has a table");
    let parts = filled(&template(&table), &[place("money", vec![Block::PageBreak, sample])]);
    let body = body(&parts);
    assert!(body.contains("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableNote\"/></w:pPr>"));
    assert!(!body.contains("pageBreakBefore"), "a cell has no pages");
    let all = elements(&parts["word/document.xml"]);
    let width: u32 = named(&all, "w:gridCol").map(|column| column["w:w"].parse::<u32>().expect("a width")).sum();
    assert!(width <= 4_000 - 216, "{width}");
}

#[test]
fn content_controls_of_each_level_are_filled_and_stay() {
    let run = "<w:r><w:rPr><w:rStyle w:val=\"Answer\"/></w:rPr><w:t>Click here</w:t></w:r>";
    let levels = [
        format!("<w:p><w:r><w:t xml:space=\"preserve\">Of </w:t></w:r>{}</w:p>", control("purpose", run)),
        format!("<w:p>{}</w:p>", control("purpose", run)),
        control("purpose", &paragraph("Click here")),
        format!(
            "<w:tbl><w:tr>{}</w:tr></w:tbl><w:p/>",
            control("purpose", &format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph("Click here")))
        ),
    ];
    let plain = ["Of One", "One", "One", "One"];
    let blocks = [
        "Of Cabinet is requested to: note",
        "Cabinet is requested to:",
        "Cabinet is requested to:",
        "Cabinet is requested to:",
    ];
    for ((level, plain), blocks) in levels.iter().zip(plain).zip(blocks) {
        let template = template(&level.replace("<w:rStyle w:val=\"Answer\"/>", "<w:i/>"));
        for (offered, line, has_list) in [(vec![Block::words("One")], plain, false), (decision(), blocks, true)] {
            let parts = filled(&template, &[place("purpose", offered)]);
            let body = body(&parts);
            assert!(lines(&parts["word/document.xml"])[0].starts_with(line), "{body}");
            assert!(body.contains("<w:tag w:val=\"purpose\"/>") && !body.contains("showingPlcHdr"), "{body}");
            let among = plain.starts_with("Of");
            assert_eq!(body.contains("ListBullet"), has_list && !among, "{body}");
            assert_eq!(body.contains("<w:text/>"), !has_list || among, "{body}");
        }
    }
}

#[test]
fn what_floats_beside_a_place_stays_with_what_fills_it() {
    let inner = paragraph("{{title}}");
    let floating = format!(
        "<w:p><w:r><w:drawing><wp:anchor xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">\
         <w:txbxContent>{inner}</w:txbxContent></wp:anchor></w:drawing></w:r><w:r><w:t>{{{{purpose}}}}</w:t></w:r></w:p>"
    );
    let parts = filled(&template(&floating), &[said("title", "In the box"), place("purpose", decision())]);
    let body = body(&parts);
    assert_eq!(body.matches("<wp:anchor").count(), 1);
    assert!(lines(&parts["word/document.xml"]).contains(&"In the box".to_owned()));
    assert!(body.find("In the box").expect("it is there") < body.find("Cabinet is requested").expect("it is there"));
}

#[test]
fn libreoffice_opens_the_filled_sheet_and_finds_the_words() {
    let folder = tempfile::tempdir().expect("a folder for the check");
    let file = folder.path().join("report.docx");
    std::fs::write(&file, &FILLED.bytes).expect("the folder can be written");
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
                "SKIPPED: soffice is not installed, so no other program opened the filled template"
            );
            said.expect("standard error is open");
            return;
        }
        Err(error) => panic!("soffice could not be run: {error}"),
        Ok(_) => {}
    }
    let parts = parts(&std::fs::read(folder.path().join("report.odt")).expect("soffice wrote the file"));
    let (content, styles) = (text(&parts, "content.xml"), text(&parts, "styles.xml"));
    assert!(styles.contains("CABINET MEETING – 18 June 2014"));
    for words in
        ["Cabinet is requested to:", "support continued joint working; and", "Scrutiny Committee &amp; its panel"]
    {
        assert!(content.contains(words), "{words}");
    }
    let all = elements(&parts["content.xml"]);
    assert_eq!(named(&all, "draw:frame").count(), 5, "every chart is there");
    assert_eq!(named(&all, "table:table-header-rows").count(), 9);
}
