//! The places of an authority's own form of report: what stands where, by name.
//!
//! An authority's form asks for what the executive summary sheet and the sections of the report hold, in its own order and
//! look. Each name below may stand in such a form; what stands there is the report's own, printed once more.

use penshaw_documents::{Block, Document, Inline};
use penshaw_register::ReportDetails;

use crate::cabinet_report::SHEET_FIELDS;
use crate::cabinet_report::said::day;
use crate::exempt;

/// A place of a form, by name, and what stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct FormPlace {
    /// Its name, in lower case with lines under.
    pub name: String,
    /// What stands there.
    pub blocks: Vec<Block>,
}

/// The place of the words that stand on every page: that a report is illustrative, a working copy, or not for publication.
pub const MARKING: &str = "marking";

/// The names of the sheet's fields in forms, in the order of [`SHEET_FIELDS`].
const SHEET_NAMES: [&str; 12] = [
    "title",
    "author",
    "purpose",
    "decision",
    "budget_framework",
    "council_approval",
    "reasons",
    "alternatives",
    "impacts",
    "key_decision",
    "notice",
    "scrutiny_committee",
];

/// The places by name, several to a line, with what stands there: for people who make a form.
pub const FORM_PLACES: [(&str, &str); 11] = [
    (
        "title author purpose decision",
        "The first fields of the summary sheet; the decision is what is asked, point by point",
    ),
    (
        "budget_framework council_approval",
        "Whether the decision is consistent with the budget and policy framework, and whether the council must approve",
    ),
    ("reasons alternatives", "The suggested reasons, and the options that are rejected with why"),
    ("impacts", "Every impact with its letter, as a list"),
    ("equality privacy sustainability crime_and_disorder", "The letter of one impact: Y, N or N/A"),
    ("key_decision notice scrutiny_committee", "The last fields of the summary sheet"),
    (
        "authority body meeting part marking",
        "Whose report it is, the body and the day that receive it, PART I or PART II, and the words that stand on every page",
    ),
    (
        "section_1 section_2 section_3 section_4 section_5 section_6 section_7 section_8 section_9 section_10",
        "What stands under each heading of the report",
    ),
    (
        "section_6_1 section_6_2 section_6_3 section_6_4 section_7_1 section_7_2 section_7_3 section_7_4 section_7_5 section_7_6 section_7_7",
        "What stands under a heading within sections 6 and 7",
    ),
    ("annexes", "The annexes, without the list of sources"),
    ("sources", "The list of sources; without it no figure leads to its source"),
];

/// The impacts that the sheet answers with a letter each.
const IMPACTS: [&str; 4] = ["equality", "privacy", "sustainability", "crime_and_disorder"];

/// Every place that a report can fill. What the report does not hold stands empty.
///
/// - `title`, `author`, `purpose`, `decision`, `budget_framework`, `council_approval`, `reasons`, `alternatives`,
///   `impacts`, `key_decision`, `notice`, `scrutiny_committee`: the fields of the summary sheet;
/// - `equality`, `privacy`, `sustainability`, `crime_and_disorder`: the letter of each impact;
/// - `authority`, `body`, `meeting`, `part`, `marking`: whose it is, for which meeting, Part I or II, and its marking;
/// - `section_1` to `section_10`, and `section_6_1` to `section_7_7`: what stands under each heading;
/// - `annexes`, and `sources`: the annexes without the list of sources, and that list.
pub fn places(report: &Document, details: &ReportDetails, authority: &str) -> Vec<FormPlace> {
    let place = |name: &str, blocks: Vec<Block>| FormPlace { name: name.to_owned(), blocks };
    let words = |words: &str| vec![Block::words(words)];
    let sheet = sheet(report);
    let mut places: Vec<FormPlace> = SHEET_NAMES
        .iter()
        .zip(SHEET_FIELDS)
        .map(|(name, label)| {
            let field = sheet.iter().find(|(known, _)| known == label);
            place(name, field.map(|(_, blocks)| blocks.clone()).unwrap_or_default())
        })
        .collect();
    let impacts = places.iter().find(|place| place.name == "impacts").map(|place| letters(&place.blocks));
    let impacts = impacts.unwrap_or_default();
    places.extend(IMPACTS.iter().map(|name| {
        let letter = impacts.iter().find(|(known, _)| known == name).map_or("", |(_, letter)| letter.as_str());
        place(name, words(letter))
    }));
    let body = if details.body.is_empty() { "Cabinet" } else { &details.body };
    let meeting = details.meeting.map(day).unwrap_or_default();
    let marking = report.marking.as_ref().map(|marking| marking.words.as_str()).unwrap_or_default();
    places.extend([
        place("authority", words(authority)),
        place("body", words(body)),
        place("meeting", words(&meeting)),
        place("part", words(if exempt::is_part_2(report) { "PART II" } else { "PART I" })),
        place(MARKING, words(marking)),
    ]);
    let sections = (1..=10).map(|number| number.to_string());
    let headings = (1..=4).map(|number| format!("6.{number}")).chain((1..=7).map(|number| format!("7.{number}")));
    places.extend(sections.chain(headings).map(|number| {
        let blocks = exempt::span(&report.blocks, &number).map(|span| bare(&report.blocks[span]));
        place(&format!("section_{}", number.replace('.', "_")), blocks.unwrap_or_default())
    }));
    places.push(place("annexes", annexes(&report.blocks)));
    places.push(place("sources", vec![Block::SourceList]));
    places
}

/// Of the places that a form has no room for, those without which it does not say what the report says. A section has room
/// under its own name, under those of its headings, or in the field of the sheet that repeats it.
pub fn wanting(left_over: &[String]) -> Vec<String> {
    let has = |name: &str| !left_over.iter().any(|left| left == name);
    let any_heading = |section: &str, last: u8| (1..=last).any(|number| has(&format!("{section}_{number}")));
    let repeated =
        [("section_1", "purpose"), ("section_2", "decision"), ("section_8", "reasons"), ("section_9", "alternatives")];
    let is_elsewhere = |name: &str| {
        let other = repeated.iter().find_map(|(section, field)| match name {
            name if name == *section => Some(*field),
            name if name == *field => Some(*section),
            _ => None,
        });
        match name {
            "section_6" => any_heading("section_6", 4),
            "section_7" => any_heading("section_7", 7),
            "impacts" => IMPACTS.iter().any(|impact| has(impact)),
            "council_approval" => has("budget_framework"),
            _ => other.is_some_and(has),
        }
    };
    let needed = |name: &&String| {
        SHEET_NAMES.contains(&name.as_str())
            || name.as_str() == MARKING
            || name.strip_prefix("section_").is_some_and(|number| number.parse::<u8>().is_ok())
    };
    left_over.iter().filter(needed).filter(|name| !is_elsewhere(name)).cloned().collect()
}

fn sheet(report: &Document) -> &[(String, Vec<Block>)] {
    let fields = report.blocks.iter().find_map(|block| match block {
        Block::Fields { fields, .. } => Some(fields.as_slice()),
        _ => None,
    });
    fields.unwrap_or_default()
}

/// The letter of each impact: its subject in lower case with lines under.
fn letters(blocks: &[Block]) -> Vec<(String, String)> {
    let items = blocks.iter().flat_map(|block| match block {
        Block::List { items, .. } => items.as_slice(),
        _ => &[],
    });
    let letter = |item: &Vec<Inline>| {
        let words: String = item.iter().map(Inline::plain).collect();
        let (subject, letter) = words.split_once(": ")?;
        Some((subject.to_lowercase().replace(' ', "_"), letter.to_owned()))
    };
    items.filter_map(letter).collect()
}

/// Without breaks of pages, which are the form's own.
fn bare(blocks: &[Block]) -> Vec<Block> {
    blocks.iter().filter(|block| !matches!(block, Block::PageBreak)).cloned().collect()
}

fn annexes(blocks: &[Block]) -> Vec<Block> {
    let is_annex = |block: &Block| matches!(block, Block::Heading { level: 2, text, .. } if text.starts_with("Annex"));
    let Some(first) = blocks.iter().position(is_annex) else { return Vec::new() };
    let is_sources = |block: &Block| matches!(block, Block::SourceList);
    let sources = blocks.iter().position(is_sources).unwrap_or(blocks.len());
    let last = blocks[..sources].iter().rposition(is_annex).unwrap_or(sources);
    bare(&blocks[first..last.max(first)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cabinet_report::report;
    use crate::sample::sample;

    fn text(places: &[FormPlace], name: &str) -> String {
        let place = places.iter().find(|place| place.name == name).unwrap_or_else(|| panic!("no place {name}"));
        serde_json::to_string(&place.blocks).unwrap()
    }

    #[test]
    fn every_place_of_the_sheet_and_each_section_is_filled_from_the_report() {
        let worked = sample().worked();
        let inputs = worked.inputs();
        let report = report(&inputs);
        let places = places(&report, inputs.details(), "Alder");
        for (name, held) in [
            ("title", "Shared ICT service"),
            ("author", "Head of ICT"),
            ("purpose", "To advise Cabinet"),
            ("decision", "Agree to close down the proposed shared ICT service"),
            ("privacy", "\"Y\""),
            ("equality", "\"N/A\""),
            ("meeting", "17 June 2020"),
            ("part", "PART I\""),
            ("marking", "Illustrative"),
            ("section_3", "Both councils must change."),
            ("section_7_1", "No budget changes"),
            ("section_7_4", "The decision ends no contract"),
            ("section_10", "Strategy of 2019"),
            ("annexes", "Annex B: The other answers"),
        ] {
            assert!(text(&places, name).contains(held), "{name}: {}", text(&places, name));
        }
        assert!(!text(&places, "annexes").contains("source_list") && !text(&places, "annexes").contains("Annex E"));
        let empty: Vec<&str> =
            places.iter().filter(|place| place.blocks.is_empty()).map(|place| place.name.as_str()).collect();
        assert_eq!(empty, Vec::<&str>::new());
    }

    #[test]
    fn a_form_is_told_what_it_has_no_room_for_and_not_what_it_holds_elsewhere() {
        let left = |names: &[&str]| wanting(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(
            left(&["section_1", "section_8", "impacts", "section_7", "annexes", "sources", "part"]),
            Vec::<String>::new()
        );
        assert_eq!(left(&["marking"]), ["marking"]);
        assert_eq!(left(&["purpose", "section_1", "notice"]), ["purpose", "section_1", "notice"]);
        let all_of_7: Vec<String> =
            (1..=7).map(|number| format!("section_7_{number}")).chain(["section_7".into()]).collect();
        assert_eq!(wanting(&all_of_7), ["section_7"]);
    }

    #[test]
    fn each_place_is_named_to_people_who_make_a_form() {
        let worked = sample().worked();
        let mut offered: Vec<String> = places(&report(&worked.inputs()), worked.inputs().details(), "Alder")
            .into_iter()
            .map(|place| place.name)
            .collect();
        let mut named: Vec<&str> = FORM_PLACES.iter().flat_map(|(names, _)| names.split(' ')).collect();
        offered.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, offered);
    }

    #[test]
    fn no_two_places_have_one_name() {
        let worked = sample().worked();
        let mut names: Vec<String> = places(&report(&worked.inputs()), worked.inputs().details(), "Alder")
            .into_iter()
            .map(|place| place.name)
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
