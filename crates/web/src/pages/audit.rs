//! The audit trail: who did what, when, what stood there before and after, and the proof that it is whole.

use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_operations::audit::Row;
use penshaw_operations::{Trail, Turn, Verified, entry_of};
use serde::Deserialize;

use super::audit_words::{Difference, changes, verb_words};
use crate::components::{
    Button, Emphasis, InsetText, Pagination, PaginationLink, Panel, Select, SelectItem, Table, WarningText, button,
    details, inset_text, pagination, panel, scroll_region, select, table, warning_text,
};
use crate::components::{Cell, Details};
use crate::layout::{Section, Sheet, body_name};
use crate::problem::{Problem, sentence};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

/// How many broken rows the page names.
const BROKEN_AT_MOST: usize = 100;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/audit", get(show)).route("/audit/verify", get(verify))
}

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    body: String,
    before: Option<i64>,
    after: Option<i64>,
}

async fn show(viewer: Viewer, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let turn = match (asked.before, asked.after) {
        (Some(number), _) => Turn::Before(number),
        (None, Some(number)) => Turn::After(number),
        (None, None) => Turn::Newest,
    };
    let body = Some(asked.body.as_str()).filter(|body| !body.is_empty());
    let trail = viewer.web.operations.view_audit(&viewer.actor, body, turn).await?;
    let body = draw(&trail, &asked);
    Ok(viewer.page(Sheet { title: "Audit", section: Section::Audit, wide: true, body, ..Sheet::default() }).await)
}

fn draw(trail: &Trail, asked: &Asked) -> Markup {
    html! {
        h1.govuk-heading-xl { "Audit" }
        p.govuk-body-l { "Every change, who made it and when. Nobody can change what stands here, and it can be proved that nobody has." }
        (button(&Button { emphasis: Emphasis::Secondary, ..Button::link("Prove that the trail is whole", "/audit/verify") }))
        div.penshaw-filtered {
            (filter(trail, asked))
            div {
                @if trail.rows.is_empty() {
                    p.govuk-body { "There are no changes here." }
                } @else {
                    (rows(trail))
                    (turns(trail, asked))
                }
            }
        }
    }
}

fn filter(trail: &Trail, asked: &Asked) -> Markup {
    let bodies = trail.readable.iter().map(|body| SelectItem::new(body, body_name(&trail.authorities, body)));
    let items = [SelectItem::new("", "All that you may read")].into_iter().chain(bodies).collect();
    html! {
        form.penshaw-filters method="get" role="search" aria-label="Filter the trail" {
            h2.govuk-heading-m { "Filter" }
            (select(&Select { name: "body", id: "body", label: "Whose".into(), items, value: &asked.body, ..Select::default() }))
            (button(&Button { content: "Filter".into(), emphasis: Emphasis::Secondary, ..Button::default() }))
        }
    }
}

fn rows(trail: &Trail) -> Markup {
    let rows = trail.rows.iter().map(|row| {
        vec![
            values::moment(row.at).into(),
            what(row, trail.standing.contains(&row.number)).into(),
            (&row.event.who).into(),
            body_name(&trail.authorities, &row.event.body).into(),
            Cell::numeric(values::grouped(row.number)),
        ]
    });
    let drawn = table(&Table {
        caption: html! { span.govuk-visually-hidden { "Changes, the newest first" } }.into(),
        head: vec!["When".into(), "What".into(), "Who".into(), "Whose".into(), Cell::numeric("Number")],
        rows: rows.collect(),
        classes: "penshaw-table",
        ..Table::default()
    });
    scroll_region("Changes, the newest first", &drawn)
}

/// What happened to what, with what stood there before and after behind a summary.
fn what(row: &Row, stands: bool) -> Markup {
    let event = &row.event;
    let found = changes(event.before.as_deref(), event.after.as_deref());
    html! {
        div.penshaw-cell-long {
            (verb_words(&event.verb))
            @if !event.subject.is_empty() {
                ": " @match address(row, stands) {
                    Some(address) => { a.govuk-link.penshaw-wrap href=(address) { (subject(&event.subject)) } }
                    None => { span.penshaw-wrap { (subject(&event.subject)) } }
                }
            }
            @if !found.is_empty() {
                (details(&Details {
                    classes: "penshaw-details-dense",
                    ..Details::new(
                        html! { "What changed" span.govuk-visually-hidden { " in row " (row.number) } },
                        differences(&found),
                    )
                }))
            }
        }
    }
}

fn differences(found: &[Difference]) -> Markup {
    html! {
        ul.govuk-list {
            @for one in found {
                li.penshaw-wrap {
                    @if !one.label.is_empty() { strong { (one.label) } ": " }
                    @match (&one.before, &one.after) {
                        (Some(before), Some(after)) => { (before) " → " (after) }
                        (Some(before), None) => { "no longer " (before) }
                        (None, Some(after)) => (after),
                        (None, None) => {}
                    }
                }
            }
        }
    }
}

/// What a row is about, in words: `contracts/C1` is the contract C1.
fn subject(subject: &str) -> String {
    match entry_of(subject) {
        Some((kind, reference)) => format!("{} {reference}", kind.sheet()),
        None => subject.to_owned(),
    }
}

/// Where what a row is about can be seen.
fn address(row: &Row, stands: bool) -> Option<String> {
    let event = &row.event;
    let body = values::path(&event.body);
    match event.verb.as_str() {
        "freeze_baseline" => Some(format!("/baselines/{body}")),
        "share_entries" => Some(format!("/sharing/{body}")),
        "import_file" | "give_import_up" => Some(format!("/imports/{body}")),
        "write_report" => Some("/report".into()),
        "adopt_recommendation" => Some("/recommendation".into()),
        _ => {
            let (kind, reference) = entry_of(&event.subject).filter(|_| stands)?;
            Some(super::entry::address(&event.body, kind, reference))
        }
    }
}

/// To the rows before and after, by number, so that no row is passed over while new ones come.
fn turns(trail: &Trail, asked: &Asked) -> Markup {
    let to = |name: &str, number: i64| {
        let pairs = [("body", asked.body.clone()), (name, number.to_string())];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<(String, String)> = said.map(|(name, value)| (name.to_owned(), value)).collect();
        format!("/audit?{}", values::query(&pairs))
    };
    let link = |words: &str, address: String| PaginationLink { content: words.into(), ..PaginationLink::new(address) };
    if trail.newer.is_none() && trail.older.is_none() {
        return html! {};
    }
    pagination(&Pagination {
        previous: trail.newer.map(|number| link("Newer", to("after", number))),
        next: trail.older.map(|number| link("Older", to("before", number))),
        ..Pagination::default()
    })
}

async fn verify(viewer: Viewer) -> Result<Response, Problem> {
    let verified = viewer.web.operations.verify_audit(&viewer.actor).await?;
    let (title, body) = match &verified {
        Verified::Whole { rows, last } => ("The trail is whole", whole(*rows, last)),
        Verified::Broken(broken) => {
            let broken: Vec<String> = broken.iter().map(ToString::to_string).collect();
            ("The trail is not whole", not_whole(&broken))
        }
    };
    let way = vec![("Audit".into(), "/audit".into())];
    let body = html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } };
    Ok(viewer.page(Sheet { title, section: Section::Audit, way, body, ..Sheet::default() }).await)
}

fn whole(rows: i64, last: &str) -> Markup {
    let content = format!("{} rows, none missing, none changed", values::grouped(rows));
    html! {
        (panel(&Panel { title: "The trail is whole".into(), content: content.into(), ..Panel::default() }))
        p.govuk-body { "Each row carries a seal made of its own words and of the seal before it. All were worked out again just now, and all agree." }
        h2.govuk-heading-m { "Keep this seal" }
        p.govuk-body { "Note the seal of the last row outside this service. If rows are ever cut off the end, it shows." }
        (inset_text(&InsetText { content: html! { code.penshaw-wrap { (last) } }.into(), ..InsetText::default() }))
        p.govuk-body { a.govuk-link href="/audit" { "Back to the audit trail" } }
    }
}

fn not_whole(broken: &[String]) -> Markup {
    html! {
        h1.govuk-heading-xl { "The trail is not whole" }
        (warning_text(&WarningText::from("Somebody has changed the database by another way than this service, or it was damaged.")))
        ul.govuk-list.govuk-list--bullet {
            @for words in broken.iter().take(BROKEN_AT_MOST) { li { (sentence(words)) } }
        }
        @if broken.len() > BROKEN_AT_MOST { p.govuk-body { "And " (broken.len() - BROKEN_AT_MOST) " more." } }
        p.govuk-body { "Tell whoever runs the service, who can compare it with a backup." }
        p.govuk-body { a.govuk-link href="/audit" { "Back to the audit trail" } }
    }
}
