//! The HTML writer, on the sample document.

mod write_sample;

use std::collections::BTreeSet;

use penshaw_documents::{Block, Document};
use penshaw_files::write::html;
use write_sample::document;

fn page() -> String {
    html::write(&document())
}

/// The values of an attribute, in order.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_within_the_page_leads_to_an_id_and_no_id_stands_twice() {
    let page = page();
    let ids = attributes(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    let links: Vec<&str> = attributes(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(links.contains(&"source-1") && links.contains(&"main"));
    for link in links {
        assert!(unique.contains(link), "no place for {link}");
    }
    for label in attributes(&page, "aria-labelledby").into_iter().flat_map(str::split_whitespace) {
        assert!(unique.contains(label), "no words for {label}");
    }
}

#[test]
fn the_page_has_one_first_heading_and_never_skips_a_level() {
    let page = page();
    let levels: Vec<u32> = page.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert_eq!(levels[0], 1);
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn tables_have_captions_and_headings_with_a_scope() {
    let page = page();
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
    for heading in page.split("<th ").skip(1) {
        let opening = heading.split('>').next().unwrap_or_default();
        assert!(opening.contains("scope=\""), "{opening}");
    }
    assert_eq!(page.matches("scope=\"rowgroup\"").count(), 2);
}

#[test]
fn words_never_become_markup_and_links_never_run() {
    let page = page();
    assert!(page.contains("&lt;script&gt;"));
    assert!(!page.contains("<script") && !page.contains("javascript:"));
    assert!(!page.contains(['\u{0}', '\u{1b}']));
}

#[test]
fn the_page_asks_nothing_of_a_network() {
    let page = page();
    for asking in ["src=", "@import", "url(", "<link"] {
        assert!(!page.contains(asking), "{asking}");
    }
}

#[test]
fn figures_show_their_confidence_and_lead_to_sources() {
    let page = page();
    assert!(page.contains("£2,345,678 <span class=\"penshaw-support\"><span class=\"penshaw-confidence\">(estimated)"));
    assert!(page.contains("Parameter green_book/standard_discount_rate, value in force from 1 April 2003"));
    assert!(page.contains("Illustrative estate: not for decision"));
}

#[test]
fn sources_are_listed_even_where_no_block_asks_for_them() {
    let mut document = document();
    document.blocks.retain(|block| *block != Block::SourceList);
    document.blocks.pop();
    let fragment = html::fragment(&document).into_string();
    assert!(fragment.contains("id=\"source-1\""));
    let nothing = html::fragment(&Document { title: "T".into(), ..Document::default() }).into_string();
    assert!(!nothing.contains("Sources"));
}

#[test]
fn the_web_may_link_sources_to_its_own_pages() {
    let linked = html::fragment_linked(&document(), &|source| Some(format!("/sources/{}", source.to_string().len())));
    assert!(linked.into_string().contains("<a class=\"govuk-link\" href=\"/sources/6\">SCC: register entry C1</a>"));
}
