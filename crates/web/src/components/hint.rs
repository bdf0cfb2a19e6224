//! Help under a field's label.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// Words that help with a question.
#[derive(Clone, Debug, Default)]
pub struct Hint<'a> {
    /// The help.
    pub content: Content,
    /// Its `id`, which the field names in `aria-describedby`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// A hint.
pub fn hint(hint: &Hint) -> Markup {
    html! {
        div id=[present(hint.id)] class=(classes(&["govuk-hint", hint.classes])) { (hint.content) }
    }
}
