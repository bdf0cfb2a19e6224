//! The newest report, cut into the sections beside which officers write.

use std::collections::BTreeMap;
use std::ops::Range;

use maud::Markup;
use penshaw_documents::{Block, Document};
use penshaw_files::write::html::parts_linked;

/// Where the sources of the live text are listed.
const SOURCES_AT: &str = "/report/read";

/// Each section's blocks as elements, by its number: of sections that have parts, each part's.
pub(super) fn sections(document: &Document) -> BTreeMap<String, Markup> {
    let mut numbered: Vec<(String, Range<usize>)> = Vec::new();
    for (number, section) in by_heading(&document.blocks) {
        let parts = by_paragraph(&document.blocks, &number, section.clone());
        match matches!(number.as_str(), "6" | "7") {
            true => numbered.extend(parts),
            false => numbered.push((number, section)),
        }
    }
    let blocks: Vec<&[Block]> = numbered.iter().map(|(_, range)| &document.blocks[range.clone()]).collect();
    let drawn = parts_linked(document, &blocks, SOURCES_AT);
    numbered.into_iter().map(|(number, _)| number).zip(drawn).collect()
}

/// The blocks under each numbered heading of level 3.
fn by_heading(blocks: &[Block]) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (place, block) in blocks.iter().enumerate() {
        let ends = matches!(block, Block::Heading { level: 0..=3, .. } | Block::PageBreak);
        if let Some((number, from)) = open.take_if(|_| ends) {
            found.push((number, from..place));
        }
        if let Block::Heading { level: 3, number: Some(number), .. } = block {
            open = Some((number.clone(), place + 1));
        }
    }
    found.extend(open.map(|(number, from)| (number, from..blocks.len())));
    found
}

/// The blocks of a section from each of its numbered paragraphs to the next.
fn by_paragraph(blocks: &[Block], section: &str, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let begins = |place: &usize| match &blocks[*place] {
        Block::Paragraph { number: Some(number), .. } if number.starts_with(&format!("{section}.")) => {
            Some((number.clone(), *place))
        }
        _ => None,
    };
    let starts: Vec<(String, usize)> = range.clone().filter_map(|place| begins(&place)).collect();
    let ends = starts.iter().skip(1).map(|(_, place)| *place).chain([range.end]);
    starts.iter().zip(ends).map(|((number, from), to)| (number.clone(), *from..to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_where_the_next_begins_and_those_with_parts_are_cut_into_them() {
        let part = |number: &str, words: &str| Block::Paragraph {
            number: Some(number.into()),
            text: penshaw_documents::inlines(words),
        };
        let document = Document {
            blocks: vec![
                Block::numbered_heading(3, "5", "Analysis"),
                part("5.1", "of five"),
                Block::heading(4, "Direction"),
                part("5.2", "more of five"),
                Block::numbered_heading(3, "7", "Other"),
                part("7.1", "of money"),
                Block::words("more of money"),
                part("7.2", "of risk"),
                Block::heading(2, "Annex A"),
                Block::words("not this"),
            ],
            ..Document::default()
        };
        let sections = sections(&document);
        let words: Vec<(&str, bool)> =
            sections.iter().map(|(number, text)| (number.as_str(), text.0.contains("more of"))).collect();
        assert_eq!(words, [("5", true), ("7.1", true), ("7.2", false)]);
        assert!(sections.values().all(|text| !text.0.contains("not this")));
    }
}
