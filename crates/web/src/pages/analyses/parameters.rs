//! The parameters: other people's numbers, each with who set it, from when, and where it is published.

use axum::response::Response;
use maud::{Markup, html};
use penshaw_basis::{DatedValue, Parameter, Reference};

use crate::components::{Details, SummaryList, SummaryRow, details, summary_list};
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

pub(super) async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let basis = viewer.web.operations.parameters(&viewer.actor).await?;
    let parameters: Vec<&Parameter> = basis.parameters().collect();
    let sheet = Sheet {
        title: "Parameters",
        section: Section::Analyses,
        way: vec![("Analyses".into(), "/analyses".into())],
        body: draw(&parameters),
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

fn draw(parameters: &[&Parameter]) -> Markup {
    html! {
        h1.govuk-heading-xl { "Parameters" }
        p.govuk-body-l { "Numbers and rules that others have set: who, from when, and where it is published. A run uses those that were in force on its day." }
        @for parameter in parameters { (section(parameter)) }
    }
}

fn section(parameter: &Parameter) -> Markup {
    let mut rows = vec![
        SummaryRow::new("Name", html! { span.penshaw-wrap { (parameter.name) } }),
        SummaryRow::new("Unit", &*parameter.unit),
        SummaryRow::new("Set by", &*parameter.set_by),
        SummaryRow::new("Look again by", values::date(parameter.review_by)),
    ];
    rows.extend(parameter.note.as_deref().map(|note| SummaryRow::new("Note", note)));
    rows.extend(parameter.values.iter().rev().map(value));
    html! {
        section.penshaw-parameter id=(parameter.name) {
            h2.govuk-heading-m { (parameter.description) }
            (summary_list(&SummaryList::new(rows)))
        }
    }
}

fn value(value: &DatedValue) -> SummaryRow {
    let from = format!("From {}", values::date(value.from));
    let plain = value.value.is_number() || value.value.is_string();
    let shown = html! {
        @if plain { p.govuk-body { strong { (values::plain(&value.value)) } } }
        @else { (whole(&value.value, &from)) }
        (reference(&value.reference))
        @for also in &value.see_also { (reference(also)) }
        @if let Some(note) = &value.note { p.govuk-body-s { (note) } }
        @if value.to_be_confirmed { p.govuk-body-s { "To be confirmed." } }
    };
    SummaryRow::new(from, shown)
}

fn whole(value: &serde_json::Value, from: &str) -> Markup {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let shown = html! {
        div.penshaw-scroll role="region" aria-label=(from) tabindex="0" { pre { (text) } }
    };
    details(&Details::new("Show the values", shown))
}

fn reference(reference: &Reference) -> Markup {
    html! {
        p.govuk-body-s {
            @if reference.href.starts_with("https://") {
                a.govuk-link href=(reference.href) { (reference.title) }
            } @else { (reference.title) }
        }
    }
}
