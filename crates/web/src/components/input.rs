//! A field of one line.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::form_group::{FormGroup, Module};
use super::label::Label;

/// How many characters a field is wide: a hint of how long the answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Width {
    /// As wide as the column.
    #[default]
    Full,
    /// Two characters, as for a day.
    Two,
    /// Three characters.
    Three,
    /// Four characters, as for a year.
    Four,
    /// Five characters.
    Five,
    /// Ten characters, as for an amount.
    Ten,
    /// Twenty characters.
    Twenty,
    /// Thirty characters.
    Thirty,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Width::Full => "",
            Width::Two => "govuk-input--width-2",
            Width::Three => "govuk-input--width-3",
            Width::Four => "govuk-input--width-4",
            Width::Five => "govuk-input--width-5",
            Width::Ten => "govuk-input--width-10",
            Width::Twenty => "govuk-input--width-20",
            Width::Thirty => "govuk-input--width-30",
        }
    }
}

/// A field of one line. An empty option is left out of the markup.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
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
    /// The kind of input; `text` where empty.
    pub kind: &'a str,
    /// What stands before it, such as "£".
    pub prefix: Content,
    /// What stands after it, such as "kW".
    pub suffix: Content,
    /// How wide it is.
    pub width: Width,
    /// The keyboard that a phone shows: `numeric`, `decimal`, `email`.
    pub inputmode: &'a str,
    /// What a browser may fill in, such as `username` or `one-time-code`.
    pub autocomplete: &'a str,
    /// Whether a phone begins sentences with a capital letter: `none` for codes.
    pub autocapitalize: &'a str,
    /// A pattern that older phones take as a wish for a keyboard of digits.
    pub pattern: &'a str,
    /// Whether the browser checks spelling; its own choice where not said.
    pub spellcheck: Option<bool>,
    /// Whether it cannot be used.
    pub disabled: bool,
    /// The `id` of something else that describes it.
    pub described_by: &'a str,
    /// Further classes of the input.
    pub classes: &'a str,
    /// Further classes of the group around it.
    pub form_group_classes: &'a str,
}

impl<'a> Input<'a> {
    /// An empty field with a name and a label.
    pub fn new(name: &'a str, label: impl Into<Label<'a>>) -> Self {
        Input { name, label: label.into(), ..Input::default() }
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

/// A text input.
pub fn input(input: &Input) -> Markup {
    let group = input.group();
    let control = element(input, &group);
    let affixed = !input.prefix.is_empty() || !input.suffix.is_empty();
    let control = if affixed { wrapper(input, &control) } else { control };
    group.around_field(&input.label, &control)
}

fn wrapper(input: &Input, control: &Markup) -> Markup {
    html! {
        div class="govuk-input__wrapper" {
            @if !input.prefix.is_empty() {
                div class="govuk-input__prefix" aria-hidden="true" { (input.prefix) }
            }
            (control)
            @if !input.suffix.is_empty() {
                div class="govuk-input__suffix" aria-hidden="true" { (input.suffix) }
            }
        }
    }
}

/// The input itself, without what stands around it.
pub(super) fn element(input: &Input, group: &FormGroup) -> Markup {
    let error = if input.error.is_some() { "govuk-input--error" } else { "" };
    let kind = present(input.kind).unwrap_or("text");
    html! {
        input class=(classes(&["govuk-input", input.width.class(), input.classes, error])) id=(input.own_id())
            name=(input.name) type=(kind) spellcheck=[input.spellcheck] value=[present(input.value)]
            disabled[input.disabled] aria-describedby=[group.described_by()]
            autocomplete=[present(input.autocomplete)] autocapitalize=[present(input.autocapitalize)]
            pattern=[present(input.pattern)] inputmode=[present(input.inputmode)];
    }
}
