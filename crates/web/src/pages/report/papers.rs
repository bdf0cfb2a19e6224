//! Papers beside the report that are drafted from the same register: the regional strategy, heads of terms, how the
//! decisions hang together, and the report that follows.

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use penshaw_operations::{Date, Paper, PaperForm, Refusal, Verb};
use serde::Deserialize;

use super::downloads::media_type;
use crate::components::{Cell, Table, scroll_region, table};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

/// What is asked for with a paper.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The day of the report that an update follows.
    since: Option<Date>,
}

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let days = match viewer.actor.may_somewhere(Verb::EditReport) {
        true => Some(operations.days_to_follow(&viewer.actor).await?),
        false => None,
    };
    let body = html! {
        h1.govuk-heading-xl { "Papers beside the report" }
        p.govuk-body-l { "Each is drafted from the newest baselines whenever it is opened, so that it says what the analyses say." }
        section.penshaw-part aria-labelledby="strategy" {
            h2.govuk-heading-l id="strategy" { (Paper::Strategy.title()) }
            p.govuk-body { "Which links and sites the region needs, what fails, what is proposed, and a dated road map." }
            ul.govuk-list { @for form in PaperForm::ALL { li { (link(Paper::Strategy, form, None)) } } }
        }
        section.penshaw-part aria-labelledby="agreement" {
            h2.govuk-heading-l id="agreement" { (Paper::Agreement.title()) }
            p.govuk-body { "What the agreement of each scheme of governance would say, with every gap shown. A scheme that the law does not allow has none." }
            ul.govuk-list { @for form in PaperForm::ALL { li { (link(Paper::Agreement, form, None)) } } }
        }
        section.penshaw-part aria-labelledby="history" {
            h2.govuk-heading-l id="history" { (Paper::History.title()) }
            p.govuk-body { "The mandate, the reports that followed it, what each said would happen, and the baselines that each could rest on. " a.govuk-link href="/history" { "Read it as it stands today" } "." }
            ul.govuk-list { @for form in PaperForm::ALL { li { (link(Paper::History, form, None)) } } }
        }
        section.penshaw-part aria-labelledby="update" {
            h2.govuk-heading-l id="update" { (Paper::Update.title()) }
            p.govuk-body { "What became of what was agreed: what changed since, commitments kept and not kept, benefits, risks, and what needs a decision now." }
            @match &days {
                None => p.govuk-body { "Democratic services of the partnership, or of the authority whose meeting receives the report, draft it." },
                Some(days) if days.is_empty() => p.govuk-body { "It compares two baselines of an owner. Once a second one is frozen, it can be drafted here." },
                Some(days) => {
                    p.govuk-body { "Select the report that it follows by its day. For each owner, what is shared today is compared in its baseline of then and in its newest." }
                    (scroll_region("Reports that it can follow", &follows(days)))
                }
            }
        }
        section.penshaw-part aria-labelledby="commitments" {
            h2.govuk-heading-l id="commitments" { "Commitments" }
            p.govuk-body { a.govuk-link href="/report/commitments" { "What the report says will happen" } ", to be recorded with owner and day" }
        }
    };
    let way = vec![("Report".into(), "/report".into())];
    let sheet = Sheet { title: "Papers beside the report", section: Section::Report, way, body, ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn follows(days: &[Date]) -> Markup {
    let row = |day: &Date| {
        let forms = PaperForm::ALL.map(|form| Cell::from(link(Paper::Update, form, Some(*day))));
        [Cell::from(values::date(*day))].into_iter().chain(forms).collect()
    };
    table(&Table {
        caption: "Reports that it can follow".into(),
        caption_classes: "govuk-visually-hidden",
        head: ["Since", "PDF", "Word", "Web page"].map(Cell::from).to_vec(),
        rows: days.iter().map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    })
}

fn link(paper: Paper, form: PaperForm, since: Option<Date>) -> Markup {
    let what = match form {
        PaperForm::Pdf => "PDF to read and to publish",
        PaperForm::Docx => "Word to edit",
        PaperForm::Html => "One web page",
    };
    let query = since.map_or_else(String::new, |day| format!("?since={day}"));
    let address = format!("/report/papers/{}.{}{query}", paper.name(), form.extension());
    html! {
        a.govuk-link href=(address) download {
            (what) span.govuk-visually-hidden { ": " (paper.title()) @if let Some(day) = since { " since " (values::date(day)) } }
        }
    }
}

/// A paper as a file.
pub(super) async fn file(
    viewer: Viewer,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let known = |paper: Paper| PaperForm::ALL.into_iter().map(move |form| (paper, form));
    let mut all = Paper::ALL.into_iter().flat_map(known);
    let found = all.find(|(paper, form)| name == format!("{}.{}", paper.name(), form.extension()));
    let (paper, form) = found.ok_or(Refusal::NotThere { what: "paper" })?;
    let bytes = viewer.web.operations.draft_paper(&viewer.actor, paper, asked.since, form).await?;
    let headers = [
        (header::CONTENT_TYPE, media_type(form.extension()).to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}
