//! Matches two catalogues on their own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use penshaw_analyses::catalogues::{Matched, match_catalogues as matched};
use penshaw_documents::{Block, Cell, Column, Document, Row, Table, Value};
use penshaw_files::read::{catalogue, true_pairs};
use penshaw_register::{CatalogueEntry, Finding};
use serde_json::json;

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
    let (lefts, mut warnings) = catalogue(&named(left), &bytes(left)?).map_err(Refusal::Findings)?;
    let (rights, others) = catalogue(&named(right), &bytes(right)?).map_err(Refusal::Findings)?;
    warnings.extend(others);
    let truth = match truth {
        Some(path) => Some(true_pairs(&named(path), &bytes(path)?).map_err(Refusal::Findings)?),
        None => None,
    };
    let found = matched(&lefts, &rights, least);
    let quality = truth.map(|truth| Quality::of(&found, &lefts, &rights, truth));
    let value = value(&found, &lefts, &rights, quality.as_ref());
    Ok((Answer { document: document(&found, &lefts, &rights, quality.as_ref()), value }, warnings))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    fs::read(path).map_err(|error| Refusal::File { path: path.to_owned(), error })
}

fn named(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// How well the pairs found agree with those that are known.
struct Quality {
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Quality {
    fn of(found: &[Matched], left: &[CatalogueEntry], right: &[CatalogueEntry], truth: Vec<(String, String)>) -> Self {
        let truth: BTreeSet<(String, String)> = truth.into_iter().collect();
        let known = |one: &&Matched| truth.contains(&(left[one.left].id.clone(), right[one.right].id.clone()));
        let right_ones = found.iter().filter(known).count() as f64;
        let part = |of: usize| if of == 0 { 0.0 } else { right_ones / of as f64 };
        Quality {
            precision: part(found.len()),
            recall: part(truth.len()),
            f1: if found.len() + truth.len() == 0 {
                0.0
            } else {
                2.0 * right_ones / (found.len() + truth.len()) as f64
            },
        }
    }
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
        value["precision"] = quality.precision.into();
        value["recall"] = quality.recall.into();
        value["f1"] = quality.f1.into();
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
    blocks.extend(quality.map(|quality| {
        Block::words(format!(
            "Of the pairs found {:.1} % are among those known (precision), and of those known {:.1} % were found (recall): F1 is {:.4}.",
            100.0 * quality.precision,
            100.0 * quality.recall,
            quality.f1
        ))
    }));
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
