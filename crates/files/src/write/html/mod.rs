//! A document as HTML: fragments for the web application, and a page that stands alone.

mod page;
mod table;

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use penshaw_basis::Source;
use penshaw_documents::{Block, Chart, Citations, Document, Inline, Support};

use super::words::{clean, published_at, safe_address};

/// The styles of the `penshaw-` classes that fragments carry beside govuk-frontend's.
pub const STYLE: &str = include_str!("fragment.css");

/// A complete page that needs nothing else: no network, no script.
pub fn write(document: &Document) -> String {
    page::page(document).into_string()
}

/// More sources than this may be broken over lines.
const MOST_TOGETHER: usize = 4;

/// The document's title and blocks, to stand in a page's `main`. Its one `h1` is the title.
pub fn fragment(document: &Document) -> Markup {
    fragment_linked(document, &|_| None)
}

/// As [`fragment`], with the sources that `address` knows linked to where they can be read.
///
/// Publications are linked to their own address where `address` gives none.
pub fn fragment_linked(document: &Document, address: &dyn Fn(&Source) -> Option<String>) -> Markup {
    let printed = Printer::new(document, address).document(document);
    html! {
        div.penshaw-document {
            (marking(document))
            (printed.title)
            @if !document.author.is_empty() { p.govuk-body-l { (clean(&document.author)) } }
            (printed.text)
            (printed.sources)
        }
    }
}

/// The document's blocks alone, for a page that has its own heading and marking.
///
/// Sources are linked as in [`fragment_linked`].
pub fn body_linked(document: &Document, address: &dyn Fn(&Source) -> Option<String>) -> Body {
    let printed = Printer::new(document, address).document(document);
    Body {
        contents: printed.parts.into_iter().map(|part| (part.id, part.words)).collect(),
        text: html! { div.penshaw-document { (printed.text) } },
        sources: html! { div.penshaw-document { (printed.sources) } },
    }
}

/// A document's blocks, and its parts for a list of contents.
pub struct Body {
    /// Each part's id and its heading.
    pub contents: Vec<(String, String)>,
    /// The blocks, but for the list of sources at their end.
    pub text: Markup,
    /// That list, with its heading.
    pub sources: Markup,
}

/// Parts of a document, each to stand in another place of one page: no id stands in two of them.
///
/// Their list of sources is on the page at `sources_at`, to which their figures lead.
pub fn parts_linked(document: &Document, parts: &[&[Block]], sources_at: &str) -> Vec<Markup> {
    let unlinked = |_: &Source| None;
    let mut printer = Printer { sources_at, ..Printer::new(document, &unlinked) };
    let part = |blocks: &&[Block]| html! { div.penshaw-document { (printer.blocks(blocks)) } };
    parts.iter().map(part).collect()
}

/// A heading as the page's contents list it.
struct Listed {
    id: String,
    words: String,
}

/// A document printed, before it is put together.
struct Printed {
    title: Markup,
    text: Markup,
    sources: Markup,
    parts: Vec<Listed>,
}

/// Prints blocks in order, keeping ids unique and what has been listed so far.
struct Printer<'a> {
    citations: Citations,
    address: &'a dyn Fn(&Source) -> Option<String>,
    ids: BTreeSet<String>,
    parts: Vec<Listed>,
    title: &'a str,
    sources_listed: bool,
    /// The page on which the sources are listed; nothing where it is this one.
    sources_at: &'a str,
}

impl<'a> Printer<'a> {
    fn new(document: &'a Document, address: &'a dyn Fn(&Source) -> Option<String>) -> Self {
        Printer {
            citations: Citations::of(document),
            address,
            ids: BTreeSet::new(),
            parts: Vec::new(),
            title: &document.title,
            sources_listed: false,
            sources_at: "",
        }
    }

    /// The title, the text, and its parts for a list of contents.
    fn document(mut self, document: &Document) -> Printed {
        let (text, sources) = document.blocks.split_at(sources_begin(&document.blocks));
        let (text, listed) = (self.blocks(text), self.blocks(sources));
        let missing = self.missing_sources();
        Printed {
            title: html! {
                @if !document.occasion.is_empty() {
                    span.govuk-caption-xl { (clean(&document.occasion)) }
                }
                h1.govuk-heading-xl { (clean(&document.title)) }
            },
            text,
            sources: html! { (listed) (missing) },
            parts: self.parts,
        }
    }

    /// The list of sources, where figures cite some and no block lists them.
    fn missing_sources(&mut self) -> Markup {
        if self.sources_listed || self.citations.sources().is_empty() {
            return html! {};
        }
        html! {
            (self.heading(2, None, "Sources"))
            (self.source_list())
        }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Heading { level: 1, text, .. } if text == self.title => html! {},
            Block::Heading { level, number, text } => self.heading(*level, number.as_deref(), text),
            Block::Paragraph { number, text } => self.paragraph(number.as_deref(), text),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Fields { caption, fields } => self.fields(caption, fields),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Note { label, text } => self.note(label, text),
            Block::PageBreak => html! { div.penshaw-page-break {} },
            Block::SourceList => self.source_list(),
        }
    }

    fn heading(&mut self, level: u8, number: Option<&str>, text: &str) -> Markup {
        let id = self.id("part", number.unwrap_or(text));
        if level <= 2 {
            let numbered = number.map(|number| format!("{number} ")).unwrap_or_default();
            let words = format!("{}{}", clean(&numbered), clean(text));
            self.parts.push(Listed { id: id.clone(), words });
        }
        let words = html! {
            @if let Some(number) = number { span.penshaw-number { (clean(number)) } " " }
            (clean(text))
        };
        match level {
            0..=2 => html! { h2.govuk-heading-l id=(id) { (words) } },
            3 => html! { h3.govuk-heading-m id=(id) { (words) } },
            4 => html! { h4.govuk-heading-s id=(id) { (words) } },
            _ => html! { h5.govuk-heading-s id=(id) { (words) } },
        }
    }

    fn paragraph(&mut self, number: Option<&str>, text: &[Inline]) -> Markup {
        match number {
            None => html! { p.govuk-body { (self.runs(text)) } },
            Some(number) => {
                let id = self.id("paragraph", number);
                html! {
                    p.govuk-body.penshaw-numbered id=(id) {
                        span.penshaw-number { (clean(number)) } " " (self.runs(text))
                    }
                }
            }
        }
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) -> Markup {
        let items = html! { @for item in items { li { (self.runs(item)) } } };
        if ordered {
            html! { ol.govuk-list.govuk-list--number { (items) } }
        } else {
            html! { ul.govuk-list.govuk-list--bullet { (items) } }
        }
    }

    fn fields(&mut self, caption: &str, fields: &[(String, Vec<Block>)]) -> Markup {
        html! {
            div.penshaw-fields role="group" aria-label=(clean(caption)) {
                dl.govuk-summary-list {
                    @for (name, blocks) in fields {
                        div.govuk-summary-list__row {
                            dt.govuk-summary-list__key { (clean(name)) }
                            dd.govuk-summary-list__value { (self.blocks(blocks)) }
                        }
                    }
                }
            }
        }
    }

    fn chart(&mut self, chart: &Chart) -> Markup {
        let id = self.id("chart", &chart.id);
        let caption = format!("{id}-caption");
        let drawing = penshaw_documents::svg(chart);
        html! {
            figure.penshaw-chart id=(id) aria-labelledby=(caption) {
                figcaption.govuk-heading-s id=(caption) { (clean(&chart.caption)) }
                @if !drawing.is_empty() {
                    div.penshaw-scroll role="group" tabindex="0" aria-labelledby=(caption) {
                        (PreEscaped(clean(&drawing)))
                    }
                }
                details.govuk-details {
                    summary.govuk-details__summary {
                        span.govuk-details__summary-text { "The figures behind this chart" }
                    }
                    div.govuk-details__text { (self.table(&chart.table)) }
                }
            }
        }
    }

    fn note(&mut self, label: &str, text: &[Inline]) -> Markup {
        html! {
            div.govuk-inset-text.penshaw-note role="note" aria-label=(clean(label)) {
                strong.penshaw-note__label { (clean(label)) } " "
                (self.runs(text))
            }
        }
    }

    fn source_list(&mut self) -> Markup {
        let first = !std::mem::replace(&mut self.sources_listed, true);
        html! {
            ol.govuk-list.penshaw-sources {
                @for (place, source) in self.citations.sources().iter().enumerate() {
                    li id=[first.then(|| format!("source-{}", place + 1))] { (self.source(source)) }
                }
            }
        }
    }

    fn source(&self, source: &Source) -> Markup {
        let words = self.citations.words(source);
        let given = (self.address)(source);
        let address = given.as_deref().and_then(safe_address).or_else(|| published_at(source));
        html! {
            @match address {
                Some(address) => a.govuk-link href=(address) { (clean(&words)) },
                None => (clean(&words)),
            }
        }
    }

    fn runs(&self, runs: &[Inline]) -> Markup {
        let placed = self.citations.placed_in_text(runs);
        html! { @for (run, support) in runs.iter().zip(&placed) { (self.run(run)) (self.beside(support)) } }
    }

    fn run(&self, run: &Inline) -> Markup {
        match run {
            Inline::Text { text } => broken(text),
            Inline::Strong { text } => html! { strong { (broken(text)) } },
            Inline::Figure(figure) => broken(&figure.value.to_string()),
            Inline::Link { text, href } => html! {
                @match safe_address(href) {
                    Some(address) => a.govuk-link href=(address) { (broken(text)) },
                    None => (broken(text)),
                }
            },
        }
    }

    /// The confidence and the links to the sources that stand after a value.
    fn beside(&self, support: &Support) -> Markup {
        if support.is_empty() {
            return html! {};
        }
        let spans = support.spans();
        html! {
            " "
            span.penshaw-support.penshaw-support--many[spans.len() > MOST_TOGETHER] {
                @if let Some(confidence) = support.confidence {
                    span.penshaw-confidence { "(" (confidence) ")" }
                }
                @if support.confidence.is_some() && !spans.is_empty() { " " }
                @if !spans.is_empty() { "[" (self.links(spans)) "]" }
            }
        }
    }

    fn links(&self, spans: Vec<(usize, usize)>) -> Markup {
        html! {
            @for (place, (first, last)) in spans.into_iter().enumerate() {
                @if place > 0 { ", " }
                a.govuk-link href=(format!("{}#source-{first}", self.sources_at)) {
                    @if first == last {
                        span.govuk-visually-hidden { "source " } (first)
                    } @else {
                        span.govuk-visually-hidden { "sources " } (first) "–" (last)
                    }
                }
            }
        }
    }

    /// An id that no other element of the page has.
    fn id(&mut self, kind: &str, name: &str) -> String {
        let safe = |one: char| if one.is_ascii_alphanumeric() || one == '.' { one.to_ascii_lowercase() } else { '-' };
        let slug: String = name.chars().map(safe).take(60).collect();
        let base = format!("{kind}-{}", slug.trim_matches('-'));
        let mut id = base.clone();
        let mut copy = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{copy}");
            copy += 1;
        }
        id
    }
}

/// Where the list of sources begins that ends the blocks, its heading included.
fn sources_begin(blocks: &[Block]) -> usize {
    match blocks {
        [before @ .., Block::Heading { .. }, Block::SourceList] | [before @ .., Block::SourceList] => before.len(),
        all => all.len(),
    }
}

fn marking(document: &Document) -> Markup {
    html! {
        @if let Some(marking) = &document.marking {
            p.penshaw-marking { strong { (clean(&marking.words)) } }
        }
    }
}

/// Words with their line breaks.
fn broken(words: &str) -> Markup {
    let words = clean(words);
    html! {
        @for (place, line) in words.split('\n').enumerate() {
            @if place > 0 { br; }
            (line)
        }
    }
}
