//! Answers one question about a partnership folder.

use std::path::Path;

use penshaw_analyses::{ALL, Listed, PLANNED};
use penshaw_documents::{Block, Document, Marking, Value};
use penshaw_register::{JointRegister, join};

use crate::work_out::{Sound, day, sampling, sound_folder};
use crate::{Answer, Asked, Refusal};

/// Every question that is answered, with its name.
pub fn questions() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.iter().map(|listed| (listed.name, listed.question))
}

/// Answers one question from what the partners share.
///
/// # Errors
/// [`Refusal`], if there is no such question, the files need mending, or too little is shared.
pub fn analyse_one(name: &str, folder: &Path, asked: &Asked) -> Result<Answer, Refusal> {
    let listed = known(name)?;
    let Sound { folder: read, basis } = sound_folder(folder)?;
    let joint = join(&read.partnership, &read.baselines, &read.choices);
    let on = day(&joint, asked)?;
    let ran = listed
        .run_sampled(&joint, on, &basis, sampling(asked))
        .map_err(|missing| Refusal::Missing { question: listed.question, missing })?;
    Ok(Answer { document: document(listed, &joint, on, ran.blocks), value: ran.outcome })
}

pub(crate) fn known(name: &str) -> Result<&'static Listed, Refusal> {
    if let Some(planned) = PLANNED.iter().find(|planned| planned.name == name) {
        return Err(Refusal::NotBuilt { question: planned.question });
    }
    penshaw_analyses::find(name).ok_or_else(|| Refusal::NoSuchAnalysis { name: name.to_owned() })
}

pub(crate) fn document(
    listed: &Listed,
    joint: &JointRegister,
    on: penshaw_basis::Date,
    blocks: Vec<Block>,
) -> Document {
    let partnership = joint.partnership();
    let mut all: Vec<Block> = blocks.into_iter().map(raised).collect();
    all.push(Block::heading(2, "Sources"));
    all.push(Block::SourceList);
    Document {
        title: listed.question.to_owned(),
        author: partnership.name.clone(),
        occasion: Value::Day(on).to_string(),
        marking: partnership.marking.clone().map(|words| Marking { words }),
        titles: joint.titles(),
        blocks: all,
    }
}

/// An answer's heading under its question: answers begin at level 3, and a question has no parts above them.
fn raised(block: Block) -> Block {
    match block {
        Block::Heading { level, number, text } => {
            Block::Heading { level: level.saturating_sub(1).max(2), number, text }
        }
        other => other,
    }
}
