//! Matches two catalogues on their own.

use std::collections::BTreeSet;
use std::path::Path;

use penshaw_analyses::catalogues::{Matched, match_catalogues as matched};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_files::read::{catalogue, true_pairs};
use penshaw_register::{CatalogueEntry, Finding};
use serde_json::json;

use crate::match_quality::Quality;
use crate::read_file::{bytes, name};
use crate::{Answer, Refusal};

/// A table in the terminal shows as many pairs at most; JSON holds them all.
const SHOWN: usize = 50;

/// Matches two catalogues; where the true pairs are given, says how well. Returns the warnings of the files too.
///
/// # Errors
/// If a file cannot be read or is no catalogue; every finding is given.
pub fn match_catalogues(
    left: &Path,
    right: &Path,
    truth: Option<&Path>,
    least: f64,
) -> Result<(Answer, Vec<Finding>), Refusal> {
    let (lefts, mut warnings) = catalogue(&name(left), &bytes(left)?).map_err(Refusal::Findings)?;
    let (rights, others) = catalogue(&name(right), &bytes(right)?).map_err(Refusal::Findings)?;
    warnings.extend(others);
    let truth = match truth {
        Some(path) => Some(true_pairs(&name(path), &bytes(path)?).map_err(Refusal::Findings)?),
        None => None,
    };
    let found = matched(&lefts, &rights, least);
    let quality = truth.map(|truth| quality(&found, &lefts, &rights, truth));
    let value = value(&found, &lefts, &rights, quality.as_ref());
    Ok((Answer { document: document(&found, &lefts, &rights, quality.as_ref()), value }, warnings))
}

/// How well the pairs found agree with those that are known.
fn quality(
    found: &[Matched],
    left: &[CatalogueEntry],
    right: &[CatalogueEntry],
    truth: Vec<(String, String)>,
) -> Quality {
    let truth: BTreeSet<(String, String)> = truth.into_iter().collect();
    let known = |one: &&Matched| truth.contains(&(left[one.left].id.clone(), right[one.right].id.clone()));
    let right = found.iter().filter(known).count() as f64;
    Quality { found: found.len() as f64, right, all: truth.len() as f64 }
}

fn value(
    found: &[Matched],
    left: &[CatalogueEntry],
    right: &[CatalogueEntry],
    quality: Option<&Quality>,
) -> serde_json::Value {
    let pair = |one: &Matched| {
        json!({
            "left": left[one.left].id,
            "right": right[one.right].id,
            "probability": one.probability,
            "reasons": one.reasons,
        })
    };
    let mut value = json!({
        "pairs": found.iter().map(pair).collect::<Vec<_>>(),
        "read": { "left": left.len(), "right": right.len() },
    });
    if let Some(quality) = quality {
        quality.add_to(&mut value, "");
    }
    value
}

fn document(
    found: &[Matched],
    left: &[CatalogueEntry],
    right: &[CatalogueEntry],
    quality: Option<&Quality>,
) -> Document {
    let read = format!(
        "{} pairs may name the same product, of {} entries on the left and {} on the right.",
        found.len(),
        left.len(),
        right.len()
    );
    let mut blocks = vec![Block::words(read)];
    blocks.extend(quality.map(|quality| Block::words(quality.told("pairs found", "among those known"))));
    let columns = ["Left", "Right"].map(Column::words).into_iter();
    let columns = columns.chain([Column::numbers("Probability"), Column::words("Why")]).collect();
    let mut table = Table::new("pairs", "Pairs that may name the same product", columns);
    for one in found {
        table.push(Row::body(vec![
            Cell::words(&left[one.left].name),
            Cell::words(&right[one.right].name),
            Cell::plain(Value::Number { number: one.probability, decimals: 2 }),
            Cell::words(one.reasons.join("; ")),
        ]));
    }
    blocks.push(Block::Table(table.first(SHOWN, "--json holds them all.")));
    Document {
        title: "Which entries name the same product".into(),
        author: "Penshaw".into(),
        occasion: String::new(),
        marking: None,
        titles: Default::default(),
        blocks,
    }
}
