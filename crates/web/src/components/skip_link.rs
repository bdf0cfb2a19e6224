//! A link past the navigation, shown to whoever moves by keyboard.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// A link past the navigation.
#[derive(Clone, Debug, Default)]
pub struct SkipLink<'a> {
    /// Its words.
    pub content: Content,
    /// The address of the main content; `#content` where empty.
    pub href: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// A skip link.
pub fn skip_link(link: &SkipLink) -> Markup {
    html! {
        a href=(present(link.href).unwrap_or("#content")) class=(classes(&["govuk-skip-link", link.classes]))
            data-module="govuk-skip-link" { (link.content) }
    }
}
