//! One answer as the report prints it: in short, in full, or what is missing for it.

use penshaw_analyses::{Analysis, Missing};
use penshaw_documents::{Block, inlines};

use super::ReportInputs;
use super::said::{lead, levelled, rest};
use crate::Answered;

/// What an answer says first, or what is missing for it.
pub fn short<A: Analysis>(inputs: &ReportInputs<'_>, answered: &Answered<A::Outcome>) -> Vec<Block> {
    match answered {
        Ok(outcome) => lead(A::present(outcome)),
        Err(missing) => vec![not_answered(inputs, A::QUESTION, missing)],
    }
}

/// That a question could not be answered, and what is needed for it, from whom.
pub fn not_answered(inputs: &ReportInputs<'_>, question: &str, missing: &Missing) -> Block {
    let needs = missing.needs.iter().map(|need| {
        let of = match need.of.as_str() {
            "partnership" => "the partnership",
            code => inputs.partnership().name_of(code),
        };
        format!("{} (from {of})", need.what)
    });
    let needs: Vec<String> = needs.collect();
    Block::paragraph(inlines(format!("{question} This could not be answered. What is needed: {}.", needs.join("; "))))
}

/// The rest of one answer under its question.
pub fn in_full<A: Analysis>(answered: &Answered<A::Outcome>) -> Vec<Block> {
    let Ok(outcome) = answered else {
        return Vec::new();
    };
    under(A::QUESTION, rest(A::present(outcome)))
}

/// The whole of each answer that areas of joint work are judged by, under its question.
pub fn of_areas_in_full(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let answered =
        inputs.answers.of_areas.iter().filter_map(|answer| Some((answer.question, answer.answered.clone().ok()?)));
    answered.flat_map(|(question, blocks)| under(question, blocks)).collect()
}

fn under(question: &str, blocks: Vec<Block>) -> Vec<Block> {
    let blocks = levelled(blocks, 4);
    if blocks.is_empty() { blocks } else { [vec![Block::heading(3, question)], blocks].concat() }
}
