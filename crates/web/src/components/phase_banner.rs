//! Says that a service is not finished.

use maud::{Markup, html};

use super::content::{Content, classes};
use super::tag::{Tag, tag};

/// How far a service has come.
#[derive(Clone, Debug, Default)]
pub struct PhaseBanner<'a> {
    /// The phase, such as "Beta".
    pub tag: Tag<'a>,
    /// What it means to the reader.
    pub content: Content,
    /// Further classes.
    pub classes: &'a str,
}

/// A phase banner.
pub fn phase_banner(banner: &PhaseBanner) -> Markup {
    let tag_classes = classes(&["govuk-phase-banner__content__tag", banner.tag.classes]);
    html! {
        div class=(classes(&["govuk-phase-banner", "govuk-width-container", banner.classes])) {
            p class="govuk-phase-banner__content" {
                (tag(&Tag { classes: &tag_classes, ..banner.tag.clone() }))
                span class="govuk-phase-banner__text" { (banner.content) }
            }
        }
    }
}
