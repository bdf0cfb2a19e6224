//! A field of several lines.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::form_group::{FormGroup, Module};
use super::label::Label;

/// A field of several lines. An empty option is left out of the markup.
#[derive(Clone, Debug, Default)]
pub struct Textarea<'a> {
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
    /// What is in it.
    pub value: &'a str,
    /// How many lines it shows; five where not said.
    pub rows: Option<u32>,
    /// What a browser may fill in.
    pub autocomplete: &'a str,
    /// Whether the browser checks spelling; its own choice where not said.
    pub spellcheck: Option<bool>,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// The `id` of something else that describes it.
    pub described_by: &'a str,
    /// Further classes of the field.
    pub classes: &'a str,
    /// Further classes of the group around it.
    pub form_group_classes: &'a str,
}

impl<'a> Textarea<'a> {
    /// An empty field with a name and a label.
    pub fn new(name: &'a str, label: impl Into<Label<'a>>) -> Self {
        Textarea { name, label: label.into(), ..Textarea::default() }
    }

    pub(super) fn own_id(&self) -> &'a str {
        if self.id.is_empty() { self.name } else { self.id }
    }

    pub(super) fn group(&self) -> FormGroup<'_> {
        FormGroup {
            id: self.own_id(),
            hint: &self.hint,
            error: self.error,
            described_by: self.described_by,
            classes: self.form_group_classes,
            module: Module::default(),
        }
    }
}

/// A textarea.
pub fn textarea(textarea: &Textarea) -> Markup {
    let group = textarea.group();
    group.around_field(&textarea.label, &element(textarea, group.described_by()))
}

pub(super) fn element(textarea: &Textarea, described_by: Option<String>) -> Markup {
    let error = if textarea.error.is_some() { "govuk-textarea--error" } else { "" };
    html! {
        textarea class=(classes(&["govuk-textarea", error, textarea.classes])) id=(textarea.own_id())
            name=(textarea.name) rows=(textarea.rows.unwrap_or(5)) spellcheck=[textarea.spellcheck]
            disabled[textarea.disabled] aria-describedby=[described_by]
            autocomplete=[present(textarea.autocomplete)] {
            // HTML drops a first new line, so one more keeps a value that begins with one.
            @if textarea.value.starts_with('\n') { "\n" }
            (textarea.value)
        }
    }
}
