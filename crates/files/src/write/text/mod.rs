//! A document as plain text for the terminal: headings underlined, tables in columns, charts as bars and tables.

mod bars;
mod table;

use penshaw_documents::{Block, Chart, Citations, Document, Inline};

use super::words::{after, clean, one_line, published_at};

/// The narrowest page that words are set on.
const NARROWEST: usize = 30;

/// The document as plain text, no line longer than `width` characters unless it is an address.
///
/// ```
/// use penshaw_documents::{Block, Document};
/// let document = Document {
///     title: "Shared ICT".into(),
///     blocks: vec![Block::words("Nothing is shared yet.")],
///     ..Document::default()
/// };
/// let text = penshaw_files::write::text::write(&document, 80);
/// assert_eq!(text, "Shared ICT\n==========\n\nNothing is shared yet.\n");
/// ```
pub fn write(document: &Document, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut printer = Printer {
        citations: Citations::of(document),
        title: &document.title,
        sources_listed: false,
        text: String::new(),
    };
    printer.document(document, width);
    printer.text
}

struct Printer<'a> {
    citations: Citations,
    title: &'a str,
    sources_listed: bool,
    text: String,
}

impl Printer<'_> {
    fn document(&mut self, document: &Document, width: usize) {
        if let Some(marking) = &document.marking {
            self.lines(&wrapped(&format!("*** {} ***", marking.words), width), "", "");
            self.gap();
        }
        self.underlined(&document.title, '=', width);
        for line in [&document.occasion, &document.author] {
            if !line.is_empty() {
                self.lines(&wrapped(line, width), "", "");
            }
        }
        self.blocks(&document.blocks, width);
        if !self.sources_listed && !self.citations.sources().is_empty() {
            self.gap();
            self.underlined("Sources", '=', width);
            self.source_list(width);
        }
    }

    fn blocks(&mut self, blocks: &[Block], width: usize) {
        for block in blocks {
            self.block(block, width);
        }
    }

    fn block(&mut self, block: &Block, width: usize) {
        if !matches!(block, Block::PageBreak) {
            self.gap();
        }
        match block {
            Block::Heading { level: 1, text, .. } if text == self.title => {}
            Block::Heading { level, number, text } => {
                let number = number.as_ref().map(|number| format!("{number}  ")).unwrap_or_default();
                self.underlined(&format!("{number}{text}"), underline(*level), width);
            }
            Block::Paragraph { number, text } => {
                let mark = number.as_ref().map(|number| format!("{number}  ")).unwrap_or_default();
                self.hanging(&mark, &self.runs(text), width);
            }
            Block::List { ordered, items } => self.list(*ordered, items, width),
            Block::Fields { fields, .. } => self.fields(fields, width),
            Block::Table(table) => {
                let printed = table::printed(table, &self.citations.placed(table), width);
                self.text.push_str(&printed);
            }
            Block::Chart(chart) => self.chart(chart, width),
            Block::Note { label, text } => {
                let words = format!("{label}: {}", self.runs(text));
                self.lines(&wrapped(&words, width - 2), "| ", "| ");
            }
            Block::PageBreak => {}
            Block::SourceList => self.source_list(width),
        }
    }

    /// One empty line, never two.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Lines, the first after one beginning and the others after another.
    fn lines(&mut self, lines: &[String], first: &str, other: &str) {
        for (place, line) in lines.iter().enumerate() {
            self.text.push_str(if place == 0 { first } else { other });
            self.text.push_str(line);
            let kept = self.text.trim_end_matches(' ').len();
            self.text.truncate(kept);
            self.text.push('\n');
        }
    }

    /// Words that hang beside a mark.
    fn hanging(&mut self, mark: &str, words: &str, width: usize) {
        let mark = clean(mark);
        let indent = mark.chars().count().min(width / 3);
        self.lines(&wrapped(words, width - indent), &mark, &" ".repeat(indent));
    }

    fn underlined(&mut self, words: &str, line: char, width: usize) {
        let lines = wrapped(words, width);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        self.lines(&lines, "", "");
        self.lines(&[String::from(line).repeat(longest)], "", "");
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>], width: usize) {
        for (number, item) in (1..).zip(items) {
            let mark = if ordered { format!("{number:>3}. ") } else { "  • ".to_owned() };
            self.hanging(&mark, &self.runs(item), width);
        }
    }

    fn fields(&mut self, fields: &[(String, Vec<Block>)], width: usize) {
        for (name, blocks) in fields {
            self.gap();
            let colon = if name.ends_with(|one: char| one.is_ascii_punctuation()) { "" } else { ":" };
            self.lines(&wrapped(&format!("{name}{colon}"), width), "", "");
            let before = std::mem::take(&mut self.text);
            self.blocks(blocks, width.saturating_sub(4).max(NARROWEST));
            let inside = std::mem::replace(&mut self.text, before);
            let lines: Vec<String> = inside.lines().map(str::to_owned).collect();
            self.lines(&lines, "    ", "    ");
        }
    }

    fn chart(&mut self, chart: &Chart, width: usize) {
        self.lines(&wrapped(&chart.caption, width), "", "");
        self.lines(&wrapped(&chart.alternative, width), "", "");
        if let Some(bars) = bars::drawn(&chart.kind, width) {
            self.gap();
            self.text.push_str(&bars);
        }
        self.gap();
        let printed = table::printed(&chart.table, &self.citations.placed(&chart.table), width);
        self.text.push_str(&printed);
    }

    fn source_list(&mut self, width: usize) {
        self.sources_listed = true;
        let sources = self.citations.sources().to_vec();
        for (number, source) in (1..).zip(&sources) {
            let address = published_at(source).map(|address| format!(" <{address}>")).unwrap_or_default();
            let mark = format!("{:>5} ", format!("[{number}]"));
            self.hanging(&mark, &format!("{}{address}", self.citations.words(source)), width);
        }
    }

    fn runs(&self, runs: &[Inline]) -> String {
        let placed = self.citations.placed_in_text(runs);
        let words = runs.iter().zip(&placed).map(|(run, support)| match run {
            Inline::Link { text, href } if href.starts_with("http") => format!("{text} <{}>", one_line(href)),
            other => format!("{}{}", other.plain(), after(support).replace(' ', "\u{a0}")),
        });
        words.collect()
    }
}

/// The line under a heading: heavier for higher ones.
fn underline(level: u8) -> char {
    match level {
        0..=2 => '=',
        3 => '-',
        4 => '~',
        _ => '.',
    }
}

/// Words cut into lines of at most so many characters; a longer word, unless it is an
/// address, is cut within itself.
///
/// A no-break space holds its words together where they fit, and is printed as a space.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for line in clean(words).lines() {
        let mut current = String::new();
        for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
            match word.chars().count() > width {
                true => word.split('\u{a0}').for_each(|part| place(part, width, &mut current, &mut lines)),
                false => place(word, width, &mut current, &mut lines),
            }
        }
        lines.push(current);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines.iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

fn place(word: &str, width: usize, current: &mut String, lines: &mut Vec<String>) {
    let length = word.chars().count();
    let held = current.chars().count();
    if held > 0 && held + 1 + length <= width {
        current.push(' ');
    } else if held > 0 {
        lines.push(std::mem::take(current));
    }
    let mut rest: Vec<char> = word.chars().collect();
    // An address stays whole, to be copied.
    while current.is_empty() && rest.len() > width && !word.contains("://") {
        lines.push(rest.drain(..width).collect());
    }
    current.extend(rest);
}
