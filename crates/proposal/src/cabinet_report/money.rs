//! The figures in section 5: the appraisal in short, or that none were recorded, and what came of others' plans.

use penshaw_analyses::appraisal;
use penshaw_basis::{Cited, Date, Source};
use penshaw_documents::{Block, Cell, Column, Inline, Row, Table, Value};
use penshaw_register::Bid;
use serde::Deserialize;

use super::ReportInputs;
use super::said::levelled;

/// The appraisal, where some option has money of its own: a bid or a risk alone is no case.
pub fn figures<'a>(inputs: &ReportInputs<'a>) -> Option<&'a appraisal::Outcome> {
    let outcome = inputs.answers.appraisal.as_ref().ok()?;
    let mut lines = outcome.options.iter().flat_map(|option| &option.lines);
    lines.any(|line| line.flow != "bid" && line.flow != "risk").then_some(outcome)
}

/// Whether any option has money of its own.
pub fn has_figures(inputs: &ReportInputs<'_>) -> bool {
    figures(inputs).is_some()
}

/// The appraisal in short, or that no figures were recorded.
pub fn costs_and_benefits(inputs: &ReportInputs<'_>) -> Vec<Block> {
    match figures(inputs) {
        Some(outcome) => levelled(appraisal::summary(outcome), 5),
        None => vec![Block::paragraph(no_figures(inputs))],
    }
}

fn no_figures(inputs: &ReportInputs<'_>) -> Vec<Inline> {
    let mut text = vec![Inline::text(
        "No figures of the costs and benefits of any option were recorded, so that none could be appraised; no option \
         can be recommended for integration without them.",
    )];
    for bid in inputs.joint.all::<Bid>() {
        let amount = bid.amounts.values().copied().sum();
        text.push(Inline::text(" The only money recorded is the bid for "));
        text.push(Inline::figure(Value::Money(amount), &[bid.source()]));
        text.push(Inline::text(format!(" ({}, {}).", bid.name, bid.status)));
    }
    text
}

#[derive(Deserialize)]
struct Benefits {
    observations: Vec<Observed>,
}

#[derive(Deserialize)]
struct Observed {
    name: String,
    ratio: f64,
    observed: Date,
    title: String,
    href: String,
}

/// What real shared services delivered of what they planned.
pub fn reference_class(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let found: Cited<Benefits> = match inputs.basis.value("reference_class/shared_ict_benefits", inputs.on) {
        Ok(found) => found,
        Err(problem) => return vec![Block::note("Not worked out", problem.to_string())],
    };
    let mut table = Table::new(
        "report-reference-class",
        "Delivered benefits of shared ICT services as a share of what was planned",
        vec![Column::words("Shared service"), Column::numbers("Delivered of planned"), Column::words("Reported on")],
    );
    for one in &found.value.observations {
        let hindsight = if one.observed > inputs.on { ", after the day of this report" } else { "" };
        let source = vec![Source::publication(&one.title, &one.href)];
        table.push(Row::body(vec![
            Cell::words(&one.name),
            Cell::new(Value::Percent(one.ratio), source.clone()),
            Cell::new(Value::text(format!("{}{hindsight}", super::said::day(one.observed))), source),
        ]));
    }
    vec![
        Block::words(
            "Published shared services delivered these shares of the benefits they had planned. They stand beside the \
             case as a check and are not applied to it twice.",
        ),
        Block::Table(table),
    ]
}
