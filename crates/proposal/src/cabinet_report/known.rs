//! How much is known, in section 5 and in Annex B.

use penshaw_analyses::Analysis;
use penshaw_analyses::completeness::Completeness;
use penshaw_documents::Block;

use super::ReportInputs;
use super::{analysis, annexes};

/// The method in words, with its question.
pub const METHOD: (&str, &str) = (Completeness::QUESTION, Completeness::METHOD);

/// How much of the estates is known, in short.
pub fn blocks(inputs: &ReportInputs<'_>) -> Vec<Block> {
    analysis::short::<Completeness>(inputs, &inputs.answers.completeness)
}

/// The rest of that answer.
pub fn in_full(inputs: &ReportInputs<'_>) -> Vec<Block> {
    annexes::answer::<Completeness>(&inputs.answers.completeness)
}
