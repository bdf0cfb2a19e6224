//! A date in three fields, as people write one.

use maud::{Markup, html};

use super::content::{Content, classes};
use super::fieldset::Legend;
use super::form_group::{FormGroup, Module};
use super::input::{Input, Width, input};
use super::label::Label;

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DatePart {
    /// The day of the month.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

impl DatePart {
    /// All three, in the order in which a date is written.
    pub const ALL: [DatePart; 3] = [DatePart::Day, DatePart::Month, DatePart::Year];

    fn name(self) -> &'static str {
        match self {
            DatePart::Day => "day",
            DatePart::Month => "month",
            DatePart::Year => "year",
        }
    }

    fn label(self) -> &'static str {
        match self {
            DatePart::Day => "Day",
            DatePart::Month => "Month",
            DatePart::Year => "Year",
        }
    }

    fn width(self) -> Width {
        if self == DatePart::Year { Width::Four } else { Width::Two }
    }
}

/// A date in up to three fields, named `{name_prefix}-day`, `-month` and `-year`.
#[derive(Clone, Debug)]
pub struct DateInput<'a> {
    /// Its `id`, from which those of its fields are made.
    pub id: &'a str,
    /// What the fields' names begin with; none where empty.
    pub name_prefix: &'a str,
    /// The question.
    pub legend: Option<Legend<'a>>,
    /// Help with it, such as "For example, 31 3 2027".
    pub hint: Content,
    /// What is wrong with the answer.
    pub error: Option<&'a str>,
    /// The parts at fault; with an error and none named, all are marked.
    pub wrong: Vec<DatePart>,
    /// The parts that are asked for.
    pub parts: Vec<DatePart>,
    /// The day as written.
    pub day: &'a str,
    /// The month as written.
    pub month: &'a str,
    /// The year as written.
    pub year: &'a str,
    /// The `id` of something else that describes the question.
    pub described_by: &'a str,
    /// Further classes of the fields together.
    pub classes: &'a str,
    /// Further classes of the group around them.
    pub form_group_classes: &'a str,
}

impl Default for DateInput<'_> {
    fn default() -> Self {
        DateInput {
            id: "",
            name_prefix: "",
            legend: None,
            hint: Content::default(),
            error: None,
            wrong: Vec::new(),
            parts: DatePart::ALL.to_vec(),
            day: "",
            month: "",
            year: "",
            described_by: "",
            classes: "",
            form_group_classes: "",
        }
    }
}

impl<'a> DateInput<'a> {
    /// An empty date, its `id` and the beginning of its fields' names given by `name`.
    pub fn new(name: &'a str, legend: impl Into<Legend<'a>>) -> Self {
        DateInput { id: name, name_prefix: name, legend: Some(legend.into()), ..DateInput::default() }
    }

    fn value(&self, part: DatePart) -> &'a str {
        match part {
            DatePart::Day => self.day,
            DatePart::Month => self.month,
            DatePart::Year => self.year,
        }
    }

    fn is_wrong(&self, part: DatePart) -> bool {
        self.wrong.contains(&part) || (self.error.is_some() && self.wrong.is_empty())
    }
}

/// A date input.
pub fn date_input(date: &DateInput) -> Markup {
    let group = FormGroup {
        id: date.id,
        hint: &date.hint,
        error: date.error,
        described_by: date.described_by,
        classes: date.form_group_classes,
        module: Module::default(),
    };
    let controls = html! {
        div class=(classes(&["govuk-date-input", date.classes])) id=(date.id) {
            @for &part in &date.parts {
                div class="govuk-date-input__item" { (field(date, part)) }
            }
        }
    };
    group.around_choices(date.legend.as_ref(), "group", &controls)
}

fn field(date: &DateInput, part: DatePart) -> Markup {
    let dash = if date.name_prefix.is_empty() { "" } else { "-" };
    let error = if date.is_wrong(part) { "govuk-input--error" } else { "" };
    let label = Label { content: part.label().into(), classes: "govuk-date-input__label", ..Label::default() };
    input(&Input {
        id: &format!("{}-{}", date.id, part.name()),
        name: &format!("{}{dash}{}", date.name_prefix, part.name()),
        label,
        value: date.value(part),
        width: part.width(),
        inputmode: "numeric",
        classes: &classes(&["govuk-date-input__input", error]),
        ..Input::default()
    })
}
