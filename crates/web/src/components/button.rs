//! A button, or a link that looks like one.

use maud::{Markup, html};

use super::content::{Content, classes, present};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Emphasis {
    /// The one main act of the page.
    #[default]
    Primary,
    /// An act beside the main one.
    Secondary,
    /// An act that destroys something or cannot be undone.
    Warning,
    /// On a dark ground.
    Inverse,
}

impl Emphasis {
    fn class(self) -> &'static str {
        match self {
            Emphasis::Primary => "",
            Emphasis::Secondary => "govuk-button--secondary",
            Emphasis::Warning => "govuk-button--warning",
            Emphasis::Inverse => "govuk-button--inverse",
        }
    }
}

/// A button. With [`Button::href`] it is a link.
#[derive(Clone, Debug, Default)]
pub struct Button<'a> {
    /// What it does, beginning with a verb.
    pub content: Content,
    /// How much it asks for attention.
    pub emphasis: Emphasis,
    /// Where it leads, where it is a link.
    pub href: &'a str,
    /// Whether it begins a journey: drawn large, with an arrow.
    pub is_start_button: bool,
    /// The kind of button; `submit` where empty.
    pub kind: &'a str,
    /// The name under which the form sends [`Button::value`].
    pub name: &'a str,
    /// What the form sends under [`Button::name`].
    pub value: &'a str,
    /// Another address that this button sends the form to.
    pub formaction: &'a str,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// Whether a second click within a second is ignored; not mentioned where not said.
    pub prevent_double_click: Option<bool>,
    /// Its `id`.
    pub id: &'a str,
    /// Further classes.
    pub classes: &'a str,
}

impl<'a> Button<'a> {
    /// A button that sends the form, once however often it is clicked.
    pub fn submit(content: impl Into<Content>) -> Self {
        Button { content: content.into(), prevent_double_click: Some(true), ..Button::default() }
    }

    /// A link that looks like a button.
    pub fn link(content: impl Into<Content>, href: &'a str) -> Self {
        Button { content: content.into(), href, ..Button::default() }
    }
}

/// A button.
pub fn button(button: &Button) -> Markup {
    let start = if button.is_start_button { "govuk-button--start" } else { "" };
    let class = classes(&["govuk-button", button.emphasis.class(), button.classes, start]);
    let inner = html! { (button.content) @if button.is_start_button { (start_icon()) } };
    html! {
        @if button.href.is_empty() {
            button type=(present(button.kind).unwrap_or("submit")) value=[present(button.value)]
                name=[present(button.name)] formaction=[present(button.formaction)]
                disabled[button.disabled] aria-disabled=[button.disabled.then_some("true")]
                data-prevent-double-click=[button.prevent_double_click] class=(class) data-module="govuk-button"
                id=[present(button.id)] { (inner) }
        } @else {
            a href=(button.href) role="button" draggable="false" class=(class) data-module="govuk-button"
                id=[present(button.id)] { (inner) }
        }
    }
}

/// Buttons and links side by side.
pub fn button_group(buttons: &Markup) -> Markup {
    html! { div class="govuk-button-group" { (buttons) } }
}

fn start_icon() -> Markup {
    html! {
        svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19"
            viewBox="0 0 33 40" aria-hidden="true" focusable="false" {
            path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" {}
        }
    }
}
