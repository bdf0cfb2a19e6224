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
        (part(Part {
            heading: "Functions of applications that record none",
            caption: "Functions suggested",
            none: "There are none to suggest.",
            head: &["Application", "Function", "How probable", "Why", "Record it"],
            rows: functions(&viewer, &outcome.suggestions, &linked),
        }))
        (part(Part {
            heading: "Names that may be one supplier’s",
            caption: "Names that may be one supplier’s",
            none: "There are none.",
            head: &["Name", "May be", "Why", "Record it"],
            rows: suppliers(&viewer, &outcome.perhaps_suppliers),
        }))
    };
    let way = vec![
        ("Analyses".into(), "/analyses".into()),
        (overlap(), "/analyses/overlap".into()),
        ("Matches to review".into(), "/matches".into()),
    ];
    Ok(viewer.page(Sheet { title: TITLE, section: Section::Analyses, way, wide: true, body, ..Sheet::default() }).await)
}

/// Suggestions of one sort.
struct Part<'a> {
    heading: &'a str,
    caption: &'a str,
    /// What stands there where there are none.
    none: &'a str,
    head: &'a [&'a str],
    rows: Vec<Vec<Cell>>,
}

fn part(part: Part<'_>) -> Markup {
    let none = part.rows.is_empty();
    let drawn = table(&Table {
        caption: part.caption.into(),
        caption_classes: "govuk-visually-hidden",
        head: part.head.iter().copied().map(Cell::from).collect(),
        rows: part.rows,
        first_cell_is_header: true,
        ..Table::default()
    });
    html! {
        h2.govuk-heading-m { (part.heading) }
        @if none { p.govuk-body { (part.none) } } @else { (scroll_region(part.caption, &drawn)) }
    }
}

fn functions(viewer: &Viewer, suggestions: &[FunctionSuggestion], linked: &Linked) -> Vec<Vec<Cell>> {
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
    suggestions.iter().map(row).collect()
}

fn suppliers(viewer: &Viewer, suggestions: &[PerhapsOneSupplier]) -> Vec<Vec<Cell>> {
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
    suggestions.iter().map(row).collect()
}

fn record(address: &str, whose: &str) -> Markup {
    html! {
        a.govuk-link href=(address) { "Look at it and record it" span.govuk-visually-hidden { ": " (whose) } }
    }
}
