//! A field of several lines that counts what is left.

use maud::{Markup, html};

use super::content::classes;
use super::form_group::{FormGroup, Module};
use super::hint::{Hint, hint};
use super::textarea::{Textarea, element};

/// How much may be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// So many characters.
    Characters(u32),
    /// So many words.
    Words(u32),
}

/// A field of several lines with a limit. The server holds the limit; the count only warns.
#[derive(Clone, Debug)]
pub struct CharacterCount<'a> {
    /// The field.
    pub textarea: Textarea<'a>,
    /// How much may be written.
    pub limit: Limit,
    /// The percentage of the limit from which the count is shown; always where not said.
    pub threshold: Option<u32>,
}

/// A textarea that counts.
pub fn character_count(count: &CharacterCount) -> Markup {
    let own = classes(&["govuk-js-character-count", count.textarea.classes]);
    let around = classes(&["govuk-character-count", count.textarea.form_group_classes]);
    let textarea = Textarea { classes: &own, form_group_classes: &around, ..count.textarea.clone() };
    let message_id = format!("{}-info", textarea.own_id());
    let described_by = classes(&[&message_id, textarea.described_by]);
    let group = FormGroup { described_by: &described_by, module: module(count), ..textarea.group() };
    let control = html! { (element(&textarea, group.described_by())) (message(count.limit, &message_id)) };
    group.around_field(&textarea.label, &control)
}

fn module<'a>(count: &CharacterCount) -> Module<'a> {
    let (maxlength, maxwords) = match count.limit {
        Limit::Characters(most) => (Some(most), None),
        Limit::Words(most) => (None, Some(most)),
    };
    Module { name: "govuk-character-count", maxlength, maxwords, threshold: count.threshold }
}

fn message(limit: Limit, id: &str) -> Markup {
    let words = match limit {
        Limit::Characters(most) => format!("You can enter up to {most} characters"),
        Limit::Words(most) => format!("You can enter up to {most} words"),
    };
    hint(&Hint { content: words.into(), id, classes: "govuk-character-count__message" })
}
