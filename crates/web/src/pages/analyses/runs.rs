//! Everything that was worked out, the newest first.

use axum::extract::Query;
use axum::response::Response;
use maud::{Markup, html};
use penshaw_analyses::find;
use penshaw_operations::{REPORT, runs::Brief};
use serde::Deserialize;

use crate::components::{Cell, Table, Tag, TagColour, scroll_region, table, tag};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

const PER_PAGE: u64 = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    analysis: String,
    page: Option<u64>,
}

pub(super) async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let analysis = (!asked.analysis.is_empty()).then_some(asked.analysis.as_str());
    let page = asked.page.unwrap_or(1).clamp(1, 100_000);
    let offset = (page - 1) * PER_PAGE;
    let mut runs = viewer.web.operations.runs(&viewer.actor, analysis, offset, PER_PAGE + 1).await?;
    let more = runs.len() as u64 > PER_PAGE;
    runs.truncate(PER_PAGE as usize);
    let sheet = Sheet {
        title: "Worked out before",
        section: Section::Analyses,
        way: vec![("Analyses".into(), "/analyses".into())],
        body: draw(&asked, &runs, page, more),
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

fn draw(asked: &Asked, runs: &[Brief], page: u64, more: bool) -> Markup {
    let address = |page: u64| {
        let pairs = [("analysis".to_owned(), asked.analysis.clone()), ("page".to_owned(), page.to_string())];
        format!("/runs?{}", values::query(&pairs))
    };
    html! {
        h1.govuk-heading-xl { "Worked out before" }
        @if !asked.analysis.is_empty() {
            p.govuk-body {
                "Only: " (question(&asked.analysis)) ". "
                a.govuk-link href="/runs" { "Show everything" }
            }
        }
        @if runs.is_empty() { p.govuk-body { "Nothing has been worked out yet." } }
        @else { (scroll_region("Worked out before", &listed(runs))) }
        p.govuk-body {
            @if page > 1 { a.govuk-link href=(address(page - 1)) rel="prev" { "Newer" } " " }
            @if more { a.govuk-link href=(address(page + 1)) rel="next" { "Older" } }
        }
    }
}

fn listed(runs: &[Brief]) -> Markup {
    let row = |run: &Brief| -> Vec<Cell> {
        vec![
            html! { a.govuk-link href=(format!("/run/{}", run.id)) { (values::moment(run.made_at)) } }.into(),
            question(&run.analysis).into(),
            (&*run.made_by).into(),
            html! {
                @if run.answered { (tag(&Tag::new("Answered", TagColour::Green))) }
                @else { (tag(&Tag::new("Something is needed", TagColour::Yellow))) }
                @if !run.frozen { " " (tag(&Tag::new("Working copy", TagColour::Grey))) }
            }
            .into(),
        ]
    };
    table(&Table {
        caption: "The newest first".into(),
        head: vec![Cell::from("When"), "What".into(), "Who asked".into(), "Came to".into()],
        rows: runs.iter().map(row).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
        ..Table::default()
    })
}

fn question(name: &str) -> &str {
    match find(name) {
        Some(listed) => listed.question,
        None if name == REPORT => "The report",
        None => name,
    }
}
