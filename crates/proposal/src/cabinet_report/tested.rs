//! The tests in section 5: every option to join services against every threshold.

use penshaw_documents::{Block, Cell, Column, Inline, Row, RowKind, Table, Value};
use penshaw_register::recommendation::{Answer, Test};

use super::ReportInputs;

pub fn blocks(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let tests = &inputs.recommendation.tests;
    if tests.is_empty() {
        return vec![Block::words("No option to join services was put, so that none was tested.")];
    }
    let count = |answer| tests.iter().filter(|test| test.answer == answer).count();
    let (passes, fails, unknown) = (count(Answer::Passes), count(Answer::Fails), count(Answer::NotKnown));
    vec![
        Block::paragraph(vec![
            Inline::text("Every option to join services is tested against "),
            Inline::figure(Value::text("thresholds"), &inputs.recommendation.thresholds),
            Inline::text(format!(
                " that were set by reason and are published (Annex C). One test that fails decides against an option; joining \
                 services needs all of them to pass. Of {} tests, {passes} pass, {fails} fail and {unknown} cannot be answered.",
                tests.len()
            )),
        ]),
        Block::Table(table(inputs, tests)),
    ]
}

fn table(inputs: &ReportInputs<'_>, tests: &[Test]) -> Table {
    let options = inputs.joint.options();
    let name = |reference: &str| -> String {
        let option = options.iter().find(|option| option.reference == reference);
        option.map_or(reference.to_owned(), |option| option.name.clone())
    };
    let columns = ["Question", "Needed", "Found", "Answer"].map(Column::words).to_vec();
    let mut table = Table::new("report-tests", "Each option to join services against each threshold", columns);
    for own in tests.chunk_by(|one, next| one.option == next.option) {
        let cells = vec![Cell::words(name(&own[0].option)), Cell::empty(), Cell::empty(), Cell::empty()];
        table.push(Row { kind: RowKind::Group, cells });
        for test in own {
            table.push(Row::body(vec![
                Cell::words(&test.asks),
                Cell::words(&test.needed),
                Cell::new(Value::text(test.found.plain()), test.found.sources()),
                Cell::words(answer(test.answer)),
            ]));
        }
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
