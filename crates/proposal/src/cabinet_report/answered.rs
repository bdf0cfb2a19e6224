//! One answer as the report prints it: in short, in full, or what is missing for it.

use penshaw_analyses::{Analysis, Missing};
use penshaw_documents::{Block, Chart, inlines};

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

/// A table of an area's analysis lists as many at most; a report is for reading, and the question's page holds them all.
const MOST: usize = 10;
const OTHERS: &str = "The others stand on the page of this question.";

/// Each answer that areas of joint work are judged by, under its question: its first words, its first part, and what
/// is wanting. Its other parts are named.
pub fn of_areas(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let answered =
        inputs.answers.of_areas.iter().filter_map(|answer| Some((answer.question, answer.answered.clone().ok()?)));
    answered.flat_map(|(question, blocks)| under(question, abridged(blocks))).collect()
}

fn abridged(blocks: Vec<Block>) -> Vec<Block> {
    let (mut kept, mut named) = (Vec::new(), Vec::new());
    let (mut parts, mut keeping) = (0, true);
    for block in blocks {
        if let Block::Heading { text, .. } = &block {
            parts += 1;
            keeping = parts == 1 || text.starts_with("What is w");
            if !keeping {
                named.push(text.clone());
            }
        }
        if keeping {
            kept.push(shortened(block));
        }
    }
    if !named.is_empty() {
        kept.push(Block::words(format!("The page of this question also holds: {}.", named.join("; "))));
    }
    kept
}

fn shortened(block: Block) -> Block {
    match block {
        Block::Table(table) => Block::Table(table.first(MOST, OTHERS)),
        Block::Chart(chart) => Block::Chart(Chart { table: chart.table.first(MOST, OTHERS), ..chart }),
        Block::List { ordered, mut items } if items.len() > MOST + MOST / 4 => {
            let all = items.len();
            items.truncate(MOST);
            items.push(inlines(format!("These are the first {MOST} of {all}. {OTHERS}")));
            Block::List { ordered, items }
        }
        other => other,
    }
}

fn under(question: &str, blocks: Vec<Block>) -> Vec<Block> {
    let blocks = levelled(blocks, 4);
    if blocks.is_empty() { blocks } else { [vec![Block::heading(3, question)], blocks].concat() }
}
