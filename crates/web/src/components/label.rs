//! The label of a field.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// What a field is called on the page.
#[derive(Clone, Debug, Default)]
pub struct Label<'a> {
    /// Its words; with none, no label is drawn.
    pub content: Content,
    /// The `id` of the field. A field's own component fills this in.
    pub for_id: &'a str,
    /// Further classes, such as `govuk-label--m`.
    pub classes: &'a str,
    /// Whether it is also the heading of the page, for a page that asks one thing.
    pub is_page_heading: bool,
}

impl Label<'_> {
    /// A label that is also the large heading of the page.
    pub fn page_heading(content: impl Into<Content>) -> Self {
        Label { content: content.into(), classes: "govuk-label--l", is_page_heading: true, ..Label::default() }
    }
}

impl<C: Into<Content>> From<C> for Label<'_> {
    fn from(content: C) -> Self {
        Label { content: content.into(), ..Label::default() }
    }
}

/// A label.
pub fn label(label: &Label) -> Markup {
    if label.content.is_empty() {
        return html! {};
    }
    let drawn = html! {
        label class=(classes(&["govuk-label", label.classes])) for=[present(label.for_id)] { (label.content) }
    };
    html! {
        @if label.is_page_heading { h1 class="govuk-label-wrapper" { (drawn) } } @else { (drawn) }
    }
}
