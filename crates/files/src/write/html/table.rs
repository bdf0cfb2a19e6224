//! Tables as HTML: caption, headed columns and rows, groups, totals, and a place to scroll.

use maud::{Markup, html};
use penshaw_documents::{Cell, Column, Placed, Row, RowKind, Support, Table};

use super::{Printer, broken};
use crate::write::words::clean;

impl Printer<'_> {
    pub(super) fn table(&mut self, table: &Table) -> Markup {
        let id = self.id("table", &table.id);
        let caption = format!("{id}-caption");
        let Placed { caption: shared, cells } = self.citations.placed(table);
        let rows: Vec<(&Row, &[Support])> = table.rows.iter().zip(cells.iter().map(Vec::as_slice)).collect();
        html! {
            div.penshaw-scroll role="group" tabindex="0" aria-labelledby=(caption) {
                table.govuk-table id=(id) {
                    caption.govuk-table__caption.govuk-table__caption--s id=(caption) {
                        (clean(&table.caption)) (self.beside(&shared))
                    }
                    (head(&table.columns))
                    @for group in groups(&rows) {
                        tbody.govuk-table__body {
                            @for (row, support) in group { (self.body_row(&table.columns, row, support)) }
                        }
                    }
                }
            }
            @if !table.note.is_empty() { p.govuk-body-s.penshaw-table-note { (broken(&table.note)) } }
        }
    }

    fn body_row(&self, columns: &[Column], row: &Row, support: &[Support]) -> Markup {
        let mut cells = row.cells.iter().zip(support);
        let heading = cells.next();
        if row.kind == RowKind::Group {
            return html! {
                tr.govuk-table__row.penshaw-group {
                    @if let Some((cell, support)) = heading {
                        th.govuk-table__header scope="rowgroup" colspan=(columns.len().max(1)) {
                            (self.shown(cell, support))
                        }
                    }
                }
            };
        }
        html! {
            tr.govuk-table__row.penshaw-total[row.kind == RowKind::Total] {
                @if let Some((cell, support)) = heading {
                    th.govuk-table__header scope="row" { (self.shown(cell, support)) }
                }
                @for ((cell, support), column) in cells.zip(columns.iter().skip(1)) {
                    td.govuk-table__cell
                        .govuk-table__cell--numeric[column.numeric] { (self.shown(cell, support)) }
                }
            }
        }
    }

    fn shown(&self, cell: &Cell, support: &Support) -> Markup {
        html! { (broken(&cell.figure.value.to_string())) (self.beside(support)) }
    }
}

fn head(columns: &[Column]) -> Markup {
    html! {
        thead.govuk-table__head {
            tr.govuk-table__row {
                @for column in columns {
                    // A head that says nothing is none.
                    @if column.heading.is_empty() { td.govuk-table__cell {} } @else {
                        th.govuk-table__header
                            .govuk-table__header--numeric[column.numeric]
                            scope="col" { (broken(&column.heading)) }
                    }
                }
            }
        }
    }
}

/// The rows, cut where a group begins, so that each group is a body of its own.
fn groups<'r, 'a>(rows: &'r [(&'a Row, &'a [Support])]) -> impl Iterator<Item = &'r [(&'a Row, &'a [Support])]> {
    rows.chunk_by(|_, (next, _)| next.kind != RowKind::Group)
}
