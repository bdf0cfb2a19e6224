//! Components that show words.

use penshaw_web::components::*;
use serde_json::Value;

use crate::fixtures::{Coverage, LeftOut, compare};
use crate::options::*;

const LABEL: Coverage = Coverage {
    component: "label",
    covered: &[
        "default",
        "with bold text",
        "styled as xl text",
        "styled as large text",
        "styled as medium text",
        "styled as small text",
        "as page heading xl",
        "as page heading l",
        "as page heading m",
        "as page heading s",
        "as page heading without class",
        "empty",
        "classes",
        "html as text",
        "html",
        "for",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn labels_are_those_of_govuk_frontend() {
    compare(&LABEL, |options| label(&label_of(&serde_json::json!({ "label": options }))));
}

const HINT: Coverage = Coverage {
    component: "hint",
    covered: &["default", "with html", "classes", "id", "html as text"],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn hints_are_those_of_govuk_frontend() {
    compare(&HINT, |options| {
        hint(&Hint { content: content(options), id: text(options, "id"), classes: text(options, "classes") })
    });
}

const ERROR_MESSAGE: Coverage = Coverage {
    component: "error-message",
    covered: &["default", "id", "classes", "html as text", "html"],
    left_out: &[
        LeftOut { reason: "the pages are in English only", names: &["translated", "with visually hidden text"] },
        LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] },
        LeftOut { reason: "an error is always announced as one", names: &["visually hidden text removed"] },
    ],
};

#[test]
fn error_messages_are_those_of_govuk_frontend() {
    compare(&ERROR_MESSAGE, |options| {
        error_message(&ErrorMessage {
            content: content(options),
            id: text(options, "id"),
            classes: text(options, "classes"),
        })
    });
}

const ERROR_SUMMARY: Coverage = Coverage {
    component: "error-summary",
    covered: &[
        "default",
        "without links",
        "mixed with and without links",
        "with description only",
        "with everything",
        "html as titleText",
        "title html",
        "description",
        "html as descriptionText",
        "description html",
        "classes",
        "error list with html as text",
        "error list with html",
        "error list with html link",
        "error list with html as text link",
        "autofocus disabled",
        "autofocus explicitly enabled",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["attributes", "error list with attributes"],
    }],
};

#[test]
fn error_summaries_are_those_of_govuk_frontend() {
    compare(&ERROR_SUMMARY, |options| {
        error_summary(&ErrorSummary {
            title: content_of(options, "titleHtml", "titleText"),
            description: content_of(options, "descriptionHtml", "descriptionText"),
            items: list(options, "errorList").iter().map(error_item).collect(),
            disable_auto_focus: options["disableAutoFocus"].as_bool(),
            classes: text(options, "classes"),
        })
    });
}

fn error_item(item: &Value) -> ErrorItem {
    ErrorItem { content: content(item), href: text(item, "href").to_owned() }
}

const DETAILS: Coverage = Coverage {
    component: "details",
    covered: &[
        "default",
        "expanded",
        "id",
        "html as text",
        "html",
        "summary html as text",
        "summary html",
        "classes",
        "with html",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn details_are_those_of_govuk_frontend() {
    compare(&DETAILS, |options| {
        details(&Details {
            summary: content_of(options, "summaryHtml", "summaryText"),
            content: content(options),
            open: flag(options, "open"),
            id: text(options, "id"),
            classes: text(options, "classes"),
        })
    });
}

const INSET_TEXT: Coverage = Coverage {
    component: "inset-text",
    covered: &["default", "with html", "classes", "id", "html as text"],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn inset_text_is_that_of_govuk_frontend() {
    compare(&INSET_TEXT, |options| {
        inset_text(&InsetText { content: content(options), id: text(options, "id"), classes: text(options, "classes") })
    });
}

const NOTIFICATION_BANNER: Coverage = Coverage {
    component: "notification-banner",
    covered: &[
        "default",
        "with text as html",
        "with type as success",
        "with long heading",
        "with lots of content",
        "custom title",
        "title as html",
        "title html as text",
        "custom title heading level",
        "custom title id",
        "custom title id with type as success",
        "custom text",
        "html as text",
        "custom role",
        "classes",
        "with invalid type",
        "auto-focus disabled, with type as success",
        "auto-focus explicitly enabled, with type as success",
        "role=alert overridden to role=region, with type as success",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["attributes", "custom tabindex"],
    }],
};

#[test]
fn notification_banners_are_those_of_govuk_frontend() {
    compare(&NOTIFICATION_BANNER, |options| {
        notification_banner(&NotificationBanner {
            text: text(options, "text").into(),
            body: content_of(options, "html", ""),
            success: text(options, "type") == "success",
            title: content_of(options, "titleHtml", "titleText"),
            title_heading_level: level(options, "titleHeadingLevel"),
            title_id: text(options, "titleId"),
            role: text(options, "role"),
            disable_auto_focus: options["disableAutoFocus"].as_bool(),
            classes: text(options, "classes"),
        })
    });
}

const PANEL: Coverage = Coverage {
    component: "panel",
    covered: &[
        "default",
        "title html as text",
        "title html",
        "body html as text",
        "body html",
        "classes",
        "title with no body text",
        "custom heading level",
        "confirmation, with actions",
    ],
    left_out: &[
        LeftOut {
            reason: "no page interrupts: it asks on a page of its own",
            names: &[
                "interruption",
                "interruption-with-content-with-long-line-length",
                "interruption-with-headings-content-and-lists",
                "interruption with custom classes",
                "interruption, with actions classes and attributes",
                "interruption, submit action",
                "interruption, button link",
                "interruption, no actions",
                "interruption, no actions items",
            ],
        },
        LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] },
    ],
};

#[test]
fn panels_are_those_of_govuk_frontend() {
    compare(&PANEL, |options| {
        panel(&Panel {
            title: content_of(options, "titleHtml", "titleText"),
            content: content(options),
            heading_level: level(options, "headingLevel"),
            classes: text(options, "classes"),
        })
    });
}

const PHASE_BANNER: Coverage = Coverage {
    component: "phase-banner",
    covered: &["default", "classes", "text", "html as text", "tag html", "tag classes"],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn phase_banners_are_those_of_govuk_frontend() {
    compare(&PHASE_BANNER, |options| {
        phase_banner(&PhaseBanner {
            tag: tag_of(&options["tag"]),
            content: content(options),
            classes: text(options, "classes"),
        })
    });
}

const TAG: Coverage = Coverage {
    component: "tag",
    covered: &[
        "default",
        "grey",
        "turquoise",
        "green",
        "purple",
        "pink",
        "red",
        "orange",
        "yellow",
        "html as text",
        "html",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn tags_are_those_of_govuk_frontend() {
    compare(&TAG, |options| tag(&tag_of(options)));
}

const WARNING_TEXT: Coverage = Coverage {
    component: "warning-text",
    covered: &[
        "default",
        "multiple lines",
        "classes",
        "html",
        "html as text",
        "icon fallback text only",
        "no icon fallback text",
    ],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn warnings_are_those_of_govuk_frontend() {
    compare(&WARNING_TEXT, |options| {
        warning_text(&WarningText {
            content: content(options),
            icon_fallback_text: text(options, "iconFallbackText"),
            classes: text(options, "classes"),
        })
    });
}

const ACCORDION: Coverage = Coverage {
    component: "accordion",
    covered: &[
        "default",
        "with additional descriptions",
        "with long content and description",
        "with all sections already open",
        "classes",
        "custom heading level",
        "heading html",
        "with remember expanded off",
        "with focusable elements inside",
        "with one section open",
    ],
    left_out: &[
        LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] },
        LeftOut { reason: "a list of ours holds no empty items, which theirs count", names: &["with falsy values"] },
        LeftOut { reason: "the pages are in English only", names: &["with translations"] },
    ],
};

#[test]
fn accordions_are_those_of_govuk_frontend() {
    compare(&ACCORDION, |options| {
        accordion(&Accordion {
            id: text(options, "id"),
            items: list(options, "items").iter().map(section).collect(),
            heading_level: level(options, "headingLevel"),
            remember_expanded: options["rememberExpanded"].as_bool(),
            classes: text(options, "classes"),
        })
    });
}

fn section(item: &Value) -> AccordionSection {
    AccordionSection {
        heading: content(&item["heading"]),
        summary: content(&item["summary"]),
        content: in_paragraph(&item["content"]),
        expanded: flag(item, "expanded"),
    }
}
