//! A choice from a list that drops down: for long lists, where radios would not fit.

use maud::{Markup, html};

use super::content::{Content, classes};
use super::form_group::{FormGroup, Module};
use super::label::Label;

/// One choice of a [`Select`].
#[derive(Clone, Debug, Default)]
pub struct SelectItem {
    /// What the form sends; the text where none is given.
    pub value: Option<String>,
    /// What is read.
    pub text: String,
    /// Whether it is chosen; by [`Select::value`] where not said.
    pub selected: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
}

impl SelectItem {
    /// A choice with a value and its words.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        SelectItem { value: Some(value.into()), text: text.into(), ..SelectItem::default() }
    }

    fn is_selected(&self, chosen: &str) -> bool {
        let value = self.value.as_ref().unwrap_or(&self.text);
        self.selected.unwrap_or(!chosen.is_empty() && value == chosen)
    }
}

/// A list that drops down. An empty option is left out of the markup.
#[derive(Clone, Debug, Default)]
pub struct Select<'a> {
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
    /// The choices.
    pub items: Vec<SelectItem>,
    /// The value of the choice made.
    pub value: &'a str,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// The `id` of something else that describes it.
    pub described_by: &'a str,
    /// Further classes of the list.
    pub classes: &'a str,
    /// Further classes of the group around it.
    pub form_group_classes: &'a str,
}

impl<'a> Select<'a> {
    /// A list with a name, a label and its choices.
    pub fn new(name: &'a str, label: impl Into<Label<'a>>, items: Vec<SelectItem>) -> Self {
        Select { name, label: label.into(), items, ..Select::default() }
    }
}

/// A select.
pub fn select(select: &Select) -> Markup {
    let group = FormGroup {
        id: if select.id.is_empty() { select.name } else { select.id },
        hint: &select.hint,
        error: select.error,
        described_by: select.described_by,
        classes: select.form_group_classes,
        module: Module::default(),
    };
    group.around_field(&select.label, &element(select, &group))
}

fn element(select: &Select, group: &FormGroup) -> Markup {
    let error = if select.error.is_some() { "govuk-select--error" } else { "" };
    html! {
        select class=(classes(&["govuk-select", select.classes, error])) id=(group.id) name=(select.name)
            disabled[select.disabled] aria-describedby=[group.described_by()] {
            @for item in &select.items {
                option value=[item.value.as_ref()] selected[item.is_selected(select.value)] disabled[item.disabled] {
                    (item.text)
                }
            }
        }
    }
}
