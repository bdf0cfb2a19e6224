//! The report's editor: what stands in it, and what its officers save.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use penshaw_operations::{Changed, Invalid, Refusal, ReportDraft, RunView, Verb};
use penshaw_register::Finding;

use super::about::{self, Writing};
use super::draft::Draft;
use super::{live, words};
use crate::components::{Button, Emphasis, button, inset_text};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::analyses::{still_stands, work_out_form};
use crate::problem::{Problem, sentence};
use crate::values;
use crate::viewer::Viewer;

const CHANGED: &str =
    "Somebody else changed the report while you wrote. Compare what they saved with what you typed, then save again";

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let draft = viewer.web.operations.report_draft(&viewer.actor).await?;
    let typed = Draft::of_details(&draft.partnership.report);
    let writing = Writing { typed: &typed, wrong: &[], stands: None };
    page(&viewer, &draft, &writing).await
}

pub(super) async fn save(viewer: Viewer, form: Form) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let mut draft = operations.report_draft(&viewer.actor).await?;
    let typed = Draft::of_form(&form);
    let expected = form.get("revision").parse().unwrap_or_default();
    let written = match typed.details(&form, &draft.partnership.report) {
        Ok(details) => operations.write_report(&viewer.actor, details, expected).await,
        Err(wrong) => Err(Refusal::Invalid(wrong)),
    };
    let (status, wrong, stands) = match written {
        Ok(()) => return Ok(Redirect::to("/report?done=saved").into_response()),
        Err(Refusal::Invalid(wrong)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong, None),
        Err(Refusal::ChangedMeanwhile { .. }) => {
            draft = operations.report_draft(&viewer.actor).await?;
            let stands = Draft::of_details(&draft.partnership.report);
            (StatusCode::CONFLICT, vec![Invalid::new("about", CHANGED)], Some(stands))
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let writing = Writing { typed: &typed, wrong: &wrong, stands: stands.as_ref() };
    let mut response = page(&viewer, &draft, &writing).await?;
    *response.status_mut() = status;
    Ok(response)
}

async fn page(viewer: &Viewer, draft: &ReportDraft, writing: &Writing<'_>) -> Result<Response, Problem> {
    let report = viewer.web.operations.latest_report(&viewer.actor).await?;
    let may_work_out = viewer.actor.may_somewhere(Verb::WorkOut);
    let body = html! {
        h1.govuk-heading-xl { "Report" }
        (stands(report.as_ref(), may_work_out, draft.may_edit))
        @if draft.may_edit { (form(draft, writing, report.as_ref())) }
        @else { p.govuk-body { "Democratic services of the partnership, or of the authority whose meeting receives the report, write it." } }
    };
    let sheet = Sheet {
        title: "Report",
        section: Section::Report,
        wide: true,
        errors: writing.wrong,
        body,
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

/// Where the newest report stands, what can be done with it, and what its checks found.
fn stands(report: Option<&RunView>, may_work_out: bool, may_edit: bool) -> Markup {
    let Some(report) = report else {
        return html! {
            p.govuk-body-l { "No report has been printed yet. There is one once everything was worked out." }
            @if may_work_out { (work_out_form("/work-out", "Work everything out", Emphasis::Primary)) }
        };
    };
    let findings: Vec<Finding> = serde_json::from_value(report.results()["findings"].clone()).unwrap_or_default();
    html! {
        p.govuk-body {
            "The newest report was worked out " @if report.run.frozen { "from frozen baselines " } "on " (values::moment(report.run.made_at)) " by " (report.run.made_by) "."
        }
        (still_stands(report))
        ul.govuk-list {
            li { a.govuk-link href="/report/read" { "Read the whole report" } }
            @if may_edit {
                li { a.govuk-link href="/report/preview.pdf" { "Preview what is saved as PDF" } " (takes a few seconds)" }
            }
            li { a.govuk-link href="/report/downloads" { "Download it" } }
            li { a.govuk-link href="/report/papers" { "Draft the papers beside it" } ": the regional strategy, the report that follows, commitments" }
            li { a.govuk-link href="/recommendation" { "See the recommendation" } }
        }
        @if may_work_out && report.changed.is_some() {
            div.penshaw-no-print { (work_out_form("/work-out", "Work everything out again", emphasis(report.changed))) }
        }
        (checks(&findings))
    }
}

fn emphasis(changed: Option<Changed>) -> Emphasis {
    if changed == Some(Changed::Evidence) { Emphasis::Primary } else { Emphasis::Secondary }
}

/// What the report's own checks found, for officers to settle.
pub(in crate::pages) fn checks(findings: &[Finding]) -> Markup {
    html! {
        section.penshaw-part aria-labelledby="checks" {
            h2.govuk-heading-m id="checks" { "To settle before it is published" }
            @if findings.is_empty() { p.govuk-body { "The checks found nothing." } }
            @else {
                ul.govuk-list.govuk-list--bullet.govuk-list--spaced {
                    @for finding in findings {
                        li {
                            (sentence(&finding.what))
                            @if !finding.hint.is_empty() { " " span.penshaw-quiet { (sentence(&finding.hint)) } }
                        }
                    }
                }
            }
        }
    }
}

fn form(draft: &ReportDraft, writing: &Writing<'_>, report: Option<&RunView>) -> Markup {
    let live = report.and_then(|report| report.document.as_ref()).map(live::sections).unwrap_or_default();
    let save = button(&Button::submit("Save"));
    html! {
        @if writing.stands.is_some() {
            (inset_text(&"Your words stand in the fields. Where somebody else saved other words, theirs stand below the field. Nothing is lost until you save.".into()))
        }
        form.penshaw-report method="post" action="/report" novalidate {
            input type="hidden" name="revision" value=(draft.revision);
            h2.govuk-heading-l.penshaw-part id="about" { "What the report says of itself" }
            (about::fields(writing, &draft.partnership.authorities))
            (save)
            h2.govuk-heading-l.penshaw-part id="words" { "The sections in your own words" }
            p.govuk-body { "Leave an empty line between paragraphs. The figures beside your words come from the register: they change when the register does." }
            (words::fields(writing, &live))
            (save)
        }
    }
}
