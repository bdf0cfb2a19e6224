//! Section 3, Introduction: officers' own words, or who the partners are and what was asked.

use penshaw_documents::{Block, Inline, Value};

use super::ReportInputs;
use super::said::section as numbered_section;
use penshaw_basis::Source;

pub fn section(inputs: &ReportInputs<'_>) -> Vec<Block> {
    let mut blocks = inputs.own_words("3");
    if blocks.is_empty() {
        blocks.push(Block::words(format!(
            "{} have examined together whether there is a business case for sharing ICT.",
            inputs.partners()
        )));
    }
    blocks.extend(sizes(inputs));
    blocks.push(Block::words(register(inputs)));
    numbered_section("3", "Introduction", blocks)
}

/// How large the partners are, where that is recorded.
fn sizes(inputs: &ReportInputs<'_>) -> Option<Block> {
    let mut text = vec![Inline::text("The partners are of these sizes: ")];
    let mut first = true;
    for one in inputs.joint.authorities() {
        let counts = [(one.population, "residents"), (one.users, "users of ICT"), (one.devices, "devices")];
        let known: Vec<(u64, &str)> = counts.into_iter().filter_map(|(count, what)| Some((count?, what))).collect();
        if known.is_empty() {
            continue;
        }
        text.push(Inline::text(format!("{}{} ", if first { "" } else { "; " }, one.name)));
        first = false;
        let sources: Vec<Source> = one.source.iter().map(|title| Source::publication(title, "")).collect();
        for (place, (count, what)) in known.into_iter().enumerate() {
            let number = i64::try_from(count).unwrap_or(i64::MAX);
            text.push(Inline::text(if place == 0 { "" } else { ", " }));
            text.push(Inline::figure(Value::Count(number), &sources));
            text.push(Inline::text(format!(" {what}")));
        }
    }
    text.push(Inline::text("."));
    (!first).then(|| Block::paragraph(text))
}

/// On what the figures of the report rest.
fn register(inputs: &ReportInputs<'_>) -> String {
    let entries = inputs.joint.records().count();
    format!(
        "The figures and findings below rest on {entries} entries that the partners recorded and chose to share, as they \
         stood on {}. Numbers in brackets lead to the sources in the last annex.",
        super::said::day(inputs.on)
    )
}
