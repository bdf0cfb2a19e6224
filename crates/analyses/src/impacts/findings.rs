//! What is wanting in the record of whom the options affect.

use penshaw_basis::{Date, Source};
use penshaw_documents::Value;
use penshaw_register::Severity;

use super::asked::Asked;
use super::{Characteristic, Finding, Input, Letter, Recorded, Subject};
use crate::named::{ListedOption, capitalised, option_name, sentence_list};

/// Everything that is wanting, the gravest first.
pub(super) fn findings(
    input: &Input,
    asked: &Asked,
    subjects: &[Subject],
    characteristics: &[Characteristic],
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for subject in subjects {
        findings.extend(not_recorded(subject));
        for entry in &subject.entries {
            let options = about(entry, &input.options);
            findings.extend(of_entry(subject, entry, &options, input.meeting));
        }
    }
    let privacy = subjects.iter().filter(|subject| subject.subject == "privacy");
    findings.extend(privacy.flat_map(|privacy| data_combined(input, asked, privacy)));
    findings.extend(characteristics_left_out(subjects, characteristics));
    let problems = asked.problems.iter();
    findings.extend(problems.map(|(subject, problem)| {
        let what = format!("The questions of the subject could not be read: {problem}");
        warning(subject, what, "correct the parameter", &[])
    }));
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn warning(subject: &str, what: impl Into<String>, hint: &str, sources: &[Source]) -> Finding {
    Finding {
        severity: Severity::Warning,
        subject: subject.to_owned(),
        what: what.into(),
        hint: hint.to_owned(),
        sources: sources.to_vec(),
    }
}

/// Which options an entry is about, in words.
fn about(entry: &Recorded, options: &[ListedOption]) -> String {
    let names: Vec<&str> = entry.options.iter().map(|reference| option_name(options, reference)).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(" of {}", sentence_list(names)),
    }
}

fn not_recorded(subject: &Subject) -> Vec<Finding> {
    let name = capitalised(&subject.subject);
    let hint = "add an entry: analysed, not analysed or not applicable, with its assessment or reason";
    if subject.letter.is_none() {
        return vec![warning(&subject.subject, format!("{name} is not answered."), hint, &[])];
    }
    let silent = subject.options.iter().filter(|option| option.letter.is_none());
    let names: Vec<&str> = silent.map(|option| option.name.as_str()).collect();
    match names.as_slice() {
        [] => Vec::new(),
        names => {
            let what = format!("{name} is not answered for {}.", sentence_list(names));
            vec![warning(&subject.subject, what, hint, &[])]
        }
    }
}

fn of_entry(subject: &Subject, entry: &Recorded, options: &str, meeting: Option<Date>) -> Vec<Finding> {
    let name = capitalised(&subject.subject);
    let mut found: Vec<(String, &str)> = Vec::new();
    match entry.letter {
        Letter::Yes => found.extend(of_assessment(&name, entry, options)),
        Letter::No if entry.statement.is_none() => found.push((
            format!("{name}{options} is not analysed, and no reason is given."),
            "analyse it, or say in one line why it is not analysed",
        )),
        Letter::NotApplicable if entry.statement.is_none() => found.push((
            format!("{name}{options} is not applicable, and no reason is given."),
            "say in one line why it does not apply",
        )),
        _ => {}
    }
    if entry.effect.as_deref() == Some("negative") && entry.mitigation.is_none() {
        let what = format!("A negative effect on {}{options} has no mitigation.", subject.subject);
        found.push((what, "say what is done about it, or that nothing can be"));
    }
    let sources = [entry.source.clone()];
    let warnings = found.into_iter().map(|(what, hint)| warning(&subject.subject, what, hint, &sources));
    warnings.chain(too_late(subject, entry, options, meeting)).collect()
}

/// An assessment needs a document, a day and a result.
fn of_assessment(name: &str, entry: &Recorded, options: &str) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    if entry.assessment.is_none() {
        found.push((
            format!("{name}{options} is analysed, and no assessment is named."),
            "name the document that holds the assessment",
        ));
    } else if entry.assessed_on.is_none() {
        found.push((
            format!("The assessment of {}{options} has no date.", name.to_lowercase()),
            "enter the day it was signed off, which must come before the decision",
        ));
    }
    if entry.statement.is_none() && entry.effect.is_none() {
        found.push((
            format!("{name}{options} is analysed, and what was found is not recorded."),
            "enter the effect or a statement",
        ));
    }
    found
}

/// Due regard comes before the decision (Equality Act 2010, section 149); an assessment
/// signed off after the meeting cannot have informed it.
fn too_late(subject: &Subject, entry: &Recorded, options: &str, meeting: Option<Date>) -> Option<Finding> {
    let (signed, meeting) = (entry.assessed_on?, meeting?);
    (signed > meeting).then(|| Finding {
        severity: Severity::Error,
        ..warning(
            &subject.subject,
            format!(
                "The assessment of {}{options} is dated {}, after the meeting of {}.",
                subject.subject,
                Value::Day(signed),
                Value::Day(meeting)
            ),
            "due regard comes before the decision: decide later, or correct the date",
            std::slice::from_ref(&entry.source),
        )
    })
}

/// Options that combine the authorities' data or hand it to another body, though privacy is not analysed
/// (UK GDPR, article 35; the Information Commissioner's list names data matching).
fn data_combined(input: &Input, asked: &Asked, privacy: &Subject) -> Vec<Finding> {
    let mut findings = Vec::new();
    for option in &input.options {
        let answer =
            privacy.options.iter().find(|answer| answer.option == option.reference).and_then(|answer| answer.letter);
        if answer.is_none() || answer == Some(Letter::Yes) {
            continue;
        }
        let moves = option.data.as_deref().is_some_and(|owner| owner != "each authority");
        let prompt = match (option.integrates(), moves) {
            (true, _) => asked.prompt("combined_directories"),
            (false, true) => asked.prompt("new_processor"),
            (false, false) => None,
        };
        let Some((asks, trigger)) = prompt else {
            continue;
        };
        let what =
            format!("Privacy is not analysed for {}, though it would join services or move data. {asks}", option.name);
        let mut sources = vec![option.source()];
        sources.extend(privacy.sources.iter().cloned());
        let hint = format!(
            "screen it for a data protection impact assessment, which may be needed: {}",
            trigger.to_lowercase()
        );
        findings.push(warning("privacy", what, &hint, &sources));
    }
    findings
}

/// Characteristics that no analysis of equality looked at, though one was made.
fn characteristics_left_out(subjects: &[Subject], characteristics: &[Characteristic]) -> Option<Finding> {
    let equality = subjects.iter().find(|subject| subject.subject == "equality")?;
    let left_out: Vec<&str> =
        characteristics.iter().filter(|one| !one.analysed).map(|one| one.characteristic.as_str()).collect();
    (equality.letter == Some(Letter::Yes) && !left_out.is_empty()).then(|| {
        let what = format!("Equality is analysed, but not for {}.", sentence_list(&left_out));
        warning("equality", what, "add what was found of each, or one entry for all", &equality.sources)
    })
}
