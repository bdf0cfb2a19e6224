//! The executive summary sheet, Part I: its fields in the order of the form.

use penshaw_documents::{Block, inlines};

use super::said::day;
use super::{ReportInputs, alternatives, decision, purpose, reasons};
use penshaw_analyses::impacts::SUBJECTS;

/// The names of the sheet's fields, in order.
pub const SHEET_FIELDS: [&str; 12] = [
    "Title of report",
    "Author(s)",
    "Purpose of report",
    "Description of decision",
    "Is the decision consistent with the Budget/Policy Framework?",
    "If not, Council approval is required to change the Budget/Policy Framework",
    "Suggested reason(s) for decision",
    "Alternative options to be considered and recommended to be rejected",
    "Impacts analysed",
    "Is this a \"Key Decision\" as defined in the Constitution?",
    "Is it included in the 28 Day Notice of Decisions?",
    "Relevant Scrutiny Committee",
];

/// What stands where nobody has answered.
const NOT_STATED: &str = "Not stated";

/// The sheet, Part I: that of an open report.
pub fn part(inputs: &ReportInputs<'_>) -> Vec<Block> {
    vec![
        Block::heading(2, "EXECUTIVE SUMMARY SHEET – PART I"),
        Block::Fields { caption: "Executive summary sheet, Part I".into(), fields: fields(inputs) },
    ]
}

/// The fields with their blocks.
pub fn fields(inputs: &ReportInputs<'_>) -> Vec<(String, Vec<Block>)> {
    let details = inputs.details();
    let contents = [
        words(&inputs.title()),
        words(&details.author),
        purpose::content(inputs),
        decision::content(inputs),
        words(yes_or_no(details.within_budget_framework)),
        words(council_approval(details.within_budget_framework)),
        reasons::content(inputs),
        alternatives::content(inputs),
        impacts(inputs),
        words(&key_decision(inputs)),
        words(&in_notice(inputs)),
        words(details.scrutiny_committee.as_deref().unwrap_or_default()),
    ];
    SHEET_FIELDS.iter().map(|name| (*name).to_owned()).zip(contents).collect()
}

fn words(text: &str) -> Vec<Block> {
    vec![Block::words(if text.trim().is_empty() { NOT_STATED } else { text })]
}

fn yes_or_no(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "Yes",
        Some(false) => "No",
        None => NOT_STATED,
    }
}

fn council_approval(within: Option<bool>) -> &'static str {
    match within {
        Some(true) => "Not applicable: the decision is consistent with it",
        Some(false) => "Council approval is required",
        None => NOT_STATED,
    }
}

fn impacts(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let letter = |subject: &str| match &inputs.answers.impacts {
        Ok(outcome) => outcome.letter(subject).map_or(NOT_STATED.to_owned(), |letter| letter.to_string()),
        Err(_) => NOT_STATED.to_owned(),
    };
    let item = |subject: &&str| inlines(format!("{}: {}", super::impacts::title(subject), letter(subject)));
    vec![Block::List { ordered: false, items: SUBJECTS.iter().map(item).collect() }]
}

fn key_decision(inputs: &ReportInputs<'_>) -> String {
    let details = inputs.details();
    match (&details.key_decision_reason, details.key_decision) {
        (Some(reason), Some(_)) => format!("{}: {reason}", yes_or_no(details.key_decision)),
        _ => yes_or_no(details.key_decision).to_owned(),
    }
}

fn in_notice(inputs: &ReportInputs<'_>) -> String {
    let details = inputs.details();
    match (details.notice_published, details.in_notice) {
        (Some(published), _) => format!("Yes, published on {}", day(published)),
        (None, answer) => yes_or_no(answer).to_owned(),
    }
}
