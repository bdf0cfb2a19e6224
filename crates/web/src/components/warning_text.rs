//! Words about what follows from an act, such as a legal consequence.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// A warning.
#[derive(Clone, Debug, Default)]
pub struct WarningText<'a> {
    /// What follows.
    pub content: Content,
    /// What a screen reader says for the sign; "Warning" where empty.
    pub icon_fallback_text: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

impl<C: Into<Content>> From<C> for WarningText<'_> {
    fn from(content: C) -> Self {
        WarningText { content: content.into(), ..WarningText::default() }
    }
}

/// A warning text.
pub fn warning_text(warning: &WarningText) -> Markup {
    html! {
        div class=(classes(&["govuk-warning-text", warning.classes])) {
            span class="govuk-warning-text__icon" aria-hidden="true" { "!" }
            strong class="govuk-warning-text__text" {
                span class="govuk-visually-hidden" { (present(warning.icon_fallback_text).unwrap_or("Warning")) }
                " " (warning.content)
            }
        }
    }
}
