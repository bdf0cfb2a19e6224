//! A method's `method.md` as blocks: the same text is rustdoc, help and the report's annex.

use penshaw_documents::{Block, Inline};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// The part of a method under one of its headings, such as "At a glance": its paragraphs and lists.
///
/// Words set as code are plain words; tables and code blocks are left to the method itself.
pub fn part(method: &str, heading: &str) -> Vec<Block> {
    let mut text = Text::default();
    let mut inside = false;
    let mut title = None;
    for event in Parser::new(method) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1 | HeadingLevel::H2, .. }) => {
                title = Some(String::new())
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(title) = title.take() {
                    inside = title.trim() == heading;
                }
            }
            Event::Text(words) | Event::Code(words) if title.is_some() => {
                title.as_mut().expect("a heading is open").push_str(&words);
            }
            event if inside => text.take(event),
            _ => {}
        }
    }
    text.blocks
}

#[derive(Default)]
struct Text {
    blocks: Vec<Block>,
    items: Vec<Vec<Inline>>,
    lists: usize,
    ordered: bool,
    strong: bool,
    runs: Vec<Inline>,
}

impl Text {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.lists += 1;
                self.ordered = first.is_some();
            }
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(TagEnd::Paragraph) if self.lists == 0 => {
                self.blocks.push(Block::paragraph(std::mem::take(&mut self.runs)));
            }
            Event::Start(Tag::Strong) => self.strong = true,
            Event::End(TagEnd::Strong) => self.strong = false,
            Event::Text(words) | Event::Code(words) => self.run(&words),
            Event::SoftBreak | Event::HardBreak => self.run(" "),
            _ => {}
        }
    }

    fn run(&mut self, words: &str) {
        self.runs.push(if self.strong { Inline::strong(words) } else { Inline::text(words) });
    }

    fn end_item(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if !runs.is_empty() {
            self.items.push(runs);
        }
    }

    fn end_list(&mut self) {
        self.lists -= 1;
        if self.lists == 0 {
            self.blocks.push(Block::List { ordered: self.ordered, items: std::mem::take(&mut self.items) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_strong_words_are_kept_and_other_parts_left() {
        let method =
            "# Q\n\n## At a glance\n\nFirst `code` words.\n\n- **One**: a\n- two\n\n## What it shows\n\nNot this.\n";
        let found = part(method, "At a glance");
        let [Block::Paragraph { text, .. }, Block::List { ordered: false, items }] = found.as_slice() else {
            panic!("{found:?}")
        };
        let words: String = text.iter().map(Inline::plain).collect();
        assert_eq!(words, "First code words.");
        assert_eq!(items[0][0], Inline::strong("One"));
        assert_eq!(items.len(), 2);
    }
}
