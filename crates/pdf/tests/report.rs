//! Prints whole reports and reads them back as far as their bytes allow.

mod sample;

use penshaw_basis::Source;
use penshaw_documents::{Block, Cell, Chart, ChartKind, Column, Document, Inline, Row, RowKind, Series, Table, Value};

fn printed(document: &Document) -> Vec<u8> {
    penshaw_pdf::write(document, jiff::civil::date(2014, 6, 10)).expect("the document is printed")
}

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

fn of(blocks: Vec<Block>) -> Document {
    Document { title: "A report".into(), blocks, ..Document::default() }
}

#[test]
fn the_sample_is_tagged_dated_and_the_same_in_every_byte() {
    let document = sample::sample();
    let first = printed(&document);
    assert!(first == printed(&document), "two prints differ");
    assert!(first.starts_with(b"%PDF-1.7"));
    for words in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "Shared ICT services: business case and recommendation",
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li>",
        "2014-06-10",
    ] {
        assert!(contains(&first, words), "{words} is missing");
    }
}

#[test]
fn sources_are_listed_even_where_no_block_lists_them_or_two_do() {
    let figure = Inline::figure(Value::Count(7), &[Source::entry("SCC", "A1"), Source::publication("A paper", "")]);
    let cited = || Block::paragraph(vec![figure.clone()]);
    let address = Source::publication("Another", "https://example.org/another");
    let other = Block::paragraph(vec![Inline::figure(Value::Count(8), &[address])]);
    for blocks in [vec![cited(), other.clone()], vec![Block::SourceList, cited(), other, Block::SourceList]] {
        assert!(contains(&printed(&of(blocks)), "https://example.org/another"));
    }
}

#[test]
fn a_document_of_nothing_is_a_page_with_its_title() {
    assert!(printed(&of(Vec::new())).starts_with(b"%PDF"));
}

#[test]
fn words_that_are_typst_code_or_in_other_scripts_are_printed_as_words() {
    let nasty = "#panic(\"no\") $ \\ @here <there> `raw` = *a* _b_ 東京 ✓ 🎉 \u{0} \u{202e} \u{e000} fi\n#import \"/etc/passwd\"";
    let mut table = Table::new("t", nasty, vec![Column::words(nasty), Column::numbers(nasty)]);
    table.push(Row::body(vec![Cell::words(nasty), Cell::words(nasty)]));
    table.note = nasty.into();
    let chart = Chart {
        id: nasty.into(),
        caption: nasty.into(),
        alternative: nasty.into(),
        horizontal: nasty.into(),
        vertical: nasty.into(),
        kind: ChartKind::Lines {
            steps: vec![nasty.into(), nasty.into()],
            series: vec![Series { label: nasty.into(), values: vec![1.0, 2.0] }],
        },
        table: table.clone(),
    };
    let link = |href: &str| Inline::Link { text: nasty.into(), href: href.into() };
    let mut document = of(vec![
        Block::numbered_heading(4, nasty, nasty),
        Block::heading(2, "§ skipped a level, then back"),
        Block::Paragraph { number: Some(nasty.into()), text: vec![Inline::text(nasty), Inline::strong(nasty)] },
        Block::paragraph(vec![
            link("javascript:alert(1)"),
            link(""),
            link("https://example.org/a?b=c&d"),
            link("/etc/passwd"),
        ]),
        Block::note(nasty, nasty),
        Block::Fields {
            caption: nasty.into(),
            fields: vec![(nasty.into(), vec![Block::Table(table.clone()), Block::PageBreak, Block::words(nasty)])],
        },
        Block::Table(table),
        Block::Chart(chart),
    ]);
    document.title = nasty.into();
    document.author = nasty.into();
    let bytes = printed(&document);
    assert!(contains(&bytes, "https://example.org/a?b=c&d"));
    assert!(!contains(&bytes, "javascript:"), "only addresses that are safe are linked");
}

#[test]
fn empty_lists_fields_tables_and_charts_are_printed() {
    let empty = Table::new("t", "", Vec::new());
    let headed = Table::new("t", "Nothing found", vec![Column::words("What"), Column::numbers("£")]);
    let chart = Chart {
        id: String::new(),
        caption: String::new(),
        alternative: String::new(),
        horizontal: String::new(),
        vertical: String::new(),
        kind: ChartKind::Bars { bars: Vec::new() },
        table: empty.clone(),
    };
    printed(&of(vec![
        Block::PageBreak,
        Block::paragraph(Vec::new()),
        Block::List { ordered: true, items: Vec::new() },
        Block::List { ordered: false, items: vec![Vec::new()] },
        Block::Fields { caption: String::new(), fields: Vec::new() },
        Block::Fields { caption: String::new(), fields: vec![(String::new(), Vec::new())] },
        Block::Table(empty),
        Block::Table(headed),
        Block::Chart(chart),
        Block::SourceList,
        Block::SourceList,
    ]));
}

#[test]
fn long_and_wide_tables_with_groups_and_long_cells_are_printed() {
    let mut columns = vec![Column::words("Line")];
    columns.extend((0..30).map(|place| Column::numbers(format!("Disaggregationofservices {place}"))));
    let mut wide = Table::new("wide", "Thirty columns", columns);
    let mut cells = vec![Cell::words("x".repeat(300))];
    cells.resize_with(31, || Cell::plain(Value::Count(-123_456_789)));
    wide.push(Row::total(cells));
    let mut long = Table::new("long", "Long cells", vec![Column::words("Name"), Column::words("Words")]);
    for _ in 0..3 {
        long.push(Row { kind: RowKind::Group, cells: vec![Cell::words("Group"), Cell::empty()] });
        long.push(Row::body(vec![Cell::words("A"), Cell::words("many words ".repeat(700))]));
    }
    printed(&of(vec![
        Block::heading(2, "Tables"),
        Block::Table(wide.clone()),
        Block::Fields { caption: "Form".into(), fields: vec![("Wide".into(), vec![Block::Table(wide)])] },
        Block::Table(long),
    ]));
}
