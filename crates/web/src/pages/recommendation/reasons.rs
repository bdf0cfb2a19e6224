//! Why it is recommended: reasons, alternatives, areas and tests, each with what it rests on.

use std::collections::BTreeMap;

use maud::{Markup, html};
use penshaw_basis::Source;
use serde_json::Value;

use super::sources_of;
use crate::components::{Cell, Details, Table, Tag, TagColour, details, scroll_region, table, tag};
use crate::pages::analyses::sources::Linked;
use crate::problem::sentence;
use crate::values;

/// What sources are called and where they can be read.
pub(super) struct Cited {
    pub(super) linked: Linked,
    pub(super) titles: BTreeMap<Source, String>,
}

impl Cited {
    /// What something rests on, behind a line that says how much that is.
    fn rests_on(&self, of: &Value, what: &str) -> Markup {
        let sources = sources_of(of);
        if sources.is_empty() {
            return html! {};
        }
        let listed = html! {
            ul.govuk-list.govuk-list--bullet { @for source in &sources { li { (self.source(source)) } } }
        };
        let count = if sources.len() == 1 { "1 source".to_owned() } else { format!("{} sources", sources.len()) };
        let summary = html! { (count) span.govuk-visually-hidden { " of " (what) } };
        details(&Details { classes: "penshaw-rests-on", ..Details::new(summary, listed) })
    }

    fn source(&self, source: &Source) -> Markup {
        let words = match source {
            Source::Publication { title, .. } => title.clone(),
            source => self.titles.get(source).cloned().unwrap_or_else(|| source.to_string()),
        };
        let address = self.linked.address(source).filter(|address| is_page(address));
        html! {
            @match address {
                Some(address) => a.govuk-link href=(address) { (words) },
                None => (words),
            }
        }
    }
}

/// Whether an address is that of a page, here or elsewhere, and no script.
fn is_page(address: &str) -> bool {
    ["/", "https://", "http://"].iter().any(|begins| address.starts_with(begins))
}

fn each<'a>(recommended: &'a Value, part: &str) -> &'a [Value] {
    recommended[part].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

/// The reasons, each with its figures and what they rest on.
pub(super) fn reasons(recommended: &Value, cited: &Cited) -> Markup {
    html! {
        section.penshaw-part aria-labelledby="reasons" {
            h2.govuk-heading-l id="reasons" { "Why" }
            ul.govuk-list.govuk-list--spaced.penshaw-reasons {
                @for reason in each(recommended, "reasons") {
                    li { p.govuk-body { (sentence(text(reason, "text"))) } (cited.rests_on(reason, "this reason")) }
                }
            }
        }
    }
}

/// The options that are not recommended, and why.
pub(super) fn alternatives(recommended: &Value, cited: &Cited) -> Markup {
    html! {
        section.penshaw-part aria-labelledby="alternatives" {
            h2.govuk-heading-l id="alternatives" { "What was rejected, and why" }
            @for rejected in each(recommended, "rejected") {
                h3.govuk-heading-s { (values::capital(text(rejected, "name"))) }
                p.govuk-body { (sentence(text(rejected, "reason"))) }
                (cited.rests_on(rejected, text(rejected, "name")))
            }
        }
    }
}

/// The areas of joint work, each by its own evidence.
pub(super) fn areas(recommended: &Value, cited: &Cited) -> Markup {
    let areas = each(recommended, "areas");
    if areas.is_empty() {
        return html! {};
    }
    let row = |area: &Value| -> Vec<Cell> {
        let stands = area["stands"] == true;
        let tagged = if stands { Tag::new("Stands", TagColour::Green) } else { Tag::new("Does not", TagColour::Grey) };
        vec![
            values::capital(text(area, "name")).into(),
            tag(&tagged).into(),
            html! {
                (sentence(text(area, "why")))
                @if area["officers_judgement"] == true { " " span.penshaw-quiet { "Officers judge it: no analysis answers for it yet." } }
                @else if let Some(judge) = penshaw_analyses::find(text(area, "judged_by")) {
                    br;
                    a.govuk-link href=(format!("/analyses/{}", judge.name)) { (judge.question) }
                }
                (cited.rests_on(area, text(area, "name")))
            }
            .into(),
        ]
    };
    let drawn = table(&Table {
        caption: "Areas of joint work".into(),
        caption_classes: "govuk-visually-hidden",
        head: vec![Cell::from("Area"), "By its own evidence".into(), "Why".into()],
        rows: areas.iter().map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        section.penshaw-part aria-labelledby="areas" {
            h2.govuk-heading-l id="areas" { "Areas of joint work" }
            (scroll_region("Each area, as a table", &drawn))
        }
    }
}

/// Every test of every option that would join the services.
pub(super) fn tests(recommended: &Value, options: &Value, cited: &Cited) -> Markup {
    let tests = each(recommended, "tests");
    if tests.is_empty() {
        return html! {};
    }
    let row = |test: &Value| -> Vec<Cell> {
        let answer = match text(test, "answer") {
            "passes" => Tag::new("Passes", TagColour::Green),
            "fails" => Tag::new("Fails", TagColour::Red),
            _ => Tag::new("Not known", TagColour::Yellow),
        };
        vec![
            html! { (text(test, "asks")) br; span.penshaw-quiet { (option_name(options, text(test, "option"))) } }
                .into(),
            text(test, "needed").into(),
            html! { (text(test, "found")) (cited.rests_on(test, text(test, "asks"))) }.into(),
            tag(&answer).into(),
        ]
    };
    let drawn = table(&Table {
        caption: "The options against the thresholds".into(),
        caption_classes: "govuk-visually-hidden",
        head: vec![Cell::from("What is asked"), "Needed".into(), "Found".into(), "Answer".into()],
        rows: tests.iter().map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        section.penshaw-part aria-labelledby="tests" {
            h2.govuk-heading-l id="tests" { "The options against the thresholds" }
            (scroll_region("Each test, as a table", &drawn))
        }
    }
}

/// What an option is called, or its reference where it was not appraised.
fn option_name<'a>(options: &'a Value, reference: &'a str) -> &'a str {
    let found = options.as_array().into_iter().flatten().find(|option| option["reference"] == reference);
    found.and_then(|option| option["name"].as_str()).unwrap_or(reference)
}

/// What would reopen the question.
pub(super) fn reopen(recommended: &Value) -> Markup {
    let conditions = each(recommended, "reopen_if");
    html! {
        @if !conditions.is_empty() {
            section.penshaw-part aria-labelledby="reopen" {
                h2.govuk-heading-l id="reopen" { "What would reopen the question" }
                ul.govuk-list.govuk-list--bullet {
                    @for condition in conditions { li { (sentence(condition.as_str().unwrap_or_default())) } }
                }
            }
        }
    }
}
