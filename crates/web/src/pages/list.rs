//! The entries of one kind: searched, filtered, sorted, page by page, as far as the reader may see them.

use axum::Router;
use axum::extract::{OriginalUri, Path, Query};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use penshaw_basis::Confidence;
use penshaw_operations::{List, ListAsked, Listed, Refusal, Verb};
use penshaw_register::{Field, FieldKind, Holder, Kind, PARTNERSHIP};
use serde::Deserialize;

use crate::components::{
    Button, Emphasis, Input, Pagination, PaginationLink, Select, SelectItem, button, input, pagination, select,
};
use crate::kept::Said;
use crate::layout::{Section, Sheet, body_name};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;

/// How many entries a page holds where nobody says.
const PER_PAGE: u64 = 50;
/// How many of a kind's fields have a column.
const COLUMNS: usize = 5;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/estate/{kind}", get(show))
}

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    owner: String,
    words: String,
    confidence: String,
    sort: String,
    order: String,
    page: Option<u64>,
    per_page: Option<u64>,
}

async fn show(
    viewer: Viewer,
    OriginalUri(address): OriginalUri,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let kind: Kind = kind.parse().map_err(|_| Refusal::NotThere { what: "kind of entry" })?;
    let said = viewer.kept(&address.to_string(), async || say(&viewer, kind, &asked).await).await?;
    let sheet = Sheet {
        title: &said.title,
        section: Section::Estate,
        way: said.way.clone(),
        wide: true,
        body: said.body(),
        ..Sheet::default()
    };
    Ok(viewer.page(sheet).await)
}

async fn say(viewer: &Viewer, kind: Kind, asked: &Asked) -> Result<Said, Refusal> {
    let page = asked.page.unwrap_or(1).max(1);
    let question = ListAsked {
        owner: (!asked.owner.is_empty()).then(|| asked.owner.clone()),
        words: asked.words.clone(),
        confidence: (!asked.confidence.is_empty()).then(|| asked.confidence.clone()),
        holding: None,
        sort: asked.sort.clone(),
        descending: asked.order == "descending",
        page,
        per_page: asked.per_page.unwrap_or(PER_PAGE),
    };
    let list = viewer.web.operations.list_entries(&viewer.actor, kind, &question).await?;
    let body = draw(&list, asked, page, &editable(viewer, kind));
    Ok(Said { title: kind.sheet().to_owned(), way: vec![("Estate".into(), "/estate".into())], body })
}

/// The bodies to which the viewer may add entries of the kind.
fn editable(viewer: &Viewer, kind: Kind) -> Vec<String> {
    let holds = |body: &&str| (kind.holder() == Holder::Partnership) == (*body == PARTNERSHIP);
    let bodies = viewer.actor.bodies().filter(holds).filter(|body| viewer.actor.may(Verb::edit(kind), body));
    bodies.map(str::to_owned).collect()
}

fn draw(list: &List, asked: &Asked, page: u64, owners: &[String]) -> Markup {
    let per_page = asked.per_page.unwrap_or(PER_PAGE).clamp(1, 1_000);
    let pages = list.total.div_ceil(per_page).max(1);
    html! {
        h1.govuk-heading-xl { (list.kind.sheet()) }
        p.govuk-body-l { (list.kind.about()) }
        @for owner in owners {
            a.govuk-button.govuk-button--secondary role="button" draggable="false" data-module="govuk-button"
                href=(format!("/estate/{}/{owner}/new", list.kind.key())) {
                "Add an entry" @if owners.len() > 1 || list.kind.holder() == Holder::Authority { " for " (body_name(&list.authorities, owner)) }
            }
            " "
            @if list.kind.holder() == Holder::Partnership {
                a.govuk-button.govuk-button--secondary role="button" draggable="false" data-module="govuk-button"
                    href=(format!("/estate/{}/{owner}/table", list.kind.key())) { "Edit as a table" }
            }
        }
        div.penshaw-filtered {
            (filters(list, asked))
            div {
                p.penshaw-count.govuk-body role="status" {
                    (values::grouped(list.total as i64)) @if list.total == 1 { " entry" } @else { " entries" }
                    @if pages > 1 { ", page " (page) " of " (pages) }
                }
                @if list.entries.is_empty() {
                    p.govuk-body { "There are none that you may see. Change the filters, or ask the owner to share them." }
                } @else {
                    div.penshaw-scroll role="region" aria-label=(list.kind.sheet()) tabindex="0" { (entries(list, asked)) }
                    (numbers(asked, page, pages))
                    (downloads(list, asked))
                }
            }
        }
    }
}

fn filters(list: &List, asked: &Asked) -> Markup {
    let owners = list.authorities.iter().map(|authority| SelectItem::new(&*authority.code, &*authority.name));
    let owners = [SelectItem::new("", "Every authority")].into_iter().chain(owners).collect();
    let sure = Confidence::ALL.iter().map(|one| SelectItem::new(one.word(), values::capital(one.word())));
    let sure = [SelectItem::new("", "Any")].into_iter().chain(sure).collect();
    html! {
        form.penshaw-filters method="get" role="search" aria-label="Filter the entries" {
            h2.govuk-heading-m { "Filter" }
            (input(&Input { name: "words", id: "words", label: "Words".into(), value: &asked.words, kind: "search", ..Input::default() }))
            @if list.kind.holder() == Holder::Authority {
                (select(&Select { name: "owner", id: "owner", label: "Whose".into(), items: owners, value: &asked.owner, ..Select::default() }))
            }
            (select(&Select { name: "confidence", id: "confidence", label: "How sure".into(), items: sure, value: &asked.confidence, ..Select::default() }))
            @if !asked.sort.is_empty() { input type="hidden" name="sort" value=(asked.sort); }
            @if !asked.order.is_empty() { input type="hidden" name="order" value=(asked.order); }
            div.govuk-button-group {
                (button(&Button { content: "Filter".into(), emphasis: Emphasis::Secondary, ..Button::default() }))
                a.govuk-link href=(format!("/estate/{}", list.kind.key())) { "Clear" }
            }
        }
    }
}

/// The fields that have a column: those that say most in least space, in the order of the sheet.
fn columns(kind: Kind) -> Vec<&'static Field> {
    let first_text = kind.fields().iter().position(|field| field.kind == FieldKind::Text);
    let fits = |(place, field): &(usize, &'static Field)| {
        Some(*place) != first_text
            && !matches!(field.kind, FieldKind::AmountsByYear | FieldKind::List | FieldKind::References(_))
    };
    let fitting = kind.fields().iter().enumerate().filter(fits);
    let (money, others): (Vec<_>, Vec<_>) = fitting.partition(|(_, field)| field.kind == FieldKind::Money);
    // What it costs before what else there is room for; then as they are declared.
    let mut chosen: Vec<_> = money.into_iter().chain(others).take(COLUMNS).collect();
    chosen.sort_by_key(|(place, _)| *place);
    chosen.into_iter().map(|(_, field)| field).collect()
}

fn entries(list: &List, asked: &Asked) -> Markup {
    let columns = columns(list.kind);
    let shows_owner = list.kind.holder() == Holder::Authority;
    html! {
        table.govuk-table.penshaw-table {
            caption.govuk-table__caption.govuk-visually-hidden { (list.kind.sheet()) ": choose a heading to sort by it" }
            thead.govuk-table__head {
                tr.govuk-table__row {
                    (heading(list.kind, asked, "title", "Entry", false))
                    (heading(list.kind, asked, "reference", "Reference", false))
                    @if shows_owner { (heading(list.kind, asked, "owner", "Whose", false)) }
                    @for field in &columns { (heading(list.kind, asked, field.name, field.label, values::is_numeric(field.kind))) }
                    (heading(list.kind, asked, "confidence", "How sure", false))
                }
            }
            tbody.govuk-table__body {
                @for entry in &list.entries { (row(entry, &columns, shows_owner)) }
            }
        }
    }
}

fn heading(kind: Kind, asked: &Asked, sort: &str, label: &str, numeric: bool) -> Markup {
    let is_sorted = asked.sort == sort || (asked.sort.is_empty() && sort == "title");
    let descending = is_sorted && asked.order == "descending";
    let sorted = if !is_sorted {
        "none"
    } else if descending {
        "descending"
    } else {
        "ascending"
    };
    let order = if is_sorted && !descending { "descending" } else { "ascending" };
    let address = Asked { sort: sort.to_owned(), order: order.to_owned(), page: None, ..asked.clone() }.address(kind);
    html! {
        th.govuk-table__header.govuk-table__header--numeric[numeric] scope="col" aria-sort=(sorted) {
            a.govuk-link.govuk-link--no-visited-state href=(address) { (label) }
        }
    }
}

fn row(entry: &Listed, columns: &[&Field], shows_owner: bool) -> Markup {
    let record = &entry.record;
    html! {
        tr.govuk-table__row {
            th.govuk-table__header scope="row" {
                a.govuk-link href=(super::entry::address(&entry.owner, record.kind, &record.reference)) {
                    (values::title(record))
                }
            }
            td.govuk-table__cell { (record.reference) }
            @if shows_owner { td.govuk-table__cell { (entry.owner) } }
            @for field in columns {
                td.govuk-table__cell.govuk-table__cell--numeric[values::is_numeric(field.kind)] { (cell(entry, field)) }
            }
            td.govuk-table__cell { (record.confidence.word()) }
        }
    }
}

fn cell(entry: &Listed, field: &Field) -> Markup {
    if let Some(value) = entry.record.fields.get(field.name) {
        return html! { (values::shown(field, value)) };
    }
    if let Some(band) = entry.instead.get(field.name) {
        return html! { (band) };
    }
    if entry.kept.iter().any(|kept| kept == field.name) {
        return html! { span.penshaw-quiet { "kept back" } };
    }
    html! {}
}

fn numbers(asked: &Asked, page: u64, pages: u64) -> Markup {
    if pages < 2 {
        return html! {};
    }
    let address = |page: u64| {
        let mut query = asked.query();
        query.push(("page".into(), page.to_string()));
        format!("?{}", values::query(&query))
    };
    let mut drawn = Pagination::numbered(page as usize, pages as usize, |number| address(number as u64));
    drawn.previous = (page > 1).then(|| PaginationLink::new(address(page - 1)));
    drawn.next = (page < pages).then(|| PaginationLink::new(address(page + 1)));
    pagination(&drawn)
}

fn downloads(list: &List, asked: &Asked) -> Markup {
    let owner = match list.kind.holder() {
        Holder::Partnership => PARTNERSHIP,
        Holder::Authority => asked.owner.as_str(),
    };
    html! {
        @if owner.is_empty() {
            p.govuk-body-s { "To download entries, filter by authority first." }
        } @else {
            p.govuk-body-s {
                "Download all of them: "
                a.govuk-link href=(format!("/estate/{}/{owner}/download.csv", list.kind.key())) { "CSV" } ", "
                a.govuk-link href=(format!("/estate/{}/{owner}/download.xlsx", list.kind.key())) { "Excel" }
            }
        }
    }
}

impl Asked {
    /// The address's own words, page left out.
    fn query(&self) -> Vec<(String, String)> {
        let per_page = self.per_page.map(|number| number.to_string()).unwrap_or_default();
        let pairs = [
            ("owner", &self.owner),
            ("words", &self.words),
            ("confidence", &self.confidence),
            ("sort", &self.sort),
            ("order", &self.order),
            ("per_page", &per_page),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        said.map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }

    fn address(&self, kind: Kind) -> String {
        format!("/estate/{}?{}", kind.key(), values::query(&self.query()))
    }
}
