//! Section 8, Reason for Decision, which the sheet repeats.

use penshaw_documents::Block;
use penshaw_register::Adoption;
use penshaw_register::recommendation::{Course, Recommendation, Status};

use super::ReportInputs;
use super::said::{day, runs, section as numbered_section, stopped};

/// Why, on the sheet and in section 8 alike: officers' own words, then each reason of the rules.
pub fn content(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let recommendation = inputs.recommendation;
    let mut blocks = inputs.own_words("8");
    if let Some(adoption) = recommendation.set_aside() {
        blocks.push(Block::words(set_aside(adoption, recommendation)));
    }
    blocks.extend(recommendation.reasons.iter().map(|reason| Block::paragraph(runs(&reason.text))));
    blocks.push(Block::words(whose(recommendation)));
    blocks
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
