//! Help that opens where it is wanted.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// Words behind a summary.
#[derive(Clone, Debug, Default)]
pub struct Details<'a> {
    /// What is always shown.
    pub summary: Content,
    /// What opens.
    pub content: Content,
    /// Whether it is open at first.
    pub open: bool,
    /// Its `id`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

impl Details<'_> {
    /// Closed details.
    pub fn new(summary: impl Into<Content>, content: impl Into<Content>) -> Self {
        Details { summary: summary.into(), content: content.into(), ..Details::default() }
    }
}

/// Details.
pub fn details(details: &Details) -> Markup {
    html! {
        details id=[present(details.id)] class=(classes(&["govuk-details", details.classes])) open[details.open] {
            summary class="govuk-details__summary" {
                span class="govuk-details__summary-text" { (details.summary) }
            }
            div class="govuk-details__text" { (details.content) }
        }
    }
}
