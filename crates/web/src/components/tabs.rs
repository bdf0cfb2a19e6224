//! Several views of one thing, one shown at a time.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// One view.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Its name.
    pub label: Content,
    /// Its `id`, by which a link can open it.
    pub id: String,
    /// What it shows.
    pub panel: Content,
}

impl Tab {
    /// A view.
    pub fn new(id: impl Into<String>, label: impl Into<Content>, panel: impl Into<Content>) -> Self {
        Tab { label: label.into(), id: id.into(), panel: panel.into() }
    }
}

/// Several views. Without scripts they stand one under the other.
#[derive(Clone, Debug, Default)]
pub struct Tabs<'a> {
    /// The heading of the list where scripts do not run; "Contents" where empty.
    pub title: Content,
    /// The views.
    pub items: Vec<Tab>,
    /// Its `id`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// Tabs.
pub fn tabs(tabs: &Tabs) -> Markup {
    html! {
        div id=[present(tabs.id)] class=(classes(&["govuk-tabs", tabs.classes])) data-module="govuk-tabs" {
            h2 class="govuk-tabs__title" {
                @if tabs.title.is_empty() { "Contents" } @else { (tabs.title) }
            }
            @if !tabs.items.is_empty() {
                ul class="govuk-tabs__list" {
                    @for (index, item) in tabs.items.iter().enumerate() { (entry(item, index == 0)) }
                }
            }
            @for (index, item) in tabs.items.iter().enumerate() { (panel(item, index == 0)) }
        }
    }
}

fn entry(item: &Tab, first: bool) -> Markup {
    let selected = if first { "govuk-tabs__list-item--selected" } else { "" };
    html! {
        li class=(classes(&["govuk-tabs__list-item", selected])) {
            a class="govuk-tabs__tab" href={ "#" (item.id) } { (item.label) }
        }
    }
}

fn panel(item: &Tab, first: bool) -> Markup {
    let hidden = if first { "" } else { "govuk-tabs__panel--hidden" };
    html! { div class=(classes(&["govuk-tabs__panel", hidden])) id=(item.id) { (item.panel) } }
}
