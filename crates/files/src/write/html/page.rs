//! The page that stands alone: landmarks, contents and styles round the document.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use penshaw_documents::Document;

use super::{Listed, Printer, STYLE, marking};
use crate::write::words::{clean, one_line};

const PAGE_STYLE: &str = include_str!("page.css");

pub(super) fn page(document: &Document) -> Markup {
    let printed = Printer::new(document, &|_| None).document(document);
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (clean(&document.title)) }
                @if !document.author.is_empty() { meta name="author" content=(clean(&document.author)); }
                style { (PreEscaped(PAGE_STYLE)) (PreEscaped(STYLE)) (PreEscaped(margins(document))) }
            }
            body {
                a.govuk-skip-link href="#main" { "Skip to main content" }
                header.page-header {
                    (marking(document))
                    @if !document.author.is_empty() { p { (clean(&document.author)) } }
                }
                div.page-body {
                    main id="main" tabindex="-1" {
                        (printed.title)
                        (contents(&printed.parts))
                        div.penshaw-document { (printed.text) (printed.sources) }
                    }
                }
                footer.page-footer { p { (clean(&footer_words(document))) } }
            }
        }
    }
}

fn footer_words(document: &Document) -> String {
    match &document.marking {
        Some(marking) => format!("{}. {}", document.title, marking.words),
        None => document.title.clone(),
    }
}

/// Links to the parts, where there are enough of them to be lost among.
fn contents(parts: &[Listed]) -> Markup {
    if parts.len() < 3 {
        return html! {};
    }
    html! {
        nav.page-contents aria-label="Contents" {
            h2.govuk-heading-s { "Contents" }
            ol.govuk-list {
                @for part in parts {
                    li { a.govuk-link href=(format!("#{}", part.id)) { (part.words) } }
                }
            }
        }
    }
}

/// What stands in the margins of every printed page: the marking above, title and page number below.
fn margins(document: &Document) -> String {
    let marking = document.marking.as_ref().map_or("", |marking| &marking.words);
    format!(
        "@page{{@top-center{{content:{}}}@bottom-left{{content:{}}}}}",
        quoted(marking),
        quoted(&shortened(&document.title, 90)),
    )
}

/// The words, cut at a word's end and marked with an ellipsis where they are longer than `most`.
fn shortened(words: &str, most: usize) -> String {
    let words = one_line(words);
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// A CSS string: all but letters, digits and spaces escaped, so that no words can end it.
fn quoted(words: &str) -> String {
    let mut quoted = String::from("\"");
    for one in one_line(words).chars() {
        if one.is_alphanumeric() || one == ' ' {
            quoted.push(one);
        } else {
            quoted.push_str(&format!("\\{:x} ", one as u32));
        }
    }
    quoted.push('"');
    quoted
}
