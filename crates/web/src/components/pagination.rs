//! The pages of a long list, or the page before and the page after.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// A link to the page before or after.
#[derive(Clone, Debug, Default)]
pub struct PaginationLink {
    /// Where it leads.
    pub href: String,
    /// Its words; "Previous page" or "Next page" where empty.
    pub content: Content,
    /// What that page is called; shown only without numbers.
    pub label: String,
}

impl PaginationLink {
    /// A link with the usual words.
    pub fn new(href: impl Into<String>) -> Self {
        PaginationLink { href: href.into(), ..PaginationLink::default() }
    }
}

/// One place in the row of numbers.
#[derive(Clone, Debug)]
pub enum PaginationItem {
    /// A page.
    Page {
        /// Its number as shown.
        number: String,
        /// Its address.
        href: String,
        /// Whether it is the one that is open.
        current: bool,
        /// What a screen reader says; "Page" and the number where empty.
        label: String,
    },
    /// Pages that are left out.
    Ellipsis,
}

/// The pages of a list.
#[derive(Clone, Debug, Default)]
pub struct Pagination<'a> {
    /// The page before.
    pub previous: Option<PaginationLink>,
    /// The page after.
    pub next: Option<PaginationLink>,
    /// The numbers; without any, the links stand one above the other.
    pub items: Vec<PaginationItem>,
    /// What a screen reader calls it; "Pagination" where empty.
    pub landmark_label: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

impl Pagination<'_> {
    /// The first page, the last, and those beside the current one; the rest is left out.
    /// `href` gives the address of a page. Pages count from 1.
    pub fn numbered(current: usize, pages: usize, href: impl Fn(usize) -> String) -> Self {
        let page = |number: usize| PaginationItem::Page {
            number: number.to_string(),
            href: href(number),
            current: number == current,
            label: String::new(),
        };
        let mut items = Vec::new();
        let mut last = 0;
        for number in (1..=pages).filter(|&number| is_shown(number, current, pages)) {
            match number - last {
                1 => {}
                // One page left out takes as much room as the ellipsis would.
                2 => items.push(page(number - 1)),
                _ => items.push(PaginationItem::Ellipsis),
            }
            items.push(page(number));
            last = number;
        }
        let link = |wanted: bool, number: usize| wanted.then(|| PaginationLink::new(href(number)));
        Pagination {
            previous: link(current > 1, current.saturating_sub(1)),
            next: link(current < pages, current + 1),
            items,
            ..Pagination::default()
        }
    }
}

fn is_shown(number: usize, current: usize, pages: usize) -> bool {
    number == 1 || number == pages || number.abs_diff(current) <= 1
}

/// Pagination.
pub fn pagination(pagination: &Pagination) -> Markup {
    let block = pagination.items.is_empty();
    let block_class = if block { "govuk-pagination--block" } else { "" };
    html! {
        nav class=(classes(&["govuk-pagination", block_class, pagination.classes]))
            aria-label=(present(pagination.landmark_label).unwrap_or("Pagination")) {
            @if let Some(link) = &pagination.previous { (previous(link, block)) }
            @if !block {
                ul class="govuk-pagination__list" { @for item in &pagination.items { (place(item)) } }
            }
            @if let Some(link) = &pagination.next { (next(link, block)) }
        }
    }
}

fn previous(link: &PaginationLink, block: bool) -> Markup {
    html! {
        div class="govuk-pagination__prev" {
            a class="govuk-link govuk-pagination__link" href=(link.href) rel="prev" {
                (previous_arrow()) (words(link, "Previous", block))
            }
        }
    }
}

fn next(link: &PaginationLink, block: bool) -> Markup {
    html! {
        div class="govuk-pagination__next" {
            a class="govuk-link govuk-pagination__link" href=(link.href) rel="next" {
                @if block { (next_arrow()) }
                (words(link, "Next", block))
                @if !block { (next_arrow()) }
            }
        }
    }
}

fn words(link: &PaginationLink, usual: &str, block: bool) -> Markup {
    let decorated = if block && link.label.is_empty() { "govuk-pagination__link-title--decorated" } else { "" };
    html! {
        span class=(classes(&["govuk-pagination__link-title", decorated])) {
            @if link.content.is_empty() { (usual) span class="govuk-visually-hidden" { " page" } }
            @else { (link.content) }
        }
        @if block && !link.label.is_empty() {
            span class="govuk-visually-hidden" { ":" }
            span class="govuk-pagination__link-label" { (link.label) }
        }
    }
}

fn place(item: &PaginationItem) -> Markup {
    match item {
        PaginationItem::Ellipsis => html! {
            li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" }
        },
        PaginationItem::Page { number, href, current, label } => {
            let label = if label.is_empty() { format!("Page {number}") } else { label.clone() };
            let class = if *current { "govuk-pagination__item--current" } else { "" };
            html! {
                li class=(classes(&["govuk-pagination__item", class])) {
                    a class="govuk-link govuk-pagination__link" href=(href) aria-label=(label)
                        aria-current=[current.then_some("page")] { (number) }
                }
            }
        }
    }
}

fn previous_arrow() -> Markup {
    let path = "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z";
    arrow("govuk-pagination__icon govuk-pagination__icon--prev", path)
}

fn next_arrow() -> Markup {
    let path = "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z";
    arrow("govuk-pagination__icon govuk-pagination__icon--next", path)
}

fn arrow(class: &str, path: &str) -> Markup {
    html! {
        svg class=(class) xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true"
            focusable="false" viewBox="0 0 15 13" { path d=(path) {} }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(current: usize, pages: usize) -> String {
        let numbered = Pagination::numbered(current, pages, |number| format!("?page={number}"));
        let words = numbered.items.iter().map(|item| match item {
            PaginationItem::Page { number, current: true, .. } => format!("[{number}]"),
            PaginationItem::Page { number, .. } => number.clone(),
            PaginationItem::Ellipsis => "…".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_long_list_shows_its_ends_and_the_neighbours_of_the_current_page() {
        assert_eq!(shown(7, 18), "1 … 6 [7] 8 … 18");
    }

    #[test]
    fn a_single_page_left_out_is_shown_instead_of_the_ellipsis() {
        assert_eq!(shown(4, 7), "1 2 3 [4] 5 6 7");
        assert_eq!(shown(5, 9), "1 … 4 [5] 6 … 9");
    }

    #[test]
    fn the_ends_have_no_page_before_or_after() {
        let only = Pagination::numbered(1, 1, |number| number.to_string());
        assert!(only.previous.is_none() && only.next.is_none());
        assert_eq!(shown(1, 1), "[1]");
    }
}
