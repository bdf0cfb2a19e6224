//! What others will see by other choices, before they are saved.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use penshaw_operations::{About, Refusal, SharingExample, SharingPreview};
use penshaw_register::{Field, Projection, SharingChoice, Subtotal};

use super::overview::{many, takes_effect};
use super::{address, words};
use crate::components::{
    Button, Cell, Emphasis, InsetText, Table, Tag, TagColour, WarningText, button, inset_text, scroll_region, table,
    tag, warning_text,
};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::entry_form::with_status;
use crate::problem::{Problem, sentence};
use crate::values;
use crate::viewer::Viewer;

/// Asks for the form again, with what is chosen.
pub(super) const AGAIN: &str = "choose_again";
/// Says that the preview was seen.
const CONFIRM: &str = "confirm";
/// Names the state that the preview showed.
const SEEN: &str = "seen";

/// Choices that somebody has made and not yet saved.
pub(super) struct Proposed<'a> {
    pub(super) body: &'a str,
    pub(super) choices: Vec<SharingChoice>,
    /// What they are about, where it is one kind or entry.
    pub(super) about: Option<About<'a>>,
    /// What was sent, to be sent again with the confirmation.
    pub(super) sent: &'a Form,
    /// Where it is sent.
    pub(super) here: &'a str,
    pub(super) way: Vec<(String, String)>,
}

/// Saves what was looked at, or shows what it would change.
pub(super) async fn propose(viewer: &Viewer, proposed: Proposed<'_>) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let mut is_stale = false;
    if proposed.sent.has(CONFIRM) {
        let seen = proposed.sent.get(SEEN).parse().unwrap_or(-1);
        match operations.share_entries(&viewer.actor, proposed.body, &proposed.choices, Some(seen)).await {
            Ok(()) => return Ok(Redirect::to(&format!("{}?done=shared", address(proposed.body))).into_response()),
            Err(Refusal::ChangedMeanwhile { .. }) => is_stale = true,
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let preview = operations.preview_sharing(&viewer.actor, proposed.body, &proposed.choices, proposed.about).await?;
    let title = "Check what others will see";
    let sheet = Sheet {
        title,
        section: Section::None,
        body: draw(title, &proposed, &preview, is_stale),
        way: proposed.way.clone(),
        ..Sheet::default()
    };
    let page = viewer.page(sheet).await;
    Ok(if is_stale { with_status(StatusCode::CONFLICT, page) } else { page })
}

fn draw(title: &str, proposed: &Proposed<'_>, preview: &SharingPreview, is_stale: bool) -> Markup {
    let changes = preview.before != proposed.choices;
    html! {
        h1.govuk-heading-xl { (title) }
        @if is_stale {
            (inset_text(&InsetText::from("Somebody changed your entries or rules after you looked. Nothing has been saved. Look at it again: this is what would happen now.")))
        }
        p.govuk-body-l {
            @if !changes { "This is what stands already: there is nothing to save." }
            @else if preview.changed == 0 { "The rules change, but the others see every entry as they do now." }
            @else { "The others will see " (many(preview.changed, "entry", "entries")) " otherwise than now." }
        }
        (counts(preview))
        (preview.example.as_ref().map(example).unwrap_or_default())
        (subtotals(&preview.subtotals))
        @for warning in &preview.warnings { (warning_text(&WarningText::from(sentence(warning)))) }
        (rules(preview, &proposed.choices))
        (takes_effect())
        form method="post" action=(proposed.here) {
            (everything_sent(proposed.sent))
            input type="hidden" name=(SEEN) value=(preview.revision);
            div.govuk-button-group {
                @if changes {
                    (button(&Button { name: CONFIRM, value: "yes", ..Button::submit("Save, and share it so from now on") }))
                }
                @if proposed.about.is_some() {
                    (button(&Button { emphasis: Emphasis::Secondary, name: AGAIN, value: "yes", ..Button::submit("Choose otherwise") }))
                }
                a.govuk-link href=(address(proposed.body)) { "Cancel" }
            }
        }
    }
}

fn everything_sent(sent: &Form) -> Markup {
    html! {
        @for (name, value) in sent.0.iter().filter(|(name, _)| ![CONFIRM, SEEN, AGAIN].contains(&name.as_str())) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

/// The kinds of which more or less is shared than now.
fn counts(preview: &SharingPreview) -> Markup {
    let differing = preview.counts.iter().filter(|(_, (before, after))| before != after);
    let rows: Vec<Vec<Cell>> = differing
        .map(|(kind, (before, after))| {
            let numbers = [before.entries, before.shared, after.shared, before.kept_fields, after.kept_fields];
            let cells = numbers.map(|number| Cell::numeric(values::grouped(number as i64)));
            [Cell::from(kind.sheet())].into_iter().chain(cells).collect()
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let heads = ["Entries", "Shared now", "Shared then", "Values kept back now", "Values kept back then"];
    let caption = "How much is shared";
    scroll_region(
        caption,
        &table(&Table {
            caption: caption.into(),
            caption_classes: "govuk-table__caption--m",
            head: [Cell::from("Kind")].into_iter().chain(heads.map(Cell::numeric)).collect(),
            rows,
            first_cell_is_header: true,
            classes: "penshaw-table",
        }),
    )
}

/// One entry, whole, as it is seen now and as it will be.
fn example(example: &SharingExample) -> Markup {
    let record = &example.record;
    let held = record.kind.fields().iter().filter(|field| record.fields.contains_key(field.name));
    let rows = held.map(|field| {
        let own = record.fields.get(field.name).map(|value| values::shown(field, value)).unwrap_or_default();
        let (now, then) = (seen(&example.before, field), seen(&example.after, field));
        let differs = now.0 != then.0;
        vec![
            field.label.into(),
            own.into(),
            now.1.into(),
            html! { (then.1) @if differs { " " (tag(&Tag::new("Changes", TagColour::Yellow))) } }.into(),
        ]
    });
    let caption = format!("For example: {} ({})", values::title(record), record.reference);
    scroll_region(
        &caption,
        &table(&Table {
            caption: caption.as_str().into(),
            caption_classes: "govuk-table__caption--m",
            head: vec!["Field".into(), "You hold".into(), "Others see now".into(), "Others will see".into()],
            rows: rows.collect(),
            first_cell_is_header: true,
            classes: "penshaw-table",
        }),
    )
}

/// What others see of a field: in words to compare, and drawn.
fn seen(projection: &Projection, field: &Field) -> (String, Markup) {
    let value = projection.shared.as_ref().and_then(|shared| shared.fields.get(field.name));
    let quiet = |words: &str| (words.to_owned(), html! { span.penshaw-quiet { (words) } });
    match (value, projection.bands.get(field.name)) {
        (Some(value), _) => {
            let words = values::shown(field, value);
            (words.clone(), html! { (words) })
        }
        (None, Some(band)) => quiet(&format!("The band {band}")),
        (None, None) if projection.subtotalled.iter().any(|name| name == field.name) => quiet("Only in a subtotal"),
        (None, None) if projection.shared.is_none() => quiet("Nothing"),
        (None, None) => quiet("That it is kept back"),
    }
}

fn subtotals(subtotals: &[Subtotal]) -> Markup {
    html! {
        @if !subtotals.is_empty() {
            h2.govuk-heading-m { "Subtotals that others will see" }
            ul.govuk-list.govuk-list--bullet {
                @for one in subtotals {
                    li {
                        (one.kind.sheet()) ", " (one.kind.field(&one.field).map_or(one.field.as_str(), |field| field.label))
                        @if let Some(year) = one.year { ", " (year) }
                        ": " (one.sum) " in " (one.entries) " entries"
                    }
                }
            }
        }
    }
}

/// The rules as they will stand, with those that are new, and those that go.
fn rules(preview: &SharingPreview, choices: &[SharingChoice]) -> Markup {
    let gone: Vec<&SharingChoice> = preview.before.iter().filter(|rule| !choices.contains(rule)).collect();
    html! {
        h2.govuk-heading-m { "The rules as they will stand, in order" }
        @if choices.is_empty() { p.govuk-body { "None: nothing will be shared." } }
        @else {
            ol.govuk-list.govuk-list--number {
                @for choice in choices {
                    li { (words::rule(choice)) @if !preview.before.contains(choice) { " " (tag(&Tag::new("New", TagColour::Teal))) } }
                }
            }
        }
        @if !gone.is_empty() {
            p.govuk-body { "These rules go:" }
            ul.govuk-list.govuk-list--bullet { @for choice in gone { li { (words::rule(choice)) } } }
        }
    }
}
