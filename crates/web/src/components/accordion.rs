//! Sections that open and close.

use maud::{Markup, html};

use super::content::{Content, classes, heading};

/// One section.
#[derive(Clone, Debug, Default)]
pub struct AccordionSection {
    /// Its heading.
    pub heading: Content,
    /// A line under the heading.
    pub summary: Content,
    /// What opens.
    pub content: Content,
    /// Whether it is open at first.
    pub expanded: bool,
}

/// Sections that open and close; without scripts all are open.
#[derive(Clone, Debug, Default)]
pub struct Accordion<'a> {
    /// Its `id`, unlike any other's: what is open is remembered under it.
    pub id: &'a str,
    /// The sections.
    pub items: Vec<AccordionSection>,
    /// The level of the headings; 2 where not said.
    pub heading_level: Option<u8>,
    /// Whether what is open is remembered; not mentioned where not said.
    pub remember_expanded: Option<bool>,
    /// Further classes.
    pub classes: &'a str,
}

/// An accordion.
pub fn accordion(accordion: &Accordion) -> Markup {
    html! {
        div class=(classes(&["govuk-accordion", accordion.classes])) data-module="govuk-accordion" id=(accordion.id)
            data-remember-expanded=[accordion.remember_expanded] {
            @for (index, item) in accordion.items.iter().enumerate() { (section(accordion, item, index + 1)) }
        }
    }
}

fn section(accordion: &Accordion, item: &AccordionSection, number: usize) -> Markup {
    let expanded = if item.expanded { "govuk-accordion__section--expanded" } else { "" };
    let id = accordion.id;
    let button = html! {
        span class="govuk-accordion__section-button" id={ (id) "-heading-" (number) } { (item.heading) }
    };
    let level = accordion.heading_level.unwrap_or(2);
    html! {
        div class=(classes(&["govuk-accordion__section", expanded])) {
            div class="govuk-accordion__section-header" {
                (heading(level, "govuk-accordion__section-heading", "", &button.into()))
                @if !item.summary.is_empty() {
                    div class="govuk-accordion__section-summary govuk-body" id={ (id) "-summary-" (number) } {
                        (item.summary)
                    }
                }
            }
            div id={ (id) "-content-" (number) } class="govuk-accordion__section-content" { (item.content) }
        }
    }
}
