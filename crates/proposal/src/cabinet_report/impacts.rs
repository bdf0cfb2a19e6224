//! Section 6, Impact Analysis: equalities, privacy, sustainability, crime and disorder.

use penshaw_analyses::impacts::{Outcome, Recorded, SUBJECTS};
use penshaw_documents::{Block, Inline};

use super::ReportInputs;
use super::said::{cited, day, headed, stopped};

/// The subject as the sheet and the section name it.
pub fn title(subject: &str) -> String {
    match subject {
        "crime and disorder" => "Crime and Disorder".into(),
        subject => crate::recommendation::capitalised(subject),
    }
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::numbered_heading(3, "6", "Impact Analysis")];
    for (place, subject) in SUBJECTS.iter().enumerate() {
        let number = format!("6.{}", place + 1);
        let heading = if *subject == "equality" { "Equalities".to_owned() } else { title(subject) };
        let mut words = inputs.details().words.get(&number).into_iter().flatten();
        let mut text: Vec<Inline> = words.by_ref().map(|own| Inline::text(format!("{} ", stopped(own)))).collect();
        text.extend(match &inputs.answers.impacts {
            Ok(outcome) => found(inputs, outcome, subject),
            Err(missing) => vec![Inline::text(format!("Nothing is recorded. What is needed: {missing}."))],
        });
        blocks.push(headed(&number, &heading, text));
    }
    if inputs.answers.impacts.is_ok() {
        let advice = "Whether due regard was had to the duties of the Equality Act 2010, section 149, data protection law and \
                      the Crime and Disorder Act 1998, section 17, is for the decision maker, advised by the monitoring officer.";
        blocks.push(Block::note("Not legal advice", advice));
    }
    blocks
}

fn found(inputs: &ReportInputs<'_>, outcome: &Outcome, subject: &str) -> Vec<Inline> {
    let entries = outcome.subjects.iter().filter(|found| found.subject == subject).flat_map(|found| &found.entries);
    let mut text = Vec::new();
    for entry in entries {
        if !text.is_empty() {
            text.push(Inline::text(" "));
        }
        text.push(cited(&entry_words(inputs, entry), std::slice::from_ref(&entry.source)));
    }
    if text.is_empty() {
        text.push(Inline::text("Nothing is recorded: an assessment, or a reason why none applies, is needed."));
    }
    text
}

fn entry_words(inputs: &ReportInputs<'_>, entry: &Recorded) -> String {
    let options = inputs.joint.options();
    let named: Vec<&str> = options
        .iter()
        .filter(|option| entry.options.contains(&option.reference))
        .map(|option| option.name.as_str())
        .collect();
    let mut said = String::new();
    if !named.is_empty() {
        said.push_str(&format!("{}: ", crate::recommendation::listed(&named)));
    }
    if let Some(characteristic) = &entry.characteristic {
        said.push_str(&format!("{characteristic}: "));
    }
    said.push_str(&match (&entry.statement, entry.letter.to_string().as_str()) {
        (Some(statement), "N/A") => format!("not applicable: {}", stopped(statement)),
        (Some(statement), "N") => format!("not analysed: {}", stopped(statement)),
        (Some(statement), _) => stopped(statement),
        (None, "Y") => format!("analysed; the effect recorded is {}.", entry.effect.as_deref().unwrap_or("not stated")),
        (None, "N") => "not analysed, and no reason is given.".to_owned(),
        (None, _) => "not applicable; no reason is given.".to_owned(),
    });
    if let Some(mitigation) = &entry.mitigation {
        said.push_str(&format!(" Mitigation: {}", stopped(mitigation)));
    }
    if let Some(assessment) = &entry.assessment {
        let when =
            entry.assessed_on.map_or(", not dated".to_owned(), |signed| format!(", signed off on {}", day(signed)));
        said.push_str(&format!(" Assessment: {assessment}{when}."));
    }
    crate::recommendation::capitalised(&said)
}
