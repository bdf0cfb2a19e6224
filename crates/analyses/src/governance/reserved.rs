//! The matters that each authority keeps for itself, and those that others keep.

use std::collections::BTreeSet;

use penshaw_register::JointRegister;

use super::board::Board;
use super::law::{Law, Matter};
use super::{Input, Reserved, Suggested};

/// The reserved matters of a scheme.
pub(super) fn of(board: &Board, input: &Input) -> Vec<Reserved> {
    let own = input.reserved.iter().filter(|kept| kept.scheme == board.scheme.reference);
    own.map(|kept| Reserved {
        matter: kept.matter.clone(),
        kept_by: kept.kept_by.clone(),
        above: kept.above,
        source: JointRegister::own_source(&kept.reference),
    })
    .collect()
}

/// The matters of the first list that are not among them and can arise in the vehicle.
pub(super) fn suggested(board: &Board, recorded: &[Reserved], law: &Law) -> Vec<Suggested> {
    let arises = |matter: &&Matter| board.vehicle.is_none_or(|vehicle| !vehicle.cannot_arise.contains(&matter.id));
    let open = |matter: &&Matter| !recorded.iter().any(|kept| alike(&kept.matter, &matter.matter));
    let matters = law.reserved.value.iter().filter(arises).filter(open);
    matters
        .map(|matter| Suggested { matter: matter.matter.clone(), kept_by: matter.kept_by.replace('_', " ") })
        .collect()
}

/// Whether two matters are about the same: more than half of the words of the shorter are in the other.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let least = one.len().min(other.len());
    least > 0 && 2 * shared > least
}

/// The words that carry meaning, by their first letters, so that "partner" meets "partners".
fn words(text: &str) -> BTreeSet<String> {
    const LETTERS: usize = 5;
    const SMALL: usize = 3;
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > SMALL);
    words.map(|word| word.to_lowercase().chars().take(LETTERS).collect()).collect()
}
