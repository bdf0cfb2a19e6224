//! What changed between two baselines of an owner, or between one and the entries as they stand.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use penshaw_operations::{Compared, Frozen};
use penshaw_register::{Change, Kind, What};
use serde::Deserialize;

use crate::components::{Button, Cell, Emphasis, Select, SelectItem, Table, button, scroll_region, select, table};
use crate::layout::{Section, Sheet, body_name};
use crate::pages::entry;
use crate::pages::paging::{PER_PAGE, numbers, range};
use crate::problem::Problem;
use crate::values;
use crate::viewer::Viewer;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    earlier: String,
    later: String,
    kind: String,
    page: Option<u64>,
}

/// How many entries of a kind differ.
#[derive(Default)]
struct Count {
    added: u64,
    changed: u64,
    removed: u64,
}

pub(super) async fn show(
    viewer: Viewer,
    Path(body): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let operations = &viewer.web.operations;
    let later = (!asked.later.is_empty()).then_some(asked.later.as_str());
    let compared = operations.compare_baselines(&viewer.actor, &body, &asked.earlier, later).await?;
    let baselines = operations.baselines(&viewer.actor, &body).await?;
    let whose = body_name(&viewer.brief().await?.authorities, &body);
    let way = vec![
        ("Estate".into(), "/estate".into()),
        (format!("Baselines: {whose}"), format!("/baselines/{}", values::path(&body))),
    ];
    let sheet = Sheet {
        title: "What changed",
        section: Section::Estate,
        way,
        wide: true,
        body: html! {
            span.govuk-caption-xl { (whose) }
            h1.govuk-heading-xl { "What changed" }
            (draw(&body, &compared, &asked))
            div.govuk-grid-row { div.govuk-grid-column-two-thirds { (form(&body, &baselines, &asked.earlier, &asked.later)) } }
        },
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

/// The form that asks for two states to be compared.
pub(super) fn form(body: &str, baselines: &[Frozen], earlier: &str, later: &str) -> Markup {
    let items = || baselines.iter().map(|one| SelectItem::new(&*one.id, named(one)));
    let now = SelectItem::new("", "The entries as they stand now");
    html! {
        h2.govuk-heading-l { "Compare two" }
        form method="get" action=(format!("/baselines/{}/compare", values::path(body))) {
            (select(&Select { value: earlier, ..Select::new("earlier", "The earlier", items().collect()) }))
            (select(&Select { value: later, ..Select::new("later", "The later", [now].into_iter().chain(items()).collect()) }))
            (button(&Button { content: "Compare".into(), emphasis: Emphasis::Secondary, ..Button::default() }))
        }
    }
}

/// A baseline by its day and what it was frozen for.
fn named(frozen: &Frozen) -> String {
    const LETTERS: usize = 60;
    let note: String = frozen.note.chars().take(LETTERS).collect();
    let cut = if frozen.note.chars().count() > LETTERS { "…" } else { "" };
    match note.as_str() {
        "" => format!("As of {}", values::date(frozen.on)),
        note => format!("As of {}: {note}{cut}", values::date(frozen.on)),
    }
}

fn draw(body: &str, compared: &Compared, asked: &Asked) -> Markup {
    let difference = &compared.difference;
    let later = match &compared.later {
        Some(later) => format!("the baseline of {}", values::date(later.on)),
        None => "the entries as they stand now".to_owned(),
    };
    let figures = [
        (difference.added(), "added"),
        (difference.changed(), "changed"),
        (difference.not_in_file(), "removed"),
        (difference.unchanged, "the same"),
    ];
    html! {
        p.govuk-body-l { "From the baseline of " (values::date(compared.earlier.on)) " to " (later) "." }
        ul.penshaw-figures {
            @for (count, words) in figures {
                li { span.penshaw-figures__value { (values::grouped(count as i64)) } (words) }
            }
        }
        @if difference.is_empty() {
            p.govuk-body { "Nothing differs." }
        } @else {
            (by_kind(&difference.changes, body, asked))
            (changes(body, compared, asked))
        }
    }
}

fn by_kind(changes: &[Change], body: &str, asked: &Asked) -> Markup {
    let mut counts: BTreeMap<Kind, Count> = BTreeMap::new();
    for change in changes {
        let count = counts.entry(change.kind).or_default();
        match change.what {
            What::New => count.added += 1,
            What::Changed(_) => count.changed += 1,
            What::NotInFile => count.removed += 1,
        }
    }
    let rows = counts.iter().map(|(kind, count)| {
        let link = html! { a.govuk-link href=(address(body, asked, kind.key(), 1)) { (kind.sheet()) } };
        let counts = [count.added, count.changed, count.removed];
        let counts = counts.into_iter().map(|count| Cell::numeric(values::grouped(count as i64)));
        std::iter::once(Cell::from(link)).chain(counts).collect()
    });
    let drawn = table(&Table {
        caption: "By kind of entry".into(),
        caption_classes: "govuk-table__caption--l",
        head: vec!["Kind".into(), Cell::numeric("Added"), Cell::numeric("Changed"), Cell::numeric("Removed")],
        rows: rows.collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    scroll_region("By kind of entry", &drawn)
}

fn address(body: &str, asked: &Asked, kind: &str, page: u64) -> String {
    let mut query = vec![("earlier".to_owned(), asked.earlier.clone()), ("later".to_owned(), asked.later.clone())];
    if !kind.is_empty() {
        query.push(("kind".into(), kind.to_owned()));
    }
    if page > 1 {
        query.push(("page".into(), page.to_string()));
    }
    format!("/baselines/{}/compare?{}#entries", values::path(body), values::query(&query))
}

/// The entries that differ, of the kind that is asked for or of all.
fn changes(body: &str, compared: &Compared, asked: &Asked) -> Markup {
    let kind: Option<Kind> = asked.kind.parse().ok();
    let wanted: Vec<&Change> =
        compared.difference.changes.iter().filter(|change| kind.is_none_or(|kind| change.kind == kind)).collect();
    let (total, page) = (wanted.len() as u64, asked.page.unwrap_or(1).max(1));
    let skipped = usize::try_from((page - 1).saturating_mul(PER_PAGE)).unwrap_or(usize::MAX);
    let shown = wanted.iter().skip(skipped).take(PER_PAGE as usize);
    let title = kind.map_or("Every entry that differs", Kind::sheet);
    let drawn = table(&Table {
        caption: range(page, total, ("entry", "entries")).into(),
        caption_classes: "govuk-table__caption--s",
        head: ["Entry", "Kind", "What changed"].into_iter().map(Cell::from).collect(),
        rows: shown.map(|change| row(body, change)).collect(),
        first_cell_is_header: true,
        classes: "penshaw-table",
    });
    html! {
        section aria-labelledby="entries" {
            h2.govuk-heading-l id="entries" { (title) }
            @if kind.is_some() { p.govuk-body { a.govuk-link href=(address(body, asked, "", 1)) { "Show every kind" } } }
            (scroll_region(title, &drawn))
            (numbers(page, total, |page| address(body, asked, &asked.kind, page)))
        }
    }
}

fn row(owner: &str, change: &Change) -> Vec<Cell> {
    let what = html! {
        @match &change.what {
            What::New => "Added",
            What::NotInFile => "Removed",
            What::Changed(fields) => {
                ul.govuk-list.penshaw-list-plain {
                    @for field in fields { li.penshaw-wrap { (entry::change(change.kind, field)) } }
                }
            }
        }
    };
    let named = html! {
        @if change.what == What::NotInFile { (change.reference) } @else {
            a.govuk-link href=(entry::address(owner, change.kind, &change.reference)) { (change.reference) }
        }
    };
    vec![
        html! { span.penshaw-wrap { (named) } }.into(),
        change.kind.sheet().into(),
        Cell { classes: "penshaw-cell-long".into(), ..Cell::from(what) },
    ]
}
