//! What needs attention by a day: a page for people, and a calendar for their calendars.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use penshaw_analyses::delivery::{Alert, AlertSeverity};
use penshaw_basis::Source;
use penshaw_operations::{AlertsView, must_act};

use crate::components::{
    Button, Cell, Choice, Emphasis, InsetText, Radios, Table, Tag, TagColour, WarningText, button, inset_text, radios,
    scroll_region, table, tag, warning_text,
};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::pages::analyses::sources::Linked;
use crate::problem::{Problem, sentence};
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/alerts", get(show))
        .route("/alerts/mail", post(choose_mail))
        .route("/alerts/calendar", post(make_calendar))
        .route("/alerts/calendar/remove", post(remove_calendar))
        .route("/calendar/{secret}", get(calendar))
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let view = viewer.web.operations.alerts(&viewer.actor).await?;
    let sources: Vec<Source> = view.alerts.iter().flat_map(|alert| alert.sources.clone()).collect();
    let linked = Linked::of_sources(&viewer, &sources).await?;
    let body = html! {
        h1.govuk-heading-xl { "What needs attention" }
        @if view.alerts.is_empty() {
            p.govuk-body-l { "Nothing that is shared is overdue, soon due or has failed." }
        } @else {
            p.govuk-body-l { (counted(&view)) }
            (scroll_region("What needs attention", &alerts(&view, &linked)))
        }
        p.govuk-body { a.govuk-link href="/analyses/delivery" { "See how the joint work goes on" } }
        (by_mail(&view))
        (by_calendar(&view))
    };
    Ok(viewer.page(Sheet { title: "What needs attention", section: Section::Home, body, ..Sheet::default() }).await)
}

fn counted(view: &AlertsView) -> String {
    let many = |severity| view.alerts.iter().filter(|alert| alert.severity == severity).count();
    format!(
        "As of {}: {} failed or grave, {} overdue, {} soon due.",
        values::date(view.on),
        many(AlertSeverity::Grave),
        many(AlertSeverity::Overdue),
        many(AlertSeverity::Soon)
    )
}

fn alerts(view: &AlertsView, linked: &Linked) -> Markup {
    let head = ["How urgent", "What", "Due", "Who", "What to do"].map(Cell::from).to_vec();
    let row = |alert: &Alert| {
        let entry = alert.sources.iter().find_map(|source| linked.address(source));
        vec![
            severity(alert.severity).into(),
            html! { @match entry { Some(address) => a.govuk-link href=(address) { (alert.what) }, None => (alert.what) } }.into(),
            alert.due.map_or_else(|| "Now".to_owned(), values::date).into(),
            html! { (must_act(alert, &view.authorities)) @if let Some(owner) = &alert.owner { br; span.penshaw-quiet { (owner) } } }.into(),
            Cell::from(sentence(&alert.hint)),
        ]
    };
    table(&Table {
        caption: "What needs attention, the gravest first".into(),
        caption_classes: "govuk-visually-hidden",
        head,
        rows: view.alerts.iter().map(row).collect(),
        first_cell_is_header: false,
        classes: "penshaw-table",
    })
}

fn severity(severity: AlertSeverity) -> Markup {
    let (words, colour) = match severity {
        AlertSeverity::Grave => ("Failed", TagColour::Red),
        AlertSeverity::Overdue => ("Overdue", TagColour::Orange),
        AlertSeverity::Soon => ("Soon", TagColour::Blue),
    };
    tag(&Tag::new(words, colour))
}

fn by_mail(view: &AlertsView) -> Markup {
    let choices = vec![Choice::new("yes", "Yes"), Choice::new("no", "No")];
    html! {
        section.penshaw-part.penshaw-no-print aria-labelledby="by-mail" {
            h2.govuk-heading-m id="by-mail" { "By e-mail" }
            @if !view.sends_mail { p.govuk-body { "This service is not set up to send e-mail." } }
            form method="post" action="/alerts/mail" {
                (radios(&Radios {
                    value: if view.reader.mails { "yes" } else { "no" },
                    hint: "Once for each, on the day on which it first needs attention".into(),
                    ..Radios::new("mails", "Send me alerts of the bodies that I belong to", choices)
                }))
                (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Save") }))
            }
        }
    }
}

fn by_calendar(view: &AlertsView) -> Markup {
    let there = view.reader.calendar_hash.is_some();
    let words = if there { "Make another address" } else { "Make an address for my calendar" };
    html! {
        section.penshaw-part.penshaw-no-print aria-labelledby="by-calendar" {
            h2.govuk-heading-m id="by-calendar" { "In your calendar" }
            p.govuk-body { "Outlook and other calendars can subscribe to these days at an address that only you have." }
            @if there { p.govuk-body { "You have one. Another takes its place, and the old one answers no more." } }
            form method="post" action="/alerts/calendar" {
                (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit(words) }))
            }
            @if there {
                form method="post" action="/alerts/calendar/remove" {
                    (button(&Button { emphasis: Emphasis::Secondary, ..Button::submit("Take the address away") }))
                }
            }
        }
    }
}

async fn choose_mail(viewer: Viewer, form: Form) -> Result<Redirect, Problem> {
    viewer.web.operations.choose_mail(&viewer.actor, form.get("mails") != "no").await?;
    Ok(Redirect::to("/alerts?done=saved"))
}

async fn make_calendar(viewer: Viewer) -> Result<Response, Problem> {
    let secret = viewer.web.operations.make_calendar(&viewer.actor).await?;
    let address = format!("{}/calendar/{secret}", viewer.web.operations.settings().public_address);
    let body = html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-xl { "Address for your calendar" }
            (inset_text(&InsetText { content: html! { code.penshaw-wrap id="calendar" { (address) } }.into(), ..InsetText::default() }))
            (warning_text(&WarningText::from("This page is the only one that shows the address. Whoever has it can read these days: keep it to yourself.")))
            p.govuk-body { "In Outlook: add a calendar, subscribe from web, and paste the address." }
            p.govuk-body { a.govuk-link href="/alerts" { "Back to what needs attention" } }
        } }
    };
    let way = vec![("What needs attention".into(), "/alerts".into())];
    Ok(viewer.page(Sheet { title: "Address for your calendar", way, body, ..Sheet::default() }).await)
}

async fn remove_calendar(viewer: Viewer) -> Result<Redirect, Problem> {
    viewer.web.operations.remove_calendar(&viewer.actor).await?;
    Ok(Redirect::to("/alerts?done=removed"))
}

/// The calendar of whoever has its address.
async fn calendar(State(web): State<Web>, Path(secret): Path<String>) -> Result<Response, Problem> {
    let text = web.operations.calendar(&secret).await?;
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
