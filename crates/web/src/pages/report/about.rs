//! The fields of what the report says of itself.

use maud::{Markup, html};
use penshaw_operations::Invalid;
use penshaw_register::Authority;

use super::draft::{Draft, NOT_STATED};
use crate::components::{
    Choice, DateInput, Input, Radios, Select, SelectItem, Textarea, date_input, input, radios, select, textarea,
};
use crate::layout::error_of;

/// A form being written: what is typed, what is wrong, and what stands where somebody else changed it meanwhile.
pub(super) struct Writing<'a> {
    pub(super) typed: &'a Draft,
    pub(super) wrong: &'a [Invalid],
    pub(super) stands: Option<&'a Draft>,
}

impl Writing<'_> {
    /// What stands in a field now, where it is not what is typed.
    fn stands(&self, names: &[&str]) -> Markup {
        let Some(stands) = self.stands else { return html! {} };
        if names.iter().all(|name| stands.get(name) == self.typed.get(name)) {
            return html! {};
        }
        let words: Vec<&str> = names.iter().map(|name| stands.get(name)).filter(|words| !words.is_empty()).collect();
        html! {
            div.govuk-inset-text.penshaw-stands {
                strong { "Saved by somebody else:" }
                @if words.is_empty() { p.govuk-body { "nothing" } }
                @else { @for line in words.join(" ").split("\n\n") { p.govuk-body { (line) } } }
            }
        }
    }

    fn line(&self, name: &str, label: &str, hint: &str) -> Markup {
        html! {
            (input(&Input {
                id: name, name, value: self.typed.get(name), hint: hint.into(),
                error: error_of(self.wrong, name), ..Input::new(name, label)
            }))
            (self.stands(&[name]))
        }
    }

    /// Paragraphs in officers' own words.
    pub(super) fn words(&self, name: &str, id: &str, label: &str, hint: &str, rows: u32) -> Markup {
        html! {
            (textarea(&Textarea {
                id, value: self.typed.get(name), hint: hint.into(), rows: Some(rows), spellcheck: Some(true),
                error: error_of(self.wrong, name), ..Textarea::new(name, label)
            }))
            (self.stands(&[name]))
        }
    }

    fn day(&self, name: &str, legend: &str, hint: &str) -> Markup {
        let parts = ["day", "month", "year"].map(|part| format!("{name}-{part}"));
        let [day, month, year] = parts.each_ref().map(|part| self.typed.get(part));
        html! {
            (date_input(&DateInput {
                hint: hint.into(), day, month, year, error: error_of(self.wrong, name), ..DateInput::new(name, legend)
            }))
            (self.stands(&parts.each_ref().map(String::as_str)))
        }
    }

    fn answer(&self, name: &str, legend: &str) -> Markup {
        let items = vec![Choice::new("yes", "Yes"), Choice::new("no", "No"), Choice::new(NOT_STATED, "Not stated yet")];
        let value = match self.typed.get(name) {
            "" => NOT_STATED,
            value => value,
        };
        html! {
            (radios(&Radios { value, inline: true, small: true, ..Radios::new(name, legend, items) }))
            (self.stands(&[name]))
        }
    }

    fn authority(&self, authorities: &[Authority]) -> Markup {
        let all = authorities.iter().map(|authority| SelectItem::new(&*authority.code, &*authority.name));
        let items = [SelectItem::new("", "Not stated yet")].into_iter().chain(all).collect();
        html! {
            (select(&Select {
                id: "authority", value: self.typed.get("authority"), error: error_of(self.wrong, "authority"),
                ..Select::new("authority", "Whose meeting receives it", items)
            }))
            (self.stands(&["authority"]))
        }
    }
}

/// The fields of what the report says of itself.
pub(super) fn fields(writing: &Writing<'_>, authorities: &[Authority]) -> Markup {
    html! {
        div.penshaw-columns {
            div {
                h3.govuk-heading-m { "The report and its meeting" }
                (writing.line("title", "Title", ""))
                (writing.line("author", "Author", "The post that writes it, never a name"))
                (writing.authority(authorities))
                (writing.line("body", "Meeting", "Such as Cabinet"))
                (writing.day("meeting", "Day of the meeting", "For example, 18 6 2014"))
                (writing.words("purpose", "purpose", "Purpose of the report", "", 4))
                (writing.words("mandate", "mandate", "Mandate", "The decision that asked for this work", 3))
            }
            div {
                h3.govuk-heading-m { "The decision and its notice" }
                (writing.answer("within_budget_framework", "Is the decision consistent with the budget and policy framework?"))
                (writing.answer("key_decision", "Is it a key decision, as the constitution defines it?"))
                (writing.words("key_decision_reason", "key_decision_reason", "Why it is or is not a key decision", "", 3))
                (writing.answer("in_notice", "Is it in the 28-day notice of decisions?"))
                (writing.day("notice_published", "Day on which the notice was published", "Leave it empty if the day is not known"))
                (writing.line("scrutiny_committee", "Relevant scrutiny committee", ""))
                (writing.words("finance_comment", "finance_comment", "Comment of the section 151 officer", "It stands under 7.1", 4))
                (writing.words("legal_comment", "legal_comment", "Comment of the monitoring officer", "It stands under 7.4", 4))
            }
        }
    }
}
