//! What a person sees whose table holds rows that somebody else saved meanwhile: both versions of each.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use penshaw_operations::{Conflict, Invalid, TableRow};
use penshaw_register::Record;

use super::rows::named;
use super::{MORE_ROWS, MORE_YEARS, Sheetful};
use crate::components::{Button, Cell, Choice, Legend, Radios, Table, button, radios, scroll_region, table};
use crate::form::Form;
use crate::layout::{Section, Sheet, error_of, field_id};
use crate::pages::entry_form::{differing, way_to, with_status};
use crate::problem::Problem;
use crate::viewer::Viewer;

/// Asks of each row that changed whose version is to stand.
pub(super) async fn page(
    viewer: &Viewer,
    sheetful: &Sheetful<'_>,
    sent: &Form,
    to_save: &[TableRow],
    places: &[usize],
) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let found = operations.table_conflicts(&viewer.actor, sheetful.owner, sheetful.kind, to_save).await?;
    let asked_before = sent.has("settling");
    let wrong: Vec<Invalid> = found
        .iter()
        .filter(|_| asked_before)
        .filter_map(|conflict| places.get(conflict.row))
        .map(|place| Invalid::new(named(*place, "settle"), "Select which version to keep"))
        .collect();
    let title = "Somebody else saved some of these rows while you were editing";
    let sheet = Sheet {
        title,
        section: Section::Estate,
        way: way_to(sheetful.kind, None),
        errors: &wrong,
        body: draw(title, sheetful, sent, &asking(&found, to_save, places), &wrong),
        ..Sheet::default()
    };
    Ok(with_status(StatusCode::CONFLICT, viewer.page(sheet).await))
}

/// A row to be decided on.
struct Asking<'a> {
    place: usize,
    mine: &'a TableRow,
    now: Option<&'a (Record, i64)>,
}

fn asking<'a>(found: &'a [Conflict], to_save: &'a [TableRow], places: &[usize]) -> Vec<Asking<'a>> {
    let asking = |conflict: &'a Conflict| {
        let place = *places.get(conflict.row)?;
        Some(Asking { place, mine: to_save.get(conflict.row)?, now: conflict.now.as_ref() })
    };
    found.iter().filter_map(asking).collect()
}

fn draw(title: &str, sheetful: &Sheetful<'_>, sent: &Form, rows: &[Asking<'_>], wrong: &[Invalid]) -> Markup {
    let address = sheetful.address(sheetful.asked.page.unwrap_or(1).max(1));
    html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { "Nothing is lost. What you entered is kept on this page and has not been saved. Decide for each of these rows, then save." }
        form method="post" action=(address) novalidate {
            (everything_sent(sent))
            @for row in rows { (decide(sheetful, row, wrong)) }
            div.govuk-button-group {
                (button(&Button::submit("Save all rows")))
                a.govuk-link href=(address) { "Discard all of mine and see what is there now" }
            }
        }
    }
}

/// What was sent, to be sent again; what is decided on this page is left out.
fn everything_sent(sent: &Form) -> Markup {
    let is_ours = |name: &str| {
        name.ends_with(".settle") || name.ends_with(".now") || [MORE_ROWS, MORE_YEARS, "settling"].contains(&name)
    };
    html! {
        input type="hidden" name="settling" value="yes";
        @for (name, value) in sent.0.iter().filter(|(name, _)| !is_ours(name)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn decide(sheetful: &Sheetful<'_>, asking: &Asking<'_>, wrong: &[Invalid]) -> Markup {
    let name = named(asking.place, "settle");
    let row = sheetful.rows.get(asking.place).map(|row| row.name(asking.place)).unwrap_or_default();
    let mine = if asking.mine.removed { "Mine: remove it" } else { "Mine: save what I entered" };
    let theirs = if asking.now.is_some() { "Theirs: keep what is there now" } else { "Theirs: leave it removed" };
    html! {
        h2.govuk-heading-m { (row) }
        @if let Some((_, number)) = asking.now { input type="hidden" name=(named(asking.place, "now")) value=(number); }
        (differences(&row, asking))
        (radios(&Radios {
            id_prefix: &field_id(&name),
            error: error_of(wrong, &name),
            small: true,
            ..Radios::new(&name, Legend::from(format!("{row}: which is to stand?")), vec![Choice::new("mine", mine), Choice::new("theirs", theirs)])
        }))
    }
}

fn differences(row: &str, asking: &Asking<'_>) -> Markup {
    let empty = Record::new(asking.mine.record.kind, &*asking.mine.record.reference);
    let standing = asking.now.map_or(&empty, |(record, _)| record);
    let rows = differing(&asking.mine.record, standing);
    let drawn = table(&Table {
        caption: format!("{row}: what differs").into(),
        caption_classes: "govuk-table__caption--s",
        head: vec!["Field".into(), "Yours".into(), "There now".into()],
        rows: rows.into_iter().map(|row| row.map(Cell::from).to_vec()).collect(),
        first_cell_is_header: true,
        ..Table::default()
    });
    html! {
        @if asking.mine.removed { p.govuk-body { "You ticked it to be removed, and somebody else changed it." } }
        @else if asking.now.is_none() { p.govuk-body { "Somebody else removed it." } }
        @if !asking.mine.removed { (scroll_region(&format!("{row}: what differs"), &drawn)) }
    }
}
