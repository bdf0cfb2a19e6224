//! The heads of terms of an agreement, drawn from a scheme: what is recorded, and "To be agreed" for each gap.

use penshaw_documents::{Block, Inline, Value, inlines};
use penshaw_register::{Scheme, Severity};

use super::{Input, Outcome, SchemeAnswer, clauses};

/// The heads of terms of a scheme's agreement; nothing where there is no such scheme.
///
/// A scheme that is refused has no agreement: the one block then says why.
pub fn agreement(input: &Input, outcome: &Outcome, scheme: &str) -> Option<Vec<Block>> {
    let answer = outcome.schemes.iter().find(|answer| answer.scheme == scheme)?;
    let recorded = input.schemes.iter().find(|recorded| recorded.reference == scheme)?;
    if answer.lawful { Some(heads_of_terms(input, outcome, recorded, answer)) } else { Some(vec![refused(answer)]) }
}

fn refused(answer: &SchemeAnswer) -> Block {
    let errors = answer.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut text = inlines(format!("No agreement is drawn up for {}, since it is refused.", answer.name));
    for finding in errors {
        text.push(Inline::text(" "));
        text.push(Inline::figure(Value::text(&finding.what), &finding.sources));
    }
    Block::Note { label: "Refused".into(), text }
}

fn heads_of_terms(input: &Input, outcome: &Outcome, scheme: &Scheme, answer: &SchemeAnswer) -> Vec<Block> {
    let draft = Block::note("Draft", "Draft for the monitoring officers; not legal advice.");
    let mut blocks = vec![Block::heading(3, format!("Heads of terms: {}", answer.name)), draft];
    let parts = [
        ("Parties and form", clauses::parties(input, scheme, answer)),
        ("Purpose", clauses::purpose(scheme, answer)),
        ("Who decides", clauses::who_decides(scheme, answer)),
        ("What each authority keeps for itself", clauses::kept_back(answer)),
        ("What each pays", clauses::cost(scheme, answer)),
        ("Term and review", clauses::term(scheme, answer)),
        ("Leaving", clauses::leaving(scheme, answer, outcome)),
        ("Disputes", clauses::disputes(scheme, answer)),
        ("Signatures", clauses::signatures(input, scheme, answer)),
    ];
    for (place, (heading, part)) in parts.into_iter().enumerate() {
        blocks.push(Block::numbered_heading(4, (place + 1).to_string(), heading));
        blocks.extend(part);
    }
    blocks
}
