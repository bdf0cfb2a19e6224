//! Section 8, Reason for Decision, which the sheet repeats.

use penshaw_documents::Block;
use penshaw_register::Adoption;
use penshaw_register::recommendation::{Course, Reason, Recommendation, Statement, Status};

use super::ReportInputs;
use super::said::{day, runs, section as numbered_section, stopped};
use crate::recommendation::capitalised;

/// Why, on the sheet and in section 8 alike: officers' own words, then each reason of the rules.
pub fn content(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let recommendation = inputs.recommendation;
    let mut blocks = inputs.own_words("8");
    if let Some(adoption) = recommendation.set_aside() {
        blocks.push(Block::words(set_aside(adoption, recommendation)));
    }
    let grouped = recommendation.reasons.chunk_by(|one, next| one.option.is_some() && one.option == next.option);
    blocks.extend(grouped.map(|reasons| Block::paragraph(runs(&together(inputs, reasons)))));
    blocks.push(Block::words(whose(recommendation)));
    blocks
}

/// Reasons about one option in one paragraph, which names the option once.
fn together(inputs: &ReportInputs<'_>, reasons: &[Reason]) -> Statement {
    let options = inputs.joint.options();
    let mut reasons = reasons.iter();
    let Some(first) = reasons.next() else {
        return Statement::default();
    };
    let option = options.iter().find(|option| Some(&option.reference) == first.option.as_ref());
    let name = option.map(|option| format!("{}: ", capitalised(&option.name))).unwrap_or_default();
    reasons.fold(first.text.clone(), |said, reason| said.and(" ").then(without(&reason.text, &name)))
}

/// A sentence without the name that it begins with.
fn without(text: &Statement, name: &str) -> Statement {
    let mut text = text.clone();
    if let Some(part) = text.parts.first_mut()
        && let Some(rest) = part.text.strip_prefix(name)
    {
        part.text = capitalised(rest);
    }
    text
}

/// That an officer has set the recommendation aside, why, and what it was.
fn set_aside(adoption: &Adoption, recommendation: &Recommendation) -> String {
    let texts: Vec<&str> = recommendation.resolutions.iter().map(|resolution| resolution.text.as_str()).collect();
    format!(
        "The {} set the recommendation that the evidence leads to aside on {}: {} That recommendation was: {}. The reasons for it follow.",
        adoption.officer,
        day(adoption.on),
        stopped(&adoption.reason),
        texts.join("; ")
    )
}

/// Whose recommendation it is.
fn whose(recommendation: &Recommendation) -> String {
    match &recommendation.adoption {
        Some(adoption) if adoption.adopted => {
            let reason = if adoption.reason.trim().is_empty() { String::new() } else { format!(" {}", stopped(&adoption.reason)) };
            format!("The {} adopted this recommendation on {}.{reason}", adoption.officer, day(adoption.on))
        }
        Some(adoption) if recommendation.set_aside().is_some() => {
            format!("The resolutions put are those of the {}.", adoption.officer)
        }
        _ => "The recommendation follows from the evidence by published thresholds (Annex C); no officer has adopted it yet.".to_owned(),
    }
}

/// The course in one phrase.
pub fn course_words(recommendation: &Recommendation) -> &'static str {
    match (recommendation.status, recommendation.course) {
        (Status::NotEnoughEvidence, _) => "There is not enough evidence to decide",
        (_, Course::Integrate) => "Integrate",
        (_, Course::Collaborate) => "Collaborate in named areas",
        (_, Course::CloseDown) => "Close down, and keep what stands",
        (_, Course::None) => "Stay apart",
    }
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    numbered_section("8", "Reason for Decision", content(inputs))
}
