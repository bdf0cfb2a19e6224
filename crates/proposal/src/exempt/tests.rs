//! What is exempt is nowhere in Part I; both parts put the same resolutions; what leaks is found.

use penshaw_basis::Source;
use penshaw_documents::Value;

use super::*;
use crate::cabinet_report::report;
use crate::sample::sample;

fn exempt(part: &str, words: Option<&str>) -> ExemptPart {
    ExemptPart {
        reference: "EX1".into(),
        part: part.into(),
        paragraphs: vec!["3".into()],
        public_interest: "It would weaken the council's position in negotiation.".into(),
        words: words.map(str::to_owned),
    }
}

fn written() -> Document {
    report(&sample().worked().inputs())
}

fn text(document: &Document) -> String {
    serde_json::to_string(document).unwrap()
}

fn section(document: &Document, number: &str) -> Vec<Block> {
    document.blocks[span(&document.blocks, number).unwrap()].to_vec()
}

#[test]
fn a_report_without_an_exempt_part_is_the_same_in_both() {
    let report = written();
    assert!(part_2(report.clone(), &[]) == report);
    assert!(part_1(&report, &[], report.marking.clone()) == report);
}

#[test]
fn what_is_exempt_stands_in_part_two_alone_and_what_is_asked_in_both() {
    let parts = [exempt("7.1", Some("The supplier asks for £412,000.\n\nIts offer ends in June."))];
    let whole = part_2(written(), &parts);
    let open = part_1(&whole, &parts, None);
    assert!(text(&whole).contains("£412,000") && text(&whole).contains("Its offer ends in June."));
    assert!(text(&whole).contains(SHEET_2) && !text(&whole).contains("SHEET – PART I\""));
    assert!(
        whole.marking.as_ref().unwrap().words.starts_with("Not for publication: exempt under paragraph 3 of Part 1")
    );
    assert!(!text(&open).contains("412,000") && !text(&open).contains("offer ends"));
    assert!(text(&open).contains("Financial Implications. Not for publication. "));
    assert!(text(&open).contains(SHEET_1) && text(&open).contains("weaken the council's position"));
    assert!(text(&written()).contains("No budget changes") && !text(&open).contains("No budget changes"));
    for asked in ["1", "2"] {
        assert_eq!(section(&open, asked), section(&whole, asked));
        assert_eq!(section(&open, asked), section(&written(), asked));
    }
    assert!(part_1(&written(), &parts, None) == open, "Part I is the same from the report as it was written");
}

#[test]
fn the_sheet_does_not_repeat_what_is_exempt_below() {
    let parts = [exempt("8", None), exempt("9", None)];
    let open = part_1(&part_2(written(), &parts), &parts, None);
    let field = |place: usize| {
        let fields = open.blocks.iter().find_map(|block| match block {
            Block::Fields { fields, .. } => Some(fields),
            _ => None,
        });
        serde_json::to_string(&fields.unwrap()[place].1).unwrap()
    };
    assert!(field(6).contains("See section 8") && field(7).contains("See section 9"));
    assert!(field(2).contains("To advise Cabinet"));
}

#[test]
fn a_numbered_paragraph_or_an_annex_may_be_exempt_alone() {
    let report = written();
    let paragraph = span(&report.blocks, "3.1").unwrap();
    assert_eq!(paragraph.len(), 1);
    let annex = span(&report.blocks, "annex b").unwrap();
    assert!(matches!(report.blocks[annex.end], Block::PageBreak), "the break before the next annex stays");
    let parts = [exempt("3.1", None), exempt("Annex B", None)];
    let open = part_1(&report, &parts, None);
    assert!(
        text(&report).contains("Both councils must change.") && !text(&open).contains("Both councils must change.")
    );
    assert_eq!(section(&open, "Annex B").len(), 1);
    assert!(span(&open.blocks, "Annex C").is_some());
}

#[test]
fn a_source_that_only_an_exempt_part_cites_is_not_named() {
    let secret = Source::Entry { owner: "A".into(), reference: "C9".into() };
    let mut report = written();
    let at = span(&report.blocks, "7.1").unwrap().end;
    report.blocks.insert(at, Block::paragraph(vec![Inline::figure(Value::Count(3), std::slice::from_ref(&secret))]));
    report.titles.insert(secret.clone(), "Contract with a supplier that is not to be named".into());
    assert!(text(&part_1(&report, &[], None)).contains("not to be named"));
    assert!(!text(&part_1(&report, &[exempt("7.1", None)], None)).contains("not to be named"));
}

#[test]
fn an_unknown_part_what_is_asked_and_an_amount_that_part_one_shows_are_found() {
    let mut report = written();
    let at = span(&report.blocks, "7.1").unwrap().end;
    report.blocks.insert(at, Block::words("It costs £250,000.00 and £9,100, not £3."));
    report.blocks.insert(span(&report.blocks, "3").unwrap().start, Block::words("Costs of £250,000, less £3,000."));
    let what = |exempt: ExemptPart| findings(&report, &[exempt]).into_iter().map(|one| one.what).collect::<Vec<_>>();
    assert_eq!(what(exempt("7.1", None)), ["Part I still shows what stands in the exempt part 7.1: £250,000"]);
    assert_eq!(what(exempt("7.9", None)), ["the exempt part \"7.9\" is nowhere in the report"]);
    assert!(what(exempt("2.1", None))[0].contains("cannot be exempt"));
    assert_eq!(what(exempt("5", None)), Vec::<String>::new());
    assert_eq!(what(exempt("7.2", Some("An offer of £250,000"))).len(), 1, "the words of Part II count too");
}
