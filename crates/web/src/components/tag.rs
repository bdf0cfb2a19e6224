//! The state of a thing in a word or two.

use maud::{Markup, html};

use super::content::{Content, classes};

/// The colour of a tag. The words carry the meaning; the colour only helps to find them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum TagColour {
    /// The usual colour.
    #[default]
    Blue,
    /// Not begun, closed, no longer current.
    Grey,
    /// New.
    Teal,
    /// Done, in force.
    Green,
    /// Received, waiting for somebody else.
    Purple,
    /// Sent.
    Magenta,
    /// Refused, urgent.
    Red,
    /// Declined, at risk.
    Orange,
    /// Delayed, needs a look.
    Yellow,
}

impl TagColour {
    fn class(self) -> &'static str {
        match self {
            TagColour::Blue => "",
            TagColour::Grey => "govuk-tag--grey",
            TagColour::Teal => "govuk-tag--teal",
            TagColour::Green => "govuk-tag--green",
            TagColour::Purple => "govuk-tag--purple",
            TagColour::Magenta => "govuk-tag--magenta",
            TagColour::Red => "govuk-tag--red",
            TagColour::Orange => "govuk-tag--orange",
            TagColour::Yellow => "govuk-tag--yellow",
        }
    }
}

/// The state of a thing.
#[derive(Clone, Debug, Default)]
pub struct Tag<'a> {
    /// Its words.
    pub content: Content,
    /// Its colour.
    pub colour: TagColour,
    /// Further classes.
    pub classes: &'a str,
}

impl Tag<'_> {
    /// A tag with words and a colour.
    pub fn new(content: impl Into<Content>, colour: TagColour) -> Self {
        Tag { content: content.into(), colour, classes: "" }
    }
}

/// A tag.
pub fn tag(tag: &Tag) -> Markup {
    html! { strong class=(classes(&["govuk-tag", tag.colour.class(), tag.classes])) { (tag.content) } }
}
