//! What a person sees who saves an entry that somebody else saved while they were editing: both versions.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use penshaw_operations::{Refusal, TypedEntry};
use penshaw_register::Record;

use super::{typing, way_to, with_status};
use crate::components::{Button, Cell, Emphasis, Table, button, scroll_region, table};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

/// The page that shows both and lets the person decide.
pub(super) async fn page(viewer: &Viewer, owner: &str, typed: &TypedEntry, mine: &Record) -> Result<Response, Problem> {
    let found = viewer.web.operations.entry_form(&viewer.actor, owner, mine.kind, Some(&mine.reference)).await;
    let now = match found {
        Ok(form) => form.standing,
        Err(Refusal::NotThere { .. }) => None,
        Err(refusal) => return Err(refusal.into()),
    };
    let title = match &now {
        Some(_) => "Somebody else saved this entry while you were editing",
        None => "Somebody else removed this entry while you were editing",
    };
    let sheet = Sheet {
        title,
        section: Section::Estate,
        way: way_to(mine.kind, Some((owner, mine))),
        body: draw(title, owner, typed, mine, now.as_ref()),
        ..Sheet::default()
    };
    Ok(with_status(StatusCode::CONFLICT, viewer.page(sheet).await))
}

fn draw(title: &str, owner: &str, typed: &TypedEntry, mine: &Record, now: Option<&(Record, i64)>) -> Markup {
    let here = crate::pages::entry::address(owner, mine.kind, &mine.reference);
    html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { "Nothing is lost. What you entered is below and has not been saved." }
        @match now {
            Some((standing, number)) => {
                (differences(mine, standing))
                form method="post" action=(format!("{here}/change")) {
                    (typing::hidden(typed))
                    input type="hidden" name=(typing::SEEN) value=(number);
                    div.govuk-button-group {
                        (button(&Button::submit("Keep mine and save it")))
                        (button(&Button { emphasis: Emphasis::Secondary, name: typing::AGAIN, value: "yes", ..Button::submit("Go on editing mine") }))
                        a.govuk-link href=(here) { "Discard mine and see what is there now" }
                    }
                }
            }
            None => {
                (differences(mine, &Record::new(mine.kind, &*mine.reference)))
                form method="post" action=(format!("/estate/{}/{}/new", mine.kind.key(), values::path(owner))) {
                    (typing::hidden(typed))
                    div.govuk-button-group {
                        (button(&Button::submit("Keep mine and add it again")))
                        a.govuk-link href=(format!("/estate/{}", mine.kind.key())) { "Discard mine" }
                    }
                }
            }
        }
    }
}

/// The fields that differ, each as typed and as it stands.
fn differences(mine: &Record, standing: &Record) -> Markup {
    let rows = differing(mine, standing);
    let count = rows.len();
    let drawn = table(&Table {
        caption: "What differs".into(),
        caption_classes: "govuk-table__caption--m",
        head: vec!["Field".into(), "Yours".into(), "There now".into()],
        rows: rows.into_iter().map(|row| row.map(Cell::from).to_vec()).collect(),
        first_cell_is_header: true,
        ..Table::default()
    });
    html! {
        @if count == 0 {
            p.govuk-body { "Both are the same: there is nothing to decide." }
        } @else {
            (scroll_region("What differs", &drawn))
            p.govuk-body { "All other fields are the same." }
        }
    }
}

/// The label, what is typed and what stands, of every field in which two records differ.
pub(in crate::pages) fn differing(mine: &Record, standing: &Record) -> Vec<[String; 3]> {
    let mut rows: Vec<[String; 3]> = Vec::new();
    for field in mine.kind.fields() {
        let said = |record: &Record| said(record, field.name);
        if said(mine) != said(standing) {
            rows.push([field.label.to_owned(), or_nothing(said(mine)), or_nothing(said(standing))]);
        }
    }
    if mine.confidence != standing.confidence {
        let word = |record: &Record| values::capital(record.confidence.word());
        rows.push(["How sure".to_owned(), word(mine), word(standing)]);
    }
    rows
}

fn said(record: &Record, name: &str) -> String {
    let field = record.kind.field(name);
    let value = field.and_then(|field| Some(values::shown(field, record.fields.get(name)?))).unwrap_or_default();
    match record.field_confidence.get(name) {
        Some(sure) => format!("{value} ({sure})"),
        None => value,
    }
}

fn or_nothing(said: String) -> String {
    if said.is_empty() { "Nothing".to_owned() } else { said }
}

#[cfg(test)]
mod tests {
    use penshaw_register::Kind;

    use super::*;

    #[test]
    fn only_fields_that_differ_are_shown() {
        let mut mine = Record::new(Kind::Site, "S1");
        mine.fields.insert("name".into(), "North".into());
        let mut now = mine.clone();
        now.fields.insert("name".into(), "South".into());
        assert_eq!(differing(&mine, &now), [["Name", "North", "South"].map(str::to_owned)]);
        assert!(differing(&mine, &mine).is_empty());
    }
}
