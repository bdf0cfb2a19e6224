//! A table of words and numbers.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// One cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// Whether it is a number, set to the right.
    pub numeric: bool,
    /// How many columns it spans; one where not said.
    pub colspan: Option<u32>,
    /// How many rows it spans; one where not said.
    pub rowspan: Option<u32>,
    /// Further classes.
    pub classes: String,
    /// How its column is sorted, of a head only: `ascending`, `descending` or `none`.
    pub aria_sort: &'static str,
}

impl Cell {
    /// A number, set to the right.
    pub fn numeric(content: impl Into<Content>) -> Self {
        Cell { content: content.into(), numeric: true, ..Cell::default() }
    }
}

impl<C: Into<Content>> From<C> for Cell {
    fn from(content: C) -> Self {
        Cell { content: content.into(), ..Cell::default() }
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// What it shows; every table on a page has one.
    pub caption: Content,
    /// Further classes of the caption, such as `govuk-table__caption--m`.
    pub caption_classes: &'a str,
    /// The heads of its columns.
    pub head: Vec<Cell>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of a row is its head.
    pub first_cell_is_header: bool,
    /// Further classes, such as `penshaw-table` for a dense table.
    pub classes: &'a str,
}

/// A table.
pub fn table(table: &Table) -> Markup {
    html! {
        table class=(classes(&["govuk-table", table.classes])) {
            @if !table.caption.is_empty() {
                caption class=(classes(&["govuk-table__caption", table.caption_classes])) { (table.caption) }
            }
            @if !table.head.is_empty() { (head(&table.head)) }
            tbody class="govuk-table__body" {
                @for cells in &table.rows { (row(cells, table.first_cell_is_header)) }
            }
        }
    }
}

/// A region around a wide table, which scrolls by itself, by keyboard too. `label` says what is in it.
pub fn scroll_region(label: &str, content: &Markup) -> Markup {
    html! { div class="penshaw-scroll" role="region" aria-label=(label) tabindex="0" { (content) } }
}

fn head(cells: &[Cell]) -> Markup {
    html! {
        thead class="govuk-table__head" {
            tr class="govuk-table__row" {
                @for cell in cells {
                    th scope="col" class=(cell_classes("govuk-table__header", cell)) colspan=[cell.colspan]
                        rowspan=[cell.rowspan] aria-sort=[present(cell.aria_sort)] { (cell.content) }
                }
            }
        }
    }
}

fn row(cells: &[Cell], first_is_header: bool) -> Markup {
    html! {
        tr class="govuk-table__row" {
            @for (index, cell) in cells.iter().enumerate() {
                @if index == 0 && first_is_header {
                    th scope="row" class=(classes(&["govuk-table__header", &cell.classes])) colspan=[cell.colspan]
                        rowspan=[cell.rowspan] { (cell.content) }
                } @else {
                    td class=(cell_classes("govuk-table__cell", cell)) colspan=[cell.colspan]
                        rowspan=[cell.rowspan] { (cell.content) }
                }
            }
        }
    }
}

fn cell_classes(block: &str, cell: &Cell) -> String {
    let numeric = if cell.numeric { format!("{block}--numeric") } else { String::new() };
    classes(&[block, &numeric, &cell.classes])
}
