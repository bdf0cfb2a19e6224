//! The list of local government functions: labels, and what stands above what.

use std::collections::BTreeMap;

use super::parameters::ListedFunction;

/// The list, by the functions' numbers.
#[derive(Debug)]
pub(super) struct Functions<'a> {
    by_id: BTreeMap<u32, &'a ListedFunction>,
}

impl<'a> Functions<'a> {
    pub(super) fn of(list: &'a [ListedFunction]) -> Self {
        Functions { by_id: list.iter().map(|function| (function.id, function)).collect() }
    }

    pub(super) fn label(&self, id: u32) -> &'a str {
        self.by_id.get(&id).map_or("", |function| function.label.as_str())
    }

    /// The label of the function above, where there is one.
    pub(super) fn parent_label(&self, id: u32) -> Option<&'a str> {
        let parent = self.by_id.get(&id)?.parent?;
        self.by_id.get(&parent).map(|function| function.label.as_str())
    }

    /// The function at the top under which a function stands. A list that goes in a circle is followed once through.
    pub(super) fn top(&self, id: u32) -> u32 {
        let mut at = id;
        for _ in 0..self.by_id.len() {
            match self.by_id.get(&at).and_then(|function| function.parent) {
                Some(parent) => at = parent,
                None => return at,
            }
        }
        at
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u32> {
        self.by_id.keys().copied()
    }
}
