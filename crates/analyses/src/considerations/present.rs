//! The considerations as blocks: the seven headings of the report, the programmes that wait, the greatest risks.

use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value, inlines};

use super::{Heading, Outcome, Statement};
use crate::named::{counted, name_of, sentence_list};

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(vec![Inline::strong(sentence(outcome))])];
    for heading in &outcome.headings {
        blocks.push(Block::numbered_heading(3, &heading.number, &heading.title));
        blocks.extend(heading_blocks(heading));
        match heading.subject.as_str() {
            "risk" if !outcome.risks.is_empty() => blocks.push(Block::Table(risks_table(outcome))),
            "other services" if !outcome.programmes.is_empty() => {
                blocks.push(Block::Table(programmes_table(outcome)));
            }
            "legal" if !heading.statements.is_empty() => {
                blocks.push(Block::note("Not legal advice", "The monitoring officer confirms what the law asks."))
            }
            _ => {}
        }
    }
    let problems = outcome.problems.iter();
    blocks.extend(problems.map(|problem| Block::note("Not worked out", problem.clone())));
    blocks
}

fn sentence(outcome: &Outcome) -> String {
    let bears = outcome.headings.iter().filter(|heading| !heading.statements.is_empty()).count();
    let not_applicable = outcome.headings.iter().filter(|heading| !heading.applicable).count();
    let open: Vec<&str> = outcome
        .headings
        .iter()
        .filter(|heading| heading.applicable && heading.statements.is_empty())
        .map(|heading| heading.number.as_str())
        .collect();
    let mut said = format!(
        "Of {} headings, {bears} have something that bears on the decision and {not_applicable} are not applicable, with the reason given.",
        outcome.headings.len()
    );
    if !open.is_empty() {
        said.push_str(&format!(" Nothing is yet recorded under {}.", sentence_list(&open)));
    }
    said
}

fn heading_blocks(heading: &Heading) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(reason) = &heading.reason {
        let mut text = vec![Inline::text("Not applicable: ")];
        text.push(run(reason));
        blocks.push(Block::paragraph(text));
    }
    if !heading.statements.is_empty() {
        let items = heading.statements.iter().map(|statement| vec![run(statement)]).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    if !heading.missing.is_empty() {
        let text = inlines(heading.missing.join(" "));
        blocks.push(Block::Note { label: "Not recorded".into(), text });
    }
    blocks
}

/// A statement that opens to its sources.
fn run(statement: &Statement) -> Inline {
    Inline::figure(Value::text(&statement.text), &statement.sources)
}

fn risks_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Risk"),
        Column::words("Option"),
        Column::words("Borne by"),
        Column::numbers("Probability"),
        Column::numbers("Impact"),
        Column::numbers("Probability × impact"),
        Column::words("Response"),
    ];
    let caption = "The greatest risks of each option, by probability times impact";
    let mut table = Table::new("considerations-risks", caption, columns);
    for summary in &outcome.risks {
        for risk in &summary.greatest {
            let cell = |value: Value| Cell::new(value, vec![risk.source.clone()]);
            table.push(Row::body(vec![
                Cell::words(&risk.description),
                cell(Value::text(&summary.name)),
                cell(Value::text(name_of(&outcome.partners, &risk.authority))),
                cell(Value::Percent(risk.probability)),
                cell(Value::Pounds(risk.impact.into())),
                cell(Value::Pounds(risk.expected)),
                cell(Value::text(risk.response.as_deref().unwrap_or("none recorded"))),
            ]));
        }
    }
    table.note = format!(
        "{} in all; those without a probability or a cost are not in the table.",
        counted(outcome.risks.iter().map(|summary| summary.risks).sum(), "risk", "risks")
    );
    table
}

fn programmes_table(outcome: &Outcome) -> Table {
    let columns = vec![
        Column::words("Programme"),
        Column::words("Of"),
        Column::words("Delayed by"),
        Column::numbers("Delay (months)"),
        Column::words("Evidence"),
    ];
    let caption = "Programmes that wait on the decision, and the delay that each option would cause";
    let mut table = Table::new("considerations-programmes", caption, columns);
    for waiting in &outcome.programmes {
        let cell = |value: Value| Cell::new(value, vec![waiting.source.clone()]);
        table.push(Row::body(vec![
            Cell::words(&waiting.name),
            cell(Value::text(name_of(&outcome.partners, &waiting.authority))),
            cell(Value::text(&waiting.option_name)),
            match waiting.delay_months {
                Some(months) => cell(Value::Number { number: months, decimals: u8::from(months.fract() != 0.0) }),
                None => Value::Nothing.into(),
            },
            cell(Value::text(waiting.evidence.as_deref().unwrap_or("none named"))),
        ]));
    }
    table
}
