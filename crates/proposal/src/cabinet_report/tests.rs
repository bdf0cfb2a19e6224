//! The report in its form: fields and sections in order, sheet and sections alike, numbers throughout.

use penshaw_documents::{Block, Document, Inline};
use penshaw_register::Adoption;
use penshaw_register::recommendation::Course;

use super::{SHEET_FIELDS, WORDED, report};
use crate::sample::{MEETING, Sample, line, lost_bid, sample};

fn written(sample: Sample) -> Document {
    report(&sample.worked().inputs())
}

fn headings(document: &Document, at: u8) -> Vec<String> {
    let heading = |block: &Block| match block {
        Block::Heading { level, number, text } if *level == at => {
            Some(format!("{}{text}", number.as_ref().map_or(String::new(), |number| format!("{number} "))))
        }
        _ => None,
    };
    document.blocks.iter().filter_map(heading).collect()
}

fn words(document: &Document) -> String {
    serde_json::to_string(&document.blocks).expect("blocks are plain data")
}

#[test]
fn the_sections_stand_in_the_order_of_the_form() {
    let document = written(sample());
    let sections = headings(&document, 3);
    let numbered: Vec<&str> = sections
        .iter()
        .map(String::as_str)
        .filter(|heading| heading.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    assert_eq!(
        numbered,
        [
            "1 Purpose of the report",
            "2 Description of Decision",
            "3 Introduction",
            "4 Background to the ICT Shared Service",
            "5 Analysis of Business Case",
            "6 Impact Analysis",
            "7 Other Relevant Considerations / Consultations",
            "8 Reason for Decision",
            "9 Alternative Options Considered",
            "10 Background Papers",
        ]
    );
    assert_eq!(headings(&document, 2)[..2], ["EXECUTIVE SUMMARY SHEET – PART I", "Report of the Head of ICT"]);
}

#[test]
fn the_sheet_has_its_fields_in_order_and_says_what_the_sections_say() {
    let document = written(sample());
    let fields = document.blocks.iter().find_map(|block| match block {
        Block::Fields { fields, .. } => Some(fields),
        _ => None,
    });
    let names: Vec<&str> = fields.unwrap().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, SHEET_FIELDS);
    assert!(fields.unwrap().iter().all(|(_, blocks)| !blocks.is_empty()));
    assert_eq!(crate::checks::sheet_and_sections(&document), []);
}

#[test]
fn a_sheet_that_was_changed_alone_is_found() {
    let mut document = written(sample());
    for block in &mut document.blocks {
        if let Block::Fields { fields, .. } = block {
            fields[2].1 = vec![Block::words("To say something else.")];
        }
    }
    assert_eq!(crate::checks::sheet_and_sections(&document).len(), 1);
}

#[test]
fn paragraphs_are_numbered_by_their_section() {
    let document = written(sample());
    let mut section = String::new();
    let mut last = 0;
    for block in &document.blocks {
        match block {
            Block::Heading { level: 2, text, .. } if text.starts_with("Annex") => break,
            Block::Heading { level: 3, number: Some(number), .. } => (section, last) = (number.clone(), 0),
            Block::Paragraph { number: Some(number), .. } => {
                last += 1;
                assert_eq!(*number, format!("{section}.{last}"));
            }
            _ => {}
        }
    }
}

#[test]
fn levels_of_headings_are_never_skipped_downwards() {
    let mut before = 1;
    for block in &written(sample()).blocks {
        if let Block::Heading { level, text, .. } = block {
            assert!(*level <= before + 1, "{text}: level {level} after {before}");
            before = *level;
        }
    }
}

#[test]
fn a_case_without_figures_says_so_and_an_area_judged_by_officers_too() {
    let mut sample = sample();
    sample.add(&lost_bid());
    let said = words(&written(sample));
    assert!(said.contains("No figures of the costs and benefits of any option were recorded"), "{said}");
    assert!(said.contains("Officers' judgement"));
    assert!(said.contains("close down the proposed shared ICT service"));
}

#[test]
fn a_case_with_figures_is_tested_on_them() {
    let mut sample = sample();
    sample.add(&line("L1", "A", "cash-releasing benefit", 100_000));
    sample.add(&line("L2", "B", "cost", 40_000));
    let worked = sample.worked();
    let rules: Vec<&str> = worked.recommendation.tests.iter().map(|test| test.rule.as_str()).collect();
    assert!(rules.contains(&"partner") && rules.contains(&"probability"), "{rules:?}");
    assert!(!words(&report(&worked.inputs())).contains("No figures of the costs"));
}

#[test]
fn a_partner_whose_cash_an_option_leaves_alone_is_not_tested_on_it() {
    let mut sample = sample();
    sample.add(&line("L1", "A", "cash-releasing benefit", 100_000));
    let worked = sample.worked();
    let partners = worked.recommendation.tests.iter().filter(|test| test.rule == "partner");
    let asked: Vec<&str> = partners.map(|test| test.asks.as_str()).collect();
    assert_eq!(asked, ["Does Alder gain?"]);
}

#[test]
fn an_officer_who_sets_the_recommendation_aside_puts_other_resolutions_and_says_why() {
    let mut sample = sample();
    sample.partnership.report.adoption = Some(Adoption {
        officer: "Chief executive".into(),
        on: MEETING,
        adopted: false,
        reason: "A new partner has asked to join".into(),
        resolutions: vec!["Note the report".into(), "Agree to defer the decision for six months".into()],
    });
    let worked = sample.worked();
    assert_eq!(worked.recommendation.course, Course::CloseDown);
    let document = report(&worked.inputs());
    let put: Vec<String> = document
        .blocks
        .iter()
        .skip_while(|block| !matches!(block, Block::Heading { number: Some(number), .. } if number == "2"))
        .find_map(|block| match block {
            Block::List { items, .. } => {
                Some(items.iter().map(|item| item.iter().map(Inline::plain).collect()).collect())
            }
            _ => None,
        })
        .unwrap();
    assert_eq!(put, ["Note the report", "Agree to defer the decision for six months"]);
    assert!(words(&document).contains("A new partner has asked to join."));
}

#[test]
fn officers_words_stand_under_every_heading_that_takes_them() {
    let mut sample = sample();
    for worded in WORDED {
        let words = vec![format!("Words of section {}", worded.number)];
        sample.partnership.report.words.insert(worded.number.into(), words);
    }
    let document = written(sample);
    let text = words(&document);
    for worded in WORDED {
        assert!(text.contains(&format!("Words of section {}.", worded.number)), "{}", worded.number);
        assert!(text.contains(worded.title), "{}", worded.title);
    }
}

#[test]
fn the_same_facts_give_the_same_report() {
    assert_eq!(written(sample()), written(sample()));
}
