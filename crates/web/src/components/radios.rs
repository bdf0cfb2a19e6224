//! One choice of a few.

use maud::Markup;

use super::choices::{Choice, Choices};
use super::content::{Content, classes};
use super::fieldset::Legend;
use super::form_group::{FormGroup, Module};

/// One choice of a few.
#[derive(Clone, Debug, Default)]
pub struct Radios<'a> {
    /// The name under which the form sends the choice.
    pub name: &'a str,
    /// What the choices' `id`s begin with; the name where empty.
    pub id_prefix: &'a str,
    /// The question.
    pub legend: Option<Legend<'a>>,
    /// Help with it.
    pub hint: Content,
    /// What is wrong with the answer.
    pub error: Option<&'a str>,
    /// The choices.
    pub items: Vec<Choice>,
    /// The value of the choice made.
    pub value: &'a str,
    /// Whether the choices stand side by side.
    pub inline: bool,
    /// Whether they are small, as beside a list.
    pub small: bool,
    /// The `id` of something else that describes the question.
    pub described_by: &'a str,
    /// Further classes of the choices.
    pub classes: &'a str,
    /// Further classes of the group around them.
    pub form_group_classes: &'a str,
}

impl<'a> Radios<'a> {
    /// A question with its choices.
    pub fn new(name: &'a str, legend: impl Into<Legend<'a>>, items: Vec<Choice>) -> Self {
        Radios { name, legend: Some(legend.into()), items, ..Radios::default() }
    }
}

/// Radios.
pub fn radios(radios: &Radios) -> Markup {
    let id_prefix = if radios.id_prefix.is_empty() { radios.name } else { radios.id_prefix };
    let group = FormGroup {
        id: id_prefix,
        hint: &radios.hint,
        error: radios.error,
        described_by: radios.described_by,
        classes: radios.form_group_classes,
        module: Module::default(),
    };
    let small = if radios.small { "govuk-radios--small" } else { "" };
    let inline = if radios.inline { "govuk-radios--inline" } else { "" };
    let choices = Choices {
        component: "radios",
        kind: "radio",
        name: radios.name,
        id_prefix,
        described_by: "",
        classes: &classes(&[small, inline, radios.classes]),
    };
    let controls = choices.draw(&radios.items, |value| !radios.value.is_empty() && value == radios.value);
    group.around_choices(radios.legend.as_ref(), "", &controls)
}
