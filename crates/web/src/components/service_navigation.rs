//! The name of the service and its main pages, under the header.

use maud::{Markup, PreEscaped, html};

use super::content::{Content, classes, present};

/// One of the main pages.
#[derive(Clone, Debug, Default)]
pub struct NavigationItem {
    /// Its name.
    pub content: Content,
    /// Its address; words alone where empty.
    pub href: String,
    /// Whether it is the page that is open.
    pub current: bool,
    /// Whether the page that is open belongs to it.
    pub active: bool,
}

impl NavigationItem {
    /// A main page.
    pub fn new(content: impl Into<Content>, href: impl Into<String>) -> Self {
        NavigationItem { content: content.into(), href: href.into(), ..NavigationItem::default() }
    }

    fn aria_current(&self) -> Option<&'static str> {
        match (self.current, self.active) {
            (true, _) => Some("page"),
            (false, true) => Some("true"),
            (false, false) => None,
        }
    }
}

/// The name of the service and its main pages.
#[derive(Clone, Debug)]
pub struct ServiceNavigation<'a> {
    /// The name of the service.
    pub service_name: &'a str,
    /// Where the name leads.
    pub service_url: &'a str,
    /// The main pages.
    pub navigation: Vec<NavigationItem>,
    /// Whether a phone shows a menu button instead; where there is more than one page, if not said.
    pub collapse_on_mobile: Option<bool>,
    /// What a screen reader calls the pages; "Menu" where empty.
    pub navigation_label: &'a str,
    /// The `id` of the list of pages; "navigation" where empty.
    pub navigation_id: &'a str,
    /// What a screen reader calls the whole; "Service information" where empty.
    pub aria_label: &'a str,
    /// Markup after the pages, such as who is signed in.
    pub end: Markup,
    /// Further classes.
    pub classes: &'a str,
    /// Further classes of the pages.
    pub navigation_classes: &'a str,
}

impl Default for ServiceNavigation<'_> {
    fn default() -> Self {
        ServiceNavigation {
            service_name: "",
            service_url: "",
            navigation: Vec::new(),
            collapse_on_mobile: None,
            navigation_label: "",
            navigation_id: "",
            aria_label: "",
            end: PreEscaped(String::new()),
            classes: "",
            navigation_classes: "",
        }
    }
}

/// Service navigation.
pub fn service_navigation(service: &ServiceNavigation) -> Markup {
    let class = classes(&["govuk-service-navigation", service.classes]);
    let label = present(service.aria_label).unwrap_or("Service information");
    let inner = inner(service);
    html! {
        @if service.service_name.is_empty() && service.end.0.is_empty() {
            div class=(class) data-module="govuk-service-navigation" { (inner) }
        } @else {
            section aria-label=(label) class=(class) data-module="govuk-service-navigation" { (inner) }
        }
    }
}

fn inner(service: &ServiceNavigation) -> Markup {
    html! {
        div class="govuk-width-container" {
            div class="govuk-service-navigation__container" {
                @if !service.service_name.is_empty() { (name(service)) }
                @if !service.navigation.is_empty() { (pages(service)) }
            }
            (service.end)
        }
    }
}

fn name(service: &ServiceNavigation) -> Markup {
    html! {
        span class="govuk-service-navigation__service-name" {
            @if service.service_url.is_empty() {
                span class="govuk-service-navigation__text" { (service.service_name) }
            } @else {
                a href=(service.service_url) class="govuk-service-navigation__link" { (service.service_name) }
            }
        }
    }
}

fn pages(service: &ServiceNavigation) -> Markup {
    let id = present(service.navigation_id).unwrap_or("navigation");
    let collapse = service.collapse_on_mobile.unwrap_or(service.navigation.len() > 1);
    html! {
        nav aria-label=(present(service.navigation_label).unwrap_or("Menu"))
            class=(classes(&["govuk-service-navigation__wrapper", service.navigation_classes])) {
            @if collapse {
                button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                    aria-controls=(id) hidden aria-hidden="true" { "Menu" }
            }
            ul class="govuk-service-navigation__list" id=(id) {
                @for item in &service.navigation { (page(item)) }
            }
        }
    }
}

fn page(item: &NavigationItem) -> Markup {
    let current = item.aria_current();
    let active = if current.is_some() { "govuk-service-navigation__item--active" } else { "" };
    // Strong, so that it shows where a reader's own colours replace ours.
    let words = html! {
        @if current.is_some() {
            strong class="govuk-service-navigation__active-fallback" { (item.content) }
        } @else { (item.content) }
    };
    html! {
        li class=(classes(&["govuk-service-navigation__item", active])) {
            @if item.href.is_empty() {
                span class="govuk-service-navigation__text" aria-current=[current] { (words) }
            } @else {
                a class="govuk-service-navigation__link" href=(item.href) aria-current=[current] { (words) }
            }
        }
    }
}
