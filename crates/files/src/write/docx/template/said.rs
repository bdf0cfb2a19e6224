//! What blocks say in one line, for places among other words.

use penshaw_documents::{Block, Citations, Inline};

use crate::write::words::one_line;

/// The words of blocks in one line, each block's parted from the next by a semicolon.
pub fn words(blocks: &[Block], citations: &Citations) -> String {
    let mut said = String::new();
    for words in blocks.iter().flat_map(|block| parts(block, citations)).filter(|words| !words.is_empty()) {
        let so_far = said.trim_end_matches([';', ',', ' ']).len();
        if said.ends_with([':', '?']) || ["; and", "; or"].iter().any(|end| said.ends_with(end)) {
            said.push(' ');
        } else if !said.is_empty() {
            said.truncate(so_far);
            said.push_str("; ");
        }
        said.push_str(&words);
    }
    said
}

fn parts(block: &Block, citations: &Citations) -> Vec<String> {
    match block {
        Block::Heading { text, .. } => vec![one_line(text)],
        Block::Paragraph { text, .. } => vec![plain(text)],
        Block::Note { label, text } => vec![format!("{}: {}", one_line(label), plain(text))],
        Block::List { items, .. } => items.iter().map(|item| plain(item)).collect(),
        Block::Fields { fields, .. } => {
            fields.iter().map(|(name, blocks)| format!("{}: {}", one_line(name), words(blocks, citations))).collect()
        }
        Block::Table(table) => vec![one_line(&table.caption)],
        Block::Chart(chart) => vec![one_line(&chart.alternative)],
        Block::SourceList => citations.sources().iter().map(|source| one_line(&citations.words(source))).collect(),
        Block::PageBreak => Vec::new(),
    }
}

fn plain(text: &[Inline]) -> String {
    one_line(&text.iter().map(Inline::plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use penshaw_documents::inlines;

    #[test]
    fn blocks_are_said_in_one_line() {
        let list =
            |items: &[&str]| Block::List { ordered: true, items: items.iter().map(|item| inlines(*item)).collect() };
        let blocks = [Block::words("Cabinet is asked to:"), list(&["note the outcome;", "agree; and", "close it."])];
        let none = Citations::default();
        assert_eq!(words(&blocks, &none), "Cabinet is asked to: note the outcome; agree; and close it.");
        assert_eq!(
            words(&[Block::words("One"), Block::words("two\nlines"), Block::PageBreak], &none),
            "One; two lines"
        );
        assert_eq!(words(&[], &none), "");
    }
}
