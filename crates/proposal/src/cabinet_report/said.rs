//! Statements, words and numbered paragraphs as blocks.

use penshaw_basis::{Date, Source};
use penshaw_documents::{Block, Inline, Value, inlines};
use penshaw_register::recommendation::Statement;

/// A statement as runs whose figures open to their sources.
pub fn runs(statement: &Statement) -> Vec<Inline> {
    let run = |part: &penshaw_register::recommendation::Part| match part.sources.as_slice() {
        [] => Inline::text(&part.text),
        sources => Inline::figure(Value::text(&part.text), sources),
    };
    statement.parts.iter().map(run).collect()
}

/// A sentence that rests on sources as a whole.
pub fn cited(words: &str, sources: &[Source]) -> Inline {
    match sources {
        [] => Inline::text(words),
        sources => Inline::figure(Value::text(words), sources),
    }
}

/// A day as reports print it.
pub fn day(day: Date) -> String {
    Value::Day(day).to_string()
}

/// Words with a full stop at their end.
pub fn stopped(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() || words.ends_with(['.', '!', '?', ':']) { words.to_owned() } else { format!("{words}.") }
}

/// The words of one section in officers' own words, as paragraphs.
pub fn own_words(words: Option<&Vec<String>>) -> Vec<Block> {
    words.into_iter().flatten().map(|words| Block::words(stopped(words))).collect()
}

/// Numbers the paragraphs of a section that have no number yet: `5.1`, `5.2`, and so on.
///
/// ```
/// use penshaw_documents::Block;
/// use penshaw_proposal::cabinet_report::numbered;
/// let Block::Paragraph { number, .. } = &numbered("5", vec![Block::words("So it is.")])[0] else { panic!() };
/// assert_eq!(number.as_deref(), Some("5.1"));
/// ```
pub fn numbered(section: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut last = 0;
    let number = |block: Block| match block {
        Block::Paragraph { number: None, text } => {
            last += 1;
            Block::Paragraph { number: Some(format!("{section}.{last}")), text }
        }
        other => other,
    };
    blocks.into_iter().map(number).collect()
}

/// A section: its heading, then its paragraphs numbered.
pub fn section(number: &str, title: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut all = vec![Block::numbered_heading(3, number, title)];
    all.extend(numbered(number, blocks));
    all
}

/// A paragraph that begins with its own heading, as the considerations of a report do.
pub fn headed(number: &str, title: &str, text: Vec<Inline>) -> Block {
    let mut runs = vec![Inline::strong(format!("{title}. "))];
    runs.extend(text);
    Block::Paragraph { number: Some(number.to_owned()), text: runs }
}

/// What an answer says first: its blocks before its first heading.
pub fn lead(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().take_while(|block| !matches!(block, Block::Heading { .. })).collect()
}

/// The rest of an answer: its blocks from its first heading on.
pub fn rest(blocks: Vec<Block>) -> Vec<Block> {
    blocks.into_iter().skip_while(|block| !matches!(block, Block::Heading { .. })).collect()
}

/// The same blocks with their highest heading at a level and the others as far below it as they were.
pub fn levelled(blocks: Vec<Block>, at: u8) -> Vec<Block> {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let Some(highest) = levels.min() else {
        return blocks;
    };
    let moved = |block: Block| match block {
        Block::Heading { level, number, text } => Block::Heading { level: (level - highest + at).min(5), number, text },
        other => other,
    };
    blocks.into_iter().map(moved).collect()
}

/// Plain words as a list, one point each.
pub fn list(points: impl IntoIterator<Item = String>) -> Block {
    Block::List { ordered: false, items: points.into_iter().map(inlines).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_keep_their_distance_when_they_are_moved() {
        let moved = levelled(vec![Block::heading(3, "a"), Block::heading(4, "b"), Block::heading(3, "c")], 4);
        let levels: Vec<u8> = moved
            .iter()
            .map(|block| match block {
                Block::Heading { level, .. } => *level,
                _ => 0,
            })
            .collect();
        assert_eq!(levels, [4, 5, 4]);
    }

    #[test]
    fn an_answer_is_parted_at_its_first_heading() {
        let blocks = || vec![Block::words("first"), Block::heading(3, "More"), Block::words("second")];
        assert_eq!(lead(blocks()).len(), 1);
        assert_eq!(rest(blocks()).len(), 2);
    }
}
