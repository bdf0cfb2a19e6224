//! Everything that is wrong with a form, above its heading.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// One thing that is wrong, and the field to put it right in.
#[derive(Clone, Debug, Default)]
pub struct ErrorItem {
    /// What to put right: the same words as beside the field.
    pub content: Content,
    /// The field's address, such as `#ends-on-day`; none where no field is at fault.
    pub href: String,
}

impl ErrorItem {
    /// An error of the field with this `id`.
    pub fn of_field(id: &str, content: impl Into<Content>) -> Self {
        ErrorItem { content: content.into(), href: format!("#{id}") }
    }
}

/// All errors of a page.
#[derive(Clone, Debug, Default)]
pub struct ErrorSummary<'a> {
    /// The heading; "There is a problem" where empty.
    pub title: Content,
    /// Words before the list.
    pub description: Content,
    /// The errors, in the order of the fields.
    pub items: Vec<ErrorItem>,
    /// Whether the summary is not to take the focus when the page opens; not mentioned where not said.
    pub disable_auto_focus: Option<bool>,
    /// Further classes.
    pub classes: &'a str,
}

/// An error summary.
pub fn error_summary(summary: &ErrorSummary) -> Markup {
    html! {
        div class=(classes(&["govuk-error-summary", summary.classes]))
            data-disable-auto-focus=[summary.disable_auto_focus] data-module="govuk-error-summary" {
            // The alert is a child: on the element that takes the focus it would be read out twice or cut short.
            div role="alert" {
                h2 class="govuk-error-summary__title" {
                    @if summary.title.is_empty() { "There is a problem" } @else { (summary.title) }
                }
                div class="govuk-error-summary__body" {
                    @if !summary.description.is_empty() { p { (summary.description) } }
                    @if !summary.items.is_empty() { (list(&summary.items)) }
                }
            }
        }
    }
}

fn list(items: &[ErrorItem]) -> Markup {
    html! {
        ul class="govuk-list govuk-error-summary__list" {
            @for item in items {
                li {
                    @if let Some(href) = present(&item.href) { a href=(href) { (item.content) } }
                    @else { (item.content) }
                }
            }
        }
    }
}
