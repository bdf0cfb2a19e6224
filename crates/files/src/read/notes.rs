//! Findings that many entries of a file share, each told once: how often, where first, and of which entries.

use std::collections::BTreeMap;

use super::gathered::{Gathered, place};
use super::nearest::shortened;

/// How many entries a finding names.
const NAMED: usize = 5;

/// What is to be told of a file.
#[derive(Debug, Default)]
pub(super) struct Notes {
    told: BTreeMap<(String, String), Note>,
}

#[derive(Debug)]
struct Note {
    count: u64,
    first: String,
    names: Vec<String>,
}

impl Notes {
    /// Tells of one entry, at its place in the file.
    pub(super) fn tell(&mut self, what: impl Into<String>, hint: impl Into<String>, at: &str, name: &str) {
        let note = self.told.entry((what.into(), hint.into())).or_insert_with(|| Note {
            count: 0,
            first: at.to_owned(),
            names: Vec::new(),
        });
        note.count += 1;
        if note.names.len() < NAMED && !note.names.iter().any(|known| known == name) {
            note.names.push(name.to_owned());
        }
    }

    /// Hands every note on as a warning.
    pub(super) fn finish(self, file: &str, gathered: &mut Gathered) {
        for ((what, hint), note) in self.told {
            let cell = (!note.first.is_empty()).then_some(note.first);
            let names: Vec<String> =
                note.names.iter().filter(|name| !name.is_empty()).map(|name| shortened(name)).collect();
            let more = note.count.saturating_sub(names.len() as u64);
            let names = match (names.is_empty(), more) {
                (true, _) => String::new(),
                (_, 0) => format!(": {}", names.join(", ")),
                (_, more) => format!(": {} and {more} more", names.join(", ")),
            };
            let times =
                if note.count == 1 && names.is_empty() { String::new() } else { format!(" ({}{names})", note.count) };
            gathered.warning(place(file, cell), format!("{what}{times}"), hint);
        }
    }
}

/// Things counted by name, the most first: "A 3, B 2 and 4 more".
pub(super) fn counted(counts: &BTreeMap<String, u64>) -> String {
    let mut most: Vec<(&String, &u64)> = counts.iter().collect();
    most.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let named: Vec<String> =
        most.iter().take(NAMED).map(|(name, count)| format!("{} {count}", shortened(name))).collect();
    match most.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}
