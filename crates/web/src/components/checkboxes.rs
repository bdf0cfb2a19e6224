//! Any number of choices.

use maud::Markup;

use super::choices::{Choice, Choices};
use super::content::{Content, classes};
use super::fieldset::Legend;
use super::form_group::{FormGroup, Module};

/// Any number of choices.
#[derive(Clone, Debug, Default)]
pub struct Checkboxes<'a> {
    /// The name under which the form sends each choice.
    pub name: &'a str,
    /// What the choices' `id`s begin with; the name where empty.
    pub id_prefix: &'a str,
    /// The question; none for a single box whose label says all.
    pub legend: Option<Legend<'a>>,
    /// Help with it.
    pub hint: Content,
    /// What is wrong with the answer.
    pub error: Option<&'a str>,
    /// The choices.
    pub items: Vec<Choice>,
    /// The values of the choices made.
    pub values: Vec<String>,
    /// Whether they are small, as in a filter.
    pub small: bool,
    /// The `id` of something else that describes the question.
    pub described_by: &'a str,
    /// Further classes of the choices.
    pub classes: &'a str,
    /// Further classes of the group around them.
    pub form_group_classes: &'a str,
}

impl<'a> Checkboxes<'a> {
    /// A question with its choices.
    pub fn new(name: &'a str, legend: impl Into<Legend<'a>>, items: Vec<Choice>) -> Self {
        Checkboxes { name, legend: Some(legend.into()), items, ..Checkboxes::default() }
    }
}

/// Checkboxes.
pub fn checkboxes(checkboxes: &Checkboxes) -> Markup {
    let id_prefix = if checkboxes.id_prefix.is_empty() { checkboxes.name } else { checkboxes.id_prefix };
    let group = FormGroup {
        id: id_prefix,
        hint: &checkboxes.hint,
        error: checkboxes.error,
        described_by: checkboxes.described_by,
        classes: checkboxes.form_group_classes,
        module: Module::default(),
    };
    // Without a fieldset nothing else carries the description, so each box does.
    let on_each = if checkboxes.legend.is_none() { group.described_by() } else { None };
    let small = if checkboxes.small { "govuk-checkboxes--small" } else { "" };
    let choices = Choices {
        component: "checkboxes",
        kind: "checkbox",
        name: checkboxes.name,
        id_prefix,
        described_by: on_each.as_deref().unwrap_or_default(),
        classes: &classes(&[small, checkboxes.classes]),
    };
    let controls = choices.draw(&checkboxes.items, |value| checkboxes.values.iter().any(|chosen| chosen == value));
    group.around_choices(checkboxes.legend.as_ref(), "", &controls)
}
