//! What the report says will happen: each sentence beside the entry that records it, and those that are to be recorded.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use penshaw_operations::{DraftedCommitment, Verb};
use penshaw_register::{Kind, PARTNERSHIP};

use crate::components::{Button, Checkboxes, Choice, button, checkboxes};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::entry::address;
use crate::problem::Problem;
use crate::viewer::Viewer;

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let drafted = viewer.web.operations.commitments_of_report(&viewer.actor).await?;
    let printed = drafted.is_some();
    let (recorded, open): (Vec<_>, Vec<_>) = drafted.unwrap_or_default().into_iter().partition(|one| one.recorded);
    let may_record = viewer.actor.may(Verb::EditEntries, PARTNERSHIP);
    let body = html! {
        h1.govuk-heading-xl { "What the report says will happen" }
        @if !printed { p.govuk-body { "No report has been printed yet. There is one once everything was worked out." } }
        @else {
            p.govuk-body-l { "Each sentence of the report in which something will be done is a commitment. Recorded with an owner and a day, it is followed up and raises an alert when it is due." }
            @if open.is_empty() { p.govuk-body { "Every one of them is recorded." } }
            @else if may_record { (to_record(&open)) }
            @else {
                h2.govuk-heading-m { "Not recorded yet" }
                ul.govuk-list.govuk-list--bullet { @for one in &open { li { (sentence(one)) } } }
            }
            @if !recorded.is_empty() {
                h2.govuk-heading-m { "Recorded" }
                ul.govuk-list.govuk-list--bullet {
                    @for one in &recorded { li { a.govuk-link href=(address(PARTNERSHIP, Kind::Commitment, &one.reference)) { (one.reference) } " " (sentence(one)) } }
                }
            }
        }
    };
    let way = vec![("Report".into(), "/report".into()), ("Papers beside the report".into(), "/report/papers".into())];
    let title = "What the report says will happen";
    Ok(viewer.page(Sheet { title, section: Section::Report, way, body, ..Sheet::default() }).await)
}

fn to_record(open: &[DraftedCommitment]) -> Markup {
    let items = open.iter().map(|one| Choice::new(&*one.reference, sentence(one))).collect();
    html! {
        form method="post" action="/report/commitments" {
            (checkboxes(&Checkboxes {
                hint: "Each becomes an entry of the partnership; who sees to it, in which area and by when is filled in there".into(),
                small: true,
                ..Checkboxes::new("commitment", "Record as commitments", items)
            }))
            (button(&Button::submit("Record those ticked")))
        }
    }
}

fn sentence(one: &DraftedCommitment) -> String {
    let statement = match &one.draft.paragraph {
        Some(paragraph) => format!("{paragraph}: {}", one.draft.statement),
        None => one.draft.statement.clone(),
    };
    match one.same_paragraph.is_empty() {
        true => statement,
        false => format!("{statement} (recorded {})", one.standing()),
    }
}

pub(super) async fn record(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let references: Vec<String> = form.all("commitment").into_iter().map(str::to_owned).collect();
    viewer.web.operations.record_commitments(&viewer.actor, &references).await?;
    Ok(Redirect::to("/report/commitments?done=saved").into_response())
}
