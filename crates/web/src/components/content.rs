//! What may stand where words stand: plain text, which is escaped, or markup.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, Render, html};

/// Words for a page. Text becomes content escaped; only [`Markup`] is taken as it is.
///
/// ```
/// use penshaw_web::components::Content;
/// assert_eq!(Content::from("R&D").as_html(), "R&amp;D");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content(String);

impl Content {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its HTML.
    pub fn as_html(&self) -> &str {
        &self.0
    }
}

impl Render for Content {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(&self.0);
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Content(html! { (text) }.into_string())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Cow<'_, str>> for Content {
    fn from(text: Cow<'_, str>) -> Self {
        text.as_ref().into()
    }
}

impl From<Markup> for Content {
    fn from(PreEscaped(html): Markup) -> Self {
        Content(html)
    }
}

impl From<Content> for Markup {
    fn from(content: Content) -> Self {
        PreEscaped(content.0)
    }
}

/// The names of classes in one attribute, empty ones left out.
pub(super) fn classes(names: &[&str]) -> String {
    names.iter().copied().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The attribute's value, or nothing where it is empty.
pub(super) fn present(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}

/// A heading of the level given; levels past 6 do not exist in HTML and are drawn as 6.
pub(super) fn heading(level: u8, class: &str, id: &str, content: &Content) -> Markup {
    let (class, id) = (present(class), present(id));
    match level {
        0 | 1 => html! { h1 class=[class] id=[id] { (content) } },
        2 => html! { h2 class=[class] id=[id] { (content) } },
        3 => html! { h3 class=[class] id=[id] { (content) } },
        4 => html! { h4 class=[class] id=[id] { (content) } },
        5 => html! { h5 class=[class] id=[id] { (content) } },
        _ => html! { h6 class=[class] id=[id] { (content) } },
    }
}
