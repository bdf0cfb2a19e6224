//! What stands around every field: its label or legend, its hint, what is wrong with it.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::error_message::{ErrorMessage, error_message};
use super::fieldset::{Fieldset, Legend, fieldset};
use super::hint::{Hint, hint};
use super::label::{Label, label};

/// The script that makes more of a group, with what it is told; by default none.
#[derive(Clone, Copy, Default)]
pub(super) struct Module<'a> {
    pub name: &'a str,
    pub maxlength: Option<u32>,
    pub maxwords: Option<u32>,
    pub threshold: Option<u32>,
}

/// The surroundings of a field or of a group of fields.
#[derive(Clone, Copy)]
pub(super) struct FormGroup<'a> {
    /// The field's `id`, from which the hint and the error take theirs.
    pub id: &'a str,
    pub hint: &'a Content,
    pub error: Option<&'a str>,
    /// The `id` of something else that describes the field.
    pub described_by: &'a str,
    pub classes: &'a str,
    pub module: Module<'a>,
}

impl FormGroup<'_> {
    /// What describes the field, for `aria-describedby`: the order is that in which it is read.
    pub fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        ids.extend(present(self.described_by).map(str::to_owned));
        ids.extend((!self.hint.is_empty()).then(|| format!("{}-hint", self.id)));
        ids.extend(self.error.map(|_| format!("{}-error", self.id)));
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// One field under its label.
    pub fn around_field(&self, its_label: &Label, control: &Markup) -> Markup {
        let its_label = Label { for_id: self.id, ..its_label.clone() };
        self.wrap(&html! { (label(&its_label)) (self.help()) (control) })
    }

    /// Several fields, in a fieldset where there is a legend.
    pub fn around_choices(&self, legend: Option<&Legend>, role: &str, controls: &Markup) -> Markup {
        let inner = html! { (self.help()) (controls) };
        let Some(legend) = legend else { return self.wrap(&inner) };
        self.wrap(&fieldset(&Fieldset {
            legend: legend.clone(),
            described_by: self.described_by().as_deref().unwrap_or_default(),
            role,
            body: inner,
            ..Fieldset::default()
        }))
    }

    fn wrap(&self, inner: &Markup) -> Markup {
        let error = if self.error.is_some() { "govuk-form-group--error" } else { "" };
        let module = self.module;
        html! {
            div class=(classes(&["govuk-form-group", error, self.classes])) data-module=[present(module.name)]
                data-maxlength=[module.maxlength] data-maxwords=[module.maxwords] data-threshold=[module.threshold]
                data-count-type=[module.maxwords.map(|_| "words")] { (inner) }
        }
    }

    fn help(&self) -> Markup {
        let (hint_id, error_id) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        html! {
            @if !self.hint.is_empty() {
                (hint(&Hint { content: self.hint.clone(), id: &hint_id, ..Hint::default() }))
            }
            @if let Some(error) = self.error {
                (error_message(&ErrorMessage { content: error.into(), id: &error_id, ..ErrorMessage::default() }))
            }
        }
    }
}
