//! Components that hold an answer in several fields.

use maud::PreEscaped;
use penshaw_web::components::*;
use serde_json::Value;

use crate::fixtures::{Coverage, LeftOut, compare};
use crate::options::*;

const FIELDSET: Coverage = Coverage {
    component: "fieldset",
    covered: &[
        "default",
        "styled as xl text",
        "styled as large text",
        "styled as medium text",
        "styled as small text",
        "as page heading xl",
        "as page heading l",
        "as page heading m",
        "as page heading s",
        "as page heading without class",
        "html fieldset content",
        "with describedBy",
        "html as text",
        "html",
        "legend classes",
        "classes",
        "role",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn fieldsets_are_those_of_govuk_frontend() {
    compare(&FIELDSET, |options| {
        fieldset(&Fieldset {
            legend: legend(&serde_json::json!({ "fieldset": options })).unwrap_or_default(),
            described_by: text(options, "describedBy"),
            role: text(options, "role"),
            classes: text(options, "classes"),
            body: PreEscaped(text(options, "html").to_owned()),
        })
    });
}

const RADIOS: Coverage = Coverage {
    component: "radios",
    covered: &[
        "default",
        "with hint",
        "inline",
        "with legend as page heading",
        "with a divider",
        "with hints on items",
        "without fieldset",
        "with fieldset and error message",
        "with very long option text",
        "with conditional items",
        "with conditional item checked",
        "with optional form-group classes showing group error",
        "small",
        "small with long text",
        "small with error",
        "small with hint",
        "small with conditional reveal",
        "small inline",
        "small with a divider",
        "with idPrefix",
        "minimal items and name",
        "fieldset with describedBy",
        "with empty conditional",
        "label with classes",
        "with hints on parent and items",
        "with describedBy and hint",
        "with error message",
        "with error message and idPrefix",
        "with hint and error message",
        "with hint, error message and describedBy",
        "fieldset with html",
        "with fieldset, error message and describedBy",
        "item checked overrides value",
        "textarea in conditional",
        "with disabled",
        "prechecked using value",
        "with conditional items with special characters",
        "with conditional items and pre-checked value",
    ],
    left_out: &[
        LeftOut { reason: "a list of ours holds no empty items, which theirs count", names: &["with falsy items"] },
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "items with attributes", "label with attributes", "fieldset params"],
        },
    ],
};

#[test]
fn radios_are_those_of_govuk_frontend() {
    compare(&RADIOS, |options| {
        let classes = text(options, "classes");
        radios(&Radios {
            name: text(options, "name"),
            id_prefix: text(options, "idPrefix"),
            legend: legend(options),
            hint: content(&options["hint"]),
            error: error(options),
            items: choices(options),
            value: text(options, "value"),
            small: classes == "govuk-radios--small",
            inline: classes == "govuk-radios--inline",
            described_by: text(&options["fieldset"], "describedBy"),
            classes: if ["govuk-radios--small", "govuk-radios--inline"].contains(&classes) { "" } else { classes },
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

const CHECKBOXES: Coverage = Coverage {
    component: "checkboxes",
    covered: &[
        "default",
        "with hint",
        "with pre-checked values",
        "with divider and None",
        "with divider, None and conditional items",
        "with hints on items",
        "with legend as a page heading",
        "with error message",
        "with very long option text",
        "with conditional items",
        "with optional form-group classes showing group error",
        "small",
        "small with long text",
        "small with error",
        "small with hint",
        "small with conditional reveal",
        "small with divider and None",
        "with id and name",
        "with disabled item",
        "with idPrefix",
        "classes",
        "with fieldset describedBy",
        "with checked item",
        "empty conditional",
        "with label classes",
        "multiple hints",
        "with conditional items with special characters",
        "with error message and hint",
        "with error, hint and fieldset describedBy",
        "fieldset html params",
        "with single option set 'aria-describedby' on input, and describedBy",
        "with single option (and hint) set 'aria-describedby' on input, and describedBy",
        "with error and idPrefix",
        "with error message and fieldset describedBy",
        "with conditional item checked",
        "item checked overrides values",
        "textarea in conditional",
    ],
    left_out: &[
        LeftOut { reason: "a list of ours holds no empty items, which theirs count", names: &["with falsy values"] },
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "items with attributes", "label with attributes", "fieldset params"],
        },
    ],
};

#[test]
fn checkboxes_are_those_of_govuk_frontend() {
    compare(&CHECKBOXES, |options| {
        let classes = text(options, "classes");
        let values = options["values"].as_array().cloned().unwrap_or_default();
        checkboxes(&Checkboxes {
            name: text(options, "name"),
            id_prefix: text(options, "idPrefix"),
            legend: legend(options),
            hint: content(&options["hint"]),
            error: error(options),
            items: choices(options),
            values: values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
            small: classes == "govuk-checkboxes--small",
            described_by: described_by(options),
            classes: if classes == "govuk-checkboxes--small" { "" } else { classes },
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

fn described_by(options: &Value) -> &'static str {
    match text(&options["fieldset"], "describedBy") {
        "" => text(options, "describedBy"),
        of_fieldset => of_fieldset,
    }
}

const DATE_INPUT: Coverage = Coverage {
    component: "date-input",
    covered: &[
        "default",
        "with values",
        "with values and name prefix",
        "day and month",
        "day and month (using items)",
        "month and year",
        "month and year (using items)",
        "with errors only",
        "with errors only (using classes)",
        "with errors only (using items)",
        "with errors only (using items and classes)",
        "with error message and hint",
        "with error message and hint (using items)",
        "with error on day input",
        "with error on day input (using items)",
        "with error on month input",
        "with error on month input (using items)",
        "with error on year input",
        "with error on year input (using items)",
        "classes",
        "with items",
        "with empty items",
        "suffixed id",
        "with field value",
        "with field value overriding values",
        "with hint and described by",
        "with error message and described by",
        "with error on single field",
        "with error on single field by omission",
        "with error on single field using classes",
        "with error on single item",
        "with error on single item by omission",
        "with error on single item using classes",
        "fieldset html",
        "items without classes",
        "with optional form-group classes",
    ],
    left_out: &[
        LeftOut { reason: "the pages are in English only", names: &["with translations"] },
        LeftOut {
            reason: "the parts are always named day, month and year",
            names: &["with values, name prefix and custom names", "with nested name"],
        },
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "with input attributes"],
        },
        LeftOut {
            reason: "the parts are always digits that no browser fills in",
            names: &["custom pattern", "custom inputmode", "with autocomplete values"],
        },
        LeftOut {
            reason: "the parts’ ids follow from the whole’s",
            names: &[
                "with id on items",
                "with item value",
                "with field value and items",
                "with field value and item value",
                "with field value, item value and values",
            ],
        },
        LeftOut { reason: "no page needs classes on a part", names: &["items with classes"] },
    ],
};

#[test]
fn date_inputs_are_those_of_govuk_frontend() {
    compare(&DATE_INPUT, |options| {
        let parts: Vec<DatePart> = DatePart::ALL.into_iter().filter(|&part| is_asked(options, part)).collect();
        date_input(&DateInput {
            id: text(options, "id"),
            name_prefix: text(options, "namePrefix"),
            legend: legend(options),
            hint: content(&options["hint"]),
            error: error(options),
            wrong: wrong(options, &parts),
            parts,
            day: value(options, DatePart::Day),
            month: value(options, DatePart::Month),
            year: value(options, DatePart::Year),
            described_by: text(&options["fieldset"], "describedBy"),
            classes: text(options, "classes"),
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

fn name(part: DatePart) -> &'static str {
    match part {
        DatePart::Day => "day",
        DatePart::Month => "month",
        DatePart::Year => "year",
    }
}

/// The options of one part, from the list of items or by its name.
fn part_options(options: &Value, part: DatePart) -> Option<Value> {
    let items = list(options, "items");
    if items.is_empty() {
        return options.get(name(part)).cloned();
    }
    items.into_iter().find(|item| text(item, "name") == name(part))
}

fn is_asked(options: &Value, part: DatePart) -> bool {
    match part_options(options, part) {
        Some(given) => given != Value::Bool(false),
        None => list(options, "items").is_empty(),
    }
}

fn wrong(options: &Value, parts: &[DatePart]) -> Vec<DatePart> {
    let errors: Vec<(DatePart, Option<bool>)> = parts.iter().map(|&part| (part, part_error(options, part))).collect();
    let named = |wanted: &dyn Fn(Option<bool>) -> bool| {
        errors.iter().filter(|(_, error)| wanted(*error)).map(|(part, _)| *part).collect::<Vec<_>>()
    };
    let wrong = named(&|error| error == Some(true));
    let right = named(&|error| error == Some(false));
    if wrong.is_empty() && !right.is_empty() { named(&|error| error != Some(false)) } else { wrong }
}

fn part_error(options: &Value, part: DatePart) -> Option<bool> {
    let given = part_options(options, part)?;
    let marked = text(&given, "classes").contains("govuk-input--error");
    given["error"].as_bool().or(marked.then_some(true))
}

fn value(options: &Value, part: DatePart) -> &'static str {
    let prefix = text(options, "namePrefix");
    let key = if prefix.is_empty() { name(part).to_owned() } else { format!("{prefix}-{}", name(part)) };
    let own = [part_options(options, part), options.get(name(part)).cloned()];
    let own = own.into_iter().flatten().map(|given| text(&given, "value")).find(|value| !value.is_empty());
    own.unwrap_or_else(|| text(&options["values"], &key))
}
