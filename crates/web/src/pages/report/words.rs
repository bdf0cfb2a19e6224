//! The sections in officers' own words, each beside what the newest report prints there.

use std::collections::BTreeMap;

use maud::{Markup, html};
use penshaw_operations::{WORDED, Worded};

use super::about::Writing;
use super::draft::words_field;
use crate::layout::field_id;

/// Every section that takes officers' words, beside its live text.
pub(super) fn fields(writing: &Writing<'_>, live: &BTreeMap<String, Markup>) -> Markup {
    html! { @for worded in WORDED { (section(worded, writing, live.get(worded.number))) } }
}

fn section(worded: &Worded, writing: &Writing<'_>, live: Option<&Markup>) -> Markup {
    let name = words_field(worded.number);
    let id = field_id(&name);
    let rows = if worded.number.contains('.') { 5 } else { 12 };
    let label = format!("Your words for section {}", worded.number);
    let beside = format!("Section {} as the newest report prints it", worded.number);
    html! {
        section.penshaw-written aria-labelledby=(format!("section-{id}")) {
            h3.govuk-heading-m id=(format!("section-{id}")) { (worded.number) " " (worded.title) }
            div.penshaw-beside {
                div { (writing.words(&name, &id, &label, worded.about, rows)) }
                div {
                    p.penshaw-live__label { "As the newest report prints it" }
                    @match live {
                        Some(live) => div.penshaw-live role="region" aria-label=(beside) tabindex="0" { (live) },
                        None => p.govuk-body.penshaw-quiet { "The newest report prints nothing here." },
                    }
                }
            }
        }
    }
}
