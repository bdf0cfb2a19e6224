//! A password, which may be shown while it is typed.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::form_group::{FormGroup, Module};
use super::input::{Input, element};
use super::label::Label;

/// A password.
#[derive(Clone, Debug, Default)]
pub struct PasswordInput<'a> {
    /// The name under which the form sends it.
    pub name: &'a str,
    /// Its `id`; the name where empty.
    pub id: &'a str,
    /// What it is called.
    pub label: Label<'a>,
    /// Help with it.
    pub hint: Content,
    /// What is wrong with it.
    pub error: Option<&'a str>,
    /// What is in it; a page never sends a password back.
    pub value: &'a str,
    /// `current-password` where empty, or `new-password`.
    pub autocomplete: &'a str,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// The `id` of something else that describes it.
    pub described_by: &'a str,
    /// Further classes of the input.
    pub classes: &'a str,
    /// Further classes of the group around it.
    pub form_group_classes: &'a str,
}

impl<'a> PasswordInput<'a> {
    /// An empty field with a name and a label.
    pub fn new(name: &'a str, label: impl Into<Label<'a>>) -> Self {
        PasswordInput { name, label: label.into(), ..PasswordInput::default() }
    }
}

/// A password input.
pub fn password_input(password: &PasswordInput) -> Markup {
    let own = classes(&["govuk-password-input__input govuk-js-password-input-input", password.classes]);
    let around = classes(&["govuk-password-input", password.form_group_classes]);
    let input = as_input(password, &own, &around);
    let group = FormGroup { module: Module { name: "govuk-password-input", ..Module::default() }, ..input.group() };
    let control = html! {
        div class="govuk-input__wrapper govuk-password-input__wrapper" {
            (element(&input, &group)) (toggle(group.id))
        }
    };
    group.around_field(&input.label, &control)
}

fn as_input<'a>(password: &PasswordInput<'a>, own: &'a str, around: &'a str) -> Input<'a> {
    Input {
        name: password.name,
        id: password.id,
        label: password.label.clone(),
        hint: password.hint.clone(),
        error: password.error,
        value: password.value,
        kind: "password",
        spellcheck: Some(false),
        autocapitalize: "none",
        autocomplete: present(password.autocomplete).unwrap_or("current-password"),
        disabled: password.disabled,
        described_by: password.described_by,
        classes: own,
        form_group_classes: around,
        ..Input::default()
    }
}

/// The button that shows the password; hidden until the script that works it has started.
fn toggle(id: &str) -> Markup {
    html! {
        button type="button"
            class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle"
            data-module="govuk-button" aria-controls=(id) aria-label="Show password" hidden { "Show" }
    }
}
