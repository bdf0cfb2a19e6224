//! The tests in section 5: every option to join services against every threshold.

use penshaw_documents::{Block, Cell, Column, Row, Table, Value};
use penshaw_register::recommendation::{Answer, Test};

use super::ReportInputs;
use super::said::stopped;
use crate::recommendation::capitalised;

pub fn blocks(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let tests = &inputs.recommendation.tests;
    if tests.is_empty() {
        return vec![Block::words("No option to join services was put, so that none was tested.")];
    }
    let count = |answer| tests.iter().filter(|test| test.answer == answer).count();
    vec![
        Block::words(format!(
            "Every option to join services is tested against thresholds that were set by reason and published (Annex C). \
             One test that fails decides against an option; joining services needs all of them to pass. Of {} tests, {} \
             pass, {} fail and {} cannot be answered.",
            tests.len(),
            count(Answer::Passes),
            count(Answer::Fails),
            count(Answer::NotKnown)
        )),
        Block::Table(table(inputs, tests)),
    ]
}

fn table(inputs: &ReportInputs<'_>, tests: &[Test]) -> Table {
    let options = inputs.joint.options();
    let name = |reference: &str| -> String {
        let option = options.iter().find(|option| option.reference == reference);
        option.map_or(reference.to_owned(), |option| option.name.clone())
    };
    let columns = ["Option and question", "Needed", "Found", "Answer"].map(Column::words).to_vec();
    let mut table = Table::new("report-tests", "Each option to join services against each threshold", columns);
    for test in tests {
        let mut needed = Cell::words(&test.needed);
        needed.figure.sources.clone_from(&inputs.recommendation.thresholds);
        table.push(Row::body(vec![
            Cell::words(format!("{}: {}", name(&test.option), test.asks)),
            needed,
            Cell::new(Value::text(stopped(&capitalised(&test.found.plain()))), test.found.sources()),
            Cell::words(answer(test.answer)),
        ]));
    }
    table
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Passes => "passes",
        Answer::Fails => "fails",
        Answer::NotKnown => "not known",
    }
}
