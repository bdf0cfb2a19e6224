//! The answer as blocks: at a glance, the matrix, the groups, savings and what stands in their way, what to review next.

mod tables;
mod tables_of_savings;

use std::collections::BTreeSet;

use penshaw_basis::{Estimate, Source};
use penshaw_documents::{Block, Inline, Table, Value};

use super::outcome::{Finding, Outcome, Saving};
use crate::named::{counted, sentence_list};

/// The answer's JSON holds what a printed table leaves out.
const OTHERS: &str = "The others are in the answer as data.";
/// A sentence cites so many entries at most; the tables cite the rest.
const MOST_CITED: usize = 200;

pub(super) fn blocks(outcome: &Outcome) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(glance(outcome)), Block::words(read(outcome))];
    blocks.extend(saved(outcome).map(Block::paragraph));
    section(
        &mut blocks,
        "Who has what for which function",
        tables::matrix(outcome),
        "No application records a function.",
    );
    let none = "No product is found at more than one authority, or twice at one.";
    section(&mut blocks, "The same product", tables::groups(outcome), none);
    let none = "No function is served with products of which one would do.";
    section(&mut blocks, "The same function under other products", tables::duplicates(outcome), none);
    blocks.extend(tables::complements(outcome).map(Block::Table));
    section(&mut blocks, "What sharing would save", tables_of_savings::savings(outcome), "Nothing was found to share.");
    blocks.extend(tables_of_savings::moves(outcome).map(Block::Table));
    if !outcome.savings.is_empty() {
        section(
            &mut blocks,
            "What stands in the way",
            tables_of_savings::blockers(outcome),
            "Nothing recorded stands in the way.",
        );
    }
    let none = "No match is unsure: nothing has to be reviewed.";
    section(&mut blocks, "Matches to review next", tables::to_review(outcome), none);
    section(&mut blocks, "Suppliers", tables::suppliers(outcome), "No supplier is recorded.");
    blocks.extend(tables::perhaps(outcome).map(Block::Table));
    if let Some(table) = tables::suggestions(outcome) {
        section(&mut blocks, "Functions suggested", Some(table), "");
    }
    if !outcome.findings.is_empty() {
        blocks.push(Block::heading(3, "What is wanting"));
        let items = outcome.findings.iter().map(Finding::told).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}

fn section(blocks: &mut Vec<Block>, heading: &str, table: Option<Table>, otherwise: &str) {
    blocks.push(Block::heading(3, heading));
    blocks.push(table.map_or_else(|| Block::words(otherwise), Block::Table));
}

/// What was found, in a sentence or two.
fn glance(outcome: &Outcome) -> Vec<Inline> {
    let shared = outcome.groups.iter().filter(|group| group.authorities > 1);
    let (groups, entries) = shared.fold((0, 0), |(groups, entries), group| (groups + 1, entries + group.members.len()));
    let duplicates: Vec<&str> = outcome
        .shared_functions
        .iter()
        .filter(|function| !function.duplicates.is_empty())
        .map(|function| function.label.as_str())
        .collect();
    let products = match groups {
        0 => "No product is run by more than one authority.".to_owned(),
        _ => format!(
            "{} run by more than one authority, under {}.",
            counted(groups, "product is", "products are"),
            counted(entries, "entry", "entries")
        ),
    };
    let first = &duplicates[..duplicates.len().min(4)];
    let functions = match duplicates.len() - first.len() {
        _ if duplicates.is_empty() => {
            " No function is served with different products of which one would do.".to_owned()
        }
        0 => format!(
            " {} served with different products of which one would do: {}.",
            counted(duplicates.len(), "function is", "functions are"),
            sentence_list(first)
        ),
        more => format!(
            " {} functions are served with different products of which one would do: {} and {more} more.",
            duplicates.len(),
            first.join(", ")
        ),
    };
    vec![Inline::strong(products), Inline::text(functions)]
}

/// What was read, used and set aside.
fn read(outcome: &Outcome) -> String {
    let read = outcome.counts.iter().filter(|counts| counts.read > 0).map(|counts| {
        let number = |number: usize| Value::Count(i64::try_from(number).unwrap_or(i64::MAX));
        format!(
            "{}: {} read, {} used, {} set aside.",
            counts.what,
            number(counts.read),
            number(counts.used),
            number(counts.set_aside)
        )
    });
    read.collect::<Vec<_>>().join(" ")
}

/// What the opportunities come to once everything has moved.
fn saved(outcome: &Outcome) -> Option<Vec<Inline>> {
    let offered: Vec<&Saving> = outcome.savings.iter().filter(|saving| saving.not_offered.is_none()).collect();
    if offered.is_empty() {
        return None;
    }
    let sources = cited(offered.iter().flat_map(|saving| &saving.sources));
    let sum = |of: &dyn Fn(&Saving) -> f64| Estimate::from_pounds(offered.iter().map(|saving| of(saving)).sum());
    let figure = |amount: Estimate| Inline::figure(Value::Pounds(amount), &sources);
    let earliest = offered.iter().filter_map(|saving| saving.earliest).min();
    let mut text = vec![
        Inline::text("Once everything has moved, one contract in place of several would save "),
        figure(sum(&|saving| saving.yearly.low)),
        Inline::text(" to "),
        figure(sum(&|saving| saving.yearly.high)),
        Inline::text(" a year, likeliest "),
        figure(sum(&|saving| saving.yearly.likely)),
        Inline::text("; moving would cost "),
        figure(sum(&|saving| saving.once.low)),
        Inline::text(" to "),
        figure(sum(&|saving| saving.once.high)),
        Inline::text(" once."),
    ];
    text.extend(earliest.map(|day| Inline::text(format!(" The first move is possible on {}.", Value::Day(day)))));
    text.push(Inline::text(" No entry is counted twice. The shares behind these figures are judgements to edit."));
    Some(text)
}

/// Sources, each once; of very many the first, since the tables cite their own.
fn cited<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<Source> {
    let mut seen = BTreeSet::new();
    let (parameters, entries): (Vec<&Source>, Vec<&Source>) =
        sources.filter(|source| seen.insert(*source)).partition(|source| matches!(source, Source::Parameter { .. }));
    entries.into_iter().take(MOST_CITED).chain(parameters).cloned().collect()
}
