//! Fields that answer one question together.

use maud::{Markup, PreEscaped, html};

use super::content::{Content, classes, present};

/// The question that a group of fields answers.
#[derive(Clone, Debug, Default)]
pub struct Legend<'a> {
    /// The question; with none, no legend is drawn.
    pub content: Content,
    /// Further classes, such as `govuk-fieldset__legend--m`.
    pub classes: &'a str,
    /// Whether it is also the heading of the page.
    pub is_page_heading: bool,
}

impl Legend<'_> {
    /// A legend that is also the large heading of the page.
    pub fn page_heading(content: impl Into<Content>) -> Self {
        Legend { content: content.into(), classes: "govuk-fieldset__legend--l", is_page_heading: true }
    }

    /// A legend of middling size, for a group among others on a page.
    pub fn medium(content: impl Into<Content>) -> Self {
        Legend { content: content.into(), classes: "govuk-fieldset__legend--m", is_page_heading: false }
    }
}

impl<C: Into<Content>> From<C> for Legend<'_> {
    fn from(content: C) -> Self {
        Legend { content: content.into(), ..Legend::default() }
    }
}

/// A group of fields with its legend.
#[derive(Clone, Debug)]
pub struct Fieldset<'a> {
    /// The question.
    pub legend: Legend<'a>,
    /// The `id`s of what describes the group.
    pub described_by: &'a str,
    /// An ARIA role, such as `group`.
    pub role: &'a str,
    /// Further classes.
    pub classes: &'a str,
    /// The fields.
    pub body: Markup,
}

impl Default for Fieldset<'_> {
    fn default() -> Self {
        let body = PreEscaped(String::new());
        Fieldset { legend: Legend::default(), described_by: "", role: "", classes: "", body }
    }
}

/// A fieldset.
pub fn fieldset(fieldset: &Fieldset) -> Markup {
    html! {
        fieldset class=(classes(&["govuk-fieldset", fieldset.classes])) role=[present(fieldset.role)]
            aria-describedby=[present(fieldset.described_by)] {
            (legend(&fieldset.legend))
            (fieldset.body)
        }
    }
}

fn legend(legend: &Legend) -> Markup {
    html! {
        @if !legend.content.is_empty() {
            legend class=(classes(&["govuk-fieldset__legend", legend.classes])) {
                @if legend.is_page_heading { h1 class="govuk-fieldset__heading" { (legend.content) } }
                @else { (legend.content) }
            }
        }
    }
}
