//! Entries that the partners hold together, edited as a table: options, lines and risks above all.

mod conflict;
mod grid;
mod rows;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use penshaw_operations::{EntryTable, FinancialYear, Invalid, Refusal};
use penshaw_register::{FieldKind, Kind, Record};
use serde::Deserialize;

use super::entry_form::{kind_of, way_to, with_status};
use crate::form::Form;
use crate::layout::{Section, Sheet};
use crate::problem::Problem;
use crate::server::Web;
use crate::values;
use crate::viewer::Viewer;
use rows::Row;

/// How many entries a page of the table holds.
const PER_PAGE: usize = 100;
/// How many empty rows stand at the end, and are added at once.
const EMPTY: usize = 3;
/// Asks for more empty rows.
const MORE_ROWS: &str = "more_rows";
/// Asks for the amounts of one more year.
const MORE_YEARS: &str = "more_years";

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/estate/{kind}/{owner}/table", get(show).post(save))
}

/// Which rows the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    option: String,
    page: Option<usize>,
}

/// A table as it is drawn.
struct Sheetful<'a> {
    kind: Kind,
    owner: &'a str,
    asked: &'a Asked,
    table: &'a EntryTable,
    rows: &'a [Row],
    years: &'a [String],
    wrong: &'a [Invalid],
}

/// The field by which rows are told apart by option, where the kind has one.
fn option_field(kind: Kind) -> Option<&'static str> {
    let of_options = |field: &&penshaw_register::Field| {
        matches!(field.kind, FieldKind::Reference(Kind::CourseOption) | FieldKind::References(Kind::CourseOption))
    };
    kind.fields().iter().find(of_options).map(|field| field.name)
}

async fn table(viewer: &Viewer, owner: &str, kind: Kind, asked: &Asked) -> Result<EntryTable, Refusal> {
    let holding = option_field(kind).filter(|_| !asked.option.is_empty()).map(|field| (field, asked.option.as_str()));
    viewer.web.operations.entry_table(&viewer.actor, owner, kind, holding).await
}

async fn show(
    viewer: Viewer,
    Path((kind, owner)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let table = table(&viewer, &owner, kind, &asked).await?;
    let page = asked.page.unwrap_or(1).max(1);
    let shown = table.entries.iter().skip((page - 1).saturating_mul(PER_PAGE)).take(PER_PAGE);
    let mut rows: Vec<Row> = shown.map(|(record, number)| Row::of(record, *number)).collect();
    rows.extend(std::iter::repeat_with(|| empty(kind, &asked)).take(EMPTY));
    let years = years_shown(&table);
    let sheetful =
        Sheetful { kind, owner: &owner, asked: &asked, table: &table, rows: &rows, years: &years, wrong: &[] };
    Ok(drawn(&viewer, &sheetful).await)
}

/// A new row, of the option that is looked at.
fn empty(kind: Kind, asked: &Asked) -> Row {
    let option = option_field(kind).filter(|_| !asked.option.is_empty());
    Row::empty(option.map(|field| (field, asked.option.as_str())))
}

/// The years that have amounts, and one more.
fn years_shown(table: &EntryTable) -> Vec<String> {
    let by_year = table.around.kind.fields().iter().filter(|field| field.kind == FieldKind::AmountsByYear);
    let by_year: Vec<&str> = by_year.map(|field| field.name).collect();
    if by_year.is_empty() {
        return Vec::new();
    }
    let held = |year: &FinancialYear| {
        let year = year.to_string();
        let has_amount = |record: &Record| {
            by_year.iter().any(|name| record.fields.get(*name).is_some_and(|amounts| amounts.get(&year).is_some()))
        };
        table.entries.iter().any(|(record, _)| has_amount(record))
    };
    let last = table.around.years.iter().rposition(held).map_or(table.around.years.len(), |place| place + 2);
    table.around.years.iter().take(last).map(ToString::to_string).collect()
}

async fn save(
    viewer: Viewer,
    Path((kind, owner)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    sent: Form,
) -> Result<Response, Problem> {
    let kind = kind_of(&kind)?;
    let table = table(&viewer, &owner, kind, &asked).await?;
    let mut years: Vec<String> = sent.all("year").into_iter().map(str::to_owned).collect();
    let mut rows = rows::read(kind, &sent, &table);
    let more = sent.has(MORE_ROWS) || sent.has(MORE_YEARS);
    if sent.has(MORE_ROWS) {
        rows.extend(std::iter::repeat_with(|| empty(kind, &asked)).take(EMPTY));
    }
    if sent.has(MORE_YEARS) {
        let last: Option<FinancialYear> = years.last().and_then(|year| year.parse().ok());
        years.extend(last.map(|last| (last + 1).to_string()));
    }
    let mut sheetful =
        Sheetful { kind, owner: &owner, asked: &asked, table: &table, rows: &rows, years: &years, wrong: &[] };
    if more {
        return Ok(drawn(&viewer, &sheetful).await);
    }
    let (to_save, places, mut wrong) = rows::to_save(kind, &rows, option_field(kind));
    if wrong.is_empty() {
        match viewer.web.operations.save_entries(&viewer.actor, &owner, kind, &to_save).await {
            Ok(()) => return Ok(Redirect::to(&after(kind)).into_response()),
            Err(Refusal::Invalid(invalid)) => wrong = rows::placed(invalid, &rows, &places),
            Err(Refusal::ChangedMeanwhile { .. }) => {
                return conflict::page(&viewer, &sheetful, &sent, &to_save, &places).await;
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    rows::lead_to_cells(kind, &years, &mut wrong);
    sheetful.wrong = &wrong;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, drawn(&viewer, &sheetful).await))
}

fn after(kind: Kind) -> String {
    format!("/estate/{}?done=saved", kind.key())
}

async fn drawn(viewer: &Viewer, sheetful: &Sheetful<'_>) -> Response {
    let title = format!("Edit {} as a table", sheetful.kind.sheet().to_lowercase());
    let sheet = Sheet {
        title: &title,
        section: Section::Estate,
        way: way_to(sheetful.kind, None),
        wide: true,
        errors: sheetful.wrong,
        body: grid::draw(&title, sheetful),
    };
    viewer.page(sheet).await
}

impl Sheetful<'_> {
    /// The address of this table.
    fn address(&self, page: usize) -> String {
        let mut query = vec![("page".to_owned(), page.to_string())];
        if !self.asked.option.is_empty() {
            query.push(("option".to_owned(), self.asked.option.clone()));
        }
        format!("/estate/{}/{}/table?{}", self.kind.key(), values::path(self.owner), values::query(&query))
    }
}
