//! Shares the cost of a given cost table.

use std::path::Path;

use penshaw_analyses::Analysis;
use penshaw_analyses::cost_shares::{self, CostShares, share_json};
use penshaw_documents::{Block, Document};

use crate::read_file::{bytes, name};
use crate::{Answer, Refusal};

/// Shares the cost of the coalition of all members of a table.
///
/// # Errors
/// If the file cannot be read or is no cost table; every finding is given.
pub fn share_costs(path: &Path) -> Result<Answer, Refusal> {
    let table = penshaw_files::read::cost_table(&name(path), &bytes(path)?).map_err(Refusal::Findings)?;
    let outcome = cost_shares::share_costs(&table.members, &table.costs)
        .map_err(|error| Refusal::NotWhatItShouldBe { path: path.to_owned(), what: error.to_string() })?;
    let mut blocks = CostShares::present(&outcome);
    blocks.extend([Block::heading(2, "Sources"), Block::SourceList]);
    let document = Document {
        title: CostShares::QUESTION.to_owned(),
        author: "Penshaw".into(),
        occasion: name(path),
        marking: None,
        titles: Default::default(),
        blocks,
    };
    Ok(Answer { document, value: share_json(&outcome) })
}
