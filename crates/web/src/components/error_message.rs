//! What is wrong with a field, beside the field.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// Says what to put right, such as "Enter the date on which the contract ends".
#[derive(Clone, Debug, Default)]
pub struct ErrorMessage<'a> {
    /// What to put right.
    pub content: Content,
    /// Its `id`, which the field names in `aria-describedby`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

/// An error message.
pub fn error_message(message: &ErrorMessage) -> Markup {
    html! {
        p id=[present(message.id)] class=(classes(&["govuk-error-message", message.classes])) {
            span class="govuk-visually-hidden" { "Error:" } " " (message.content)
        }
    }
}
