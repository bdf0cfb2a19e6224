//! Section 2, Description of Decision, which the sheet repeats.

use penshaw_documents::{Block, inlines};

use super::ReportInputs;
use super::said::{list, section as numbered_section};

/// What the cabinet is requested to do, on the sheet and in section 2 alike.
pub fn content(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let resolutions = inputs.recommendation.put().into_iter().map(|resolution| resolution.text);
    let requested = format!("{} is requested to:", inputs.body());
    vec![Block::paragraph(inlines(requested)), list(resolutions)]
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    numbered_section("2", "Description of Decision", content(inputs))
}
