//! A link to where the reader came from, above the heading.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// A link back.
#[derive(Clone, Debug, Default)]
pub struct BackLink<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// Its words; "Back" where empty.
    pub content: Content,
    /// Further classes.
    pub classes: &'a str,
}

/// A back link.
pub fn back_link(link: &BackLink) -> Markup {
    html! {
        a href=(present(link.href).unwrap_or("#")) class=(classes(&["govuk-back-link", link.classes])) {
            @if link.content.is_empty() { "Back" } @else { (link.content) }
        }
    }
}
