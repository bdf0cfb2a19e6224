//! The table itself: a row an entry, a column a field, and under them what may be done.

use maud::{Markup, html};
use penshaw_register::{Field, FieldKind};

use super::rows::{Row, named};
use super::{EMPTY, MORE_ROWS, MORE_YEARS, PER_PAGE, Sheetful, option_field};
use crate::components::{
    Button, Details, Emphasis, Pagination, PaginationLink, Select, SelectItem, SummaryList, SummaryRow, button,
    details, pagination, select, summary_list,
};
use crate::layout::{error_of, field_id};
use crate::pages::entry_form;
use crate::values;

pub(super) fn draw(title: &str, sheetful: &Sheetful<'_>) -> Markup {
    let page = sheetful.asked.page.unwrap_or(1).max(1);
    let has_years = !sheetful.years.is_empty();
    html! {
        span.govuk-caption-xl { (entry_form::caption(&sheetful.table.around)) }
        h1.govuk-heading-xl { (title) }
        p.govuk-body { "All rows are saved together, or none of them. Rows in which nothing is filled in are left out." }
        (filter(sheetful))
        (meanings(sheetful))
        form method="post" action=(sheetful.address(page)) novalidate {
            @for year in sheetful.years { input type="hidden" name="year" value=(year); }
            div.penshaw-scroll.penshaw-scroll--tall role="region" aria-label=(sheetful.kind.sheet()) tabindex="0" {
                table.govuk-table.penshaw-table.penshaw-edit {
                    caption.govuk-table__caption.govuk-visually-hidden { (sheetful.kind.sheet()) ", one a row" }
                    (head(sheetful))
                    tbody.govuk-table__body {
                        @for (place, row) in sheetful.rows.iter().enumerate() { (one(sheetful, place, row)) }
                    }
                }
            }
            (numbers(sheetful, page))
            div.govuk-button-group {
                (button(&Button::submit("Save all rows")))
                (button(&Button { emphasis: Emphasis::Secondary, name: MORE_ROWS, value: "yes", ..Button::submit(format!("Add {EMPTY} more rows")) }))
                @if has_years {
                    (button(&Button { emphasis: Emphasis::Secondary, name: MORE_YEARS, value: "yes", ..Button::submit("Add a year") }))
                }
                a.govuk-link href=(format!("/estate/{}", sheetful.kind.key())) { "Cancel" }
            }
        }
    }
}

/// The rows of one option alone, for kinds whose entries belong to one.
fn filter(sheetful: &Sheetful<'_>) -> Markup {
    let options = sheetful.table.around.choices.get(&penshaw_register::Kind::CourseOption);
    let (Some(options), Some(_)) = (options, option_field(sheetful.kind)) else { return html! {} };
    let items = options.iter().map(|(reference, title)| SelectItem::new(reference, format!("{reference}: {title}")));
    html! {
        form.penshaw-pick method="get" {
            (select(&Select {
                value: &sheetful.asked.option,
                ..Select::new("option", "Only of the option", [SelectItem::new("", "All options")].into_iter().chain(items).collect())
            }))
            (button(&Button { content: "Show".into(), emphasis: Emphasis::Secondary, ..Button::default() }))
        }
    }
}

fn meanings(sheetful: &Sheetful<'_>) -> Markup {
    let row = |field: &Field| {
        let example = if field.example.is_empty() { String::new() } else { format!(" For example: {}", field.example) };
        SummaryRow::new(label(field), format!("{}{example}", field.help))
    };
    let rows = sheetful.kind.fields().iter().map(row).collect();
    details(&Details::new(
        "What goes into each column",
        summary_list(&SummaryList { classes: "govuk-summary-list--no-border", ..SummaryList::new(rows) }),
    ))
}

fn label(field: &Field) -> String {
    format!("{}{}", field.label, if field.required { " (required)" } else { "" })
}

/// A column: a field, or one year of it.
fn columns<'a>(sheetful: &'a Sheetful<'_>) -> Vec<(&'static Field, Option<&'a str>)> {
    let of_field = |field: &'static Field| match field.kind {
        FieldKind::AmountsByYear => sheetful.years.iter().map(|year| (field, Some(year.as_str()))).collect(),
        _ => vec![(field, None)],
    };
    sheetful.kind.fields().iter().flat_map(of_field).collect()
}

fn head(sheetful: &Sheetful<'_>) -> Markup {
    html! {
        thead.govuk-table__head {
            tr.govuk-table__row {
                th.govuk-table__header scope="col" { "Reference" }
                @for (field, year) in columns(sheetful) {
                    th.govuk-table__header scope="col" {
                        @match year {
                            Some(year) => { (field.label) " " span.penshaw-numeric { (year) } ", £" }
                            None => { (label(field)) @if field.kind == FieldKind::Money { ", £" } }
                        }
                    }
                }
                th.govuk-table__header scope="col" { "How sure" }
                th.govuk-table__header scope="col" { "Remove" }
            }
        }
    }
}

fn one(sheetful: &Sheetful<'_>, place: usize, row: &Row) -> Markup {
    let name = row.name(place);
    html! {
        tr.govuk-table__row {
            th.govuk-table__header scope="row" { (reference(sheetful, place, row)) }
            @for (field, year) in columns(sheetful) {
                td.govuk-table__cell { (cell(sheetful, place, row, field, year)) }
            }
            td.govuk-table__cell {
                (pick(&Cell { name: named(place, "confidence"), label: format!("{name}, How sure"), value: &row.typed.confidence, error: error_of(sheetful.wrong, &named(place, "confidence")) },
                    &entry_form::words_of_sureness("").into_iter().skip(1).filter_map(|item| Some((item.value?, item.text))).collect::<Vec<_>>(), None))
            }
            td.govuk-table__cell {
                input.penshaw-tick type="checkbox" name=(named(place, "remove")) value="yes" checked[row.removed]
                    aria-label=(format!("{name}, Remove"));
            }
        }
    }
}

/// The reference of an entry that is there is fixed; of a new one it is asked for.
fn reference(sheetful: &Sheetful<'_>, place: usize, row: &Row) -> Markup {
    let name = named(place, "reference");
    html! {
        @for (field, sure) in &row.typed.field_confidence {
            input type="hidden" name=(named(place, &format!("sure.{field}"))) value=(sure);
        }
        @match row.seen {
            Some(seen) => {
                input type="hidden" name=(named(place, "seen")) value=(seen);
                input type="hidden" name=(name) value=(row.typed.reference);
                span id=(field_id(&name)) { (row.typed.reference) }
            }
            None => (line(&Cell {
                label: format!("Row {}, Reference", place + 1),
                value: &row.typed.reference,
                error: error_of(sheetful.wrong, &name),
                name,
            }, "penshaw-cell--short", "text"))
        }
    }
}

/// What a cell holds, by which name it is sent, and what is wrong with it.
struct Cell<'a> {
    name: String,
    label: String,
    value: &'a str,
    error: Option<&'a str>,
}

fn cell(sheetful: &Sheetful<'_>, place: usize, row: &Row, field: &'static Field, year: Option<&str>) -> Markup {
    let around = &sheetful.table.around;
    let own = year.map_or_else(|| field.name.to_owned(), |year| format!("{}.{year}", field.name));
    let name = named(place, &own);
    let label = match year {
        Some(year) => format!("{}, {} {year}", row.name(place), field.label),
        None => format!("{}, {}", row.name(place), field.label),
    };
    let value = row.typed.field(&own);
    let cell = Cell { error: error_of(sheetful.wrong, &name), name, label, value };
    let nothing = (!field.required || value.is_empty()).then_some("");
    let words = |words: &[&str]| -> Vec<(String, String)> {
        words.iter().map(|word| ((*word).to_owned(), values::capital(word))).collect()
    };
    match field.kind {
        FieldKind::Text if entry_form::is_long(field, value) => lines(&cell),
        FieldKind::Text | FieldKind::List | FieldKind::References(_) => line(&cell, "penshaw-cell--words", "text"),
        FieldKind::Date => line(&cell, "penshaw-cell--middle", "text"),
        FieldKind::Money | FieldKind::AmountsByYear => line(&cell, "penshaw-cell--money", "decimal"),
        FieldKind::Number { .. } | FieldKind::Count | FieldKind::Proportion => {
            line(&cell, "penshaw-cell--short", "decimal")
        }
        FieldKind::Year | FieldKind::Function => line(&cell, "penshaw-cell--short", "text"),
        FieldKind::YesNo => pick(&cell, &words(&["yes", "no"]), nothing),
        FieldKind::Choice(choices) => pick(&cell, &words(choices), nothing),
        FieldKind::Authority | FieldKind::AuthorityOrJoint => {
            pick(&cell, &entry_form::owners(around, field.kind, value), nothing)
        }
        FieldKind::Reference(kind) => match entry_form::choices(around, kind, value) {
            Some(choices) => pick(&cell, &choices, nothing),
            None => line(&cell, "penshaw-cell--short", "text"),
        },
    }
}

fn line(cell: &Cell<'_>, width: &str, keyboard: &str) -> Markup {
    let id = field_id(&cell.name);
    html! {
        (said(cell))
        input id=(id) name=(cell.name) value=(cell.value) type="text" inputmode=(keyboard) autocomplete="off"
            class={ "govuk-input " (width) (failing(cell, " govuk-input--error")) } aria-label=(cell.label)
            aria-describedby=[cell.error.map(|_| format!("{id}-error"))];
    }
}

fn lines(cell: &Cell<'_>) -> Markup {
    let id = field_id(&cell.name);
    html! {
        (said(cell))
        textarea id=(id) name=(cell.name) rows="2" aria-label=(cell.label)
            class={ "govuk-textarea penshaw-cell--words" (failing(cell, " govuk-textarea--error")) }
            aria-describedby=[cell.error.map(|_| format!("{id}-error"))] { (cell.value) }
    }
}

fn pick(cell: &Cell<'_>, choices: &[(String, String)], nothing: Option<&str>) -> Markup {
    let id = field_id(&cell.name);
    html! {
        (said(cell))
        select id=(id) name=(cell.name) aria-label=(cell.label)
            class={ "govuk-select penshaw-cell--pick" (failing(cell, " govuk-select--error")) }
            aria-describedby=[cell.error.map(|_| format!("{id}-error"))] {
            @if let Some(nothing) = nothing { option value="" { (nothing) } }
            @for (value, words) in choices { option value=(value) selected[value == cell.value] { (words) } }
        }
    }
}

fn said(cell: &Cell<'_>) -> Markup {
    html! {
        @if let Some(error) = cell.error {
            p.govuk-error-message id=(format!("{}-error", field_id(&cell.name))) {
                span.govuk-visually-hidden { "Error: " } (error)
            }
        }
    }
}

fn failing(cell: &Cell<'_>, class: &'static str) -> &'static str {
    if cell.error.is_some() { class } else { "" }
}

/// The pages, where there are more entries than one holds. What is typed on one is saved before the next.
fn numbers(sheetful: &Sheetful<'_>, page: usize) -> Markup {
    let pages = sheetful.table.entries.len().div_ceil(PER_PAGE);
    if pages < 2 {
        return html! {};
    }
    let mut drawn = Pagination::numbered(page, pages, |number| sheetful.address(number));
    drawn.previous = (page > 1).then(|| PaginationLink::new(sheetful.address(page - 1)));
    drawn.next = (page < pages).then(|| PaginationLink::new(sheetful.address(page + 1)));
    html! {
        p.govuk-body { "Save before you go to another page: what you typed here does not come with you." }
        (pagination(&drawn))
    }
}
