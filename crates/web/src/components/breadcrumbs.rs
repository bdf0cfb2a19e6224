//! Where a page stands among the others.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// One step of the way to a page.
#[derive(Clone, Debug, Default)]
pub struct Breadcrumb {
    /// The page's name.
    pub content: Content,
    /// Its address; none for the page that is open.
    pub href: String,
}

impl Breadcrumb {
    /// A step with its address.
    pub fn new(content: impl Into<Content>, href: impl Into<String>) -> Self {
        Breadcrumb { content: content.into(), href: href.into() }
    }
}

/// The way from the start to a page.
#[derive(Clone, Debug, Default)]
pub struct Breadcrumbs<'a> {
    /// The steps, the start first.
    pub items: Vec<Breadcrumb>,
    /// Whether a phone shows only the first and the last.
    pub collapse_on_mobile: bool,
    /// What a screen reader calls the list; "Breadcrumb" where empty.
    pub label: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// Breadcrumbs.
pub fn breadcrumbs(breadcrumbs: &Breadcrumbs) -> Markup {
    let collapse = if breadcrumbs.collapse_on_mobile { "govuk-breadcrumbs--collapse-on-mobile" } else { "" };
    html! {
        nav class=(classes(&["govuk-breadcrumbs", breadcrumbs.classes, collapse]))
            aria-label=(present(breadcrumbs.label).unwrap_or("Breadcrumb")) {
            ol class="govuk-breadcrumbs__list" { @for item in &breadcrumbs.items { (step(item)) } }
        }
    }
}

fn step(item: &Breadcrumb) -> Markup {
    html! {
        @if item.href.is_empty() {
            li class="govuk-breadcrumbs__list-item" aria-current="page" { (item.content) }
        } @else {
            li class="govuk-breadcrumbs__list-item" {
                a class="govuk-breadcrumbs__link" href=(item.href) { (item.content) }
            }
        }
    }
}
