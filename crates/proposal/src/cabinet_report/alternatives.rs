//! Section 9, Alternative Options Considered, which the sheet repeats.

use penshaw_documents::{Block, Inline};
use penshaw_register::recommendation::Status;

use super::ReportInputs;
use super::said::{runs, section as numbered_section};

/// Each alternative with the reason against it, on the sheet and in section 9 alike.
pub fn content(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let mut blocks = inputs.own_words("9");
    for rejected in &inputs.recommendation.rejected {
        let mut text = vec![Inline::strong(format!("{}. ", rejected.name))];
        text.extend(runs(&rejected.reason));
        blocks.push(Block::paragraph(text));
    }
    if inputs.recommendation.rejected.is_empty() {
        blocks.push(Block::words(match inputs.recommendation.status {
            Status::NotEnoughEvidence => {
                "No option is recommended to be rejected, since there is not enough evidence to decide."
            }
            Status::Ready => "No other option was recorded.",
        }));
    }
    blocks
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    numbered_section("9", "Alternative Options Considered", content(inputs))
}
