//! What is not sure: optimism bias, risks, single doubts, switching values, and what others really delivered.

use penshaw_documents::{Block, Cell, Column, Table, Value};

use super::super::outcome::{LineOutcome, OptionOutcome};
use super::{View, cell, charts, pounds, row, whose};

pub(super) fn blocks(view: &View) -> Vec<Block> {
    let mut blocks = Vec::new();
    for option in view.compared() {
        let own = option_blocks(view, option);
        if !own.is_empty() {
            blocks.push(Block::heading(4, &option.name));
            blocks.extend(own);
        }
    }
    blocks.extend(reference_class(view));
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(3, "What is not sure"));
    }
    blocks
}

fn option_blocks(view: &View, option: &OptionOutcome) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !option.optimism.is_empty() {
        blocks.push(Block::Table(optimism(view, option)));
    }
    if option.lines.iter().any(|line| line.flow == "risk") {
        blocks.push(Block::Table(risks(view, option)));
    }
    if !option.sensitivities.is_empty() {
        let drawn = if view.is_drawn(option) { charts::tornado(view, option) } else { None };
        blocks.push(drawn.map_or_else(|| Block::Table(charts::tornado_table(view, option)), Block::Chart));
    }
    if !option.switching.is_empty() {
        blocks.push(Block::Table(switching(view, option)));
    }
    blocks
}

fn optimism(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Kind of project"),
        Column::words("Spending"),
        Column::numbers("Upper bound"),
        Column::numbers("Dealt with"),
        Column::numbers("Lower bound"),
        Column::numbers("Added to costs"),
    ];
    let caption = format!("Optimism bias in the costs of {}", option.name);
    let mut table = Table::new(format!("optimism-{}", option.reference), caption, columns);
    for (place, bias) in option.optimism.iter().enumerate() {
        let carrying = option.lines.iter().filter(|line| line.bias == Some(place));
        let mut sources: Vec<_> = carrying.map(|line| line.source.clone()).collect();
        sources.extend(view.outcome.parameters.iter().cloned());
        let values = [bias.upper, bias.mitigated, bias.lower, bias.applied];
        let mut cells = vec![cell(Value::text(&bias.kind), &sources)];
        cells.extend(values.map(|value| cell(Value::Percent(value), &sources)));
        table.push(row(&bias.category, cells));
    }
    table.note = "Estimates of a kind have been passed by as much as the upper bound. What has been dealt with, with \
                  evidence, comes off it, down to the lower bound at most."
        .into();
    table
}

fn risks(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("Risk"),
        Column::words("Who bears it"),
        Column::numbers("Probability"),
        Column::numbers("Cost if it happens"),
        Column::numbers("Expected cost"),
        Column::numbers("Present value"),
    ];
    let caption = format!("Risks of {} that have a cost", option.name);
    let mut table = Table::new(format!("risks-{}", option.reference), caption, columns);
    for line in option.lines.iter().filter(|line| line.flow == "risk") {
        table.push(row(&line.description, risk(view, line)));
    }
    table
}

fn risk<'a>(view: &View<'a>, line: &'a LineOutcome) -> Vec<Cell> {
    let own = [line.source.clone()];
    let mut all = own.to_vec();
    all.extend(view.outcome.parameters.iter().cloned());
    vec![
        Cell::words(whose(view, &line.authority)),
        cell(Value::Percent(line.multiple), &own),
        cell(pounds(line.recorded), &own),
        cell(pounds(line.recorded * line.multiple), &own),
        cell(pounds(line.present), &all),
    ]
}

fn switching(view: &View, option: &OptionOutcome) -> Table {
    let columns = vec![
        Column::words("What would have to change"),
        Column::numbers("Now"),
        Column::numbers("NPSV is nought at"),
        Column::numbers("Change"),
    ];
    let caption = format!("Switching values of {}", option.name);
    let mut table = Table::new(format!("switching-{}", option.reference), caption, columns);
    let sources = view.sources(option);
    for one in &option.switching {
        let shown = |amount: f64| if one.is_rate { Value::Percent(amount) } else { pounds(amount) };
        let values =
            [shown(one.now), one.at.map_or(Value::Nothing, shown), one.change.map_or(Value::Nothing, Value::Percent)];
        table.push(row(&one.label, values.into_iter().map(|value| cell(value, &sources)).collect()));
    }
    table.note =
        "Present values. Each line alone would have to change so far, all else staying as it is. A dash means \
                  that no change of it alone would do."
            .into();
    table
}

/// What shared services really delivered against their plans, and what that would make of each option.
fn reference_class(view: &View) -> Vec<Block> {
    let affected: Vec<&OptionOutcome> =
        view.compared().filter(|option| option.as_delivered_elsewhere.is_some()).collect();
    let class = &view.outcome.reference_class;
    if affected.is_empty() || class.observations.is_empty() {
        return Vec::new();
    }
    let columns = vec![Column::words("Shared service"), Column::numbers("Saved, of what was planned")];
    let mut observed =
        Table::new("reference-class", "What shared ICT services saved against their plans, as published", columns);
    for one in &class.observations {
        let sources = [one.source.clone()];
        observed.push(row(&one.name, vec![cell(Value::Percent(one.ratio), &sources)]));
    }
    let heading = |label: &str, share: f64| Column::numbers(format!("{label} ({})", Value::Percent(share)));
    let columns = vec![
        Column::words("Option"),
        Column::numbers("NPSV as planned"),
        heading("At the least", class.low),
        heading("At the likeliest", class.mode),
        heading("At the most", class.high),
    ];
    let mut table = Table::new("as-delivered-elsewhere", "NPSV if benefits came as they did elsewhere", columns);
    for option in affected {
        let Some(delivered) = &option.as_delivered_elsewhere else { continue };
        let sources = view.sources(option);
        let with_class = [&sources[..], &class.sources].concat();
        let mut cells = vec![cell(pounds(option.economic.npsv), &sources)];
        cells.extend([delivered.low, delivered.mode, delivered.high].map(|amount| cell(pounds(amount), &with_class)));
        table.push(row(&option.name, cells));
    }
    table.note =
        "Applied only to benefits without a range or reference class of their own, so that no doubt counts twice. \
                  It stands beside the case and is no part of it."
            .into();
    vec![Block::heading(4, "What others really delivered"), Block::Table(observed), Block::Table(table)]
}
