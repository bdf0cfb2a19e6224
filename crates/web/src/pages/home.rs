//! The partnership's home: where the proposal stands, and what needs attention.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::{Attention, BodyStands, Changed, Home, Verb, Where};
use penshaw_register::PARTNERSHIP;

use crate::components::{Button, Cell, Emphasis, Table, Tag, TagColour, button, inset_text, scroll_region, table, tag};
use crate::layout::{Section, Sheet};
use crate::problem::{Problem, sentence};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/", get(show))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let home = viewer.web.operations.home(&viewer.actor).await?;
    let may_work_out = viewer.actor.may_somewhere(Verb::WorkOut);
    let title = home.partnership.name.clone();
    let sheet = Sheet { title: &title, section: Section::Home, body: draw(&home, may_work_out), ..Sheet::default() };
    Ok(viewer.page(sheet).await)
}

fn draw(home: &Home, may_work_out: bool) -> Markup {
    html! {
        h1.govuk-heading-xl { (home.partnership.name) }
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                (stands(home, may_work_out))
                (attention(&home.attention))
            }
            div.govuk-grid-column-one-third { (next(home)) }
        }
        (bodies(&home.bodies))
    }
}

/// Where the proposal stands.
fn stands(home: &Home, may_work_out: bool) -> Markup {
    html! {
        section aria-labelledby="stands" {
            h2.govuk-heading-l id="stands" { "Where the proposal stands" }
            @match (&home.recommendation, &home.report) {
                (Some(recommendation), Some(report)) => {
                    p.govuk-body {
                        @if recommendation["status"] == "ready" {
                            (tag(&Tag::new("Recommendation ready", TagColour::Green)))
                        } @else {
                            (tag(&Tag::new("Not enough evidence", TagColour::Yellow)))
                        }
                        " " @if !report.frozen { (tag(&Tag::new("Working copy", TagColour::Grey))) }
                    }
                    ol.govuk-list.govuk-list--number.govuk-list--spaced {
                        @for resolution in recommendation["resolutions"].as_array().into_iter().flatten() {
                            li { (resolution["text"].as_str().unwrap_or_default()) }
                        }
                    }
                    p.govuk-body { a.govuk-link href="/recommendation" { "See the reasons and the alternatives" } }
                    p.govuk-hint { "Worked out on " (values::moment(report.made_at)) " by " (report.made_by) "." }
                    @match home.changed {
                        None => {}
                        Some(Changed::Words) => (inset_text(&"The report's own words have changed since. Work it out again to print them.".into())),
                        Some(Changed::Evidence) => (inset_text(&"Something that this rests on has changed since. Work it out again to see whether it matters.".into())),
                    }
                }
                _ => p.govuk-body { "Nothing has been worked out yet." }
            }
            @if may_work_out {
                form method="post" action="/work-out" {
                    (button(&Button {
                        content: if home.report.is_some() { "Work it out again" } else { "Work everything out" }.into(),
                        emphasis: if home.changed.is_some() || home.report.is_none() { Emphasis::Primary } else { Emphasis::Secondary },
                        prevent_double_click: Some(true),
                        ..Button::default()
                    }))
                }
            }
        }
    }
}

fn attention(attention: &[Attention]) -> Markup {
    html! {
        section aria-labelledby="attention" {
            h2.govuk-heading-l id="attention" { "What needs your attention" }
            @if attention.is_empty() {
                p.govuk-body { "Nothing at the moment." }
            } @else {
                ul.govuk-list.govuk-list--bullet {
                    @for one in attention {
                        li {
                            a.govuk-link href=(address(&one.address)) { (one.what) }
                            @if let Some(since) = one.since { span.penshaw-quiet { " since " (values::moment(since)) } }
                        }
                    }
                }
            }
        }
    }
}

/// The address of a place in the service.
pub(super) fn address(place: &Where) -> String {
    match place {
        Where::Baselines(body) => format!("/baselines/{body}"),
        Where::Imports(body) => format!("/imports/{body}"),
        Where::Sharing(body) => format!("/sharing/{body}"),
        Where::Import(id) => format!("/import/{id}"),
        Where::Report => "/report".into(),
        Where::Recommendation => "/recommendation".into(),
        Where::Alerts => "/alerts".into(),
    }
}

fn next(home: &Home) -> Markup {
    html! {
        section aria-labelledby="papers" {
            h2.govuk-heading-m id="papers" { "The report" }
            @if home.report.is_some() {
                ul.govuk-list {
                    li { a.govuk-link href="/report" { "Read and edit the report" } }
                    li { a.govuk-link href="/report/downloads" { "Download it" } }
                }
                @if !home.findings.is_empty() {
                    h3.govuk-heading-s { "To settle before it is published" }
                    ul.govuk-list.govuk-list--bullet {
                        @for finding in home.findings.iter().take(5) { li { (sentence(&finding.what)) } }
                    }
                    @if home.findings.len() > 5 {
                        p.govuk-body { a.govuk-link href="/report#checks" { "See all " (home.findings.len()) } }
                    }
                }
            } @else {
                p.govuk-body { "There is a report once everything was worked out." }
            }
        }
    }
}

/// Each body with how far it has come.
fn bodies(bodies: &[BodyStands]) -> Markup {
    let head = vec!["Whose".into(), Cell::numeric("Entries that you see"), "Newest baseline".into(), "Go to".into()];
    let rows = bodies.iter().map(|body| {
        let baseline = match &body.baseline {
            Some(frozen) => html! { "As of " (values::date(frozen.on)) },
            None => html! { span.penshaw-quiet { "None yet" } },
        };
        vec![
            html! { (body.name) @if body.own { " " (tag(&Tag::new("Yours", TagColour::Blue))) } }.into(),
            Cell::numeric(values::grouped(body.entries)),
            baseline.into(),
            links(body).into(),
        ]
    });
    let drawn = table(&Table {
        caption: "Who has recorded what".into(),
        caption_classes: "govuk-table__caption--l",
        head,
        rows: rows.collect(),
        first_cell_is_header: true,
        ..Table::default()
    });
    html! { (scroll_region("Who has recorded what", &drawn)) }
}

fn links(body: &BodyStands) -> Markup {
    let whose = &body.name;
    html! {
        a.govuk-link href=(format!("/estate?owner={}", body.code)) { "Entries" span.govuk-visually-hidden { " of " (whose) } }
        @if body.own || body.code == PARTNERSHIP {
            " · " a.govuk-link href=(format!("/baselines/{}", body.code)) { "Baselines" span.govuk-visually-hidden { " of " (whose) } }
        }
        @if body.own && body.code != PARTNERSHIP {
            " · " a.govuk-link href=(format!("/sharing/{}", body.code)) { "Sharing" span.govuk-visually-hidden { " of " (whose) } }
            " · " a.govuk-link href=(format!("/publish/{}", body.code)) { "Publish" span.govuk-visually-hidden { " for " (whose) } }
        }
        @if body.own {
            " · " a.govuk-link href=(format!("/imports/{}", body.code)) { "Import" span.govuk-visually-hidden { " for " (whose) } }
        }
    }
}
