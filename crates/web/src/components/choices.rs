//! The choices of radios and checkboxes, which are drawn alike.

use maud::{Markup, html};

use super::content::{Content, classes, present};
use super::hint::{Hint, hint};
use super::label::{Label, label};

/// One choice among radios or checkboxes.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What is read.
    pub content: Content,
    /// Help with it.
    pub hint: Content,
    /// Whether it is chosen; by the value or values of the whole where not said.
    pub checked: Option<bool>,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// What is shown only while it is chosen: further fields.
    pub conditional: Content,
    /// Its `id`; numbered after the whole's where empty.
    pub id: String,
    /// Its own name, for checkboxes that are not one list.
    pub name: String,
    /// Further classes of its label.
    pub label_classes: String,
    /// Whether choosing it clears all others: "None of these". Checkboxes only.
    pub exclusive: bool,
    /// A word between choices, such as "or"; everything else is then ignored.
    pub divider: String,
}

impl Choice {
    /// A choice with a value and its words.
    pub fn new(value: impl Into<String>, content: impl Into<Content>) -> Self {
        Choice { value: value.into(), content: content.into(), ..Choice::default() }
    }

    /// A word between choices.
    pub fn divider(word: impl Into<String>) -> Self {
        Choice { divider: word.into(), ..Choice::default() }
    }
}

/// The kind of choices: `radios` or `checkboxes`, with what is common to all.
pub(super) struct Choices<'a> {
    /// The component's name, of which the classes are made.
    pub component: &'a str,
    /// `radio` or `checkbox`.
    pub kind: &'a str,
    pub name: &'a str,
    pub id_prefix: &'a str,
    /// What describes each choice where no fieldset carries the description.
    pub described_by: &'a str,
    pub classes: &'a str,
}

impl Choices<'_> {
    /// All choices; `is_chosen` says whether a value is among those chosen.
    pub fn draw(&self, items: &[Choice], is_chosen: impl Fn(&str) -> bool) -> Markup {
        let block = format!("govuk-{}", self.component);
        html! {
            div class=(classes(&[&block, self.classes])) data-module=(block) {
                @for (index, item) in items.iter().enumerate() {
                    @if item.divider.is_empty() {
                        (self.item(index, item, item.checked.unwrap_or_else(|| is_chosen(&item.value))))
                    } @else {
                        div class={ (block) "__divider" } { (item.divider) }
                    }
                }
            }
        }
    }

    fn item(&self, index: usize, item: &Choice, checked: bool) -> Markup {
        let id = self.item_id(index, item);
        let conditional_id = format!("conditional-{id}");
        let hint_id = if item.hint.is_empty() { String::new() } else { format!("{id}-item-hint") };
        let shown = !item.conditional.is_empty();
        html! {
            div class={ "govuk-" (self.component) "__item" } {
                input class={ "govuk-" (self.component) "__input" } id=(id)
                    name=(present(&item.name).unwrap_or(self.name)) type=(self.kind) value=(item.value)
                    checked[checked] disabled[item.disabled] data-aria-controls=[shown.then_some(&conditional_id)]
                    data-behaviour=[item.exclusive.then_some("exclusive")]
                    aria-describedby=[present(&classes(&[self.described_by, &hint_id]))];
                (self.item_label(&id, item))
                @if !item.hint.is_empty() { (self.item_hint(&hint_id, item)) }
            }
            @if shown { (self.conditional(&conditional_id, item, checked)) }
        }
    }

    /// The first has no number, so that an error summary can lead to it by the name alone.
    fn item_id(&self, index: usize, item: &Choice) -> String {
        match (item.id.is_empty(), index) {
            (false, _) => item.id.clone(),
            (true, 0) => self.id_prefix.to_owned(),
            (true, _) => format!("{}-{}", self.id_prefix, index + 1),
        }
    }

    fn item_label(&self, id: &str, item: &Choice) -> Markup {
        let own = format!("govuk-{}__label", self.component);
        let class = classes(&[&own, &item.label_classes]);
        label(&Label { content: item.content.clone(), for_id: id, classes: &class, is_page_heading: false })
    }

    fn item_hint(&self, id: &str, item: &Choice) -> Markup {
        let class = format!("govuk-{}__hint", self.component);
        hint(&Hint { content: item.hint.clone(), id, classes: &class })
    }

    fn conditional(&self, id: &str, item: &Choice, checked: bool) -> Markup {
        let block = format!("govuk-{}__conditional", self.component);
        let hidden = if checked { String::new() } else { format!("{block}--hidden") };
        html! { div class=(classes(&[&block, &hidden])) id=(id) { (item.conditional) } }
    }
}
