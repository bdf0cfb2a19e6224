//! What is done, said large at the end of a journey.

use maud::{Markup, html};

use super::content::{Content, classes, heading};

/// A confirmation.
#[derive(Clone, Debug, Default)]
pub struct Panel<'a> {
    /// What is done.
    pub title: Content,
    /// More about it, such as a reference.
    pub content: Content,
    /// The level of its heading; 1 where not said.
    pub heading_level: Option<u8>,
    /// Further classes.
    pub classes: &'a str,
}

/// A panel.
pub fn panel(panel: &Panel) -> Markup {
    html! {
        div class=(classes(&["govuk-panel", "govuk-panel--confirmation", panel.classes])) {
            (heading(panel.heading_level.unwrap_or(1), "govuk-panel__title", "", &panel.title))
            @if !panel.content.is_empty() { div class="govuk-panel__body" { (panel.content) } }
        }
    }
}
