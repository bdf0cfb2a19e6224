//! The plain text writer, on the sample document.

mod write_sample;

use penshaw_documents::{Block, Document};
use penshaw_files::write::text;
use write_sample::document;

#[test]
fn no_line_is_longer_than_the_width_unless_it_is_an_address() {
    for width in [40, 60, 80, 120] {
        for line in text::write(&document(), width).lines() {
            assert!(line.chars().count() <= width || line.contains("://"), "{width}: {line}");
        }
    }
}

#[test]
fn what_could_drive_a_terminal_is_dropped() {
    let text = text::write(&document(), 80);
    assert!(text.contains("Control[31m characters are dropped"));
    assert!(text.chars().all(|one| one == '\n' || !one.is_control()));
    assert!(!text.contains("javascript:"));
}

#[test]
fn figures_carry_their_confidence_and_the_numbers_of_their_sources() {
    let text = text::write(&document(), 80);
    assert!(text.contains("£2,345,678 (estimated) [3, 4] over ten years"), "{text}");
    assert!(text.contains("  [3] Partnership: register entry O2"));
    assert!(text.contains("7.1 Financial implications\n--------------------------\n"));
}

#[test]
fn a_table_too_wide_is_cut_into_bands_that_repeat_the_row_headings() {
    let text = text::write(&document(), 80);
    let bands = text.lines().filter(|line| line.starts_with("Partner  ")).count();
    assert_eq!(bands, 2);
    for year in ["2014/15", "2025/26"] {
        assert!(text.contains(year));
    }
}

#[test]
fn bars_are_as_long_as_their_figures() {
    let text = text::write(&document(), 80);
    let length = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name) && line.contains('█'));
        line.expect("the bar is drawn").matches('█').count() as f64
    };
    let ratio = length("Staff") / length("Contracts");
    assert!((ratio - 1_467_250.0 / 240_000.0).abs() < 0.5, "{ratio}");
}

#[test]
fn an_empty_document_is_its_title() {
    let document = Document { title: "Nothing".into(), blocks: vec![Block::SourceList], ..Document::default() };
    assert_eq!(text::write(&document, 80), "Nothing\n=======\n\n");
}
