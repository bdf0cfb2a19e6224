//! The appraisal as blocks.

use penshaw_documents::Block;

use super::outcome::Outcome;

/// The appraisal in short.
pub fn summary(_outcome: &Outcome) -> Vec<Block> {
    Vec::new()
}

/// The whole appraisal.
pub fn full(outcome: &Outcome) -> Vec<Block> {
    summary(outcome)
}
