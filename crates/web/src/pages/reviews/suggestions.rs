//! What the search for the same thing suggests to record: functions of applications, and names of one supplier.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_analyses::overlap::{FunctionSuggestion, Outcome, PerhapsOneSupplier};
use penshaw_basis::Source;
use penshaw_operations::{Refusal, Verb};
use penshaw_register::{Kind, PARTNERSHIP};

use super::{overlap, percent};
use crate::components::{Cell, Table, scroll_region, table};
use crate::layout::{Section, Sheet};
use crate::pages::analyses::sources::Linked;
use crate::pages::entry;
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

const TITLE: &str = "Suggestions to record";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/matches/suggestions", get(show))
}

/// A link to them, where there are any.
pub(super) fn way_to(outcome: &Outcome) -> Markup {
    let count = outcome.suggestions.len() + outcome.perhaps_suppliers.len();
    html! {
        @if count > 0 {
            p.govuk-body {
                a.govuk-link href="/matches/suggestions" { (TITLE) }
                ": functions that applications may serve, and names that may be one supplier’s (" (count) ")."
            }
        }
    }
}

async fn show(viewer: Viewer) -> Result<Response, Problem> {
    let view = viewer.web.operations.matches(&viewer.actor).await?;
    let (_, outcome) = view.answer.as_ref().ok_or(Refusal::NotThere { what: "answer" })?;
    let entries: Vec<Source> = outcome.suggestions.iter().map(|one| one.entry.clone()).collect();
    let linked = Linked::of_sources(&viewer, &entries).await?;
    let body = html! {
        h1.govuk-heading-xl { (TITLE) }
        p.govuk-body-l { "What the names and suppliers of the entries suggest. Nothing is recorded until you have looked at it and saved it." }
        h2.govuk-heading-m { "Functions of applications that record none" }
        @if outcome.suggestions.is_empty() {
            p.govuk-body { "There are none to suggest." }
        } @else {
            (scroll_region("Functions suggested", &functions(&viewer, &outcome.suggestions, &linked)))
        }
        h2.govuk-heading-m { "Names that may be one supplier’s" }
        @if outcome.perhaps_suppliers.is_empty() {
            p.govuk-body { "There are none." }
        } @else {
            (scroll_region("Names that may be one supplier’s", &suppliers(&viewer, &outcome.perhaps_suppliers)))
        }
    };
    let way = vec![
        ("Analyses".into(), "/analyses".into()),
        (overlap(), "/analyses/overlap".into()),
        ("Matches to review".into(), "/matches".into()),
    ];
    Ok(viewer.page(Sheet { title: TITLE, section: Section::Analyses, way, wide: true, body, ..Sheet::default() }).await)
}

fn functions(viewer: &Viewer, suggestions: &[FunctionSuggestion], linked: &Linked) -> Markup {
    let row = |one: &FunctionSuggestion| {
        let act = match &one.entry {
            Source::Entry { owner, reference } if viewer.actor.may(Verb::edit(Kind::Application), owner) => {
                let to_change = format!("{}/change", entry::address(owner, Kind::Application, reference));
                let query = values::query(&[("function".into(), one.function.clone())]);
                record(&format!("{to_change}?{query}"), &one.name)
            }
            _ => html! { "For " (one.authority) " to record" },
        };
        vec![
            Cell::from(html! { (linked.named(&one.entry)) " " (one.name) }),
            Cell::from(format!("{} {}", one.function, one.label)),
            Cell::from(percent(one.probability)),
            Cell::from(one.reason.as_str()),
            Cell::from(act),
        ]
    };
    table(&Table {
        caption: "Functions suggested".into(),
        caption_classes: "govuk-visually-hidden",
        head: ["Application", "Function", "How probable", "Why", "Record it"].map(Cell::from).to_vec(),
        rows: suggestions.iter().map(row).collect(),
        first_cell_is_header: true,
        ..Table::default()
    })
}

fn suppliers(viewer: &Viewer, suggestions: &[PerhapsOneSupplier]) -> Markup {
    let may = viewer.actor.may(Verb::edit(Kind::SupplierName), PARTNERSHIP);
    let row = |one: &PerhapsOneSupplier| {
        let query = values::query(&[("name".into(), one.one.clone()), ("now".into(), one.other.clone())]);
        let address = format!("/estate/{}/{PARTNERSHIP}/new?{query}", Kind::SupplierName.key());
        vec![
            Cell::from(one.one.as_str()),
            Cell::from(one.other.as_str()),
            Cell::from(one.reason.as_str()),
            Cell::from(if may {
                record(&address, &one.one)
            } else {
                html! { "For the partnership to record" }
            }),
        ]
    };
    table(&Table {
        caption: "Names that may be one supplier’s".into(),
        caption_classes: "govuk-visually-hidden",
        head: ["Name", "May be", "Why", "Record it"].map(Cell::from).to_vec(),
        rows: suggestions.iter().map(row).collect(),
        first_cell_is_header: true,
        ..Table::default()
    })
}

fn record(address: &str, whose: &str) -> Markup {
    html! {
        a.govuk-link href=(address) { "Look at it and record it" span.govuk-visually-hidden { ": " (whose) } }
    }
}
