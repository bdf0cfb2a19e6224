//! Components that hold one answer, and buttons.

use penshaw_web::components::*;
use serde_json::Value;

use crate::fixtures::{Coverage, LeftOut, compare};
use crate::options::*;

const INPUT: Coverage = Coverage {
    component: "input",
    covered: &[
        "default",
        "with hint text",
        "with error message",
        "with error and hint",
        "with width-2 class",
        "with width-3 class",
        "with width-4 class",
        "with width-5 class",
        "with width-10 class",
        "with width-20 class",
        "with width-30 class",
        "with label as page heading",
        "with prefix",
        "with suffix",
        "with prefix and suffix",
        "with prefix and suffix and error",
        "with prefix and suffix and width modifier",
        "with extra letter spacing",
        "classes",
        "id",
        "custom type",
        "value",
        "zero value",
        "with describedBy",
        "hint with describedBy",
        "error with describedBy",
        "with error, hint and describedBy",
        "inputmode",
        "with prefix with html as text",
        "with prefix with html",
        "with suffix with html as text",
        "with suffix with html",
        "with optional form-group classes",
        "with autocomplete attribute",
        "with pattern attribute",
        "with spellcheck enabled",
        "with spellcheck disabled",
        "with autocapitalize turned off",
        "disabled",
    ],
    left_out: &[
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "with prefix with attributes", "with suffix with attributes"],
        },
        LeftOut {
            reason: "no page needs classes on what stands around the input",
            names: &["with prefix with classes", "with suffix with classes", "with customised input wrapper"],
        },
    ],
};

#[test]
fn inputs_are_those_of_govuk_frontend() {
    compare(&INPUT, |options| {
        let (width, classes) = width(text(options, "classes"));
        input(&Input {
            name: text(options, "name"),
            id: text(options, "id"),
            label: label_of(options),
            hint: content(&options["hint"]),
            error: error(options),
            value: text(options, "value"),
            kind: text(options, "type"),
            prefix: content(&options["prefix"]),
            suffix: content(&options["suffix"]),
            width,
            inputmode: text(options, "inputmode"),
            autocomplete: text(options, "autocomplete"),
            autocapitalize: text(options, "autocapitalize"),
            pattern: text(options, "pattern"),
            spellcheck: options["spellcheck"].as_bool(),
            disabled: flag(options, "disabled"),
            described_by: text(options, "describedBy"),
            classes,
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

fn width(classes: &'static str) -> (Width, &'static str) {
    match classes {
        "govuk-input--width-2" => (Width::Two, ""),
        "govuk-input--width-3" => (Width::Three, ""),
        "govuk-input--width-4" => (Width::Four, ""),
        "govuk-input--width-5" => (Width::Five, ""),
        "govuk-input--width-10" => (Width::Ten, ""),
        "govuk-input--width-20" => (Width::Twenty, ""),
        "govuk-input--width-30" => (Width::Thirty, ""),
        other => (Width::Full, other),
    }
}

const PASSWORD_INPUT: Coverage = Coverage {
    component: "password-input",
    covered: &[
        "default",
        "with hint text",
        "with error message",
        "with label as page heading",
        "with input width class",
        "classes",
        "id",
        "value",
        "with describedBy",
        "with new-password autocomplete",
    ],
    left_out: &[
        LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] },
        LeftOut { reason: "the pages are in English only", names: &["with translations"] },
    ],
};

#[test]
fn password_inputs_are_those_of_govuk_frontend() {
    compare(&PASSWORD_INPUT, |options| {
        password_input(&PasswordInput {
            name: text(options, "name"),
            id: text(options, "id"),
            label: label_of(options),
            hint: content(&options["hint"]),
            error: error(options),
            value: text(options, "value"),
            autocomplete: text(options, "autocomplete"),
            disabled: flag(options, "disabled"),
            described_by: text(options, "describedBy"),
            classes: text(options, "classes"),
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

const TEXTAREA: Coverage = Coverage {
    component: "textarea",
    covered: &[
        "default",
        "with hint",
        "with error message",
        "with default value",
        "with custom rows",
        "with label as page heading",
        "id",
        "classes",
        "with describedBy",
        "with hint and described by",
        "with error message and described by",
        "with hint and error message",
        "with hint, error message and described by",
        "with optional form-group classes",
        "with autocomplete attribute",
        "with spellcheck enabled",
        "with spellcheck disabled",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn textareas_are_those_of_govuk_frontend() {
    compare(&TEXTAREA, |options| textarea(&textarea_of(options)));
}

const CHARACTER_COUNT: Coverage = Coverage {
    component: "character-count",
    covered: &[
        "default",
        "with hint",
        "with hint and error",
        "with default value",
        "with default value exceeding limit",
        "with custom rows",
        "with label as page heading",
        "with maxwords",
        "with threshold",
        "classes",
        "id",
        "formGroup with classes",
        "spellcheck enabled",
        "spellcheck disabled",
        "custom classes with error message",
        "with id starting with number",
        "with id with special characters",
    ],
    left_out: &[
        LeftOut {
            reason: "the limit says what is counted",
            names: &[
                "with count type 'length'",
                "with count type 'characters'",
                "with count type 'characters' and value",
                "with count type 'characters' and error message",
                "with count type 'characters' and threshold",
                "with count type 'words'",
                "with count type 'words' and value",
                "with count type 'words' and error message",
                "with count type 'words' and threshold",
            ],
        },
        LeftOut {
            reason: "the pages are in English only",
            names: &["with custom textarea description", "with translations"],
        },
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "with textarea maxlength attribute"],
        },
        LeftOut { reason: "no page needs classes on the message", names: &["custom classes on countMessage"] },
        LeftOut {
            reason: "a limit is always given",
            names: &[
                "to configure in JavaScript",
                "with neither maxlength nor maxwords set",
                "with neither maxlength, maxwords nor textarea description set",
            ],
        },
    ],
};

#[test]
fn character_counts_are_those_of_govuk_frontend() {
    compare(&CHARACTER_COUNT, |options| {
        let limit = match number(options, "maxwords") {
            Some(most) => Limit::Words(most),
            None => Limit::Characters(number(options, "maxlength").unwrap_or_default()),
        };
        character_count(&CharacterCount {
            textarea: textarea_of(options),
            limit,
            threshold: number(options, "threshold"),
        })
    });
}

fn textarea_of(options: &Value) -> Textarea<'static> {
    Textarea {
        name: text(options, "name"),
        id: text(options, "id"),
        label: label_of(options),
        hint: content(&options["hint"]),
        error: error(options),
        value: text(options, "value"),
        rows: number(options, "rows"),
        autocomplete: text(options, "autocomplete"),
        spellcheck: options["spellcheck"].as_bool(),
        disabled: flag(options, "disabled"),
        described_by: text(options, "describedBy"),
        classes: text(options, "classes"),
        form_group_classes: text(&options["formGroup"], "classes"),
    }
}

const SELECT: Coverage = Coverage {
    component: "select",
    covered: &[
        "default",
        "with hint text and error message",
        "with label as page heading",
        "with full width override",
        "with describedBy",
        "with falsy items",
        "hint",
        "hint and describedBy",
        "error",
        "error and describedBy",
        "without values",
        "without values with selected value",
        "with falsy values",
        "item selected overrides value",
        "id",
        "with selected value",
        "with optional form-group classes",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["attributes", "attributes on items"],
    }],
};

#[test]
fn selects_are_those_of_govuk_frontend() {
    compare(&SELECT, |options| {
        select(&Select {
            name: text(options, "name"),
            id: text(options, "id"),
            label: label_of(options),
            hint: content(&options["hint"]),
            error: error(options),
            items: list(options, "items").iter().map(select_item).collect(),
            value: text(options, "value"),
            disabled: flag(options, "disabled"),
            described_by: text(options, "describedBy"),
            classes: text(options, "classes"),
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

fn select_item(item: &Value) -> SelectItem {
    let value = item.get("value").map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    SelectItem {
        value,
        text: text(item, "text").to_owned(),
        selected: item["selected"].as_bool(),
        disabled: flag(item, "disabled"),
    }
}

const FILE_UPLOAD: Coverage = Coverage {
    component: "file-upload",
    covered: &[
        "default",
        "with hint text",
        "with error message and hint",
        "with label as page heading",
        "enhanced",
        "enhanced, with error message and hint",
        "enhanced, multiple files",
        "with value",
        "attributes",
        "classes",
        "id",
        "with describedBy",
        "with hint and describedBy",
        "error",
        "with error and describedBy",
        "with error, describedBy and hint",
        "translated, no javascript enhancement",
        "allows multiple files",
        "disabled",
        "with optional form-group classes",
    ],
    left_out: &[
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["enhanced, custom wrapper classes and attributes"],
        },
        LeftOut { reason: "the pages are in English only", names: &["translated"] },
    ],
};

#[test]
fn file_uploads_are_those_of_govuk_frontend() {
    compare(&FILE_UPLOAD, |options| {
        file_upload(&FileUpload {
            name: text(options, "name"),
            id: text(options, "id"),
            label: label_of(options),
            hint: content(&options["hint"]),
            error: error(options),
            accept: text(&options["attributes"], "accept"),
            multiple: flag(options, "multiple"),
            javascript: flag(options, "javascript"),
            disabled: flag(options, "disabled"),
            described_by: text(options, "describedBy"),
            classes: text(options, "classes"),
            form_group_classes: text(&options["formGroup"], "classes"),
        })
    });
}

const BUTTON: Coverage = Coverage {
    component: "button",
    covered: &[
        "default",
        "default hover state",
        "default active state",
        "default focus state",
        "disabled",
        "link",
        "start",
        "secondary",
        "secondary hover state",
        "secondary active state",
        "secondary focus state",
        "secondary disabled",
        "warning",
        "warning hover state",
        "warning active state",
        "warning focus state",
        "warning disabled",
        "inverse",
        "inverse hover state",
        "inverse active state",
        "inverse focus state",
        "inverse disabled",
        "classes",
        "link classes",
        "name",
        "type",
        "explicit link",
        "value",
        "html",
        "no type",
        "no data-prevent-double-click",
        "don't prevent double click",
        "id",
        "start link",
        "prevent double click",
    ],
    left_out: &[
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "link attributes"],
        },
        LeftOut { reason: "a start button holds plain words", names: &["start link with html"] },
    ],
};

#[test]
fn buttons_are_those_of_govuk_frontend() {
    compare(&BUTTON, |options| {
        let (emphasis, classes) = emphasis(text(options, "classes"));
        button(&Button {
            content: content(options),
            emphasis,
            href: text(options, "href"),
            is_start_button: flag(options, "isStartButton"),
            kind: text(options, "type"),
            name: text(options, "name"),
            value: text(options, "value"),
            disabled: flag(options, "disabled"),
            prevent_double_click: options["preventDoubleClick"].as_bool(),
            id: text(options, "id"),
            classes,
            ..Button::default()
        })
    });
}

fn emphasis(classes: &'static str) -> (Emphasis, &'static str) {
    match classes {
        "govuk-button--secondary" => (Emphasis::Secondary, ""),
        "govuk-button--warning" => (Emphasis::Warning, ""),
        "govuk-button--inverse" => (Emphasis::Inverse, ""),
        other => (Emphasis::Primary, other),
    }
}
