//! Components that lead elsewhere.

use maud::PreEscaped;
use penshaw_web::components::*;
use serde_json::Value;

use crate::fixtures::{Coverage, LeftOut, compare};
use crate::options::*;

const BACK_LINK: Coverage = Coverage {
    component: "back-link",
    covered: &["default", "inverse", "classes", "html as text", "html", "with custom text and link"],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn back_links_are_those_of_govuk_frontend() {
    compare(&BACK_LINK, |options| {
        back_link(&BackLink {
            href: text(options, "href"),
            content: content(options),
            classes: text(options, "classes"),
        })
    });
}

const BREADCRUMBS: Coverage = Coverage {
    component: "breadcrumbs",
    covered: &[
        "default",
        "with one level",
        "without the home section",
        "with last breadcrumb as current page",
        "with collapse on mobile",
        "inverse",
        "classes",
        "html as text",
        "html",
        "custom label",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["attributes", "item attributes"],
    }],
};

#[test]
fn breadcrumbs_are_those_of_govuk_frontend() {
    compare(&BREADCRUMBS, |options| {
        breadcrumbs(&Breadcrumbs {
            items: list(options, "items").iter().map(breadcrumb).collect(),
            collapse_on_mobile: flag(options, "collapseOnMobile"),
            label: text(options, "labelText"),
            classes: text(options, "classes"),
        })
    });
}

fn breadcrumb(item: &Value) -> Breadcrumb {
    Breadcrumb { content: content(item), href: text(item, "href").to_owned() }
}

const PAGINATION: Coverage = Coverage {
    component: "pagination",
    covered: &[
        "default",
        "with custom link and item text",
        "with many pages",
        "first page",
        "last page",
        "with prev and next only",
        "with prev and next only and labels",
        "with prev and next only and very long labels",
        "with previous only",
        "with next only",
        "with custom classes",
        "with custom navigation landmark",
        "with custom accessible labels on item links",
        "with empty items",
    ],
    left_out: &[LeftOut {
        reason: "no page needs attributes other than those named",
        names: &["with custom attributes"],
    }],
};

#[test]
fn pagination_is_that_of_govuk_frontend() {
    compare(&PAGINATION, |options| {
        pagination(&Pagination {
            previous: pagination_link(&options["previous"]),
            next: pagination_link(&options["next"]),
            items: list(options, "items").iter().filter_map(pagination_item).collect(),
            landmark_label: text(options, "landmarkLabel"),
            classes: text(options, "classes"),
        })
    });
}

fn pagination_link(link: &Value) -> Option<PaginationLink> {
    let href = text(link, "href").to_owned();
    let link = PaginationLink { href, content: content(link), label: text(link, "labelText").to_owned() };
    (!link.href.is_empty()).then_some(link)
}

fn pagination_item(item: &Value) -> Option<PaginationItem> {
    if flag(item, "ellipsis") {
        return Some(PaginationItem::Ellipsis);
    }
    item.get("number")?;
    Some(PaginationItem::Page {
        number: text(item, "number").to_owned(),
        href: text(item, "href").to_owned(),
        current: flag(item, "current"),
        label: text(item, "visuallyHiddenText").to_owned(),
    })
}

const SERVICE_NAVIGATION: Coverage = Coverage {
    component: "service-navigation",
    covered: &[
        "default",
        "with navigation with a current item",
        "with large navigation",
        "with HTML navigation items",
        "with non-link navigation items",
        "with service name",
        "with service link",
        "with long service name",
        "with service name and navigation",
        "inverse",
        "with collapseNavigationOnMobile set to false",
        "with a single navigation item",
        "with a single navigation item and collapseNavigationOnMobile set to true",
        "with no options set",
        "classes",
        "with custom aria-label",
        "with custom navigation label",
        "with custom navigation classes",
        "with custom navigation ID",
        "with navigation having empty values",
        "with navigation having only empty values",
        "with navigation being an empty array",
        "with navigation with an active item",
        "with language navigation",
        "inverse with language navigation",
    ],
    left_out: &[
        LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] },
        LeftOut {
            reason: "the menu button is always called Menu",
            names: &[
                "with custom navigation toggle text",
                "with custom navigation toggle label",
                "with identical navigation toggle text and label",
                "with custom navigation toggle text and navigation label",
            ],
        },
        LeftOut {
            reason: "who is signed in stands in our header, so only the plain end slot is needed",
            names: &["with right-aligned language navigation", "with slotted content", "with `inline` end slot"],
        },
    ],
};

#[test]
fn service_navigation_is_that_of_govuk_frontend() {
    compare(&SERVICE_NAVIGATION, |options| {
        service_navigation(&ServiceNavigation {
            service_name: text(options, "serviceName"),
            service_url: text(options, "serviceUrl"),
            navigation: list(options, "navigation").iter().map(navigation_item).collect(),
            collapse_on_mobile: options["collapseNavigationOnMobile"].as_bool(),
            navigation_label: text(options, "navigationLabel"),
            navigation_id: text(options, "navigationId"),
            aria_label: text(options, "ariaLabel"),
            end: PreEscaped(text(&options["slots"], "end").to_owned()),
            classes: text(options, "classes"),
            navigation_classes: text(options, "navigationClasses"),
        })
    });
}

fn navigation_item(item: &Value) -> NavigationItem {
    NavigationItem {
        content: content(item),
        href: text(item, "href").to_owned(),
        current: flag(item, "current"),
        active: flag(item, "active"),
    }
}

const SKIP_LINK: Coverage = Coverage {
    component: "skip-link",
    covered: &["default", "with focus", "no href", "custom href", "custom text", "html as text", "html", "classes"],
    left_out: &[LeftOut { reason: "no page needs attributes other than those named", names: &["attributes"] }],
};

#[test]
fn skip_links_are_those_of_govuk_frontend() {
    compare(&SKIP_LINK, |options| {
        skip_link(&SkipLink {
            content: content(options),
            href: text(options, "href"),
            classes: text(options, "classes"),
        })
    });
}

const TABS: Coverage = Coverage {
    component: "tabs",
    covered: &[
        "default",
        "classes",
        "id",
        "title",
        "no item list",
        "empty item list",
        "with falsy values",
        "html as text",
        "html",
        "tabs-with-anchor-in-panel",
    ],
    left_out: &[
        LeftOut {
            reason: "no page needs attributes other than those named",
            names: &["attributes", "item with attributes", "panel with attributes"],
        },
        LeftOut { reason: "each tab names its id", names: &["idPrefix"] },
    ],
};

#[test]
fn tabs_are_those_of_govuk_frontend() {
    compare(&TABS, |options| {
        tabs(&Tabs {
            title: text(options, "title").into(),
            items: list(options, "items").iter().map(tab).collect(),
            id: text(options, "id"),
            classes: text(options, "classes"),
        })
    });
}

fn tab(item: &Value) -> Tab {
    Tab { label: text(item, "label").into(), id: text(item, "id").to_owned(), panel: in_paragraph(&item["panel"]) }
}

const TASK_LIST: Coverage = Coverage {
    component: "task-list",
    covered: &[
        "default",
        "forced hover state",
        "with hint text and additional states",
        "with all possible colours",
        "with very long single word tags",
        "custom id prefix",
        "html passed as text",
        "html",
    ],
    left_out: &[
        LeftOut { reason: "no page needs classes on a part of a row", names: &["custom classes"] },
        LeftOut { reason: "no page needs attributes other than those named", names: &["custom attributes"] },
        LeftOut { reason: "a list of ours holds no empty items, which theirs count", names: &["with empty values"] },
    ],
};

#[test]
fn task_lists_are_those_of_govuk_frontend() {
    compare(&TASK_LIST, |options| {
        task_list(&TaskList {
            items: list(options, "items").iter().map(task).collect(),
            id_prefix: text(options, "idPrefix"),
            classes: text(options, "classes"),
        })
    });
}

fn task(item: &Value) -> Task {
    let status = &item["status"];
    let status = match (status.get("tag"), text(status, "classes")) {
        (Some(tag), _) => TaskStatus::Tag(tag_of(tag)),
        (None, "govuk-task-list__status--cannot-start-yet") => TaskStatus::CannotStart(content(status)),
        (None, _) => TaskStatus::Text(content(status)),
    };
    Task {
        title: content(&item["title"]),
        href: text(item, "href").to_owned(),
        hint: content(&item["hint"]),
        status,
        classes: text(item, "classes").to_owned(),
    }
}
