//! The annexes: the appraisal and the other answers in full, methods and thresholds, what was not answered, sources.

use penshaw_analyses::alignment::AlignmentOfPartners;
use penshaw_analyses::appraisal::{self, Appraisal};
use penshaw_analyses::completeness::Completeness;
use penshaw_analyses::considerations::Considerations;
use penshaw_analyses::cost_shares::CostShares;
use penshaw_analyses::fit::FitOfOptions;
use penshaw_analyses::impacts::Impacts;
use penshaw_analyses::{Analysis, PLANNED};
use penshaw_documents::{Block, Cell, Column, Row, Table, Value};

use super::answered::{self, not_answered};
use super::said::{levelled, list};
use super::{ReportInputs, method_text, money};
use crate::recommendation::{Thresholds, backtest};

/// Annexes A to E, each from a new page.
pub fn annexes(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let annexes = [
        ("Annex A: The appraisal in full", in_full(inputs)),
        ("Annex B: The other answers", others(inputs)),
        ("Annex C: Methods and thresholds", methods(inputs)),
        ("Annex D: What was not answered", not_answered_at_all(inputs)),
        ("Annex E: Sources", vec![Block::SourceList]),
    ];
    let annex = |(title, blocks): (&str, Vec<Block>)| {
        [Block::PageBreak, Block::heading(2, title)].into_iter().chain(blocks).collect::<Vec<Block>>()
    };
    annexes.into_iter().flat_map(annex).collect()
}

fn in_full(inputs: &ReportInputs<'_>) -> Vec<Block> {
    match money::figures(inputs) {
        Some(outcome) => levelled(appraisal::full(outcome), 3),
        None => vec![Block::words("No figures were recorded, so that there is no appraisal to print.")],
    }
}

/// What each other answer says beyond its first words, which stand in the report itself.
fn others(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let answers = inputs.answers;
    let mut blocks = answered::in_full::<AlignmentOfPartners>(&answers.alignment);
    blocks.extend(answered::in_full::<FitOfOptions>(&answers.fit));
    blocks.extend(answered::in_full::<CostShares>(&answers.cost_shares));
    blocks.extend(answered::in_full::<Completeness>(&answers.completeness));
    blocks.extend(answered::in_full::<Impacts>(&answers.impacts));
    blocks.extend(answered::of_areas(inputs));
    blocks
}

fn methods(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let methods = [
        (AlignmentOfPartners::QUESTION, AlignmentOfPartners::METHOD),
        (FitOfOptions::QUESTION, FitOfOptions::METHOD),
        (Appraisal::QUESTION, Appraisal::METHOD),
        (CostShares::QUESTION, CostShares::METHOD),
        (Completeness::QUESTION, Completeness::METHOD),
        (Impacts::QUESTION, Impacts::METHOD),
        (Considerations::QUESTION, Considerations::METHOD),
    ];
    let of_areas = inputs.answers.of_areas.iter().map(|answer| (answer.question, answer.method));
    let mut blocks = Vec::new();
    for (question, method) in methods.into_iter().chain(of_areas) {
        let at_a_glance = method_text::part(method, "At a glance");
        if !at_a_glance.is_empty() {
            blocks.push(Block::heading(3, question));
            blocks.extend(at_a_glance);
        }
    }
    blocks.push(Block::heading(3, "How the recommendation is reached"));
    blocks.extend(RULES.iter().map(|rule| Block::words(*rule)));
    match Thresholds::read(inputs.basis, inputs.on) {
        Ok(thresholds) => blocks.push(Block::Table(thresholds_table(&thresholds))),
        Err(problem) => blocks.push(Block::note("Not worked out", problem.to_string())),
    }
    blocks.push(Block::heading(3, "The thresholds tried on published partnerships"));
    match backtest(inputs.basis) {
        Ok(tried) => blocks.extend(tried),
        Err(problem) => blocks.push(Block::note("Not worked out", problem.to_string())),
    }
    blocks
}

/// The rules in words.
const RULES: [&str; 3] = [
    "Every option to join services is tested against every threshold. It is supported if all tests pass. It is closed if one \
     fails that no terms mend: the partners are far apart, an essential need is not met, or the partners lose together. If \
     another test fails it is not recommended on the present terms. If none fails and one cannot be answered there is not \
     enough evidence.",
    "Of the options that are supported the one that gains most together is recommended. If every one is closed the \
     recommendation is to close down; if one only fails on its terms, to collaborate where areas stand.",
    "Whatever the recommendation, an area of joint work stands if dated documents show that it is under way or agreed, that \
     it binds every partner and that each gains by it, if it needs no integration that is not recommended, and if no partner \
     holds against it. A named officer adopts the recommendation or sets it aside with a reason.",
];

fn thresholds_table(thresholds: &Thresholds) -> Table {
    let columns = ["Threshold", "Value", "Counted in", "Reason", "Rests on"].map(Column::words).to_vec();
    let mut table = Table::new("report-thresholds", "The thresholds, each with its reason", columns);
    for [name, value, unit, reason, rests_on] in thresholds.rows() {
        table.push(Row::body(vec![
            Cell::words(name),
            Cell::new(Value::text(value), thresholds.sources.clone()),
            Cell::words(unit),
            Cell::words(reason),
            Cell::words(rests_on),
        ]));
    }
    table
}

fn not_answered_at_all(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let missing = inputs.answers.each().into_iter().filter_map(|(_, question, missing)| Some((question, missing?)));
    let mut blocks: Vec<Block> = missing.map(|(question, missing)| not_answered(inputs, question, missing)).collect();
    let wanting = inputs.recommendation.missing.iter().map(|one| format!("{} (from {})", one.what, one.of));
    let wanting: Vec<String> = wanting.collect();
    if !wanting.is_empty() {
        blocks.push(Block::words("To decide, these are needed:"));
        blocks.push(list(wanting));
    }
    if blocks.is_empty() {
        blocks.push(Block::words("Every question that was asked was answered."));
    }
    if !PLANNED.is_empty() {
        blocks.push(Block::words(
            "These questions have no analysis yet. Where an area of joint work depends on one, officers judge it and the \
             report says so:",
        ));
        blocks.push(list(PLANNED.iter().map(|planned| planned.question.to_owned())));
    }
    blocks
}
