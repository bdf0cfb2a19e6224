//! Section 4, Background to the ICT Shared Service: the mandate, the bid, the benefits looked for, the options.

use penshaw_documents::{Block, Inline, Value};
use penshaw_register::{Bid, CourseOption, Held, Objective};

use super::ReportInputs;
use super::said::{cited, section as numbered_section, stopped};

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let mut blocks = inputs.own_words("4");
    if !inputs.has_words("4") {
        blocks.push(mandate(inputs));
        // A share of profit that a contract may give back was not applied for.
        let applications =
            inputs.joint.all::<Bid>().into_iter().filter(|bid| bid.nature.as_deref() != Some("gainshare"));
        blocks.extend(applications.map(|held| bid(&held)));
        blocks.extend(objectives(inputs));
    }
    blocks.extend(options(inputs));
    numbered_section("4", "Background to the ICT Shared Service", blocks)
}

/// The decision that asked for this work.
fn mandate(inputs: &ReportInputs<'_>) -> Block {
    Block::words(match &inputs.details().mandate {
        Some(mandate) => format!("The mandate for this work: {}", stopped(mandate)),
        None => "No mandate for this work is recorded.".to_owned(),
    })
}

fn bid(bid: &Held<Bid>) -> Block {
    let amount = bid.amounts.values().copied().sum();
    let became = match bid.status.as_str() {
        "won" => "was successful",
        "lost" => "was unsuccessful",
        _ => "is not yet decided",
    };
    let when = bid.decided.map(|decided| format!(" ({})", super::said::day(decided)));
    Block::paragraph(vec![
        Inline::text("An application for "),
        Inline::figure(Value::Money(amount), &[bid.source()]),
        Inline::text(format!(" from {} {became}{}.", bid.name, when.unwrap_or_default())),
    ])
}

fn objectives(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let objectives = inputs.joint.all::<Objective>();
    if objectives.is_empty() {
        return Vec::new();
    }
    let item =
        |objective: &Held<Objective>| vec![cited(objective.statement.trim_end_matches('.'), &[objective.source()])];
    vec![
        Block::words("The business case looked for these benefits:"),
        Block::List { ordered: false, items: objectives.iter().map(item).collect() },
    ]
}

fn options(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let options = inputs.joint.options();
    if options.is_empty() {
        return vec![Block::words("No options are recorded.")];
    }
    let item = |option: &Held<CourseOption>| {
        let about = option.description.as_deref().map(|words| format!(" {}", stopped(words)));
        let by = option.delivery_model.as_deref().map(|model| format!(", delivered by: {model}"));
        vec![
            cited(&option.name, &[option.source()]),
            Inline::text(format!(" ({}{}).{}", option.role, by.unwrap_or_default(), about.unwrap_or_default())),
        ]
    };
    vec![
        Block::words("These options were considered, each against business as usual:"),
        Block::List { ordered: false, items: options.iter().map(item).collect() },
    ]
}
