//! Words set apart from those around them.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// Words set apart.
#[derive(Clone, Debug, Default)]
pub struct InsetText<'a> {
    /// The words.
    pub content: Content,
    /// Its `id`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

impl<C: Into<Content>> From<C> for InsetText<'_> {
    fn from(content: C) -> Self {
        InsetText { content: content.into(), ..InsetText::default() }
    }
}

/// Inset text.
pub fn inset_text(inset: &InsetText) -> Markup {
    html! {
        div id=[present(inset.id)] class=(classes(&["govuk-inset-text", inset.classes])) { (inset.content) }
    }
}
