//! An entry with its owner, as inputs keep it.

use penshaw_basis::Source;
use penshaw_register::{Entry, JointRegister};
use serde::{Deserialize, Serialize};

/// An entry with its owner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owned<E> {
    /// The owner's code.
    pub owner: String,
    /// The entry.
    pub entry: E,
}

impl<E: Entry> Owned<E> {
    /// The entry as a source.
    pub fn source(&self) -> Source {
        Source::entry(&self.owner, self.entry.reference())
    }
}

/// Every shared entry of a kind with its owner.
pub(crate) fn owned<E: Entry>(joint: &JointRegister) -> Vec<Owned<E>> {
    joint.all::<E>().into_iter().map(|held| Owned { owner: held.owner, entry: held.entry }).collect()
}

/// Every shared entry of a kind without its owner, as the partnership's own are read.
pub(crate) fn entries<E: Entry>(joint: &JointRegister) -> Vec<E> {
    joint.all::<E>().into_iter().map(|held| held.entry).collect()
}
