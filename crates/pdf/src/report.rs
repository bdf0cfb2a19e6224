//! The report as the template reads it: words ready to print, numbers given, widths set.

use penshaw_basis::Source;
use penshaw_documents::{Block, Chart, Citations, Document, Inline, Row, RowKind, Support, Table, svg};
use serde::Serialize;

use crate::letters::{breakable, printable};
use crate::tables::{Setting, UPRIGHT, cell_words, heading_words, padding, parts, row_height};

/// A table in the text, and one behind a chart.
const IN_TEXT: Kind = Kind { size: 9.5, whole: 280.0 };
const BEHIND: Kind = Kind { size: 8.5, whole: 110.0 };
/// The height in points from which a row may break across pages.
const LONG_ROW: f64 = 160.0;
/// The part of the text's width that the right column of fields has for tables.
const FIELD_ROOM: f64 = UPRIGHT * 0.7 - 16.0;
/// Letters of a word in the text after which it may be broken.
const LONG_WORD: usize = 60;
/// So many lines about a table may name the sources of single rows; if there were more, sources stand beside headings.
const MOST_FEET: usize = 3;
/// Then as many sources, or spans of them, stand beside a row's heading.
const MOST_BESIDE: usize = 6;
/// What is said of sources that all figures of a table share.
const EVERY: &str = "Sources of every figure";

/// How a table is set by where it stands.
#[derive(Clone, Copy)]
struct Kind {
    /// The largest type, in points.
    size: f64,
    /// The height in points up to which it is kept on one page.
    whole: f64,
}

/// A report, ready to print.
#[derive(Serialize)]
pub struct Report {
    title: String,
    running_title: String,
    author: String,
    occasion: String,
    marking: Option<String>,
    /// Whether paragraphs have numbers, which hang beside the text.
    numbered: bool,
    blocks: Vec<Item>,
}

/// A block, ready to print.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
enum Item {
    Heading {
        level: u8,
        number: Option<String>,
        words: String,
    },
    Paragraph {
        number: Option<String>,
        runs: Vec<Run>,
        keep: bool,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Run>>,
    },
    Fields {
        caption: String,
        fields: Vec<Field>,
    },
    Table {
        parts: Vec<Tabulated>,
    },
    Chart(Drawn),
    Note {
        label: String,
        runs: Vec<Run>,
    },
    PageBreak,
    /// The list of sources; links lead to the first such list.
    Sources {
        entries: Vec<Entry>,
        linked: bool,
    },
    /// Blocks on lying pages of their own.
    Lying {
        blocks: Vec<Item>,
    },
}

#[derive(Serialize)]
struct Field {
    name: String,
    blocks: Vec<Item>,
}

/// A run of words. A figure's support stands after it.
#[derive(Default, Serialize)]
struct Run {
    words: String,
    strong: bool,
    /// Whether it is a number, which stays on one line.
    value: bool,
    href: Option<String>,
    support: Beside,
}

/// What stands after a value: how sure it is, and its sources' numbers.
#[derive(Default, Serialize)]
struct Beside {
    confidence: Option<&'static str>,
    spans: Vec<(usize, usize)>,
}

#[derive(Serialize)]
struct Tabulated {
    caption: String,
    size: f64,
    padding: f64,
    widths: Vec<f64>,
    headings: Vec<String>,
    numeric: Vec<bool>,
    rows: Vec<Line>,
    note: String,
    feet: Vec<Foot>,
    whole: bool,
}

#[derive(Serialize)]
struct Line {
    kind: RowKind,
    /// Whether it may break across pages.
    long: bool,
    cells: Vec<Run>,
}

/// A line under a table that names the sources of all its figures, or of one row's.
#[derive(Serialize)]
struct Foot {
    words: String,
    support: Beside,
}

#[derive(Serialize)]
struct Drawn {
    caption: String,
    alternative: String,
    picture: String,
    /// The table behind it, in parts where it is wide.
    parts: Vec<Tabulated>,
}

#[derive(Serialize)]
struct Entry {
    words: String,
    href: Option<String>,
}

impl Report {
    /// A document's report.
    pub fn of(document: &Document) -> Self {
        let mut writer = Writer::new(document);
        let mut blocks = writer.blocks(&document.blocks, None);
        blocks.extend(writer.missing_sources());
        Report {
            title: one_line(&document.title),
            running_title: shortened(&one_line(&document.title), 82),
            author: one_line(&document.author),
            occasion: one_line(&document.occasion),
            marking: document.marking.as_ref().map(|marking| one_line(&marking.words)),
            numbered: document.blocks.iter().any(|block| matches!(block, Block::Paragraph { number: Some(_), .. })),
            blocks: turned(blocks),
        }
    }
}

/// Counts tables and figures, and keeps headings in order.
struct Writer<'a> {
    title: &'a str,
    citations: Citations,
    tables: usize,
    figures: usize,
    level: u8,
    sources_listed: bool,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        Writer {
            title: &document.title,
            citations: Citations::of(document),
            tables: 0,
            figures: 0,
            level: 1,
            sources_listed: false,
        }
    }

    /// The blocks; within a field, tables have only that room.
    fn blocks(&mut self, blocks: &[Block], room: Option<f64>) -> Vec<Item> {
        blocks.iter().filter_map(|block| self.block(block, room)).collect()
    }

    fn block(&mut self, block: &Block, room: Option<f64>) -> Option<Item> {
        Some(match block {
            Block::Heading { level: 1, text, .. } if text == self.title => return None,
            Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text),
            Block::Paragraph { number, text } => Item::Paragraph {
                number: number.as_deref().map(one_line),
                runs: self.runs(text),
                keep: introduces(text),
            },
            Block::List { ordered, items } => {
                Item::List { ordered: *ordered, items: items.iter().map(|item| self.runs(item)).collect() }
            }
            Block::Fields { caption, fields } => Item::Fields {
                caption: one_line(caption),
                fields: fields.iter().map(|(name, blocks)| self.field(name, blocks)).collect(),
            },
            Block::Table(table) if table.columns.is_empty() => return None,
            Block::Table(table) => self.table(table, room),
            Block::Chart(chart) => Item::Chart(self.chart(chart, room)),
            Block::Note { label, text } => Item::Note { label: one_line(label), runs: self.runs(text) },
            Block::PageBreak if room.is_some() => return None,
            Block::PageBreak => Item::PageBreak,
            Block::SourceList => self.source_list(),
        })
    }

    /// PDF/UA forbids a level that skips one, so none does.
    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) -> Item {
        self.level = level.clamp(1, self.level + 1).min(6);
        Item::Heading { level: self.level, number: number.map(one_line), words: one_line(text) }
    }

    fn field(&mut self, name: &str, blocks: &[Block]) -> Field {
        Field { name: one_line(name), blocks: self.blocks(blocks, Some(FIELD_ROOM)) }
    }

    fn runs(&self, runs: &[Inline]) -> Vec<Run> {
        let placed = self.citations.placed_in_text(runs);
        runs.iter().zip(&placed).map(|(one, support)| run(one, support)).collect()
    }

    fn table(&mut self, table: &Table, room: Option<f64>) -> Item {
        self.tables += 1;
        let lead = format!("Table {}: ", self.tables);
        let (parts, lying) = self.tabulated(table, &lead, IN_TEXT, room);
        match lying {
            true => Item::Lying { blocks: vec![Item::Table { parts }] },
            false => Item::Table { parts },
        }
    }

    fn chart(&mut self, chart: &Chart, room: Option<f64>) -> Drawn {
        self.figures += 1;
        let lead = format!("Data for figure {}: ", self.figures);
        let room = room.unwrap_or(UPRIGHT);
        let (parts, _) = self.tabulated(&chart.table, &lead, BEHIND, Some(room));
        let caption = format!("Figure {}: {}", self.figures, one_line(&chart.caption));
        let told = one_line(&chart.alternative);
        Drawn {
            // PDF/UA asks for an alternative to every picture.
            alternative: if told.is_empty() { caption.clone() } else { told },
            caption,
            picture: printable(&svg(chart)),
            parts,
        }
    }

    /// The table ready to print, in parts where it is wide, and whether it needs a lying page.
    fn tabulated(&self, table: &Table, lead: &str, kind: Kind, room: Option<f64>) -> (Vec<Tabulated>, bool) {
        if table.columns.is_empty() {
            return (Vec::new(), false);
        }
        let settings = parts(table, room.unwrap_or(UPRIGHT), kind.size, room.is_none());
        let lying = settings.iter().any(|(_, setting)| setting.lying);
        let (count, caption) = (settings.len(), one_line(&table.caption));
        let part = |(place, (columns, setting)): (usize, (Vec<usize>, Setting))| {
            let of = if count > 1 { format!(" (part {} of {count})", place + 1) } else { String::new() };
            self.part(table, format!("{lead}{caption}{of}"), &columns, setting, kind.whole)
        };
        (settings.into_iter().enumerate().map(part).collect(), lying)
    }

    /// The columns of a table that stand together.
    fn part(&self, table: &Table, caption: String, columns: &[usize], set: Setting, whole: f64) -> Tabulated {
        let (mut rows, feet) = self.lines(table, columns);
        let height: f64 = rows.iter_mut().map(|row| row.measured(&set)).sum();
        let chosen = columns.iter().map(|column| &table.columns[*column]);
        Tabulated {
            caption,
            size: set.size,
            padding: padding(set.size) / 2.0,
            widths: set.widths,
            headings: chosen.clone().map(|column| heading_words(&column.heading)).collect(),
            numeric: chosen.map(|column| column.numeric).collect(),
            whole: height <= whole && rows.iter().all(|row| !row.long),
            rows,
            note: printable(&table.note),
            feet,
        }
    }

    /// The rows, and the lines that name the sources of all or of some of them.
    fn lines(&self, table: &Table, columns: &[usize]) -> (Vec<Line>, Vec<Foot>) {
        let placed = self.citations.placed(table);
        let rows = || table.rows.iter().zip(&placed.cells);
        let mut lines: Vec<Line> = rows().map(|(row, supports)| line(row, supports, columns)).collect();
        let rested: Vec<Support> = rows().map(|(_, supports)| together(supports, columns)).collect();
        let mut feet = Vec::new();
        if !placed.caption.is_empty() {
            feet.push(Foot::new(EVERY.to_owned(), &placed.caption));
        }
        feet.extend(sourced(&mut lines, &rested, columns.len()));
        (lines, feet)
    }

    fn source_list(&mut self) -> Item {
        let linked = !std::mem::replace(&mut self.sources_listed, true);
        Item::Sources {
            entries: self.citations.sources().iter().map(|source| entry(&self.citations, source)).collect(),
            linked,
        }
    }

    /// The list of sources, where figures cite some and no block lists them.
    fn missing_sources(&mut self) -> Vec<Item> {
        if self.sources_listed || self.citations.sources().is_empty() {
            return Vec::new();
        }
        vec![self.heading(2, None, "Sources"), self.source_list()]
    }
}

/// A run with what stands after it.
fn run(run: &Inline, support: &Support) -> Run {
    let words = breakable(&printable(&run.plain()), LONG_WORD);
    match run {
        Inline::Text { .. } => Run { words, ..Run::default() },
        Inline::Strong { .. } => Run { words, strong: true, ..Run::default() },
        Inline::Link { href, .. } => Run { words, href: safe_address(href), ..Run::default() },
        Inline::Figure(figure) => {
            Run { value: figure.value.is_numeric(), words, support: Beside::of(support), ..Run::default() }
        }
    }
}

impl Line {
    /// The row's height, by which it is long or not.
    fn measured(&mut self, set: &Setting) -> f64 {
        let whole = [set.widths.iter().sum()];
        let widths = if self.kind == RowKind::Group { &whole[..] } else { &set.widths };
        let height = row_height(self.cells.iter().map(|cell| cell.words.as_str()), widths, set.size);
        self.long = height > LONG_ROW;
        height
    }
}

impl Foot {
    fn new(words: String, support: &Support) -> Self {
        Foot { words, support: Beside::of(support) }
    }
}

/// A row's cells in these columns, each with the sign of its confidence.
fn line(row: &Row, supports: &[Support], columns: &[usize]) -> Line {
    let cells = columns.iter().map(|column| {
        let value = &row.cells[*column].figure.value;
        Run {
            words: cell_words(value),
            value: value.is_numeric(),
            support: Beside { confidence: word(&supports[*column]), spans: Vec::new() },
            ..Run::default()
        }
    });
    Line { kind: row.kind, long: false, cells: cells.collect() }
}

/// Prints what each row rests on beside its heading where that is short, and otherwise
/// in lines about the table, one for all rows that rest on the same.
fn sourced(lines: &mut [Line], rested: &[Support], columns: usize) -> Vec<Foot> {
    let mut filled = rested.iter().filter(|support| !support.is_empty());
    let first = filled.next();
    if first.is_some_and(|first| first.numbers.len() > 1 && filled.all(|other| other == first)) {
        return first.map(|support| Foot::new(EVERY.to_owned(), support)).into_iter().collect();
    }
    let short = if columns > 8 { 1 } else { 2 };
    let mut long: Vec<&Support> = rested.iter().filter(|support| support.spans().len() > short).collect();
    long.dedup();
    // A line each for many rows would stand between a table and its caption.
    let most = if columns <= 8 && long.len() > MOST_FEET { MOST_BESIDE } else { short };
    let mut feet: Vec<(Vec<String>, &Support)> = Vec::new();
    for (line, support) in lines.iter_mut().zip(rested) {
        let spans = support.spans();
        let Some(heading) = line.cells.first_mut() else { continue };
        if spans.len() <= most {
            heading.support.spans = spans;
            continue;
        }
        let name = format!("“{}”", heading.words);
        match feet.iter_mut().find(|(_, other)| *other == support) {
            Some((names, _)) => names.push(name),
            None => feet.push((vec![name], support)),
        }
    }
    let foot =
        |(names, support): (Vec<String>, &Support)| Foot::new(format!("Sources of {}", names.join(", ")), support);
    feet.into_iter().map(foot).collect()
}

impl Beside {
    fn of(support: &Support) -> Self {
        Beside { confidence: word(support), spans: support.spans() }
    }
}

fn word(support: &Support) -> Option<&'static str> {
    support.confidence.map(|confidence| confidence.word())
}

/// The sources of a row's cells in these columns.
fn together(supports: &[Support], columns: &[usize]) -> Support {
    let cells = columns.iter().map(|column| &supports[*column]);
    let mut numbers: Vec<usize> = cells.flat_map(|support| support.numbers.clone()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Support { numbers, confidence: None }
}

/// A source with its address printed, for a reader of paper.
fn entry(citations: &Citations, source: &Source) -> Entry {
    let href = match source {
        Source::Publication { href, .. } => safe_address(href),
        _ => None,
    };
    Entry { words: one_line(&citations.words(source)), href }
}

/// The address, where it is one that a reader may safely follow.
fn safe_address(href: &str) -> Option<String> {
    let sound = href.chars().all(|c| c.is_ascii_graphic()) && href.len() < 2000;
    let known =
        ["https://", "http://", "mailto:"].iter().any(|start| href.starts_with(start) && href.len() > start.len());
    (sound && known).then(|| href.to_owned())
}

/// Whether a paragraph leads into what follows and must not be parted from it.
fn introduces(text: &[Inline]) -> bool {
    text.last().is_some_and(|run| run.plain().trim_end().ends_with(':'))
}

/// A lying table takes the headings and the words that lead into it along.
fn turned(blocks: Vec<Item>) -> Vec<Item> {
    let mut turned: Vec<Item> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Item::Lying { blocks: own } = block else {
            turned.push(block);
            continue;
        };
        let leading = turned
            .iter()
            .rev()
            .take_while(|item| matches!(item, Item::Heading { .. } | Item::Paragraph { keep: true, .. }));
        let mut blocks = turned.split_off(turned.len() - leading.count());
        blocks.extend(own);
        match turned.last_mut() {
            Some(Item::Lying { blocks: before }) => before.extend(blocks),
            _ => turned.push(Item::Lying { blocks }),
        }
    }
    turned
}

/// The words without line breaks.
fn one_line(words: &str) -> String {
    let words = printable(words).split_whitespace().collect::<Vec<_>>().join(" ");
    breakable(&words, LONG_WORD)
}

/// The words, cut at a word's end where they are longer than so many characters.
fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}
