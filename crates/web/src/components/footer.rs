//! The foot of every page.

use maud::{Markup, html};

use super::content::Content;

/// The foot of a page: links, and who runs the service. It bears neither crown nor licence mark.
#[derive(Clone, Debug, Default)]
pub struct Footer {
    /// The links, each with its address.
    pub links: Vec<(Content, String)>,
    /// Words under the links.
    pub note: Content,
}

/// A footer.
pub fn footer(footer: &Footer) -> Markup {
    html! {
        div class="govuk-footer" {
            div class="govuk-width-container" {
                div class="govuk-footer__meta" {
                    div class="govuk-footer__meta-item govuk-footer__meta-item--grow" {
                        h2 class="govuk-visually-hidden" { "Support links" }
                        ul class="govuk-footer__inline-list" {
                            @for (words, href) in &footer.links {
                                li class="govuk-footer__inline-list-item" {
                                    a class="govuk-footer__link" href=(href) { (words) }
                                }
                            }
                        }
                        @if !footer.note.is_empty() { div class="govuk-footer__meta-custom" { (footer.note) } }
                    }
                }
            }
        }
    }
}
