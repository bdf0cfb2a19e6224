//! What is recorded, name by name, each with what may be done about it.

use maud::{Markup, html};

use super::content::{Content, classes, heading, present};

/// A link beside a value or in the head of a card.
#[derive(Clone, Debug, Default)]
pub struct Action {
    /// What it does, such as "Change".
    pub content: Content,
    /// Where it leads.
    pub href: String,
    /// What it does it to, for whoever hears the link alone, such as "the end date".
    pub visually_hidden_text: String,
    /// Further classes.
    pub classes: String,
}

impl Action {
    /// A link, its words completed by hidden ones.
    pub fn new(content: impl Into<Content>, href: impl Into<String>, hidden: impl Into<String>) -> Self {
        Action {
            content: content.into(),
            href: href.into(),
            visually_hidden_text: hidden.into(),
            classes: String::new(),
        }
    }
}

/// One name with its value.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    /// The name.
    pub key: Content,
    /// The value.
    pub value: Content,
    /// What may be done about it.
    pub actions: Vec<Action>,
    /// Further classes of the row.
    pub classes: String,
}

impl SummaryRow {
    /// A name with its value.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Self {
        SummaryRow { key: key.into(), value: value.into(), ..SummaryRow::default() }
    }

    /// The same with one more action.
    #[must_use]
    pub fn with_action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }
}

/// A card around a summary list.
#[derive(Clone, Debug, Default)]
pub struct SummaryCard<'a> {
    /// Its title; with none, no heading is drawn.
    pub title: Content,
    /// The level of its heading; 2 where not said.
    pub heading_level: Option<u8>,
    /// What may be done about the whole.
    pub actions: Vec<Action>,
    /// Further classes.
    pub classes: &'a str,
}

/// Names with their values.
#[derive(Clone, Debug, Default)]
pub struct SummaryList<'a> {
    /// The rows.
    pub rows: Vec<SummaryRow>,
    /// The card around it.
    pub card: Option<SummaryCard<'a>>,
    /// Further classes, such as `govuk-summary-list--no-border`.
    pub classes: &'a str,
}

impl SummaryList<'_> {
    /// A plain list of rows.
    pub fn new(rows: Vec<SummaryRow>) -> Self {
        SummaryList { rows, ..SummaryList::default() }
    }
}

/// A summary list.
pub fn summary_list(list: &SummaryList) -> Markup {
    let title = list.card.as_ref().map(|card| &card.title).filter(|title| !title.is_empty());
    let with_actions = list.rows.iter().any(|row| !row.actions.is_empty());
    let drawn = html! {
        dl class=(classes(&["govuk-summary-list", list.classes])) {
            @for row in &list.rows { (summary_row(row, with_actions, title)) }
        }
    };
    match &list.card {
        Some(card) => summary_card(card, &drawn),
        None => drawn,
    }
}

/// A card with a title around anything, such as a summary list.
pub fn summary_card(card: &SummaryCard, content: &Markup) -> Markup {
    let title = Some(&card.title).filter(|title| !title.is_empty());
    html! {
        div class=(classes(&["govuk-summary-card", card.classes])) {
            div class="govuk-summary-card__title-wrapper" {
                @if let Some(title) = title {
                    (heading(card.heading_level.unwrap_or(2), "govuk-summary-card__title", "", title))
                }
                (card_actions(&card.actions, title))
            }
            div class="govuk-summary-card__content" { (content) }
        }
    }
}

fn card_actions(actions: &[Action], title: Option<&Content>) -> Markup {
    match actions {
        [] => html! {},
        [only] => html! { div class="govuk-summary-card__actions" { (link(only, title)) } },
        several => html! {
            ul class="govuk-summary-card__actions" {
                @for action in several { li class="govuk-summary-card__action" { (link(action, title)) } }
            }
        },
    }
}

fn summary_row(row: &SummaryRow, with_actions: bool, card: Option<&Content>) -> Markup {
    let none = if with_actions && row.actions.is_empty() { "govuk-summary-list__row--no-actions" } else { "" };
    html! {
        div class=(classes(&["govuk-summary-list__row", none, &row.classes])) {
            dt class="govuk-summary-list__key" { (row.key) }
            dd class="govuk-summary-list__value" { (row.value) }
            @if !row.actions.is_empty() { dd class="govuk-summary-list__actions" { (row_actions(&row.actions, card)) } }
        }
    }
}

fn row_actions(actions: &[Action], card: Option<&Content>) -> Markup {
    match actions {
        [only] => link(only, card),
        several => html! {
            ul class="govuk-summary-list__actions-list" {
                @for action in several { li class="govuk-summary-list__actions-list-item" { (link(action, card)) } }
            }
        },
    }
}

fn link(action: &Action, card: Option<&Content>) -> Markup {
    let hidden = present(&action.visually_hidden_text);
    html! {
        a class=(classes(&["govuk-link", &action.classes])) href=(action.href) {
            (action.content)
            @if hidden.is_some() || card.is_some() {
                span class="govuk-visually-hidden" {
                    @if let Some(hidden) = hidden { " " (hidden) }
                    @if let Some(card) = card { " (" (card) ")" }
                }
            }
        }
    }
}
