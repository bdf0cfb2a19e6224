//! Section 5, Analysis of Business Case: each answer in short, the tests, the areas, and what would reopen the question.

use penshaw_analyses::alignment::AlignmentOfPartners;
use penshaw_analyses::completeness::Completeness;
use penshaw_analyses::cost_shares::CostShares;
use penshaw_analyses::fit::FitOfOptions;
use penshaw_documents::{Block, Inline};

use super::answered::short;
use super::said::{list, numbered};
use super::{ReportInputs, areas, money, reasons, tested};

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let parts: [(&str, Vec<Block>); 9] = [
        ("Direction and pace of the partners", short::<AlignmentOfPartners>(inputs, &inputs.answers.alignment)),
        ("Fit with future needs", short::<FitOfOptions>(inputs, &inputs.answers.fit)),
        ("Costs and benefits", money::costs_and_benefits(inputs)),
        ("What each would pay", cost_shares(inputs)),
        ("What other shared services delivered", money::reference_class(inputs)),
        ("How much is known", short::<Completeness>(inputs, &inputs.answers.completeness)),
        ("The options against the thresholds", tested::blocks(inputs)),
        ("Areas of joint work", areas::blocks(inputs)),
        ("What would reopen the question", reopen(inputs)),
    ];
    let mut blocks = inputs.own_words("5");
    blocks.push(Block::paragraph(vec![
        Inline::text("What the evidence leads to: "),
        Inline::strong(format!("{}.", reasons::course_words(inputs.recommendation))),
        Inline::text(" The paragraphs below say from what; each answer stands in full in Annexes A and B."),
    ]));
    for (title, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
        blocks.push(Block::heading(4, title));
        blocks.extend(part);
    }
    let mut all = vec![Block::numbered_heading(3, "5", "Analysis of Business Case")];
    all.extend(numbered("5", blocks));
    all
}

/// Who would pay what, where there are figures to share.
fn cost_shares(inputs: &ReportInputs<'_>) -> Vec<Block> {
    match &inputs.answers.cost_shares {
        Err(_) if !money::has_figures(inputs) => Vec::new(),
        answered => short::<CostShares>(inputs, answered),
    }
}

fn reopen(inputs: &ReportInputs<'_>) -> Vec<Block> {
    if inputs.recommendation.reopen_if.is_empty() {
        return Vec::new();
    }
    vec![
        Block::words(
            "An option to join services can be put again once all that is said here of the partners and of the option \
             comes about. Each is the distance from a threshold.",
        ),
        list(inputs.recommendation.reopen_if.iter().map(|condition| condition.trim_end_matches('.').to_owned())),
    ]
}
