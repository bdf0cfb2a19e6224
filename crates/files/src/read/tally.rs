//! How much of a file was read, how much was used, and what was set aside and why.

use std::collections::BTreeMap;

/// The count of what a file holds: `read = used + everything set aside`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What is counted, such as "releases".
    pub unit: &'static str,
    /// How many there are in the file.
    pub read: u64,
    /// How many were used.
    pub used: u64,
    /// How many were set aside, by why.
    pub set_aside: BTreeMap<String, u64>,
}

impl Tally {
    pub(super) fn of(unit: &'static str) -> Self {
        Tally { unit, ..Tally::default() }
    }

    /// Sets some aside.
    pub(super) fn set_aside(&mut self, why: impl Into<String>, count: u64) {
        if count > 0 {
            *self.set_aside.entry(why.into()).or_default() += count;
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} read, {} used", self.read, self.unit, self.used)?;
        for (number, (why, count)) in self.set_aside.iter().enumerate() {
            write!(f, "{}{count} {why}", if number == 0 { "; set aside: " } else { ", " })?;
        }
        Ok(())
    }
}
