//! The report's details and words as its form holds them, and back.

use std::collections::BTreeMap;

use penshaw_basis::Date;
use penshaw_operations::{Invalid, WORDED};
use penshaw_register::ReportDetails;

use crate::form::Form;

/// What stands in each field of the form, by the field's name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft(BTreeMap<String, String>);

/// What the form sends where nobody has answered yes or no.
pub(super) const NOT_STATED: &str = "not-stated";

const PLAIN: [&str; 4] = ["title", "author", "body", "authority"];
const OPTIONAL: [&str; 5] =
    ["key_decision_reason", "scrutiny_committee", "finance_comment", "legal_comment", "mandate"];
const ANSWERS: [&str; 3] = ["within_budget_framework", "key_decision", "in_notice"];
const DAYS: [(&str, &str); 2] =
    [("meeting", "the day of the meeting"), ("notice_published", "the day on which the notice was published")];

impl Draft {
    /// The form of what stands.
    pub(super) fn of_details(details: &ReportDetails) -> Self {
        let mut draft = Draft::default();
        for (name, value) in PLAIN.iter().zip([&details.title, &details.author, &details.body, &details.authority]) {
            draft.put(name, value);
        }
        draft.put("purpose", &details.purpose);
        for (name, value) in OPTIONAL.iter().zip(optional(details)) {
            draft.put(name, value.as_deref().unwrap_or_default());
        }
        for (name, answer) in ANSWERS.iter().zip(answers(details)) {
            draft.put(name, answer.map_or("", |yes| if yes { "yes" } else { "no" }));
        }
        for ((name, _), day) in DAYS.iter().zip([details.meeting, details.notice_published]) {
            draft.put_day(name, day);
        }
        for worded in WORDED {
            let words = details.words.get(worded.number).map(|words| words.join("\n\n"));
            draft.put(&words_field(worded.number), &words.unwrap_or_default());
        }
        draft
    }

    /// What somebody sent.
    pub(super) fn of_form(form: &Form) -> Self {
        let said = form.0.iter().filter(|(_, value)| value != NOT_STATED);
        Draft(said.map(|(name, value)| (name.clone(), value.replace("\r\n", "\n"))).collect())
    }

    /// What stands in a field.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// The details that the form says; what has no field in it stays as it stood.
    pub(super) fn details(&self, form: &Form, standing: &ReportDetails) -> Result<ReportDetails, Vec<Invalid>> {
        let mut invalid = Vec::new();
        let mut day = |(name, what): (&str, &str)| match form.day(name) {
            Ok(day) => day,
            Err(_) => {
                invalid.push(Invalid::new(name, format!("Enter {what} with day, month and year, such as 18 6 2014")));
                None
            }
        };
        let (meeting, notice_published) = (day(DAYS[0]), day(DAYS[1]));
        if !invalid.is_empty() {
            return Err(invalid);
        }
        let text = |name: &str| self.get(name).to_owned();
        let maybe = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
        let answer = |name: &str| match self.get(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        Ok(ReportDetails {
            authority: text("authority"),
            body: text("body"),
            meeting,
            title: text("title"),
            author: text("author"),
            purpose: text("purpose"),
            within_budget_framework: answer("within_budget_framework"),
            key_decision: answer("key_decision"),
            key_decision_reason: maybe("key_decision_reason"),
            notice_published,
            in_notice: answer("in_notice"),
            scrutiny_committee: maybe("scrutiny_committee"),
            finance_comment: maybe("finance_comment"),
            legal_comment: maybe("legal_comment"),
            mandate: maybe("mandate"),
            words: self.words(&standing.words),
            adoption: standing.adoption.clone(),
        })
    }

    fn words(&self, standing: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
        let mut words = standing.clone();
        for worded in WORDED {
            let written = paragraphs(self.get(&words_field(worded.number)));
            match written.is_empty() {
                true => words.remove(worded.number),
                false => words.insert(worded.number.to_owned(), written),
            };
        }
        words
    }

    fn put(&mut self, name: &str, value: &str) {
        self.0.insert(name.to_owned(), value.to_owned());
    }

    fn put_day(&mut self, name: &str, day: Option<Date>) {
        let parts = day.map(|day| (day.day().to_string(), day.month().to_string(), day.year().to_string()));
        let (day, month, year) = parts.unwrap_or_default();
        for (part, value) in [("day", day), ("month", month), ("year", year)] {
            self.put(&format!("{name}-{part}"), &value);
        }
    }
}

fn optional(details: &ReportDetails) -> [&Option<String>; 5] {
    [
        &details.key_decision_reason,
        &details.scrutiny_committee,
        &details.finance_comment,
        &details.legal_comment,
        &details.mandate,
    ]
}

fn answers(details: &ReportDetails) -> [Option<bool>; 3] {
    [details.within_budget_framework, details.key_decision, details.in_notice]
}

/// The field of a section's words.
pub(super) fn words_field(number: &str) -> String {
    format!("words-{number}")
}

/// Paragraphs, parted by blank lines; a line's end within one is a space.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match line.is_empty() {
            true => paragraphs.push(Vec::new()),
            false => paragraphs.last_mut().expect("there is a first").push(line),
        }
    }
    paragraphs.into_iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_come_back_from_their_form_as_they_went_in() {
        let mut details = ReportDetails {
            title: "Shared ICT".into(),
            meeting: Some(jiff::civil::date(2014, 6, 18)),
            key_decision: Some(false),
            mandate: Some("Cabinet, 17 June 2013".into()),
            ..ReportDetails::default()
        };
        details.words.insert("7.3".into(), vec!["One.".into(), "Two.".into()]);
        details.words.insert("99".into(), vec!["Of a section without a field.".into()]);
        let draft = Draft::of_details(&details);
        let form = Form(draft.0.clone().into_iter().collect());
        assert_eq!(Draft::of_form(&form).details(&form, &details), Ok(details));
    }

    #[test]
    fn blank_lines_part_paragraphs_and_line_ends_do_not() {
        assert_eq!(paragraphs("One\nand more.\n\n \n\nTwo."), ["One and more.", "Two."]);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
