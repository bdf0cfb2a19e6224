//! Components that show records.

use penshaw_web::components::*;
use serde_json::Value;

use crate::fixtures::{Coverage, LeftOut, compare};
use crate::options::*;

const TABLE: Coverage = Coverage {
    component: "table",
    covered: &[
        "default",
        "with head",
        "with head and caption",
        "classes",
        "html as text",
        "html",
        "head with classes",
        "head with rowspan and colspan",
        "with firstCellIsHeader true",
        "firstCellIsHeader with classes",
        "firstCellIsHeader with html",
        "firstCellIsHeader with html as text",
        "firstCellIsHeader with rowspan and colspan",
        "with falsy items",
        "rows with classes",
        "rows with rowspan and colspan",
        "with small text modifier for tables with a lot of data",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["attributes", "head with attributes", "firstCellIsHeader with attributes", "rows with attributes"],
    }],
};

#[test]
fn tables_are_those_of_govuk_frontend() {
    compare(&TABLE, |options| {
        table(&Table {
            caption: text(options, "caption").into(),
            caption_classes: text(options, "captionClasses"),
            head: list(options, "head").iter().map(cell).collect(),
            rows: list(options, "rows").iter().map(row).collect(),
            first_cell_is_header: flag(options, "firstCellIsHeader"),
            classes: text(options, "classes"),
        })
    });
}

fn row(row: &Value) -> Vec<Cell> {
    row.as_array().expect("a row is a list of cells").iter().map(cell).collect()
}

fn cell(cell: &Value) -> Cell {
    Cell {
        content: content(cell),
        numeric: text(cell, "format") == "numeric",
        colspan: number(cell, "colspan"),
        rowspan: number(cell, "rowspan"),
        classes: text(cell, "classes").to_owned(),
        ..Cell::default()
    }
}

const SUMMARY_LIST: Coverage = Coverage {
    component: "summary-list",
    covered: &[
        "default",
        "with actions",
        "no-border",
        "no-border on last row",
        "extreme",
        "as a summary card with a text header",
        "as a summary card with a html header",
        "as a summary card with actions",
        "as a summary card with actions plus summary list actions",
        "as a summary card extreme",
        "with falsy values",
        "key with html",
        "value with html",
        "actions href",
        "actions with html",
        "single action with anchor",
        "classes on items",
        "empty items array",
        "rows with classes",
        "summary card with custom classes",
        "summary card with only 1 action",
        "translated",
        "with some actions",
        "as a summary card with a custom header level",
    ],
    left_out: &[
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "actions with attributes", "summary card with custom attributes"],
        },
        LeftOut {
            reason: "no page needs classes on a part of a row",
            names: &["key with classes", "actions with classes", "overridden-widths"],
        },
    ],
};

#[test]
fn summary_lists_are_those_of_govuk_frontend() {
    compare(&SUMMARY_LIST, |options| {
        summary_list(&SummaryList {
            rows: list(options, "rows").iter().map(summary_row).collect(),
            card: options.get("card").map(summary_card_of),
            classes: text(options, "classes"),
        })
    });
}

fn summary_row(row: &Value) -> SummaryRow {
    SummaryRow {
        key: content(&row["key"]),
        value: content(&row["value"]),
        actions: list(&row["actions"], "items").iter().map(action).collect(),
        classes: text(row, "classes").to_owned(),
    }
}

fn summary_card_of(card: &Value) -> SummaryCard<'static> {
    SummaryCard {
        title: content(&card["title"]),
        heading_level: level(&card["title"], "headingLevel"),
        actions: list(&card["actions"], "items").iter().map(action).collect(),
        classes: text(card, "classes"),
    }
}

fn action(action: &Value) -> Action {
    Action {
        content: content(action),
        href: text(action, "href").to_owned(),
        visually_hidden_text: text(action, "visuallyHiddenText").to_owned(),
        classes: text(action, "classes").to_owned(),
    }
}
