//! An entry with how sure the judgement in it is.

use std::ops::Deref;

use penshaw_basis::Confidence;
use penshaw_documents::Cell;
use penshaw_register::{Entry, JointRegister};
use serde::{Deserialize, Serialize};

/// An entry with how sure the judgement in it is: an officer's estimate, a statement, a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithConfidence<E> {
    /// The entry.
    #[serde(flatten)]
    pub entry: E,
    /// How sure its judgement is; its owner's word where nothing is said.
    #[serde(default = "reported")]
    pub confidence: Confidence,
}

const fn reported() -> Confidence {
    Confidence::Reported
}

impl<E> Deref for WithConfidence<E> {
    type Target = E;
    fn deref(&self) -> &E {
        &self.entry
    }
}

/// Every shared entry of a kind, as sure as the field that holds its judgement.
pub(crate) fn judged_in<E: Entry>(joint: &JointRegister, field: &str) -> Vec<WithConfidence<E>> {
    let held = joint.all::<E>().into_iter();
    held.map(|held| WithConfidence { confidence: held.confidence_of(field), entry: held.entry }).collect()
}

/// The cell, marked with how sure it is.
pub(crate) fn sure(mut cell: Cell, confidence: Option<Confidence>) -> Cell {
    cell.figure.confidence = confidence;
    cell
}
