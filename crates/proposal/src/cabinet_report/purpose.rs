//! Section 1, Purpose of the report, which the sheet repeats.

use penshaw_documents::Block;

use super::ReportInputs;
use super::said::{section as numbered_section, stopped};

/// What the report is for, on the sheet and in section 1 alike.
pub fn content(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let purpose = match inputs.details().purpose.as_str() {
        "" => format!(
            "To advise {} of the work undertaken to determine whether {} should share ICT, and of what is recommended.",
            inputs.body(),
            inputs.partners()
        ),
        purpose => stopped(purpose),
    };
    vec![Block::words(purpose)]
}

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    numbered_section("1", "Purpose of the report", content(inputs))
}
